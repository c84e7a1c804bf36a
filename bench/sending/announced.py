"""An event that thousands have answered is moved: how fast they answered, and how fast all of them hear of it."""

import asyncio
import tempfile
from functools import partial
from pathlib import Path
from time import perf_counter

from bench.loopback.bot_api import serving
from bench.loopback.ours import TOKEN
from bench.loopback.postgresql import postgresql_server
from bench.sending.crowd import READERS
from bench.sending.figures import Figure, show
from bench.sending.network import FIRST_NUMBER, Network, Tell
from bench.sending.progress import shown
from bench.sending.running import school_by_day
from bench.sending.staff import Staff, Talker
from bot.conversation.dialogue import known

PER_SECOND = 100_000
AT_A_TIME = 20
"""So many answer at a time."""
MAYBE = 1
"""The place of "Maybe" among the answers."""


async def measure(folder: Path, readers: int) -> None:
    """Invite so many `readers`, let all answer, move the event, and print what that came to."""
    with (
        postgresql_server(Path(tempfile.gettempdir())) as server,
        server.database() as url,
    ):
        living = school_by_day(url, folder, readers, READERS)
        bot = Network(TOKEN)
        async with serving() as api:
            api.admit(bot)
            async with living.running(api, bot, per_second=PER_SECOND):
                staff = Staff(living, bot)
                await staff.come()
                number = await staff.invite(living.now)
                staff.agree()
                with shown("announced: invitations") as tell:
                    await bot.letters_arrive(number, tell)
                invited = bot.letters[number - 1].at - bot.letters[0].at
                began = perf_counter()
                with shown("announced: answers") as tell:
                    await _answered(bot, number, tell)
                answered = perf_counter() - began
                before = len(bot.letters)
                began = perf_counter()
                await staff.move(living.now)
                with shown("announced: news") as tell:
                    await bot.letters_arrive(before + number, tell)
                moved = bot.letters[before + number - 1].at - began
    show(
        f"Announced: an event that {number:,} have said maybe to is moved; PostgreSQL, the pace lifted",
        Figure("invitations a second", [(number - 1) / invited]),
        Figure(f"answers a second, {AT_A_TIME} at a time", [number / answered]),
        Figure("cases moved a second, and whoever is in them told", [number / moved]),
    )


async def _answered(bot: Network, number: int, tell: Tell) -> None:
    """Let everybody say maybe, and read the reply."""
    coming = iter(range(FIRST_NUMBER + 1, FIRST_NUMBER + number + 1))

    async def one_after_another() -> None:
        for chat in coming:
            tell(chat - FIRST_NUMBER, number)
            invitation = known(bot.chats[chat].newest)
            answers = [button for row in invitation.keyboard for button in row]
            talker = Talker(bot, bot.chats[chat])
            await talker.acts(
                partial(bot.presses, talker.chat, invitation, answers[MAYBE]["callback_data"])
            )

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_A_TIME):
            group.create_task(one_after_another())
