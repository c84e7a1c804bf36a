"""Pictures that people send: fetched, and looked at, only where one was asked for."""

import asyncio

from bot.domain.pictures import LARGEST, NoPicture, TooLarge, picture_of
from bot.gateways.port import Kind, NotFetched, Offered
from bot.runtime.happenings import Came, Happening, SentOther, SentPicture
from bot.runtime.turns import Turns


async def picture(turns: Turns, came: Came, offered: Offered) -> None:
    """Take a picture as the answer that it is, or say why it is none."""
    is_wanted = await turns.want_picture(came)
    await turns.take(came, await _seen(offered) if is_wanted else SentOther(Kind.PICTURE))


async def _seen(offered: Offered) -> Happening:
    if offered.size is not None and offered.size > LARGEST:
        return SentOther("picture_too_large")
    try:
        content = await offered.fetch(LARGEST)
        # In a thread: a file may be made so that reading it takes long, and nobody else waits for that.
        return SentPicture(await asyncio.to_thread(picture_of, content))
    except NotFetched:
        return SentOther("picture_not_fetched")
    except NoPicture:
        return SentOther("no_picture")
    except TooLarge:
        return SentOther("picture_too_large")
