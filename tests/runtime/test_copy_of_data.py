"""Whoever asks for a copy of their data gets all of it, and nothing about others."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection

from bot.app import House, build
from bot.conversation.effects import Broadcast
from bot.conversation.messages import ByLanguage, msg
from bot.domain.broadcasts.audience import Audience
from bot.domain.consent import Purpose
from bot.domain.people import CaseId, PersonId, Role
from bot.domain.school import StaffKey
from bot.gateways.port import Incoming, Network, Typed
from bot.gateways.web.history import NewLine
from bot.gateways.web.kept import KeptHistory
from bot.gateways.web.stored import ByPerson, by_school, to_json
from bot.runtime.audiences import begin
from bot.runtime.copy_of_data import copy_as_json
from bot.runtime.staff import invite
from bot.runtime.work import Work
from bot.settings import Settings
from bot.storage import conversations, people
from bot.storage.database import Database
from bot.texts.sheets import Sheet
from handlers.incoming import hearing
from tests.runtime.test_timers import FRIDAY
from tests.texts.school import SCHOOL

EVERYBODY = Audience()
ALUMNI = (
    *("/start", "English", "Continue", "I studied here", "1990", "Done", "Liis Saar"),
    *("Welding", "2011", "I finished", "Skip for now", "Skip for now", "Done"),
    *("Skip for now", "Send"),
)


def house_over(database: Database, folder: Path) -> House:
    """Return the school's bot over a database."""
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=folder)
    return build(settings, SCHOOL, database, lambda: FRIDAY)


async def say(house: House, who: str, *said: str) -> None:
    """Let `who` type all that, in the web chat."""
    for number, words in enumerate(said):
        await hearing(house.turns)(
            Incoming(Network.WEB, who, f"{who}{number}", Typed(words), "en")
        )


async def copy_of(house: House, who: str) -> dict[str, Any]:
    """Return the copy of all that is kept about `who`."""

    def read(work: Work) -> str:
        found = work.run(conversations.LOCK, network="web", address=who).scalar_one()
        return copy_as_json(work, PersonId(found))

    text = await house.database.run(lambda tx: read(Work(tx, house.setting, FRIDAY)))
    copy: dict[str, Any] = json.loads(text)
    return copy


async def test_the_copy_has_the_facts_of_a_case_of_ones_own(
    database: Database, tmp_path: Path
) -> None:
    house = house_over(database, tmp_path)
    await say(house, "liis", *ALUMNI)

    (case,) = (await copy_of(house, "liis"))["cases"]

    assert (case["journey"], case["part"]) == ("signup", ["newcomer"])
    assert case["opened"] == FRIDAY.isoformat()
    assert (case["facts"]["programme"], case["facts"]["left_in"]) == ("welding", 2011)


async def test_staff_do_not_take_the_facts_about_others_along(
    database: Database, tmp_path: Path
) -> None:
    house = house_over(database, tmp_path)
    token = invite(database, SCHOOL, StaffKey("kersti"), "Kersti Pärn", Role.COORDINATOR, FRIDAY)
    await say(house, "kersti", f"/start {token}", "English", "Yes, that is me")
    await say(house, "liis", *ALUMNI)

    (case,) = (await copy_of(house, "kersti"))["cases"]

    assert (case["part"], "facts" in case) == (["owner"], False)


async def test_the_copy_has_what_was_said_in_the_web_chat_of_this_person_alone(
    database: Database, tmp_path: Path
) -> None:
    house = house_over(database, tmp_path)
    history = KeptHistory(database, SCHOOL.key)
    for who in ("liis", "mari"):
        await history.open(who, f"token of {who}", FRIDAY)
        await say(house, who, "/start")
        spoken = to_json(ByPerson(f"I am {who}", "1"))
        await history.append(who, NewLine(FRIDAY, spoken, update=f"{who}:1"))
    sheet = Sheet(text="Thank you.", language="en", title="Sign-up")
    await history.append("liis", NewLine(FRIDAY, to_json(by_school(sheet)), language="en"))

    copy = await copy_of(house, "liis")

    at = FRIDAY.isoformat()
    assert copy["web_chat"] == [
        {"at": at, "who": "person", "text": "I am liis"},
        {"at": at, "who": "school", "text": "Sign-up\nThank you."},
    ]


