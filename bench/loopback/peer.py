"""The same sign-up as people write it with aiogram: a router, a group of states, memory storage.

Nothing here outlives the process, is in another language, can be gone back in or reminds anybody.
"""

import asyncio
import sys
from itertools import islice
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    TelegramObject,
)

from bench.loopback.people import leavers
from bench.loopback.words import Question, Words

ON = "✓ "
DONE = "done"
TOKEN = "7000000002:AAEx4mpl3-of-a-token-that-opens-nothing"
YEARS = range(1916, 2027)
MAX_NAME = 120

router = Router()


class SignUp(StatesGroup):
    """The questions, in order."""

    language = State()
    notice = State()
    role = State()
    born = State()
    consents = State()
    name = State()
    programme = State()
    left_in = State()
    how_left = State()
    doing = State()
    town = State()
    offers = State()
    frequency = State()
    review = State()


class Texts:
    """Texts and keyboards, made once; only what differs from person to person is made anew."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.labels = {
            key: [label for row in question.labels for label in row]
            for key, question in words.questions.items()
        }
        self._made = {
            key: {
                "text": _whole(question.text, question.hint),
                "entities": _italic(question.text, question.hint),
                "reply_markup": _keyboard(key, question),
            }
            for key, question in words.questions.items()
        }

    def question(self, state: State) -> dict[str, Any]:
        """Return what is sent to ask the question of `state`."""
        return self._made[_key(state)]

    def switches(self, key: str, on: set[int]) -> InlineKeyboardMarkup:
        """Return the keyboard of a question with switches, those of `on` on."""
        *labels, done = self.labels[key]
        rows = [
            [
                InlineKeyboardButton(
                    text=ON + label if at in on else label, callback_data=f"{key}:{at}"
                )
            ]
            for at, label in enumerate(labels)
        ]
        label = self.words.done.format(n=len(on)) if on else done
        rows.append([InlineKeyboardButton(text=label, callback_data=f"{key}:{DONE}")])
        return InlineKeyboardMarkup(inline_keyboard=rows)

    def review(self, told: dict[str, Any]) -> dict[str, Any]:
        """Return what is sent to show all that was told."""
        question = self.words.questions["review"]
        chosen = [self.labels["consents"][at] for at in told["consents"]]
        offers = [self.labels["offers"][at] for at in told["offers"]]
        text = question.text.format(
            name=told["name"],
            born=told["born"],
            programme=self.labels["programme"][told["programme"]],
            left_in=told["left_in"],
            how_left=self.labels["how_left"][told["how_left"]],
            doing=self.labels["doing"][told["doing"]],
            town=told["town"] or self.words.not_told,
            offers=", ".join(offers) or self.words.nothing,
            frequency=self.labels["frequency"][told["frequency"]],
            consents=", ".join(chosen) or self.words.nothing,
        )
        return {
            "text": _whole(text, question.hint),
            "entities": _italic(text, question.hint),
            "reply_markup": self._made["review"]["reply_markup"],
        }

    def welcome(self, name: str) -> str:
        """Return what somebody hears who is in."""
        return self.words.questions["welcome"].text.format(name=name)


def _key(state: State) -> str:
    return str(state.state).partition(":")[2]


def _whole(text: str, hint: str) -> str:
    return f"{text}\n\n{hint}" if hint else text


def _italic(text: str, hint: str) -> list[MessageEntity] | None:
    if not hint:
        return None
    offset = len((text + "\n\n").encode("utf-16-le")) // 2
    return [MessageEntity(type="italic", offset=offset, length=len(hint))]


def _keyboard(key: str, question: Question) -> InlineKeyboardMarkup | None:
    if not question.labels:
        return None
    ends = key in {"consents", "offers", "review"}
    last = sum(len(row) for row in question.labels) - 1
    rows: list[list[InlineKeyboardButton]] = []
    at = 0
    for row in question.labels:
        rows.append([])
        for label in row:
            option = DONE if ends and at == last else str(at)
            rows[-1].append(InlineKeyboardButton(text=label, callback_data=f"{key}:{option}"))
            at += 1
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _option(callback: CallbackQuery) -> int:
    return int(str(callback.data).partition(":")[2])


def _below(callback: CallbackQuery) -> Message:
    """Return the message whose button was pressed."""
    if not isinstance(callback.message, Message):
        raise TypeError("the message is too old")
    return callback.message


async def ask(event: TelegramObject, state: FSMContext, texts: Texts, question: State) -> None:
    """Go on to `question`, and ask it."""
    await state.set_state(question)
    if isinstance(event, CallbackQuery):
        await _below(event).answer(**texts.question(question))
        await event.answer()
    elif isinstance(event, Message):
        await event.answer(**texts.question(question))


@router.message(CommandStart())
async def start(message: Message, state: FSMContext, texts: Texts) -> None:
    """Begin, or begin again."""
    await state.clear()
    await ask(message, state, texts, SignUp.language)


@router.callback_query(SignUp.language, F.data.startswith("language:"))
async def language(callback: CallbackQuery, state: FSMContext, texts: Texts) -> None:
    """Take the language."""
    await state.update_data(language=_option(callback))
    await ask(callback, state, texts, SignUp.notice)


@router.callback_query(SignUp.notice, F.data == "notice:0")
async def notice(callback: CallbackQuery, state: FSMContext, texts: Texts) -> None:
    """Go on after the notice."""
    await ask(callback, state, texts, SignUp.role)


@router.callback_query(SignUp.role, F.data.startswith("role:"))
async def role(callback: CallbackQuery, state: FSMContext, texts: Texts) -> None:
    """Take the role."""
    await state.update_data(role=_option(callback))
    await ask(callback, state, texts, SignUp.born)


@router.message(SignUp.born, F.text)
async def born(message: Message, state: FSMContext, texts: Texts) -> None:
    """Take the year of birth."""
    year = _year(message)
    if year is None:
        await message.answer(**texts.question(SignUp.born))
        return
    await state.update_data(born=year)
    await ask(message, state, texts, SignUp.consents)


@router.callback_query(SignUp.consents, F.data == f"consents:{DONE}")
async def consents(callback: CallbackQuery, state: FSMContext, texts: Texts) -> None:
    """Take the consents as they are switched."""
    told = await state.get_data()
    await state.update_data(consents=told.get("consents", []))
    await ask(callback, state, texts, SignUp.name)


@router.callback_query(SignUp.offers, F.data == f"offers:{DONE}")
async def offers(callback: CallbackQuery, state: FSMContext, texts: Texts) -> None:
    """Take the offers as they are switched."""
    told = await state.get_data()
    await state.update_data(offers=told.get("offers", []))
    await ask(callback, state, texts, SignUp.frequency)


@router.callback_query(SignUp.consents, F.data.startswith("consents:"))
@router.callback_query(SignUp.offers, F.data.startswith("offers:"))
async def switch(callback: CallbackQuery, state: FSMContext, texts: Texts) -> None:
    """Switch one thing on or off, in place."""
    key = str(callback.data).partition(":")[0]
    on = set((await state.get_data()).get(key, [])) ^ {_option(callback)}
    await state.update_data({key: sorted(on)})
    await _below(callback).edit_reply_markup(reply_markup=texts.switches(key, on))
    await callback.answer()


@router.message(SignUp.name, F.text)
async def name(message: Message, state: FSMContext, texts: Texts) -> None:
    """Take the name."""
    written = " ".join(str(message.text).split())
    if len(written) > MAX_NAME or not any(c.isalnum() for c in written):
        await message.answer(**texts.question(SignUp.name))
        return
    await state.update_data(name=written)
    await ask(message, state, texts, SignUp.programme)


@router.callback_query(SignUp.programme, F.data.startswith("programme:"))
async def programme(callback: CallbackQuery, state: FSMContext, texts: Texts) -> None:
    """Take the programme."""
    await state.update_data(programme=_option(callback))
    await ask(callback, state, texts, SignUp.left_in)


@router.message(SignUp.left_in, F.text)
async def left_in(message: Message, state: FSMContext, texts: Texts) -> None:
    """Take the year of leaving."""
    year = _year(message)
    if year is None:
        await message.answer(**texts.question(SignUp.left_in))
        return
    await state.update_data(left_in=year)
    await ask(message, state, texts, SignUp.how_left)


@router.callback_query(SignUp.how_left, F.data.startswith("how_left:"))
async def how_left(callback: CallbackQuery, state: FSMContext, texts: Texts) -> None:
    """Take how it ended."""
    await state.update_data(how_left=_option(callback))
    await ask(callback, state, texts, SignUp.doing)


@router.callback_query(SignUp.doing, F.data.startswith("doing:"))
async def doing(callback: CallbackQuery, state: FSMContext, texts: Texts) -> None:
    """Take what they do."""
    await state.update_data(doing=_option(callback))
    await ask(callback, state, texts, SignUp.town)


@router.message(SignUp.town, F.text)
async def town(message: Message, state: FSMContext, texts: Texts) -> None:
    """Take the town."""
    await state.update_data(town=message.text)
    await ask(message, state, texts, SignUp.offers)


@router.callback_query(SignUp.town, F.data.startswith("town:"))
async def town_skipped(callback: CallbackQuery, state: FSMContext, texts: Texts) -> None:
    """Go on without a town."""
    await state.update_data(town=None)
    await ask(callback, state, texts, SignUp.offers)


@router.callback_query(SignUp.frequency, F.data.startswith("frequency:"))
async def frequency(callback: CallbackQuery, state: FSMContext, texts: Texts) -> None:
    """Take how often, and show all."""
    told = await state.update_data(frequency=_option(callback))
    await state.set_state(SignUp.review)
    await _below(callback).answer(**texts.review(told))
    await callback.answer()


@router.callback_query(SignUp.review, F.data == f"review:{DONE}")
async def review(
    callback: CallbackQuery,
    state: FSMContext,
    texts: Texts,
    members: dict[int, dict[str, Any]],
    listed: set[tuple[str, int, int]],
) -> None:
    """Let somebody in who is on the list."""
    told = await state.get_data()
    is_found = (told["name"].casefold(), told["programme"], told["left_in"]) in listed
    members[callback.from_user.id] = {**told, "is_found": is_found}
    await state.clear()
    if is_found:
        await _below(callback).answer(texts.welcome(told["name"]))
    await callback.answer()


@router.message()
async def anything(message: Message) -> None:
    """Say how to begin."""
    await message.answer("/start")


@router.callback_query()
async def settled(callback: CallbackQuery) -> None:
    """Stop the spinner of a button that means nothing now."""
    await callback.answer()


def _year(message: Message) -> int | None:
    written = str(message.text).strip()
    return int(written) if written.isdecimal() and int(written) in YEARS else None


async def main(url: str, words: Path, leavers_listed: int, last_year: int) -> None:
    """Poll the Bot API at `url`, until stopped."""
    texts = Texts(Words.read(words))
    programmes = len(texts.labels["programme"]) - 1
    people = islice(leavers(programmes, last_year), leavers_listed)
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    bot = Bot(TOKEN, session, DefaultBotProperties(link_preview_is_disabled=True))
    await dispatcher.start_polling(
        bot,
        texts=texts,
        members={},
        listed={(one.name.casefold(), one.programme, one.year) for one in people},
    )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
