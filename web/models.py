"""The technical tables: outgoing mail, background jobs, and the counts of rate limits."""

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from web.database.fields import UTCDatetimeField


class OutgoingMail(Model):
    """One letter, written in the transaction of what it tells of, and sent later by a job.

    `key` keeps one that must go out once from being written twice. What is sent loses its text.
    """

    id = fields.IntField(primary_key=True)
    key = fields.CharField(max_length=120, unique=True, null=True)
    recipient = fields.CharField(max_length=254)
    subject = fields.CharField(max_length=200)
    text = fields.TextField()
    created = UTCDatetimeField()
    expires = UTCDatetimeField(null=True)
    next_try = UTCDatetimeField()
    tries = fields.SmallIntField(default=0)
    sent = UTCDatetimeField(null=True)
    given_up = UTCDatetimeField(null=True)
    error = fields.CharField(max_length=200, default="")

    class Meta:
        table = "outgoing_mail"
        indexes = (Index(fields=("sent", "given_up", "next_try")),)


class Job(Model):
    """A piece of work that one process does once, at or after `run_at`. `key` makes it the only one of its name."""

    id = fields.IntField(primary_key=True)
    kind = fields.CharField(max_length=32)
    key = fields.CharField(max_length=120, unique=True)
    payload: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    run_at = UTCDatetimeField()
    locked_until = UTCDatetimeField(null=True)
    tries = fields.SmallIntField(default=0)
    done = UTCDatetimeField(null=True)
    error = fields.CharField(max_length=200, default="")

    class Meta:
        table = "job"
        indexes = (Index(fields=("done", "run_at")),)


class RateCount(Model):
    """How often something was tried under one key in one window of time."""

    key = fields.CharField(max_length=160, primary_key=True)
    number = fields.IntField()
    expires = UTCDatetimeField()

    class Meta:
        table = "rate_count"
        indexes = (Index(fields=("expires",)),)
