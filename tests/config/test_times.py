import re
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.journey import Journey
from bot.conversation.messages import msg
from bot.demo.stage import DEMO_SCHOOL
from bot.domain.school import School
from bot.domain.times import WorkingDays
from bot.misconfigured import Misconfigured
from bot.school import load_school, read_school
from tests.cli.commands import ENGLISH
from tests.config.files import SMALL
from tests.conversation.hosting import Hosting
from tests.conversation.test_times import Tea
from tests.conversation.visiting import VisitBooking

README = Path(__file__).parents[2] / "README.md"
DAY = timedelta(days=1)
VISITS = Journey("test", msg("Visits"), msg("Guests come."), (VisitBooking,), (Hosting, Tea))
OTHERS = Journey("others", msg("Others"), msg("Others come."))
NUMBER = "it is a number of minutes, hours, days, weeks or working days"


def school(folder: Path, written: str, declared: Collection[Journey] = (VISITS, OTHERS)) -> School:
    path = folder / "school.toml"
    path.write_text(f"{SMALL}\n{written}\n", encoding="utf-8")
    names = {"test", "others"}
    return read_school(path, languages={"en", "et"}, journeys=names, declared=lambda: declared)


def told(folder: Path, written: str) -> list[str]:
    with pytest.raises(Misconfigured) as caught:
        school(folder, written)
    return [one.removeprefix(f"{folder / 'school.toml'}, ") for one in caught.value.sentences]


def test_a_school_that_says_nothing_changes_nothing(tmp_path: Path) -> None:
    assert school(tmp_path, "", declared=()).times == {}


def test_a_school_changes_reminders_and_deadlines_of_a_case_and_a_dialogue(tmp_path: Path) -> None:
    written = """
[times.test]
hosting.asked.remind_host = ["24 hours", "48 hours", "72 hours"]
hosting.asked.no_answer = "10 working days"
tea.asked.remind_host = "1 day"
visit.give_up = "2 weeks"
"""

    assert school(tmp_path, written).times == {
        "test.hosting": {
            "asked.remind_host": (DAY, 2 * DAY, 3 * DAY),
            "asked.no_answer": (WorkingDays(10),),
        },
        "tea": {"asked.remind_host": (DAY,)},
        "test.visit": {"give_up": (14 * DAY,)},
    }


@pytest.mark.parametrize(
    "written",
    [
        '[times.test]\nhosting.to_date.no_answer = "3 days"',
        '[times.test]\n"hosting.to_date.no_answer" = "3 days"',
        '[times.test.hosting.to_date]\nno_answer = "3 days"',
        '[times]\ntest.hosting.to_date.no_answer = "3 days"',
    ],
)
def test_names_with_dots_and_tables_within_tables_are_the_same(
    written: str, tmp_path: Path
) -> None:
    assert school(tmp_path, written).times == {"test.hosting": {"to_date.no_answer": (3 * DAY,)}}


