"""A picture is fetched only where one is asked for, kept once, and erased with what it belongs to."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.pictures import LARGEST
from bot.gateways.port import NotFetched, Offered
from bot.school import load_school
from bot.storage.database import Database
from bot.storage.pictures import pictures
from tests.journeys.played import settings
from tests.pictures import png
from tests.stories import SCHOOL
from tests.story import Player

KEPT = select(pictures).where(pictures.c.school_id == load_school(SCHOOL).key)
BEGINNING = """\
maite: en, web
liis: en, telegram
! invite maite, coordinator
! liis is alumni: Liis Saar; welding; 1990; events
maite> /start {maite}
maite> English
maite> [Yes, that is me]"""
PLANNED = """\
maite> /calendar
maite> [A reunion]
maite> 5.6. 18:00
maite> 3
maite> School hall
maite> [Any number]
maite> 0"""
INVITED = """\
maite> Class of 2019
maite> Five years on.
maite> [Done]
maite> [Go on]
maite> 1"""


class Sender(Player):
    """Lets the people of a story send pictures of any kind."""

    def __init__(self, database: Database, folder: Path) -> None:
        super().__init__(settings(folder), load_school(SCHOOL), database)
        self.fetched = 0

    async def send(
        self, name: str, content: bytes | None, size: int | None = None, times: int = 1
    ) -> str:
        """Let somebody send what cannot be fetched if it is None; return the answer."""

        async def fetch(most: int) -> bytes:
            self.fetched += 1
            if content is None:
                raise NotFetched
            return content[: most + 1]

        self._begin(f"{name} sends something")
        await self._hear((self.actors[name], Offered(size, fetch), times))
        return self.lines[self._told_from] if self.lines[self._told_from :] else ""

    async def kept(self) -> list[Any]:
        """Return every picture that is kept."""
        return list(await self._database.run(lambda tx: tx.execute(KEPT).all()))


@pytest.fixture
async def story(database: Database, tmp_path: Path) -> Sender:
    sender = Sender(database, tmp_path)
    await sender.play(BEGINNING)
    return sender


async def test_what_nobody_asked_for_is_not_fetched(story: Sender) -> None:
    answers = [await story.send("maite", png())]
    await story.play("maite> /calendar")
    answers.append(await story.send("maite", png()))
    answers.append(await story.send("liis", png()))
    await story.play("anna: en, telegram")
    answers.append(await story.send("anna", png()))

    assert [answer.partition("< ")[2][:27] for answer in answers] == [
        "Only text can be read here."
    ] * 4
    assert (story.fetched, await story.kept()) == (0, [])


async def test_a_picture_that_comes_twice_is_kept_once(story: Sender) -> None:
    await story.play(PLANNED)

    answer = await story.send("maite", png(), times=2)

    (picture,) = await story.kept()
    assert answer == "maite< The title, in this language: English"
    assert (picture.mime, picture.content, picture.case_id) == ("image/png", png(), None)


@pytest.mark.parametrize(
    ("content", "size", "answer"),
    [
        (None, None, "That picture could not be fetched."),
        (b"%PDF-1.7", None, "That is no picture that can be shown everywhere."),
        (png(9000, 2000), None, "That picture is too large."),
        (png() + bytes(LARGEST), None, "That picture is too large."),
        (png(), LARGEST + 1, "That picture is too large."),
    ],
)
async def test_what_cannot_be_taken_is_said_so_and_the_question_stays(
    story: Sender, content: bytes | None, size: int | None, answer: str
) -> None:
    await story.play(PLANNED)

    said = await story.send("maite", content, size)

    assert said.startswith(f"maite< {answer}")
    assert "Nothing you answered before is lost." in said
    assert await story.kept() == []
    assert await story.send("maite", png()) == "maite< The title, in this language: English"


async def test_what_is_sent_when_the_question_has_just_been_answered_is_no_answer(
    story: Sender,
) -> None:
    await story.play(PLANNED)
    first = story.send("maite", png())

    await first
    late = await story.send("maite", png())

    assert late.startswith("maite< Only text can be read here.")
    assert len(await story.kept()) == 1


async def test_a_picture_stays_with_its_event_until_the_report(story: Sender) -> None:
    await story.play(PLANNED)
    await story.send("maite", png())
    await story.play(INVITED)
    (before,) = await story.kept()

    await story.play("(5 weeks pass)")
    await story.play("! clean")
    (after,) = await story.kept()
    await story.play("(2 weeks pass)")

    assert before.case_id == after.case_id is not None
    assert await story.kept() == []


async def test_a_picture_of_a_draft_that_came_to_nothing_is_forgotten(story: Sender) -> None:
    await story.play(PLANNED)
    await story.send("maite", png())
    await story.play("maite> /cancel")

    await story.play("(29 days pass)\n! clean")
    before = len(await story.kept())
    await story.play("(2 days pass)\n! clean")

    assert (before, await story.kept()) == (1, [])
