"""The routes of the desk for events; the narrower path stands before the wider."""

from events.desk.form import comparison_pages, edit_pages, image_pages, preview_pages, proposal_pages
from events.desk.form import pages as form_pages
from events.desk.form.expired_sign_in_pages import keeping_text, telling_gone
from events.desk.form.image_pages import LARGEST_UPLOAD
from events.desk.permissions import of_event, of_proposal
from events.desk.status.routes import life_routes
from organisations.permissions import GuardedRoute, Handler, Method, Permission, guarded, named_by_slug

NEW = "/{lang}/desk/organisations/{slug}/events/new"
PLACES = "/{lang}/desk/organisations/{slug}/places"
PROPOSAL = "/{lang}/desk/proposals/{key}"
EVENT = "/{lang}/desk/events/{event}"


def _of_proposal(
    more: str, handler: Handler, permission: Permission, *, method: Method = "GET", largest: int | None = None
) -> GuardedRoute:
    return guarded(f"{PROPOSAL}{more}", handler, permission, method=method, owner_of=of_proposal, max_body_size=largest)


form_routes = [
    guarded(NEW, form_pages.begin, Permission.EDITOR_OR_CITY),
    # The city edits what a resident has told, too: such an event's form looks for places like any other.
    guarded(PLACES, proposal_pages.find_places, Permission.EDITOR_OR_CITY, owner_of=named_by_slug),
    _of_proposal("/preview", preview_pages.show_preview, Permission.EDITOR_OR_CITY),
    _of_proposal("/publication", proposal_pages.send, Permission.EDITOR_OR_CITY, method="POST"),
    _of_proposal("/withdrawal", proposal_pages.take_back, Permission.EDITOR_OR_CITY, method="POST"),
    _of_proposal("/removal", proposal_pages.remove, Permission.EDITOR_OR_CITY, method="POST"),
    _of_proposal("/versions", comparison_pages.show_versions, Permission.EDITOR_OR_CITY),
    _of_proposal("/versions", comparison_pages.choose_version, Permission.EDITOR_OR_CITY, method="POST"),
    _of_proposal("/changes", comparison_pages.show_changes, Permission.EDITOR_OR_CITY),
    _of_proposal("/changes", comparison_pages.choose_changes, Permission.EDITOR_OR_CITY, method="POST"),
    _of_proposal("/image", image_pages.show_image, Permission.EDITOR_OR_CITY),
    _of_proposal("/image", image_pages.take_image, Permission.EDITOR_OR_CITY, method="POST", largest=LARGEST_UPLOAD),
    _of_proposal("/image/removal", image_pages.remove_image, Permission.EDITOR_OR_CITY, method="POST"),
    telling_gone(_of_proposal("", form_pages.show_form, Permission.EDITOR_OR_CITY)),
    keeping_text(_of_proposal("", form_pages.take_form, Permission.EDITOR_OR_CITY, method="POST")),
    guarded(f"{EVENT}/edit", edit_pages.begin_edit, Permission.EDITOR_OR_CITY, owner_of=of_event),
]
routes = [*form_routes, *life_routes()]
