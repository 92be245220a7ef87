"""Handlers of a proposal apart from its form: send, take back, delete; the search for places."""

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
from organisations.desk_context import desk_context_of
from web.forms import Form
from web.page import HTML


async def send(request: Request) -> Response:
    """`POST …/publication`: what the preview showed, made public or sent to the city."""
    desk = desk_context_of(request)
    stored = await proposal_of(desk)
    problems = await to_be_confirmed(stored.fields, desk.acting.organisation_id, desk.language)
    if problems:
        window = stored.fields.get(WINDOW, "")
        return await form_page(desk, stored, stored.fields, window=window, problems=problems, status=422)
    return await publish(desk, stored.key)


async def take_back(request: Request) -> Response:
    """`POST …/withdrawal`: out of the city's queue, to go on with it."""
    desk = desk_context_of(request)
    stored = await proposal_of(desk)
    try:
        await acceptance.take_back(stored.key, by=actor_of(desk), now=desk.now)
    except EditRefused as refused:
        return refused_page(desk, refused)
    return back_to(desk, path_of(stored.key))


async def remove(request: Request) -> Response:
    """`POST …/removal`: forget what was typed."""
    desk = desk_context_of(request)
    await proposals.discard(desk.parameters["key"])
    return back_to(desk, "desk/", done="draft_deleted")


async def find_places(request: Request) -> Response:
    """`/{lang}/desk/organisations/{slug}/places`: those that match what is typed, as a fragment of the form."""
    desk = desk_context_of(request)
    words = desk.asked("place_words")[:80]
    chosen = desk.asked("place")
    site = desk.site
    if request.headers.get("hx-request") != "true":
        raise HTTPException(404)
    places = await places_for(desk.acting.organisation_id, chosen, words)
    form = Form({"place": (chosen,), "new_place_name": (desk.asked("new_place_name")[:160],)})
    view = {"places": places, "place_words": words, "form": form}
    body = site.renderer.html("desk/_event_form_places.html", desk.language, {"view": view})
    return Response(body, headers={"Content-Type": HTML})
