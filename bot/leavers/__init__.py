"""Taking a school's list of leavers from a file, as its office exports it."""

from bot.leavers.encodings import CODECS, encoding_called
from bot.leavers.faults import NOT_OPENED, BadRow, Fault, Note, NotedRow, UnusableList, Why
from bot.leavers.files import content_of
from bot.leavers.importing import take_over
from bot.leavers.reading import Progress, Reading, read_leavers
from bot.leavers.wording import about_import, about_list, about_noted, about_row, remarks

__all__ = [
    "CODECS",
    "NOT_OPENED",
    "BadRow",
    "Fault",
    "Note",
    "NotedRow",
    "Progress",
    "Reading",
    "UnusableList",
    "Why",
    "about_import",
    "about_list",
    "about_noted",
    "about_row",
    "content_of",
    "encoding_called",
    "read_leavers",
    "remarks",
    "take_over",
]