async def test_whoever_has_no_web_chat_has_a_copy_without_one(
    database: Database, tmp_path: Path
) -> None:
    house = house_over(database, tmp_path)
    await say(house, "liis", "/start")

    assert (await copy_of(house, "liis"))["web_chat"] == []


async def test_the_copy_is_plain_and_has_no_json_in_its_texts(
    database: Database, tmp_path: Path
) -> None:
    house = house_over(database, tmp_path)
    alumni = (*ALUMNI[:-3], "Tell my story", *ALUMNI[-3:])
    await say(house, "liis", *alumni, "/mydata", "/profile", "Name", "Liis Kask", "/mydata")

    copy = await copy_of(house, "liis")

    texts = [text for text in texts_of(copy) if text]
    assert [text for text in texts if text[0] in "[{" or "{" in text] == []
    assert copy["profile"][0]["offers"] == ["story"]
    (change,) = copy["conversations"]
    assert (change["dialogue"], change["step"]) == ("signup.profile", "review")
    assert (change["draft"]["name"], change["draft"]["born"]) == ("Liis Kask", 1990)


async def test_the_copy_has_messages_as_the_person_reads_them(
    database: Database, tmp_path: Path
) -> None:
    house = house_over(database, tmp_path)
    await say(house, "liis", *ALUMNI, "/mydata")

    messages = (await copy_of(house, "liis"))["messages"]

    texts = [message["text"] for message in messages]
    assert (
        "How did your studies here end? Every answer is right: whoever learned here belongs here."
        in texts
    )
    assert any(text.startswith("Thank you, Liis Saar. The school now checks") for text in texts)
    role = next(message for message in messages if message["text"].startswith("What is your link"))
    assert role["buttons"][0] == "I studied here"
    assert messages[-1]["file"] == "kutse-my-data.json"


async def test_messages_in_the_copy_do_not_name_others(database: Database, tmp_path: Path) -> None:
    house = house_over(database, tmp_path)
    token = invite(database, SCHOOL, StaffKey("kersti"), "Kersti Pärn", Role.COORDINATOR, FRIDAY)
    await say(house, "kersti", f"/start {token}", "English", "Yes, that is me")
    await say(house, "liis", *ALUMNI)

    texts = [message["text"] for message in (await copy_of(house, "kersti"))["messages"]]

    assert any("Name: somebody" in text for text in texts)
    assert not any("Liis" in text for text in texts)


def texts_of(kept: object) -> Iterator[str]:
    """Yield every text in a piece of JSON, however deep."""
    if isinstance(kept, str):
        yield kept
    elif isinstance(kept, dict):
        for value in kept.values():
            yield from texts_of(value)
    elif isinstance(kept, list):
        for one in kept:
            yield from texts_of(one)


async def test_the_copy_lists_the_messages_to_many_that_were_received(
    database: Database, tmp_path: Path
) -> None:
    house = house_over(database, tmp_path)
    await say(house, "liis", *ALUMNI)
    await house.database.run(lambda tx: agree_to_events(Work(tx, house.setting, FRIDAY)))
    titles = ByLanguage({"et": "Õhtu koolis", "en": "An evening"}, "et")
    evening = Broadcast(EVERYBODY, Purpose.EVENTS, msg("{title}", title=titles), msg("Come."))
    night = replace(evening, title=msg("A night"))
    for case, one in enumerate((evening, night), start=7):
        begun = partial(begun_in, house, CaseId(case), one)
        await house.database.run(begun)
        while house.relay.feeder.is_wanted:
            await house.relay.feeder.feed()

    copy = await copy_of(house, "liis")

    assert copy["messages_to_many"] == [
        {"purpose": "events", "state": "handed", "at": FRIDAY.isoformat(), "title": "An evening"}
    ]
    assert "Come." not in json.dumps(copy["messages"])


def agree_to_events(work: Work) -> None:
    liis = work.run(conversations.LOCK, network="web", address="liis").scalar_one()
    work.run(people.ADD_ROLE, person_id=liis, role=Role.ALUMNI, since=FRIDAY)
    proof = {"text_version": 1, "language": "en", "network": "web", "given_at": FRIDAY}
    work.run(people.GIVE_CONSENT, proof, person_id=liis, purpose=Purpose.EVENTS)


def begun_in(house: House, case: CaseId, broadcast: Broadcast, tx: Connection) -> None:
    begin(Work(tx, house.setting, FRIDAY), case, broadcast)
    house.relay.feeder.look()
