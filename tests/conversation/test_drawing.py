import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest

import journeys
from bot.conversation.case import Case, To
from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, StepsOf
from bot.conversation.drawing import (
    dialogue_diagram,
    ending,
    in_words,
    lifecycle_diagram,
    moment,
    opens,
    text_of,
    ways,
)
from bot.conversation.expectations import Deadline, Tap, absent, do
from bot.conversation.journey import Journey
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import Who, msg
from bot.conversation.typed import Words
from bot.domain.people import PersonId, Released, Side, Withdrawn
from bot.domain.times import WorkingDays
from bot.reports.journeys import document
from bot.runtime.registry import every_journey, registry_of
from tests.conversation.hosting import (
    DAY,
    FIRM,
    GUEST,
    HOST,
    Asking,
    Hosting,
    NoAnswer,
    Plan,
    Visiting,
)
from tests.conversation.visiting import VisitBooking

PAGE = Path(journeys.__file__).parents[1] / "docs" / "journeys.md"
LINE = re.compile(
    r"stateDiagram-v2"
    r'|    state "[^":;#]+" as \w+'
    r"|    \w+: [^:;#]+"
    r"|    (\[\*\]|\w+) --> (\[\*\]|\w+)(: [^:;#]+)?"
    r"|    note right of \w+|        [^:;#]+: [^:;#]+|    end note"
)
"""All that these drawings are made of."""

