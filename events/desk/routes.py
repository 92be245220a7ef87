"""The addresses of the desk that are about events; the narrower path stands before the wider."""

from events.desk import choosing_pages, edit_pages, form_pages, image_pages, preview_pages, proposal_pages
from events.desk.expired_sign_in import keeping_text, telling_gone
from events.desk.image_pages import LARGEST_UPLOAD
from events.desk.owners import of_event, of_proposal
from organisations.rules import GuardedRoute, Handler, guarded

NEW = "/{lang}/desk/organisations/{slug}/events/new"
PLACES = "/{lang}/desk/organisations/{slug}/places"
PROPOSAL = "/{lang}/desk/proposals/{key}"
EVENT = "/{lang}/desk/events/{event}"


def _of_proposal(more: str, handler: Handler, method: str = "GET", *, largest: int | None = None) -> GuardedRoute:
    return guarded(f"{PROPOSAL}{more}", handler, method, owner_of=of_proposal, max_body_size=largest)


def _of_event(more: str, handler: Handler, method: str = "GET") -> GuardedRoute:
    return guarded(f"{EVENT}{more}", handler, method, owner_of=of_event)


form_routes = [
    guarded(NEW, form_pages.begin),
    guarded(PLACES, proposal_pages.find_places),
    _of_proposal("/preview", preview_pages.show_preview),
    _of_proposal("/publication", proposal_pages.send, "POST"),
    _of_proposal("/withdrawal", proposal_pages.take_back, "POST"),
    _of_proposal("/removal", proposal_pages.remove, "POST"),
    _of_proposal("/versions", choosing_pages.show_versions),
    _of_proposal("/versions", choosing_pages.choose_version, "POST"),
    _of_proposal("/changes", choosing_pages.show_changes),
    _of_proposal("/changes", choosing_pages.choose_changes, "POST"),
    _of_proposal("/image", image_pages.show_image),
    _of_proposal("/image", image_pages.take_image, "POST", largest=LARGEST_UPLOAD),
    _of_proposal("/image/removal", image_pages.remove_image, "POST"),
    telling_gone(_of_proposal("", form_pages.show_form)),
    keeping_text(_of_proposal("", form_pages.take_form, "POST")),
    _of_event("/edit", edit_pages.begin_edit),
]
routes = [*form_routes]
