"""The index of words: runs of three letters, so that «näyttely» finds «Koiranäyttely» without reading every event.

`event_search` (rowid, search_text) is what queries ask with LIKE, on both databases. On SQLite it is an FTS5 table
over the texts of `event`, kept by triggers; on PostgreSQL a view, whose table has a trigram index where this user may
make one. Without either the same questions are answered by reading the texts. What is changed in `event.id` or
`event.search_text` on PostgreSQL must drop the view first and make it again.
"""

from tortoise import migrations
from tortoise.exceptions import OperationalError
from tortoise.migrations import operations as ops

from events.domain.folding import fold

VIEW = "CREATE VIEW event_search AS SELECT id AS rowid, search_text FROM event"

SQLITE_TABLE = """CREATE VIRTUAL TABLE event_search USING fts5(
    search_text, content='event', content_rowid='id', columnsize=0, tokenize='trigram'
)"""
SQLITE_TRIGGERS = (
    """CREATE TRIGGER event_search_added AFTER INSERT ON event BEGIN
        INSERT INTO event_search (rowid, search_text) VALUES (new.id, new.search_text);
    END""",
    """CREATE TRIGGER event_search_changed AFTER UPDATE OF id, search_text ON event
    WHEN old.id <> new.id OR old.search_text <> new.search_text BEGIN
        INSERT INTO event_search (event_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
        INSERT INTO event_search (rowid, search_text) VALUES (new.id, new.search_text);
    END""",
    """CREATE TRIGGER event_search_removed AFTER DELETE ON event BEGIN
        INSERT INTO event_search (event_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
    END""",
)
SQLITE_FILL = "INSERT INTO event_search (event_search) VALUES ('rebuild')"

# The extension is for the owner of the database to make, and not on every server: without it there is no index.
POSTGRES_INDEX = """DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX event_search_text ON event USING gin (search_text gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'no index for the search of words: %', SQLERRM;
END $$"""


async def make_search(client):
    """Make the index of words over what `event` holds."""
    if client.capabilities.dialect == "postgres":
        await client.execute_query(POSTGRES_INDEX)
        await client.execute_query(VIEW)
        return
    try:
        await client.execute_query(SQLITE_TABLE)
    except OperationalError:  # an SQLite from before 3.34, or built without FTS5
        await client.execute_query(VIEW)
        return
    for statement in (*SQLITE_TRIGGERS, SQLITE_FILL):
        await client.execute_query(statement)


async def forwards(apps, editor):
    """Fold the texts as search folds its words now, then index them."""
    event = apps.get_model("calendar.Event")
    for row in await event.all().values("id", "search_text"):
        folded = fold(row["search_text"])
        if folded != row["search_text"]:
            await event.filter(id=row["id"]).update(search_text=folded)
    await make_search(editor.client)


async def backwards(apps, editor):
    """Take the index away; the texts stay."""
    if editor.client.capabilities.dialect == "postgres":
        await editor.client.execute_query("DROP VIEW event_search")
        await editor.client.execute_query("DROP INDEX IF EXISTS event_search_text")
        return
    for trigger in ("added", "changed", "removed"):
        await editor.client.execute_query(f"DROP TRIGGER IF EXISTS event_search_{trigger}")
    rows = await editor.client.execute_query_dict("SELECT type FROM sqlite_master WHERE name = 'event_search'")
    await editor.client.execute_query(f"DROP {rows[0]['type'].upper()} event_search")


class Migration(migrations.Migration):
    dependencies = [("calendar", "0002_people_proposals_and_mail")]

    operations = [ops.RunPython(code=forwards, reverse_code=backwards)]
