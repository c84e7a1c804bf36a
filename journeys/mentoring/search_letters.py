"""What is said and asked while a student looks for a mentor, where it is more than a line of one state."""

from bot.conversation.expectations import Tap, wait
from bot.conversation.messages import msg
from bot.domain.mentoring.search import (
    Accepted,
    AskedElsewhere,
    Declined,
    LookedAgain,
    Stopped,
    WhyNot,
)
from bot.domain.people import Cancelled

STOP = Tap(msg("Stop looking"), Stopped())
ELSEWHERE = Tap(msg("Ask somebody else"), AskedElsewhere())
ANSWERS = (
    Tap(msg("Yes, gladly"), Accepted()),
    Tap(msg("Not my topic"), Declined(WhyNot.NOT_MY_TOPIC)),
    Tap(msg("No time now"), Declined(WhyNot.NO_TIME)),
    Tap(msg("Ask me in 3 months"), Declined(WhyNot.LATER)),
)
SCHOOL_KNOWS = wait(
    msg("You need do nothing: {student} waits for the answer of {mentor}."),
    Tap(msg("End the search"), Cancelled()),
)
ROUND_KNOWS = wait(
    msg("You need do nothing: the request of {student} waits for its round."),
    Tap(msg("Look now, without the round"), LookedAgain()),
)
LINE_KNOWS = wait(msg("You need do nothing: {mentor} is asked next for {student}."))
ANSWER_COMES = msg(
    "Wait for the answer of {mentor:first}. It comes by {until:date} at the latest."
)
REQUEST = msg(
    "{student} would like you as a mentor.\n"
    "Programme: {studies}\n"
    "Help with: {help_with}\n"
    "Goal: “{goal}”\n"
    "Why you: {because}\n"
    "Time: three months, about two hours a month.\n"
    "You can answer until {until:time} on {until:date}. A no is fine. Is something not right? /report"
)
ASKED_AGAIN = msg(
    "{student} would like you as a mentor.\n"
    "Goal: “{goal}”\n"
    "Your question: “{question}”\n"
    "Answer: {said}\n"
    "You can answer until {until:time} on {until:date}. A no is fine. Is something not right? /report"
)
REMINDER = msg(
    "A reminder: {student} asked you to be a mentor. You can answer until {until:time} on {until:date}."
    " After that the request goes to another person."
)
GONE_ON = msg("The request from {student} no longer waits for your answer. You need do nothing.")
NO_LONGER_LOOKS = msg("{student} no longer looks for a mentor. You need do nothing. Thank you.")
NOTHING_TO_APPROVE = msg(
    "A pair no longer waits for your approval, and the search goes on. Student: {student}."
    " You need do nothing."
)
REQUEST_GONE = msg("The request you have got is no longer open. You need do nothing. Thank you.")
STUDENT_GONE = msg("A student no longer looks for a mentor. You need do nothing.")
"""These two name nobody: the student has left."""
NO_MORE = msg("All right: the school no longer looks. You can ask again at any time: /mentor")
