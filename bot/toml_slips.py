"""What is wrong with a line that is no TOML, in the words of whoever wrote it."""

import re
from tomllib import TOMLDecodeError

SHOWN = 80
"""Characters of the line; what is longer is cut."""
CURLY = "“”„‟«»‘’"
"""Marks that word processors make of those that TOML knows."""
NAME = r"[^=\"'#\[\]{}]+?"


def told(text: str, error: TOMLDecodeError) -> str:
    """Return which line is wrong and why, as the end of a sentence that begins with the file."""
    lines = text.splitlines()
    number = _where(lines, str(error))
    line = "".join(one for one in lines[number - 1].strip() if one.isprintable()) if lines else ""
    shown = line if len(line) <= SHOWN else f"{line[:SHOWN].rstrip()} …"
    return f"line {number}: {_why(line, str(error))} The line is: {shown}"


def _where(lines: list[str], said: str) -> int:
    """Return the number of the line at fault, from 1; where a list was not ended, that of its beginning."""
    found = re.search(r"at line (\d+)", said)
    number = min(int(found[1]) if found else len(lines), len(lines)) or 1
    while number > 1 and not found and not lines[number - 1].strip():
        number -= 1
    if not found and (marks := _never_closed(said)):
        odd = [n for n, line in enumerate(lines, 1) if line.count(marks) % 2]
        return odd[-1] if odd else number
    if said.startswith("Unclosed array"):
        begun = (n for n in range(number, 0, -1) if re.search(r"=\s*\[", lines[n - 1]))
        return next(begun, number)
    return number


def _never_closed(said: str) -> str | None:
    """Return the marks that were looked for up to the end of the file."""
    if said.startswith("Unterminated string"):
        return '"""'
    return "'" if said.startswith("Expected \"'") else None


def _why(line: str, said: str) -> str:
    """Return the likely cause; what the reader of TOML says, if nothing likelier is seen."""
    code = _without_comment(line)
    for cause in (_of_quotes, _of_names, _of_values):
        if why := cause(code, said):
            return why
    return f"{said.partition(' (at ')[0]}."


def _of_quotes(line: str, said: str) -> str | None:
    value = line.partition("=")[2]
    if any(mark in re.sub(r'"[^"]*"', "", line) for mark in CURLY):
        return 'the quotation marks are curly; use the straight ones, ".'
    if "Unescaped" in said:
        return r"\ has a meaning of its own between double quotation marks; write \\ instead."
    if '"""' in line and line.count('"""') % 2:
        return 'a text that begins with three quotation marks has no end; close it with """.'
    if line.count('"') % 2 or (said.startswith('Expected "\'"') and line.count("'") % 2):
        return "a quotation mark is missing."
    if said.startswith("Expected newline") and re.match(r'\s*"[^"]*"\s*[^\s",;]', value):
        return (
            "there are quotation marks within a text;"
            " put single ones around all of it, or leave the inner ones out."
        )
    if said.startswith("Expected newline") and re.match(r"\s*'[^']*'\s*[^\s',;]", value):
        return "there is a single quotation mark within a text in single ones; put double ones around it."
    return None


def _of_names(line: str, said: str) -> str | None:
    if said.startswith(("Cannot overwrite", "Cannot declare")):
        return "this stands in the file twice, or as a line and as a table; once is enough."
    if re.match(r"\[{1,2}[^\]]*(\][^\]]*)?$", line) and said.startswith("Expected ']"):
        return "a square bracket is missing at the end."
    if re.match(r"\[[^\[].*\]\]$", line):
        return "one square bracket too many, or one too few at the beginning."
    if re.match(rf"{NAME}:\s", f"{line} ") and "=" not in line:
        return 'there is a colon where an equals sign belongs, as in key = "...".'
    if line and "=" not in line and not line.startswith("["):
        return 'an equals sign is missing, as in key = "...".'
    if line.startswith("="):
        return 'the name before the equals sign is missing, as in key = "...".'
    name = line.partition("=")[0].strip()
    if re.fullmatch(NAME, name) and re.search(r"[^A-Za-z0-9_.-]", name):
        return (
            f'"{name}" cannot be a name as it stands;'
            " names are of a-z, 0-9, _ and -, others stand in quotation marks."
        )
    return None


def _of_values(line: str, said: str) -> str | None:
    value = line.partition("=")[2].strip()
    if not value:
        return "there is nothing after the equals sign."
    if value.startswith("="):
        return "one equals sign is enough."
    if said.startswith("Expected '='"):
        return 'an equals sign is missing in the braces, as in { en = "..." }.'
    if said.startswith("Unclosed array"):
        return "a comma is missing between two parts of the list, or the bracket ] at its end."
    if said.startswith("Unclosed inline table"):
        return "a comma is missing between two parts in { }, or the brace } at the end."
    if "{" in value and "}" not in value:
        return "what stands in { } must be on one line."
    if re.fullmatch(r"0\d+", value):
        return f'a number does not begin with 0; write it in quotation marks, as "{value}".'
    if re.search(r"[,;]$", value) and not value.startswith(("[", "{")):
        return f"nothing follows the value; leave out the {value[-1]} at the end."
    if value[0] not in "\"'[{":
        return f'the value must stand in quotation marks, as "{value[:SHOWN]}".'
    if value[0] in "[{":
        return "a text in the brackets must stand in quotation marks."
    if said.startswith("Expected newline"):
        return "only one value can follow an equals sign; begin a new line for the next."
    return None


def _without_comment(line: str) -> str:
    """Return the line without a comment at its end, as far as quotation marks tell."""
    found = re.match(r"""((?:[^#"']|"[^"]*"|'[^']*')*)#""", line)
    return (found[1] if found else line).strip()
