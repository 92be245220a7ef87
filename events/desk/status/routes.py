"""The routes of the desk for changes of the status of a published event."""

from typing import Final

from starlette.routing import Route

from events.desk import home_pages
from events.desk.event import pages as event_pages
from events.desk.permissions import of_event
from events.desk.season import pages as season_pages
from events.desk.status import move_pages, reconfirmation_pages
from events.desk.status import pages as status_pages
from organisations.permissions import GuardedRoute, Handler, Method, Permission, guarded

EVENT: Final = "/{lang}/desk/events/{event}"
SEASON: Final = "/{lang}/desk/organisations/{slug}/season"
CONFIRMATIONS: Final = "/{lang}/confirmations/{secrets}"


def life_routes() -> list[Route]:
    """Every one of them. They stand after the narrower paths of the event's form."""
    return [
        guarded("/{lang}/desk/", home_pages.show_desk, Permission.SIGNED_IN),
        _of_event("", event_pages.show_event, Permission.EDITOR_OR_CITY),
        _of_event("/undo", event_pages.undo, Permission.EDITOR_OR_CITY, method="POST"),
        _of_event("/confirmation", event_pages.confirm, Permission.EDITOR, method="POST"),
        *_asking("/cancellation", status_pages.show_cancellation, status_pages.cancel, Permission.EDITOR_OR_CITY),
        *_asking("/postponement", status_pages.show_postponement, status_pages.postpone, Permission.EDITOR_OR_CITY),
        *_asking("/reinstatement", status_pages.show_reinstatement, status_pages.reinstate, Permission.EDITOR_OR_CITY),
        *_asking("/fullness", status_pages.show_fullness, status_pages.mark_fullness, Permission.EDITOR_OR_CITY),
        *_asking("/move", move_pages.show_move, move_pages.move, Permission.EDITOR_OR_CITY),
        *_asking("/withdrawal", status_pages.show_withdrawal, status_pages.withdraw, Permission.EDITOR_OR_CITY),
        *_asking("/copy", event_pages.show_copying, event_pages.copy, Permission.EDITOR_OR_CITY),
        *_of_date("/cancellation", status_pages.show_cancellation, status_pages.cancel, Permission.EDITOR_OR_CITY),
        *_of_date("/postponement", status_pages.show_postponement, status_pages.postpone, Permission.EDITOR_OR_CITY),
        *_of_date("/reinstatement", status_pages.show_reinstatement, status_pages.reinstate, Permission.EDITOR_OR_CITY),
        *_of_date("/fullness", status_pages.show_fullness, status_pages.mark_fullness, Permission.EDITOR_OR_CITY),
        *_of_date("/move", move_pages.show_move, move_pages.move, Permission.EDITOR_OR_CITY),
        guarded(SEASON, season_pages.show_season, Permission.EDITOR_OR_CITY),
        guarded(SEASON, season_pages.take_season, Permission.EDITOR_OR_CITY, method="POST"),
        guarded(CONFIRMATIONS, reconfirmation_pages.show_questions, Permission.ANYBODY),
        guarded(CONFIRMATIONS, reconfirmation_pages.take_answer, Permission.ANYBODY, method="POST"),
    ]


def _of_event(more: str, handler: Handler, permission: Permission, *, method: Method = "GET") -> GuardedRoute:
    return guarded(f"{EVENT}{more}", handler, permission, method=method, owner_of=of_event)


def _asking(more: str, ask: Handler, do: Handler, permission: Permission) -> list[GuardedRoute]:
    """The page that asks, and the target of its form."""
    return [_of_event(more, ask, permission), _of_event(more, do, permission, method="POST")]


def _of_date(more: str, ask: Handler, do: Handler, permission: Permission) -> list[GuardedRoute]:
    return _asking(f"/dates/{{day}}{more}", ask, do, permission)
