"""Four short cards, one before each of the first meetings: what vocational students gained from most (peers 6.1, 6.4).

Real pay and hours at the start, the story of a first job, how long the search takes, and that keeping going pays.
"""

from bot.conversation.messages import Message, msg

FOR_STUDENT: tuple[Message, ...] = (
    msg(
        "Three questions for the first meeting:\n"
        "1. What was your first job after school, and how did you get it?\n"
        "2. What did you earn at the start, and how long were the days?\n"
        "3. What surprised you?"
    ),
    msg(
        "Three questions for the second meeting:\n"
        "1. What does a usual day look like?\n"
        "2. What do you still use of what you learned here?\n"
        "3. What would you do differently?"
    ),
    msg(
        "Three questions for the third meeting:\n"
        "1. How long did you look for work, and where?\n"
        "2. How many nos came before a yes?\n"
        "3. Could we look at my application together?"
    ),
    msg(
        "Three questions for the fourth meeting:\n"
        "1. When did you want to give up, and what kept you going?\n"
        "2. What is my next step?\n"
        "3. May I tell you how it went?"
    ),
)
FOR_MENTOR: tuple[Message, ...] = (
    msg(
        "For the first meeting: tell how your first job came about, with what it paid and how long the days were."
        " Numbers help more than advice."
    ),
    msg(
        "For the second meeting: tell of a usual day, good and bad. Ask what the student would like to try."
    ),
    msg(
        "For the third meeting: tell how long you looked for work, and how many nos you got."
        " Look at an application together, if the student likes."
    ),
    msg(
        "For the fourth meeting: tell of a time when you wanted to give up. Agree on one next step."
        " If it is your last meeting, say goodbye well."
    ),
)


def for_student(number: int) -> Message:
    """Return the student's card before the pair's meeting of that number, counted from one."""
    return FOR_STUDENT[number - 1]


def for_mentor(number: int) -> Message:
    """Return the mentor's card before the pair's meeting of that number, counted from one."""
    return FOR_MENTOR[number - 1]
