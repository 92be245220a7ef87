"""The addresses of the city's desk that are about events and places."""

from typing import Final

from starlette.routing import Route

from events.city import event_pages, place_pages, queue_pages
from organisations.rules import guarded

PROPOSAL: Final = "/{lang}/city/proposals/{key}"
EVENT: Final = "/{lang}/city/events/{event}"
PLACE: Final = "/{lang}/city/places/{place}"


def city_event_routes() -> list[Route]:
    """Every one of them; the narrower path stands before the wider."""
    return [
        guarded("/{lang}/city/", queue_pages.show_queue),
        guarded(PROPOSAL, queue_pages.show_submission),
        guarded(f"{PROPOSAL}/publication", queue_pages.publish, "POST"),
        guarded(f"{PROPOSAL}/return", queue_pages.send_back, "POST"),
        guarded(f"{PROPOSAL}/assignment", queue_pages.assign, "POST"),
        guarded("/{lang}/city/events", event_pages.show_events),
        guarded(EVENT, event_pages.show_event),
        guarded(f"{EVENT}/withdrawal", event_pages.withdraw, "POST"),
        guarded(f"{EVENT}/undo", event_pages.undo, "POST"),
        guarded("/{lang}/city/places", place_pages.show_places),
        guarded("/{lang}/city/places/new", place_pages.show_new_place),
        guarded("/{lang}/city/places/new", place_pages.make_place, "POST"),
        guarded(PLACE, place_pages.show_place),
        guarded(PLACE, place_pages.save_place, "POST"),
        guarded(f"{PLACE}/merger", place_pages.merge, "POST"),
        guarded(f"{PLACE}/separation", place_pages.separate, "POST"),
    ]
