"""The page's own words: everything a chat shows that the school did not say.

English is the id. The pages and scripts name these sentences; a test keeps both sides equal.
"""

WORDS = (
    # Translators: in the empty writing field; a number chooses a row. At most 20 characters.
    "Number or message",
    # Translators: button beside the writing field; heard, not seen.
    "Send",
    # Translators: button that opens the menu; heard, not seen.
    "Commands",
    # Translators: heading of the menu.
    "What you can do here",
    # Translators: label of the list of languages; heard, not seen.
    "Language",
    # Translators: names the list of messages to screen readers.
    "Chat with the school",
    # Translators: before the reader's own words, for screen readers.
    "You:",
    # Translators: before the bot's words, for screen readers; Kutse is the name of the program.
    "Kutse:",
    # Translators: while an answer is being made; heard, not seen. Kutse is a name.
    "Kutse is writing",
    # Translators: a small mark at the first message that has not been read.
    "New",
    # Translators: heading of a reminder.
    "Reminder",
    # Translators: heading of a message that asks somebody to act; a letter as comes by post.
    "Letter",
    # Translators: under a question that is no longer open; a time follows.
    "Settled",
    # Translators: before the row that was chosen, for screen readers; {number} is that of the row.
    "{number}, chosen:",
    # Translators: arrow back in a list of several pages; heard, not seen.
    "Previous page",
    # Translators: arrow on in a list of several pages; heard, not seen.
    "Next page",
    # Translators: heading of the choice between light and dark colours.
    "Look",
    # Translators: colours as the device has them; heard, not seen.
    "Like the device",
    # Translators: light colours; heard, not seen.
    "Light",
    # Translators: dark colours; heard, not seen.
    "Dark",
    # Translators: second line of a file for a calendar; the size follows after a comma.
    "Calendar file",
    # Translators: second line of any other file; the size follows after a comma.
    "File",
    # Translators: stands for a picture where it cannot be seen.
    "Picture",
    # Translators: button under a question that a picture answers.
    "Choose a picture",
    # Translators: there was no connection; a picture is not kept here.
    "The picture could not be sent. Please choose it once more.",
    # Translators: under the reader's own words that are on their way.
    "Sending",
    # Translators: under the reader's own words while there is no connection.
    "Kept here, not sent yet",
    # Translators: button beside "Kept here, not sent yet".
    "Send now",
    # Translators: there is no connection; the words are safe.
    "There is no connection just now. What you write is kept and sent as soon as there is one.",
    # Translators: our fault, said once; the words are safe.
    "Something went wrong on our side. What you wrote is kept and will be sent again.",
    # Translators: somebody sends very many messages in a short time.
    "That was a little fast for us. What you wrote is kept and will be sent in a moment.",
    # Translators: the session in this browser has ended.
    "This chat is no longer open on this page. Load the page again to go on.",
    # Translators: button beside "This chat is no longer open on this page.", for instance.
    "Load the page again",
    # Translators: a message has more characters than fit.
    "That is too long for one message. Please send it in two parts.",
    # Translators: the page sent something that cannot be used.
    "That could not be sent. Please load the page again.",
    # Translators: a page or a file that does not exist.
    "There is nothing at this address.",
    # Translators: on the page of a link that signs a person in; above the button "Open my chat".
    "Press the button to open your chat on this device. The link works once.",
    # Translators: button.
    "Open my chat",
    # Translators: a link that signs a person in, opened for the second time or too late.
    "This link was used already, or it is too old. Ask the school for a new one.",
    # Translators: on the page behind a code from a poster; above the button "Begin".
    "Press the button to begin your chat with the school.",
    # Translators: button.
    "Begin",
    # Translators: the connection is so slow that we stopped waiting for what was sent.
    "That took too long to reach us. Please send it again.",
    # Translators: our fault; a page, or something that was sent, could not be answered.
    "Something went wrong on our side. Please try again in a few minutes.",
    # Translators: button on a page that says that there is nothing here; leads to the school's chat.
    "To the chat",
    # Translators: shown in browsers that run no scripts.
    "The chat needs JavaScript. Please allow it for this page, or write to the school.",
)
"""Every sentence, once."""
