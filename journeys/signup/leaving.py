"""What every sign-up has in common: how long it waits, and that nothing is kept of whoever leaves it."""

from datetime import timedelta

from bot.conversation.dialogue import Patience
from bot.conversation.effects import Effect
from bot.conversation.messages import msg
from bot.domain.rights import Erase

NOTHING_KEPT = msg("All right. Nothing you wrote has been kept. If you change your mind: /start")
LEFT: tuple[Effect, ...] = (Erase(),)


def unfinished(*nudge_after: timedelta) -> Patience:
    """Return the patience of a sign-up: after a week it is deleted, not only closed."""
    return Patience(
        nudge_after,
        timedelta(days=7),
        remind=msg(
            "Your sign-up stopped at the question “{question}”. You can go on until {until:date}."
            " After that it is deleted, and you can begin again whenever you like."
        ),
        give_up=msg(
            "Your unfinished sign-up has been deleted. You can begin again whenever you like: /start"
        ),
    )
