"""Handlers of the form of an event: begin, show, save, send."""

import secrets
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from events.desk.form.answers import form_page, path_of, refused_fragments, refused_page, saved_fragments
from events.desk.form.checks import edited, to_be_confirmed, unpublishable
from events.desk.form.fields import WINDOW, payload_of_form, shown_problems
from events.desk.form.new_drafts import new_draft
from events.desk.form.saving import NEVER, keep
from events.desk.form.unsaved_texts import find_unsaved_text
from events.desk.permissions import actor_of, proposal_of
from events.desk.problem_texts import refusal_text
from events.editing import acceptance, proposals
from events.editing.errors import EditRefused
from events.editing.input.fields import Payload
from events.editing.proposals import Saved, Stored
from organisations.desk.responses import back_to, show
from organisations.desk_context import DeskContext, desk_context_of
from web.form_body import read_form
from web.forms import Form, Problem
from web.links import with_query

MOST_SENT: Final = 1_000
LARGEST_SENT: Final = 256 * 1024
"""Fields of the form, and bytes of one: what is too long is said at its field, not refused unread."""


async def begin(request: Request) -> Response:
    """`…/organisations/{slug}/events/new`: on to the form of a new event, or of one that was begun and not touched."""
    desk = desk_context_of(request)
    written_in = desk.language.tag
    try:
        stored = await new_draft(
            desk.acting.organisation_id,
            author_id=desk.visitor.person_id,
            written_in=written_in,
            now=desk.now,
        )
    except EditRefused as refused:
        return refused_page(desk, refused)
    return back_to(desk, path_of(stored.key))


async def show_form(request: Request) -> Response:
    """`/{lang}/desk/proposals/{key}`: the form as it was left; or that it was sent and waits."""
    desk = desk_context_of(request)
    stored = await proposal_of(desk)
    kept = await find_unsaved_text(desk.asked("kept"), stored.key)
    window = secrets.token_urlsafe(9)
    if kept is not None:
        return await form_page(
            desk, stored, kept.fields, window=kept.fields.get(WINDOW, window), version=kept.version, returned=True
        )
    if stored.state == "submitted" and "edit" not in dict(desk.query):
        title = desk.language.gettext("Sent to the city")
        return show(desk, "desk/event_sent.html", title, path_of(stored.key), stored=stored)
    return await form_page(desk, stored, stored.fields, window=window)


async def take_form(request: Request) -> Response:
    """`POST /{lang}/desk/proposals/{key}`: save what was typed, then do what the button says."""
    desk = desk_context_of(request)
    stored = await proposal_of(desk)
    sent = await read_form(request, most_fields=MOST_SENT, largest_field=LARGEST_SENT)
    stored = await _of_this_window(stored, sent)
    fields = payload_of_form(sent)
    now, author = desk.now, desk.visitor.person_id
    try:
        saved = await keep(stored, fields, version_of(sent), author_id=author, now=now)
    except EditRefused as refused:
        return await _not_saved(desk, stored, fields, sent, refused)
    if desk.partial:
        replaced = bool(sent.value("place")) and "place" not in fields
        return await saved_fragments(desk, stored, fields, saved, other=saved.other, place_replaced=replaced)
    if saved.other:
        return back_to(desk, with_query(path_of(saved.key, "/versions"), f"other={saved.other}"))
    return await _do(desk, stored, fields, saved, sent)


async def _do(desk: DeskContext, stored: Stored, fields: Payload, saved: Saved, sent: Form) -> Response:
    """The response to a save, by the button that was pressed."""
    what, path = sent.value("do"), path_of(saved.key)
    if what == "places":
        query = urlencode({"places": sent.value("place_words")})
        return back_to(desk, f"{path}?{query}#place")
    if what == "dates":
        return back_to(desk, f"{path}#dates-found")
    if what == "image":
        return back_to(desk, f"{path}/image")
    if what not in ("preview", "publish"):
        return back_to(desk, path, done="saved")
    language, today = desk.language, desk.today
    problems = unpublishable(fields, language, today=today, edited=await edited(stored))
    if what == "publish":
        problems += await to_be_confirmed(fields, desk.acting.organisation_id, language)
    if problems:
        return await _wrong(desk, stored, fields, saved, problems)
    if what == "preview":
        return back_to(desk, f"{path}/preview")
    return await publish(desk, saved.key)


async def publish(desk: DeskContext, key: str) -> Response:
    """Send a saved proposal: on to the public event, to what has changed meanwhile, or back to what is wrong."""
    site, language = desk.site, desk.language
    try:
        outcome = await acceptance.submit(key, by=actor_of(desk), now=desk.now, uid_domain=site.settings.uid_domain)
    except EditRefused as refused:
        return refused_page(desk, refused)
    if outcome.state == "published" and outcome.change is not None:
        change = outcome.change
        return back_to(desk, f"desk/events/{change.public_id}?deed={change.audit_id or 0}")
    if outcome.state == "conflict":
        return back_to(desk, path_of(key, "/changes"))
    if outcome.state == "submitted":
        return back_to(desk, path_of(key))
    stored = await proposals.find(key)
    if stored is None:
        return refused_page(desk, EditRefused("proposal_gone"))
    problems = shown_problems(outcome.problems, language)
    return await form_page(
        desk, stored, stored.fields, window=stored.fields.get(WINDOW, ""), problems=problems, status=422
    )


async def _wrong(desk: DeskContext, stored: Stored, fields: Payload, saved: Saved, problems: list[Problem]) -> Response:
    return await form_page(
        desk, stored, fields, window=fields.get(WINDOW, ""), problems=problems, status=422, version=saved.version
    )


async def _not_saved(desk: DeskContext, stored: Stored, fields: Payload, sent: Form, refused: EditRefused) -> Response:
    """Everything that was typed stands there again, with what keeps it from being saved."""
    language, text = desk.language, refusal_text(refused, desk.language)
    if desk.partial:
        return refused_fragments(desk, text, version=version_of(sent))
    wrong = unpublishable(fields, language, today=desk.today, edited=await edited(stored))
    problems = [Problem("", text), *wrong]
    return await form_page(
        desk,
        stored,
        fields,
        window=fields.get(WINDOW, ""),
        problems=problems,
        status=422,
        version=version_of(sent),
    )


async def _of_this_window(stored: Stored, sent: Form) -> Stored:
    """The proposal that this window goes on with: another's, where both had saved and both were kept."""
    beside = await proposals.find(sent.value("beside")) if sent.value("beside") else None
    if beside is None or (beside.organisation_id, beside.public_id) != (stored.organisation_id, stored.public_id):
        return stored
    return beside


def version_of(sent: Form) -> int:
    """The version that a form was filled in over."""
    text = sent.value("version")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NEVER
