"""A school full of people, written down by the database itself: a million take seconds, the same on both engines."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from bench.sending.network import FIRST_NUMBER
from bot.domain.consent import Purpose
from bot.domain.school import School
from bot.storage.tables import EPOCH, MICROSECOND

FIRST_ID = 1000
"""After it come the numbers of the crowd; before it those of whoever comes by themselves have room."""
TOWNS = ("Pärnu", "Tartu", "Bergamo", "Vitoria-Gasteiz", "Narva", "Bilbao", "Brescia", "Viljandi")

# A number that is spread evenly and the same in every run: neighbours have nothing in common.
_DRAWN = "(i * {factor} % 99991 % 1000)"


@dataclass(frozen=True, slots=True)
class Habits:
    """What there is among the people, in thousandths."""

    agreed: int
    """Who have agreed to a purpose; to each of them others have."""
    alumni: int
    withdrew: int
    """Of those who have not agreed: who did so once."""
    stopped: int
    paused: int
    unreachable: int


READERS = Habits(1000, 1000, 0, 0, 0, 0)
"""All have agreed to everything, and all can be written to."""
LIFELIKE = Habits(620, 800, 80, 12, 25, 30)
"""Some have, some have not; some take a break, and some have blocked the bot."""


def fill(tx: Connection, school: School, number: int, habits: Habits, now: datetime) -> None:
    """Let so many people be in the school, as if each had come one by one in the last years."""
    told = {
        "school": school.key,
        "number": number,
        "moment": (now - EPOCH) // MICROSECOND,
        "first_id": FIRST_ID,
        "first_number": FIRST_NUMBER,
        **{name: getattr(habits, name) for name in Habits.__slots__},
    }
    languages, programmes = school.languages, [one.code for one in school.programmes]
    _write(
        tx,
        told,
        "people (id, school_id, language, name, born, created_at, seen_at, paused_until, stopped_at,"
        " network, address)",
        f"""SELECT :first_id + i, :school, {_one_of(languages, 1)}, 'Person ' || i, 1970 + i % 36,
            :moment, :moment - i % 900 * 86400000000,
            CASE WHEN {_drawn(2)} < :paused THEN :moment + 86400000000 END,
            CASE WHEN {_drawn(3)} < :stopped THEN :moment END, 'telegram', {_address}
            FROM numbers""",
    )
    _write(
        tx,
        told,
        "addresses (school_id, network, address, person_id, unreachable_at)",
        f"""SELECT :school, 'telegram', {_address}, :first_id + i,
            CASE WHEN {_drawn(4)} < :unreachable THEN :moment END FROM numbers""",
    )
    _write(
        tx,
        told,
        "roles (person_id, role, school_id, since)",
        f"""SELECT :first_id + i, CASE WHEN {_drawn(5)} < :alumni THEN 'alumni' ELSE 'student' END,
            :school, :moment FROM numbers""",
    )
    _write(
        tx,
        told,
        "profiles (person_id, school_id, programme, left_in, how_left, town, offers)",
        f"""SELECT :first_id + i, :school, {_one_of(programmes, 6)}, 1996 + i % 30, 'graduate',
            {_one_of(TOWNS, 7)}, CASE WHEN {_drawn(8)} < 300 THEN '["talk"]' ELSE '[]' END
            FROM numbers WHERE {_drawn(5)} < :alumni""",
    )
    for salt, purpose in enumerate(Purpose, 10):
        _write(
            tx,
            told,
            "consents (school_id, person_id, purpose, text_version, language, network, given_at,"
            " withdrawn_at)",
            f"""SELECT :school, :first_id + i, '{purpose.value}', 1, {_one_of(languages, 1)}, 'telegram',
                :moment, CASE WHEN {_drawn(salt)} >= :agreed THEN :moment END
                FROM numbers WHERE {_drawn(salt)} < :agreed + :withdrew""",
        )
    if tx.dialect.name == "postgresql":
        # Whoever comes next must not be given the number of somebody.
        whole = "SELECT setval(pg_get_serial_sequence('people', 'id'), max(id)) FROM people"
        tx.execute(text(whole))


_address = "CAST(:first_number + i AS VARCHAR(64))"


def _drawn(salt: int) -> str:
    return _DRAWN.format(factor=7919 + 2222 * salt)


def _one_of(values: tuple[str, ...] | list[str], salt: int) -> str:
    whens = " ".join(f"WHEN {at} THEN '{value}'" for at, value in enumerate(values))
    return f"CASE {_drawn(salt)} % {len(values)} {whens} END"


def _write(tx: Connection, told: dict[str, object], into: str, rows: str) -> None:
    numbers = (
        "WITH RECURSIVE numbers(i) AS"
        " (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM numbers WHERE i < :number)"
    )
    used = {name: value for name, value in told.items() if f":{name}" in rows + numbers}
    tx.execute(text(f"INSERT INTO {into} {numbers} {rows}"), used)
