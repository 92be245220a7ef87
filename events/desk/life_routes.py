"""The addresses of the desk about what happens to an event after it was published."""

from typing import Final

from starlette.routing import Route

from events.desk import confirmation_pages, event_pages, home_pages, move_pages, season_pages, status_pages
from events.desk.owners import of_event
from organisations.rules import Handler, guarded

EVENT: Final = "/{lang}/desk/events/{event}"
DATE: Final = f"{EVENT}/dates/{{day}}"
SEASON: Final = "/{lang}/desk/organisations/{slug}/season"
CONFIRMATIONS: Final = "/{lang}/confirmations/{secrets}"


def life_routes() -> list[Route]:
    """Every one of them. They stand after the narrower paths of the event's form."""
    both = {
        "cancellation": (status_pages.show_cancellation, status_pages.cancel),
        "postponement": (status_pages.show_postponement, status_pages.postpone),
        "reinstatement": (status_pages.show_reinstatement, status_pages.reinstate),
        "fullness": (status_pages.show_fullness, status_pages.mark_fullness),
        "move": (move_pages.show_move, move_pages.move),
    }
    whole = {
        "withdrawal": (status_pages.show_withdrawal, status_pages.withdraw),
        "copy": (event_pages.show_copying, event_pages.copy),
    }
    return [
        guarded("/{lang}/desk/", home_pages.show_desk),
        guarded(EVENT, event_pages.show_event, owner_of=of_event),
        guarded(f"{EVENT}/undo", event_pages.undo, "POST", owner_of=of_event),
        guarded(f"{EVENT}/confirmation", event_pages.confirm, "POST", owner_of=of_event),
        *(route for noun, (ask, do) in {**both, **whole}.items() for route in _pair(f"{EVENT}/{noun}", ask, do)),
        *(route for noun, (ask, do) in both.items() for route in _pair(f"{DATE}/{noun}", ask, do)),
        guarded(SEASON, season_pages.show_season),
        guarded(SEASON, season_pages.take_season, "POST"),
        guarded(CONFIRMATIONS, confirmation_pages.show_questions),
        guarded(CONFIRMATIONS, confirmation_pages.take_answer, "POST"),
    ]


def _pair(path: str, ask: Handler, do: Handler) -> list[Route]:
    return [guarded(path, ask, owner_of=of_event), guarded(path, do, "POST", owner_of=of_event)]
