"""Broadcasts: staff write to many, each in their language, and only to those who have agreed."""

from bot.conversation.journey import Journey
from bot.conversation.messages import msg
from journeys.broadcasts.compose import Compose
from journeys.broadcasts.lifecycle import ToMany
from journeys.broadcasts.sent import Sent

JOURNEY = Journey(
    name="broadcasts",
    title=msg("Messages to many"),
    purpose=msg("Staff write to many at once; everybody reads it in their language, once."),
    dialogues=(Compose, Sent),
    lifecycles=(ToMany,),
)
