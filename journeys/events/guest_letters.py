"""What guests of an event are told, and can do, where more than one state says it."""

from bot.conversation.expectations import Open, Tap
from bot.conversation.messages import Message, msg
from bot.domain.events.answers import Comes, DetailsTold, StaysAway
from bot.domain.events.occasion import Occasion
from journeys.events.details import TellDetails
from journeys.events.going import how_many_at_most

COMING = Tap(msg("I am coming"), Comes())
AWAY = Tap(msg("I cannot come"), StaysAway())
DETAILS = Open(msg("{to_tell}"), TellDetails, DetailsTold, how_many_at_most)
REMINDER = msg(
    "A reminder: {title}. When: {at:date}, {at:time}. Where: {place}. Your code at the door: {code}"
)
ON_THE_LIST = msg("You are on the list: {title}. The calendar file is attached.")
IS_OFF = msg("{title} on {at:date} is called off. We are sorry.")
TAKEN_OUT = msg(
    "{title} on {at:date} is called off. We are sorry. The attached file takes it out of your calendar."
)
MOVED = msg("{news}: {title}\nWhen: {when}\nWhere: {place}")
MOVED_IN_CALENDAR = msg("{news}: {title}. The attached file changes it in your calendar.")


def news(known: Occasion, now: Occasion) -> Message:
    """Return what has changed, in a few words: the time, the place, or both."""
    if known.place == now.place:
        return msg("A new time")
    if known.starts_at == now.starts_at:
        return msg("A new place")
    return msg("A new time and a new place")
