"""Staff may only what a key of theirs gives them, and only for as long as they have it."""

from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import select

from bot.app import House, build
from bot.domain.people import Role
from bot.domain.school import StaffKey
from bot.gateways.port import Incoming, Network, Typed
from bot.runtime.staff import invite, members, remove
from bot.settings import Settings
from bot.storage import tables
from bot.storage.database import Database
from handlers.incoming import hearing
from tests.runtime.test_timers import FRIDAY
from tests.texts.school import SCHOOL

MAITE, KERSTI = StaffKey("maite"), StaffKey("kersti")


def house_over(database: Database, folder: Path) -> House:
    """Return the school's bot over a database."""
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=folder)
    return build(settings, SCHOOL, database, lambda: FRIDAY)


async def join(house: House, who: str, key: StaffKey, role: Role) -> None:
    """Let `who` take up an invitation of `key`."""
    token = invite(house.database, SCHOOL, key, key.title(), role, FRIDAY)
    for number, said in enumerate((f"/start {token}", "English", "Yes, that is me")):
        update = f"{who}{key}{role}{number}"
        await hearing(house.turns)(Incoming(Network.WEB, who, update, Typed(said), "en"))


async def roles(database: Database) -> set[tuple[str, str]]:
    """Return who has which role."""
    r, a = tables.roles.c, tables.addresses.c
    found = select(a.address, r.role).where(
        r.school_id == SCHOOL.key, a.school_id == SCHOOL.key, a.person_id == r.person_id
    )
    rows = await database.run(lambda tx: tx.execute(found).all())
    return {(row.address, row.role) for row in rows}


async def test_a_role_goes_with_its_key_to_whoever_takes_the_key_up(
    database: Database, tmp_path: Path
) -> None:
    house = house_over(database, tmp_path)
    await join(house, "old", MAITE, Role.COORDINATOR)

    await join(house, "new", MAITE, Role.COORDINATOR)

    assert await roles(database) == {("new", "coordinator")}


async def test_a_role_stays_with_whoever_has_it_by_another_key(
    database: Database, tmp_path: Path
) -> None:
    house = house_over(database, tmp_path)
    await join(house, "old", MAITE, Role.COORDINATOR)
    await join(house, "old", KERSTI, Role.COORDINATOR)

    await join(house, "new", MAITE, Role.COORDINATOR)

    assert await roles(database) == {("old", "coordinator"), ("new", "coordinator")}


async def test_another_role_of_the_same_key_takes_the_place_of_the_first(
    database: Database, tmp_path: Path
) -> None:
    house = house_over(database, tmp_path)
    await join(house, "maite", MAITE, Role.SAFEGUARDING)

    await join(house, "maite", MAITE, Role.TEACHER)

    assert await roles(database) == {("maite", "teacher")}


async def test_whoever_is_removed_has_no_role_of_staff(database: Database, tmp_path: Path) -> None:
    house = house_over(database, tmp_path)
    await join(house, "maite", MAITE, Role.COORDINATOR)

    gone = remove(database, house.setting, MAITE, FRIDAY)

    assert gone == ("Maite", 0)
    assert await roles(database) == set()
    assert members(database, SCHOOL, FRIDAY) == ()


async def test_the_link_of_somebody_removed_is_worthless(
    database: Database, tmp_path: Path
) -> None:
    house = house_over(database, tmp_path)
    token = invite(database, SCHOOL, MAITE, "Maite", Role.COORDINATOR, FRIDAY)
    remove(database, house.setting, MAITE, FRIDAY)

    for number, said in enumerate((f"/start {token}", "English", "Yes, that is me")):
        await hearing(house.turns)(Incoming(Network.WEB, "m", f"u{number}", Typed(said), "en"))

    assert await roles(database) == set()
