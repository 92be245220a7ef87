"""Events at the city's desk: searched, withdrawn at once for a reason, published again."""

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from events import sentences
from events.city import decisions, event_search
from events.city.event_search import FoundEvent
from events.desk.problem_texts import refusal_text
from events.editing import changes
from events.editing.changes import Actor
from events.editing.errors import EditRefused
from events.editing.history import history
from organisations.city import audit_words, reasons
from organisations.city.audit_search import Search, entries
from organisations.city.decision_form import read_decided
from organisations.city.responses import asked_words, moment_in_words, paging, show_city, to_city
from organisations.city_letters import WITHDRAWAL_REASONS
from organisations.desk_context import DeskContext, desk_context_of
from organisations.visitors import CITY
from web.form_body import read_form
from web.forms import Form
from web.i18n import Language

HISTORY = 30


async def show_events(request: Request) -> Response:
    """`/{lang}/city/events?q=…&organisation=…`: whatever was published, the latest first."""
    desk = desk_context_of(request)
    language, words = desk.language, asked_words(desk)
    organisation = asked_words(desk, "organisation")
    asked = {"q": words, "organisation": organisation}
    paged = paging(desk, "city/events", await event_search.count(words, organisation), asked)
    found = await event_search.found(words, organisation, now=desk.now, offset=paged.offset)
    return show_city(
        desk,
        "city/events.html",
        language.gettext("Events"),
        "city/events",
        query=urlencode({name: value for name, value in asked.items() if value}),
        form=Form({name: (value,) for name, value in asked.items()}),
        paged=paged,
        found=[(one, sentences.told_by(one.told_by, language), _when(desk, one)) for one in found],
        states=states(language),
    )


async def show_event(request: Request) -> Response:
    """`/{lang}/city/events/{event}`: one event, what was done to it, and what the city can do."""
    desk = desk_context_of(request)
    return await _page(desk, Form())


async def withdraw(request: Request) -> Response:
    """`POST …/withdrawal`: off every page and every calendar, at once."""
    desk = desk_context_of(request)
    site, public_id = desk.site, desk.parameters["event"]
    reason, note, form = read_decided(await read_form(request), desk.language, WITHDRAWAL_REASONS)
    if form.problems:
        return await _page(desk, form, status=422)
    try:
        await decisions.withdraw(public_id, desk.visitor, reason, note, site=site, now=desk.now)
    except EditRefused as refused:
        return await _refused(desk, refused)
    return to_city(desk, f"city/events/{public_id}", done="withdrawn")


async def undo(request: Request) -> Response:
    """`POST …/undo`: undo the last change that the city made to it."""
    desk = desk_context_of(request)
    public_id, by = desk.parameters["event"], Actor(desk.visitor.person_id, CITY)
    done = await history(public_id, reader=by)
    last = next((entry for entry in done if entry.action == "withdraw" and entry.undoable), None)
    try:
        if last is None:
            raise EditRefused("not_undoable")
        await changes.undo(last.id, by=by, now=desk.now)
    except EditRefused as refused:
        return await _refused(desk, refused)
    return to_city(desk, f"city/events/{public_id}", done="undone")


def states(language: Language) -> dict[str, str]:
    """How an event stands."""
    _ = language.gettext
    return {
        "published": _("Public"),
        "withdrawn": _("Taken off"),
        "suspended": _("Suspended with its organisation"),
    }


async def _refused(desk: DeskContext, refused: EditRefused) -> Response:
    if refused.code == "no_such_event":
        raise HTTPException(404)
    text = refusal_text(refused, desk.language)
    return await _page(desk, Form().with_problem("", text), status=422)


async def _page(desk: DeskContext, form: Form, *, status: int = 200) -> Response:
    language, now = desk.language, desk.now
    one = await event_search.one(desk.parameters["event"], now=now)
    if one is None:
        raise HTTPException(404)
    changes_done = await history(one.public_id, reader=Actor(desk.visitor.person_id, CITY))
    done = await entries(Search(target=one.public_id), offset=0, limit=HISTORY)
    return show_city(
        desk,
        "city/event.html",
        one.title or one.public_id,
        f"city/events/{one.public_id}",
        status=status,
        form=form,
        one=one,
        told=sentences.told_by(one.told_by, language),
        when=_when(desk, one),
        states=states(language),
        undoable=one.state == "withdrawn" and any(e.action == "withdraw" and e.undoable for e in changes_done),
        history=audit_words.lines(desk, done),
        withdrawal_reasons=reasons.withdrawal_reasons(language),
    )


def _when(desk: DeskContext, one: FoundEvent) -> str:
    return moment_in_words(desk, one.next_start) if one.next_start else ""
