"""The places of which one question about access must be answered again, since it read the wrong way round.

The audit log says which: an answer was removed there, and nobody has given it since.
"""

from dataclasses import dataclass
from typing import Any, Final

from web.database.connection import fetch

ATTRIBUTE: Final = "assistant_free"
TAKEN_AWAY: Final = "place_asked_again"
ANSWERED: Final = "place_answered"

_WAITING: Final = (
    "SELECT p.id, p.name, p.street_address, p.city FROM place p WHERE p.replaced_by_id IS NULL AND EXISTS"
    " (SELECT 1 FROM audit_entry a WHERE a.target_kind = 'place' AND a.target = CAST(p.id AS TEXT) AND a.action = ?"
    " AND NOT EXISTS (SELECT 1 FROM audit_entry b WHERE b.target_kind = 'place' AND b.target = a.target"
    " AND b.action = ? AND b.id > a.id))"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place that waits for an answer."""

    id: int
    name: str
    street_address: str
    city: str


async def waiting() -> list[Place]:
    """All of them by name; a merged place waits no longer, since the one that took its place speaks for it."""
    rows = await fetch(f"{_WAITING} ORDER BY LOWER(p.name), p.id", TAKEN_AWAY, ANSWERED)
    return [_place(row) for row in rows]


async def waits(number: int) -> bool:
    """Whether this place is among them."""
    return bool(await fetch(f"{_WAITING} AND p.id = ?", TAKEN_AWAY, ANSWERED, number))


def _place(row: dict[str, Any]) -> Place:
    return Place(row["id"], row["name"], row["street_address"], row["city"])