def test_a_school_may_want_no_reminders(tmp_path: Path) -> None:
    times = school(tmp_path, "[times.test]\nvisit.remind = []").times

    assert times == {"test.visit": {"remind": ()}}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            'hosting.asked.no_anser = "1 day"',
            ': there is no time "hosting.asked.no_anser"; did you mean "hosting.asked.no_answer"?',
        ),
        (
            'hosting.asked = "1 day"',
            ': there is no time "hosting.asked"; known are hosting.asked.no_answer, hosting.asked.remind_host.',
        ),
        (
            'hosting.to_date = "1 day"',
            ': there is no time "hosting.to_date"; did you mean "hosting.to_date.no_answer"?',
        ),
        ('owner = "1 day"', ': there is no time "owner"; kutse journeys prints them all.'),
        (
            'hosting.dated.day_over = "1 day"',
            ", hosting.dated.day_over: cannot be changed; it follows from what is known about the case.",
        ),
        (
            'tea.asked.day_over = "1 day"',
            ", tea.asked.day_over: cannot be changed; it is the same in every school.",
        ),
        (
            'visit.give_up = ["1 day"]',
            ', visit.give_up: cannot be a list; it is one time, for example "2 days".',
        ),
        (
            'visit.give_up = "soon"',
            f', visit.give_up: cannot be "soon"; {NUMBER}, for example "3 working days".',
        ),
        (
            'visit.give_up = "two days"',
            f', visit.give_up: cannot be "two days"; {NUMBER}, for example "3 working days".',
        ),
        (
            'visit.give_up = "3 moons"',
            f', visit.give_up: cannot be "3 moons"; {NUMBER}, for example "3 working days".',
        ),
        ("visit.give_up = 3", ', visit.give_up: cannot be 3; did you mean "3 days"?'),
        ('visit.give_up = "1"', ', visit.give_up: cannot be "1"; did you mean "1 day"?'),
        ('visit.give_up = "72h"', ', visit.give_up: cannot be "72h"; did you mean "72 hours"?'),
        (
            'hosting.asked.no_answer = "5 workdays"',
            ', hosting.asked.no_answer: cannot be "5 workdays"; did you mean "5 working days"?',
        ),
        (
            'hosting.asked.no_answer = "0 days"',
            ', hosting.asked.no_answer: cannot be "0 days"; it is at least 1 minute and at most 730 days.',
        ),
        (
            'visit.give_up = "1 hour"',
            ", visit: its nudges do not come one after the other, before it expires.",
        ),
        (
            'visit.give_up = "9 working days"',
            ", visit: a question waits for hours, days or weeks, and not for working days.",
        ),
        (
            'hosting.asked.no_answer = "2 working days"',
            ", hosting.asked: nudges the host after the deadline.",
        ),
        (
            'tea.asked.remind_host = ["1 hour", "2 hours", "3 hours", "4 hours"]',
            ", tea.asked: nudges the host more than three times.",
        ),
    ],
)
def test_a_slip_is_told_with_its_place_and_what_would_be_right(
    line: str, said: str, tmp_path: Path
) -> None:
    assert told(tmp_path, f"[times.test]\n{line}") == [f"times.test{said}"]


def test_every_slip_of_a_list_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, '[times.test]\nvisit.remind = ["1 dayz", "2 days", "3 d"]') == [
        'times.test, visit.remind: cannot be "1 dayz"; did you mean "1 day"?',
        'times.test, visit.remind: cannot be "3 d"; did you mean "3 days"?',
    ]


def test_a_journey_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, '[times.tests]\nvisit.give_up = "3 days"') == [
        'times: there is no journey "tests"; did you mean "test"?'
    ]


def test_a_journey_without_times_has_none_to_change(tmp_path: Path) -> None:
    assert told(tmp_path, '[times.others]\nvisit.give_up = "3 days"') == [
        'times.others: there is no time "visit.give_up"; kutse journeys prints them all.'
    ]


def test_a_line_without_its_journey_is_told_by_an_example(tmp_path: Path) -> None:
    (said,) = told(tmp_path, '[times]\ngive_up = "3 days"')

    assert said == (
        'times, give_up: cannot be "3 days"; it is a table of times for each journey,'
        " as kutse journeys prints it, for example [times.signup] and, below it,"
        ' to_check.overdue = "5 working days".'
    )


def test_a_time_is_told_with_all_else_that_is_wrong(tmp_path: Path) -> None:
    written = '[[classes]]\nkey = "X"\nprogramme = "weaving"\nfinal_year = 2027\n'

    said = told(tmp_path, f'{written}\n[times.test]\nvisit.give_up = "soon"')

    assert [one.partition(":")[0] for one in said] == [
        'classes 2 ("X")',
        "times.test, visit.give_up",
    ]


def test_the_example_of_the_readme_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(
        r"```toml\n(\[times.*?)```", README.read_text(encoding="utf-8"), re.DOTALL
    )
    path = tmp_path / "school.toml"
    path.write_text(f"{ENGLISH}\n{example}", encoding="utf-8")

    times = load_school(path).times

    assert times["signup"]["to_check.overdue"] == (WorkingDays(5),)
    assert times["signup.alumni"] == {"give_up": (14 * DAY,)}


def test_the_example_of_the_demo_s_file_is_one(tmp_path: Path) -> None:
    written = DEMO_SCHOOL.read_text(encoding="utf-8")
    first = written.index("# [times.signup]")
    example = written[first : written.index("\n\n", first)]
    path = tmp_path / "school.toml"
    path.write_text(f"{written}\n{example.replace('# ', '')}\n", encoding="utf-8")

    assert load_school(path).times.keys() == {"signup", "signup.alumni"}
