"""Whatever stands in an address, nobody meets a fault of ours, nor a page without a way back in her language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Route

from events.filtering.parameters import PARAMETERS
from main import ROUTES
from tests.pages import parse
from tests.people import Calendar, opened_calendar

PATHS = sorted(
    {
        route.path
        for route in ROUTES
        if isinstance(route, Route)
        and "GET" in (route.methods or ())
        and not route.path.startswith(("/{lang}/desk", "/{lang}/city"))
    }
)
"""Every address that anybody may ask for; nothing of these is seen before one has signed in."""
BAD_SEGMENTS = [
    "2026-13", "2026-00", "0000-01", "9999-12", "10000-01", "2026-1", "-1", "٢٠٢٦-١٢", "banana", "1.2.0",
    "zzzzzzzzzz", "zzzzzzzzzz-with-a-name", "ÄÖ", "🎉", "\x00", "\r\n", "\x1b[1m", "..", "%", "'; --", "<script>",
    " ", "a" * 3000, "۱" * 40,
]  # fmt: skip
BAD_VALUES = [
    "banana", "", ",", ",,,,", "\x00", "\x1f\x7f", "\r\nSet-Cookie: x=1", "2026-02-30", "0000-00-00", "9999-12-31",
    "10000-01-01", "-1", "0", "1e9", "9" * 40, "٣", "²", "25:00", "17:00:00", "5-3", "-",
    "<script>alert(1)</script>", "' OR 1=1 --", "%", "%%%", "\\", '"', "a" * 1_000,
    ",".join("abc"[n % 3] * (n % 40 + 1) for n in range(60)), "\u202e", "\ud7ff", "\ufeff", "🎉", "NaN",
    "../../etc/passwd", "*", "a* OR b", "NEAR(", '"q', "true", "null",
]  # fmt: skip
RAW_QUERIES = [
    "%", "%zz", "%ff%fe", "%ed%a0%80", "&&&&", "====", "=", "?", "q", "q&q&q", "%00=%00", ";;", "a[]=1",
    "q=" + "x" * 20_000, "&".join(f"k{n}=v" for n in range(3000)), "&".join("in_language=ru" for _ in range(3000)),
    "start=2026-12-01&start=banana", "date=2026-13-40", "date=", "dates=x", "page=-1", "page=0",
    "page=99999999999999999999", "limit=0", "limit=-5", "limit=1e99", "page=1000000&limit=100", "series=x",
    "cancelled=x", "kind=x&about=javascript:alert(1)", "about=" + "/" * 3000,
]  # fmt: skip
NAMES = (*PARAMETERS, "page", "limit", "series", "cancelled", "date", "lang", "heading", "layout", "kind", "about")
TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.fixture(scope="module")
def known(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Calendar, dict[str, str]]]:
    """A site with an event, and what stands for each part of an address that varies."""
    database = tmp_path_factory.mktemp("bad") / "test.db"
    database.write_bytes(migrated_file.read_bytes())
    with opened_calendar(f"sqlite://{database}") as calendar:
        event = calendar.publish(place_id=calendar.place())
        yield calendar, {"lang": "ar", "event": event, "slug": "pulina", "month": "2026-12"}


def filled(path: str, parts: dict[str, str]) -> str:
    """A route's path with its parts filled in; what nothing is known of is called «x»."""
    for name in [part.partition("}")[0] for part in path.split("{")[1:]]:
        path = path.replace("{" + name + "}", quote(parts.get(name, "x"), safe=""))
    return path


def wrong_with(calendar: Calendar, address: str) -> str:
    """What is wrong with the answer to an address; nothing where it is a good one."""
    answer: Any = calendar.get(address)
    kind, language = answer.headers.get("content-type", ""), address.split("/")[1].partition("?")[0]
    if answer.status_code >= 500 or "set-cookie" in answer.headers:
        return f"{answer.status_code} {address[:200]}"
    if answer.status_code >= 400 and kind.startswith("text/html"):
        page = parse(answer.text)
        expected = language if language in calendar.site.languages else "fi"
        home = {f"/{expected}/", f"/{expected}/events"} & {link["href"] for link in page.all("a")}
        if page.one("html").language[0] != calendar.site.languages[expected].tag or not home:
            return f"no way back in her language: {answer.status_code} {address[:200]}"
    return ""


@pytest.mark.parametrize("path", [path for path in PATHS if "{" in path])
def test_no_part_of_an_address_breaks_anything(known: tuple[Calendar, dict[str, str]], path: str) -> None:
    calendar, parts = known
    names = [part.partition("}")[0] for part in path.split("{")[1:]]
    tried = [filled(path, {**parts, name: bad}) for name in names for bad in BAD_SEGMENTS]

    assert [wrong for address in tried if (wrong := wrong_with(calendar, address))] == []


@pytest.mark.parametrize("path", PATHS)
def test_no_query_breaks_anything(known: tuple[Calendar, dict[str, str]], path: str) -> None:
    calendar, parts = known
    base = filled(path, parts)
    everywhere = ["&".join(f"{name}={quote(bad)}" for name in NAMES) for bad in BAD_VALUES[::3]]

    assert [wrong for query in (*RAW_QUERIES, *everywhere) if (wrong := wrong_with(calendar, f"{base}?{query}"))] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_value_of_a_parameter_breaks_the_list_or_its_feed(known: tuple[Calendar, dict[str, str]], name: str) -> None:
    calendar, _ = known
    fewer = BAD_VALUES[NAMES.index(name) % 6 :: 6]
    tried = [f"/ar/events.ics?{name}={quote(bad)}" for bad in BAD_VALUES]
    tried += [f"/ar/events?{name}={quote(bad)}" for bad in fewer]

    assert [wrong for address in tried if (wrong := wrong_with(calendar, address))] == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from(NAMES), st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=5)
)
def test_nothing_anybody_may_type_breaks_the_list(
    known: tuple[Calendar, dict[str, str]], typed: dict[str, str]
) -> None:
    query = "&".join(f"{name}={quote(value)}" for name, value in typed.items())

    assert wrong_with(known[0], f"/sv/events?{query}") == ""
