"""How an event stands in an address: its public id, with a readable tail that means nothing. Pure."""

import re
from typing import Final

from events.domain.folding import fold

PUBLIC_ID_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without 0 1 l o i, which are taken for one another when an address is read aloud or from paper."""
PUBLIC_ID_LENGTH: Final = 10
LONGEST_TAIL: Final = 60

_ADDRESS: Final = re.compile(rf"([a-z0-9]{{{PUBLIC_ID_LENGTH}}})(-[a-z0-9-]*)?")


def public_id_of(segment: str) -> str | None:
    """The public id in a path segment with any tail behind it; None where it cannot be one."""
    found = _ADDRESS.fullmatch(segment)
    return found[1] if found else None


def with_tail(public_id: str, title: str) -> str:
    """A path segment for an event: its id and what of the title fits into a-z, 0-9 and hyphens."""
    tail = re.sub(r"[^a-z0-9]+", "-", fold(title))[:LONGEST_TAIL].strip("-")
    return f"{public_id}-{tail}" if tail else public_id
