"""The command as a person starts it: a process of its own, with settings of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from bot.cli import kutse as command
from tests.config.files import SMALL

TOKEN = "123456789:" + "A" * 35
"""Of the form that BotFather gives; nobody's."""

ENGLISH = (
    SMALL.replace('languages = ["et", "en"]', 'languages = ["en"]')
    .replace('default_language = "et"', 'default_language = "en"')
    .replace('et = "Põhjakalda Kutsekool"\n', "")
    .replace('et = "Keevitaja", ', "")
    .replace('et = "Kokk", ', "")
)
"""The small school where only English is spoken, so that it needs no catalogue."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


def environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with only these settings of Kutse, and a folder for it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KUTSE_")}
    return {**kept, "KUTSE_DATA_FOLDER": str(folder / "kept"), **settings}


def school_file(folder: Path) -> str:
    """Write the small school's file, and return its path."""
    path = folder / "school.toml"
    path.write_text(ENGLISH, encoding="utf-8")
    return str(path)


def kutse(folder: Path, *words: str, **settings: str) -> Said:
    """Run the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env=environment(folder, settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def run(folder: Path, *words: str, **settings: str) -> Result:
    """Run the command for the small school, in this process."""
    named = {"KUTSE_SCHOOL": school_file(folder), **settings}
    return CliRunner().invoke(command, words, env=environment(folder, named))
