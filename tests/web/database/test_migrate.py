"""Migrations: the same tables as the models say, nothing lost, however many processes start at once."""

from __future__ import annotations

import importlib
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tortoise.context import TortoiseContext
from tortoise.exceptions import IntegrityError
from tortoise.migrations.autodetector import MigrationAutodetector

from tests.database import LABEL, config_of_tests, tables_of_tests
from tests.web.database.schema import shape
from tests.web.models_for_tests import Book, Label, Shelf
from tests.web.processes import run_at_once
from web.database.connection import Config, connection, dialect, fetch, opened
from web.database.migrate import migrate, pending_changes

pytestmark = pytest.mark.anyio

numbers = count(1)

DETAILS = (
    "('details', fields.JSONField(null=True, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),"
)

RUN_PYTHON = """from tortoise import migrations
from tortoise.migrations import operations as ops

async def run(apps, editor):
    {body}

class Migration(migrations.Migration):
    dependencies = [({label!r}, {after!r})]
    operations = [ops.RunPython(code=run)]
"""


class Package:
    """A package of migrations in the making."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.folder = folder / name
        self.folder.mkdir()
        (self.folder / "__init__.py").touch()

    def config(self, url: str) -> Config:
        return config_of_tests(url, migrations=self.name)

    async def generate(self) -> str:
        """Write down the changes of the models since the last migration, as a developer would."""
        config = self.config("sqlite://:memory:")
        async with TortoiseContext() as context:
            await context.init(config=config, init_connections=False)
            assert context.apps is not None
            [file] = await MigrationAutodetector(context.apps, config["apps"]).write()
        importlib.invalidate_caches()
        return Path(file).stem

    async def generate_first(self, *older: tuple[str, str]) -> str:
        """The first migration of older models: with shorter names, and with what `older` says for now."""
        name = await self.generate()
        file = self.folder / f"{name}.py"
        text = file.read_text()
        for now, then in (("max_length=200", "max_length=100"), *older):
            assert now in text
            text = text.replace(now, then)
        file.write_text(text)
        return name

    def add(self, name: str, body: str, *, after: str) -> str:
        text = RUN_PYTHON.format(body=body, label=LABEL, after=after)
        (self.folder / f"{name}.py").write_text(text)
        importlib.invalidate_caches()
        return name


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Package]:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # a rewritten file of the same second must be read again
    made = Package(tmp_path, f"migrations_of_tests_{next(numbers)}")
    yield made
    for name in [name for name in sys.modules if name.partition(".")[0] == made.name]:
        del sys.modules[name]


async def fill() -> None:
    shelf = await Shelf.create(name="shelf")
    novel = await Book.create(shelf=shelf, title="novel", year=1999)
    atlas = await Book.create(shelf=shelf, title="atlas", details={"size": "big"})
    last = await Book.create(shelf=shelf, title="last")
    label = await Label.create(text="label")
    await novel.labels.add(label)
    await atlas.labels.add(label)
    await last.delete()


BY_HAND = (
    "SELECT type, name FROM sqlite_master WHERE type = 'trigger' OR (type = 'index' AND"
    " name NOT LIKE 'idx%' AND name NOT LIKE 'uid%' AND name NOT LIKE 'sqlite%') ORDER BY name"
)


async def contents() -> dict[str, list[dict[str, Any]]]:
    tables = ("shelf", "label", "book", "book_label")
    return {table: await fetch(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}


async def test_migrated_tables_are_those_of_the_models(
    empty_database_url: str, another_database_url: str, package: Package
) -> None:
    first = await package.generate_first(
        ("'title', fields.CharField(db_index=True, ", "'title', fields.CharField("),
        ("'name', fields.CharField(unique=True, ", "'name', fields.CharField("),
        ("'text', fields.CharField(", "'text', fields.CharField(unique=True, "),
        ("'published', fields.DateField(", "'published', fields.DateField(db_index=True, "),
    )
    config = package.config(empty_database_url)
    assert await migrate(config) == [first]
    assert [change.partition(" ")[0] for change in await pending_changes(config)] == ["AlterField"] * 4
    second = await package.generate()
    assert await migrate(config) == [second]

    async with opened(config):
        migrated = await shape()
    async with tables_of_tests(another_database_url):
        fresh = await shape()

    assert migrated == fresh
    assert await pending_changes(config) == []
    assert await migrate(config) == []


async def test_altering_filled_tables_loses_no_row(empty_database_url: str, package: Package) -> None:
    await package.generate_first()
    config = package.config(empty_database_url)
    await migrate(config)
    async with opened(config):
        await fill()
        before = await contents()
    assert [len(rows) for rows in before.values()] == [1, 1, 2, 2]

    await package.generate()
    await migrate(config)

    async with opened(config):
        assert await contents() == before
        assert (await Book.create(shelf_id=1, title="new")).id == 4  # the deleted book was 3
        with pytest.raises(IntegrityError):
            await Book.create(shelf_id=1, title="novel")


OBJECTS_BY_HAND = [
    "CREATE TABLE journal (entry TEXT)",
    "CREATE TRIGGER on_book AFTER INSERT ON book BEGIN INSERT INTO journal VALUES (new.title); SELECT 1; END",
    "CREATE TRIGGER on_label AFTER DELETE ON label BEGIN UPDATE book SET year = NULL; END",
    "CREATE UNIQUE INDEX one_lent_book ON book (shelf_id) WHERE lent = 1",
    "CREATE INDEX by_small_title ON book (lower(title), year)",
    "CREATE INDEX by_title_of_lent ON book (title) WHERE lent = 1",
    "CREATE VIRTUAL TABLE words USING fts5(title, content='book', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER words_added AFTER INSERT ON book BEGIN"
    " INSERT INTO words (rowid, title) VALUES (new.id, new.title); END",
    "INSERT INTO words (words) VALUES ('rebuild')",
]


async def test_altering_sqlite_tables_keeps_what_was_made_by_hand(tmp_path: Path, package: Package) -> None:
    await package.generate_first()
    config = package.config(f"sqlite://{tmp_path / 'test.db'}")
    await migrate(config)
    async with opened(config):
        await fill()
        for statement in OBJECTS_BY_HAND:
            await fetch(statement)
        before, by_hand = await shape(), await fetch(BY_HAND)

    await package.generate()
    await migrate(config)

    async with opened(config):
        after = await shape()
        assert await fetch(BY_HAND) == by_hand
        await Book.create(shelf_id=1, title="new")
        assert await fetch("SELECT entry FROM journal") == [{"entry": "new"}]
        assert await fetch("SELECT title FROM words WHERE words MATCH 'new OR ove'") == [
            {"title": "novel"},
            {"title": "new"},
        ]
        await fetch("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    assert [row["name"] for row in by_hand] == [
        "by_small_title",
        "by_title_of_lent",
        "on_book",
        "on_label",
        "one_lent_book",
        "words_added",
    ]
    longer = [column.replace("VARCHAR(100)", "VARCHAR(200)") for column in before["columns"]]
    assert after == {**before, "columns": longer}


async def test_the_file_is_copied_before_it_is_changed(tmp_path: Path, package: Package) -> None:
    file, copy = tmp_path / "test.db", tmp_path / "test.db.before-migration"
    config = package.config(f"sqlite://{file}")
    await package.generate_first()
    await migrate(config)
    assert not copy.exists()  # there was nothing to keep
    async with opened(config):
        await fill()

    await package.generate()
    await migrate(config)
    async with opened(config):
        await Book.all().delete()
    await migrate(config)

    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT title FROM book ORDER BY id").fetchall() == [("novel",), ("atlas",)]
        assert kept.execute("SELECT name FROM tortoise_migrations").fetchall() == [("0001_initial",)]
        assert kept.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_a_migration_that_fails_leaves_everything_as_it_was(empty_database_url: str, package: Package) -> None:
    await package.generate_first()
    config = package.config(empty_database_url)
    await migrate(config)
    async with opened(config):
        await fill()
        before = await shape(), await contents()

    second = await package.generate()
    package.add("0003_broken", "raise LookupError('broken')", after=second)
    with pytest.raises(LookupError, match="broken"):
        await migrate(config)

    async with opened(config):
        assert (await shape(), await contents()) == before
        assert await fetch("SELECT name FROM tortoise_migrations") == [{"name": "0001_initial"}]


async def test_a_migration_that_leaves_children_without_parents_is_undone(tmp_path: Path, package: Package) -> None:
    first = await package.generate_first()
    config = package.config(f"sqlite://{tmp_path / 'test.db'}")
    await migrate(config)
    async with opened(config):
        await fill()

    package.add("0002_orphans", "await editor.client.execute_query('DELETE FROM shelf')", after=first)
    with pytest.raises(RuntimeError, match=r"2 rows would refer to nothing \(tables: book\)"):
        await migrate(config)

    async with opened(config):
        assert await Shelf.all().count() == 1


async def test_rows_made_by_a_migration_do_not_spoil_later_rows(empty_database_url: str, package: Package) -> None:
    first = await package.generate_first((DETAILS, ""))
    create = f"await apps.get_model('{LABEL}.Shelf').create(name='shelf')\n"
    create += f"    await apps.get_model('{LABEL}.Book').create(title='old', shelf_id=1)"
    package.add("0002_rows", create, after=first)
    third = await package.generate()
    create = f"await apps.get_model('{LABEL}.Book').create(title='middle', shelf_id=1, details={{'isbn': '0'}})"
    package.add("0004_rows", create, after=third)
    config = package.config(empty_database_url)

    await migrate(config)

    async with opened(config):
        await Book.create(shelf_id=1, title="new", details={"isbn": "1"})
        books = await Book.all().order_by("id").values_list("title", "details")
        assert books == [("old", None), ("middle", {"isbn": "0"}), ("new", {"isbn": "1"})]


MIGRATE = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
from tests.database import config_of_tests
from web.database.migrate import migrate
config = config_of_tests(sys.argv[3], migrations=sys.argv[2])
credentials = config["connections"]["default"]["credentials"]
if "busy_timeout" in credentials:
    credentials["busy_timeout"] = 50
print(asyncio.run(migrate(config)))
"""


async def test_of_three_processes_that_migrate_at_once_one_does_and_all_succeed(
    empty_database_url: str, tmp_path: Path, package: Package
) -> None:
    first = await package.generate_first()
    second = await package.generate()
    slow = package.add("0003_slow", "import asyncio; await asyncio.sleep(0.5)", after=second)

    printed = run_at_once(MIGRATE, str(tmp_path), package.name, empty_database_url, processes=3)

    assert sorted(printed) == sorted(["[]", "[]", str([first, second, slow])])
    async with opened(package.config(empty_database_url)):
        rows = await fetch("SELECT name FROM tortoise_migrations ORDER BY id")
        assert [row["name"] for row in rows] == [first, second, slow]
        if dialect(connection()) == "sqlite":
            assert await fetch("PRAGMA integrity_check") == [{"integrity_check": "ok"}]


async def test_a_database_in_memory_is_refused(package: Package) -> None:
    with pytest.raises(ValueError, match="a database in memory cannot be migrated"):
        await migrate(package.config("sqlite://:memory:"))
