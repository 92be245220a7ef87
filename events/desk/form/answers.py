"""The form of an event as a page, and the pieces of it that follow each save."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from starlette.requests import Request
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
from organisations.permissions import acting_membership, visitor_of
from web.database.connection import fetch
from web.dates import write_day, write_moment
from web.forms import Problem
from web.page import HTML
from web.site import LOCAL_ZONE, language_of, site_of


async def form_page(
    request: Request,
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
    language = language_of(request)
    _ = language.gettext
    view = await _view(request, fields, problems, request.query_params.get("places", ""))
    publishing = await publisher(acting_membership(request).organisation_id)
    today = site_of(request).today()
    unpublished = form_choosing.changed(stored.base, stored.fields, language, today=today) if stored.public_id else ""
    return show(
        request,
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
        saved="" if returned or stored.version == 1 else _saved_at(request, stored.modified),
        told="",
        beside="",
        scope=stored.scope if stored.public_id else "",
        day_text=write_day(stored.day, language, today=today) if stored.day else "",
        unpublished=unpublished,
        begun_by=await _begun_by(request, stored) if unpublished else "",
        other="",
    )


async def _begun_by(request: Request, stored: Stored) -> str:
    """Which colleague began a draft; empty for the reader's own."""
    if stored.author_id in (None, visitor_of(request).person_id):
        return ""
    rows = await fetch("SELECT name FROM person WHERE id = ?", stored.author_id)
    return colleague(rows[0]["name"] if rows else "", language_of(request))


async def saved_pieces(
    request: Request,
    before: Stored,
    fields: Mapping[str, str],
    saved: Saved,
    *,
    other: str = "",
    place_replaced: bool = False,
) -> Response:
    """What htmx puts into the page after a save: when it was, and what follows from what was typed. `place_replaced`
    says that a new place has taken the place of one that the page still shows as chosen."""
    site, language = site_of(request), language_of(request)
    changed = different(before.fields, fields)
    view = await _view(request, fields, (), "")
    body = site.renderer.html(
        "desk/_event_form_pieces.html",
        language,
        {
            "view": view,
            "stored": before,
            "version": saved.version,
            "beside": saved.key if saved.key != request.path_params["key"] else "",
            "saved": _saved_at(request, site.now()),
            "told": "",
            "other": other,
            "dates_changed": any(name in SCHEDULE_FIELDS for name in changed),
            "place_changed": place_replaced or "new_place_name" in changed,
        },
    )
    return Response(body, headers={"Content-Type": HTML})


def pieces_refused(request: Request, text: str, *, version: int, address: str = "") -> Response:
    """What htmx puts into the page where nothing was saved, and why. The form keeps everything."""
    body = site_of(request).renderer.html(
        "desk/_event_form_saved.html",
        language_of(request),
        {"version": version, "beside": "", "saved": "", "told": text, "other": "", "address": address},
    )
    return Response(body, 422, headers={"Content-Type": HTML, "Cache-Control": "no-store"})


def gone_on(request: Request, saved: Saved) -> Response:
    """What htmx puts into the page where its draft has gone: the window goes on with another."""
    site, language = site_of(request), language_of(request)
    body = site.renderer.html(
        "desk/_event_form_saved.html",
        language,
        {
            "version": saved.version,
            "beside": saved.key,
            "saved": _saved_at(request, site.now()),
            "told": "",
            "other": "",
        },
    )
    return Response(body, headers={"Content-Type": HTML, "Cache-Control": "no-store"})


def refused_page(request: Request, refused: EditRefused) -> Response:
    """The page that says why nothing was done, with a way on."""
    language = language_of(request)
    title = language.gettext("That could not be done")
    text = refusal_text(refused, language)
    return show(request, "desk/event_refused.html", title, "desk/", status=422, text=text)


def path_of(key: str, more: str = "") -> str:
    """The path of a proposal's pages, behind the language."""
    return f"desk/proposals/{key}{more}"


async def _view(request: Request, fields: Mapping[str, str], problems: Sequence[Problem], place_words: str) -> FormView:
    site, fields = site_of(request), one_place(fields)
    place = await place_of_id(fields.get("place", ""))
    return form_view(
        fields,
        problems,
        language_of(request),
        places=await places_for(acting_membership(request).organisation_id, fields.get("place", ""), place_words),
        place_words=place_words,
        place_access=place["access"] if place else {},
        written=[language.tag for language in site.languages.values()],
        today=site.today(),
    )


def _saved_at(request: Request, moment: datetime) -> str:
    """«to 3.12. klo 14.32»."""
    local = moment.astimezone(LOCAL_ZONE).replace(tzinfo=None)
    return write_moment(local, language_of(request), today=site_of(request).today())
