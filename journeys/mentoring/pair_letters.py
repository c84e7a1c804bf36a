"""What is said to a pair, and what the two can do, where it is more than a line of one state."""

from bot.conversation.expectations import Open, Tap, wait
from bot.conversation.messages import msg
from bot.domain.mentoring.pair import CannotReach, ContactOffered, InTouch, Passed
from bot.domain.mentoring.search import Stopped
from journeys.mentoring.talking import ReachMentor, ShareContact, WriteToOther

WRITE = Open(msg("Write a message"), WriteToOther, Passed, lasts=True)
CONTACT = Open(msg("Exchange contacts"), ShareContact, ContactOffered, lasts=True)
END = Tap(msg("End the mentoring"), Stopped(), lasts=True)
OUT_OF_REACH = Open(msg("I can’t reach my mentor"), ReachMentor, CannotReach, lasts=True)
IN_TOUCH = Tap(msg("We are in touch"), InTouch())
OF_STUDENT = (WRITE, OUT_OF_REACH, CONTACT, END)
OF_MENTOR = (WRITE, CONTACT, END)
SCHOOL_WATCHES = wait(msg("You need do nothing. A pair: {student}, {mentor}"))
ASKED_BY_SCHOOL = wait(
    msg("Somebody at school asks you both how to go on."),
    IN_TOUCH,
    END,
    letter=msg("Somebody at school now asks you both how to go on. Every answer is fine."),
)
ON_HOLD = wait(msg("Wait: the school has put the mentoring on hold, and will talk to you."))
INTRODUCTION = msg(
    "Please meet.\nMentor: {mentor:first}\nStudent: {student}\nProgramme: {studies}\nGoal: “{goal}”\n"
    "Your messages to each other go through this chat. It lasts three months, about two hours a month."
    " Either of you may end it at any time, without giving a reason."
)
QUIET = msg(
    "It has been quiet between the two of you. Are you in touch? One short message is enough to go on."
    " Mentor: {mentor:first}. Student: {student}"
)
OTHER_LEFT = msg(
    "Your mentor can no longer take part. You did nothing wrong. The school looks for somebody else for you;"
    " to see where it stands: /now"
)
IT_ENDED = msg(
    "The mentoring has ended, as either of you may decide at any time. You did nothing wrong. Thank you for your time."
)
GOES_ON = msg("The mentoring goes on. To write to each other: /now")
ENDED_FOR_STUDENT = msg(
    "The mentoring has ended here. You did nothing wrong. For another mentor at any time: /mentor"
)
ENDED_FOR_MENTOR = msg(
    "The mentoring has ended here. You did nothing wrong. Thank you for your time."
)
PAIR_ENDED = msg("The mentoring has ended, and both have been told. A pair: {student}, {mentor}")
PAIR_GOES_ON = msg("The two go on, and both have been told. A pair: {student}, {mentor}")
