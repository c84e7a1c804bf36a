"""A mentor proposes three times to meet, and where."""

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.dialogue import Dialogue, Done, StepsOf
from bot.conversation.messages import msg
from bot.conversation.prompts import Words
from bot.domain.mentoring import TimesProposed


@dataclass(frozen=True, slots=True)
class Draft:
    """The times so far."""

    slots: tuple[datetime, ...] = ()


step = StepsOf(Draft)


class ProposeTimes(Dialogue[Draft]):
    """Three times, by a tap or in words, and a place."""

    name = "mentoring.times"

    @step(Words(msg("Where do you meet? A place, or the link of a call."), max_chars=120))
    def place(self, draft: Draft, place: str) -> Done:
        return Done(None, TimesProposed(draft.slots, place))
