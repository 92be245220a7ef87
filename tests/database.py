"""What tests say to a database: its configuration, and how many statements it is asked."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

from web.database.connection import Config, configuration, opened

# The application's own: `web.database.revision` is in every list, and a model has one Tortoise label per process.
LABEL = "calendar"


def config_of_tests(
    url: str,
    *,
    models: Sequence[str] = ("web.database.revision", "tests.web.models_for_tests"),
    migrations: str = "tests.web.no_migrations",
) -> Config:
    """The configuration of the throw-away models of the tests of `web`."""
    return configuration(url, label=LABEL, models=models, migrations=migrations)


class Statements(list[str]):
    """The SQL statements seen, oldest first, each with its values; BEGIN and COMMIT are not among them."""


@contextmanager
def count_queries() -> Iterator[Statements]:
    """Collect the statements sent in a block: `with count_queries() as seen: …`, then `len(seen) == 2`."""
    seen = Statements()
    logger = logging.getLogger("tortoise.db_client")
    collector = _Collector(seen)
    level = logger.level
    logger.addHandler(collector)
    logger.setLevel(logging.DEBUG)
    try:
        yield seen
    finally:
        logger.setLevel(level)
        logger.removeHandler(collector)


def statements(seen: Statements) -> list[str]:
    """Those about what the program knows, without the ones about its revision."""
    return [statement for statement in seen if "FROM revision" not in statement]


class _Collector(logging.Handler):
    def __init__(self, seen: Statements) -> None:
        super().__init__()
        self._seen = seen

    def emit(self, record: logging.LogRecord) -> None:
        # Statements are logged as «SQL: values», scripts as they are; all else is about connections.
        if record.msg == "%s: %s" or not record.args:
            self._seen.append(record.getMessage())


@asynccontextmanager
async def tables_of_tests(url: str) -> AsyncIterator[None]:
    """The database opened, with the tables of the throw-away models made from the models."""
    async with opened(config_of_tests(url)) as context:
        await context.generate_schemas()
        yield
