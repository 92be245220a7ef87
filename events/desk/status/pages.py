"""Handlers of cancelling, postponing, reinstating, full and withdrawing: a page that asks, and the target of its form.

Each is for one date or for the whole event.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from events import sentences
from events.desk import status_words
from events.desk.event.pages import after
from events.desk.permissions import actor_of
from events.desk.problem_texts import refusal_text
from events.desk.status import reason_form
from events.desk.status.reason_form import ReasonLists
from events.desk.target import Target, target_of
from events.editing import status_commands
from events.editing.changes import Change
from events.editing.errors import EditRefused
from events.presenting.cards import state, title
from organisations.desk.responses import show
from organisations.desk_context import DeskContext, desk_context_of
from web.form_body import read_form
from web.forms import Form, Reading
from web.i18n import Language

Work = Callable[..., Awaitable[Change]]


async def show_cancellation(request: Request) -> Response:
    """`…/cancellation`: why? Each answer is a button that does it."""
    desk = desk_context_of(request)
    return await _page(desk, "cancellation", reason_form.begun(desk.language))


async def cancel(request: Request) -> Response:
    """`POST …/cancellation`: off, and said to be."""
    return await _with_reason(
        desk_context_of(request), await read_form(request), "cancellation", status_commands.cancel
    )


async def show_postponement(request: Request) -> Response:
    """`…/postponement`: why? As for a cancellation."""
    desk = desk_context_of(request)
    return await _page(desk, "postponement", reason_form.begun(desk.language))


async def postpone(request: Request) -> Response:
    """`POST …/postponement`: put off to a time that is not known yet."""
    return await _with_reason(
        desk_context_of(request), await read_form(request), "postponement", status_commands.postpone
    )


async def show_reinstatement(request: Request) -> Response:
    """`…/reinstatement`: one button."""
    desk = desk_context_of(request)
    return await _page(desk, "reinstatement", Form())


async def reinstate(request: Request) -> Response:
    """`POST …/reinstatement`: it takes place after all."""
    desk = desk_context_of(request)
    return await _plainly(desk, "reinstatement", status_commands.reinstate)


async def show_fullness(request: Request) -> Response:
    """`…/fullness`: one button, which says the opposite of what is said now."""
    desk = desk_context_of(request)
    target = await target_of(desk)
    return await _page(desk, "places" if _is_full(target) else "full", Form())


async def mark_fullness(request: Request) -> Response:
    """`POST …/fullness`: full, or with `full=0` places again."""
    desk = desk_context_of(request)
    full = (await read_form(request)).value("full") != "0"
    return await _plainly(desk, "full" if full else "places", partial(status_commands.mark_full, full=full))


async def show_withdrawal(request: Request) -> Response:
    """`…/withdrawal`: is it cancelled, or published by mistake?"""
    desk = desk_context_of(request)
    return await _withdrawal_page(desk, await target_of(desk), Form())


async def withdraw(request: Request) -> Response:
    """`POST …/withdrawal`: off every page."""
    desk = desk_context_of(request)
    target, now = await target_of(desk), desk.now
    try:
        change = await status_commands.withdraw(target.event.public_id, side="organiser", by=actor_of(desk), now=now)
    except EditRefused as refused:
        return await _withdrawal_page(desk, target, _refused(desk, Form(), refused), status=422)
    return after(desk, target, change)


async def _with_reason(desk: DeskContext, sent: Form, noun: str, work: Work) -> Response:
    target, language = await target_of(desk), desk.language
    reading = Reading(sent, language)
    why = reason_form.read(reading, reason_lists(desk))
    if reading.form.problems:
        return await _page(desk, noun, reading.form, status=422)
    try:
        change = await work(target.event.public_id, target.days, why, by=actor_of(desk), now=desk.now)
    except EditRefused as refused:
        return await _page(desk, noun, _refused(desk, reading.form, refused), status=422)
    return after(desk, target, change)


async def _plainly(desk: DeskContext, noun: str, work: Work) -> Response:
    target = await target_of(desk)
    try:
        change = await work(target.event.public_id, target.days, by=actor_of(desk), now=desk.now)
    except EditRefused as refused:
        return await _page(desk, noun, _refused(desk, Form(), refused), status=422)
    return after(desk, target, change)


async def _page(desk: DeskContext, noun: str, form: Form, *, status: int = 200) -> Response:
    target, language = await target_of(desk), desk.language
    heading, follows, button = status_words.asked(noun, language, whole=target.days is None and target.event.is_series)
    with_reason = noun in ("cancellation", "postponement")
    path = f"{target.path}/{'fullness' if noun in ('full', 'places') else noun}"
    return show(
        desk,
        "desk/cancellation.html" if with_reason else "desk/reinstatement.html",
        heading,
        path,
        status=status,
        form=form,
        noun=noun,
        follows=follows,
        button=button,
        why=reason_lists(desk) if with_reason else None,
        **around(desk, target, language),
    )


async def _withdrawal_page(desk: DeskContext, target: Target, form: Form, *, status: int = 200) -> Response:
    language, event = desk.language, target.event
    midnight = desk.site.midnight()
    return show(
        desk,
        "desk/withdrawal.html",
        language.gettext("Take off the calendar"),
        f"{target.path}/withdrawal",
        status=status,
        form=form,
        coming=any(event.takes_place(one) and one.end > midnight for one in event.dates),
        **around(desk, target, language),
    )


def around(desk: DeskContext, target: Target, language: Language) -> dict[str, Any]:
    """What every page about a target says of it: its name, when it is, how it stands, and where its pages are."""
    event, one, today = target.event, target.one, desk.today
    single = one or (None if event.is_series else event.dates[0])
    return {
        "event_title": title(event, language),
        "when": sentences.when(event, single, language, today=today) if single else "",
        "standing": sentences.status(event, single, language, today=today) if single else "",
        "state": state(event, single) if single else "",
        "event_path": f"/{language.code}/{target.event_path}",
        "target_path": f"/{language.code}/{target.path}",
    }


def reason_lists(desk: DeskContext) -> ReasonLists:
    """What may be answered to «why?» on this site."""
    return reason_form.lists(desk.language, list(desk.site.languages.values()))


def _refused(desk: DeskContext, form: Form, refused: EditRefused) -> Form:
    return form.with_problem("", refusal_text(refused, desk.language))


def _is_full(target: Target) -> bool:
    return target.event.is_full(target.one) if target.one else target.event.full
