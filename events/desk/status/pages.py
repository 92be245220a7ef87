"""Off, later, on again, full: a page that asks, and the form it sends. Each for one date or for the whole event."""

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
from web.form_body import read_form
from web.forms import Form, Reading
from web.i18n import Language
from web.site import language_of, site_of

Work = Callable[..., Awaitable[Change]]


async def show_cancellation(request: Request) -> Response:
    """`…/cancellation`: why? Each answer is a button that does it."""
    return await _page(request, "cancellation", reason_form.begun(language_of(request)))


async def cancel(request: Request) -> Response:
    """`POST …/cancellation`: off, and said to be."""
    return await _with_reason(request, "cancellation", status_commands.cancel)


async def show_postponement(request: Request) -> Response:
    """`…/postponement`: why? As for a cancellation."""
    return await _page(request, "postponement", reason_form.begun(language_of(request)))


async def postpone(request: Request) -> Response:
    """`POST …/postponement`: put off to a time that is not known yet."""
    return await _with_reason(request, "postponement", status_commands.postpone)


async def show_reinstatement(request: Request) -> Response:
    """`…/reinstatement`: one button."""
    return await _page(request, "reinstatement", Form())


async def reinstate(request: Request) -> Response:
    """`POST …/reinstatement`: it takes place after all."""
    return await _plainly(request, "reinstatement", status_commands.reinstate)


async def show_fullness(request: Request) -> Response:
    """`…/fullness`: one button, which says the opposite of what is said now."""
    target = await target_of(request)
    return await _page(request, "places" if _is_full(target) else "full", Form())


async def mark_fullness(request: Request) -> Response:
    """`POST …/fullness`: full, or with `full=0` places again."""
    full = (await read_form(request)).value("full") != "0"
    return await _plainly(request, "full" if full else "places", partial(status_commands.mark_full, full=full))


async def show_withdrawal(request: Request) -> Response:
    """`…/withdrawal`: is it cancelled, or published by mistake?"""
    return await _withdrawal_page(request, await target_of(request), Form())


async def withdraw(request: Request) -> Response:
    """`POST …/withdrawal`: off every page."""
    target, now = await target_of(request), site_of(request).now()
    try:
        deed = await status_commands.withdraw(target.event.public_id, side="organiser", by=actor_of(request), now=now)
    except EditRefused as refused:
        return await _withdrawal_page(request, target, _refused(request, Form(), refused), status=422)
    return after(request, target, deed)


async def _with_reason(request: Request, noun: str, work: Work) -> Response:
    target, language = await target_of(request), language_of(request)
    reading = Reading(await read_form(request), language)
    why = reason_form.read(reading, reason_lists(request))
    if reading.form.problems:
        return await _page(request, noun, reading.form, status=422)
    try:
        deed = await work(target.event.public_id, target.days, why, by=actor_of(request), now=site_of(request).now())
    except EditRefused as refused:
        return await _page(request, noun, _refused(request, reading.form, refused), status=422)
    return after(request, target, deed)


async def _plainly(request: Request, noun: str, work: Work) -> Response:
    target = await target_of(request)
    try:
        deed = await work(target.event.public_id, target.days, by=actor_of(request), now=site_of(request).now())
    except EditRefused as refused:
        return await _page(request, noun, _refused(request, Form(), refused), status=422)
    return after(request, target, deed)


async def _page(request: Request, noun: str, form: Form, *, status: int = 200) -> Response:
    target, language = await target_of(request), language_of(request)
    heading, follows, button = status_words.asked(noun, language, whole=target.days is None and target.event.is_series)
    with_reason = noun in ("cancellation", "postponement")
    path = f"{target.path}/{'fullness' if noun in ('full', 'places') else noun}"
    return show(
        request,
        "desk/cancellation.html" if with_reason else "desk/reinstatement.html",
        heading,
        path,
        status=status,
        form=form,
        noun=noun,
        follows=follows,
        button=button,
        why=reason_lists(request) if with_reason else None,
        **around(request, target, language),
    )


async def _withdrawal_page(request: Request, target: Target, form: Form, *, status: int = 200) -> Response:
    language, event = language_of(request), target.event
    midnight = site_of(request).midnight()
    return show(
        request,
        "desk/withdrawal.html",
        language.gettext("Take off the calendar"),
        f"{target.path}/withdrawal",
        status=status,
        form=form,
        coming=any(event.takes_place(one) and one.end > midnight for one in event.dates),
        **around(request, target, language),
    )


def around(request: Request, target: Target, language: Language) -> dict[str, Any]:
    """What every page about a target says of it: its name, when it is, how it stands, and where its pages are."""
    event, one, today = target.event, target.one, site_of(request).today()
    single = one or (None if event.is_series else event.dates[0])
    return {
        "event_title": title(event, language),
        "when": sentences.when(event, single, language, today=today) if single else "",
        "standing": sentences.status(event, single, language, today=today) if single else "",
        "state": state(event, single) if single else "",
        "event_path": f"/{language.code}/{target.event_path}",
        "target_path": f"/{language.code}/{target.path}",
    }


def reason_lists(request: Request) -> ReasonLists:
    """What may be answered to «why?» on this site."""
    return reason_form.lists(language_of(request), list(site_of(request).languages.values()))


def _refused(request: Request, form: Form, refused: EditRefused) -> Form:
    return form.with_problem("", refusal_text(refused, language_of(request)))


def _is_full(target: Target) -> bool:
    return target.event.is_full(target.one) if target.one else target.event.full
