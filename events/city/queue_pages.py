"""Handlers of the city's queue: the list, one submission, publishing, sending back, assigning."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from events.city import decisions, places_asked_again, queue
from events.city.decisions import EVENT_RETURN_REASONS
from events.city.queue import Submission
from events.city.queue_view import Places, event_entry, seen
from events.desk.form.fields import shown_problems
from events.desk.problem_texts import refusal_text
from events.editing.errors import EditRefused
from organisations.city import directory, reasons
from organisations.city.decision_form import read_decided
from organisations.city.responses import PER_PAGE, paging, show_city, to_city
from organisations.desk_context import DeskContext, desk_context_of
from web.form_body import read_form
from web.forms import Form, Problem


async def show_queue(request: Request) -> Response:
    """`/{lang}/city/`: everything that waits, a page at a time."""
    desk = desk_context_of(request)
    language = desk.language
    paged = paging(desk, "city/", await queue.count())
    entries = await queue.load(limit=PER_PAGE, offset=paged.offset)
    places = await _places([entry.submission for entry in entries if entry.submission], today=desk.today)
    return show_city(
        desk,
        "city/queue.html",
        language.gettext("Waiting for the city"),
        "city/",
        paged=paged,
        entries=seen(entries, language, places=places, now=desk.now, today=desk.today),
        reasons=reasons.return_reasons(language),
        event_reasons=reasons.event_return_reasons(language),
        organisations=await directory.approved(),
        asked_again=await places_asked_again.waiting(),
    )


async def show_submission(request: Request) -> Response:
    """`/{lang}/city/proposals/{key}`: one event that waits, with every change."""
    desk = desk_context_of(request)
    return await _page(desk, Form())


async def publish(request: Request) -> Response:
    """`POST …/publication`: everybody sees it from now on."""
    desk = desk_context_of(request)
    language, site, key = desk.language, desk.site, desk.parameters["key"]
    organisation = (await read_form(request)).value("organisation")
    try:
        outcome = await decisions.publish(key, desk.visitor, organisation=organisation, site=site, now=desk.now)
    except EditRefused as refused:
        return await _refused(desk, refused)
    if outcome.state == "published":
        return to_city(desk, "city/", done="published")
    problems = list(shown_problems(outcome.problems, language))
    if outcome.state == "conflict":
        problems = [Problem("", language.gettext("The event has changed since. Open the form and look at both."))]
    # The fields stand on another page, to which the entry leads.
    return await _page(desk, Form(problems=tuple(Problem("", each.message) for each in problems)), status=422)


async def send_back(request: Request) -> Response:
    """`POST …/return`: to its author, with a reason."""
    desk = desk_context_of(request)
    site, key = desk.site, desk.parameters["key"]
    reason, note, form = read_decided(await read_form(request), desk.language, EVENT_RETURN_REASONS)
    if form.problems:
        return await _page(desk, form, status=422)
    try:
        await decisions.send_back(key, desk.visitor, reason, note, site=site, now=desk.now)
    except EditRefused as refused:
        return await _refused(desk, refused)
    return to_city(desk, "city/", done="event_returned")


async def assign(request: Request) -> Response:
    """`POST …/assignment`: a resident's proposal goes to an organisation, and on to its form."""
    desk = desk_context_of(request)
    key, now = desk.parameters["key"], desk.now
    organisation = (await read_form(request)).value("organisation")
    try:
        await decisions.assign(key, desk.visitor, organisation, now=now)
    except EditRefused as refused:
        return await _refused(desk, refused)
    return to_city(desk, f"city/proposals/{key}", done="assigned")


async def _places(found: Sequence[Submission], *, today: date) -> Places:
    return Places(await queue.places_of(found), await queue.meant_places(found, today=today))


async def _refused(desk: DeskContext, refused: EditRefused) -> Response:
    if refused.code == "proposal_gone":
        return to_city(desk, "city/", done="gone")
    language = desk.language
    text = refusal_text(refused, language)
    if refused.code == "organisation_suspended":
        text = language.gettext("Choose an approved organisation first.")
    return await _page(desk, Form(problems=(Problem("", text),)), status=422)


async def _page(desk: DeskContext, form: Form, *, status: int = 200) -> Response:
    language = desk.language
    one = await queue.submission(desk.parameters["key"])
    if one is None:
        raise HTTPException(404)
    places = await _places([one], today=desk.today)
    view = event_entry(one, language, places=places, now=desk.now, today=desk.today)
    context: dict[str, Any] = {
        "entry": view,
        "form": form,
        "about": one.key if form.problems and form.given else "",
        "event_reasons": reasons.event_return_reasons(language),
        "organisations": await directory.approved() if not one.slug else [],
    }
    path = f"city/proposals/{one.key}"
    return show_city(desk, "city/proposal.html", view.title.text or path, path, status=status, **context)
