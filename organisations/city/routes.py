"""The addresses of the city's desk that are about organisations, what readers say, and the book of deeds."""

from starlette.routing import Route

from organisations.city import audit_pages, message_pages, pages
from organisations.city.organisation_pages import OrganisationPages
from organisations.city.pages import CityPages
from organisations.desk.frame import Lent
from organisations.profiles import Changed
from organisations.rules import guarded

ORGANISATION = "/{lang}/city/organisations/{slug}"
MESSAGE = "/{lang}/city/messages/{message}"


def city_routes(lent: Lent, changed_standing: Changed | None = None) -> list[Route]:
    """Every one of them. `changed_standing` is done last where an organisation leaves the pages or comes back."""
    organisations = OrganisationPages(lent, changed_standing or lent.changed)
    return [
        guarded("/{lang}/city", pages.to_queue),
        guarded("/{lang}/city/organisations", organisations.show_list),
        guarded(ORGANISATION, organisations.show_one),
        guarded(f"{ORGANISATION}/approval", CityPages(lent).approve, "POST"),
        guarded(f"{ORGANISATION}/return", pages.send_back, "POST"),
        guarded(f"{ORGANISATION}/suspension", organisations.suspend, "POST"),
        guarded(f"{ORGANISATION}/reinstatement", organisations.reinstate, "POST"),
        guarded(f"{ORGANISATION}/review", organisations.review, "POST"),
        guarded(f"{ORGANISATION}/owner", organisations.appoint, "POST"),
        guarded("/{lang}/city/messages", message_pages.show_messages),
        guarded(MESSAGE, message_pages.show_message),
        guarded(f"{MESSAGE}/answer", message_pages.answer, "POST"),
        guarded(f"{MESSAGE}/closing", message_pages.close, "POST"),
        guarded(f"{MESSAGE}/reopening", message_pages.reopen, "POST"),
        guarded("/{lang}/city/audit", audit_pages.show_audit),
    ]
