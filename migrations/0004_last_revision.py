"""In which revision each event last changed, so that what is made of many events is brought up to date with a few.

What changes of an organisation that its events show makes them «untold» (revision 0), whoever writes it.
"""

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

SQLITE_TRIGGER = """CREATE TRIGGER organisation_shown AFTER UPDATE OF state, name, slug ON organisation
WHEN old.state <> new.state OR old.name <> new.name OR old.slug <> new.slug BEGIN
    UPDATE event SET revision = 0 WHERE organisation_id = new.id;
END"""
POSTGRES_FUNCTION = """CREATE FUNCTION organisation_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE event SET revision = 0 WHERE organisation_id = NEW.id;
    RETURN NULL;
END $$"""
POSTGRES_TRIGGER = """CREATE TRIGGER organisation_shown AFTER UPDATE OF state, name, slug ON organisation FOR EACH ROW
WHEN (OLD.state <> NEW.state OR OLD.name <> NEW.name OR OLD.slug <> NEW.slug) EXECUTE FUNCTION organisation_shown()"""


async def make_trigger(client):
    """Make the trigger of this database."""
    if client.capabilities.dialect == "postgres":
        await client.execute_query(POSTGRES_FUNCTION)
        await client.execute_query(POSTGRES_TRIGGER)
    else:
        await client.execute_query(SQLITE_TRIGGER)


async def forwards(apps, editor):
    """Watch over organisations."""
    await make_trigger(editor.client)


async def backwards(apps, editor):
    """Watch no longer."""
    if editor.client.capabilities.dialect == "postgres":
        await editor.client.execute_query("DROP TRIGGER organisation_shown ON organisation")
        await editor.client.execute_query("DROP FUNCTION organisation_shown()")
    else:
        await editor.client.execute_query("DROP TRIGGER organisation_shown")


class Migration(migrations.Migration):
    dependencies = [("calendar", "0003_word_search")]

    operations = [
        ops.AddField(
            model_name="Event",
            name="revision",
            field=fields.BigIntField(default=0, db_default=0),
        ),
        ops.AddIndex(model_name="Event", index=Index(fields=["revision"])),
        ops.RunPython(code=forwards, reverse_code=backwards),
    ]
