"""Responses common to the city's desk: showing a page, paging a list, and the message after a change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from organisations.desk.responses import number
from organisations.desk_context import DeskContext
from web.dates import write_date, write_moment
from web.forms import Form
from web.i18n import Language
from web.links import with_query
from web.page import Page, render
from web.request_context import RequestContext
from web.site import LOCAL_ZONE

PER_PAGE: Final = 20
MOST_PAGES: Final = 10_000
LONGEST_NOTE: Final = 500
LONGEST_QUERY: Final = 120


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a long list, with the addresses of its neighbours; empty where there is none."""

    total: int
    page: int
    pages: int
    before: str
    after: str

    @property
    def offset(self) -> int:
        """How many entries stand before this page."""
        return (self.page - 1) * PER_PAGE


def paging(context: RequestContext, path: str, total: int, asked: Mapping[str, str] | None = None) -> Paging:
    """The page of a list that is asked for, the last one where there are fewer; `asked` is the rest of its query."""
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, number(context.asked("page"))), pages, MOST_PAGES)
    base = f"/{context.language.code}/{path}"
    kept = {name: value for name, value in (asked or {}).items() if value}

    def address(other: int) -> str:
        return with_query(base, urlencode({**kept, "page": str(other)})) if 1 <= other <= pages else ""

    return Paging(total, page, pages, address(page - 1), address(page + 1))


def show_city(
    desk: DeskContext, template: str, title: str, path: str, *, query: str = "", status: int = 200, **values: Any
) -> Response:
    """A page of the city's desk, with what has just been done said first."""
    done = notices(desk.language).get(desk.asked("done"), "")
    known = {"done": done, "visitor": desk.visitor, "form": Form(), "about": "", "longest": LONGEST_NOTE}
    page = Page(title=title, path=path, query=query, noindex=True)
    return render(desk, template, page, status=status, **{**known, **values})


def to_city(context: RequestContext, path: str, *, done: str = "", fragment: str = "") -> Response:
    """Redirect to a page of the city's desk after a change."""
    address = with_query(f"/{context.language.code}/{path}", f"done={done}" if done else "")
    return RedirectResponse(f"{address}#{fragment}" if fragment else address, 303)


def asked_words(context: RequestContext, name: str = "q") -> str:
    """What is searched for."""
    return " ".join(context.asked(name).split())[:LONGEST_QUERY]


def moment_in_words(context: RequestContext, moment: datetime) -> str:
    """A stored moment as the reader's clock shows it."""
    local = moment.astimezone(LOCAL_ZONE).replace(tzinfo=None)
    return write_moment(local, context.language, today=context.today)


def day_in_words(context: RequestContext, day: date) -> str:
    """A day with its year."""
    return write_date(day, "day and year", context.language)


def notices(language: Language) -> dict[str, str]:
    """The messages that a page can show after a change."""
    _ = language.gettext
    return {
        "approved": _("Approved. Its people have been told."),
        "returned": _("Sent back. Its people have been told."),
        "gone": _("Somebody else has decided already."),
        "published": _("Published. Its author has been told."),
        "event_returned": _("Sent back. Its author has been told."),
        "assigned": _("It belongs to that organisation now and waits in the queue."),
        "suspended": _("Suspended. Its events are off the pages, and its people have been told."),
        "reinstated": _("Back again, with all its events. Its people have been told."),
        "review_first": _("From now on you read its events before the public does."),
        "review_later": _("From now on its events are public at once."),
        "appointed": _("There is a new owner. Its people have been told."),
        "invited": _("An invitation is on its way. Whoever accepts it becomes the owner."),
        "withdrawn": _("Taken off everywhere. Its people have been told."),
        "undone": _("Undone. It stands in the calendar again."),
        "not_undone": _("This cannot be undone any more: something has changed since."),
        "answered": _("The answer is on its way, and the message is closed."),
        "closed": _("Closed."),
        "reopened": _("Open again."),
        "saved": _("Saved."),
        "verified": _("Saved, and marked as checked today."),
        "merged": _("Merged. The events have moved."),
        "separated": _("It is a place of its own again."),
    }
