"""The desk's first page: what of mine takes place next, and what waits to be finished."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from events.desk.date_lines import desk_date
from events.desk.pending import waiting_of
from events.desk.upcoming_dates import dates_of
from organisations.desk.organisation_pages import sent_back
from organisations.desk.responses import number, show
from organisations.desk_context import desk_context_of
from web.links import with_query

LAST_PAGE: Final = 500


async def show_desk(request: Request) -> Response:
    """`/{lang}/desk/`: my next dates with what can be done about each, drafts, and my organisations."""
    desk = desk_context_of(request)
    language, visitor, site = desk.language, desk.visitor, desk.site
    over = desk.asked("dates") == "over"
    page = min(max(number(desk.asked("page")), 1), LAST_PAGE)
    ids = [membership.organisation_id for membership in visitor.memberships]
    found = await dates_of(ids, midnight=site.midnight(), page=page, over=over)
    now, today = desk.now, desk.today
    publishing = [membership for membership in visitor.memberships if membership.state != "suspended"]
    may = {membership.slug for membership in publishing}
    return show(
        desk,
        "desk/home.html",
        language.gettext("What is over") if over else language.gettext("My desk"),
        "desk/",
        query=_query(over=over, page=page),
        returned=await sent_back(request),
        over=over,
        dates=[
            desk_date(event, one, language, now=now, today=today, may=event.organiser.slug in may)
            for event, one in found.dates
        ],
        previous_href=_href(language.code, over=over, page=page - 1) if page > 1 else "",
        next_href=_href(language.code, over=over, page=page + 1) if found.more else "",
        waiting=[] if over or page > 1 else await waiting_of(ids, language, today=today),
        publishing=publishing,
    )


def _query(*, over: bool, page: int) -> str:
    return "&".join(filter(None, ("dates=over" if over else "", f"page={page}" if page > 1 else "")))


def _href(code: str, *, over: bool, page: int) -> str:
    return with_query(f"/{code}/desk/", _query(over=over, page=page))
