"""What is no longer asked cannot be pressed any more: the next letter says so, whatever it is about."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.school import load_school
from bot.settings import Settings
from bot.storage.database import Database
from bot.texts.sheets import Settled
from tests.journeys.test_stories import SCHOOL
from tests.paper import Actor
from tests.story import Player

THEY_HAVE_MET = """
anna: en, web
marta: en, web
! anna is a student: Anna; KE-24; 2005
! marta is alumni: Marta Kask; welding; 1990
! marta mentors: first_job; en; online; saturday; 1
! anna has a mentor: marta; first_job; Find work as a welder
marta> [Propose times]
marta> 1
marta> 1
marta> 1
marta> Café Kohvik, Pikk 3
anna> 1
(until Saturday 14:00)
anna> [Yes]
"""
INTRODUCTION, DID_YOU_MEET = "c:1:1", "c:2:4"


@pytest.fixture
async def people(database: Database, tmp_path: Path) -> dict[str, Actor]:
    """A pair who have met, as Anna has just said."""
    where = Settings(secret_key=SecretStr("k" * 32), data_folder=tmp_path)
    player = Player(where, load_school(SCHOOL), database)
    await player.play(THEY_HAVE_MET)
    return player.actors


async def test_an_answer_takes_away_what_another_case_no_longer_asks(
    people: dict[str, Actor],
) -> None:
    answer = people["anna"].sheets[-1]

    assert (answer.text, answer.over) == ("Good to hear. Thank you.", (INTRODUCTION,))
    assert answer.settles == Settled(DID_YOU_MEET, (f"{DID_YOU_MEET}:Met",))


async def test_who_is_not_the_first_to_say_that_they_met_need_not_say_it(
    people: dict[str, Actor],
) -> None:
    news, proposing = people["marta"].sheets[-2:]

    assert (news.text, news.settles) == ("Anna says that you met.", Settled(DID_YOU_MEET))
    assert (proposing.key, news.over, proposing.over) == ("c:3:1", (INTRODUCTION,), ())
