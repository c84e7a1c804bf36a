"""The words of mentoring: topics, ways to meet, days, values, and why two people fit."""

from typing import assert_never

from bot.conversation.messages import Message, Term, TermKind, msg
from bot.domain.mentoring.fitting import Reason, Why
from bot.domain.mentoring.offers import Day, Format, Topic, Value

TOPICS = {
    Topic.FIRST_JOB: msg("Finding a first job"),
    Topic.TRADE: msg("What work in the trade is like"),
    Topic.PLACEMENT: msg("A work placement"),
    Topic.FURTHER_STUDY: msg("Studying further"),
    Topic.OWN_BUSINESS: msg("Starting a business"),
    Topic.ABROAD: msg("Working or studying abroad"),
    Topic.KEEP_GOING: msg("Keeping going until the exam"),
    Topic.DIRECTION: msg("Finding one’s way"),
}
FORMATS = {Format.ONLINE: msg("Online"), Format.IN_PERSON: msg("In person")}
DAYS = {
    Day.MONDAY: msg("Monday"),
    Day.TUESDAY: msg("Tuesday"),
    Day.WEDNESDAY: msg("Wednesday"),
    Day.THURSDAY: msg("Thursday"),
    Day.FRIDAY: msg("Friday"),
    Day.SATURDAY: msg("Saturday"),
    Day.SUNDAY: msg("Sunday"),
}
VALUES = {
    Value.CRAFT: msg("Doing a thing well"),
    Value.PEOPLE: msg("Working with people"),
    Value.SECURITY: msg("A secure job"),
    Value.FREEDOM: msg("Deciding for myself"),
    Value.FAMILY: msg("Time for family and friends"),
    Value.LEARNING: msg("Learning all the time"),
}


def wording(reason: Reason) -> Message | None:
    """Return a reason in plain words; None for one that only weighs how often somebody is asked."""
    match reason.why:
        case Why.SAME_TOPIC:
            return msg("help with: {topic}", topic=TOPICS[Topic(reason.of)])
        case Why.SAME_PROGRAMME:
            return msg("same programme: {programme}", programme=studies(reason.of))
        case Why.SAME_FIELD:
            return msg("a related programme")
        case Why.SAME_VALUES:
            return msg("the same matters to both: {value}", value=VALUES[Value(reason.of)])
        case Why.FIRST_LANGUAGE | Why.SHARED_LANGUAGE:
            return msg("shared language: {language}", language=Term(TermKind.LANGUAGE, reason.of))
        case Why.SAME_FORMAT:
            return msg(
                "a way to meet that suits both: {format}", format=FORMATS[Format(reason.of)]
            )
        case Why.SAME_DAY:
            return msg("both free on: {day}", day=DAYS[Day(reason.of)])
        case Why.RESTED | Why.LONG_FREE:
            return None
        case _:
            assert_never(reason.why)


def in_words(reasons: tuple[Reason, ...], most: int = 4) -> tuple[Message, ...]:
    """Return the reasons that count most, heaviest first, in plain words: `most` at most."""
    heaviest = sorted(reasons, key=lambda one: -one.points)
    return tuple(said for one in heaviest if (said := wording(one)))[:most]


def studies(code: str | None) -> Message | Term:
    """Return what somebody learns or learned, as it is called."""
    return Term(TermKind.PROGRAMME, code) if code else msg("not given")
