"""Whether a letter was written to many before: most often somebody is in doubt whether it was sent."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.domain.broadcasts.sent import SentLetter
from journeys.broadcasts.draft import Draft, Same

LATELY = timedelta(days=30)
NEVER_SENT = "dropped"


def same_before(draft: Draft, sent: Iterable[SentLetter], now: datetime) -> Same | None:
    """Return the newest of the letters *sent* that is about the same, with the same title or text, if any is.

    Not the one that is corrected, nor the one whose readers are left out already; and no invitation, for who is
    invited may well read more about it.
    """
    spared = {draft.audience.got, draft.audience.but_not}
    return next(
        (
            Same(one.case, one.facts.titles, one.opened_at)
            for one in sent
            if one.state != NEVER_SENT
            and not one.is_invitation
            and one.case not in spared
            and one.opened_at > now - LATELY
            and one.facts.purpose == draft.purpose
            and (
                _plain(one.facts.titles) & _plain(draft.titles)
                or _plain(one.facts.texts) & _plain(draft.texts)
            )
        ),
        None,
    )


def _plain(words: Mapping[str, str]) -> set[str]:
    """Return what was written in any language, without what differs by a slip of the hand."""
    return {" ".join(one.split()).casefold() for one in words.values()}
