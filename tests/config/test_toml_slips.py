from pathlib import Path

import pytest

from bot.misconfigured import Misconfigured
from bot.toml_slips import SHOWN
from tests.config.files import SMALL, read

EQUALS = 'an equals sign is missing, as in key = "...".'
TWICE = "this stands in the file twice, or as a line and as a table; once is enough."
COMMA = "a comma is missing between two parts of the list, or the bracket ] at its end."
SLIPS = [
    # quotation marks
    ('key = "north-shore', "a quotation mark is missing."),
    ('key = north-shore"', "a quotation mark is missing."),
    ("key = 'north-shore", "a quotation mark is missing."),
    ("key = north-shore", 'the value must stand in quotation marks, as "north-shore".'),
    (
        "contact = room 104, +372 5550 # call",
        'the value must stand in quotation marks, as "room 104, +372 5550".',
    ),
    ("start = 21:00", 'the value must stand in quotation marks, as "21:00".'),
    ('languages = ["et", en]', "a text in the brackets must stand in quotation marks."),
    ("key = “north-shore”", 'the quotation marks are curly; use the straight ones, ".'),
    (
        'name = "The "North" shore"',
        "there are quotation marks within a text; put single ones around all of it, or leave the inner ones out.",
    ),
    (
        "name = 'Anna's shore'",
        "there is a single quotation mark within a text in single ones; put double ones around it.",
    ),
    (
        r'key = "C:\school"',
        r"\ has a meaning of its own between double quotation marks; write \\ instead.",
    ),
    (
        'key = """north',
        'a text that begins with three quotation marks has no end; close it with """.',
    ),
    # names and equals signs
    ("key", EQUALS),
    ('key "north-shore"', EQUALS),
    ('key: "north-shore"', 'there is a colon where an equals sign belongs, as in key = "...".'),
    ('= "north-shore"', 'the name before the equals sign is missing, as in key = "...".'),
    ('key == "north-shore"', "one equals sign is enough."),
    (
        'remind owner = "1 day"',
        (
            '"remind owner" cannot be a name as it stands; names are of a-z, 0-9, _ and -,'
            " others stand in quotation marks."
        ),
    ),
    ('name = { en "Shore" }', 'an equals sign is missing in the braces, as in { en = "..." }.'),
    ("key = ", "there is nothing after the equals sign."),
    # brackets
    ("[owners", "a square bracket is missing at the end."),
    ("[[programmes]", "a square bracket is missing at the end."),
    ("[programmes]]", "one square bracket too many, or one too few at the beginning."),
    ('languages = ["et" "en"]', COMMA),
    ('languages = ["et",\n"en"\n\nkey = "x"', COMMA),
    (
        'name = { en = "Shore" et = "Kallas" }',
        "a comma is missing between two parts in { }, or the brace } at the end.",
    ),
    # values
    ("field = 0715", 'a number does not begin with 0; write it in quotation marks, as "0715".'),
    ('key = "north-shore",', "nothing follows the value; leave out the , at the end."),
    (
        'key = "north" "shore"',
        "only one value can follow an equals sign; begin a new line for the next.",
    ),
    ("key = 1\nkey = 2", TWICE),
    ("[owners]\n[owners]", TWICE),
    # what nobody thought of is told as the reader of TOML tells it
    ('key = "north\x01shore"', r"Illegal character '\x01'."),
]


def told(folder: Path, content: str) -> str:
    path = folder / "school.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Misconfigured) as caught:
        read(path)
    (sentence,) = caught.value.sentences
    return sentence.removeprefix(f"{path}, ")


@pytest.mark.parametrize(("slip", "why"), SLIPS, ids=[slip for slip, _ in SLIPS])
def test_a_slip_is_told_with_its_line_and_the_likely_cause(
    slip: str, why: str, tmp_path: Path
) -> None:
    said = told(tmp_path, f"# a school\n\n{slip}\n\n[further]\nkey = 1\n")

    line = slip.splitlines()[-1 if why == TWICE else 0].strip().replace("\x01", "")
    assert said == f"line {4 if why == TWICE else 3}: {why} The line is: {line}"


def test_a_slip_in_the_last_line_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, "key = \n\n").startswith("line 1: there is nothing after the equals")
    assert told(tmp_path, 'a = 1\nkey = "north').startswith("line 2: a quotation mark is missing.")


def test_a_brace_that_is_closed_on_another_line_is_told(tmp_path: Path) -> None:
    said = told(tmp_path, '[[classes]]\nname = { et = "Kokk",\n         en = "Cook" }\n')

    assert said == (
        'line 2: what stands in { } must be on one line. The line is: name = { et = "Kokk",'
    )


def test_a_slip_among_many_lines_is_found(tmp_path: Path) -> None:
    said = told(tmp_path, SMALL.replace('contact = "room 1"', 'contact = "room 1'))

    number = SMALL.splitlines().index('contact = "room 1"') + 1
    assert said == f'line {number}: a quotation mark is missing. The line is: contact = "room 1'


def test_of_a_long_line_the_beginning_is_shown(tmp_path: Path) -> None:
    said = told(tmp_path, f"contact = {'room ' * 40}")

    assert len(said.partition("The line is: ")[2]) <= SHOWN + 2
