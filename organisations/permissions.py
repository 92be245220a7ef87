"""Permission checks: a route declares the permission that it needs, and a guard checks it before the handler runs.

How a desk uses it:

1. Declare the route with its permission, one line each: `guarded("/{lang}/desk/x", show_x, Permission.SIGNED_IN)`, the
   target of a form by `guarded(path, save_x, Permission.OWNER, method="POST")`. `organisations.permission_table`
   collects them all; whatever lies under a desk or changes something and is not declared so stops the start.
2. Where the path holds an organisation's `{slug}`, EDITOR, OWNER and their *_OR_CITY kinds are about that one. Where
   it names something else that belongs to an organisation, pass `owner_of`: an async function of the request that
   gives the organisation's id, or None where there is no such thing. What belongs to others answers 404.
3. In the handler, `visitor_of(request)` is the signed-in person, `acting_of(request)` the organisation she acts for
   and her role there (owner, editor, city): pass both on to what is stored and audited.
"""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from functools import partial, wraps
from typing import Final, Literal
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from organisations.sessions import find_visitor
from organisations.slugs import RESIDENTS
from organisations.visitors import CITY, OWNER, ActingMembership, Visitor
from web.database.connection import fetch
from web.request_context import parameters_of
from web.site import language_of, site_of

Handler = Callable[[Request], Awaitable[Response]]
OwnerOf = Callable[[Request], Awaitable[int | None]]
Around = Callable[[Handler], Handler]
Method = Literal["GET", "POST"]


class Permission(StrEnum):
    """What somebody must be. An owner may do all that an editor may."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed in"
    EDITOR = "editor"
    OWNER = "owner"
    EDITOR_OR_CITY = "editor or city"
    OWNER_OR_CITY = "owner or city"
    CITY = "city"


_ABOUT_AN_ORGANISATION: Final = (
    Permission.EDITOR,
    Permission.OWNER,
    Permission.EDITOR_OR_CITY,
    Permission.OWNER_OR_CITY,
)
_CITY_TOO: Final = (Permission.EDITOR_OR_CITY, Permission.OWNER_OR_CITY)
_OWNERS_ONLY: Final = (Permission.OWNER, Permission.OWNER_OR_CITY)


class GuardedRoute(Route):
    """A route whose handler runs only for those who have the permission. `guarded` is its short name.

    Nobody signed in is sent to sign in (401 where a form was sent); a lesser role gets 403, and what belongs to
    another organisation 404. Nothing that passes here is stored by any cache (`no-store`). Raises ValueError where the
    permission is about an organisation and neither the path nor `owner_of` says about which.
    """

    def __init__(
        self,
        path: str,
        handler: Handler,
        permission: Permission,
        *,
        method: Method = "GET",
        owner_of: OwnerOf | None = None,
        max_body_size: int | None = None,
        around: Around | None = None,
    ) -> None:
        about = owner_of or (named_by_slug if "{slug}" in path else None)
        if permission in _ABOUT_AN_ORGANISATION and about is None:
            raise ValueError(f"{method} {path} does not say to which organisation it belongs: pass owner_of")
        guard = _guard(handler, permission, method, about, reserved_too=owner_of is not None)
        endpoint = wraps(handler)(around(guard)) if around else guard
        super().__init__(path, endpoint, methods=[method], max_body_size=max_body_size)
        self.permission: Final = permission
        self._anew = partial(
            GuardedRoute, path, handler, permission, method=method, owner_of=owner_of, max_body_size=max_body_size
        )

    def wrapped(self, around: Around) -> "GuardedRoute":
        """The same route, with an endpoint that `around` makes of the guard: it may answer what the guard refuses."""
        return self._anew(around=around)


guarded: Final = GuardedRoute


def _guard(
    handler: Handler, permission: Permission, method: Method, about: OwnerOf | None, *, reserved_too: bool
) -> Handler:
    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        site = site_of(request)
        language = language_of(request)
        visitor = await find_visitor(
            request.cookies.get(cookie_name(secure=site.settings.base_url.startswith("https://")), ""), now=site.now()
        )
        request.state.visitor = visitor
        if visitor is None and permission != Permission.ANYBODY:
            if method != "GET":
                raise HTTPException(401)
            return RedirectResponse(sign_in_address(language.code, request), 303, headers=NO_STORE)
        if any(len(text) > LONGEST.get(name, len(text)) for name, text in parameters_of(request).items()):
            # No such thing is stored, and the database layer refuses to look.
            raise HTTPException(404)
        if visitor is not None:
            await _admit(request, visitor, permission, about)
            if not reserved_too and parameters_of(request).get("slug") == RESIDENTS:
                # The organisation of residents' suggestions has no members, and nothing about it is to be decided.
                raise HTTPException(404)
        response = await handler(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return endpoint


LONGEST: Final = {"key": 16, "slug": 80}
"""Characters of what an address of a desk names something by, as the columns hold it."""
NO_STORE: Final = {"Cache-Control": "no-store"}


def cookie_name(*, secure: bool) -> str:
    """The session cookie's name; browsers refuse the `__Host-` kind over plain HTTP and from another subdomain."""
    return "__Host-session" if secure else "session"


def sign_in_address(code: str, request: Request) -> str:
    """Where to sign in and come back from."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"/{code}/sign-in?next={quote(wanted, safe='/')}"


def visitor_or_none(request: Request) -> Visitor | None:
    """Who is signed in, if anybody is. Only behind a guard."""
    visitor: Visitor | None = request.state.visitor
    return visitor


def visitor_of(request: Request) -> Visitor:
    """Who is signed in. Only where the permission asks for somebody to be."""
    visitor = visitor_or_none(request)
    if visitor is None:
        raise HTTPException(401)
    return visitor


def acting_membership(request: Request) -> ActingMembership:
    """For which organisation this request acts, and as what. Only where the permission is about one."""
    acting: ActingMembership = request.state.acting
    return acting


async def _admit(request: Request, visitor: Visitor, permission: Permission, about: OwnerOf | None) -> None:
    """Raise HTTPException 403 or 404 unless the visitor may."""
    if permission == Permission.CITY and not visitor.is_city_staff:
        raise HTTPException(403)
    if permission not in _ABOUT_AN_ORGANISATION or about is None:
        return
    organisation_id = await about(request)
    membership = visitor.membership_in(organisation_id) if organisation_id is not None else None
    as_city = visitor.is_city_staff and permission in _CITY_TOO
    if organisation_id is None or (membership is None and not as_city):
        raise HTTPException(404)
    role = membership.role if membership else CITY
    if permission in _OWNERS_ONLY and role not in (OWNER, CITY):
        if not as_city:
            raise HTTPException(403)
        role = CITY
    if membership is not None and membership.state == "suspended" and request.method != "GET" and not as_city:
        raise HTTPException(403)
    slug = membership.slug if membership else await _slug_of(organisation_id)
    request.state.acting = ActingMembership(organisation_id, slug, role)


async def named_by_slug(request: Request) -> int | None:
    """The organisation that the path names, in whatever state; None where there is none."""
    rows = await fetch("SELECT id FROM organisation WHERE slug = ?", parameters_of(request)["slug"])
    return int(rows[0]["id"]) if rows else None


async def _slug_of(organisation_id: int) -> str:
    rows = await fetch("SELECT slug FROM organisation WHERE id = ?", organisation_id)
    return str(rows[0]["slug"]) if rows else ""
