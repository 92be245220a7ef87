"""The routes of the city's desk for events and places."""

from typing import Final

from starlette.routing import Route

from events.city import event_pages, place_pages, queue_pages
from organisations.permissions import Permission, guarded

PROPOSAL: Final = "/{lang}/city/proposals/{key}"
EVENT: Final = "/{lang}/city/events/{event}"
PLACE: Final = "/{lang}/city/places/{place}"


def city_event_routes() -> list[Route]:
    """Every one of them; the narrower path stands before the wider."""
    return [
        guarded("/{lang}/city/", queue_pages.show_queue, Permission.CITY),
        guarded(PROPOSAL, queue_pages.show_submission, Permission.CITY),
        guarded(f"{PROPOSAL}/publication", queue_pages.publish, Permission.CITY, method="POST"),
        guarded(f"{PROPOSAL}/return", queue_pages.send_back, Permission.CITY, method="POST"),
        guarded(f"{PROPOSAL}/assignment", queue_pages.assign, Permission.CITY, method="POST"),
        guarded("/{lang}/city/events", event_pages.show_events, Permission.CITY),
        guarded(EVENT, event_pages.show_event, Permission.CITY),
        guarded(f"{EVENT}/withdrawal", event_pages.withdraw, Permission.CITY, method="POST"),
        guarded(f"{EVENT}/undo", event_pages.undo, Permission.CITY, method="POST"),
        guarded("/{lang}/city/places", place_pages.show_places, Permission.CITY),
        guarded("/{lang}/city/places/new", place_pages.show_new_place, Permission.CITY),
        guarded("/{lang}/city/places/new", place_pages.make_place, Permission.CITY, method="POST"),
        guarded(PLACE, place_pages.show_place, Permission.CITY),
        guarded(PLACE, place_pages.save_place, Permission.CITY, method="POST"),
        guarded(f"{PLACE}/merger", place_pages.merge, Permission.CITY, method="POST"),
        guarded(f"{PLACE}/separation", place_pages.separate, Permission.CITY, method="POST"),
    ]
