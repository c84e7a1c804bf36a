"""Concerns: whoever is worried tells one person at the school."""

from bot.conversation.journey import Journey
from bot.conversation.lifecycle import Phase
from bot.conversation.messages import msg
from bot.domain.people import Side
from journeys.concern.lifecycle import Concern
from journeys.concern.telling import TellConcern

JOURNEY = Journey(
    name="concern",
    title=msg("Concerns"),
    purpose=msg("Anybody who is worried can tell one person at the school."),
    dialogues=(TellConcern,),
    lifecycles=(Concern,),
    also_expected={
        (Phase.AWARENESS, Side.STUDENTS): msg("You can tell the school what worries you: /report"),
        (Phase.AWARENESS, Side.ALUMNI): msg("You can tell the school what worries you: /report"),
        (Phase.AWARENESS, Side.STAFF): msg(
            "Name a safeguarding lead, and tell everybody who it is."
        ),
    },
)
