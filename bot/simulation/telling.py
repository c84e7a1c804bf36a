"""Says what a simulated year has shown, as a table for the terminal."""

from collections.abc import Iterator

from bot.simulation.findings import Findings

KEPT, BROKEN = "ok", "NO"
WIDE = 56
"""Characters of what is said before the number."""


def told(findings: Findings, seed: int) -> Iterator[str]:
    """Yield the lines of the table: who lived in that year, every promise, and what happened."""
    f = findings
    yield (
        f"A made-up year of {_many(f.days, 'day')}, drawn from the seed {seed}:"
        f" {f.alumni} alumni, {f.students} students."
    )
    yield f"They spoke {f.turns:,} times to the bot, and got {f.letters:,} letters."
    yield ""
    yield _line("     What the bot promises", "measured")
    for one in f.promises():
        yield _line(f"{KEPT if one.is_kept else BROKEN:<5}{one.words}", one.measured)
    yield ""
    yield _line("     What happened", "")
    for words, measured in _happened(f):
        yield _line(f"     {words}", measured)
    yield ""
    broken = sum(not one.is_kept for one in f.promises())
    yield "Every promise was kept." if not broken else f"{_many(broken, 'promise')} broken."


def _happened(f: Findings) -> Iterator[tuple[str, str]]:
    yield "Alumni who offered to be a mentor", str(f.mentors)
    yield "Times that a student looked for a mentor", str(f.requests)
    yield "  of these, some time on the waiting list", str(f.waited)
    yield "  of these, with a mentor in the end", str(len(f.days_to_match))
    yield "    half of them within", _days(f.median_days)
    yield "    nine of ten within", _days(f.slow_days)
    yield "Times that a mentor was asked", str(f.asked)
    yield "  said yes", str(f.accepted)
    yield "  said no", str(f.declined)
    yield "  did not answer, and somebody else was asked", str(f.expired)
    yield "How unevenly mentors were asked (Gini: 0 evenly, 1 all one)", f"{f.gini:.2f}"
    yield "Pairs", str(f.pairs)
    yield "  came to their end, with thanks", str(f.closed)
    yield "  ended by somebody before", str(f.ended_early)
    yield "  faded", str(f.faded)
    yield "Meetings that were held", str(f.meetings)
    yield "Letters to many and invitations, by staff", str(f.written)
    yield "  so often somebody got one, or was reminded", f"{f.to_many:,}"
    yield "Answers to invitations", str(f.guests)
    yield "  had a place", str(f.coming)
    yield "  offers to who waited for one", str(f.offered)
    yield "    let pass", str(f.lapsed)
    yield "  thanked for having come", str(f.thanked)
    yield "  had a place, and did not come", str(f.missed)


def _line(words: str, measured: str) -> str:
    return f"{words:<{WIDE + 8}}{measured:>12}".rstrip()


def _days(days: float | None) -> str:
    return "-" if days is None else f"{days:.1f} days"


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
