"""What differs from one machine to another, read from the environment: places and secrets."""

import os
import re
import secrets
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.school import School
from bot.misconfigured import Misconfigured, did_you_mean

Network: TypeAlias = IPv4Network | IPv6Network
PREFIX = "KUTSE_"
LEAST_SECRET = 32
"""Characters that a secret key must have: anything shorter could be guessed."""


class TelegramLibrary(StrEnum):
    """Which library speaks with Telegram; people notice no difference."""

    AIOGRAM = "aiogram"
    PYTHON_TELEGRAM_BOT = "python-telegram-bot"


class LogLevel(StrEnum):
    """How much is logged; never what people say."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def _database_url(url: str) -> str:
    """Check the kind of a database, and name PostgreSQL's driver."""
    if url.startswith("sqlite:///"):
        return url
    scheme, found, rest = url.partition("://")
    if found and scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return f"postgresql+psycopg://{rest}"
    raise ValueError


def _token(token: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d{5,}:[\w-]{30,}", token.get_secret_value(), re.ASCII):
        raise ValueError
    return token


def _long_enough(key: SecretStr) -> SecretStr:
    if len(key.get_secret_value()) < LEAST_SECRET:
        raise ValueError
    return key


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError
    return url.rstrip("/")


def _networks(value: object) -> object:
    """Split a list as people write it; what stands in it is read by the field's own type."""
    if not isinstance(value, str):
        return value
    return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())


def _small(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


class Settings(BaseSettings):
    """One machine's settings; each is the environment variable of its name after `KUTSE_`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    school: Path | None = Field(None, description="the path of the school's file")
    database_url: Annotated[str, AfterValidator(_database_url)] | None = Field(
        None,
        repr=False,  # it may hold a password
        description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
    )
    data_folder: Path = Field(
        default_factory=lambda: user_data_path("kutse", appauthor=False),
        description="the folder in which Kutse keeps its files",
    )
    telegram_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(
        None, description="the bot's token as BotFather gave it: digits, a colon, letters"
    )
    telegram_api_url: Annotated[str, AfterValidator(_web_address)] = Field(
        "https://api.telegram.org", description="the address of a Bot API server"
    )
    telegram_library: Annotated[TelegramLibrary, BeforeValidator(_small)] = Field(
        TelegramLibrary.AIOGRAM, description='"aiogram" or "python-telegram-bot"'
    )
    telegram_per_second: int = Field(
        28, ge=1, le=100_000, description="how many letters a second Telegram takes, 1 to 100000"
    )
    public_url: Annotated[str, AfterValidator(_web_address)] | None = Field(
        None, description="the address at which people and Telegram find this server"
    )
    web_host: str = Field("127.0.0.1", description="the address to listen at")
    web_port: int = Field(8080, ge=0, le=65535, description="a port from 1 to 65535, or 0 for any")
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)] = Field(
        (),
        description="the addresses or networks of your own proxies, separated by commas, "
        'for example "127.0.0.1, ::1"',
    )
    secret_key: Annotated[SecretStr, AfterValidator(_long_enough)] | None = Field(
        None, description=f"at least {LEAST_SECRET} characters that nobody can guess"
    )
    log_level: Annotated[LogLevel, BeforeValidator(_small)] = Field(
        LogLevel.INFO, description='"debug", "info", "warning" or "error"'
    )

    def database_for(self, school: School) -> str:
        """Return where the school's rows are: unless told, in a file of its own."""
        return self.database_url or f"sqlite:///{self.data_folder / school.key}.sqlite"

    @property
    def web_url(self) -> str:
        """The address at which people find the web chat."""
        host = f"[{self.web_host}]" if ":" in self.web_host else self.web_host
        return self.public_url or f"http://{host}:{self.web_port}"

    def key_for(self, school: School) -> bytes:
        """Return the key of the school's hashes, made and kept in a file if none is set.

        Raises:
            Misconfigured: the key's file cannot be read or written, or holds something else.
        """
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        return kept_key(self.data_folder / f"{school.key}.key")


def read_settings() -> Settings:
    """Read the environment.

    Raises:
        Misconfigured: a variable cannot be used, or is not known.
    """
    wrong = _unknown()
    try:
        settings = Settings()
    except ValidationError as error:
        fields = Settings.model_fields
        # Nothing of the value is repeated: it may be a secret.
        bad = sorted({str(one["loc"][0]) for one in error.errors()})
        wrong += [
            f"{PREFIX}{name.upper()} cannot be used: it is {fields[name].description}."
            for name in bad
        ]
        raise Misconfigured(*wrong) from None
    if wrong:
        raise Misconfigured(*wrong)
    return settings


def _unknown() -> list[str]:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    strange = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    return [f"{name} is not a setting of Kutse; {did_you_mean(name, known)}" for name in strange]


def kept_key(path: Path) -> bytes:
    """Return the key in the file, made on first use and readable by its owner only.

    Raises:
        Misconfigured: the file cannot be read or written, or holds something else.
    """
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise Misconfigured(
            f"{path}: the secret key cannot be kept there; set {PREFIX}SECRET_KEY instead."
        ) from None
    if len(key) < LEAST_SECRET:
        raise Misconfigured(
            f"{path}: holds no secret key; restore the file, or set {PREFIX}SECRET_KEY instead."
        )
    return key.encode()


def _make_key(path: Path) -> None:
    """Write a new key beside `path` and link it there: whoever is second keeps the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(LEAST_SECRET))
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        return
    finally:
        fresh.unlink()