VISITS = Journey(
    "visits",
    msg("Visits | workshops"),
    msg("Guests see the workshops."),
    (VisitBooking,),
    (Hosting, Asking),
    {(Phase.AWARENESS, Side.ALUMNI): msg("Read the *notice*.")},
)


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing need be remembered."""


step = StepsOf(Nothing)


class Odd(Dialogue[Nothing]):
    """A dialogue whose steps have names that Mermaid uses itself."""

    name = "test.odd"
    patience = AT_EASE

    @step(
        Words(
            msg('A "note" #1: long; with no end to it, {whose} kind of text that does not fit'), 9
        )
    )
    def note(self, draft: Nothing, words: str) -> Goto[Literal["note", "end"]]:
        return self.goto("end", draft)

    @step(Words(msg("What else?\nYou may say more."), 9))
    def end(self, draft: Nothing, words: str) -> Done:
        return Done(None)


def _a_day_after(plan: Plan) -> datetime | None:
    return plan.at


class NoCode:
    """Says when, without code to look into."""

    def __call__(self, plan: Plan) -> datetime | None:
        """Never."""
        return None


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (timedelta(days=3), "after 3 days"),
        (WorkingDays(1), "after 1 working day"),
        (WorkingDays(5), "after 5 working days"),
        (_a_day_after, "at a moment that follows from: at"),
        (lambda plan: plan.at and plan.told, "at a moment that follows from: at, told"),
        (NoCode(), "at a moment that follows from: the case"),
    ],
)
def test_a_moment_is_said_in_words(when: Any, words: str) -> None:
    assert moment(when, Plan) == words


def test_a_deadline_says_what_it_never_comes_before() -> None:
    deadline: Deadline[Plan] = Deadline(2 * DAY, NoAnswer(), but_not_before=_a_day_after)

    assert ending(deadline, Plan) == "after 2 days, but not before: at"
    assert ending(replace(deadline, but_not_before=None), Plan) == "after 2 days"


def test_names_of_the_code_are_said_as_words() -> None:
    assert [in_words(name) for name in ("guardian_asked", "GuardianAsked", "lead")] == [
        "guardian asked",
        "guardian asked",
        "lead",
    ]


def test_texts_stand_without_the_marks_of_their_slots() -> None:
    message = msg(
        "{guest} on {at:date}: {what}, {n} of {whom}",
        what=msg("{trade} {{now}}", trade="Welding"),
        n=2,
        whom=Who(PersonId(7)),
    )

    assert text_of(message, Visiting) == "the guest on [at]: Welding {now}, 2 of [whom]"


def test_a_case_is_drawn_with_its_phases_its_people_and_its_times() -> None:
    assert lifecycle_diagram(Hosting).splitlines() == [
        "stateDiagram-v2",
        '    state "asked" as asked',
        "    asked: sign-up, host to act",
        '    state "to date" as to_date',
        "    to_date: preparation, guest to act",
        '    state "dated" as dated',
        "    dated: delivery, guest and host to act",
        "    dated: joined (a case below), and stays",
        "    dated: told (guest, host), and stays",
        '    state "thanked" as thanked',
        "    thanked: feedback, the end",
        '    state "called off" as called_off',
        "    called_off: follow-up, the end",
        '    state "at any time" as at_any_time',
        "    [*] --> asked",
        "    [*] --> called_off",
        "    asked --> to_date: accepted (host)",
        "    asked --> called_off: declined (host)<br>no answer (after 5 working days)",
        "    to_date --> called_off: no answer (after 10 days)",
        "    to_date --> dated: dated (guest)",
        "    dated --> thanked: told (guest, host)<br>day over (at a moment that follows from – at)",
        "    at_any_time --> called_off: withdrawn (guest)<br>cancelled (host)<br>suspended (host)",
        "    thanked --> [*]",
        "    called_off --> [*]",
    ]


def test_what_can_happen_at_any_time_is_drawn_once() -> None:
    assert [way.label for way in ways(Hosting) if way.start == "at_any_time"] == [
        "withdrawn (guest)",
        "cancelled (host)",
        "suspended (host)",
    ]


def test_a_case_that_is_no_longer_needed_hears_it_from_above() -> None:
    assert "    inviting --> answered: accepted (guest)<br>released (the case above)" in (
        lifecycle_diagram(Asking).splitlines()
    )


def test_a_case_that_only_its_own_states_end_has_nothing_drawn_for_any_time() -> None:
    state = StatesOf(Plan, Visiting)

    class Plain(Lifecycle[Plan, Visiting]):
        name = "test.plain"
        asked = state(
            Phase.AWARENESS,
            expects={
                GUEST: do(msg("Come."), Tap(msg("No"), Withdrawn())),
                HOST: absent,
                FIRM: absent,
            },
        )
        gone = state.final(Phase.AWARENESS)

        @state.opening
        def begins(self, case: Case[Plan, Visiting]) -> To[Literal["asked"]]:
            return self.to("asked", case)

        @asked.on(Withdrawn, Released)
        def leaves(
            self, case: Case[Plan, Visiting], event: Withdrawn | Released
        ) -> To[Literal["gone"]]:
            return self.to("gone", case)

    assert lifecycle_diagram(Plain).splitlines()[-3:] == [
        "    [*] --> asked",
        "    asked --> gone: withdrawn (guest)<br>released (the case above)",
        "    gone --> [*]",
    ]


def test_a_dialogue_is_drawn_question_by_question() -> None:
    assert dialogue_diagram(VisitBooking).splitlines() == [
        "stateDiagram-v2",
        '    state "Which workshop would you like to see?" as trade',
        '    state "days" as days',
        '    state "Who shall we expect?" as who',
        '    state "When did you leave?" as left_in',
        '    state "Where do you live?" as town',
        '    state "Is it your first visit?" as sure',
        '    state "review" as review',
        "    [*] --> trade",
        "    trade --> days",
        "    days --> days",
        "    days --> who",
        "    who --> left_in",
        "    left_in --> town",
        "    left_in --> sure",
        "    town --> sure",
        "    sure --> review",
        "    note right of review",
        "        Can be changed from here: trade, days, who",
        "    end note",
        "    review --> [*]",
    ]


def test_what_mermaid_would_take_for_its_own_is_written_otherwise() -> None:
    assert dialogue_diagram(Odd).splitlines() == [
        "stateDiagram-v2",
        '    state "A ”note” №1 – long, with no end to it, [whose] kind of text …" as note_',
        '    state "What else?" as end_',
        "    [*] --> note_",
        "    note_ --> note_",
        "    note_ --> end_",
        "    end_ --> [*]",
    ]


def test_a_dialogue_knows_whose_buttons_open_it() -> None:
    assert opens(Hosting) == {VisitBooking: ("guest",)}


def test_the_page_of_a_journey_says_who_does_what_when_and_what_follows() -> None:
    page = document("visits", registry_of(VISITS)).splitlines()

    assert page[:12] == [
        "## Visits | workshops",
        "",
        "Guests see the workshops.",
        "",
        "The school’s file names whoever answers for it as `visits`.",
        "",
        "| Phase | Alumni | Students | Staff | Firms |",
        "|---|---|---|---|---|",
        "| Awareness | Read the \\*notice\\*.<br>**Say whether you come along.** |  |  |  |",
        "| Sign-up | Wait for an answer. |  | **Answer the guest about [trade].** |  |",
        "| Preparation | **Find a day with the firm.** |  | Wait for a day. |  |",
        "| Delivery | **Say how it was.** |  | **Say how it was.** | Look at the guests on [at]: [company] |",
    ]
    assert [line for line in page if line.startswith(("| asked |", "| dated |"))] == [
        "| asked | after 1 day | host | “the guest is waiting.” |",
        "| asked | after 2 working days | host | “the guest is still waiting.” |",
        "| asked | after 5 working days | – | **no answer** → called off |",
        "| dated | at a moment that follows from: at | – | **day over** → thanked |",
        "| dated | guest | A day is found. |",
    ]
    assert "Opened with a button by: guest." in page
    assert (
        "A question without an answer is reminded of after 1 hour and 1 day; after 2 days it is given up."
    ) in page


def test_a_case_that_is_urgent_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Asking, "is_urgent", True)

    page = document("visits", registry_of(VISITS)).splitlines()

    assert page.count("Urgent: its letters leave at any hour of any day.") == 1


def test_a_dialogue_that_reminds_nobody_says_so() -> None:
    odd = Journey("odd", msg("Odd"), msg("Odd."), (Odd,))

    assert (
        "A question without an answer is not reminded of; after 1 day it is given up."
    ) in document("odd", registry_of(odd)).splitlines()


def test_parts_that_are_expected_to_do_the_same_stand_together() -> None:
    page = document("signup")

    assert "*owner, deputy:* **Say whether you recognise the newcomer.**" in page


def test_the_page_of_all_journeys_leads_to_each() -> None:
    page = document(None, registry_of(VISITS)).splitlines()

    assert "- [Visits \\| workshops](#visits--workshops)" in page
    assert "## Visits | workshops" in page


def test_every_line_of_every_drawing_is_one_that_mermaid_reads() -> None:
    registry = every_journey()
    drawings = [lifecycle_diagram(type(one)) for one in registry.lifecycles.values()]
    drawings += [dialogue_diagram(one) for one in registry.dialogues.values()]
    drawings += [lifecycle_diagram(Hosting), dialogue_diagram(Odd)]

    assert [
        line for one in drawings for line in one.splitlines() if not LINE.fullmatch(line)
    ] == []


def test_the_page_in_the_documentation_is_current() -> None:
    assert PAGE.read_text() == document(None), "The journeys have changed: run `make docs`."
