"""Where, and who invites, as immutable values. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where: as its own people call it, with what is known of its access."""

    id: int
    name: str
    street_address: str = ""
    postal_code: str = ""
    city: str = ""
    area: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def address(self) -> str:
        """«Street, postcode city» on one line, as far as known."""
        town = f"{self.postal_code} {self.city}".strip()
        return ", ".join(part for part in (self.street_address, town) if part)

    @property
    def in_full(self) -> str:
        """Name and address on one line."""
        return ", ".join(part for part in (self.name, self.address) if part)


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who invites."""

    slug: str
    name: str
    contact_email: str = ""
    contact_phone: str = ""
    website: str = ""
