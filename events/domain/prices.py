"""What it costs: amounts in euros as Decimal, per what and for whom. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One amount in euros: per what (`unit`) and for whom (`group`)."""

    amount: Decimal
    unit: str = "person"
    group: str = "all"

    def to_json(self) -> dict[str, str]:
        """Plain JSON; the amount is text, so that no cent is lost."""
        return {"amount": str(self.amount), "unit": self.unit, "group": self.group}

    @classmethod
    def from_json(cls, stored: Mapping[str, str]) -> "PriceRow":
        """What `to_json` wrote."""
        return cls(Decimal(stored["amount"]), stored["unit"], stored["group"])
