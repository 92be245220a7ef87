"""Beginning an edit of a public event: the choice of dates that it is about, and what follows from each choice."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from events.desk.form.answers import path_of, refused_page
from events.desk.form.new_drafts import edit_draft
from events.desk.target import target_of
from events.domain.event import Event
from events.editing.errors import EditRefused
from events.editing.scopes import SCOPES
from events.presenting.cards import title
from events.presenting.shown_date import shown_date
from organisations.desk.responses import back_to, show
from organisations.desk_context import DeskContext, desk_context_of
from web.dates import write_day

DATES_OFFERED = 30


async def begin_edit(request: Request) -> Response:
    """`/{lang}/desk/events/{event}/edit?scope=…&date=…`: the form of an edit; without a scope, a series asks for one.

    `date` is the scope of one date, `following` that date and all after it, `all` the whole event.
    """
    desk = desk_context_of(request)
    event, asked = (await target_of(desk)).event, dict(desk.query)
    scope = {"date": "this"}.get(asked.get("scope", ""), asked.get("scope", ""))
    day = _day(asked.get("date", ""))
    if not event.is_series:
        scope, day = "all", None
    if scope not in SCOPES or (scope != "all" and day is None):
        return _choices(desk, event, day)
    try:
        stored = await edit_draft(
            event.public_id,
            organisation_id=desk.acting.organisation_id,
            author_id=desk.visitor.person_id,
            scope=scope,
            day=None if scope == "all" else day,
            now=desk.now,
        )
    except EditRefused as refused:
        return refused_page(desk, refused)
    return back_to(desk, path_of(stored.key))


def _choices(desk: DeskContext, event: Event, day: date | None) -> Response:
    site, language = desk.site, desk.language
    coming = shown_date(event, "", site.midnight()).upcoming[:DATES_OFFERED]
    options = [
        (str(one.original_date), write_day(one.local_start.date(), language, today=desk.today)) for one in coming
    ]
    return show(
        desk,
        "desk/event_form_scope.html",
        language.gettext("What do you want to edit?"),
        f"desk/events/{event.public_id}/edit",
        heading=title(event, language),
        event=event,
        days=options,
        chosen=str(day) if day else "",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
