"""The body of a feed with the positions of its events, so that a changed event is replaced without the others. Pure."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter

from events.feeds.ical import uid_at


@dataclass(frozen=True, slots=True)
class WrittenEvent:
    """One event of a feed. `first_start` is in seconds since 1970; `uid` decides between equal ones."""

    id: int
    first_start: int
    uid: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class FeedBody:
    """The bytes of a feed: a head, its events in the order of first start and UID, a tail.

    Three arrays say of each event, in that order, which it is, when it first starts, and how many bytes it has.
    """

    whole: bytes
    head: int
    ids: "array[int]"
    starts: "array[int]"
    lengths: "array[int]"

    @property
    def size(self) -> int:
        """Bytes of memory besides the body itself."""
        return 24 * len(self.ids)

    @classmethod
    def of(cls, head: bytes, events: Sequence[WrittenEvent], tail: bytes) -> "FeedBody":
        """The feed of these events, which come in order."""
        return cls(
            b"".join((head, *(event.body for event in events), tail)),
            len(head),
            array("q", (event.id for event in events)),
            array("q", (event.first_start for event in events)),
            array("q", (len(event.body) for event in events)),
        )

    def lengths_of(self, ids: Collection[int]) -> int:
        """How many bytes these events have together, as far as they are in it."""
        return sum(self.lengths[self.ids.index(key)] for key in ids if key in self.ids)

    def patched(self, gone: Collection[int], new: Iterable[WrittenEvent], *, head: bytes, tail: bytes) -> "FeedBody":
        """The feed without the events of these ids, and with new ones, each in its place. Copied once."""
        ids, starts, lengths = self.ids[:], self.starts[:], self.lengths[:]
        begins = array("q", accumulate(lengths, initial=self.head))
        cuts: list[tuple[int, int, bytes]] = []
        for position in sorted((ids.index(key) for key in gone if key in ids), reverse=True):
            cuts.append((begins[position], lengths[position], b""))
            for each in (ids, starts, lengths, begins):
                each.pop(position)
        places = []
        for event in sorted(new, key=lambda one: (one.first_start, one.uid)):
            position = bisect_left(starts, event.first_start)
            while (
                position < len(ids)
                and starts[position] == event.first_start
                and self._uid(begins, position) < event.uid
            ):
                position += 1
            places.append((position, event))
            cuts.append((begins[position], 0, event.body))
        for position, event in reversed(places):
            ids.insert(position, event.id)
            starts.insert(position, event.first_start)
            lengths.insert(position, len(event.body))
        whole = b"".join((head, *self._recut(cuts), tail))
        # The very same object where nothing came of it: whoever compares need not read it.
        return FeedBody(self.whole if whole == self.whole else whole, len(head), ids, starts, lengths)

    def _uid(self, begins: Sequence[int], position: int) -> bytes:
        return uid_at(self.whole, begins[position])

    def _recut(self, cuts: list[tuple[int, int, bytes]]) -> Iterator[bytes | memoryview]:
        """The events' bytes; at each cut so many are left out, and others put in."""
        view, done = memoryview(self.whole), self.head
        for begin, left_out, put_in in sorted(cuts, key=itemgetter(0)):
            yield view[done:begin]
            yield put_in
            done = max(done, begin + left_out)
        yield view[done : self.head + sum(self.lengths)]
