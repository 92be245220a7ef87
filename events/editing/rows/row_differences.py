"""The difference between stored and wanted rows: the least to insert, update and delete. Pure."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Columns = Mapping[str, Any]
Entry = tuple[str, str]
"""A list's name and a value in it."""


@dataclass(frozen=True, slots=True)
class Difference(Generic[Key]):
    """Rows by what tells them apart: those to go, those to come, and of those that stay the columns that differ."""

    gone: tuple[Key, ...]
    new: tuple[Key, ...]
    changed: Mapping[Key, Columns]


def difference(stored: Mapping[Key, Columns], wanted: Mapping[Key, Columns]) -> Difference[Key]:
    """The way from rows to rows; what is stored has every column that is wanted."""
    changed = {}
    for key in (key for key in wanted if key in stored):
        columns = {name: value for name, value in wanted[key].items() if stored[key][name] != value}
        if columns:
            changed[key] = columns
    return Difference(
        gone=tuple(key for key in stored if key not in wanted),
        new=tuple(key for key in wanted if key not in stored),
        changed=changed,
    )


def list_difference(stored: Iterable[Entry], wanted: Iterable[Entry]) -> Difference[Entry]:
    """The way from lists to lists, which are read in the order their rows were written: each keeps its beginning as
    far as that is the same, and the rest of it is written anew."""
    before, after = _lists(stored), _lists(wanted)
    gone, new = [], []
    for name in {**before, **after}:
        had, has = before.get(name, []), after.get(name, [])
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(had, has, strict=False)))
        gone += [(name, value) for value in had[same:]]
        new += [(name, value) for value in has[same:]]
    return Difference(tuple(gone), tuple(new), {})


def _lists(entries: Iterable[Entry]) -> dict[str, list[str]]:
    lists = defaultdict(list)
    for name, value in entries:
        lists[name].append(value)
    return lists
