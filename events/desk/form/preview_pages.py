"""An event before it is public, as its readers will see it: the page and the card, in each language."""

from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from events.desk.form.answers import path_of, refused_page
from events.desk.form.checks import edited, unpublishable
from events.desk.form.preview import previewed
from events.desk.permissions import proposal_of
from events.desk.publisher import publisher
from events.domain.facts import Event
from events.editing.drafts import read
from events.editing.errors import EditRefused
from events.editing.proposals import Stored
from events.filtering.listing import ListedDate
from events.pages.event.pages import surroundings
from events.pages.event.view import event_view
from events.pages.listing.card_fragments import Day, filled_card
from events.presenting.cards import day_heading
from events.presenting.shown_date import shown_date
from organisations.desk.responses import back_to
from organisations.permissions import acting_membership
from web.i18n import Language
from web.page import Page, render
from web.site import Site, language_of, site_of

MARK: Final = "desk/_preview_mark.html"


async def show_preview(request: Request) -> Response:
    """`/{lang}/desk/proposals/{key}/preview?in=…`: in any language; in the reader's own it says what it is."""
    site, stored = site_of(request), await proposal_of(request)
    reader = language_of(request)
    shown_in = site.languages.get(request.query_params.get("in", ""), reader)
    reading = read(stored.fields, today=site.today())
    try:
        event = await previewed(stored, reading, now=site.now())
    except EditRefused as refused:
        return refused_page(request, refused)
    if event is None:
        return back_to(request, path_of(stored.key))
    view = event_view(event, shown_in, surroundings(site), asked=_asked(stored), all_dates=False)
    page = Page(view.head.text, path_of(stored.key, "/preview"), f"in={shown_in.code}", noindex=True)
    wrong = unpublishable(stored.fields, reader, today=site.today(), edited=await edited(stored))
    mark = await _mark(request, stored, shown_in, incomplete=bool(wrong))
    response = render(
        request,
        "desk/preview.html",
        page,
        shown_in,
        view=view,
        mark=mark,
        reader=reader,
        days=[_day(site, event, shown_in)],
    )
    response.headers["Cache-Control"] = "no-store"
    return response


async def _mark(request: Request, stored: Stored, shown_in: Language, *, incomplete: bool) -> Markup:
    """What says that this is a preview, in the reader's own language, with what can be done next."""
    site, reader = site_of(request), language_of(request)
    body = site.renderer.html(
        MARK,
        reader,
        {
            "stored": stored,
            "shown_in": shown_in,
            "languages": list(site.languages.values()),
            "publisher": await publisher(acting_membership(request).organisation_id),
            "incomplete": incomplete,
        },
    )
    return Markup(body.decode())  # noqa: S704 - filled by an escaping template


def _day(site: Site, event: Event, language: Language) -> Day:
    """The card in the list, on the date that it would stand under."""
    shown = shown_date(event, "", site.midnight())
    entry = ListedDate(event, shown.one, shown.one.local_start.date(), others=len(event.dates) - 1)
    html = filled_card(site, language, entry, site.today())
    return Day(entry.day, day_heading(entry.day, language, site.today()), [html])


def _asked(stored: Stored) -> str:
    return stored.day.isoformat() if stored.scope == "this" and stored.day else ""
