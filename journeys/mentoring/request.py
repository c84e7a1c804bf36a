"""A student says what a mentor should help with, and whom to ask first."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Literal, TypeVar

from bot.conversation.dialogue import Dialogue, Done, Goto, Patience, StepsOf, known
from bot.conversation.messages import Message, Term, TermKind, Who, msg, msgs
from bot.conversation.prompts import Choice, MaySkip, Option, Prompt, Several
from bot.conversation.typed import Words
from bot.domain.masking import without_contacts
from bot.domain.mentoring.desk import MentoringDesk
from bot.domain.mentoring.fitting import MentorCard
from bot.domain.mentoring.offers import Criterion, Day, Format, KeepWish, Topic, Value, Wish
from bot.domain.people import PersonId
from journeys.mentoring.search import MentorSearch
from journeys.mentoring.wish import OWNER, STUDENT, Search
from journeys.mentoring.words import DAYS, FORMATS, TOPICS, VALUES, in_words, studies

EnumT = TypeVar("EnumT", bound=StrEnum)
MOST_CHOICES = 3
READY = msg("Done")
FIRST = {
    Criterion.TOPIC: msg("Help with my topic"),
    Criterion.TRADE: msg("The same trade"),
    Criterion.VALUES: msg("The same matters in work"),
    Criterion.LANGUAGE: msg("My best language"),
    Criterion.FORMAT: msg("How we meet"),
    Criterion.DAYS: msg("The days that suit me"),
}
LET_SCHOOL = "school"
ENOUGH = "enough"


def one_of(question: Message, labels: Mapping[EnumT, Message]) -> Choice[EnumT]:
    """Ask for one of an enumeration."""
    return Choice(question, {one.value: (Option(label), one) for one, label in labels.items()})


def some_of(
    question: Message, labels: Mapping[EnumT, Message], on: tuple[EnumT, ...] = ()
) -> Several[EnumT]:
    """Ask for any number of an enumeration; those that are `on` have been chosen before."""
    choices = {one.value: (Option(label), one) for one, label in labels.items()}
    return Several(question, choices, READY, on=tuple(one.value for one in on))


def languages_of(question: Message, known: tuple[str, ...], on: tuple[str, ...]) -> Several[str]:
    """Ask for any number of the languages known."""
    choices = {one: (Option(msg("{language}", language=language(one))), one) for one in known}
    return Several(question, choices, READY, on=on)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the student has told so far."""

    topic: Topic | None = None
    goal: str | None = field(default=None, repr=False)
    languages: tuple[str, ...] = ()
    formats: tuple[Format, ...] = ()
    days: tuple[Day, ...] = ()
    values: tuple[Value, ...] = ()
    first: Criterion = Criterion.TOPIC
    avoid: tuple[str, ...] = field(default=(), repr=False)
    """Names of whom not to ask."""
    offered: tuple[MentorCard, ...] = ()
    """Who is shown: the same people as long as the student chooses, whoever is asked meanwhile."""
    chosen: tuple[PersonId, ...] = ()

    @property
    def wish(self) -> Wish:
        """What the student looks for."""
        return Wish(
            known(self.topic),
            known(self.goal),
            self.languages,
            self.formats,
            self.days,
            self.values,
            self.first,
            avoid_named=self.avoid,
        )


step = StepsOf(Draft)


