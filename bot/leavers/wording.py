"""What is wrong with a list, in plain English for the command line; no word is from the file."""

from bot.leavers.faults import BadRow, Fault, UnusableList, Why

_WHY = {
    Why.QUOTES: "a quotation mark is not closed",
    Why.TOO_MANY_CELLS: "it has more cells than the header; quote a cell with a comma in it",
    Why.NAME_MISSING: "the name is missing",
    Why.NOT_A_NAME: "the name is too long, or has signs that no name has",
    Why.PROGRAMME_MISSING: "the programme is missing",
    Why.PROGRAMME_UNKNOWN: "the school has no programme of this code or name",
    Why.PROGRAMME_AMBIGUOUS: "the programme may be any of these: {programmes}",
    Why.YEAR_MISSING: "the year of leaving is missing",
    Why.YEAR: "the year of leaving is not a year from {first} to {last}",
    Why.BORN: "the year of birth is not a year from {first} to {last}",
    Why.ENDING: "how it ended is not a word that Kutse knows, such as graduate or early leaver",
}

_FAULTS = {
    Fault.TOO_LARGE: "The list is larger than {megabytes} MB. Split it and import the parts.",
    Fault.NOT_TEXT: "The file is not UTF-8, UTF-16 or Windows-1252 text. Save the sheet as CSV.",
    Fault.EMPTY: "The file is empty.",
    Fault.NO_HEADER: (
        "The first line does not say which column is which. Not found: {missing}. "
        "Write name, programme and year above the columns; "
        "Spanish, Italian or Estonian words are fine, too."
    ),
    Fault.COLUMN_TWICE: "Two columns are headed as {column}. Rename or remove one.",
}


def about_row(row: BadRow) -> str:
    """Say which line was left out and why."""
    return f"line {row.line}: {_WHY[row.why].format(**row.slots)}"


def about_list(unusable: UnusableList) -> str:
    """Say why nothing of the list was taken, and what to do."""
    return _FAULTS[unusable.fault].format(**unusable.slots)
