from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, update

from bot.storage.database import open_database
from bot.storage.tables import people, staff
from tests.cli.commands import run

MAITE = ("staff", "invite", "maite", "--name", "Maite Soler", "--role", "coordinator")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
SCHOOL = "north-shore"


def alter(folder: Path, *, has_come: bool, expires_at: datetime | None) -> None:
    """Let Maite's invitation be as if time had passed."""
    url = f"sqlite:///{folder / 'kept' / 'north-shore.sqlite'}"
    with closing(open_database(url)) as database, database.engine.begin() as tx:
        tx.execute(
            insert(people),
            {
                "id": 1,
                "school_id": SCHOOL,
                "language": "en",
                "created_at": LONG_AGO,
                "seen_at": LONG_AGO,
                "network": "web",
                "address": "maite",
            },
        )
        tx.execute(
            update(staff)
            .where(staff.c.school_id == SCHOOL, staff.c.key == "maite")
            .values(person_id=1 if has_come else None, expires_at=expires_at)
        )


def test_without_staff_the_list_says_how_to_begin(tmp_path: Path) -> None:
    said = run(tmp_path, "staff", "list")

    assert (said.exit_code, said.output) == (
        0,
        "Nobody is invited yet; run: kutse staff invite KEY\n",
    )


def test_staff_are_listed_by_their_keys(tmp_path: Path) -> None:
    run(tmp_path, *MAITE)
    run(tmp_path, "staff", "invite", "kersti", "--name", "Kersti", "--role", "safeguarding")

    said = run(tmp_path, "staff", "list")

    assert said.output == (
        "kersti: Kersti, safeguarding, invited\nmaite: Maite Soler, coordinator, invited\n"
    )


def test_whoever_has_come_has_joined(tmp_path: Path) -> None:
    run(tmp_path, *MAITE)
    alter(tmp_path, has_come=True, expires_at=None)

    said = run(tmp_path, "staff", "list")

    assert said.output == "maite: Maite Soler, coordinator, joined\n"


def test_an_invitation_for_a_successor_is_listed_with_whoever_is_there(tmp_path: Path) -> None:
    run(tmp_path, *MAITE)
    alter(tmp_path, has_come=True, expires_at=datetime.max.replace(tzinfo=UTC) - timedelta(days=9))

    said = run(tmp_path, "staff", "list")

    assert said.output == "maite: Maite Soler, coordinator, joined, invited again\n"


def test_an_invitation_that_is_too_old_has_expired(tmp_path: Path) -> None:
    run(tmp_path, *MAITE)
    alter(tmp_path, has_come=False, expires_at=LONG_AGO)

    said = run(tmp_path, "staff", "list")

    assert said.output == "maite: Maite Soler, coordinator, expired\n"


def test_whoever_is_removed_is_no_longer_listed_and_is_to_be_invited(tmp_path: Path) -> None:
    run(tmp_path, *MAITE)

    removed = run(tmp_path, "staff", "remove", "maite")

    assert (removed.exit_code, removed.output) == (
        0,
        "Maite Soler is no longer staff. Open cases that wait for the next maite: 0.\n",
    )
    assert "maite" not in run(tmp_path, "staff", "list").output
    assert 'Staff: "maite" answers for something, and is not' in run(tmp_path, "check").output


def test_nobody_is_removed_by_a_key_that_nobody_has(tmp_path: Path) -> None:
    run(tmp_path, *MAITE)

    near = run(tmp_path, "staff", "remove", "maita")
    far = run(tmp_path, "staff", "remove", "joosep")

    assert (near.exit_code, near.stderr) == (
        2,
        'There is no member of staff "maita"; did you mean "maite"?\n',
    )
    assert (far.exit_code, far.stderr) == (
        2,
        'There is no member of staff "joosep"; known are maite.\n',
    )
    assert "maite: " in run(tmp_path, "staff", "list").output