class MentorRequest(Dialogue[Draft]):
    """A student asks for a mentor: the goal first, then the person (peers 6.4)."""

    name = "mentoring.request"
    patience = Patience((timedelta(days=2), timedelta(days=5)), timedelta(days=10))

    def __init__(self, desk: MentoringDesk) -> None:
        self._desk = desk

    @step(
        one_of(
            msg(
                "A mentor is somebody who studied here and has time for you: three months, about two hours a month."
                " What would you like help with?"
            ),
            TOPICS,
        )
    )
    def topic(self, draft: Draft, topic: Topic) -> Goto[Literal["goal"]]:
        return self.goto("goal", replace(draft, topic=topic))

    @step(
        Words(
            msg(
                "What would you like to have reached in three months? One sentence; your mentor reads it."
            ),
            max_chars=200,
        )
    )
    def goal(self, draft: Draft, goal: str) -> Goto[Literal["languages"]]:
        return self.goto("languages", replace(draft, goal=without_contacts(goal)))

    def _which_languages(self, draft: Draft) -> Prompt[tuple[str, ...]]:
        """Ask which languages the two could speak; the present one is on."""
        own = self._desk.languages
        question = msg("Which languages could you speak with a mentor?")
        return languages_of(question, own, own[:1])

    @step(_which_languages)
    def languages(
        self, draft: Draft, languages: tuple[str, ...]
    ) -> Goto[Literal["languages", "formats"]]:
        if not languages:
            return self.goto("languages", draft, first=msg("Please choose at least one language."))
        return self.goto("formats", replace(draft, languages=languages))

    @step(some_of(msg("How would you like to meet? You may choose both."), FORMATS))
    def formats(self, draft: Draft, formats: tuple[Format, ...]) -> Goto[Literal["days"]]:
        return self.goto("days", replace(draft, formats=formats or tuple(Format)))

    @step(some_of(msg("On which days do you have time?"), DAYS))
    def days(self, draft: Draft, days: tuple[Day, ...]) -> Goto[Literal["values"]]:
        return self.goto("values", replace(draft, days=days))

    @step(some_of(msg("What matters to you in work?"), VALUES))
    def values(self, draft: Draft, values: tuple[Value, ...]) -> Goto[Literal["first"]]:
        return self.goto("first", replace(draft, values=values))

    @step(one_of(msg("Which of these matters most to you in a mentor? It counts double."), FIRST))
    def first(self, draft: Draft, first: Criterion) -> Goto[Literal["avoid"]]:
        return self.goto("avoid", replace(draft, first=first))

    def _whom_not(self, draft: Draft) -> Prompt[str | None]:
        """Ask for one name after the other."""
        if draft.avoid:
            more = Words(msg("Noted. Is there anybody else? Write the name."), max_chars=120)
            return MaySkip.over(more, msg("Nobody else"))
        question = msg(
            "Is there anybody who should not be your mentor: family, a former boss?"
            " Write the name. Nobody learns of it."
        )
        return MaySkip.over(Words(question, max_chars=120), msg("Nobody"))

    @step(_whom_not)
    def avoid(self, draft: Draft, name: str | None) -> Goto[Literal["avoid", "mentor"]] | Done:
        if name is not None:
            return self.goto("avoid", replace(draft, avoid=(*draft.avoid, name)))
        # A round puts the pairs together itself.
        gathers = self._desk.gathers_until() is not None
        offered = () if gathers else self._desk.mentors_for(draft.wish, MOST_CHOICES)
        draft = replace(draft, offered=offered)
        return self.goto("mentor", draft) if offered else self._sent(draft)

    def _whom(self, draft: Draft) -> Prompt[str]:
        """Show the mentors that are left, with the reasons for each."""
        rows = {
            str(card.person): (Option(*described(card)), str(card.person))
            for card in draft.offered
            if card.person not in draft.chosen
        }
        if draft.chosen:
            question = msg("Whom should we ask next if there is a no?")
            rows[ENOUGH] = (Option(msg("That is enough")), ENOUGH)
        else:
            question = msg("Here is who fits best. Whom should we ask first?")
            rows[LET_SCHOOL] = (Option(msg("Let the school choose")), LET_SCHOOL)
        return Choice(question, rows)

    @step(_whom)
    def mentor(self, draft: Draft, choice: str) -> Goto[Literal["mentor"]] | Done:
        if choice in {LET_SCHOOL, ENOUGH}:
            return self._sent(draft)
        draft = replace(draft, chosen=(*draft.chosen, PersonId(int(choice))))
        if len(draft.chosen) < len(draft.offered):
            return self.goto("mentor", draft)
        return self._sent(draft)

    def _sent(self, draft: Draft) -> Done:
        desk, wish = self._desk, draft.wish
        owner = desk.owner("mentoring")
        seated = {} if owner is None else {OWNER: owner}
        search = Search(
            wish.topic,
            wish.goal,
            desk.programme,
            choices=draft.chosen,
            needs_approval=desk.pairs_need_approval,
            gathered_until=desk.gathers_until(),
        )
        return Done(None, KeepWish(wish), MentorSearch.open(search, seated, mine=STUDENT))


def language(code: str) -> Term:
    """Return a language, by its own name."""
    return Term(TermKind.LANGUAGE, code)


def described(card: MentorCard) -> tuple[Message, Message]:
    """Return a mentor's first name, and why this one: two to four reasons in plain words."""
    label = msg(
        "{mentor:first}, {studies}", mentor=Who(card.person), studies=studies(card.programme)
    )
    because = in_words(card.reasons)
    if card.answers_in is None:
        return label, msg("{because}", because=because)
    return label, msgs(
        "{because}. Usually answers in {n} day",
        "{because}. Usually answers in {n} days",
        card.answers_in,
        because=because,
    )
