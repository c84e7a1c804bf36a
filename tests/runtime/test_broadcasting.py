"""A broadcast reaches everybody it is for, each in their language, and nobody twice."""

from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from sqlalchemy import Connection

from bot.app import House
from bot.conversation.effects import Course, SteerBroadcast
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.reach import Excluded
from bot.domain.consent import Purpose
from bot.domain.people import CaseId
from bot.gateways.port import Refused, TryLater, Unreachable, Unsure
from bot.runtime.broadcasting import ON_THEIR_WAY
from bot.runtime.broadcasts_of_cases import carry_out
from bot.runtime.work import Work
from bot.storage import broadcast_tables, tables
from bot.storage.broadcast_tables import GOT
from bot.storage.conversations import LOCK_PERSON
from bot.storage.database import Database, open_database
from tests.runtime.crowded import ALUMNI, INVITATION, ManyPosts, crowded, fates, reached, send
from tests.runtime.living import change, clock_of, living, rows, states

HOUR = timedelta(hours=1)


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


async def walk(house: House, post: ManyPosts, until: datetime) -> list[datetime]:
    """Let time go by, from one moment at which something is due to the next; return when each letter came."""
    clock, came = clock_of(house), [house.clock()] * len(post.told)
    while (due := await house.sweep.next_due()) and due <= until:
        clock.at = max(due, clock.at)
        await house.sweep.run()
        house.relay.feeder.look()
        await house.relay.deliver_all()
        came += [clock.at] * (len(post.told) - len(came))
    clock.at = until
    return came


def hours_of(came: list[datetime]) -> Counter[str]:
    return Counter(f"{at:%a %H}" for at in came)


async def test_letters_are_spread_evenly_over_hours(database: Database, tmp_path: Path) -> None:
    house, post = await crowded(database, tmp_path, 600)
    clock = clock_of(house)
    number = await send(house, replace(INVITATION, spread=timedelta(hours=4)))
    await house.relay.deliver_all()

    came = await walk(house, post, clock.at + timedelta(hours=6))

    assert len(came) == number
    assert max(came) - min(came) <= timedelta(hours=4)
    by_hour = hours_of(came)
    assert len(by_hour) == 4
    assert max(by_hour.values()) - min(by_hour.values()) <= 2


async def test_a_handful_of_letters_is_spread_too(database: Database, tmp_path: Path) -> None:
    house, post = await crowded(database, tmp_path, 12)
    number = await send(house, replace(INVITATION, spread=timedelta(hours=4)))
    await house.relay.deliver_all()

    came = await walk(house, post, clock_of(house).at + timedelta(hours=6))

    assert number > 1
    assert {next_ - one for one, next_ in pairwise(came)} == {timedelta(hours=4) / number}


