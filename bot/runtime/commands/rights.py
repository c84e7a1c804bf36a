"""Rights, carried out: language, rest, stop, a copy of everything, and erasure."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.conversation.effects import Effect, HandOver, Refusal, Tell
from bot.conversation.messages import Term, TermKind, msg
from bot.domain.consent import SetConsents
from bot.domain.digest import ChooseFrequency
from bot.domain.people import PersonId, Side, Withdrawn
from bot.domain.rights import ChooseLanguage, Erase, ExportMe, Rest, StopMessages
from bot.runtime import cases, digests, occasions, owners, talk
from bot.runtime.carrying import carries_out
from bot.runtime.chats_of_others import forget_in_others
from bot.runtime.copy_of_data import copy_as_json, summary
from bot.runtime.waiting_list import ask_no_more, look_after_who_waits
from bot.runtime.work import Work
from bot.storage import cases as rows, conversations, mentoring, outbox, people, web_chats

MONTHS = 12


@carries_out(ChooseLanguage)
def choose_language(
    work: Work, by: PersonId | None, command: ChooseLanguage
) -> tuple[Effect, ...]:
    """Write to somebody in another language from now on; an open question is asked in it again."""
    if by is None:
        return ()
    if command.language not in work.school.languages:
        raise Refusal(msg("This chat does not have that language. To choose one: /language"))
    work.run(people.SET_LANGUAGE, person_id=by, new_language=command.language)
    if work.here:
        work.here = replace(work.here, language=command.language)
    if work.letters:
        return ()  # it was chosen on the way, and the next question says so
    row = talk.newest(work, by)
    chosen = msg(
        "{language} it is. You can change the language at any time: /language",
        language=Term(TermKind.LANGUAGE, command.language),
    )
    if row:
        work.left_conversation = False
        talk.repeat(work, by, row, chosen)
        return ()
    return (Tell(by, chosen),)


@carries_out(ChooseFrequency)
def choose_frequency(
    work: Work, by: PersonId | None, command: ChooseFrequency
) -> tuple[Effect, ...]:
    """Let somebody have their digest more often, or less."""
    if by:
        work.run(people.SET_FREQUENCY, person_id=by, new_frequency=command.frequency)
        digests.choose(work, by, command.frequency)
    return ()


@carries_out(Rest)
def rest(work: Work, by: PersonId | None, command: Rest) -> tuple[Effect, ...]:
    """Leave somebody in peace for some months, or end that."""
    if by is None:
        return ()
    if command.months is None:
        work.run(people.REST, person_id=by, new_paused_until=None, new_stopped_at=None)
        look_after_who_waits(work, by)
        return (Tell(by, msg("Your break is over. Messages go on as before.")),)
    until = months_after(work.now.astimezone(work.school.zone), command.months).astimezone(UTC)
    work.run(people.REST, person_id=by, new_paused_until=until, new_stopped_at=None)
    ask_no_more(work, by)  # what waits for their answer is not agreed to yet
    word = msg(
        "Your break has begun. Last day: {until:date}. Until then the school writes only about what you have already"
        " agreed. To end it sooner: /pause",
        until=until,
    )
    return (Tell(by, word),)


def months_after(at: datetime, months: int) -> datetime:
    """Return the same day some months later, or the last day of a shorter month."""
    year, month = divmod(at.year * MONTHS + at.month - 1 + months, MONTHS)
    for day in range(at.day, 0, -1):
        try:
            return at.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


@carries_out(StopMessages)
def stop_messages(work: Work, by: PersonId | None, command: StopMessages) -> tuple[Effect, ...]:
    """Write no more: consents end, what is open is withdrawn."""
    if by is None:
        return ()
    is_kept = work.run(people.PROFILE, person_id=by).first() or _has_role(work, by)
    withdraw(work, by)
    for row in work.run(conversations.IDS_OF, person_id=by).all():
        work.run(conversations.END, conversation_id=row.id)
    work.run(people.REST, person_id=by, new_paused_until=None, new_stopped_at=work.now)
    work.run(outbox.DROP_WAITING, whose=by, kinds=["nudge", "news", "broadcast", "digest", "item"])
    word = msg("You will receive no more messages. To come back: /start")
    if is_kept:
        word = msg(
            "You will receive no more messages. Your profile is kept. To delete it: /delete. To come back: /start"
        )
    return (SetConsents(()), Tell(by, word))


def _has_role(work: Work, person: PersonId) -> bool:
    return work.run(people.ROLES, person_id=person).first() is not None


def withdraw(work: Work, person: PersonId) -> None:
    """Withdraw somebody from all that is open; the others are told without a reason.

    Staff only give up their seats: what they answer for goes to whose it is, or waits for whoever comes after them.
    """
    # A case below goes before the one above it, which would only end it.
    found = sorted(cases.open_cases(work, person), key=lambda one: one.above is None)
    for at in filter(None, (cases.standing(work, one.id) for one in found)):
        if not at.is_open:
            continue
        parts = [part for part, who in at.case.people.items() if who == person]
        if all(part.side is Side.STAFF for part in parts):
            owners.give_up(work, at, person)
        else:
            cases.happen(work, at, Withdrawn(), person, as_of_right=True)


@carries_out(ExportMe)
def export_me(work: Work, by: PersonId | None, command: ExportMe) -> tuple[Effect, ...]:
    """Hand over all that is kept, to read and as a file."""
    if by is None:
        return ()
    work.left_conversation = True  # the question that was open is asked again
    ready = msg(
        "Here is everything this chat keeps about you: a text to read, and a file that other programs can read."
    )
    return (
        Tell(by, summary(work, by)),
        HandOver(ready, "kutse-my-data.json", "application/json", copy_as_json(work, by)),
    )


@carries_out(Erase)
def erase(work: Work, by: PersonId | None, command: Erase) -> tuple[Effect, ...]:
    """Delete all that is kept; of the letters of this turn only those to this person still go out."""
    person = command.person or by
    if person is None:
        return ()
    withdraw(work, person)
    taken_part = list(cases.all_cases(work, person))
    for at in taken_part:
        seated = at.case.people.items()
        # What somebody did for the school stays the school's, without their name.
        is_theirs = any(part.side is not Side.STAFF for part, who in seated if who == person)
        if is_theirs and all(part.side is Side.STAFF for part, who in seated if who != person):
            work.run(rows.REMOVE, case_id=at.id)  # its transitions stay, as counts
    # Most who are erased never got so far that anybody else could have been told of them.
    if taken_part or work.run(people.PERSON, person_id=person).one().name:
        forget_in_others(work, person)
    for row in work.run(people.ADDRESSES, person_id=person).all():
        if row.network == "web":
            web_chats.forget(work.tx, work.school.key, row.address)
    occasions.forget(work, person)
    for statement in (*mentoring.ERASURE, *people.ERASURE):
        work.run(statement, whose=person)
    work.run(people.BURY, person_id=person, new_erased_at=work.now)
    return ()
