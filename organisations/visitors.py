"""Who is signed in, and for whom she acts. Pure."""

from dataclasses import dataclass
from typing import Final

OWNER: Final = "owner"
EDITOR: Final = "editor"
CITY: Final = "city"
ROLES: Final = (EDITOR, OWNER)
"""From less to more."""


@dataclass(frozen=True, slots=True)
class MemberOf:
    """An organisation that somebody acts for, and as what."""

    organisation_id: int
    slug: str
    name: str
    state: str
    state_reason: str
    role: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person. `session_id` is the browser she uses now."""

    person_id: int
    email: str
    name: str
    language: str
    is_city_staff: bool
    session_id: int
    shared: bool
    memberships: tuple[MemberOf, ...] = ()

    def membership_in(self, organisation_id: int) -> MemberOf | None:
        """What she is in this organisation; None where she is no member."""
        return next((known for known in self.memberships if known.organisation_id == organisation_id), None)


@dataclass(frozen=True, slots=True)
class ActingMembership:
    """For which organisation a request acts, and as what: owner, editor, or city staff in its stead."""

    organisation_id: int
    slug: str
    role: str
