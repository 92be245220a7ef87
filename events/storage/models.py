"""The tables of events, places, pictures and proposals. `events.editing.rows` alone creates events and their rows.

Longer than most files on purpose: tables that refer to each other are read together.
"""

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from organisations.models import Organisation, Person
from web.database.fields import UTCDatetimeField


class Place(Model):
    """Somewhere things happen. A merged place points to the one that took its place."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=160)
    street_address = fields.CharField(max_length=200, default="")
    postal_code = fields.CharField(max_length=16, default="")
    city = fields.CharField(max_length=80, default="")
    area = fields.CharField(max_length=32, default="")
    latitude = fields.FloatField(null=True)
    longitude = fields.FloatField(null=True)
    access: fields.Field[dict[str, bool]] = fields.JSONField(default=dict)
    verified = UTCDatetimeField(null=True)
    replaced_by: fields.ForeignKeyNullableRelation["Place"] = fields.ForeignKeyField(
        "calendar.Place", related_name="replaced", null=True, on_delete=fields.SET_NULL
    )
    source = fields.CharField(max_length=64, default="")
    source_id = fields.CharField(max_length=255, default="")

    class Meta:
        table = "place"
        indexes = (Index(fields=("source", "source_id")),)


class Image(Model):
    """A picture that an organisation gave, kept as re-encoded files named by their content."""

    id = fields.IntField(primary_key=True)
    organisation: fields.ForeignKeyNullableRelation[Organisation] = fields.ForeignKeyField(
        "calendar.Organisation", related_name="images", null=True, on_delete=fields.CASCADE
    )
    digest = fields.CharField(max_length=64)
    width = fields.IntField()
    height = fields.IntField()
    decorative = fields.BooleanField(default=False)
    alternatives: fields.Field[dict[str, str]] = fields.JSONField(default=dict)
    credit = fields.CharField(max_length=120, default="")
    licence = fields.CharField(max_length=40, default="")
    created = UTCDatetimeField()

    class Meta:
        table = "image"
        indexes = (Index(fields=("digest",)), Index(fields=("organisation_id",)))


class Event(Model):
    """One event or series as it was last accepted. JSON columns hold only what is never searched."""

    id = fields.IntField(primary_key=True)
    public_id = fields.CharField(max_length=10, unique=True)
    organisation: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "calendar.Organisation", related_name="events", on_delete=fields.RESTRICT
    )
    place: fields.ForeignKeyNullableRelation[Place] = fields.ForeignKeyField(
        "calendar.Place", related_name="events", null=True, on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=32)
    category = fields.CharField(max_length=32)
    original_language = fields.CharField(max_length=16)
    uid = fields.CharField(max_length=160, unique=True)
    schedule: fields.Field[dict[str, Any]] = fields.JSONField()
    online = fields.BooleanField(default=False)
    online_url = fields.CharField(max_length=500, default="")
    price = fields.CharField(max_length=16, default="unknown")
    prices: fields.Field[list[dict[str, str]]] = fields.JSONField(default=list)
    registration_kind = fields.CharField(max_length=16, default="unknown")
    registration: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    registration_closes = UTCDatetimeField(null=True)
    min_age = fields.SmallIntField(null=True)
    max_age = fields.SmallIntField(null=True)
    own_access: fields.Field[dict[str, bool]] = fields.JSONField(default=dict)
    access: fields.Field[dict[str, bool]] = fields.JSONField(default=dict)
    first_time: fields.Field[dict[str, list[str]]] = fields.JSONField(default=dict)
    nearest_stop = fields.CharField(max_length=80, default="")
    contact_email = fields.CharField(max_length=254, default="")
    contact_phone = fields.CharField(max_length=40, default="")
    link = fields.CharField(max_length=500, default="")
    image: fields.ForeignKeyNullableRelation[Image] = fields.ForeignKeyField(
        "calendar.Image", related_name="events", null=True, on_delete=fields.SET_NULL
    )
    publication = fields.CharField(max_length=16, default="draft")
    event_status = fields.CharField(max_length=16, default="scheduled")
    full = fields.BooleanField(default=False)
    status_reason = fields.CharField(max_length=16, default="")
    sequence = fields.IntField(default=0)
    search_text = fields.TextField(default="")
    created = UTCDatetimeField()
    modified = UTCDatetimeField()
    # In which revision of everything it last changed: exact where clocks of several processes are not.
    revision = fields.BigIntField(default=0, db_default=0)
    published = UTCDatetimeField(null=True)
    withdrawn = UTCDatetimeField(null=True)
    withdrawn_by = fields.CharField(max_length=16, default="", db_default="")
    # When one of its organisation's own people last said that all this is right; empty where none of them has.
    confirmed = UTCDatetimeField(null=True)
    # Who organises it as a resident has told it, where no organisation of the register stands behind it.
    told_by = fields.CharField(max_length=160, default="", db_default="")
    source = fields.CharField(max_length=64, null=True)
    source_id = fields.CharField(max_length=255, null=True)
    source_hash = fields.CharField(max_length=64, default="")

    texts: fields.ReverseRelation["EventText"]

    class Meta:
        table = "event"
        unique_together = (("source", "source_id"),)
        indexes = (
            # With everything in it that counting asks of an event, whose rows are long.
            Index(fields=("organisation_id", "publication", "event_status", "category")),
            Index(fields=("place_id",)),
            Index(fields=("category",)),
            Index(fields=("revision",)),
        )


class EventText(Model):
    """What was written about an event in one language. Outdated once the original has moved on."""

    id = fields.IntField(primary_key=True)
    event: fields.ForeignKeyRelation[Event] = fields.ForeignKeyField(
        "calendar.Event", related_name="texts", on_delete=fields.CASCADE
    )
    language = fields.CharField(max_length=16)
    title = fields.CharField(max_length=120)
    summary = fields.CharField(max_length=300, default="")
    description = fields.TextField(default="")
    place_note = fields.CharField(max_length=300, default="")
    price_note = fields.CharField(max_length=300, default="")
    registration_note = fields.CharField(max_length=300, default="")
    first_time_note = fields.CharField(max_length=300, default="")
    state = fields.CharField(max_length=16, default="human")

    class Meta:
        table = "event_text"
        unique_together = (("event", "language"),)


class StatusNote(Model):
    """A sentence about a status in one language, of the whole event or of one date."""

    id = fields.IntField(primary_key=True)
    event: fields.ForeignKeyRelation[Event] = fields.ForeignKeyField(
        "calendar.Event", related_name="notes", on_delete=fields.CASCADE
    )
    original_date = fields.DateField(null=True)
    language = fields.CharField(max_length=16)
    text = fields.CharField(max_length=300)

    class Meta:
        table = "status_note"
        unique_together = (("event", "original_date", "language"),)


class Occurrence(Model):
    """One date of an event. Pages, feeds and filters read this table. Nothing expands a rule later."""

    id = fields.IntField(primary_key=True)
    event: fields.ForeignKeyRelation[Event] = fields.ForeignKeyField(
        "calendar.Event", related_name="occurrences", on_delete=fields.CASCADE
    )
    original_date = fields.DateField()
    original_start = UTCDatetimeField()
    start = UTCDatetimeField()
    end = UTCDatetimeField()
    local_date = fields.DateField()
    last_date = fields.DateField()
    weekday = fields.SmallIntField()
    start_minute = fields.SmallIntField()
    status = fields.CharField(max_length=16, default="scheduled")
    reason = fields.CharField(max_length=16, default="")
    full = fields.BooleanField(default=False)

    class Meta:
        table = "occurrence"
        unique_together = (("event", "original_date"),)
        # With everything in them that tells a date that is over: those are passed without reading their rows.
        indexes = (Index(fields=("start", "event_id", "end")), Index(fields=("event_id", "start", "end", "status")))


class EventTerm(Model):
    """Every multi-valued fact that can be filtered by: one EXISTS per facet finds, one GROUP BY counts."""

    id = fields.IntField(primary_key=True)
    event: fields.ForeignKeyRelation[Event] = fields.ForeignKeyField(
        "calendar.Event", related_name="terms", on_delete=fields.CASCADE
    )
    facet = fields.CharField(max_length=16)
    value = fields.CharField(max_length=48)

    class Meta:
        table = "event_term"
        unique_together = (("event", "facet", "value"),)
        indexes = (Index(fields=("facet", "value", "event_id")),)


class Rendering(Model):
    """One event as bytes, in one language and form, good while input time and renderer version agree."""

    id = fields.IntField(primary_key=True)
    event: fields.ForeignKeyRelation[Event] = fields.ForeignKeyField(
        "calendar.Event", related_name="renderings", on_delete=fields.CASCADE
    )
    language = fields.CharField(max_length=16)
    form = fields.CharField(max_length=16)
    input_time = UTCDatetimeField()
    renderer_version = fields.CharField(max_length=64)
    body = fields.BinaryField()

    class Meta:
        table = "rendering"
        unique_together = (("event", "language", "form"),)


class Proposal(Model):
    """Everything not yet public: a new event, or a changed one, as it was typed. Cancelling never waits here.

    `started_from` is the event's `modified` when the editing began; `version` counts the saves, so that of two
    windows the later one can tell that another has saved. Without an organisation a resident has proposed it.
    """

    id = fields.IntField(primary_key=True)
    key = fields.CharField(max_length=16, unique=True)
    event: fields.ForeignKeyNullableRelation[Event] = fields.ForeignKeyField(
        "calendar.Event", related_name="proposals", null=True, on_delete=fields.CASCADE
    )
    organisation: fields.ForeignKeyNullableRelation[Organisation] = fields.ForeignKeyField(
        "calendar.Organisation", related_name="proposals", null=True, on_delete=fields.CASCADE
    )
    author: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "calendar.Person", related_name="proposals", null=True, on_delete=fields.SET_NULL
    )
    image: fields.ForeignKeyNullableRelation[Image] = fields.ForeignKeyField(
        "calendar.Image", related_name="proposals", null=True, on_delete=fields.SET_NULL
    )
    state = fields.CharField(max_length=16, default="autosaved")
    scope = fields.CharField(max_length=16, default="all")
    from_date = fields.DateField(null=True)
    started_from = UTCDatetimeField(null=True)
    version = fields.IntField(default=1)
    payload: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    first_start = UTCDatetimeField(null=True)
    created = UTCDatetimeField()
    modified = UTCDatetimeField()
    submitted = UTCDatetimeField(null=True)
    reason = fields.CharField(max_length=32, default="")
    note = fields.CharField(max_length=500, default="")

    class Meta:
        table = "proposal"
        indexes = (
            Index(fields=("organisation_id", "state")),
            Index(fields=("state", "first_start")),
            Index(fields=("event_id",)),
        )


class Confirmation(Model):
    """A link in a letter by which an organiser says with one button that an event is still on. Kept hashed."""

    id = fields.IntField(primary_key=True)
    event: fields.ForeignKeyRelation[Event] = fields.ForeignKeyField(
        "calendar.Event", related_name="confirmations", on_delete=fields.CASCADE
    )
    secret_hash = fields.CharField(max_length=64, unique=True)
    created = UTCDatetimeField()
    expires = UTCDatetimeField()
    used = UTCDatetimeField(null=True)

    class Meta:
        table = "confirmation"
        indexes = (Index(fields=("event_id",)),)
