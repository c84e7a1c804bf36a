"""What need not be read today comes in one letter, as often as its reader chose; it counts as unasked."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.app import House
from bot.conversation.dialogue import known
from bot.conversation.messages import msg
from bot.domain.consent import Purpose, SetConsents
from bot.domain.digest import ChooseFrequency, Frequency
from bot.domain.people import CaseId, Command, PersonId, Role
from bot.gateways.port import Unsure
from bot.runtime import digests
from bot.runtime.broadcasts_sent import tally
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.orders import finish
from bot.runtime.outbox import put, row_of
from bot.runtime.polite import next_digest
from bot.runtime.work import Here, Ordered, Work
from bot.storage import broadcast_tables, digests as waits, outbox, tables
from bot.storage.database import Database
from tests.crowd import OneOfMany, let_all_in
from tests.runtime.crowded import INVITATION, ManyPosts, crowded, send
from tests.runtime.living import (
    KEY,
    LIIS,
    Post,
    change,
    clock_of,
    let_in,
    living,
    person,
    rows,
    states,
    write,
)

DAY = timedelta(days=1)
NEWS = replace(INVITATION, purpose=Purpose.NEWS, can_wait=True)


@pytest.fixture
async def post() -> Post:
    return Post()


@pytest.fixture
async def house(database: Database, tmp_path: Path, post: Post) -> House:
    """A school in which Liis has been let in, on a Monday at noon."""
    made = living(database, tmp_path)
    made.relay.connect(post)
    await let_in(made)
    await made.relay.deliver_all()
    return made


async def until_the_digest(house: House) -> None:
    """Move the clock to when weekly digests leave, and let them leave."""
    clock = clock_of(house)
    clock.at = known(next_digest(clock.at, Frequency.WEEKLY, house.setting.school))
    await house.relay.deliver_all()


async def does(house: House, command: Command) -> None:
    """Let Liis ask for something, beside any conversation."""
    who = await person(house, LIIS)

    def turn(tx: Connection) -> None:
        work = Work(tx, house.setting, house.clock(), Here(who, "en", LIIS.network, LIIS.address))
        work.order(Ordered(command, who))
        finish(work, who)

    await house.database.run(turn)


def of_liis(post: Post, since: int) -> list[str]:
    return [sheet for sheet in post.told[since:] if sheet.startswith("liis<")]


async def test_all_that_was_gathered_is_one_letter_in_the_order_it_came(
    house: House, post: Post
) -> None:
    told = len(post.told)
    await write(house, LIIS, "One.", LetterKind.ITEM)
    await write(house, LIIS, "Two.", LetterKind.ITEM)
    await house.relay.deliver_all()
    told_today = post.told[told:]

    await until_the_digest(house)
    (digest,) = of_liis(post, told)

    assert told_today == []
    assert digest.startswith("liis< ** This week: 2 things for you **")
    assert 0 < digest.index("One.") < digest.index("Two.")


async def test_whoever_was_reminded_that_day_gets_it_the_day_after(
    house: House, post: Post
) -> None:
    await write(house, LIIS, "One.", LetterKind.ITEM)
    clock = clock_of(house)
    clock.at = known(next_digest(clock.at, Frequency.WEEKLY, house.setting.school)) - DAY / 4
    await write(house, LIIS, "Do not forget.", LetterKind.NUDGE)
    await house.relay.deliver_all()
    told = len(post.told)

    await until_the_digest(house)
    told_that_day = of_liis(post, told)
    clock.at += DAY
    await house.relay.deliver_all()

    assert told_that_day == []
    assert len(of_liis(post, told)) == 1


async def test_a_digest_counts_as_what_nobody_asked_for(house: House, post: Post) -> None:
    await write(house, LIIS, "One.", LetterKind.ITEM)
    await until_the_digest(house)
    told = len(post.told)
    await write(house, LIIS, "Two.", LetterKind.ITEM)
    await change(house, tables.outbox, {"not_before": house.clock()}, state="gathered")

    await house.relay.deliver_all()
    told_that_day = of_liis(post, told)
    clock_of(house).at += DAY
    await house.relay.deliver_all()

    assert told_that_day == []
    assert len(of_liis(post, told)) == 1


async def test_what_does_not_fit_comes_another_day(house: House, post: Post) -> None:
    told = len(post.told)
    for at in range(digests.MOST + 1):
        await write(house, LIIS, f"Thing {at}.", LetterKind.ITEM)

    await until_the_digest(house)
    first = of_liis(post, told)
    clock_of(house).at += DAY
    await house.relay.deliver_all()
    second = of_liis(post, told)[1:]

    assert ["20 things" in one for one in first] == [True]
    assert ["1 thing for" in one for one in second] == [True]


@pytest.mark.parametrize("chosen", Frequency)
async def test_it_comes_as_often_as_somebody_has_chosen(
    house: House, post: Post, chosen: Frequency
) -> None:
    await does(house, ChooseFrequency(chosen))
    clock_of(house).at += 10 * DAY  # the first Thursday of the month is over
    told = len(post.told)
    await write(house, LIIS, "One.", LetterKind.ITEM)
    comes_on: list[int] = []
    for days in range(40):
        await house.relay.deliver_all()
        if len(of_liis(post, told)) > len(comes_on):
            comes_on.append(days)
        clock_of(house).at += DAY

    wanted = {
        Frequency.ANY_TIME: [0],
        # It is a Thursday at noon, and digests leave at four.
        Frequency.WEEKLY: [1],
        Frequency.MONTHLY: [22],
        Frequency.NEEDED: [],
    }
    assert comes_on == wanted[chosen]


async def test_who_wants_none_any_more_does_not_get_what_was_gathered(
    house: House, post: Post
) -> None:
    told = len(post.told)
    await write(house, LIIS, "One.", LetterKind.ITEM)

    await does(house, ChooseFrequency(Frequency.NEEDED))
    await until_the_digest(house)

    assert of_liis(post, told) == []


async def test_it_waits_while_somebody_takes_a_break(house: House, post: Post) -> None:
    told = len(post.told)
    await write(house, LIIS, "One.", LetterKind.ITEM)
    who = await person(house, LIIS)
    until = house.clock() + 20 * DAY
    await change(house, tables.people, {"paused_until": until}, id=who)

    await until_the_digest(house)
    told_meanwhile = of_liis(post, told)
    clock_of(house).at = until + DAY
    await house.relay.deliver_all()

    assert told_meanwhile == []
    assert len(of_liis(post, told)) == 1


async def of_two(database: Database, folder: Path) -> tuple[House, ManyPosts]:
    """Build a school with two alumni who have agreed to news: Ada at once, Ben weekly."""
    house = living(database, folder)
    at = house.clock()
    agreed = frozenset({Purpose.NEWS})
    everybody = [
        OneOfMany(
            number,
            "en",
            Role.ALUMNI,
            None,
            None,
            None,
            None,
            None,
            (),
            at,
            agreed,
            frozenset(),
            frequency=chosen,
            address=address,
        )
        for number, chosen, address in (
            (1001, Frequency.ANY_TIME, "ada"),
            (1002, None, "ben"),
        )
    ]
    await database.run(lambda tx: let_all_in(tx, KEY, everybody, at))
    post = ManyPosts(everybody)
    house.relay.connect(post)
    return house, post


async def test_news_waits_in_the_ledger_and_comes_with_all_else(
    database: Database, tmp_path: Path
) -> None:
    house, post = await of_two(database, tmp_path)
    await send(house, NEWS)
    await house.relay.deliver_all()
    at_once = post.told_whom
    await until_the_digest(house)

    ledger = await rows(house, broadcast_tables.recipients)
    stands = await house.database.run(
        lambda tx: tally(Work(tx, house.setting, house.clock()), CaseId(0))
    )
    assert (at_once, post.told_whom) == (["ada"], ["ada", "ben"])
    assert [row.state for row in ledger] == ["sent", "sent"]
    assert (stands.reached, stands.waiting, stands.not_reached) == (2, 0, 0)


async def test_two_pieces_of_news_for_the_same_day_are_one_letter(
    database: Database, tmp_path: Path
) -> None:
    house, post = await of_two(database, tmp_path)
    for case in (CaseId(0), CaseId(1)):
        await send(house, NEWS, case)
    await house.relay.deliver_all()
    told = len(post.told)

    await until_the_digest(house)

    assert ["2 things" in one for one in post.told[told:] if one.startswith("ben<")] == [True]


async def test_a_digest_of_each_month_may_bring_news_though_the_last_was_four_weeks_ago(
    database: Database, tmp_path: Path
) -> None:
    house, post = await of_two(database, tmp_path)
    await change(house, tables.people, {"frequency": Frequency.MONTHLY}, id=1002)
    clock = clock_of(house)
    brought = []
    for case in (CaseId(0), CaseId(1)):
        await send(house, NEWS, case)
        await house.relay.deliver_all()
        clock.at = known(next_digest(clock.at, Frequency.MONTHLY, house.setting.school))
        await house.relay.deliver_all()
        brought.append(clock.at.date())

    # The first Thursdays of May and June.
    assert brought[1] - brought[0] == 28 * DAY
    assert post.told_whom.count("ben") == 2


async def test_news_comes_with_a_digest_that_a_reminder_has_put_off_by_a_day(
    database: Database, tmp_path: Path
) -> None:
    house, post = await of_two(database, tmp_path)
    await send(house, NEWS)
    await house.relay.deliver_all()
    clock = clock_of(house)
    clock.at = known(next_digest(clock.at, Frequency.WEEKLY, house.setting.school)) - DAY / 4
    nudge = Letter(PersonId(1002), LetterKind.NUDGE, (msg("Do not forget."),))
    await house.database.run(lambda tx: put_one(tx, house, nudge))
    await house.relay.deliver_all()
    told = len(post.told)

    await until_the_digest(house)
    told_that_day = post.told[told:]
    clock.at += DAY
    await house.relay.deliver_all()

    assert told_that_day == []
    assert ["Good day" in one for one in post.told[told:]] == [True]


def put_one(tx: Connection, house: House, letter: Letter) -> None:
    work = Work(tx, house.setting, house.clock())
    work.letters.append(letter)
    put(work)


async def test_a_digest_of_which_nobody_knows_whether_it_arrived_is_not_repeated(
    database: Database, tmp_path: Path
) -> None:
    house, post = await of_two(database, tmp_path)
    await send(house, NEWS)
    await house.relay.deliver_all()
    post.answers[post.tries + 1] = Unsure()

    await until_the_digest(house)
    clock_of(house).at += 7 * DAY
    await house.relay.deliver_all()

    ledger = await rows(house, broadcast_tables.recipients)
    assert post.told_whom == ["ada"]
    assert [row.state for row in ledger] == ["sent", "unsure"]


async def test_news_that_was_gathered_goes_with_the_consent(
    database: Database, tmp_path: Path
) -> None:
    house, post = await of_two(database, tmp_path)
    ben = PersonId(1002)
    await send(house, NEWS)
    clock = clock_of(house)
    clock.at = known(next_digest(clock.at, Frequency.WEEKLY, house.setting.school))

    def gather_and_withdraw(tx: Connection) -> None:
        work = Work(tx, house.setting, clock.at, Here(ben, "en", LIIS.network, "ben"))
        work.run(waits.PUT_OFF, whose=ben, new_not_before=clock.at + DAY)
        work.order(Ordered(SetConsents(()), ben))
        finish(work, ben)

    await house.relay.feeder.feed()
    await house.database.run(gather_and_withdraw)
    await house.relay.deliver_all()
    clock.at += 7 * DAY
    await house.relay.deliver_all()

    assert post.told_whom == ["ada"]


async def test_digests_come_into_the_outbox_a_few_at_a_time(
    database: Database, tmp_path: Path
) -> None:
    house, post = await crowded(database, tmp_path, 700)
    gathered = {
        **row_of(
            Letter(PersonId(0), LetterKind.ITEM, (msg("One."),)),
            house.clock(),
            house.setting.school,
        ),
        "state": "gathered",
        "not_before": house.clock(),
    }

    everybody = await rows(house, tables.people)

    def gather(tx: Connection) -> None:
        work = Work(tx, house.setting, house.clock())
        work.run(outbox.PUT, [{**gathered, "person_id": one.id} for one in everybody])

    await change(house, tables.people, {"paused_until": None})
    await database.run(gather)
    house.relay.feeder.look()
    while house.relay.feeder.is_wanted:
        await house.relay.feeder.feed()
    at_first = Counter(await states(house))
    await house.relay.deliver_all()

    made = digests.ON_THEIR_WAY
    assert at_first == {"waiting": made, "merged": made, "gathered": 700 - made}
    assert len(post.told) == len(set(post.told_whom)) == 700
