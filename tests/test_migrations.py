"""The history of the tables ends where the code is."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

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
