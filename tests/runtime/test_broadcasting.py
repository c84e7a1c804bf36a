"""A broadcast reaches everybody it is for, each in their language, and nobody twice."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot.app import House
from bot.conversation.effects import Broadcast
from bot.conversation.messages import msg
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.reach import Excluded, Reach
from bot.domain.consent import Purpose
from bot.domain.people import CaseId, Role
from bot.gateways.port import Network, Refused, TryLater, Unreachable, Unsure
from bot.runtime.audiences import begin, reach
from bot.runtime.broadcasting import ON_THEIR_WAY
from bot.runtime.work import Work
from bot.storage import broadcast_tables, tables
from bot.storage.database import Database
from tests.crowd import OneOfMany, crowd, let_all_in
from tests.runtime.living import KEY, Post, change, clock_of, living, rows, states
from tests.story import Actor

ALUMNI = Audience(roles=(Role.ALUMNI,))
INVITATION = Broadcast(ALUMNI, Purpose.EVENTS, msg("Reunion"), msg("Good day"))
HOUR = timedelta(hours=1)


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


async def send(house: House, broadcast: Broadcast = INVITATION) -> int:
    """Begin a broadcast; return how many people it is for."""

    def begun(tx: Connection) -> int:
        work = Work(tx, house.setting, house.clock())
        begin(work, CaseId(0), broadcast)
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


async def test_everybody_it_is_for_gets_it_once(database: Database, tmp_path: Path) -> None:
    house, post = await crowded(database, tmp_path)
    number = await send(house)

    await house.relay.deliver_all()

    assert len(post.told) == number
    assert len(set(post.told_whom)) == number
    assert await fates(house) == {"sent": number}
    (one,) = await rows(house, broadcast_tables.broadcasts)
    assert one.state == "sent"


async def test_many_letters_are_fed_to_the_outbox_a_few_at_a_time(
    database: Database, tmp_path: Path
) -> None:
    house, post = await crowded(database, tmp_path, 3000)
    number = await send(house)
    while (await rows(house, broadcast_tables.broadcasts))[0].state == "listing":
        await house.relay.feeder.feed()
    await house.relay.feeder.feed()

    assert number > ON_THEIR_WAY + ON_THEIR_WAY // 2
    assert await states(house) == ["waiting"] * ON_THEIR_WAY
    await house.relay.deliver_all()
    assert Counter(post.told_whom).most_common(1)[0][1] == 1
    assert await fates(house) == {"sent": number}


async def test_at_night_and_on_weekends_it_waits(database: Database, tmp_path: Path) -> None:
    house, post = await crowded(database, tmp_path)
    clock = clock_of(house)
    clock.at = datetime(2026, 11, 27, 21, 30, tzinfo=house.setting.school.zone)
    number = await send(house)

    await house.relay.deliver_all()
    due = await house.sweep.next_due()

    assert post.told == []
    assert due == datetime(2026, 11, 30, 8, tzinfo=house.setting.school.zone)
    clock.at = due
    await house.relay.deliver_all()
    assert len(post.told) == number


async def test_whoever_had_a_letter_today_gets_it_tomorrow(
    database: Database, tmp_path: Path
) -> None:
    house, post = await crowded(database, tmp_path)
    number = await send(house)
    await house.relay.deliver_all()
    clock = clock_of(house)

    again = await send(house)
    await house.relay.deliver_all()

    assert again == number
    assert len(post.told) == number
    due = await house.sweep.next_due()
    assert due
    clock.at = due
    await house.relay.deliver_all()
    assert len(post.told) == 2 * number
    assert [row.state for row in await rows(house, broadcast_tables.broadcasts)] == ["sent"] * 2


async def test_job_offers_come_once_a_week_at_most(database: Database, tmp_path: Path) -> None:
    house, post = await crowded(database, tmp_path)
    jobs = replace(INVITATION, purpose=Purpose.JOBS)
    number = await send(house, jobs)
    await house.relay.deliver_all()
    clock = clock_of(house)
    clock.at += timedelta(days=3)

    again = await send(house, jobs)
    await house.relay.deliver_all()

    assert len(post.told) == again  # some took a break on the first day
    due = await house.sweep.next_due()
    assert due == datetime(2026, 5, 11, 8, tzinfo=house.setting.school.zone)
    clock.at = due
    await house.relay.deliver_all()
    assert len(post.told) == number + again


async def test_who_had_news_lately_is_not_meant_by_more_news(
    database: Database, tmp_path: Path
) -> None:
    house, _ = await crowded(database, tmp_path)
    news = replace(INVITATION, purpose=Purpose.NEWS)
    number = await send(house, news)
    await house.relay.deliver_all()
    clock = clock_of(house)
    clock.at += timedelta(days=14)

    of_events, of_news = await reached(house), await reached(house, news)

    assert of_news.excluded[Excluded.LATELY] == number
    assert of_news.people == 0
    assert Excluded.LATELY not in of_events.excluded
    clock.at += timedelta(days=12)  # in five days it is a month
    of_news = await reached(house, news)
    assert Excluded.LATELY not in of_news.excluded
    assert of_news.people == number


async def test_what_became_of_each_letter_is_in_the_ledger(
    database: Database, tmp_path: Path
) -> None:
    house, post = await crowded(database, tmp_path)
    post.answers = {1: Unreachable(), 2: Refused("too long"), 3: Unsure(), 4: TryLater(HOUR)}
    number = await send(house)

    await house.relay.deliver_all()
    clock = clock_of(house)
    clock.at += 2 * HOUR
    await house.relay.deliver_all()

    assert await fates(house) == {
        "unreached": 1,
        "refused": 1,
        "unsure": 1,
        "sent": number - 3,
    }


async def test_whoever_withdraws_meanwhile_does_not_get_it(
    database: Database, tmp_path: Path
) -> None:
    house, post = await crowded(database, tmp_path)
    number = await send(house)
    await house.relay.feeder.feed()
    (first, *_) = await rows(house, broadcast_tables.recipients)
    await change(
        house, tables.consents, {"withdrawn_at": house.clock()}, person_id=first.person_id
    )

    await house.relay.deliver_all()

    assert await fates(house) == {"skipped": 1, "sent": number - 1}
    assert len(post.told) == number - 1
    (mark, *_) = await rows(house, broadcast_tables.recipients)
    assert mark.why == Excluded.NO_CONSENT
