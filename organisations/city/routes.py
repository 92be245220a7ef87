"""The routes of the city's desk for organisations, readers' messages, and the audit log."""

from starlette.routing import Route

from organisations.city import audit_pages, message_pages, pages
from organisations.city.organisation_pages import OrganisationPages
from organisations.city.pages import CityPages
from organisations.desk.responses import DeskDependencies
from organisations.permissions import Permission, guarded
from organisations.profiles import Changed

ORGANISATION = "/{lang}/city/organisations/{slug}"
MESSAGE = "/{lang}/city/messages/{message}"


def city_routes(dependencies: DeskDependencies, changed_standing: Changed | None = None) -> list[Route]:
    """Every one of them. `changed_standing` is done last where an organisation leaves the pages or comes back."""
    organisations = OrganisationPages(dependencies, changed_standing or dependencies.changed)
    return [
        guarded("/{lang}/city", pages.to_queue, Permission.CITY),
        guarded("/{lang}/city/organisations", organisations.show_list, Permission.CITY),
        guarded(ORGANISATION, organisations.show_one, Permission.CITY),
        guarded(f"{ORGANISATION}/approval", CityPages(dependencies).approve, Permission.CITY, method="POST"),
        guarded(f"{ORGANISATION}/return", pages.send_back, Permission.CITY, method="POST"),
        guarded(f"{ORGANISATION}/suspension", organisations.suspend, Permission.CITY, method="POST"),
        guarded(f"{ORGANISATION}/reinstatement", organisations.reinstate, Permission.CITY, method="POST"),
        guarded(f"{ORGANISATION}/review", organisations.review, Permission.CITY, method="POST"),
        guarded(f"{ORGANISATION}/owner", organisations.appoint, Permission.CITY, method="POST"),
        guarded("/{lang}/city/messages", message_pages.show_messages, Permission.CITY),
        guarded(MESSAGE, message_pages.show_message, Permission.CITY),
        guarded(f"{MESSAGE}/answer", message_pages.answer, Permission.CITY, method="POST"),
        guarded(f"{MESSAGE}/closing", message_pages.close, Permission.CITY, method="POST"),
        guarded(f"{MESSAGE}/reopening", message_pages.reopen, Permission.CITY, method="POST"),
        guarded("/{lang}/city/audit", audit_pages.show_audit, Permission.CITY),
    ]
