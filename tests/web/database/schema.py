"""What a database consists of, so that two can be compared: the names of constraints are left out."""

from __future__ import annotations

import re
from typing import Any

from web.database.connection import connection, dialect, fetch
from web.database.schema_sqlite import named_indexes

POSTGRES = {
    "columns": "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,"
    " column_default FROM information_schema.columns WHERE table_schema = 'public'",
    "indexes": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": "SELECT conrelid::regclass::text AS name, pg_get_constraintdef(oid) AS definition"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "triggers": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}
SQLITE = {
    "columns": 'SELECT t.name AS "table", c.name, upper(c.type), c."notnull", c.dflt_value, c.pk'
    " FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'",
    "references": 'SELECT t.name AS "table", f."table" AS parent, f."from", f."to", f.on_delete'
    " FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'",
    "triggers": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
}


async def shape() -> dict[str, list[Any]]:
    """Tables, columns, references, indexes, uniqueness and triggers of the open database."""
    client = connection()
    if dialect(client) == "postgres":
        return {what: _tidy(await fetch(sql)) for what, sql in POSTGRES.items()}
    found = {what: _tidy(await fetch(sql)) for what, sql in SQLITE.items()}
    found["indexes"] = [
        (*index, partial) for _, index, partial in await named_indexes(client) if index.table != "tortoise_migrations"
    ]
    found["indexes"].sort(key=repr)
    return found


def _tidy(rows: list[dict[str, Any]]) -> list[Any]:
    lines = (str(tuple(row.values())) for row in rows)
    kept = (line for line in lines if "tortoise_migrations" not in line and "sqlite_" not in line)
    return sorted(re.sub(r"INDEX \S+ ON", "INDEX ON", line) for line in kept)
