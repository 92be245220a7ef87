"""The picture that an association gave, as readers, programs and search engines meet it."""

import io
import json

from PIL import Image as Pixels

from events.editing.images import storage as media
from events.editing.images.storage import Description
from events.storage.models import Event
from tests.pages import Node, read
from tests.people import BASE_URL, Calendar


def with_picture(calendar: Calendar, said: Description) -> str:
    """A public event with a picture of 1000 x 500 pixels; its public id."""
    public_id = calendar.publish("Kielikahvila", original_language="fi")
    given = io.BytesIO()
    Pixels.new("RGB", (1000, 500), (15, 74, 56)).save(given, "JPEG")

    async def give() -> None:
        folder = calendar.site.settings.media_dir
        organisation = (await Event.get(public_id=public_id).prefetch_related("organisation")).organisation
        image = await media.take_in(
            given.getvalue(), organisation_id=organisation.id, folder=folder, now=calendar.clock()
        )
        await media.describe(image.id, said, now=calendar.clock())
        await Event.filter(public_id=public_id).update(image_id=image.id)

    calendar.run(give)
    return public_id


def picture(page: Node) -> Node:
    return page.one("figure").one("img")


def test_a_picture_tells_what_it_shows_in_the_language_it_is_written_in(calendar: Calendar) -> None:
    event = with_picture(
        calendar, Description(alternatives={"fi": "Ihmisiä pöydän ääressä", "en": "People at a table"})
    )

    finnish, english, arabic = (picture(read(calendar, f"/{code}/events/{event}")) for code in ("fi", "en", "ar"))

    assert [(image["alt"], image["lang"], image["dir"]) for image in (finnish, english, arabic)] == [
        ("Ihmisiä pöydän ääressä", "fi", "ltr"),
        ("People at a table", "en", "ltr"),
        ("Ihmisiä pöydän ääressä", "fi", "ltr"),
    ]
    assert (finnish["width"], finnish["height"]) == ("800", "400")
    assert [calendar.get(part.split()[0]).status_code for part in finnish["srcset"].split(", ")] == [200, 200]


def test_decoration_is_passed_over_and_the_photographer_named(sqlite_calendar: Calendar) -> None:
    event = with_picture(
        sqlite_calendar,
        Description(decorative=True, alternatives={"fi": "ei"}, credit="K. Kuvaaja", licence="CC BY 4.0"),
    )

    figure = read(sqlite_calendar, f"/fi/events/{event}").one("figure")

    assert (figure.one("img")["alt"], figure.one("figcaption").text) == ("", "Kuva: K. Kuvaaja · CC BY 4.0")


def test_messages_and_search_engines_are_given_the_picture(sqlite_calendar: Calendar) -> None:
    event = with_picture(sqlite_calendar, Description(alternatives={"fi": "Ihmisiä"}))
    page = read(sqlite_calendar, f"/fi/events/{event}")

    tags = {node["property"]: node["content"] for node in page.all("meta") if node.get("property")}
    data = json.loads(page.one("script", type="application/ld+json").text)

    assert tags["og:image"] == data["image"] == BASE_URL + picture(page)["src"]
    assert tags["og:image:alt"] == "Ihmisiä"


def test_an_event_without_a_picture_has_no_empty_frame(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish()

    assert read(sqlite_calendar, f"/fi/events/{event}").all("figure") == []
