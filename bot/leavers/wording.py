"""What is wrong with a list, in plain English for the command line; no word is from the file."""

from collections.abc import Iterator, Sequence

from bot.leavers.encodings import CODECS, Encoding
from bot.leavers.faults import BadRow, Fault, Note, NotedRow, Unfit, UnusableList, Why
from bot.leavers.reading import Reading
from bot.storage.leavers_added import Added

_WHY = {
    Why.QUOTES: "a quotation mark is not closed",
    Why.TOO_LONG: "it has more than {most:,} characters; perhaps the ends of lines are lost",
    Why.TOO_MANY_CELLS: "it has more cells than the header; quote a cell with a {delimiter} in it",
    Why.DAMAGED: "it has zero bytes inside; export the list once more",
    Why.NAME_MISSING: "the name is missing",
    Why.NOT_A_NAME: "the name is too long, or has signs that no name has",
    Why.PROGRAMME_MISSING: "the programme is missing",
    Why.PROGRAMME_UNKNOWN: "the school has no programme of this code or name",
    Why.PROGRAMME_AMBIGUOUS: "the programme may be any of these: {programmes}",
    Why.YEAR_MISSING: "the year of leaving is missing",
    Why.YEAR: "the year of leaving is not a year from {first} to {last}",
    Why.ENDING: "how it ended is not a word that Kutse knows, such as graduate or early leaver",
}

_NOTES = {
    Note.BORN: (
        "Kept without the year of birth, line {line}: it is not a year from {first} to {last}"
    ),
    Note.HEADINGS: "Passed over, line {line}: it has the headings once more",
}

_DOUBTFUL = (
    "Perhaps on the list already, line {line}: the list has this name, programme and year,"
    " with another year of birth or without one"
)

_STEPS = (
    'Open it in Excel or LibreOffice, choose File, Save as, and as the type "CSV UTF-8" or '
    '"Text CSV"; then import what that wrote.'
)
_FAULTS = {
    Fault.MISSING: 'There is no file "{file}".',
    Fault.FOLDER: '"{file}" is a folder; name the CSV file itself.',
    Fault.NO_RIGHT: 'This account may not read "{file}"; give it the right to.',
    Fault.UNREADABLE: '"{file}" could not be read: {why}.',
    Fault.TOO_LARGE: "The list is larger than {megabytes} MB. Split it and import the parts.",
    Fault.TOO_MANY_LINES: "The list has more than {lines:,} lines. Split it and import the parts.",
    Fault.WORKBOOK: f"The file is a workbook of a spreadsheet program, not CSV. {_STEPS}",
    Fault.PDF: (
        "The file is a PDF, which has no rows to read. Ask the office for the list as a "
        f"spreadsheet. {_STEPS}"
    ),
    Fault.DOCUMENT: (
        "The file is a document of a word processor, which has no rows to read. Ask the office "
        f"for the list as a spreadsheet. {_STEPS}"
    ),
    Fault.WEB_PAGE: f"The file is a web page or XML, whatever its name says. {_STEPS}",
    Fault.NOT_TEXT: f"The file is not text, or it is damaged. {_STEPS}",
    Fault.OTHER_ENCODING: (
        "The file is not UTF-8, UTF-16 or Windows-1252; perhaps an old program wrote it. Save it "
        "as CSV UTF-8, or say how it is written: --encoding cp775 for Baltic DOS, cp850 for western DOS. "
        f"Known are {', '.join(CODECS)}."
    ),
    Fault.NOT_IN_ENCODING: (
        "Line {line} cannot be read as {encoding}. "
        "Save the sheet once more as CSV UTF-8, or say how it is written: --encoding."
    ),
    Fault.EMPTY: "The file is empty.",
    Fault.HEADER_QUOTES: "Line {line}: a quotation mark among the headings is not closed, or one too many.",
    Fault.NO_HEADER: (
        "Line {line} has no heading for: {missing}. Write these words above the columns, or the "
        "Spanish, Italian or Estonian ones, with commas, semicolons or tabs between them."
    ),
    Fault.COLUMN_TWICE: (
        "Line {line}: columns {first} and {second} are both headed as {column}. "
        "Rename or remove one."
    ),
    Fault.NO_ROWS: "The file has headings, but no rows below them.",
}


def about_import(added: Added, reading: Reading) -> str:
    """Say what became of a list, in numbers; those that are seldom are told only if there."""
    sentences = [f"New: {added.new}.", f"Already on the list: {added.known}."]
    if added.corrected:
        sentences.append(f"Of these, how it ended was corrected: {added.corrected}.")
    if added.dated:
        sentences.append(f"Of these, the year of birth was added: {added.dated}.")
    if added.doubtful:
        sentences.append(f"Of the new, perhaps on the list already: {len(added.doubtful)}.")
    if undated := sum(row.note is Note.BORN for row in reading.noted):
        sentences.append(f"Kept without the year of birth: {undated}.")
    if reading.bad:
        sentences.append(f"Left out: {len(reading.bad)}.")
    return " ".join(sentences)


def remarks(added: Added, reading: Reading, *, most: int) -> Iterator[str]:
    """Say what whoever imported should look at; of each kind of row at most so many."""
    if not reading.encoding.sure:
        yield about_encoding(reading.encoding)
    yield from _first([about_noted(row) for row in reading.noted], most)
    lines = sorted(reading.lines[one] for one in added.doubtful)
    yield from _first([_DOUBTFUL.format(line=line) for line in lines], most)
    if lines:
        yield "Where it is the same person twice, take one row off: kutse people remove --help"
    yield from _first([f"Left out, {about_row(row)}" for row in reading.bad], most)


def about_encoding(encoding: Encoding) -> str:
    """Say which encoding was taken for a file that does not say it, and how to say it better."""
    return f"The file was read as {encoding.name}; if that is wrong, say how it is written: --encoding."


def about_row(row: BadRow) -> str:
    """Say which line was left out and why."""
    return f"line {row.line}: {_WHY[row.why].format(**row.slots)}"


def about_programme(called: str, unfit: Unfit) -> str:
    """Say why nobody knows which programme is called so."""
    return f'The programme "{called}" is not clear: {_WHY[unfit.why].format(**unfit.slots)}.'


def about_noted(row: NotedRow) -> str:
    """Say what became of a row that was not as it should be, without harm."""
    return _NOTES[row.note].format(line=row.line, **row.slots)


def about_list(unusable: UnusableList) -> str:
    """Say why nothing of the list was taken, and what to do."""
    return _FAULTS[unusable.fault].format(**unusable.slots)


def _first(sentences: Sequence[str], most: int) -> Iterator[str]:
    yield from sentences[:most]
    if more := len(sentences[most:]):
        yield f"and {more} more {'row' if more == 1 else 'rows'}."
