"""The tables of organisations, people, sign-in, messages and the audit log."""

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from web.database.fields import UTCDatetimeField


class Organisation(Model):
    """One publisher. Its slug stands in subscribed addresses and never changes."""

    id = fields.IntField(primary_key=True)
    slug = fields.CharField(max_length=80, unique=True)
    name = fields.CharField(max_length=160)
    kind = fields.CharField(max_length=32, default="association")
    register_number = fields.CharField(max_length=32, default="")
    languages: fields.Field[list[str]] = fields.JSONField(default=list)
    area = fields.CharField(max_length=32, default="")
    contact_email = fields.CharField(max_length=254, default="")
    contact_phone = fields.CharField(max_length=40, default="")
    website = fields.CharField(max_length=500, default="")
    state = fields.CharField(max_length=16, default="pending")
    review_first = fields.BooleanField(default=True)
    state_changed = UTCDatetimeField(null=True)
    state_reason = fields.CharField(max_length=32, default="", db_default="")
    state_note = fields.CharField(max_length=500, default="", db_default="")
    created = UTCDatetimeField()
    modified = UTCDatetimeField()

    class Meta:
        table = "organisation"


class OrganisationText(Model):
    """What an organisation says of itself in one language."""

    id = fields.IntField(primary_key=True)
    organisation: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "calendar.Organisation", related_name="texts", on_delete=fields.CASCADE
    )
    language = fields.CharField(max_length=16)
    description = fields.TextField(default="")

    class Meta:
        table = "organisation_text"
        unique_together = (("organisation", "language"),)


class Person(Model):
    """Somebody who signs in: known by an e-mail address, which is kept in lower case."""

    id = fields.IntField(primary_key=True)
    email = fields.CharField(max_length=254, unique=True)
    name = fields.CharField(max_length=120, default="")
    language = fields.CharField(max_length=8)
    is_city_staff = fields.BooleanField(default=False)
    created = UTCDatetimeField()
    last_seen = UTCDatetimeField()
    idle_warned = UTCDatetimeField(null=True)

    class Meta:
        table = "person"


class Membership(Model):
    """That a person acts for an organisation, as its owner or as an editor."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "calendar.Person", related_name="memberships", on_delete=fields.CASCADE
    )
    organisation: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "calendar.Organisation", related_name="memberships", on_delete=fields.CASCADE
    )
    role = fields.CharField(max_length=8)
    created = UTCDatetimeField()

    class Meta:
        table = "membership"
        unique_together = (("person", "organisation"),)


class Invitation(Model):
    """A letter that lets whoever reads that address join an organisation, once. The secret is kept hashed."""

    id = fields.IntField(primary_key=True)
    organisation: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "calendar.Organisation", related_name="invitations", on_delete=fields.CASCADE
    )
    invited_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "calendar.Person", related_name="invitations", null=True, on_delete=fields.SET_NULL
    )
    email = fields.CharField(max_length=254)
    role = fields.CharField(max_length=8)
    secret_hash = fields.CharField(max_length=64, unique=True)
    created = UTCDatetimeField()
    expires = UTCDatetimeField()
    used = UTCDatetimeField(null=True)

    class Meta:
        table = "invitation"
        indexes = (Index(fields=("organisation_id",)),)


class SignInChallenge(Model):
    """One letter with a code and a link, by either of which an address is proven, once. Both are kept hashed."""

    id = fields.IntField(primary_key=True)
    email = fields.CharField(max_length=254)
    handle_hash = fields.CharField(max_length=64, unique=True)
    code_hash = fields.CharField(max_length=64)
    link_hash = fields.CharField(max_length=64, unique=True)
    purpose = fields.CharField(max_length=16, default="sign-in")
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "calendar.Person", related_name="challenges", null=True, on_delete=fields.CASCADE
    )
    tries = fields.SmallIntField(default=0)
    created = UTCDatetimeField()
    expires = UTCDatetimeField()
    used = UTCDatetimeField(null=True)

    class Meta:
        table = "sign_in_challenge"
        indexes = (Index(fields=("email",)), Index(fields=("expires",)))


class Session(Model):
    """One browser that has signed in. The secret in its cookie is kept hashed."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "calendar.Person", related_name="sessions", on_delete=fields.CASCADE
    )
    secret_hash = fields.CharField(max_length=64, unique=True)
    shared = fields.BooleanField(default=False)
    browser = fields.CharField(max_length=80, default="")
    created = UTCDatetimeField()
    last_seen = UTCDatetimeField()
    expires = UTCDatetimeField()

    class Meta:
        table = "session"
        indexes = (Index(fields=("person_id",)), Index(fields=("expires",)))


class AuditEntry(Model):
    """Who did what to what, when. `target` is an event's public id, an organisation's slug or a row's number."""

    id = fields.IntField(primary_key=True)
    at = UTCDatetimeField()
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "calendar.Person", related_name="deeds", null=True, on_delete=fields.SET_NULL
    )
    role = fields.CharField(max_length=16)
    action = fields.CharField(max_length=32)
    target_kind = fields.CharField(max_length=16)
    target = fields.CharField(max_length=80)
    organisation: fields.ForeignKeyNullableRelation[Organisation] = fields.ForeignKeyField(
        "calendar.Organisation", related_name="history", null=True, on_delete=fields.SET_NULL
    )
    detail: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)

    class Meta:
        table = "audit_entry"
        indexes = (
            Index(fields=("target_kind", "target", "at")),
            Index(fields=("organisation_id", "at")),
            Index(fields=("person_id", "at")),
            Index(fields=("at",)),
        )


class Message(Model):
    """What a reader told the city: feedback, a wrong word, or that an event is not right."""

    id = fields.IntField(primary_key=True)
    kind = fields.CharField(max_length=16)
    reason = fields.CharField(max_length=32, default="")
    text = fields.TextField(default="")
    about = fields.CharField(max_length=500, default="")
    language = fields.CharField(max_length=8)
    reply_to = fields.CharField(max_length=254, default="")
    organisation: fields.ForeignKeyNullableRelation[Organisation] = fields.ForeignKeyField(
        "calendar.Organisation", related_name="messages", null=True, on_delete=fields.SET_NULL
    )
    created = UTCDatetimeField()
    due = fields.DateField()
    closed = UTCDatetimeField(null=True)
    closed_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "calendar.Person", related_name="answered", null=True, on_delete=fields.SET_NULL
    )
    answer = fields.TextField(default="")

    class Meta:
        table = "message"
        indexes = (Index(fields=("closed", "due")), Index(fields=("kind", "about")))
