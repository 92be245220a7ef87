"""What a handler behind sign-in takes out of its request, once: who acts, and for which organisation."""

from dataclasses import dataclass, fields

from starlette.exceptions import HTTPException
from starlette.requests import Request

from organisations.visitors import ActingMembership, Visitor
from web.request_context import RequestContext, context_of


@dataclass(frozen=True, slots=True)
class DeskContext(RequestContext):
    """A request that passed the guard. `signed_in` is None only where anybody may come, `acting_for` where the
    permission is not about one organisation."""

    signed_in: Visitor | None
    acting_for: ActingMembership | None

    @property
    def visitor(self) -> Visitor:
        """Who is signed in. Raises HTTPException 401 where nobody is."""
        if self.signed_in is None:
            raise HTTPException(401)
        return self.signed_in

    @property
    def acting(self) -> ActingMembership:
        """For which organisation, and as what. Raises HTTPException 404 where the request is about none."""
        if self.acting_for is None:
            raise HTTPException(404)
        return self.acting_for


def desk_context_of(request: Request) -> DeskContext:
    """What this request asks for, and who asks. Only behind the guard of `organisations.permissions`."""
    asked = context_of(request)
    known = {field.name: getattr(asked, field.name) for field in fields(asked)}
    return DeskContext(**known, signed_in=request.state.visitor, acting_for=getattr(request.state, "acting", None))
