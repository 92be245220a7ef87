"""Who publishes: associations, groups and the city's own units."""

from tortoise import fields
from tortoise.models import Model

from web.fields import UTCDatetimeField


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
