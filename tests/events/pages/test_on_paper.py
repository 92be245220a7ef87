"""The poster and the sheet to share as a printer gets them: one page of A4, whatever was told."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page

from events.domain.dates import DateChange
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Text
from events.editing import publishing as lifecycle
from events.storage.models import Place
from main import database
from organisations.models import Organisation
from tests.browser import served
from tests.people import NOW, Clock, at, draft, migrated, weekly
from web.database.connection import opened
from web.settings import Settings

pytestmark = pytest.mark.browser

TITLES = {
    "fi": "Kaikille avoin monikielinen ruoanlaitto- ja keskusteluilta perheille, nuorille ja uusille kouvolalaisille",
    "ar": "أمسية مفتوحة للطبخ والحديث بعدة لغات للعائلات والشباب والمقيمين الجدد في مدينة كوفولا وما حولها",
    "ru": "Открытый для всех многоязычный вечер кулинарии и общения для семей, молодёжи и новых жителей города",
}

STREET = {"street_address": "Uimahallintie 1 B 204", "postal_code": "45700", "city": "Kouvola"}
TOLD: dict[str, Any] = {
    "schedule": weekly(times=20),
    "changed": {"2026-12-01": DateChange("cancelled", "too_few"), "2026-12-08": DateChange(full=True)},
    "texts": {code: Text(title) for code, title in TITLES.items()},
    "audiences": ("families", "youth", "newcomers", "older"),
    "promises": (("fi", "main"), ("ru", "main"), ("ar", "helper"), ("uk", "interpreter"), ("fi", "practise")),
    "price": "paid",
    "prices": [PriceRow(Decimal("4.50"), "time", group) for group in ("all", "child", "student", "pensioner")],
    "registration": Registration(
        kind="required",
        phone="+358 40 123 4567",
        each_time=True,
        languages=("fi", "ru", "ar"),
        closes=at("2026-12-04 12:00"),
        mid_season=True,
    ),
    "first_time": {
        "alone": ("yes",),
        "met_by": ("door",),
        "door": ("yard",),
        "bring": ("indoor_shoes", "own_food"),
        "equipment": ("lent",),
        "children": ("own_activity",),
        "food": ("meal",),
        "photos": ("asked",),
    },
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an event of which everything is told, at length."""
    url = f"sqlite://{tmp_path_factory.mktemp('paper') / 'site.db'}"
    with ThreadPoolExecutor() as apart:
        event = apart.submit(asyncio.run, publish(url)).result()
    with served(url, Clock()) as base:
        yield f"{base}/{{}}/events/{event}"


async def publish(url: str) -> str:
    """Tell everything of a club that is called off once, full once and dear; its public id."""
    await migrated(url)
    async with opened(database(Settings.from_environment({"DATABASE_URL": url}))):
        name = "Kouvolan Seudun Monikulttuuriset Ystävät ry"
        association = await Organisation.create(slug="y", name=name, state="approved", created=NOW, modified=NOW)
        place = await Place.create(name="Kuusankosken monitoimitalon harrastetilat", area="kuusankoski", **STREET)
        told = draft(place_id=place.id, **TOLD)
        return await lifecycle.publish(told, association, now=NOW, uid_domain="yhdessa.example")


def sheets(page: Page) -> int:
    """How many pages a printer takes."""
    pdf = page.pdf(prefer_css_page_size=True)
    assert re.search(rb"/MediaBox \[0 0 59[45]\.?\d* 84[12]", pdf)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("language", ["fi", "ru", "ar", "sv"])
@pytest.mark.parametrize("rest", ["/poster", "/poster?date=2026-12-08", "/poster?date=2026-12-01", "/share"])
def test_all_of_it_fits_on_one_sheet(page: Page, address: str, language: str, rest: str) -> None:
    page.goto(address.format(language) + rest)

    assert sheets(page) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_poster_is_black_on_white_in_every_scheme(page: Page, address: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(address.format("fi") + "/poster")

    style = "poster => { const style = getComputedStyle(poster); return [style.color, style.backgroundColor]; }"
    colours = page.locator(".poster").evaluate(style)

    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
