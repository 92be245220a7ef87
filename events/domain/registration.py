"""How one signs up. `closes` is aware UTC. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Registration:
    """Whether one signs up, and how. `kind` is none, required or unknown."""

    kind: str = "unknown"
    link: str = ""
    email: str = ""
    phone: str = ""
    each_time: bool = False
    languages: tuple[str, ...] = ()
    closes: datetime | None = None
    mid_season: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain JSON without `kind` and `closes`, which have columns of their own."""
        return {
            "link": self.link,
            "email": self.email,
            "phone": self.phone,
            "each_time": self.each_time,
            "languages": list(self.languages),
            "mid_season": self.mid_season,
        }

    @classmethod
    def from_json(cls, kind: str, closes: datetime | None, stored: Mapping[str, Any]) -> "Registration":
        """What `to_json` wrote, with the two columns."""
        return cls(
            kind=kind,
            link=stored.get("link", ""),
            email=stored.get("email", ""),
            phone=stored.get("phone", ""),
            each_time=stored.get("each_time", False),
            languages=tuple(stored.get("languages", ())),
            closes=closes,
            mid_season=stored.get("mid_season", False),
        )
