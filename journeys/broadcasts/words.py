"""An audience, its reach and what became of a broadcast, in words."""

from collections.abc import Iterator
from typing import assert_never

from bot.conversation.messages import Message, Term, TermKind, msg, msgs
from bot.domain.broadcasts.audience import INVITABLE, Audience, Contact
from bot.domain.broadcasts.events import BroadcastOver
from bot.domain.broadcasts.reach import Excluded, Reach
from bot.domain.people import Role

ROLES = {
    Role.ALUMNI: msg("alumni"),
    Role.FRIEND: msg("friends of the school"),
    Role.STUDENT: msg("students"),
    Role.EMPLOYER: msg("firms"),
}
CONTACTS = {
    Contact.ENGAGED: msg("in touch in the last 12 months"),
    Contact.SILENT: msg("not heard from for 12 months"),
}


def sentence(audience: Audience) -> Message:
    """Return whom an audience means, in one sentence that reads the same in every language."""
    return msg("{chips}", chips=tuple(_chips(audience)))


def _chips(audience: Audience) -> Iterator[Message]:
    if set(audience.roles) == set(INVITABLE):
        yield msg("everybody who is signed up")
    else:
        yield from (ROLES[one] for one in audience.roles)
    for one in audience.programmes:
        yield msg("programme: {programme}", programme=Term(TermKind.PROGRAMME, one))
    if years := _years(audience.left_from, audience.left_until):
        yield years
    for language in audience.languages:
        yield msg("reads: {language}", language=Term(TermKind.LANGUAGE, language))
    if audience.contact:
        yield CONTACTS[audience.contact]


def _years(first: int | None, last: int | None) -> Message | None:
    if first and last:
        return msg("left from {first} to {last}", first=str(first), last=str(last))
    if first:
        return msg("left in {year} or later", year=str(first))
    return msg("left in {year} or earlier", year=str(last)) if last else None


def excluded(why: Excluded, n: int) -> Message:
    """Return how many are not written to for one reason."""
    match why:
        case Excluded.STOPPED:
            return msgs("{n} person wants no messages", "{n} people want no messages", n)
        case Excluded.NO_CONSENT:
            return msgs(
                "{n} person has not agreed to such messages",
                "{n} people have not agreed to such messages",
                n,
            )
        case Excluded.PAUSED:
            return msgs("{n} person takes a break", "{n} people take a break", n)
        case Excluded.UNREACHABLE:
            return msgs("{n} person cannot be reached", "{n} people cannot be reached", n)
        case Excluded.LATELY:
            return msgs(
                "{n} person had such a message not long ago",
                "{n} people had such a message not long ago",
                n,
            )
        case _:
            assert_never(why)


def fates(over: BroadcastOver) -> Message:
    """Return who has not got a broadcast, and why."""
    told = [
        (
            over.unreached,
            msgs("{n} has closed the chat", "{n} have closed the chat", over.unreached),
        ),
        (
            over.refused,
            msgs("{n} message was not taken", "{n} messages were not taken", over.refused),
        ),
        (
            over.unsure,
            msgs(
                "{n} message that may not have arrived",
                "{n} messages that may not have arrived",
                over.unsure,
            ),
        ),
        (
            over.put_off,
            msgs(
                "{n} person had other messages in these days",
                "{n} people had other messages in these days",
                over.put_off,
            ),
        ),
        (over.not_sent, msgs("{n} not sent", "{n} not sent", over.not_sent)),
    ]
    why = [said for n, said in told if n]
    why += [excluded(reason, n) for reason, n in sorted(over.excluded.items())]
    return msg("{why}", why=tuple(why)) if why else msg("nobody")


def left_out(reach: Reach) -> Message:
    """Return who is not written to, and why."""
    if not reach.excluded:
        return msg("nobody")
    return msg("{why}", why=tuple(excluded(why, n) for why, n in sorted(reach.excluded.items())))


def by_language(reach: Reach) -> Message:
    """Return how many read which language."""
    counts = sorted(reach.by_language.items(), key=lambda one: (-one[1], one[0]))
    return msg(
        "{counts}",
        counts=tuple(
            msg("{language}: {n}", language=Term(TermKind.LANGUAGE, language), n=n)
            for language, n in counts
        ),
    )
