"""The empty state of a list: links to the same filter with one parameter less. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from events.filtering.filter_summary import Chip
from events.filtering.filters import EventFilter


@dataclass(frozen=True, slots=True)
class EmptyStateLink:
    """The filter without one of its parameters: what would be given up, and the query that is left."""

    texts: tuple[str, ...]
    query: str


def empty_state(filter_: EventFilter, chips: Iterable[Chip]) -> list[EmptyStateLink]:
    """One link for each parameter in use; none where only one is, since without it there is no filter left.

    A parameter goes as a whole: its values mean any of them, so with one value less even less is found.
    """
    texts: dict[str, list[str]] = {}
    for chip in chips:
        texts.setdefault(chip.parameter, []).append(chip.text)
    if len(texts) < 2:
        return []
    return [EmptyStateLink(tuple(given_up), filter_.without(name).to_query()) for name, given_up in texts.items()]
