"""Whether an assistant enters free is asked again: the city's form of a place asked for a fee and stored the opposite.

What was answered becomes «not known», since nobody can tell how the question was read. The book of deeds keeps the old
answer, and with it which places wait to be asked again. Their events follow as they do after any change of a place.
"""

from datetime import UTC, datetime

from tortoise import migrations
from tortoise.migrations import operations as ops

from events.editing.rows.event_rows import after
from events.storage.revision_marks import UNTOLD, touch

ATTRIBUTE = "assistant_free"


async def forwards(apps, editor):
    """Take the answers away, of the events too that have them from a place."""
    places, book = apps.get_model("calendar.Place"), apps.get_model("calendar.AuditEntry")
    now = datetime.now(UTC)
    answered = [row for row in await places.all().order_by("id").values("id", "access") if ATTRIBUTE in row["access"]]
    for row in answered:
        await places.filter(id=row["id"]).update(access=_without(row["access"]))
        await book.create(
            at=now,
            role="job",
            action="place_asked_again",
            target_kind="place",
            target=str(row["id"]),
            detail={"access": {ATTRIBUTE: row["access"][ATTRIBUTE]}},
        )
        await _tell_events(apps, row["id"], now)
    if answered:
        await touch(now)


async def _tell_events(apps, place_id, now):
    """Take the answer from the events that have not said it themselves."""
    events, terms = apps.get_model("calendar.Event"), apps.get_model("calendar.EventTerm")
    for row in await events.filter(place_id=place_id).order_by("id").values("id", "access", "own_access", "modified"):
        if ATTRIBUTE in row["own_access"]:
            continue
        changed = {"access": _without(row["access"]), "modified": after(row["modified"], now), "revision": UNTOLD}
        await events.filter(id=row["id"]).update(**changed)
        await terms.filter(event_id=row["id"], facet="access", value=ATTRIBUTE).delete()


def _without(access):
    return {key: answer for key, answer in access.items() if key != ATTRIBUTE}


async def backwards(apps, editor):
    """Nothing comes back: which of the answers were meant as they were stored, nobody knows."""


class Migration(migrations.Migration):
    dependencies = [("calendar", "0006_who_said_it")]

    operations = [ops.RunPython(code=forwards, reverse_code=backwards)]
