"""Looks whether everything that the school's bot needs is there, and says so in plain words."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from alembic.util.exc import CommandError
from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.school import School
from bot.gateways.port import Refused
from bot.gateways.telegram import Library, connect
from bot.gateways.telegram.bot_api import Me, NoAnswer
from bot.misconfigured import Misconfigured
from bot.only_one import file_of
from bot.runtime.staff import Standing, members
from bot.settings import Settings
from bot.storage.database import Database, is_current, migrate, open_database
from bot.system_clock import system_clock

AWAY = "The database cannot be reached; look at KUTSE_DATABASE_URL, and whether its server runs."
BEHIND = "The database is not that of this version of Kutse; run: kutse migrate"
ANSWERS_WITHIN = timedelta(seconds=10)
"""So long Telegram's answer is waited for."""
AHEAD = "The database is of a later version of Kutse; install that version."


class Mark(StrEnum):
    """What a finding means for whoever runs the bot."""

    GOOD = "ok"
    NOTE = "note"
    """Well as it is, and worth knowing."""
    BAD = "NO"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a check."""

    mark: Mark
    words: str


def ready(url: str) -> None:
    """Make sure that the database is there and of this version; a file is made so by itself.

    A server's is not: several machines may use it, and one person decides when it changes.

    Raises:
        Misconfigured: it is not, or it cannot be reached.
    """
    if _is_current(url):
        return
    if file_of(url) is None:
        raise Misconfigured(BEHIND)
    bring_up_to_date(url)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """Open the database for as long as it is needed.

    Raises:
        Misconfigured: it is not of this version, or cannot be reached.
    """
    ready(url)
    with closing(open_database(url)) as database:
        yield database


def bring_up_to_date(url: str) -> None:
    """Bring the database to this version.

    Raises:
        Misconfigured: it cannot be reached, or is of a later version.
    """
    try:
        migrate(url)
    except CommandError:
        raise Misconfigured(AHEAD) from None
    except (OSError, SQLAlchemyError):
        # The driver's words may hold the address with its password.
        raise Misconfigured(AWAY) from None


def _is_current(url: str) -> bool:
    try:
        return is_current(url)
    except (OSError, SQLAlchemyError):
        raise Misconfigured(AWAY) from None


def findings(settings: Settings, school: School) -> Iterator[Finding]:
    """Yield what is well and what is not, of a school whose file was read without fault."""
    programmes, languages = len(school.programmes), ", ".join(school.languages)
    yield Finding(Mark.GOOD, f"School: {school.name_in('en')}; programmes: {programmes}.")
    yield Finding(Mark.GOOD, f"Languages: {languages}; there are texts in each.")
    if changed := sum(len(times) for times in school.times.values()):
        words = f"Times: the school changes {changed}; kutse journeys prints them all"
        yield Finding(Mark.GOOD, f"{words}.")
    yield from _database(settings, school)
    yield _telegram(settings)
    yield _address(settings)
    yield _key(settings, school)


def _database(settings: Settings, school: School) -> Iterator[Finding]:
    url = settings.database_for(school)
    file = file_of(url)
    if file and not file.exists():
        yield Finding(Mark.BAD, "Database: there is none yet; run: kutse migrate")
        return
    try:
        current = _is_current(url)
    except Misconfigured as wrong:
        yield Finding(Mark.BAD, f"Database: {wrong}")
        return
    if not current:
        yield Finding(Mark.BAD, f"Database: {BEHIND}")
        return
    yield Finding(Mark.GOOD, "Database: it is there, and of this version.")
    yield from _staff(school, _standings(url, school))


def _standings(url: str, school: School) -> Mapping[str, Standing]:
    """Return how far each member of staff has come."""
    with closing(open_database(url)) as database:
        return {one.key: one.standing for one in members(database, school, system_clock())}


def _staff(school: School, standings: Mapping[str, Standing]) -> Iterator[Finding]:
    needed = sorted({*school.owners.keys, school.safeguarding.lead})
    wrong = {None: "is not invited", Standing.EXPIRED: "is not there; the invitation has expired"}
    missing = {key: wrong[how] for key in needed if (how := standings.get(key)) in wrong}
    for key, why in missing.items():
        words = f'Staff: "{key}" answers for something, and {why}'
        yield Finding(Mark.BAD, f"{words}; run: kutse staff invite {key}")
    if not missing:
        yield Finding(Mark.GOOD, "Staff: everybody who answers for something is invited.")


def _telegram(settings: Settings) -> Finding:
    """Ask Telegram who the bot is; the token stands in no sentence."""
    if settings.telegram_token is None:
        return Finding(Mark.GOOD, "Telegram: not in use; people write on the school's own page.")
    match asyncio.run(_who_am_i(settings, settings.telegram_token)):
        case Me(username=name):
            return Finding(Mark.GOOD, f"Telegram answers: the bot is @{name}")
        case Refused():
            words = "Telegram does not know this token; look at KUTSE_TELEGRAM_TOKEN."
        case _:
            words = (
                "Telegram cannot be reached; look at the network, and at KUTSE_TELEGRAM_API_URL."
            )
    return Finding(Mark.BAD, words)


async def _who_am_i(settings: Settings, token: SecretStr) -> Me | NoAnswer | None:
    """Return what Telegram says; None if it says nothing in time."""
    library = Library(settings.telegram_library.value)
    api = connect(library, token.get_secret_value(), url=settings.telegram_api_url)
    try:
        async with asyncio.timeout(ANSWERS_WITHIN.total_seconds()):
            return await api.who_am_i()
    except TimeoutError:
        return None
    finally:
        await api.close()


def _address(settings: Settings) -> Finding:
    if settings.public_url is None and not settings.web_port:
        words = "another port each time, until KUTSE_WEB_PORT or KUTSE_PUBLIC_URL is set."
        return Finding(Mark.NOTE, f"Address: {words}")
    if settings.public_url is None:
        words = "only this machine finds it, until KUTSE_PUBLIC_URL is set."
        return Finding(Mark.NOTE, f"Address: {settings.web_url}; {words}")
    if not settings.public_url.startswith("https://"):
        return Finding(Mark.BAD, f"Address: {settings.public_url} is not encrypted; use https://")
    return Finding(Mark.GOOD, f"Address: {settings.public_url}")


def _key(settings: Settings, school: School) -> Finding:
    try:
        settings.key_for(school)
    except Misconfigured as wrong:
        return Finding(Mark.BAD, f"Secret key: {wrong}")
    if settings.secret_key:
        return Finding(Mark.GOOD, "Secret key: it is set.")
    return Finding(
        Mark.GOOD, f"Secret key: kept in {settings.data_folder}; keep a copy elsewhere."
    )
