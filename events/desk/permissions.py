"""Which organisation a draft or an event belongs to, for the guard in `organisations.permissions`."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from events.editing import proposals
from events.editing.changes import Actor
from events.editing.proposals import Stored
from organisations.desk_context import DeskContext
from web.database.connection import fetch
from web.request_context import parameters_of


async def of_proposal(request: Request) -> int | None:
    """The organisation of the proposal in the path; None where there is none, or it belongs to nobody."""
    rows = await fetch("SELECT organisation_id FROM proposal WHERE key = ?", parameters_of(request)["key"])
    return rows[0]["organisation_id"] if rows else None


async def of_event(request: Request) -> int | None:
    """The organisation of the event in the path; None where there is no such event."""
    rows = await fetch("SELECT organisation_id FROM event WHERE public_id = ?", parameters_of(request)["event"])
    return rows[0]["organisation_id"] if rows else None


async def proposal_of(desk: DeskContext) -> Stored:
    """The proposal in the path. Raises HTTPException 404 where it has gone since the guard let the request pass."""
    stored = await proposals.find(desk.parameters["key"])
    if stored is None:
        raise HTTPException(404)
    return stored


def actor_of(desk: DeskContext) -> Actor:
    """Who acts, as it is written down."""
    return Actor(desk.visitor.person_id, desk.acting.role)
