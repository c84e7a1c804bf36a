"""The questions about alumni, asked at sign-up and when a profile is changed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from bot.conversation.choices import FREQUENCIES, OFFERS
from bot.conversation.messages import Message, Term, TermKind, msg, verbatim
from bot.conversation.names import PersonName
from bot.conversation.prompts import Choice, MaySkip, Option, Prompt, Several
from bot.conversation.typed import Words, Year
from bot.domain.signup import Doing, HowLeft, Offer

EnumT = TypeVar("EnumT", bound=StrEnum)

OLDEST_LEAVERS = 80
"""Years back to which a year of leaving is believed."""
LATER = msg("Skip for now")
NONE_OF_THESE = "none"

HOW_LEFT: Mapping[HowLeft, Message] = {
    HowLeft.GRADUATE: msg("I finished"),
    HowLeft.EARLY_LEAVER: msg("I left before the end"),
    HowLeft.SHORT_COURSE: msg("I took a short course"),
    HowLeft.APPRENTICE: msg("I was an apprentice"),
    HowLeft.EXCHANGE: msg("I came on an exchange"),
    HowLeft.WORKED_HERE: msg("I worked here"),
    HowLeft.FRIEND: msg("I am a friend of the school"),
}
DOING: Mapping[Doing, Message] = {
    Doing.WORKING: msg("I work"),
    Doing.OWN_BUSINESS: msg("I have my own business"),
    Doing.STUDYING: msg("I study"),
    Doing.WORKING_AND_STUDYING: msg("I work and study"),
    Doing.LOOKING: msg("I am looking for work"),
    Doing.OTHER: msg("Something else"),
}
NAME = PersonName(
    msg(
        "What is your name? Please write first name and surname as they were when you studied here."
    ),
    max_chars=120,
)
ENDING = Choice(
    msg(
        "How did your studies here end? Every answer is right: whoever learned here belongs here."
    ),
    {one.value: (Option(label), one) for one, label in HOW_LEFT.items()},
)
PRESENT = MaySkip.over(
    Choice(
        msg("What are you doing now?"),
        {one.value: (Option(label), one) for one, label in DOING.items()},
    ),
    LATER,
)
TOWN = MaySkip.over(
    Words(
        msg(
            "Where do you live now? The town is enough. It helps to suggest people and offers near you."
        ),
        max_chars=80,
    ),
    LATER,
)
HOW_OFTEN = MaySkip.over(
    Choice(
        msg("How often may the school write to you?"),
        {one.value: (Option(label), one) for one, label in FREQUENCIES.items()},
    ),
    LATER,
)


def studies(programmes: tuple[str, ...]) -> Prompt[str]:
    """Ask for the programme; `NONE_OF_THESE` if it is not in the list."""
    listed = {
        code: (Option(msg("{programme}", programme=Term(TermKind.PROGRAMME, code))), code)
        for code in programmes
    }
    other = {NONE_OF_THESE: (Option(msg("Something not listed here")), NONE_OF_THESE)}
    return Choice(msg("What did you study here? Choose, or write its name."), {**listed, **other})


def year_left(year: int) -> Prompt[int]:
    """Ask when the time at the school ended."""
    return Year(
        msg(
            "In which year did your time at the school end? If you are not sure, a rough year will do."
        ),
        year - OLDEST_LEAVERS,
        year,
    )


def gifts(on: tuple[Offer, ...]) -> Prompt[tuple[Offer, ...]]:
    """Ask what somebody would like to give."""
    return Several(
        msg("What would you enjoy giving? Small things count. Choose what you like, or nothing."),
        {one.value: (Option(label), one) for one, label in OFFERS.items()},
        msg("Done"),
        tuple(one.value for one in on),
    )


def line(label: Message, value: Message | None) -> Option:
    """Return a line of a review: what was asked, and what was answered."""
    return Option(label, value or msg("not given"))


def programme_named(code: str | None) -> Message:
    """Return what a programme is called."""
    if code is None or code == NONE_OF_THESE:
        return msg("Something not listed here")
    return msg("{programme}", programme=Term(TermKind.PROGRAMME, code))


def listed(things: Mapping[EnumT, Message], chosen: tuple[EnumT, ...]) -> Message:
    """Return what was chosen of several."""
    if not chosen:
        return msg("nothing so far")
    return msg("{chosen}", chosen=tuple(things[one] for one in chosen))


def as_typed(text: str | None) -> Message | None:
    """Return what somebody wrote, as it stands."""
    return verbatim(text) if text else None
