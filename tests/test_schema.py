"""The migrations of the product and its models say the same."""

from importlib import import_module

import pytest

from main import database
from tests.web.database.schema import shape
from web.database.connection import opened
from web.database.migrate import migrate, pending_changes
from web.settings import Settings

pytestmark = pytest.mark.anyio


async def test_no_model_has_changed_without_a_migration(empty_database_url: str) -> None:
    config = database(Settings.from_environment({"DATABASE_URL": empty_database_url}))

    assert await pending_changes(config) == []


async def test_a_migrated_database_is_the_one_the_models_describe(
    empty_database_url: str, another_database_url: str
) -> None:
    config = database(Settings.from_environment({"DATABASE_URL": empty_database_url}))
    await migrate(config)
    async with opened(config):
        migrated = await shape()

    async with opened(database(Settings.from_environment({"DATABASE_URL": another_database_url}))) as context:
        await context.generate_schemas()
        # What no model can say is made by hand, in these migrations alone.
        await import_module("migrations.0003_word_search").make_search(context.db())
        await import_module("migrations.0004_last_revision").make_trigger(context.db())
        await import_module("migrations.0005_several_days").make_index(context.db())
        described = await shape()

    assert migrated == described
