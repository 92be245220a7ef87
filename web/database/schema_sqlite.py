"""SQLite migrations keep what Tortoise's forget: indexes, compound uniqueness and triggers of a rebuilt table.

SQLite cannot alter a column, so Tortoise makes the table anew, copies the rows and drops the old table with
all that belonged to it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.fields.base import Field
from tortoise.migrations.schema_editor import SqliteSchemaEditor
from tortoise.models import Model


class Index(NamedTuple):
    """An index by what it does; `columns` holds None where it stands on an expression."""

    table: str
    unique: bool
    columns: tuple[str | None, ...]


class KeepingEditor(SqliteSchemaEditor):
    """Tortoise's editor, except that a table keeps what belongs to it when it is rebuilt."""

    async def _remake_table(
        self,
        model: type[Model],
        create_field: Field[Any] | None = None,
        delete_field: Field[Any] | None = None,
        alter_fields: list[tuple[Field[Any], Field[Any]]] | None = None,
    ) -> None:
        table = model._meta.db_table
        given_up = _given_up(table, alter_fields or [])
        belongings = await _belongings(self.client, table)
        compound = {
            index: name
            for index, name in (await indexes(self.client)).items()
            if index.table == table and len(index.columns) > 1
        }
        last_id = await self._last_id(table)

        # Other tables' triggers may name this one; SQLite would refuse the renaming while it is missing.
        await self.client.execute_query("PRAGMA legacy_alter_table = ON")
        await super()._remake_table(model, create_field, delete_field, alter_fields)
        await self.client.execute_query("PRAGMA legacy_alter_table = OFF")

        await self._keep_last_id(table, last_id)
        columns, have = await _columns(self.client, table), await indexes(self.client)
        for sql, index, partial in belongings:
            if index is not None and (index in given_up or not set(index.columns) - {None} <= columns):
                continue
            if partial or index not in have:
                await self.client.execute_query(sql)
        await create_missing(self.client, compound)

    async def _last_id(self, table: str) -> int | None:
        """The highest id ever given, so that the id of a deleted row is not given again."""
        rows = await self.client.execute_query_dict(
            "SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence' AND type = 'table'"
        )
        if not rows:
            return None
        rows = await self.client.execute_query_dict("SELECT seq FROM sqlite_sequence WHERE name = ?", [table])
        return rows[0]["seq"] if rows else None

    async def _keep_last_id(self, table: str, last_id: int | None) -> None:
        if last_id is not None:
            await self.client.execute_query("DELETE FROM sqlite_sequence WHERE name = ?", [table])
            await self.client.execute_query("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [table, last_id])


def _given_up(table: str, alter_fields: list[tuple[Field[Any], Field[Any]]]) -> set[Index]:
    """The single-column indexes that the alteration itself takes away."""
    return {
        Index(table, unique, (old.source_field or old.model_field_name,))
        for old, new in alter_fields
        for unique in (True, False)
        if (old.unique and not new.unique if unique else old.index and not new.index)
    }


async def _belongings(client: BaseDBAsyncClient, table: str) -> list[tuple[str, Index | None, bool]]:
    """The statements that made the table's triggers and indexes; for an index also what it does."""
    known = {name: (index, partial) for name, index, partial in await named_indexes(client)}
    rows = await client.execute_query_dict(
        "SELECT name, sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL",
        [table],
    )
    return [(row["sql"], *known.get(row["name"], (None, False))) for row in rows]


async def indexes(client: BaseDBAsyncClient) -> dict[Index, str]:
    """Every index over all rows and its name, those behind UNIQUE constraints included."""
    return {index: name for name, index, partial in await named_indexes(client) if not partial}


async def named_indexes(client: BaseDBAsyncClient) -> list[tuple[str, Index, bool]]:
    """Every index as its name, what it does, and whether it covers only some of the rows."""
    rows = await client.execute_query_dict(
        'SELECT t.name AS "table", l.name AS name, l."unique" AS "unique", l.partial, i.name AS "column"'
        " FROM sqlite_master t, pragma_index_list(t.name) l, pragma_index_info(l.name) i"
        " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY t.name, l.name, i.seqno"
    )
    columns: dict[tuple[str, str, bool, bool], list[str | None]] = {}
    for row in rows:
        key = (row["name"], row["table"], bool(row["unique"]), bool(row["partial"]))
        columns.setdefault(key, []).append(row["column"])
    return [
        (name, Index(table, unique, tuple(names)), partial) for (name, table, unique, partial), names in columns.items()
    ]


async def create_missing(client: BaseDBAsyncClient, wanted: dict[Index, str]) -> None:
    """Create the wanted indexes that are not there, as far as their tables and columns are."""
    have = await indexes(client)
    for index, name in wanted.items():
        columns = [column for column in index.columns if column is not None]
        if index in have or len(columns) < len(index.columns):
            continue
        if not set(columns) <= await _columns(client, index.table):
            continue
        if name.startswith("sqlite_autoindex_"):
            # A reserved name, of the index behind a UNIQUE constraint; Tortoise would drop it by this one.
            name = SqliteSchemaEditor(client)._generate_index_name_for_table("uid", index.table, columns)
        unique = "UNIQUE " if index.unique else ""
        quoted = ", ".join(f'"{column}"' for column in columns)
        await client.execute_query(f'CREATE {unique}INDEX "{name}" ON "{index.table}" ({quoted})')


async def _columns(client: BaseDBAsyncClient, table: str) -> set[str]:
    rows = await client.execute_query_dict("SELECT name FROM pragma_table_info(?)", [table])
    return {row["name"] for row in rows}
