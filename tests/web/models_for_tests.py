"""Throw-away models for the tests of the plumbing."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from tests.database import LABEL
from web.database.fields import UTCDatetimeField


class Shelf(Model):
    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=200, unique=True)
    count = fields.IntField(default=0)

    class Meta:
        table = "shelf"


class Label(Model):
    id = fields.IntField(primary_key=True)
    text = fields.CharField(max_length=50)

    class Meta:
        table = "label"


class Book(Model):
    id = fields.IntField(primary_key=True)
    shelf: fields.ForeignKeyRelation[Shelf] = fields.ForeignKeyField(
        f"{LABEL}.Shelf", related_name="books", on_delete=fields.CASCADE
    )
    title = fields.CharField(max_length=200, db_index=True)
    year = fields.IntField(null=True)
    lent = fields.BooleanField(default=False)
    published = fields.DateField(null=True)
    details = fields.JSONField[dict[str, str]](null=True)
    added = UTCDatetimeField(null=True)
    labels: fields.ManyToManyRelation[Label] = fields.ManyToManyField(
        f"{LABEL}.Label", related_name="books", through="book_label"
    )

    class Meta:
        table = "book"
        unique_together = (("shelf", "title"),)
        indexes = (("year", "added"),)
