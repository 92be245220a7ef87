"""Handlers of the form «Something is not right with this event», which needs no account."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from events.domain.event import Event
from events.pages.event.pages import public_event
from events.presenting.cards import title
from events.residents import reports
from organisations import feedback
from organisations.feedback_pages import patience_of, refused_for_now
from web.form_body import read_form
from web.forms import Form
from web.page import Page, render
from web.request_context import RequestContext, context_of

MOST_FIELDS: Final = 20


async def show_report(request: Request) -> Response:
    """`/{lang}/events/{public_id}/report`: the form."""
    return _page(context_of(request), await public_event(request), Form())


async def take_report(request: Request) -> Response:
    """`POST /{lang}/events/{public_id}/report`: store it and say thank you, or show the form again."""
    context, event = context_of(request), await public_event(request)
    sent = await read_form(request, most_fields=MOST_FIELDS)
    language, now = context.language, context.now
    report, form = reports.read(sent, language)
    if form.problems:
        return _page(context, event, form, status=422)
    thanks = RedirectResponse(f"/{language.code}/feedback/thanks", 303, {"Cache-Control": "no-store"})
    if sent.value(feedback.TRAP):
        # A program filled it in: it is told what a person is told, and nothing is stored.
        return thanks
    if wait := await refused_for_now(context, "report"):
        form = form.with_problem("", patience_of(wait, language))
        return _page(context, event, form, status=429)
    due, name = feedback.due_on(context.today), title(event, language).text
    await reports.keep(report, event.public_id, name, site=context.site, language=language, now=now, due=due)
    return thanks


def _page(context: RequestContext, event: Event, form: Form, *, status: int = 200) -> Response:
    language = context.language
    heading = title(event, language)
    page = Page(
        title=language.gettext("Something is not right: {event}").format(event=heading.text),
        path=f"events/{event.public_id}/report",
        noindex=True,
    )
    return render(
        context,
        "events/report.html",
        page,
        status=status,
        form=form,
        heading=heading,
        event=event,
        reasons=reports.reasons(language),
        longest=reports.LONGEST_TEXT,
        days=feedback.ANSWERED_WITHIN.days,
        trap=feedback.TRAP,
    )
