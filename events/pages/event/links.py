"""The links of an event's page: the place on a map, the people behind it, and what to look at instead. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from events.domain.event import Event
from events.domain.labels import label
from events.filtering.filters import EventFilter
from events.pages.event.sign_up import telephone
from events.presenting.cards import web_address
from events.presenting.shown_date import ShownDate
from web.i18n import Language


@dataclass(frozen=True, slots=True)
class Link:
    """A link and its words."""

    href: str
    text: str


def map_href(event: Event, map_url: str) -> str:
    """The place on a map on the web, which works on every device; empty where there is no place."""
    if event.place is None:
        return ""
    return map_url.replace("{query}", quote(event.place.in_full, safe=""))


def geo_href(event: Event) -> str:
    """The place for the map program of the device (RFC 5870); empty where its coordinates are not known."""
    place = event.place
    if place is None or place.latitude is None or place.longitude is None:
        return ""
    point = f"{place.latitude:.6f},{place.longitude:.6f}"
    return f"geo:{point}?q={point}({quote(place.name, safe='')})"


def contacts(event: Event, shown: ShownDate) -> Iterable[Link]:
    """The event's own contact while it is on, and the organiser's role address always."""
    email = "" if shown.over else event.contact_email
    phone = "" if shown.over else event.contact_phone
    if email or event.organiser.contact_email:
        address = email or event.organiser.contact_email
        yield Link(f"mailto:{quote(address, safe='@')}", address)
    if phone or event.organiser.contact_phone:
        number = phone or event.organiser.contact_phone
        yield Link(telephone(number), number)
    if web_address(event.link):
        yield Link(event.link, event.link)


def organiser(event: Event, language: Language) -> Link | None:
    """The organiser's own page; None where no organisation of the register stands behind it."""
    if event.told_by is not None:
        return None
    return Link(f"/{language.code}/organisations/{event.organiser.slug}", event.organiser.name)


def kinds(event: Event, language: Language) -> list[Link]:
    """What is done there, each leading to more of the same; of two with the same name the wider one."""
    asked = [("category", event.category)] if event.category else []
    asked += [("activity", key) for key in event.activities]
    links = {text: (name, key) for name, key in reversed(asked) for text in [label(language, name, key)]}
    return [_filtered(name, key, text, language) for text, (name, key) in reversed(links.items())]


def instead(event: Event, language: Language) -> Iterable[Link]:
    """Where to go from an event that is over: to the same people, the same kind of thing, the same language."""
    if own := organiser(event, language):
        yield Link(own.href, language.gettext("From the same organiser"))
    if event.category:
        yield _filtered("category", event.category, label(language, "category", event.category), language)
    held_in = next((code for code, promise in event.promises if promise == "main" and code != "fi"), "")
    if held_in:
        name = language.gettext("Held in {languages}").format(languages=label(language, "language main", held_in))
        yield _filtered("in_language", held_in, name, language)


def _filtered(parameter: str, value: str, text: str, language: Language) -> Link:
    return Link(f"/{language.code}/events?{_query(parameter, value)}", text)


@lru_cache(maxsize=512)
def _query(parameter: str, value: str) -> str:
    return EventFilter.from_query([(parameter, value)])[0].to_query()
