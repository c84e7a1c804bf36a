"""The stories there are, the schools they play in, and over which networks they can go.

Each goes over paper, over Telegram with either library, and over the pages of the school: the pages on PostgreSQL, all
else on SQLite. What cannot go over a page goes over paper once more, on PostgreSQL.
"""

import re
from pathlib import Path

HOME = Path(__file__).parent / "journeys"
STORIES = sorted(HOME.glob("transcripts/*/*.txt"))
SCHOOL = HOME / "school.toml"

_NOT_ON_THE_WEB = re.compile(
    r"^\w+ (sends (?!a picture|a text file)|blocks|unblocks)"  # no page has a way to do that
    r"|^\w+> \(\d{4,} characters\)"  # a page asks to send it in two parts
    r"|^\w+> \[\[(|.*[^ -~].*)\]\]",  # no page presses a row without data, or with such data
    re.MULTILINE,
)
_OF_THEIR_NETWORK = {
    # Ages differ: who may take part on the school's own page is too young for Telegram.
    "mentoring-under_eighteen",
    "mentoring-under_eighteen_no_longer",
    "mentoring-under_eighteen_not_possible",
    "signup-born_corrected",
    "signup-born_corrected_later",
    "signup-guardian_agrees",
    "signup-guardian_and_no_longer",
    "signup-guardian_refuses",
    "signup-guardian_silent",
    "signup-student_born_corrected",
    "signup-student_on_telegram",
    "signup-too_young",
    "signup-unfinished_student",
}


def school_of(story: Path) -> Path:
    """Return the school that a story plays in: one of its own, if a file beside it says so."""
    own = story.with_suffix(".toml")
    return own if own.exists() else SCHOOL


def named(story: Path) -> str:
    """Return what a story is called."""
    return f"{story.parent.name}-{story.stem}"


ANYWHERE = [story for story in STORIES if named(story) not in _OF_THEIR_NETWORK]
ON_THE_WEB = [story for story in ANYWHERE if not _NOT_ON_THE_WEB.search(story.read_text())]
ON_PAPER_ONLY = [story for story in STORIES if story not in ON_THE_WEB]
MIXED = [story for story in STORIES if story not in ANYWHERE]
