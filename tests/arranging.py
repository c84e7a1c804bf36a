"""What a story needs besides its people: the school's list, codes and invitations, and a look at what is kept."""

from sqlalchemy import select

from bot.app import House
from bot.domain.leavers import NameKeys, parts_of
from bot.domain.people import Role
from bot.domain.school import StaffKey
from bot.runtime.classes import make_code
from bot.runtime.staff import invite, remove
from bot.storage import leavers
from bot.storage.tables import metadata

LEAST_KEPT = 4
"""Characters of a typed text that can be looked for; fewer stand in anything."""


async def arrange(house: House, wish: str) -> dict[str, str]:
    """Do at the school what a line of a story wishes; return what people can then type, by its name."""
    school, secret = house.setting.school, house.setting.secret
    match wish.split(" ", 1):
        case ["list", entry]:
            name, programme, year, *more = (part.strip() for part in entry.split(";"))
            born = int(more[0]) if more else None
            row = NameKeys(secret).leaver(
                parts_of(name), programme, int(year), born=born, ending=None
            )
            await house.database.run(lambda tx: leavers.add_leavers(tx, school.key, [row]))
        case ["code", key]:
            return {"code": make_code(house.database, school, key, house.clock())}
        case ["invite", who]:
            key, role = (part.strip() for part in who.split(","))
            name, now = key.capitalize(), house.clock()
            return {key: invite(house.database, school, StaffKey(key), name, Role(role), now)}
        case ["remove", key]:
            gone = remove(house.database, house.setting, StaffKey(key), house.clock())
            assert gone, f"nobody on the staff is called {key}"
            await house.relay.deliver_all()
        case ["clean"]:
            await house.ticks.clean()
            await house.relay.deliver_all()
        case _:
            raise AssertionError(f"nobody knows how to arrange: {wish}")
    return {}


async def rows_with(house: House, typed: set[str]) -> list[tuple[str, str]]:
    """Return what of `typed` stands in a row of the school, and in which table.

    Commands, numbers and very short texts are not looked for.
    """
    sought = {
        words
        for words in typed
        if len(words) >= LEAST_KEPT and not words.isdecimal() and words[0] != "/"
    }
    key = house.setting.school.key
    rows = await house.database.run(
        lambda tx: [
            (table.name, str(row))
            for table in metadata.sorted_tables
            for row in tx.execute(select(table).where(table.c.school_id == key))
        ]
    )
    return [(table, words) for table, row in rows for words in sought if words in row]
