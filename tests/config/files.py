"""A small school's file, and the same with one thing changed."""

from dataclasses import dataclass
from pathlib import Path

from bot.domain.school import School
from bot.misconfigured import Misconfigured
from bot.school import read_school

SMALL = """\
key = "north-shore"
country = "EE"
zone = "Europe/Tallinn"
languages = ["et", "en"]
default_language = "et"
contact = "room 1"
privacy_contact = "privacy@north-shore.example"
privacy_url = "https://north-shore.example/privacy"

[name]
et = "Põhjakalda Kutsekool"
en = "North Shore VET School"

[safeguarding]
lead = "kersti"
lead_name = "Kersti Pärn"

[owners]
everything = { owner = "maite" }

[[programmes]]
code = "welding"
field = "0715"
level = 4
name = { et = "Keevitaja", en = "Welding" }

[[programmes]]
code = "cooking"
field = "1013"
level = 4
name = { et = "Kokk", en = "Cooking" }

[[classes]]
key = "KE-24"
programme = "welding"
final_year = 2027
"""


def read(path: Path) -> School:
    """Read a file as if there were these languages and journeys."""
    return read_school(path, languages={"en", "es", "et", "it"}, journeys={"mentoring", "events"})


def school(folder: Path, old: str = "", new: str = "") -> School:
    """Return the small school, with `old` in its file replaced by `new`."""
    path = folder / "school.toml"
    assert old in SMALL
    path.write_text(SMALL.replace(old, new, 1) if old else SMALL, encoding="utf-8")
    return read(path)


def faults(folder: Path, old: str, new: str) -> tuple[str, ...]:
    """Return what the small school is told with that change, without the path of the file."""
    try:
        school(folder, old, new)
    except Misconfigured as wrong:
        return tuple(one.removeprefix(str(folder / "school.toml")) for one in wrong.sentences)
    return ()


@dataclass(frozen=True, slots=True)
class Slip:
    """One change to the small school's file, and what is said about it."""

    old: str
    new: str
    said: str


def slips() -> list[Slip]:
    """Return the slips of the pen that are told in `slips.txt`."""
    text = Path(__file__).with_name("slips.txt").read_text(encoding="utf-8")
    return [_slip(block) for block in text.split("\n\n")[1:]]


def _slip(block: str) -> Slip:
    lines = block.strip().split("\n")
    old, new, said = ("\n".join(line[2:] for line in lines if line[0] == sign) for sign in "-+=")
    return Slip(old, new, said)
