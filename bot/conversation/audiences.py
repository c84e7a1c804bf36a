"""An audience and its reach, in words."""

from collections.abc import Collection, Iterator, Mapping
from typing import assert_never

from bot.conversation.choices import OFFERS
from bot.conversation.messages import ByLanguage, Message, Term, TermKind, msg, msgs, verbatim
from bot.domain.broadcasts.audience import INVITABLE, Audience, Contact
from bot.domain.broadcasts.reach import Excluded, Reach
from bot.domain.people import Role
from bot.domain.signup import HowLeft

ROLES = {
    Role.ALUMNI: msg("alumni"),
    Role.FRIEND: msg("friends of the school"),
    Role.STUDENT: msg("students"),
    Role.EMPLOYER: msg("firms"),
}
"""What the people are called whom the school writes to."""
HOW_LEFT = {
    HowLeft.GRADUATE: msg("finished"),
    HowLeft.EARLY_LEAVER: msg("left before the end"),
    HowLeft.SHORT_COURSE: msg("took a short course"),
    HowLeft.APPRENTICE: msg("learned as apprentices"),
    HowLeft.EXCHANGE: msg("came on an exchange"),
    HowLeft.WORKED_HERE: msg("worked here"),
}
CONTACTS = {
    Contact.ENGAGED: msg("in touch in the last 12 months"),
    Contact.SILENT: msg("not heard from for 12 months"),
}


def sentence(audience: Audience, earlier: Mapping[str, str]) -> Message:
    """Return whom an audience means, in one sentence that reads the same in every language.

    *earlier* is the title of the letter that they have got, or have not got; by language.
    """
    last, *before = reversed(list(_chips(audience, earlier)))
    said = last
    for chip in before:
        # Translators: two lines of a list of what people have in common.
        said = msg("{one}; {more}", one=chip, more=said)
    return said


def _chips(audience: Audience, earlier: Mapping[str, str]) -> Iterator[Message]:
    if audience.got is not None:
        yield msg("who has got “{title}”", title=in_any(earlier))
    elif set(audience.roles) == set(INVITABLE):
        yield msg("everybody who is signed up")
    else:
        yield msg("{chips}", chips=tuple(ROLES[one] for one in audience.roles))
    if audience.how_left:
        kinds = tuple(HOW_LEFT[one] for one in audience.how_left)
        yield msg("how they left: {kinds}", kinds=kinds)
    if audience.programmes:
        named = tuple(Term(TermKind.PROGRAMME, one) for one in audience.programmes)
        yield msg("programme: {programme}", programme=named)
    if years := _years(audience.left_from, audience.left_until):
        yield years
    if audience.towns:
        yield msg("town: {town}", town=tuple(verbatim(one) for one in _merged(audience.towns)))
    if audience.languages:
        read = tuple(Term(TermKind.LANGUAGE, one) for one in audience.languages)
        yield msg("reads: {language}", language=read)
    if audience.offers:
        yield msg("offers: {offer}", offer=tuple(OFFERS[one] for one in audience.offers))
    if audience.contact:
        yield CONTACTS[audience.contact]
    if audience.but_not is not None:
        yield msg("but not who has got “{title}”", title=in_any(earlier))


def in_any(texts: Mapping[str, str]) -> ByLanguage:
    """Return what was written in several languages, to be read in any."""
    return ByLanguage(texts, next(iter(texts)))


def _merged(towns: tuple[str, ...]) -> tuple[str, ...]:
    """Return one spelling of each town, the first."""
    spelled: dict[str, str] = {}
    for town in towns:
        spelled.setdefault(" ".join(town.split()).casefold(), town)
    return tuple(spelled.values())


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
        case Excluded.NEEDED:
            return msgs(
                "{n} person wants only what is needed",
                "{n} people want only what is needed",
                n,
            )
        case Excluded.LATELY:
            return msgs(
                "{n} person had such a message not long ago",
                "{n} people had such a message not long ago",
                n,
            )
        case _:
            assert_never(why)


def left_out(reach: Reach) -> Message:
    """Return who is not written to, and why."""
    if not reach.excluded:
        return msg("{n}", n=0)
    return msg("{why}", why=tuple(excluded(why, n) for why, n in sorted(reach.excluded.items())))


def by_language(
    readers: Mapping[str, int],
    texts: Collection[str],
    instead: Collection[str],
    first: str,
) -> Message:
    """Return how many read which language, and which of these have no text, or read the *first* one *instead*."""
    if not readers:
        return msg("{n}", n=0)
    counts = sorted(readers.items(), key=lambda one: (-one[1], one[0]))
    return msg(
        "{counts}",
        counts=tuple(_read(language, n, texts, instead, first) for language, n in counts),
    )


def _read(
    language: str, n: int, texts: Collection[str], instead: Collection[str], first: str
) -> Message:
    called = Term(TermKind.LANGUAGE, language)
    if language in texts:
        return msg("{language}: {n}", language=called, n=n)
    if language in instead:
        other = Term(TermKind.LANGUAGE, first)
        # Translators: who reads one language gets it in another, as there is no text in theirs.
        return msg("{language}: {n} (get it in: {other})", language=called, n=n, other=other)
    return msg("{language}: {n} (no text yet)", language=called, n=n)
