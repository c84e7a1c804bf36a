"""The README shows code, commands and settings as they are."""

import re
import shlex
from itertools import takewhile
from pathlib import Path

import click
import pytest

from bot.cli import kutse
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"\]\(([^)]+\.py)\)(?:(?!```|\.py\)).)*```python\n(.*?)```", re.DOTALL)
"""A piece of Python, with the file that is named last before it."""
BLOCKS = [match.groups() for match in BLOCK.finditer(README)]
TYPED = [line.partition("#")[0] for line in README.splitlines() if line.startswith("    ")]
QUOTED = [found for found in re.findall(r"`([^`\n]+)`", README) if found.startswith("kutse ")]
COMMANDS = sorted(
    {
        part.strip()
        for line in (*TYPED, *QUOTED)
        for part in line.split("&&")
        if re.match(r"\s*(\S*/)?kutse ", part)
    }
)


def test_every_piece_of_python_says_where_it_is_from() -> None:
    assert len(BLOCKS) == README.count("```python")


@pytest.mark.parametrize(("file", "shown"), BLOCKS, ids=[file for file, _ in BLOCKS])
def test_the_code_shown_stands_in_its_file_in_this_order(file: str, shown: str) -> None:
    stands = iter((ROOT / file).read_text(encoding="utf-8").splitlines())
    lines = [line for line in shown.splitlines() if line.strip() not in {"", "..."}]

    missing = [line for line in lines if line not in stands]

    assert missing == []


@pytest.mark.parametrize("typed", COMMANDS)
def test_a_command_that_is_shown_exists(typed: str) -> None:
    command: click.Command = kutse
    words = iter(shlex.split(typed)[1:])

    while isinstance(command, click.Group):
        word = next(words)
        assert word in command.commands, f"kutse has no command {word}"
        command = command.commands[word]

    rest = list(words)
    shown = {word for word in rest if word.startswith("--")}
    known = {option for one in command.params for option in one.opts}
    arguments = list(takewhile(lambda word: not word.startswith("--"), rest))
    taken = [one for one in command.params if isinstance(one, click.Argument)]
    assert shown <= known
    assert len(arguments) <= len(taken)


def test_there_are_commands_to_look_at() -> None:
    assert "kutse staff remove maite" in COMMANDS
    assert "kutse people import leavers.csv" in COMMANDS


def test_the_table_has_every_setting_and_no_other() -> None:
    rows = [line.split("|")[1] for line in README.splitlines() if line.startswith(f"| `{PREFIX}")]
    listed = [name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)]

    assert sorted(listed) == sorted(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)
