import stat
from pathlib import Path

import pytest

from bot.gateways.telegram.gateway import PER_SECOND
from bot.misconfigured import Misconfigured
from bot.settings import LogLevel, Settings, TelegramLibrary, kept_key, read_settings
from tests.config.files import school

DATABASES = "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
PROXIES = (
    "the addresses or networks of your own proxies, separated by commas, "
    'for example "127.0.0.1, ::1"'
)
TOKEN = "123456789:" + "A" * 35


def test_without_a_word_everything_is_on_this_machine(tmp_path: Path) -> None:
    settings = read_settings()

    assert settings.web_url == "http://127.0.0.1:8080"
    assert settings.telegram_library is TelegramLibrary.AIOGRAM
    assert settings.telegram_per_second == PER_SECOND
    assert settings.log_level is LogLevel.INFO
    assert settings.database_for(school(tmp_path)).endswith("/north-shore.sqlite")


def test_each_setting_is_a_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KUTSE_SCHOOL", "school.toml")
    monkeypatch.setenv("KUTSE_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("KUTSE_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("KUTSE_TELEGRAM_LIBRARY", "Python-Telegram-Bot")
    monkeypatch.setenv("KUTSE_TELEGRAM_PER_SECOND", "1000")
    monkeypatch.setenv("KUTSE_WEB_HOST", "::1")
    monkeypatch.setenv("KUTSE_WEB_PORT", "9090")
    monkeypatch.setenv("KUTSE_LOG_LEVEL", "DEBUG")

    settings = read_settings()

    assert settings.school == Path("school.toml")
    assert settings.telegram_library is TelegramLibrary.PYTHON_TELEGRAM_BOT
    assert settings.telegram_per_second == 1000
    assert settings.log_level is LogLevel.DEBUG
    assert settings.web_url == "http://[::1]:9090"
    assert settings.database_for(school(tmp_path)) == f"sqlite:///{tmp_path}/north-shore.sqlite"


def test_people_reach_the_server_at_its_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUTSE_PUBLIC_URL", "https://kutse.example/")

    assert read_settings().web_url == "https://kutse.example"


@pytest.mark.parametrize(
    ("given", "trusted"),
    [
        ("", []),
        (" , ", []),
        ("127.0.0.1", ["127.0.0.1/32"]),
        ("10.0.0.0/8, ::1,fd00::/8,", ["10.0.0.0/8", "::1/128", "fd00::/8"]),
    ],
)
def test_proxies_are_named_as_people_name_them_and_nobody_is_trusted_unnamed(
    given: str, trusted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUTSE_TRUSTED_PROXIES", given)

    assert [str(one) for one in read_settings().trusted_proxies] == trusted


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:////srv/kutse.sqlite", "sqlite:////srv/kutse.sqlite"),
        ("postgres://kutse@db/kutse", "postgresql+psycopg://kutse@db/kutse"),
        ("postgresql://kutse@db/kutse", "postgresql+psycopg://kutse@db/kutse"),
        ("postgresql+psycopg://kutse@db/kutse", "postgresql+psycopg://kutse@db/kutse"),
    ],
)
def test_a_database_is_named_as_people_name_it(
    given: str, used: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KUTSE_DATABASE_URL", given)

    assert read_settings().database_for(school(tmp_path)) == used


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "TELEGRAM_TOKEN",
            "secret",
            "the bot's token as BotFather gave it: digits, a colon, letters",
        ),
        ("DATABASE_URL", "mysql://root:secret@db/kutse", DATABASES),
        ("SECRET_KEY", "secret", "at least 32 characters that nobody can guess"),
        ("WEB_PORT", "80800", "a port from 1 to 65535, or 0 for any"),
        (
            "PUBLIC_URL",
            "kutse.example",
            "the address at which people and Telegram find this server",
        ),
        ("TRUSTED_PROXIES", "10.0.0.1, nginx", PROXIES),
        # Which of the two is meant, the network or the machine in it, nobody can tell.
        ("TRUSTED_PROXIES", "10.0.0.1/8", PROXIES),
        ("LOG_LEVEL", "loud", '"debug", "info", "warning" or "error"'),
        ("TELEGRAM_LIBRARY", "telebot", '"aiogram" or "python-telegram-bot"'),
        (
            "TELEGRAM_PER_SECOND",
            "0",
            "how many letters a second Telegram takes, 1 to 100000",
        ),
    ],
)
def test_a_wrong_variable_is_told_without_its_value(
    name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"KUTSE_{name}", value)

    with pytest.raises(Misconfigured) as caught:
        read_settings()

    assert caught.value.sentences == (f"KUTSE_{name} cannot be used: it is {said}.",)
    assert caught.value.__suppress_context__


def test_a_misspelt_variable_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUTSE_SCHOL", "school.toml")

    with pytest.raises(Misconfigured) as caught:
        read_settings()

    said = 'KUTSE_SCHOL is not a setting of Kutse; did you mean "KUTSE_SCHOOL"?'
    assert caught.value.sentences == (said,)


def test_secrets_are_not_in_what_settings_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUTSE_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("KUTSE_SECRET_KEY", "B" * 40)
    monkeypatch.setenv("KUTSE_DATABASE_URL", "postgresql://kutse:CCCC@db/kutse")

    printed = repr(read_settings())

    assert not [secret for secret in ("AAAA", "BBBB", "CCCC") if secret in printed]


def test_a_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "new")
    small = school(tmp_path)

    key = settings.key_for(small)

    assert len(key) == 64
    assert settings.key_for(small) == key
    assert stat.S_IMODE((tmp_path / "new" / "north-shore.key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["north-shore.key"]


def test_a_key_that_is_set_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KUTSE_SECRET_KEY", "k" * 32)

    assert read_settings().key_for(school(tmp_path)) == b"k" * 32


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 40])
def test_a_damaged_key_is_never_replaced(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "school.key"
    path.write_bytes(content)

    with pytest.raises(Misconfigured, match="KUTSE_SECRET_KEY"):
        kept_key(path)

    assert path.read_bytes() == content


def test_a_key_needs_a_folder_that_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")

    with pytest.raises(Misconfigured, match="cannot be kept there"):
        kept_key(tmp_path / "taken" / "school.key")
