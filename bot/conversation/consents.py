"""The consents as switches, for every dialogue that shows them."""

from collections.abc import Collection

from bot.conversation.messages import Message, msg
from bot.conversation.prompts import Option, Several
from bot.domain.consent import Purpose

SWITCHES = {
    Purpose.NEWS: Option(
        msg("News of the network"),
        msg("at most once a month, what happens at the school and with its people"),
    ),
    Purpose.JOBS: Option(
        msg("Job and placement offers"), msg("at most once a week, from your trade")
    ),
    Purpose.EVENTS: Option(msg("Events"), msg("reunions, open days, talks")),
    Purpose.VOLUNTEERING: Option(
        msg("Requests for help"),
        msg(
            "when a class or a student is looking for somebody with your experience;"
            " you can always say no"
        ),
    ),
    Purpose.SURVEYS: Option(
        msg("Short surveys"),
        msg(
            "about five minutes, 6, 12 and 18 months after you leave;"
            " the school uses the answers to improve what it teaches"
        ),
    ),
    Purpose.VISIBLE: Option(
        msg("Visible to students"),
        msg("they see your first name, what you studied and your job, not how to reach you"),
    ),
    Purpose.STORY: Option(
        msg("Your story"),
        msg(
            "the school may ask you for a short story with a photo;"
            " nothing is published before you approve the final text"
        ),
    ),
}
"""What each purpose is called, and what it means; how often it says is kept, as `AT_MOST_ONCE` has it."""


def consent_switches(
    question: Message, on: tuple[Purpose, ...] = (), *, among: Collection[Purpose] = SWITCHES
) -> Several[Purpose]:
    """Ask what the school may write about, *among* these; off is what `on` does not name."""
    choices = {one.value: (option, one) for one, option in SWITCHES.items() if one in among}
    return Several(question, choices, msg("Done"), tuple(purpose.value for purpose in on))


def why_you_get_it(*purposes: Purpose) -> Message:
    """Return what stands below every letter to many (Art. 13(2)(c) of the directive 2002/58/EC)."""
    return msg(
        "You get this because you have agreed to: {purpose}. To change that: /privacy",
        purpose=named(purposes),
    )


def named(purposes: tuple[Purpose, ...]) -> tuple[Message, ...]:
    """Return what the purposes are called, for a list in a text."""
    return tuple(SWITCHES[purpose].label for purpose in purposes)
