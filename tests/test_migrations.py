"""The history of the tables ends where the code is."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

import migrations
from bot.storage.database import Database, is_current, migrate, open_database
from bot.storage.tables import metadata
from tests.databases import PostgreSQL


def differences(database: Database) -> list[object]:
    with database.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_an_empty_file_is_brought_to_the_present_tables(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"

    migrate(url)

    database = open_database(url)
    found = differences(database)
    database.close()
    assert found == []
    assert is_current(url)


def test_an_empty_postgresql_database_is_brought_to_the_present_tables(
    postgresql: PostgreSQL,
) -> None:
    with postgresql.copy() as url:
        emptied = open_database(url)
        with emptied.engine.begin() as tx:
            tx.execute(text("DROP SCHEMA public CASCADE"))
            tx.execute(text("CREATE SCHEMA public"))
        emptied.close()

        migrate(url)

        database = open_database(url)
        found = differences(database)
        database.close()
        assert found == []
        assert is_current(url)


Step = Callable[[Config, str], None]
PERSON = (
    "INSERT INTO people (id, school_id, language, created_at, seen_at, network, address)"
    " VALUES (:number, 'three-shores', 'en', 0, 0, 'web', 'a')"
)
PROFILE = (
    "INSERT INTO profiles (person_id, school_id, offers, frequency)"
    " VALUES (1, 'three-shores', '[]', 'monthly')"
)


def stepped(database: Database, step: Step, revision: str) -> None:
    """Go a step through the history of the tables."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with database.engine.begin() as tx:
        config.attributes["connection"] = tx
        step(config, revision)


def test_how_often_people_want_to_read_goes_with_them_and_comes_back(database: Database) -> None:
    stepped(database, command.stamp, "head")
    stepped(database, command.downgrade, "0004")
    with database.engine.begin() as tx:
        for number in (1, 2):
            tx.execute(text(PERSON), {"number": number})
        tx.execute(text(PROFILE))

    stepped(database, command.upgrade, "head")
    with database.engine.connect() as tx:
        chosen = tx.execute(text("SELECT frequency FROM people ORDER BY id")).scalars().all()
    stepped(database, command.downgrade, "0004")
    with database.engine.connect() as tx:
        given_back = tx.execute(text("SELECT frequency FROM profiles")).scalars().all()

    assert chosen == ["monthly", None]
    assert given_back == ["monthly"]


def test_all_tables_can_be_taken_back(database: Database) -> None:
    stepped(database, command.stamp, "head")
    stepped(database, command.downgrade, "base")

    with database.engine.connect() as connection:
        left = inspect(connection).get_table_names()
    assert left == ["alembic_version"]
