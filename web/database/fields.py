"""Model fields that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from tortoise import fields

Moment = TypeVar("Moment", datetime, datetime | None)


def in_utc(value: datetime) -> datetime:
    """The same moment in UTC; ValueError for a naive value, whose moment nobody can know."""
    if value.utcoffset() is None:
        raise ValueError(f"naive datetime {value.isoformat()}: say which time zone it is in")
    return value.astimezone(UTC)


class UTCDatetimeField(fields.DatetimeField[Moment]):
    """A moment, always aware and in UTC, whichever time zone it was given in.

    Creating, saving, updating and filtering raise ValueError for naive values, and for anything that is not a
    datetime: SQLite would store and compare that as text. No `db_default=Now()`: SQLite writes it naive.
    """

    if TYPE_CHECKING:  # Tortoise's own overloads tell nothing about subclasses

        @overload
        def __init__(self: UTCDatetimeField[datetime], *, null: Literal[False] = False, **options: Any) -> None: ...

        @overload
        def __init__(self: UTCDatetimeField[datetime | None], *, null: Literal[True], **options: Any) -> None: ...

        def __init__(self, **options: Any) -> None: ...

    def to_python_value(self, value: Any) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if not isinstance(value, datetime):
            raise ValueError(f"{self.model_field_name} takes a datetime, not {value!r}")
        return in_utc(value)

    def to_db_value(self, value: Any, instance: Any) -> Any:
        if isinstance(value, datetime):
            value = in_utc(value)
        elif isinstance(value, date | str | int | float):
            raise ValueError(f"{self.model_field_name} takes a datetime, not {value!r}")
        return super().to_db_value(value, instance)
