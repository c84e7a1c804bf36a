"""The same stories, word for word, whichever network they are told over."""

import shutil
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.gateways.port import Network
from bot.gateways.telegram import Library
from bot.school import load_school
from bot.settings import Settings
from bot.storage.database import Database, open_database
from tests.databases import PostgreSQL
from tests.networks.playing import NetworkPlayer, OpenWire, comparable, on, without_carrier
from tests.networks.telegram import by_polling, by_webhook
from tests.networks.web import over_http
from tests.stories import ANYWHERE, MIXED, ON_THE_WEB, STORIES, named, school_of
from tests.telegram.wire import Call


def settings(folder: Path) -> Settings:
    """Return the settings that all stories are written with."""
    key = SecretStr("k" * 32)
    return Settings(secret_key=key, data_folder=folder, public_url="https://chat.example")


@pytest.fixture
def sqlite(tmp_path: Path, empty_sqlite: Path) -> Iterator[Database]:
    shutil.copyfile(empty_sqlite, tmp_path / "kutse.db")
    with closing(open_database(f"sqlite:///{tmp_path / 'kutse.db'}")) as database:
        yield database


@pytest.fixture
def on_postgresql(postgresql: PostgreSQL) -> Iterator[Database]:
    with postgresql.copy() as url, closing(open_database(url)) as database:
        yield database


SHORT = next(story for story in STORIES if named(story) == "signup-found_on_the_list")


def one_in_fourteen(first: int) -> list[Path]:
    """Return every fourteenth story, and in any case the short one, once."""
    return list(dict.fromkeys((SHORT, *ANYWHERE[first::14])))


async def played(
    story: str, place: Path, database: Database, folder: Path, *wires: OpenWire
) -> str:
    """Return a story of the school at `place` as it goes over `wires`."""
    player = NetworkPlayer(settings(folder), load_school(place), database)
    async with AsyncExitStack() as opened:
        for wire in wires:
            player.connect(await opened.enter_async_context(wire(player)))
        return await player.play(story)


def over(network: Network, story: Path) -> tuple[str, Path]:
    """Return a story with everybody on `network`, and where its school is."""
    return on(network, story.read_text()), school_of(story)


@pytest.mark.parametrize("story", ANYWHERE, ids=named)
@pytest.mark.parametrize("library", Library)
async def test_on_telegram_the_story_goes_as_it_is_written(
    story: Path, library: Library, sqlite: Database, tmp_path: Path
) -> None:
    script, place = over(Network.TELEGRAM, story)

    told = await played(script, place, sqlite, tmp_path, by_polling(library))

    assert without_carrier(comparable(told)) == without_carrier(comparable(script))


@pytest.mark.parametrize("story", ON_THE_WEB, ids=named)
async def test_on_the_web_and_postgresql_the_story_goes_as_it_is_written(
    story: Path, on_postgresql: Database, tmp_path: Path
) -> None:
    script, place = over(Network.WEB, story)

    told = await played(script, place, on_postgresql, tmp_path, over_http())

    assert without_carrier(comparable(told)) == without_carrier(comparable(script))


@pytest.mark.parametrize("story", MIXED, ids=named)
@pytest.mark.parametrize("library", Library)
async def test_on_both_networks_at_once_the_story_goes_as_it_is_written(
    story: Path, library: Library, sqlite: Database, tmp_path: Path
) -> None:
    script, wires = story.read_text(), (by_polling(library), over_http())

    told = await played(script, school_of(story), sqlite, tmp_path, *wires)

    assert comparable(told) == comparable(script)


@pytest.mark.parametrize("story", one_in_fourteen(0), ids=named)
@pytest.mark.parametrize("library", Library)
async def test_pushed_by_telegram_the_story_goes_as_it_is_written(
    story: Path, library: Library, sqlite: Database, tmp_path: Path
) -> None:
    script, place = over(Network.TELEGRAM, story)

    told = await played(script, place, sqlite, tmp_path, by_webhook(library))

    assert without_carrier(comparable(told)) == without_carrier(comparable(script))


async def test_a_page_that_listens_is_told_the_story_as_it_is_written(
    sqlite: Database, tmp_path: Path
) -> None:
    script, place = over(Network.WEB, SHORT)

    told = await played(script, place, sqlite, tmp_path, over_http(listening=True))

    assert without_carrier(comparable(told)) == without_carrier(comparable(script))


@pytest.mark.parametrize("story", ON_THE_WEB[3::12], ids=named)
async def test_on_the_web_and_sqlite_the_story_goes_as_it_is_written(
    story: Path, sqlite: Database, tmp_path: Path
) -> None:
    script, place = over(Network.WEB, story)

    told = await played(script, place, sqlite, tmp_path, over_http())

    assert without_carrier(comparable(told)) == without_carrier(comparable(script))


@pytest.mark.parametrize("story", ON_THE_WEB[3::12], ids=named)
async def test_on_telegram_and_postgresql_the_story_goes_as_it_is_written(
    story: Path, on_postgresql: Database, tmp_path: Path
) -> None:
    script, place = over(Network.TELEGRAM, story)

    told = await played(script, place, on_postgresql, tmp_path, by_webhook(Library.PTB))

    assert without_carrier(comparable(told)) == without_carrier(comparable(script))


@pytest.mark.parametrize("story", one_in_fourteen(5), ids=named)
async def test_both_libraries_call_telegram_for_the_same_in_the_same_order(
    story: Path, empty_sqlite: Path, tmp_path: Path
) -> None:
    script, place = over(Network.TELEGRAM, story)
    called: list[list[Call]] = []

    for library in Library:
        file = tmp_path / f"{library}.db"
        shutil.copyfile(empty_sqlite, file)
        with closing(open_database(f"sqlite:///{file}")) as database:
            wire = by_polling(library, called.append)
            await played(script, place, database, tmp_path, wire)

    # Letters to different people leave at the same time: only those of one chat have an order.
    first, second = (sorted(calls, key=_chat) for calls in called)
    assert first == second


def _chat(call: Call) -> str:
    return str(call.parameters.get("chat_id", ""))
