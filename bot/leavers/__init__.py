"""Taking a school's list of leavers from a file, as its office exports it."""

from bot.leavers.faults import BadRow, Fault, UnusableList, Why
from bot.leavers.importing import Imported, import_leavers
from bot.leavers.reading import Progress, Reading, read_leavers
from bot.leavers.wording import about_list, about_row

__all__ = [
    "BadRow",
    "Fault",
    "Imported",
    "Progress",
    "Reading",
    "UnusableList",
    "Why",
    "about_list",
    "about_row",
    "import_leavers",
    "read_leavers",
]
