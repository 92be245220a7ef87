"""What is measured, and the multiples of the bare application's processor time that are aimed at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

WARM_GOAL: Final = 1.5
GROWTH_GOAL: Final = 1.2
WRITE_GOAL: Final = 15
LOADED_GOAL: Final = 120 * 1024 * 1024
FEED_GOAL: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of request. Warm: nothing changed since it was last asked. Cold: the first after a change."""

    name: str
    title: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    cold_goal: float | None = None
    cold: bool = True
    grows: bool = True


def cases(changed: str, another: str, today: date) -> tuple[Case, ...]:
    """Every case, given the event that is changed, one that is not, and the day it is."""
    feed = "/fi/events.ics"
    return (
        Case("full", "full feed", feed, cold_goal=30),
        Case("tenth", "10 % feed", f"{feed}?in_language=uk", cold_goal=8),
        Case("unchanged", "304 of the full feed", feed, status=304, cold=False),
        Case("gzip", "full feed, gzip", feed, {"Accept-Encoding": "gzip"}),
        Case("list", "list", "/fi/events", cold_goal=6, grows=False),
        Case("month", "month", f"/fi/calendar/{today:%Y-%m}"),
        Case("event", "event page", f"/fi/events/{another}", cold_goal=4, grows=False),
        Case("changed", "page of the changed event", f"/fi/events/{changed}", cold_goal=4, grows=False),
    )
