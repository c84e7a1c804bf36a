"""An alumna offers to be a mentor, knowing what is expected before saying yes."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar, Literal

from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, Patience, StepsOf
from bot.conversation.messages import Message, msg, verbatim
from bot.conversation.prompts import Choice, Option, Prompt
from bot.domain.consent import Purpose, SetConsents
from bot.domain.mentoring.desk import MentoringDesk
from bot.domain.mentoring.offers import (
    MOST_STUDENTS,
    Day,
    Format,
    KeepOffer,
    MentorOffer,
    Topic,
    Value,
)
from journeys.mentoring.request import languages_of, some_of
from journeys.mentoring.words import DAYS, FORMATS, TOPICS, VALUES

NEEDED = (Purpose.VOLUNTEERING, Purpose.VISIBLE)
"""What a mentor must have agreed to: to be asked, and to be seen by students."""
EXPECTED = msg(
    "A mentor gives a student of the school three months, about two hours a month: four short meetings or a"
    " few more, and an answer in between. You get one request at a time, with a first name, a programme and a goal."
    " A no is always fine. Students see your first name, your programme and your job, and no contact."
    " Would you like to?"
)
AGREE = Choice(
    msg(
        "For this the school may write to you with requests for help, and students see your first name,"
        " programme and job. Do you agree? You can take it back at any time: /privacy"
    ),
    {"yes": (Option(msg("I agree")), True), "no": (Option(msg("Rather not")), False)},
)
CARDS = (
    msg(
        "Three things before you begin.\n"
        "1. Listen first. Tell what you did yourself, with numbers, rather than what one should do."
    ),
    msg(
        "2. Nothing is secret between a mentor and a student who may be in danger: if something worries you,"
        " /report reaches a person at school at once."
    ),
    msg(
        "3. Meet in public, at school or online. Lend no money, promise no job, and end it whenever it no longer"
        " suits you."
    ),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been said so far."""

    topics: tuple[Topic, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[Format, ...] = ()
    days: tuple[Day, ...] = ()
    values: tuple[Value, ...] = ()
    capacity: int = 1
    monthly: bool = False


step = StepsOf(Draft)


class OfferChange(Dialogue[Draft]):
    """A mentor says anew what they could help with, when and how; what they said before is on."""

    name = "mentoring.offer_change"
    patience = AT_EASE
    left_word = msg("All right. What you offer stays as it was.")
    thanks: ClassVar[Message] = msg("Noted. To rest or to change this: /mentor")
    refused: ClassVar[Message] = left_word
    """What is said to who does not agree to be asked, and seen."""

    def __init__(self, desk: MentoringDesk) -> None:
        self._desk = desk

    @property
    def _so_far(self) -> MentorOffer:
        """What was offered before; of somebody new, the language they speak here."""
        return self._desk.offer() or MentorOffer((), self._desk.languages[:1], (), ())

    def _which_topics(self, draft: Draft) -> Prompt[tuple[Topic, ...]]:
        question = msg("What could you help a student with?")
        return some_of(question, TOPICS, self._so_far.topics)

    @step(_which_topics)
    def topics(
        self, draft: Draft, topics: tuple[Topic, ...]
    ) -> Goto[Literal["topics", "languages"]]:
        if not topics:
            return self.goto("topics", draft, first=msg("Please choose at least one thing."))
        return self.goto("languages", replace(draft, topics=topics))

    def _which_languages(self, draft: Draft) -> Prompt[tuple[str, ...]]:
        question = msg("Which languages could you speak with a student?")
        return languages_of(question, self._desk.languages, self._so_far.languages)

    @step(_which_languages)
    def languages(
        self, draft: Draft, languages: tuple[str, ...]
    ) -> Goto[Literal["languages", "formats"]]:
        if not languages:
            return self.goto("languages", draft, first=msg("Please choose at least one language."))
        return self.goto("formats", replace(draft, languages=languages))

    def _which_formats(self, draft: Draft) -> Prompt[tuple[Format, ...]]:
        question = msg("How would you like to meet? You may choose both.")
        return some_of(question, FORMATS, self._so_far.formats)

    @step(_which_formats)
    def formats(self, draft: Draft, formats: tuple[Format, ...]) -> Goto[Literal["days"]]:
        return self.goto("days", replace(draft, formats=formats or tuple(Format)))

    def _which_days(self, draft: Draft) -> Prompt[tuple[Day, ...]]:
        return some_of(msg("On which days do you have time?"), DAYS, self._so_far.days)

    @step(_which_days)
    def days(self, draft: Draft, days: tuple[Day, ...]) -> Goto[Literal["values"]]:
        return self.goto("values", replace(draft, days=days))

    def _which_values(self, draft: Draft) -> Prompt[tuple[Value, ...]]:
        return some_of(msg("What matters to you in work?"), VALUES, self._so_far.values)

    @step(_which_values)
    def values(self, draft: Draft, values: tuple[Value, ...]) -> Goto[Literal["capacity"]]:
        return self.goto("capacity", replace(draft, values=values))

    @step(
        Choice(
            msg("How many students at a time?"),
            {str(n): (Option(verbatim(str(n))), n) for n in range(1, MOST_STUDENTS + 1)},
        )
    )
    def capacity(self, draft: Draft, capacity: int) -> Goto[Literal["monthly"]]:
        return self.goto("monthly", replace(draft, capacity=capacity))

    @step(
        Choice(
            msg("How often may you be asked?"),
            {
                "month": (Option(msg("At most once a month")), True),
                "any": (Option(msg("Whenever I fit")), False),
            },
        )
    )
    def monthly(self, draft: Draft, monthly: bool) -> Goto[Literal["agree"]] | Done:
        draft = replace(draft, monthly=monthly)
        if set(NEEDED) <= set(self._desk.consents()):
            return self._kept(draft)
        return self.goto("agree", draft)

    @step(AGREE)
    def agree(self, draft: Draft, agrees: bool) -> Done:
        if not agrees:
            return Done(self.refused)
        return self._kept(draft, agreed_to(self._desk))

    def _kept(self, draft: Draft, *effects: SetConsents) -> Done:
        offer = MentorOffer(
            draft.topics,
            draft.languages,
            draft.formats,
            draft.days,
            draft.values,
            draft.capacity,
            draft.monthly,
            self._so_far.openness,
        )
        return Done(self.thanks, *effects, KeepOffer(offer))


class MentorOfferMade(OfferChange):
    """Somebody offers to be a mentor, after reading what is expected and three short cards."""

    name = "mentoring.offer"
    opens_at = "expected"
    patience = Patience((timedelta(days=2), timedelta(days=5)), timedelta(days=10))
    left_word = msg("All right. Nothing was saved.")
    thanks = msg(
        "Thank you. As soon as a student fits, you get a request; to rest or to change this: /mentor"
    )
    refused = msg("That is fine: nothing is kept. If you change your mind: /mentor")

    @step(
        Choice(
            EXPECTED,
            {"yes": (Option(msg("Yes, I would")), True), "no": (Option(msg("Rather not")), False)},
        )
    )
    def expected(self, draft: Draft, would: bool) -> Goto[Literal["listen"]] | Done:
        if not would:
            return Done(msg("That is fine. If you change your mind: /mentor"))
        return self.goto("listen", draft)

    @step(Choice(CARDS[0], {"on": (Option(msg("Next")), True)}))
    def listen(self, draft: Draft, on: bool) -> Goto[Literal["report"]]:
        return self.goto("report", draft)

    @step(Choice(CARDS[1], {"on": (Option(msg("Next")), True)}))
    def report(self, draft: Draft, on: bool) -> Goto[Literal["limits"]]:
        return self.goto("limits", draft)

    @step(Choice(CARDS[2], {"on": (Option(msg("I am ready")), True)}))
    def limits(self, draft: Draft, on: bool) -> Goto[Literal["topics"]]:
        return self.goto("topics", draft)


def agreed_to(desk: MentoringDesk) -> SetConsents:
    """Agree to what a mentor must have agreed to, besides whatever else was agreed to."""
    return SetConsents(tuple(dict.fromkeys((*desk.consents(), *NEEDED))))
