"""How fast a list of leavers is imported and looked up: `python -m bench.leavers [rows] [url]`.

The people are drawn from a seed; as in life, few names make up most of the list. Printed are
seconds; nothing is asserted.
"""

import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import Engine, create_engine

from bot.domain.leavers import Found
from bot.leavers import content_of, read_leavers, take_over
from bot.storage.leavers import leavers, look_up

KEY = bytes(range(32))
SCHOOL = "bench"
PROGRAMMES = {f"P{number:02}": (f"Programme {number}", f"Eriala {number}") for number in range(30)}
YEARS = range(1996, 2026)
LOOK_UPS = 2_000
FIRST_NAMES, SURNAMES = 2_000, 20_000
SYLLABLES = [
    "ka",
    "ri",
    "ma",
    "le",
    "nu",
    "so",
    "ti",
    "per",
    "ga",
    "lla",
    "mar",
    "tin",
    "ez",
    "ov",
    "õ",
    "ñu",
]


def word(draw: Random) -> str:
    """Return a name that nobody has."""
    return "".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))).capitalize()


def people(rows: int) -> list[tuple[str, str, str, int]]:
    """Return first name, surname, programme and year of as many people."""
    draw = Random(2026)
    firsts = [word(draw) for _ in range(FIRST_NAMES)]
    lasts = [word(draw) for _ in range(SURNAMES)]
    drawn_firsts = draw.choices(firsts, [1 / at for at in range(1, FIRST_NAMES + 1)], k=rows)
    drawn_lasts = draw.choices(lasts, [1 / at**0.7 for at in range(1, SURNAMES + 1)], k=rows)
    return [
        (first, last, draw.choice(list(PROGRAMMES)), draw.choice(YEARS))
        for first, last in zip(drawn_firsts, drawn_lasts, strict=True)
    ]


def imported(engine: Engine, path: Path) -> float:
    """Return the seconds an import took, and print them."""
    began = perf_counter()
    reading = read_leavers(
        content_of(path), programmes=PROGRAMMES, key=KEY, this_year=2026, country="EE"
    )
    read = perf_counter()
    added = take_over(reading, begin=engine.begin, school_id=SCHOOL)
    took = perf_counter() - began
    rows = added.new + added.known
    print(
        f"import: {added.new} new, {added.known} known, {len(reading.bad)} bad,"
        f" {took:.2f} s (reading {read - began:.2f}), {rows / took:,.0f} rows a second"
    )
    return took


def looked_up(engine: Engine, kind: str, asked: list[tuple[str, str, str, int]]) -> None:
    """Look all of `asked` up one by one, and print how many a second that makes."""
    slowest, found = 0.0, 0
    began = perf_counter()
    with engine.connect() as connection:
        for first, last, programme, year in asked:
            one = perf_counter()
            match = look_up(
                connection,
                SCHOOL,
                KEY,
                name=f"{last} {first}",
                programme=programme,
                year=year,
                born=None,
            )
            slowest = max(slowest, perf_counter() - one)
            found += isinstance(match, Found)
    took = perf_counter() - began
    print(
        f"look-ups, {kind}: {found} of {len(asked)} found, {len(asked) / took:,.0f} a second,"
        f" {1000 * took / len(asked):.2f} ms each, slowest {1000 * slowest:.1f} ms"
    )


def main(rows: int, url: str | None = None) -> None:
    """Make a list, import it twice, and look people up."""
    listed = people(rows)
    with TemporaryDirectory() as folder:
        path = Path(folder, "leavers.csv")
        lines = (f"{first};{last};{programme};{year}\n" for first, last, programme, year in listed)
        path.write_text("eesnimi;perekonnanimi;eriala;aasta\n" + "".join(lines), encoding="utf-8")
        engine = create_engine(url or f"sqlite:///{Path(folder, 'bench.db')}")
        leavers.drop(engine, checkfirst=True)
        leavers.create(engine)
        imported(engine, path)
        imported(engine, path)
        draw = Random(7)
        asked = draw.sample(listed, k=min(LOOK_UPS, rows))
        looked_up(engine, "as listed", asked)
        slips = [(first, last[:-1], code, year) for first, last, code, year in asked]
        looked_up(engine, "a letter left out", slips)
        engine.dispose()


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["100000"])[0]), *sys.argv[2:3])
