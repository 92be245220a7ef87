"""What can be done with a proposal besides typing: sent, taken back, deleted, two texts compared; places searched."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from events.desk.form.answers import form_page, path_of, refused_page
from events.desk.form.checks import to_be_confirmed
from events.desk.form.fields import WINDOW
from events.desk.form.pages import publish
from events.desk.form.places import places_for
from events.desk.permissions import actor_of, proposal_of
from events.editing import acceptance, proposals
from events.editing.errors import EditRefused
from organisations.desk.responses import back_to
from organisations.permissions import acting_membership
from web.forms import Form
from web.page import HTML
from web.site import language_of, site_of


async def send(request: Request) -> Response:
    """`POST …/publication`: what the preview showed, made public or sent to the city."""
    stored = await proposal_of(request)
    problems = await to_be_confirmed(stored.fields, acting_membership(request).organisation_id, language_of(request))
    if problems:
        window = stored.fields.get(WINDOW, "")
        return await form_page(request, stored, stored.fields, window=window, problems=problems, status=422)
    return await publish(request, stored.key)


async def take_back(request: Request) -> Response:
    """`POST …/withdrawal`: out of the city's queue, to go on with it."""
    stored = await proposal_of(request)
    try:
        await acceptance.take_back(stored.key, by=actor_of(request), now=site_of(request).now())
    except EditRefused as refused:
        return refused_page(request, refused)
    return back_to(request, path_of(stored.key))


async def remove(request: Request) -> Response:
    """`POST …/removal`: forget what was typed."""
    await proposals.discard(request.path_params["key"])
    return back_to(request, "desk/", done="draft_deleted")


async def find_places(request: Request) -> Response:
    """`/{lang}/desk/organisations/{slug}/places`: those that match what is typed, as a piece of the form."""
    words = request.query_params.get("place_words", "")[:80]
    chosen = request.query_params.get("place", "")
    site = site_of(request)
    if request.headers.get("hx-request") != "true":
        raise HTTPException(404)
    places = await places_for(acting_membership(request).organisation_id, chosen, words)
    form = Form({"place": (chosen,), "new_place_name": (request.query_params.get("new_place_name", "")[:160],)})
    view = {"places": places, "place_words": words, "form": form}
    body = site.renderer.html("desk/_event_form_places.html", language_of(request), {"view": view})
    return Response(body, headers={"Content-Type": HTML})
