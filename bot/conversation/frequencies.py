"""How often people want to read what need not be read today, in words."""

from collections.abc import Mapping

from bot.conversation.messages import Message, msg
from bot.domain.digest import Frequency

FREQUENCIES: Mapping[Frequency, Message] = {
    Frequency.NEEDED: msg("Only what is needed"),
    Frequency.MONTHLY: msg("Once a month"),
    Frequency.WEEKLY: msg("Once a week"),
    Frequency.ANY_TIME: msg("Whenever there is news"),
}
