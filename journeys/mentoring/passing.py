"""What the two of a pair pass on to each other: messages, contacts, and what they say at the end."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation.case import Stay
from bot.conversation.effects import Tell
from bot.conversation.messages import msg, verbatim
from bot.domain.masking import without_contacts
from bot.domain.mentoring.pair import FeedbackGiven
from journeys.mentoring.feedback import LOW
from journeys.mentoring.pair import MENTOR, OWNER, STUDENT, Mentoring

NOT_AGAIN_FOR = timedelta(days=3)
"""Nobody is told sooner than this once more that somebody would like to hear from them."""


def passed_on(case: Mentoring, words: str) -> tuple[Tell, ...]:
    """Pass on what one writes to the other, and say what was left out."""
    passed = words if case.facts.have_exchanged else without_contacts(words)
    is_student = case.actor == case.people[STUDENT]
    mine, other = (STUDENT, MENTOR) if is_student else (MENTOR, STUDENT)
    done = (
        msg("Passed on.")
        if passed == words
        else msg(
            "Passed on without what looks like a contact. To exchange contacts, each of you gives one: /now"
        )
    )
    written = (
        msg(
            "{student} writes:\n{words}\n\nIs something not right? /report",
            words=verbatim(passed),
        )
        if is_student
        else msg(
            "{mentor:first} writes:\n{words}\n\nIs something not right? /report",
            words=verbatim(passed),
        )
    )
    return (*case.tell(mine, done), *case.tell(other, written))


def exchanged(case: Mentoring, contact: str) -> Stay:
    """Keep a contact that somebody is ready to give; pass both on once both have given one."""
    is_student = case.actor == case.people[STUDENT]
    had = case.facts
    mine, other = (STUDENT, MENTOR) if is_student else (MENTOR, STUDENT)
    case = case.knowing(
        replace(had, of_student=contact) if is_student else replace(had, of_mentor=contact)
    )
    to_student = msg("You have both agreed to exchange contacts. {mentor:first}: {of_mentor}")
    to_mentor = msg("You have both agreed to exchange contacts. {student}: {of_student}")
    if had.have_exchanged:
        changed = to_mentor if is_student else to_student
        return Stay(case, (*case.tell(mine, msg("Passed on.")), *case.tell(other, changed)))
    if case.facts.have_exchanged:
        return Stay(case, (*case.tell(STUDENT, to_student), *case.tell(MENTOR, to_mentor)))
    kept = msg("Kept. It is passed on as soon as the other person gives a contact, too.")
    wish = (
        msg("{student} would like to exchange contacts. You need not. If you would like to: /now")
        if is_student
        else msg(
            "{mentor:first} would like to exchange contacts. You need not. If you would like to: /now"
        )
    )
    return Stay(case, (*case.tell(mine, kept), *case.tell(other, wish)))


def reminded(case: Mentoring) -> Stay:
    """Let the mentor know that the student would like to hear from them; not every hour."""
    last = case.facts.asked_again
    if last is not None and case.now < last + NOT_AGAIN_FOR:
        word = msg(
            "Your mentor was told on {asked_again:date}. If no answer comes, you can talk to the school: /now"
        )
        return Stay(case, case.tell(STUDENT, word))
    case = case.knowing(replace(case.facts, asked_again=case.now))
    word = msg("{student} would like to hear from you. One short message is enough: /now")
    done = msg("Your mentor has been told.")
    return Stay(case, (*case.tell(STUDENT, done), *case.tell(MENTOR, word)))


def passed_back(case: Mentoring, event: FeedbackGiven) -> tuple[Tell, ...]:
    """Pass a line of thanks on to the mentor, and to the school what it should know.

    Who found it of little use was asked what to change, so that line is for the school.
    """
    is_student = case.actor == case.people[STUDENT]
    told: tuple[Tell, ...] = ()
    if event.line and is_student and event.useful > LOW:
        passed = event.line if case.facts.have_exchanged else without_contacts(event.line)
        thanks = msg(
            "A word from {student}:\n{words}\n\nIs something not right? /report",
            words=verbatim(passed),
        )
        told = case.tell(MENTOR, thanks)
    elif event.line:
        words = verbatim(event.line)
        word = (
            msg("A word from {student} on the mentoring:\n{words}", words=words)
            if is_student
            else msg("A word from {mentor} on the mentoring:\n{words}", words=words)
        )
        # What somebody at school is to ask about is read with why.
        told = case.note(OWNER, word) if event.useful > LOW else case.tell(OWNER, word)
    if event.useful > LOW:
        return told
    low = (
        msg(
            "{student} found the mentoring of little use: {useful} of 5. Please ask why.",
            useful=event.useful,
        )
        if is_student
        else msg(
            "{mentor} found the mentoring of little use: {useful} of 5. Please ask why.",
            useful=event.useful,
        )
    )
    return (*told, *case.tell(OWNER, low))
