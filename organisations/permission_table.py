"""The one table of who may do what where, collected from all routes at every start, and what it refuses.

Whatever is not declared by `organisations.permissions.guarded` may be read by everybody and changes nothing: under a
desk, or by any other method than GET, it stops the start. `python main.py routes` prints the table.
"""

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Final

from starlette.routing import BaseRoute, Route

from organisations.permissions import GuardedRoute, Permission

PUBLIC: Final = "public, read only"
"""What the table says of a route without a guard."""
_HEADINGS: Final = ("method", "path", "permission", "handler")
_READING: Final = {"GET", "HEAD"}
_NEVER_OPEN: Final = ("/desk", "/city")
_NAME_OF_PART: Final = re.compile(r"{\w+")


@dataclass(frozen=True, slots=True)
class Row:
    """What one method of one path needs, and who answers it; `permission` is one of `Permission`, or PUBLIC."""

    method: str
    path: str
    permission: str
    handler: str


def permission_table(routes: Sequence[BaseRoute]) -> list[Row]:
    """A row for every method of every route, in the order in which they are tried.

    Raises ValueError, in one line, for a route that stands open where it must not, and for one declared twice.
    """
    rows: list[Row] = []
    known: set[tuple[str, str]] = set()
    for route in routes:
        for row in _rows(route):
            address = (row.method, _NAME_OF_PART.sub("{", row.path))
            if address in known:
                raise ValueError(f"{row.method} {row.path} is declared twice")
            known.add(address)
            rows.append(row)
    return rows


def as_text(table: Sequence[Row]) -> str:
    """The table in columns, with their headings."""
    lines = [_HEADINGS, *(astuple(row) for row in table)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _rows(route: BaseRoute) -> list[Row]:
    if not isinstance(route, Route):
        name = f"{type(route).__name__} {getattr(route, 'path', '')}".strip()
        raise ValueError(f"{name} leads past the table of permissions: only plain routes have a row")
    methods = sorted(route.methods or {"any method of"})
    permission = route.permission if isinstance(route, GuardedRoute) else None
    for method in methods:
        if permission is None and (method not in _READING or _is_never_open(route)):
            raise ValueError(f"{method} {route.path} is not declared by organisations.permissions.guarded")
        if permission == Permission.ANYBODY and _is_never_open(route):
            raise ValueError(f"{method} {route.path} is behind sign-in and stands open to anybody")
    # HEAD goes with GET.
    shown = [method for method in methods if method != "HEAD" or "GET" not in methods]
    return [Row(method, route.path, permission or PUBLIC, _name_of(route)) for method in shown]


def _is_never_open(route: Route) -> bool:
    return any(part in route.path for part in _NEVER_OPEN)


def _name_of(route: Route) -> str:
    # What stands before a handler (the guard, the cache) bears its name.
    return f"{route.endpoint.__module__}.{route.endpoint.__qualname__}"
