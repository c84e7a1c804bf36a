"""How a broadcast leaves, and what became of it, in words."""

from bot.conversation.audiences import excluded
from bot.conversation.messages import Message, msg, msgs
from bot.domain.broadcasts.events import BroadcastOver


def fates(over: BroadcastOver) -> Message:
    """Return who has not got a broadcast, and why."""
    told = [
        (
            over.unreached,
            msgs("{n} has closed the chat", "{n} have closed the chat", over.unreached),
        ),
        (
            over.refused,
            msgs(
                "{n} message could not be delivered",
                "{n} messages could not be delivered",
                over.refused,
            ),
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
    return msg("{why}", why=tuple(why)) if why else msg("{n}", n=0)


def pace(over_hours: int, *, can_wait: bool) -> Message:
    """Return when a letter leaves, and how fast."""
    if can_wait:
        return msg("with each person’s summary, as often as they chose")
    if not over_hours:
        return msg("as fast as it can")
    return msgs("evenly over {n} hour", "evenly over {n} hours", over_hours)
