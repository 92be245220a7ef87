"""Handlers of rescheduling: one date to another time, or all coming ones to another hour."""

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from events.desk import status_words
from events.desk.event.pages import after
from events.desk.permissions import actor_of
from events.desk.problem_texts import refusal_text
from events.desk.status import moving, reason_form
from events.desk.status.moving import NewTime
from events.desk.status.pages import around, reason_lists
from events.desk.target import Target, target_of
from events.editing import changes, status_commands
from events.editing.changes import Change
from events.editing.errors import EditRefused
from events.editing.status_changes import Reason
from organisations.desk.responses import show
from organisations.desk_context import DeskContext, desk_context_of
from web.form_body import read_form
from web.forms import Form, Reading


async def show_move(request: Request) -> Response:
    """`…/move`: the time as it is now, to be changed."""
    desk = desk_context_of(request)
    target = await _target(desk)
    given = reason_form.begun(desk.language).given
    return await _page(desk, target, Form({**given, **_filled(desk, target)}))


async def move(request: Request) -> Response:
    """`POST …/move`: at another time from now on, and said to be."""
    desk = desk_context_of(request)
    target, language = await _target(desk), desk.language
    reading = Reading(await read_form(request), language)
    now, today = desk.now, desk.today
    if target.one:
        span = moving.read_one(reading, target.event, target.one, language, now=now, today=today)
    else:
        span = moving.read_hours(reading, target.event, language, now=now, today=today)
    why = reason_form.read(reading, reason_lists(desk))
    if span is None or reading.form.problems:
        return await _page(desk, target, reading.form, status=422)
    try:
        change = await _moved(desk, target, span, why)
    except EditRefused as refused:
        field = refused.fields[0] if refused.fields and refused.fields[0] in ("start", "end") else ""
        form = reading.form.with_problem(field, refusal_text(refused, language))
        return await _page(desk, target, form, status=422)
    return after(desk, target, change)


async def _moved(desk: DeskContext, target: Target, span: NewTime, why: Reason) -> Change:
    public_id, now, by = target.event.public_id, desk.now, actor_of(desk)
    if target.one:
        day = target.one.original_date
        return await status_commands.move(public_id, day, span.start, span.end, why, by=by, now=now)
    change = moving.hours_changed(target.event, span, why, now=now)
    return await changes.change(public_id, "move", change, by=by, now=now, detail={"days": None, "reason": why.reason})


async def _target(desk: DeskContext) -> Target:
    """The date; for an event that has only one, that one. Whole days have no hour that could be another for all."""
    target = await target_of(desk)
    if target.one is None and not target.event.is_series:
        return replace(target, one=target.event.dates[0])
    if target.one is None and target.event.schedule.all_day:
        raise HTTPException(404)
    return target


def _filled(desk: DeskContext, target: Target) -> dict[str, tuple[str, ...]]:
    now = desk.now
    one = target.one or next(iter(moving.movable(target.event, now=now)), target.event.dates[-1])
    return dict(moving.filled(target.event, one))


async def _page(desk: DeskContext, target: Target, form: Form, *, status: int = 200) -> Response:
    language = desk.language
    heading, follows, button = status_words.asked("move", language, whole=target.one is None)
    return show(
        desk,
        "desk/move.html",
        heading,
        f"{target.path}/move",
        status=status,
        form=form,
        follows=follows,
        button=button,
        why=reason_lists(desk),
        with_date=target.one is not None,
        with_hours=not target.event.schedule.all_day,
        with_end=moving.has_end(target.event),
        **around(desk, target, language),
    )
