"""A draft that has gone meanwhile, published or deleted: what was typed into its form begins a new one, and whoever
goes back to its page is told."""

from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from events.desk.form.answers import gone_on, path_of
from events.desk.form.fields import payload_of_form
from events.desk.form.pages import LARGEST_SENT, MOST_SENT, version_of
from events.desk.form.saving import keep
from events.editing import proposals
from events.editing.errors import EditRefused
from events.editing.input.fields import Payload
from events.editing.proposals import Saved
from organisations.desk.responses import back_to, show
from organisations.desk_context import DeskContext, desk_context_of
from web.database.connection import fetch
from web.form_body import read_form
from web.forms import Form


async def save_anew(request: Request, error: HTTPException) -> Response:
    """Keep what was typed as another draft of the same association. Raises `error` where it is not the sender's."""
    desk = desk_context_of(request)
    key = desk.parameters["key"]
    if await proposals.find(key) is not None:
        raise error
    sent = await read_form(request, most_fields=MOST_SENT, largest_field=LARGEST_SENT)
    fields = payload_of_form(sent)
    organisation_id = _own(desk, sent.value("organisation"))
    if organisation_id is None or not fields:
        raise error
    try:
        saved = await _begun(desk, organisation_id, sent, fields)
    except EditRefused:
        raise error from None
    if desk.partial:
        return gone_on(desk, saved)
    return back_to(desk, path_of(saved.key), done="draft_again")


async def tell_gone(request: Request, _error: HTTPException) -> Response:
    """The page in place of a draft's that is not there, or is somebody else's: neither shows which."""
    desk = desk_context_of(request)
    language = desk.language
    return show(
        desk,
        "desk/event_refused.html",
        language.gettext("This draft is not there any more"),
        "desk/",
        status=404,
        text=language.gettext("It was published or deleted. What is public stands at your desk."),
    )


async def _begun(desk: DeskContext, organisation_id: int, sent: Form, fields: Payload) -> Saved:
    """The draft that this window has begun since, a new one, or a new edit of the same event. Raises `EditRefused`."""
    now, author = desk.now, desk.visitor.person_id
    begun_before = await proposals.find(sent.value("beside")) if sent.value("beside") else None
    if begun_before is not None and begun_before.organisation_id == organisation_id:
        return await keep(begun_before, fields, version_of(sent), author_id=author, now=now)
    about = sent.value("about")
    if not about:
        stored = await proposals.begin(organisation_id=organisation_id, author_id=author, fields=fields, now=now)
        return Saved(stored.key, stored.version)
    rows = await fetch("SELECT organisation_id FROM event WHERE public_id = ?", about)
    if not rows or rows[0]["organisation_id"] != organisation_id:
        raise EditRefused("no_such_event")
    stored = await proposals.begin_edit(
        about, author_id=author, scope=sent.value("scope") or "all", day=_day(sent.value("day")), now=now
    )
    return await proposals.save(stored.key, fields, stored.version, author_id=author, now=now)


def _own(desk: DeskContext, slug: str) -> int | None:
    """The sender's own association of this name, where it may publish."""
    for membership in desk.visitor.memberships:
        if membership.slug == slug and membership.state != "suspended":
            return membership.organisation_id
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
