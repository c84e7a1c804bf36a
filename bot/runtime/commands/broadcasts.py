"""Letters to many, begun by staff."""

from bot.conversation.effects import Effect, Start, Tell
from bot.conversation.messages import msg
from bot.domain.broadcasts.desk import OpenBroadcasts
from bot.domain.people import PersonId
from bot.runtime.audiences import may_broadcast
from bot.runtime.carrying import carries_out
from bot.runtime.work import Work


@carries_out(OpenBroadcasts)
def open_broadcasts(
    work: Work, by: PersonId | None, command: OpenBroadcasts
) -> tuple[Effect, ...]:
    """Let coordinators write to many; everybody else hears whom to ask."""
    if by is None:
        return ()
    if not may_broadcast(work, by):
        return (
            Tell(
                by,
                msg(
                    "Messages to many are written by the school’s coordinators. Contact: {contact}"
                ),
            ),
        )
    return (Start("broadcasts.compose"),)
