"""A picture is given by its small form: kept with its words, refused with a reason, shown when it is accepted."""

from __future__ import annotations

from organisations.models import Organisation
from tests.desks import Browser
from tests.events.desk.test_event_form import begun, liisa, typed, values
from tests.events.editing.hostile_images import JPEG, REFUSED
from tests.pages import Node, parse, read
from tests.people import Calendar

TABLE = {"alternative.fi": "Ihmisiä pitkän pöydän ääressä"}


def wrong(answer: object) -> list[str]:
    """What a refused form says at its head."""
    page = parse(answer.text)  # type: ignore[attr-defined]
    return page.one(class_="error-summary").texts("a")


def published_with_picture(calendar: Calendar, browser: Browser) -> str:
    """The public id of an event whose picture shows a long table."""
    address = begun(browser)
    browser.upload(f"{address}/image", JPEG, TABLE)
    place = str(calendar.place())
    answer = browser.post(address, typed(browser, address, place=place, do="publish"))
    assert answer.status_code == 303, answer.text
    (event,) = calendar.feed("/fi/events.ics").walk("VEVENT")
    return str(event["UID"]).partition("@")[0]


def read_first(calendar: Calendar) -> None:
    """The city reads from now on what Pulina sends."""

    async def choose() -> None:
        await Organisation.filter(slug="pulina").update(review_first=True)

    calendar.run(choose)


def alternative(page: Node) -> str:
    return str(page.one("figure").one("img")["alt"])


def test_a_picture_is_shown_with_what_it_shows(calendar: Calendar) -> None:
    event = published_with_picture(calendar, liisa(calendar))

    assert alternative(read(calendar, f"/ar/events/{event}")) == "Ihmisiä pitkän pöydän ääressä"


def test_a_good_picture_is_kept_where_its_words_are_missing(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)

    refused = browser.upload(f"{address}/image", JPEG, {"alternative.fi": " "})
    accepted = browser.upload(f"{address}/image", b"", TABLE)

    assert (refused.status_code, wrong(refused)) == (422, ["Kerro, mitä kuvassa näkyy, tai merkitse se koristeeksi."])
    assert parse(refused.text).one("img")["src"].startswith("/media/")
    assert accepted.status_code == 303
    assert browser.read(f"{address}/image").one("input", name="alternative.fi")["value"] == TABLE["alternative.fi"]


def test_a_refused_picture_costs_no_word(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)

    answer = browser.upload(f"{address}/image", next(iter(REFUSED.values()))[0], {**TABLE, "credit": "Liisa"})

    page = parse(answer.text)
    assert answer.status_code == 422
    assert [page.one("input", name=name)["value"] for name in ("alternative.fi", "credit")] == [
        TABLE["alternative.fi"],
        "Liisa",
    ]


def test_words_that_are_refused_leave_those_that_stood(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)
    browser.upload(f"{address}/image", JPEG, TABLE)

    refused = browser.upload(f"{address}/image", b"", {"alternative.fi": "", "credit": "Liisa"})

    page = browser.read(f"{address}/image")
    assert refused.status_code == 422
    assert [page.one("input", name=name)["value"] for name in ("alternative.fi", "credit")] == [
        TABLE["alternative.fi"],
        "",
    ]


def test_no_picture_at_all_is_said_at_the_field(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)

    answer = browser.upload(f"{address}/image", b"", TABLE)

    assert answer.status_code == 422
    assert parse(answer.text).one("input", id="file")["aria-invalid"] == "true"


def test_other_words_about_a_picture_are_read_first_like_any_other(calendar: Calendar) -> None:
    browser = liisa(calendar)
    event = published_with_picture(calendar, browser)
    read_first(calendar)
    edit = browser.get(f"/fi/desk/events/{event}/edit").headers["location"]

    browser.upload(f"{edit}/image", b"", {"alternative.fi": "Osta halvalla"})
    place = values(browser.read(edit))["place"]
    sent = browser.post(edit, typed(browser, edit, place=place, do="publish"))

    assert sent.status_code == 303, sent.text
    assert alternative(read(calendar, f"/fi/events/{event}")) == TABLE["alternative.fi"]
    preview = browser.get(f"{edit}/preview")
    assert alternative(parse(preview.text)) == "Osta halvalla"
