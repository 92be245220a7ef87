"""Who may do what: one table of every address that is not simply open to read, and the door that keeps it.

How a desk uses it:

1. Give the address its row in TABLE, each method with what it needs: `"/{lang}/desk/x": {"GET": Need.SIGNED_IN}`.
2. Declare the route by `guarded("/{lang}/desk/x", show_x)`, a form's target by `guarded(path, save_x, "POST")`;
   without a row that raises at start-up. Nothing else leads to a handler behind the door.
3. Where the path holds an organisation's `{slug}`, EDITOR, OWNER and their *_OR_CITY kinds are about that one. Where
   it names something else that belongs to an organisation, pass `owner_of`: an async function of the request that
   gives the organisation's id, or None where there is no such thing. What belongs to others answers 404.
4. In the handler, `visitor_of(request)` is the signed-in person, `acting_of(request)` the organisation she acts for
   and her role there (owner, editor, city): pass both on to what is stored and audited.
"""

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from organisations.sessions import find_visitor
from organisations.visitors import CITY, OWNER, Acting, Visitor
from web.database import fetch
from web.site import language_of, site_of

Handler = Callable[[Request], Awaitable[Response]]
OwnerOf = Callable[[Request], Awaitable[int | None]]


class Need(StrEnum):
    """What somebody must be. An owner may all that an editor may."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed in"
    EDITOR = "editor"
    OWNER = "owner"
    EDITOR_OR_CITY = "editor or city"
    OWNER_OR_CITY = "owner or city"
    CITY = "city"


_ABOUT_AN_ORGANISATION: Final = (Need.EDITOR, Need.OWNER, Need.EDITOR_OR_CITY, Need.OWNER_OR_CITY)
_CITY_TOO: Final = (Need.EDITOR_OR_CITY, Need.OWNER_OR_CITY)
_OWNERS_ONLY: Final = (Need.OWNER, Need.OWNER_OR_CITY)

TABLE: Final[Mapping[str, Mapping[str, Need]]] = {
    "/{lang}/feedback": {"POST": Need.ANYBODY},
    "/{lang}/events/{event}/report": {"POST": Need.ANYBODY},
    "/{lang}/propose": {"POST": Need.ANYBODY},
    "/{lang}/sign-in": {"GET": Need.ANYBODY, "POST": Need.ANYBODY},
    "/{lang}/sign-in/code": {"GET": Need.ANYBODY, "POST": Need.ANYBODY},
    "/{lang}/sign-in/renewal": {"POST": Need.ANYBODY},
    "/{lang}/sign-in/{secret}": {"GET": Need.ANYBODY, "POST": Need.ANYBODY},
    "/{lang}/sign-out": {"POST": Need.ANYBODY},
    "/{lang}/signed-out": {"GET": Need.ANYBODY},
    "/{lang}/invitations/{secret}": {"GET": Need.ANYBODY, "POST": Need.ANYBODY},
    "/{lang}/desk": {"GET": Need.SIGNED_IN},
    "/{lang}/desk/": {"GET": Need.SIGNED_IN},
    "/{lang}/desk/account": {"GET": Need.SIGNED_IN, "POST": Need.SIGNED_IN},
    "/{lang}/desk/account/address": {"POST": Need.SIGNED_IN},
    "/{lang}/desk/account/address/{secret}": {"GET": Need.SIGNED_IN, "POST": Need.SIGNED_IN},
    "/{lang}/desk/account/data.json": {"GET": Need.SIGNED_IN},
    "/{lang}/desk/account/deletion": {"GET": Need.SIGNED_IN, "POST": Need.SIGNED_IN},
    "/{lang}/desk/account/sessions/{session}/removal": {"POST": Need.SIGNED_IN},
    "/{lang}/desk/organisations/new": {"GET": Need.SIGNED_IN, "POST": Need.SIGNED_IN},
    "/{lang}/desk/organisations/{slug}": {"GET": Need.EDITOR_OR_CITY, "POST": Need.OWNER_OR_CITY},
    "/{lang}/desk/organisations/{slug}/members": {"GET": Need.EDITOR_OR_CITY},
    "/{lang}/desk/organisations/{slug}/members/{member}/role": {"POST": Need.OWNER_OR_CITY},
    "/{lang}/desk/organisations/{slug}/members/{member}/removal": {"POST": Need.OWNER_OR_CITY},
    "/{lang}/desk/organisations/{slug}/departure": {"POST": Need.EDITOR},
    "/{lang}/desk/organisations/{slug}/invitations": {"POST": Need.OWNER_OR_CITY},
    "/{lang}/desk/organisations/{slug}/invitations/{invitation}/removal": {"POST": Need.OWNER_OR_CITY},
    "/{lang}/desk/organisations/{slug}/season": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}": {"GET": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/undo": {"POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/confirmation": {"POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/cancellation": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/postponement": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/reinstatement": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/fullness": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/move": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/withdrawal": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/copy": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/dates/{day}/cancellation": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/dates/{day}/postponement": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/dates/{day}/reinstatement": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/dates/{day}/fullness": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/dates/{day}/move": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/confirmations/{secrets}": {"GET": Need.ANYBODY, "POST": Need.ANYBODY},
    "/{lang}/desk/organisations/{slug}/events/new": {"GET": Need.EDITOR_OR_CITY},
    "/{lang}/desk/organisations/{slug}/places": {"GET": Need.EDITOR_OR_CITY},
    "/{lang}/desk/proposals/{key}": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/proposals/{key}/preview": {"GET": Need.EDITOR_OR_CITY},
    "/{lang}/desk/proposals/{key}/publication": {"POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/proposals/{key}/withdrawal": {"POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/proposals/{key}/removal": {"POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/proposals/{key}/versions": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/proposals/{key}/changes": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/proposals/{key}/image": {"GET": Need.EDITOR_OR_CITY, "POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/proposals/{key}/image/removal": {"POST": Need.EDITOR_OR_CITY},
    "/{lang}/desk/events/{event}/edit": {"GET": Need.EDITOR_OR_CITY},
    "/{lang}/city": {"GET": Need.CITY},
    "/{lang}/city/": {"GET": Need.CITY},
    "/{lang}/city/proposals/{key}": {"GET": Need.CITY},
    "/{lang}/city/proposals/{key}/publication": {"POST": Need.CITY},
    "/{lang}/city/proposals/{key}/return": {"POST": Need.CITY},
    "/{lang}/city/proposals/{key}/assignment": {"POST": Need.CITY},
    "/{lang}/city/events": {"GET": Need.CITY},
    "/{lang}/city/events/{event}": {"GET": Need.CITY},
    "/{lang}/city/events/{event}/withdrawal": {"POST": Need.CITY},
    "/{lang}/city/events/{event}/undo": {"POST": Need.CITY},
    "/{lang}/city/places": {"GET": Need.CITY},
    "/{lang}/city/places/new": {"GET": Need.CITY, "POST": Need.CITY},
    "/{lang}/city/places/{place}": {"GET": Need.CITY, "POST": Need.CITY},
    "/{lang}/city/places/{place}/merger": {"POST": Need.CITY},
    "/{lang}/city/places/{place}/separation": {"POST": Need.CITY},
    "/{lang}/city/organisations": {"GET": Need.CITY},
    "/{lang}/city/organisations/{slug}": {"GET": Need.CITY},
    "/{lang}/city/organisations/{slug}/suspension": {"POST": Need.CITY},
    "/{lang}/city/organisations/{slug}/reinstatement": {"POST": Need.CITY},
    "/{lang}/city/organisations/{slug}/review": {"POST": Need.CITY},
    "/{lang}/city/organisations/{slug}/owner": {"POST": Need.CITY},
    "/{lang}/city/messages": {"GET": Need.CITY},
    "/{lang}/city/messages/{message}": {"GET": Need.CITY},
    "/{lang}/city/messages/{message}/answer": {"POST": Need.CITY},
    "/{lang}/city/messages/{message}/closing": {"POST": Need.CITY},
    "/{lang}/city/messages/{message}/reopening": {"POST": Need.CITY},
    "/{lang}/city/audit": {"GET": Need.CITY},
    "/{lang}/desk/organisations/{slug}/reports": {"GET": Need.EDITOR_OR_CITY},
    "/{lang}/city/organisations/{slug}/approval": {"POST": Need.CITY},
    "/{lang}/city/organisations/{slug}/return": {"POST": Need.CITY},
}
"""Path -> method -> what it needs. What is not here is public and only read."""


class GuardedRoute(Route):
    """A route behind the door, and what it needs."""

    need: Need


def guarded(
    path: str,
    handler: Handler,
    method: str = "GET",
    *,
    owner_of: OwnerOf | None = None,
    max_body_size: int | None = None,
) -> GuardedRoute:
    """A route whose handler runs only for those whom TABLE admits. Raises ValueError for what is not in TABLE.

    Nobody signed in is sent to sign in (401 where a form was sent); a lesser role gets 403, and what belongs to
    another organisation 404. Nothing that passes here is kept by any cache.
    """
    need = TABLE.get(path, {}).get(method)
    if need is None:
        raise ValueError(f"{method} {path} has no row in organisations.rules.TABLE")
    about = owner_of or (_named_by_slug if "{slug}" in path else None)
    if need in _ABOUT_AN_ORGANISATION and about is None:
        raise ValueError(f"{method} {path} does not say to which organisation it belongs: pass owner_of")

    async def endpoint(request: Request) -> Response:
        site = site_of(request)
        language = language_of(request)
        visitor = await find_visitor(request.cookies.get(cookie_name(request), ""), now=site.now())
        request.state.visitor = visitor
        if visitor is None and need != Need.ANYBODY:
            if method != "GET":
                raise HTTPException(401)
            return RedirectResponse(sign_in_address(language.code, request), 303, headers=NO_STORE)
        if visitor is not None:
            await _admit(request, visitor, need, about)
        response = await handler(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    endpoint.__name__ = getattr(handler, "__name__", "endpoint")
    route = GuardedRoute(path, endpoint, methods=[method], max_body_size=max_body_size)
    route.need = need
    return route


NO_STORE: Final = {"Cache-Control": "no-store"}


def cookie_name(request: Request) -> str:
    """The session cookie's name; browsers keep the first kind from being set over an open line or by a neighbour."""
    return "__Host-session" if site_of(request).settings.base_url.startswith("https://") else "session"


