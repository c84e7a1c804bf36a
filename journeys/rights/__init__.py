"""Consents and rights: what everybody may see, change, take along, rest from or have deleted."""

from bot.conversation.journey import Journey
from bot.conversation.lifecycle import Phase
from bot.conversation.messages import msg
from bot.domain.people import Side
from journeys.rights.dialogues import ConsentChange, Digest, Erasure, LanguageChange, Resting

JOURNEY = Journey(
    name="rights",
    title=msg("Consents and rights"),
    purpose=msg(
        "Everybody decides what the school may write about, and what becomes of their data."
    ),
    dialogues=(ConsentChange, LanguageChange, Digest, Resting, Erasure),
    also_expected={
        (Phase.FOLLOW_UP, Side.ALUMNI): msg("Switch off what you no longer want: /privacy"),
        (Phase.FOLLOW_UP, Side.STUDENTS): msg("Switch off what you no longer want: /privacy"),
        (Phase.FOLLOW_UP, Side.STAFF): msg(
            "If somebody asks the school about their data, answer within a month."
        ),
    },
)