async def test_at_night_and_while_nothing_runs_the_time_of_a_spread_stands_still(
    database: Database, tmp_path: Path
) -> None:
    house, post = await crowded(database, tmp_path, 600)
    clock = clock_of(house)
    zone = house.setting.school.zone
    clock.at = datetime(2026, 11, 24, 19, tzinfo=zone)
    number = await send(house, replace(INVITATION, spread=timedelta(hours=4)))
    await house.relay.deliver_all()

    evening = await walk(house, post, datetime(2026, 11, 25, 8, 30, tzinfo=zone))
    clock.at = datetime(2026, 11, 25, 12, 30, tzinfo=zone)  # it was down for hours
    house = living(database, tmp_path, clock)
    house.relay.connect(post)
    await house.relay.deliver_all()
    came = await walk(house, post, datetime(2026, 11, 25, 18, tzinfo=zone))

    in_two_hours = sum(at < datetime(2026, 11, 24, 21, tzinfo=zone) for at in evening)
    assert abs(in_two_hours - number // 2) <= number // 60
    assert len(came) == number
    last = max(came).astimezone(zone)
    assert datetime(2026, 11, 25, 13, 50, tzinfo=zone) < last
    assert last <= datetime(2026, 11, 25, 14, tzinfo=zone)


async def test_whoever_got_a_letter_gets_what_corrects_it_at_once(
    database: Database, tmp_path: Path
) -> None:
    house, post = await crowded(database, tmp_path)
    post.answers = {1: Unreachable(), 2: Refused("too long"), 3: Unsure()}
    number = await send(house, case=CaseId(7))
    await house.relay.deliver_all()
    got = {
        row.person_id for row in await rows(house, broadcast_tables.recipients) if row.state in GOT
    }
    post.answers.clear()

    await send(house, replace(INVITATION, to=Audience(got=CaseId(7))), CaseId(8))
    await house.relay.deliver_all()

    ledger = await rows(house, broadcast_tables.recipients)
    corrected = {row.person_id for row in ledger if row.broadcast_id == ledger[-1].broadcast_id}
    assert len(got) == number - 2
    assert corrected == got
    assert len(post.told) == number - 3 + len(got)


async def test_what_corrects_a_letter_stands_in_its_place_once(
    database: Database, tmp_path: Path
) -> None:
    house, post = await crowded(database, tmp_path)
    news = replace(INVITATION, purpose=Purpose.NEWS)
    number = await send(house, news, CaseId(7))
    await house.relay.deliver_all()
    corrects = replace(news, to=Audience(got=CaseId(7)))

    assert await send(house, corrects, CaseId(8)) == number
    await house.relay.deliver_all()
    assert len(post.told) == 2 * number
    clock_of(house).at += timedelta(days=2)
    again = await reached(house, replace(corrects, to=Audience(got=CaseId(7))))

    assert again.excluded[Excluded.LATELY] == number


async def test_only_those_are_left_out_who_got_it_or_still_will(
    database: Database, tmp_path: Path
) -> None:
    house, post = await crowded(database, tmp_path)
    post.answers = {1: Unreachable(), 2: Refused("too long"), 3: Unsure()}
    others = replace(INVITATION, to=replace(ALUMNI, but_not=CaseId(7)))
    number = await send(house, case=CaseId(7))
    while (await rows(house, broadcast_tables.broadcasts))[0].state == "listing":
        await house.relay.feeder.feed()

    assert (await reached(house, others)).people == 0
    await house.relay.deliver_all()

    left = await reached(house, others)
    assert left.people == 1
    assert (
        left.excluded[Excluded.UNREACHABLE]
        > (await reached(house)).excluded[Excluded.UNREACHABLE] - 2
    )
    assert number == len(post.told) + 3


async def steer(house: House, course: Course) -> None:
    """Stop or resume the broadcast of no case in particular."""

    def steered(tx: Connection) -> None:
        carry_out(Work(tx, house.setting, house.clock()), CaseId(0), SteerBroadcast(course))

    await house.database.run(steered)
    house.relay.feeder.look()


async def test_whoever_was_written_to_between_two_stops_is_not_written_to_again(
    database: Database, tmp_path: Path
) -> None:
    house, post = await crowded(database, tmp_path)
    number = await send(house)
    for _ in range(3):
        await house.relay.feeder.feed()
    await steer(house, Course.STOP)
    await steer(house, Course.GO_ON)
    post.answers = {10: TryLater(HOUR)}
    await house.relay.deliver_all()
    had_it = len(post.told)
    await steer(house, Course.STOP)
    await steer(house, Course.GO_ON)
    clock_of(house).at += 2 * HOUR

    await house.relay.deliver_all()

    assert 0 < had_it < number
    assert Counter(post.told_whom).most_common(1)[0][1] == 1
    assert await fates(house) == {"sent": number}


async def test_whoever_is_written_to_by_another_process_at_that_moment_comes_later(
    postgresql_url: str, tmp_path: Path
) -> None:
    with (
        closing(open_database(postgresql_url)) as database,
        closing(open_database(postgresql_url)) as another,
    ):
        house, post = await crowded(database, tmp_path)
        number = await send(house)
        await house.relay.feeder.feed()
        (first, *_) = await rows(house, broadcast_tables.recipients)
        with another.engine.begin() as tx:
            Work(tx, house.setting, house.clock()).run(LOCK_PERSON, person_id=first.person_id)
            await house.relay.deliver_all()
            told_meanwhile = len(post.told)

        await house.relay.deliver_all()

    assert told_meanwhile == number - 1
    assert len(set(post.told_whom)) == len(post.told) == number
