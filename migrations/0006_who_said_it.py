"""Who said it: `confirmed` may be empty, and what a resident has told of stands behind no association.

An import is a program, so what came from one is confirmed only where the book tells of a deed of its organiser's own
people, and then since that deed. The organisation made here is the one that is none (see `organisations.slugs`).
"""

from datetime import UTC, datetime

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from web.database.fields import UTCDatetimeField

RESIDENTS = "_residents"
SAID_BY_PEOPLE = """UPDATE event SET confirmed = (SELECT MAX(a.at) FROM audit_entry a WHERE a.target_kind = 'event'
AND a.target = event.public_id AND a.role IN ('editor', 'owner', 'link') AND a.action <> 'withdraw')
WHERE source IS NOT NULL"""


async def forwards(apps, editor):
    """Empty what only a program has said, and make the organisation that is none."""
    await editor.client.execute_query(SAID_BY_PEOPLE)
    now = datetime.now(UTC)
    await apps.get_model("calendar.Organisation").create(
        slug=RESIDENTS, name="", kind="", state="approved", review_first=False, created=now, modified=now
    )


async def backwards(apps, editor):
    """The column may not be empty again; the organisation goes where nothing stands behind it."""
    await editor.client.execute_query("UPDATE event SET confirmed = modified WHERE confirmed IS NULL")
    await editor.client.execute_query(
        f"DELETE FROM organisation WHERE slug = '{RESIDENTS}' AND NOT EXISTS"
        " (SELECT 1 FROM event e WHERE e.organisation_id = organisation.id)"
    )


class Migration(migrations.Migration):
    dependencies = [("calendar", "0005_several_days")]

    operations = [
        ops.AlterField(
            model_name="Event",
            name="confirmed",
            field=UTCDatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Event",
            name="told_by",
            field=fields.CharField(default="", db_default="", max_length=160),
        ),
        ops.RunPython(code=forwards, reverse_code=backwards),
    ]
