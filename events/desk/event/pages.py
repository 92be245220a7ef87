"""Handlers of one event at its organiser's desk: its state, dates and history; undoing a change, copying it."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from events import sentences
from events.desk import history_lines, status_words
from events.desk.date_lines import desk_dates
from events.desk.form.answers import path_of, refused_page
from events.desk.pending import Waiting, waiting_for_event
from events.desk.permissions import actor_of
from events.desk.problem_texts import refusal_text
from events.desk.target import Target, target_of
from events.domain.event import Event
from events.domain.labels import label
from events.editing import changes, proposals, reconfirmations
from events.editing.changes import Change
from events.editing.errors import EditRefused
from events.editing.history import Entry, history
from events.presenting.cards import title
from events.presenting.shown_date import shown_date
from organisations.desk.responses import back_to, number, show
from organisations.desk_context import DeskContext, desk_context_of
from web.database.connection import fetch
from web.form_body import read_form
from web.forms import Form
from web.i18n import Language
from web.links import with_query

SHOWN: Final = 8
"""Dates in sight; all of them are one link away."""


async def show_event(request: Request) -> Response:
    """`/{lang}/desk/events/{event}`: everything about an event, for those who look after it."""
    desk = desk_context_of(request)
    return await _page(desk, await target_of(desk), Form())


async def undo(request: Request) -> Response:
    """`POST …/undo`: undo a change, if nothing of it has changed since."""
    desk = desk_context_of(request)
    target = await target_of(desk)
    number_sent = number((await read_form(request)).value("deed"))
    try:
        if not await _is_about(number_sent, target.event.public_id):
            raise EditRefused("not_undoable")
        change = await changes.undo(number_sent, by=actor_of(desk), now=desk.now)
    except EditRefused as refused:
        form = Form().with_problem("", refusal_text(refused, desk.language))
        return await _page(desk, target, form, status=422)
    return after(desk, target, change)


async def confirm(request: Request) -> Response:
    """`POST …/confirmation`: it is still on as it stands."""
    desk = desk_context_of(request)
    target = await target_of(desk)
    try:
        change = await reconfirmations.confirm(target.event.public_id, by=actor_of(desk), now=desk.now)
    except EditRefused as refused:
        return refused_page(desk, refused)
    return after(desk, target, change)


async def show_copying(request: Request) -> Response:
    """`…/copy`: what a copy takes over, and one button."""
    desk = desk_context_of(request)
    target = await target_of(desk)
    language = desk.language
    return show(
        desk,
        "desk/copying.html",
        language.gettext("Copy to a new event"),
        f"{target.path}/copy",
        event_title=title(target.event, language),
        event_path=f"/{language.code}/{target.event_path}",
    )


async def copy(request: Request) -> Response:
    """`POST …/copy`: on to the form of a new event that says all that this one says, but when."""
    desk = desk_context_of(request)
    public_id, visitor = desk.parameters["event"], desk.visitor
    try:
        stored = await proposals.begin_copy(public_id, author_id=visitor.person_id, now=desk.now)
    except EditRefused as refused:
        return refused_page(desk, refused)
    return back_to(desk, path_of(stored.key))


def after(desk: DeskContext, target: Target, change: Change) -> Response:
    """Redirect to the event's page, which says what was done and offers to undo it."""
    address = f"/{desk.language.code}/{target.event_path}"
    return RedirectResponse(with_query(address, f"deed={change.audit_id or 0}"), 303)


async def _is_about(audit_id: int, public_id: str) -> bool:
    rows = await fetch(
        "SELECT id FROM audit_entry WHERE id = ? AND target_kind = 'event' AND target = ?", audit_id, public_id
    )
    return bool(rows)


async def _page(desk: DeskContext, target: Target, form: Form, *, status: int = 200) -> Response:
    language, site, event = desk.language, desk.site, target.event
    everything = desk.asked("dates") == "all"
    shown = shown_date(event, "", site.midnight())
    listed = event.dates if everything else shown.upcoming[:SHOWN]
    entries = await history(event.public_id, reader=actor_of(desk))
    now, today, may = desk.now, desk.today, _may_change(desk)
    return show(
        desk,
        "desk/dates.html",
        title(event, language).text,
        target.path,
        query="dates=all" if everything else "",
        status=status,
        form=form,
        event=event,
        heading=title(event, language),
        address=f"/{language.code}/{target.event_path}",
        dates=desk_dates(event, listed, language, now=now, today=today, may=may),
        may=may,
        more=len(event.dates) - len(listed),
        over=shown.over,
        state=_state(event, language),
        missing=_missing(desk, event, language),
        said_by=sentences.said_by(event, language, today=today),
        waiting=await _waiting(desk, event, language),
        history=history_lines.lines(entries, language, today=today),
        deed=_last_change(desk, entries, language),
        acting=desk.acting,
    )


async def _waiting(desk: DeskContext, event: Event, language: Language) -> list[Waiting]:
    organisation_id = desk.acting.organisation_id
    return await waiting_for_event(organisation_id, event.id, language, today=desk.today)


def _may_change(desk: DeskContext) -> bool:
    """Whether more than looking is open to this reader: an association that is suspended changes nothing."""
    membership = desk.visitor.membership_in(desk.acting.organisation_id)
    return membership is None or membership.state != "suspended"


def _state(event: Event, language: Language) -> str:
    """How the event as a whole stands, where that is not plain."""
    if event.withdrawn:
        return language.gettext("Taken off the calendar")
    if event.event_status != "scheduled":
        return label(language, "status", event.event_status)
    return language.gettext("Everything is full") if event.full else ""


def _missing(desk: DeskContext, event: Event, language: Language) -> str:
    """The languages of the site in which the event has no words of its own."""
    served = [one.tag for one in desk.site.languages.values() if "-" not in one.tag]
    names = [label(language, "language", tag) for tag in served if tag not in event.texts]
    return language.pgettext("list", ", ").join(names)


def _last_change(desk: DeskContext, entries: list[Entry], language: Language) -> tuple[str, str, int]:
    """(what was just done, what is still to be told, the audit entry's id that undoes it); empty where nothing was."""
    asked = desk.asked("deed")
    if asked == "0":
        return language.gettext("It was so already. Nothing has changed."), "", 0
    entry = next((one for one in entries if one.id == number(asked)), None)
    if entry is None or entry.undone:
        return "", "", 0
    said, later = status_words.done(entry, language)
    return said, later, entry.id if entry.undoable else 0
