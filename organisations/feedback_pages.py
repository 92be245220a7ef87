"""Handlers of the form «Ask or give feedback»."""

from datetime import timedelta
from math import ceil
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from organisations import feedback
from organisations.messages import keep
from web.client_address import client_mark
from web.dates import write_date
from web.form_body import read_form
from web.forms import Form
from web.i18n import Language
from web.page import Page, render
from web.rate_limits import allowed
from web.request_context import RequestContext, context_of
from web.responses import REVALIDATE

MOST_FIELDS: Final = 20


async def show_feedback_form(request: Request) -> Response:
    """`/{lang}/feedback?kind=…&about=…`: the form, with what the address fills in."""
    context = context_of(request)
    return _page(context, feedback.begun(dict(context.query), context.base_url))


async def receive_feedback(request: Request) -> Response:
    """`POST /{lang}/feedback`: store the message and say thank you, or show the form again."""
    context, sent = context_of(request), await read_form(request, most_fields=MOST_FIELDS)
    language = context.language
    message, form = feedback.read(sent, language, context.base_url)
    if form.problems:
        return _page(context, form, status=422)
    thanks = RedirectResponse(f"/{language.code}/feedback/thanks", 303, {"Cache-Control": "no-store"})
    if sent.value(feedback.TRAP):
        # A program filled it in: it is told what a person is told, and nothing is stored.
        return thanks
    if wait := await refused_for_now(context, "feedback"):
        headers = {"Retry-After": str(ceil(wait.total_seconds()))}
        return _page(context, form.with_problem("", patience_of(wait, language)), status=429, headers=headers)
    await keep(message, language=language.code, now=context.now, due=feedback.due_on(context.today))
    return thanks


async def thank_for_feedback(request: Request) -> Response:
    """`/{lang}/feedback/thanks`: that it has come, and by when it is answered."""
    context = context_of(request)
    language = context.language
    page = Page(title=language.gettext("Thank you for your message"), path="feedback/thanks", noindex=True)
    due = write_date(feedback.due_on(context.today), "day heading and year", language)
    return render(context, "information/thanks.html", page, due=due)


def _page(context: RequestContext, form: Form, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    language = context.language
    asked = {name: form.value(name) for name in ("about", "kind") if form.value(name)}
    if form.value("kind") == feedback.KINDS[0]:
        asked.pop("kind", None)
    query = urlencode(asked, safe="/") if not form.problems else ""
    page = Page(
        title=language.gettext("Ask or give feedback"),
        path="feedback",
        query=query,
        description=language.gettext("Ask the city, tell what is hard to use, or report a wrong word."),
        noindex=bool(query),
    )
    return render(
        context,
        "information/feedback.html",
        page,
        status=status,
        headers={"Cache-Control": REVALIDATE, **(headers or {})},
        form=form,
        kinds=feedback.kinds(language),
        longest=feedback.LONGEST_TEXT,
        days=feedback.ANSWERED_WITHIN.days,
        trap=feedback.TRAP,
    )


async def refused_for_now(context: RequestContext, form: str) -> timedelta | None:
    """None where this client may send this form once more; else how long it has to wait."""
    key = f"{form}:{await client_mark(context.client, now=context.now)}"
    return await allowed(key, most=feedback.PER_CLIENT, within=feedback.WITHIN, now=context.now)


def patience_of(wait: timedelta, language: Language) -> str:
    """How long to wait after too many messages."""
    minutes = ceil(wait.total_seconds() / 60)
    return language.ngettext(
        "Several messages have come from you. Please wait {n} minute and send this one again.",
        "Several messages have come from you. Please wait {n} minutes and send this one again.",
        minutes,
    ).format(n=minutes)