def sign_in_address(code: str, request: Request) -> str:
    """Where to sign in and come back from."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"/{code}/sign-in?next={quote(wanted, safe='/')}"


def visitor_or_none(request: Request) -> Visitor | None:
    """Who is signed in, if anybody is. Only behind the door."""
    visitor: Visitor | None = request.state.visitor
    return visitor


def visitor_of(request: Request) -> Visitor:
    """Who is signed in. Only where the rule asks for somebody to be."""
    visitor = visitor_or_none(request)
    if visitor is None:
        raise HTTPException(401)
    return visitor


def acting_of(request: Request) -> Acting:
    """For which organisation this request acts, and as what. Only where the rule is about an organisation."""
    acting: Acting = request.state.acting
    return acting


async def _admit(request: Request, visitor: Visitor, need: Need, about: OwnerOf | None) -> None:
    """Raise HTTPException 403 or 404 unless the visitor may."""
    if need == Need.CITY and not visitor.is_city_staff:
        raise HTTPException(403)
    if need not in _ABOUT_AN_ORGANISATION or about is None:
        return
    organisation_id = await about(request)
    belonging = visitor.belonging(organisation_id) if organisation_id is not None else None
    as_city = visitor.is_city_staff and need in _CITY_TOO
    if organisation_id is None or (belonging is None and not as_city):
        raise HTTPException(404)
    role = belonging.role if belonging else CITY
    if need in _OWNERS_ONLY and role not in (OWNER, CITY):
        if not as_city:
            raise HTTPException(403)
        role = CITY
    if belonging is not None and belonging.state == "suspended" and request.method != "GET" and not as_city:
        raise HTTPException(403)
    slug = belonging.slug if belonging else await _slug_of(organisation_id)
    request.state.acting = Acting(organisation_id, slug, role)


async def _named_by_slug(request: Request) -> int | None:
    rows = await fetch("SELECT id FROM organisation WHERE slug = ?", request.path_params["slug"])
    return int(rows[0]["id"]) if rows else None


async def _slug_of(organisation_id: int) -> str:
    rows = await fetch("SELECT slug FROM organisation WHERE id = ?", organisation_id)
    return str(rows[0]["slug"]) if rows else ""
