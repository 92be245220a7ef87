"""Resolving conflicts: somebody chooses between two drafts, or between an edit and the event as it has been changed
meanwhile. Nothing is deleted before that."""

from collections.abc import Iterable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from events.desk.form.answers import path_of, refused_page
from events.desk.form.comparison import chosen, pairs
from events.desk.form.fields import WINDOW, typed_apart
from events.desk.permissions import proposal_of
from events.editing import proposals
from events.editing.drafts import canonical, merged, payload_of_draft, without_status
from events.editing.errors import EditRefused
from events.editing.input.fields import Payload
from events.editing.proposals import Stored
from events.editing.rows.stored_drafts import draft_of
from events.editing.scopes import offered
from organisations.desk.responses import back_to, show
from organisations.desk_context import DeskContext, desk_context_of
from web.database.connection import fetch
from web.form_body import read_form
from web.forms import Form

MOST_PICKS = 600


async def show_versions(request: Request) -> Response:
    """`/{lang}/desk/proposals/{key}/versions?other=…`: two drafts of the same, side by side."""
    desk = desk_context_of(request)
    stored = await proposal_of(desk)
    other = await _other(stored, desk.asked("other"))
    if other is None:
        return back_to(desk, path_of(stored.key))
    names = typed_apart(other.fields, stored.fields)
    return await _page(desk, stored, stored.fields, other.fields, names, other=other.key)


async def choose_version(request: Request) -> Response:
    """`POST …/versions`: one draft of both, as picked; the other goes."""
    desk = desk_context_of(request)
    stored, sent = await proposal_of(desk), await read_form(request, most_fields=MOST_PICKS)
    other = await _other(stored, sent.value("other"))
    if other is None:
        return back_to(desk, path_of(stored.key))
    fields = chosen(stored.fields, other.fields, _picked(sent))
    try:
        await _save(desk, stored, fields)
    except EditRefused as refused:
        return refused_page(desk, refused)
    await proposals.discard(other.key)
    return back_to(desk, path_of(stored.key), done="saved")


async def show_changes(request: Request) -> Response:
    """`/{lang}/desk/proposals/{key}/changes`: what somebody else has changed in the event since the edit began."""
    desk = desk_context_of(request)
    stored = await proposal_of(desk)
    try:
        theirs, names = await _since_begun(desk, stored)
    except EditRefused as refused:
        return refused_page(desk, refused)
    mine = {**stored.fields, "image": str(stored.image_id or "")}
    if mine["image"] != theirs.get("image", ""):
        names = (*names, "image")
    return await _page(desk, stored, mine, theirs, names)


async def choose_changes(request: Request) -> Response:
    """`POST …/changes`: the edit goes on from the event as it is now, with what was picked."""
    desk = desk_context_of(request)
    stored, sent = await proposal_of(desk), await read_form(request, most_fields=MOST_PICKS)
    try:
        theirs, _names = await _since_begun(desk, stored)
        anew = await _begin_again(desk, stored, theirs, _picked(sent))
    except EditRefused as refused:
        return refused_page(desk, refused)
    return back_to(desk, path_of(anew.key), done="saved")


async def _begin_again(desk: DeskContext, stored: Stored, theirs: Payload, picked: Mapping[str, str]) -> Stored:
    """A new edit of the same event in place of one that began from an older version."""
    today, author = desk.today, desk.visitor.person_id
    mine, base = (canonical(fields, today=today) for fields in (stored.fields, stored.base))
    together, _conflicts = merged(base, mine, theirs)
    fields = chosen(together, theirs, picked)
    fields.pop("image", None)
    anew = await proposals.begin_edit(
        str(stored.public_id), author_id=author, scope=stored.scope, day=stored.day, now=desk.now
    )
    await _save(desk, anew, fields)
    if stored.image_id != anew.image_id and picked.get("image") != "theirs":
        await proposals.set_image(anew.key, stored.image_id, now=desk.now)
    await proposals.discard(stored.key)
    return anew


async def _since_begun(desk: DeskContext, stored: Stored) -> tuple[Payload, tuple[str, ...]]:
    """(what the event says now, the fields that both sides have changed). Raises `EditRefused`."""
    today = desk.today
    rows = await fetch("SELECT id, image_id FROM event WHERE public_id = ?", stored.public_id)
    if not rows:
        raise EditRefused("no_such_event")
    now_says = offered(await draft_of(rows[0]["id"]), stored.scope, stored.day)
    theirs = canonical(without_status(payload_of_draft(now_says)), today=today)
    mine, base = (canonical(fields, today=today) for fields in (stored.fields, stored.base))
    _together, conflicts = merged(base, without_status(mine), theirs)
    return {**theirs, "image": str(rows[0]["image_id"] or "")}, conflicts


async def _page(
    desk: DeskContext,
    stored: Stored,
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
    names: Iterable[str],
    *,
    other: str = "",
) -> Response:
    language = desk.language
    title = (
        language.gettext("Two different texts") if other else language.gettext("The event has been changed meanwhile")
    )
    path = path_of(stored.key, "/versions" if other else "/changes")
    return show(
        desk,
        "desk/event_form_choice.html",
        title,
        path,
        query=f"other={other}" if other else "",
        pairs=pairs(mine, theirs, names, language, places=await _names(mine, theirs), today=desk.today),
        other=other,
        action=f"/{language.code}/{path}",
        back=f"/{language.code}/{path_of(stored.key)}",
    )


async def _names(*texts: Mapping[str, str]) -> dict[str, str]:
    """The places that these forms name, by id."""
    known = (text.get("place", "") for text in texts)
    ids = [int(place) for place in known if place.isascii() and place.isdigit() and len(place) < 10]
    if not ids:
        return {}
    rows = await fetch(f"SELECT id, name FROM place WHERE id IN ({', '.join('?' * len(ids))})", *ids)
    return {str(row["id"]): row["name"] for row in rows}


async def _other(stored: Stored, key: str) -> Stored | None:
    """The other text of the same event of the same organisation."""
    other = await proposals.find(key) if key and key != stored.key else None
    same = other is not None and (other.organisation_id, other.public_id) == (stored.organisation_id, stored.public_id)
    return other if same else None


async def _save(desk: DeskContext, stored: Stored, fields: Payload) -> None:
    kept = {name: text for name, text in fields.items() if name != WINDOW}
    author = desk.visitor.person_id
    await proposals.save(stored.key, kept, stored.version, author_id=author, now=desk.now)


def _picked(sent: Form) -> dict[str, str]:
    return {name.removeprefix("pick."): texts[0] for name, texts in sent.given.items() if name.startswith("pick.")}
