"""What is no longer asked cannot be pressed any more: the next letter says so, whatever it is about."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.school import load_school
from bot.settings import Settings
from bot.storage.database import Database
from bot.texts.sheets import Settled
from tests.stories import SCHOOL
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
INTRODUCTION, DID_YOU_MEET, NEXT_MEETING = "c:1:1", "c:2:4", "c:3:1"


@pytest.fixture
async def player(database: Database, tmp_path: Path) -> Player:
    """A story of a pair who have met, as Anna has just said."""
    where = Settings(secret_key=SecretStr("k" * 32), data_folder=tmp_path)
    player = Player(where, load_school(SCHOOL), database)
    await player.play(THEY_HAVE_MET)
    return player


async def test_who_is_not_the_first_to_say_that_they_met_need_not_say_it(player: Player) -> None:
    answer = player.actors["anna"].sheets[-1]
    news, proposing = player.actors["marta"].sheets[-2:]

    assert answer.settles == Settled(DID_YOU_MEET, (f"{DID_YOU_MEET}:Met",))
    assert (news.text, news.settles) == ("Anna says that you met.", Settled(DID_YOU_MEET))
    assert proposing.key == NEXT_MEETING


async def test_what_can_be_pressed_for_longer_than_a_state_is_not_taken_away(
    player: Player,
) -> None:
    told = [sheet for actor in player.actors.values() for sheet in actor.sheets]

    assert INTRODUCTION not in {key for sheet in told for key in sheet.over}
    assert Settled(INTRODUCTION) not in [sheet.settles for sheet in told]


async def test_an_answer_takes_away_what_another_case_no_longer_asks(player: Player) -> None:
    await player.play("marta> [End the mentoring]")

    ended = player.actors["marta"].sheets[-1]

    assert ended.text.startswith("The mentoring has ended")
    assert ended.settles == Settled(INTRODUCTION, (f"{INTRODUCTION}:Stopped",))
    assert NEXT_MEETING in ended.over


async def test_what_lasted_is_over_for_the_other_too_when_it_ends(player: Player) -> None:
    await player.play("marta> [End the mentoring]")

    told = player.actors["anna"].sheets

    case = INTRODUCTION.rpartition(":")[0]
    assert f"{case}:2" in {key for sheet in told for key in sheet.over}
