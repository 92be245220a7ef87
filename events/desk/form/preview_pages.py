"""Handlers of the preview: the page and the card of an event before it is public, in each language."""

from dataclasses import replace
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from events.desk.form.answers import path_of, refused_page
from events.desk.form.checks import edited, unpublishable
from events.desk.form.preview import previewed
from events.desk.permissions import proposal_of
from events.desk.publisher import publisher
from events.domain.event import Event
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
from organisations.desk_context import DeskContext, desk_context_of
from web.i18n import Language
from web.page import Page, render
from web.site import Site

MARK: Final = "desk/_preview_mark.html"


async def show_preview(request: Request) -> Response:
    """`/{lang}/desk/proposals/{key}/preview?in=…`: in any language; in the reader's own it says what it is."""
    desk = desk_context_of(request)
    site, stored = desk.site, await proposal_of(desk)
    reader = desk.language
    shown_in = site.languages.get(desk.asked("in"), reader)
    reading = read(stored.fields, today=desk.today)
    try:
        event = await previewed(stored, reading, now=desk.now)
    except EditRefused as refused:
        return refused_page(desk, refused)
    if event is None:
        return back_to(desk, path_of(stored.key))
    view = event_view(event, shown_in, surroundings(desk), asked=_asked(stored), all_dates=False)
    page = Page(view.head.text, path_of(stored.key, "/preview"), f"in={shown_in.code}", noindex=True)
    wrong = unpublishable(stored.fields, reader, today=desk.today, edited=await edited(stored))
    mark = await _mark(desk, stored, shown_in, incomplete=bool(wrong))
    response = render(
        replace(desk, language=shown_in),
        "desk/preview.html",
        page,
        view=view,
        mark=mark,
        reader=reader,
        days=[_day(site, event, shown_in)],
    )
    response.headers["Cache-Control"] = "no-store"
    return response


async def _mark(desk: DeskContext, stored: Stored, shown_in: Language, *, incomplete: bool) -> Markup:
    """What says that this is a preview, in the reader's own language, with what can be done next."""
    site, reader = desk.site, desk.language
    body = site.renderer.html(
        MARK,
        reader,
        {
            "stored": stored,
            "shown_in": shown_in,
            "languages": list(site.languages.values()),
            "publisher": await publisher(desk.acting.organisation_id),
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
