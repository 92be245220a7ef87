"""What the desk needs to know of the organisation that publishes."""

from dataclasses import dataclass

from web.database.connection import fetch


@dataclass(frozen=True, slots=True)
class Publisher:
    """An organisation as its form sees it. `at_once` says that what it publishes needs no review first."""

    slug: str
    name: str
    contact: str
    at_once: bool
    approved: bool


async def publisher(organisation_id: int) -> Publisher:
    """An organisation that exists."""
    rows = await fetch("SELECT * FROM organisation WHERE id = ?", organisation_id)
    row = rows[0]
    approved = row["state"] == "approved"
    return Publisher(row["slug"], row["name"], row["contact_email"], approved and not row["review_first"], approved)
