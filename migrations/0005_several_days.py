"""An index of the dates that last several days: few, and what is asked for first of them is when the oldest began.

A date of one day that is not over began today; so with that one question a list need not pass all that is over.
"""

from tortoise import migrations
from tortoise.migrations import operations as ops

INDEX = 'CREATE INDEX occurrence_several_days ON occurrence ("end", start) WHERE last_date > local_date'


async def make_index(client):
    """Make the index."""
    await client.execute_query(INDEX)


async def forwards(apps, editor):
    """Make the index."""
    await make_index(editor.client)


async def backwards(apps, editor):
    """Drop it."""
    await editor.client.execute_query("DROP INDEX occurrence_several_days")


class Migration(migrations.Migration):
    dependencies = [("calendar", "0004_last_revision")]

    operations = [ops.RunPython(code=forwards, reverse_code=backwards)]
