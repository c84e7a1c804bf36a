"""The history of web chats in the database."""

from collections.abc import Sequence
from datetime import datetime

from typing_extensions import override

from bot.gateways.web.history import Choice, History, Line, NewLine, OpenLine
from bot.storage import web_chats, web_lines, web_naming
from bot.storage.database import Database
from bot.storage.web_lines import Content, StoredLine
from bot.texts.sheets import Attachment


class KeptHistory(History):
    """What was said in the web chats of one school."""

    def __init__(self, database: Database, school_id: str) -> None:
        self.database = database
        self._school_id = school_id

    @override
    async def open(self, address: str, token_hash: str, at: datetime) -> None:
        school = self._school_id
        await self.database.run(
            lambda tx: web_chats.open_chat(tx, school, address, token_hash, at)
        )

    @override
    async def address_of(self, token_hash: str) -> str | None:
        school = self._school_id
        return await self.database.run(lambda tx: web_chats.address_of(tx, school, token_hash))

    @override
    async def close(self, token_hash: str) -> None:
        school = self._school_id
        await self.database.run(lambda tx: web_chats.close_session(tx, school, token_hash))

    @override
    async def take_link(self, token_hash: str, at: datetime) -> str | None:
        school = self._school_id
        return await self.database.run(lambda tx: web_chats.take_link(tx, school, token_hash, at))

    @override
    async def append(self, address: str, line: NewLine) -> Line | None:
        school, content = self._school_id, _content(line)
        return _line(
            await self.database.run(
                lambda tx: web_lines.append(
                    tx, school, address, content, at=line.at, update_id=line.update
                )
            )
        )

    @override
    async def replace(self, address: str, number: int, line: NewLine) -> Line | None:
        school, content = self._school_id, _content(line)
        return _line(
            await self.database.run(
                lambda tx: web_lines.replace(tx, school, address, number, content)
            )
        )

    @override
    async def settle(self, address: str, key: str, choice: Choice) -> None:
        school, at, chosen = self._school_id, choice.at, choice.chosen
        await self.database.run(
            lambda tx: web_lines.settle(tx, school, address, key, at=at, chosen=chosen)
        )

    @override
    async def open_lines(self, address: str) -> Sequence[OpenLine]:
        school = self._school_id
        found = await self.database.run(lambda tx: web_lines.open_lines(tx, school, address))
        return [OpenLine(number, key, body) for number, key, body in found]

    @override
    async def retire(self, address: str, numbers: Sequence[int]) -> None:
        school = self._school_id
        await self.database.run(lambda tx: web_lines.retire(tx, school, address, numbers))

    @override
    async def after(self, address: str, change: int, *, limit: int) -> Sequence[Line]:
        school = self._school_id
        found = await self.database.run(
            lambda tx: web_lines.lines_after(tx, school, address, change, limit=limit)
        )
        return [_shown(line) for line in found]

    @override
    async def line(self, address: str, number: int) -> Line | None:
        school = self._school_id
        return _line(
            await self.database.run(lambda tx: web_lines.line_at(tx, school, address, number))
        )

    @override
    async def file(self, address: str, number: int) -> Attachment | None:
        school = self._school_id
        found = await self.database.run(lambda tx: web_lines.file_at(tx, school, address, number))
        return Attachment(*found) if found else None

    @override
    async def language_of(self, address: str) -> str | None:
        school = self._school_id
        return await self.database.run(lambda tx: web_lines.language_of(tx, school, address))


def _content(line: NewLine) -> Content:
    file = line.file
    return Content(
        body=line.body,
        language=line.language,
        key=line.key,
        named=web_naming.kept(line.named),
        file_name=file.name if file else None,
        file_mime=file.mime if file else None,
        file_content=file.content if file else None,
    )


def _line(stored: StoredLine | None) -> Line | None:
    return None if stored is None else _shown(stored)


def _shown(stored: StoredLine) -> Line:
    settled = None
    if stored.settled_at is not None:
        settled = Choice(stored.settled_at, stored.settled_chosen)
    return Line(
        stored.number,
        stored.change,
        stored.at,
        stored.body,
        settled,
        stored.forgotten,
        stored.key,
    )
