"""Forms sent after the session has expired, or after their draft was deleted: what was typed is stored."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from events.desk.form.answers import path_of, refused_fragments
from events.desk.form.fields import payload_of_form
from events.desk.form.missing_draft_pages import save_anew, tell_gone
from events.desk.form.pages import LARGEST_SENT, MOST_SENT, version_of
from events.desk.form.unsaved_texts import store_unsaved_text
from events.editing.proposals import LARGEST_PAYLOAD
from organisations.desk_context import desk_context_of
from organisations.permissions import GuardedRoute, Handler, visitor_or_none
from web.client_address import client_mark
from web.form_body import read_form
from web.rate_limits import allowed

MOST_KEPT: Final = 20
WITHIN: Final = timedelta(minutes=15)


def keeping_text(route: GuardedRoute) -> GuardedRoute:
    """The same guarded route of a form, but nothing that is sent there is lost for want of a sign-in or a draft."""
    return _else(route, {401: _keep, 404: save_anew})


def telling_gone(route: GuardedRoute) -> GuardedRoute:
    """The same guarded route of a draft's page, but whoever is signed in is told where the draft has gone."""
    return _else(route, {404: tell_gone})


def _else(
    route: GuardedRoute, answers: Mapping[int, Callable[[Request, HTTPException], Awaitable[Response]]]
) -> GuardedRoute:
    """The same guarded route with other answers for some of its refusals; what is not there is no news to strangers."""

    def around(guard: Handler) -> Handler:
        async def endpoint(request: Request) -> Response:
            try:
                return await guard(request)
            except HTTPException as error:
                answer = answers.get(error.status_code)
                if answer is None or (error.status_code == 404 and visitor_or_none(request) is None):
                    raise
                return await answer(request, error)

        return endpoint

    return route.wrapped(around)


async def _keep(request: Request, error: HTTPException) -> Response:
    """On to the sign-in, and from there back to the form with what was typed."""
    desk = desk_context_of(request)
    language, key, now = desk.language, desk.parameters["key"], desk.now
    sent = await read_form(request, most_fields=MOST_SENT, largest_field=LARGEST_SENT)
    address = f"/{language.code}/{path_of(key)}"
    if request.headers.get("hx-request") == "true":
        text = language.gettext("Not saved: you are signed out. Sign in in another tab and leave this page open.")
        return refused_fragments(
            desk, text, version=version_of(sent), address=f"/{language.code}/sign-in?next={quote(address)}"
        )
    fields = payload_of_form(sent)
    mark = await client_mark(desk.client, now=now)
    too_large = sum(len(text.encode()) for text in fields.values()) > LARGEST_PAYLOAD
    if too_large or await allowed(f"kept {mark}", most=MOST_KEPT, within=WITHIN, now=now) is not None:
        raise error
    kept = await store_unsaved_text(key, fields, version_of(sent), now=now)
    wanted = quote(f"{address}?kept={kept}", safe="/")
    return RedirectResponse(f"/{language.code}/sign-in?next={wanted}", 303, headers={"Cache-Control": "no-store"})
