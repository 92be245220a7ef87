"""The audit log at the city's desk: searched by person, action, target, organisation and day."""

from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from organisations.city import audit_search, audit_words
from organisations.city.audit_search import Search
from organisations.city.responses import PER_PAGE, asked_words, paging, show_city
from organisations.desk_context import desk_context_of
from web.cleaning import as_code
from web.forms import Form
from web.site import LOCAL_ZONE

FIELDS = ("who", "action", "target", "organisation", "since", "until")


async def show_audit(request: Request) -> Response:
    """`/{lang}/city/audit?who=…&action=…`: what was done, the last first."""
    desk = desk_context_of(request)
    language = desk.language
    asked = {name: asked_words(desk, name) for name in FIELDS}
    form = Form({name: (value,) for name, value in asked.items()})
    since, until = _day(asked["since"]), _day(asked["until"])
    for name, day in (("since", since), ("until", until)):
        if asked[name] and day is None:
            form = form.with_problem(name, language.gettext("This is not a date. Write for example 2026-12-24."))
    search = Search(
        asked["who"],
        asked["action"],
        asked["target"],
        asked["organisation"],
        _midnight(since) if since else None,
        _midnight(until + timedelta(days=1)) if until else None,
    )
    paged = paging(desk, "city/audit", await audit_search.count(search), asked)
    entries = await audit_search.entries(search, offset=paged.offset, limit=PER_PAGE)
    known = audit_words.actions(language)
    return show_city(
        desk,
        "city/audit.html",
        language.gettext("What was done"),
        "city/audit",
        query=urlencode({name: value for name, value in asked.items() if value}),
        form=form,
        actions=sorted(((key, known.get(key, key)) for key in await audit_search.actions()), key=lambda each: each[1]),
        paged=paged,
        entries=audit_words.lines(desk, entries),
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(as_code(text))
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2200 else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL_ZONE).astimezone(UTC)
