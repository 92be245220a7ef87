"""Content encoding: which bytes are worth compressing, and which clients take gzip (RFC 9110 12.5.3). Pure."""

from functools import lru_cache
from typing import Final

SMALLEST_PACKED: Final = 512


@lru_cache(maxsize=32)
def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header offers gzip with a weight above zero (RFC 9110 12.5.3)."""
    weights = {}
    for part in header.lower().split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip()] = parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return weights.get("gzip", weights.get("*", False))
