"""The form of an event as a page, and the fragments that htmx swaps in after each save."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from starlette.responses import Response

from events.desk.form import comparison as form_choosing
from events.desk.form.places import place_of_id, places_for
from events.desk.form.view import FormView, form_view
from events.desk.history_lines import colleague
from events.desk.problem_texts import refusal_text
from events.desk.publisher import publisher
from events.editing.drafts import different
from events.editing.errors import EditRefused
from events.editing.input.facts import one_place
from events.editing.input.schedule import FIELDS as SCHEDULE_FIELDS
from events.editing.proposals import Saved, Stored
from organisations.desk.responses import show
from organisations.desk_context import DeskContext
from web.database.connection import fetch
from web.dates import write_day, write_moment
from web.forms import Problem
from web.page import HTML
from web.site import LOCAL_ZONE


async def form_page(
    desk: DeskContext,
    stored: Stored,
    fields: Mapping[str, str],
    *,
    window: str,
    problems: Sequence[Problem] = (),
    status: int = 200,
    version: int | None = None,
    returned: bool = False,
) -> Response:
    """The form of a proposal with these fields. `returned` says that they were typed before the sign-in ended."""
    # One value made of many fields, each in its line: no part of it would read better alone.
    language = desk.language
    _ = language.gettext
    view = await _view(desk, fields, problems, desk.asked("places"))
    publishing = await publisher(desk.acting.organisation_id)
    today = desk.today
    unpublished = form_choosing.changed(stored.base, stored.fields, language, today=today) if stored.public_id else ""
    return show(
        desk,
        "desk/event_form.html",
        _("Edit an event") if stored.public_id else _("New event"),
        path_of(stored.key),
        status=status,
        view=view,
        form=view.form,
        stored=stored,
        version=stored.version if version is None else version,
        window=window,
        fields=fields,
        publisher=publishing,
        returned=returned,
        saved="" if returned or stored.version == 1 else _saved_at(desk, stored.modified),
        told="",
        beside="",
        scope=stored.scope if stored.public_id else "",
        day_text=write_day(stored.day, language, today=today) if stored.day else "",
        unpublished=unpublished,
        begun_by=await _begun_by(desk, stored) if unpublished else "",
        other="",
    )


async def _begun_by(desk: DeskContext, stored: Stored) -> str:
    """Which colleague began a draft; empty for the reader's own."""
    if stored.author_id in (None, desk.visitor.person_id):
        return ""
    rows = await fetch("SELECT name FROM person WHERE id = ?", stored.author_id)
    return colleague(rows[0]["name"] if rows else "", desk.language)


async def saved_fragments(
    desk: DeskContext,
    before: Stored,
    fields: Mapping[str, str],
    saved: Saved,
    *,
    other: str = "",
    place_replaced: bool = False,
) -> Response:
    """What htmx puts into the page after a save: when it was, and what follows from what was typed. `place_replaced`
    says that a new place has taken the place of one that the page still shows as chosen."""
    site, language = desk.site, desk.language
    changed = different(before.fields, fields)
    view = await _view(desk, fields, (), "")
    body = site.renderer.html(
        "desk/_event_form_pieces.html",
        language,
        {
            "view": view,
            "stored": before,
            "version": saved.version,
            "beside": saved.key if saved.key != desk.parameters["key"] else "",
            "saved": _saved_at(desk, desk.now),
            "told": "",
            "other": other,
            "dates_changed": any(name in SCHEDULE_FIELDS for name in changed),
            "place_changed": place_replaced or "new_place_name" in changed,
        },
    )
    return Response(body, headers={"Content-Type": HTML})


def refused_fragments(desk: DeskContext, text: str, *, version: int, address: str = "") -> Response:
    """What htmx puts into the page where nothing was saved, and why. The form keeps everything."""
    body = desk.site.renderer.html(
        "desk/_event_form_saved.html",
        desk.language,
        {"version": version, "beside": "", "saved": "", "told": text, "other": "", "address": address},
    )
    return Response(body, 422, headers={"Content-Type": HTML, "Cache-Control": "no-store"})


def gone_on(desk: DeskContext, saved: Saved) -> Response:
    """What htmx puts into the page where its draft has gone: the window goes on with another."""
    site, language = desk.site, desk.language
    body = site.renderer.html(
        "desk/_event_form_saved.html",
        language,
        {
            "version": saved.version,
            "beside": saved.key,
            "saved": _saved_at(desk, desk.now),
            "told": "",
            "other": "",
        },
    )
    return Response(body, headers={"Content-Type": HTML, "Cache-Control": "no-store"})


def refused_page(desk: DeskContext, refused: EditRefused) -> Response:
    """The page that says why nothing was done, with a way on."""
    language = desk.language
    title = language.gettext("That could not be done")
    text = refusal_text(refused, language)
    return show(desk, "desk/event_refused.html", title, "desk/", status=422, text=text)


def path_of(key: str, more: str = "") -> str:
    """The path of a proposal's pages, behind the language."""
    return f"desk/proposals/{key}{more}"


async def _view(
    desk: DeskContext, fields: Mapping[str, str], problems: Sequence[Problem], place_words: str
) -> FormView:
    site, fields = desk.site, one_place(fields)
    place = await place_of_id(fields.get("place", ""))
    return form_view(
        fields,
        problems,
        desk.language,
        places=await places_for(desk.acting.organisation_id, fields.get("place", ""), place_words),
        place_words=place_words,
        place_access=place["access"] if place else {},
        written=[language.tag for language in site.languages.values()],
        today=desk.today,
    )


def _saved_at(desk: DeskContext, moment: datetime) -> str:
    """«to 3.12. klo 14.32»."""
    local = moment.astimezone(LOCAL_ZONE).replace(tzinfo=None)
    return write_moment(local, desk.language, today=desk.today)
