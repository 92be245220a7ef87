"""Handlers of the form «Propose an event», which needs no account; the city reads a suggestion before it is public."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from events.desk.problem_texts import field_text
from events.residents import suggestions
from organisations import feedback
from organisations.feedback_pages import patience_of, refused_for_now
from web.form_body import read_form
from web.forms import Form
from web.page import Page, render
from web.request_context import RequestContext, context_of

MOST_FIELDS: Final = 40


async def show_suggestion_form(request: Request) -> Response:
    """`/{lang}/propose`: the form."""
    return _page(context_of(request), Form())


async def take_suggestion(request: Request) -> Response:
    """`POST /{lang}/propose`: into the queue and thank you, or the form again."""
    context, sent = context_of(request), await read_form(request, most_fields=MOST_FIELDS)
    language, now = context.language, context.now
    suggestion, form = suggestions.read(sent, language, today=context.today)
    if form.problems:
        return _page(context, form, status=422)
    thanks = RedirectResponse(f"/{language.code}/propose/thanks", 303, {"Cache-Control": "no-store"})
    if sent.value(feedback.TRAP):
        # A program filled it in: it is told what a person is told, and nothing is stored.
        return thanks
    if wait := await refused_for_now(context, "propose"):
        return _page(context, form.with_problem("", patience_of(wait, language)), status=429)
    outcome = await suggestions.keep(suggestion, now=now, uid_domain=context.site.settings.uid_domain)
    for problem in outcome.problems:
        form = form.with_problem("", field_text(problem, language))
    return _page(context, form, status=422) if form.problems else thanks


async def thank_for_suggestion(request: Request) -> Response:
    """`/{lang}/propose/thanks`: it has come, and what follows."""
    context = context_of(request)
    page = Page(title=context.language.gettext("Thank you!"), path="propose/thanks", noindex=True)
    return render(context, "events/suggestion_thanks.html", page)


def _page(context: RequestContext, form: Form, *, status: int = 200) -> Response:
    language = context.language
    page = Page(
        title=language.gettext("Propose an event"),
        path="propose",
        description=language.gettext(
            "Tell the city of an event that should stand in the calendar. No account is needed."
        ),
    )
    return render(
        context,
        "events/suggestion.html",
        page,
        status=status,
        form=form,
        categories=suggestions.categories(language),
        spoken=suggestions.spoken(language),
        longest_text=suggestions.LONGEST_TEXT,
        longest_line=suggestions.LONGEST_LINE,
        trap=feedback.TRAP,
    )
