"""Events: the school invites, people answer, everybody who comes has a place, and staff read how it was."""

from bot.conversation.journey import Journey
from bot.conversation.messages import msg
from journeys.events.attendance import Attendance
from journeys.events.changing import CallOff, ChangePlaces, ChangePlan
from journeys.events.details import TellDetails
from journeys.events.door import CountWalkIns, NoteWhoCame
from journeys.events.hosting import Occasions
from journeys.events.impression import TellImpression
from journeys.events.planning import PlanEvent

JOURNEY = Journey(
    name="events",
    title=msg("Events"),
    purpose=msg("The school invites alumni and others, and everybody knows in time who comes."),
    dialogues=(
        PlanEvent,
        TellDetails,
        TellImpression,
        NoteWhoCame,
        CountWalkIns,
        ChangePlan,
        ChangePlaces,
        CallOff,
    ),
    lifecycles=(Occasions, Attendance),
)
