"""A school with a crowd, to whom a letter is written."""

from collections import Counter
from pathlib import Path

from sqlalchemy import Connection

from bot.app import House
from bot.conversation.effects import Broadcast
from bot.conversation.messages import msg
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.reach import Reach
from bot.domain.consent import Purpose
from bot.domain.people import CaseId, Role
from bot.gateways.port import Network
from bot.runtime.audiences import begin, reach
from bot.runtime.work import Work
from bot.storage import broadcast_tables
from bot.storage.database import Database
from tests.crowd import OneOfMany, crowd, let_all_in
from tests.runtime.living import KEY, Post, living, rows
from tests.story import Actor

ALUMNI = Audience(roles=(Role.ALUMNI,))
INVITATION = Broadcast(ALUMNI, Purpose.EVENTS, msg("Reunion"), msg("Good day"))


class ManyPosts(Post):
    """Delivers on paper to the whole crowd."""

    def __init__(self, everybody: list[OneOfMany]) -> None:
        super().__init__(Network.WEB)
        for one in everybody:
            who = Actor(one.address, one.language, Network.WEB, lives_at=one.address)
            self.actors[one.address] = who

    @property
    def told_whom(self) -> list[str]:
        return [sheet.partition("<")[0].strip() for sheet in self.told]


async def crowded(database: Database, folder: Path, number: int = 60) -> tuple[House, ManyPosts]:
    """Build a school with a crowd, on a working day at noon."""
    house = living(database, folder)
    everybody = list(crowd(5, number, house.clock(), first=1000))
    await database.run(lambda tx: let_all_in(tx, KEY, everybody, house.clock()))
    post = ManyPosts(everybody)
    house.relay.connect(post)
    return house, post


async def send(
    house: House,
    broadcast: Broadcast = INVITATION,
    case: CaseId = CaseId(0),
) -> int:
    """Begin a broadcast; return how many people it is for."""

    def begun(tx: Connection) -> int:
        work = Work(tx, house.setting, house.clock())
        begin(work, case, broadcast)
        return reach(work, broadcast.to, broadcast.purpose).people

    number = await house.database.run(begun)
    house.relay.feeder.look()
    return number


async def reached(house: House, broadcast: Broadcast = INVITATION) -> Reach:
    def counted(tx: Connection) -> Reach:
        return reach(Work(tx, house.setting, house.clock()), broadcast.to, broadcast.purpose)

    return await house.database.run(counted)


async def fates(house: House) -> Counter[str]:
    return Counter(row.state for row in await rows(house, broadcast_tables.recipients))
