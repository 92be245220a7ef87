"""Every setting of the program, read once from the environment and checked before anything starts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting that cannot be used; str() is one clear line."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as used. `base_url` has no trailing slash; the README's table says what each means."""

    database_url: str
    host: str
    port: int
    base_url: str
    site_name: str
    city_name: str
    help_contact: str
    uid_domain: str
    map_url: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read and check the settings; raises SettingsError with one line naming the variable."""
        host = _text(environment, "HOST", "127.0.0.1")
        port = _port(environment)
        base_url = _base_url(environment, f"http://{_written(host)}:{port}")
        return cls(
            database_url=_database_url(environment),
            host=host,
            port=port,
            base_url=base_url,
            site_name=_text(environment, "SITE_NAME", "Yhdessä"),
            city_name=_text(environment, "CITY_NAME", "Kouvola"),
            help_contact=_contact(environment),
            uid_domain=_domain(environment, _host_name(base_url)),
            map_url=_map_url(environment),
        )


def _text(environment: Mapping[str, str], name: str, default: str) -> str:
    text = environment.get(name, "").strip() or default
    if not text.isprintable():
        raise SettingsError(f"{name} must be one line of text")
    return text


def _port(environment: Mapping[str, str]) -> int:
    text = _text(environment, "PORT", "8000")
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536):
        raise SettingsError(f"PORT must be a number from 1 to 65535, not «{text}»")
    return int(text)


def _database_url(environment: Mapping[str, str]) -> str:
    url = _text(environment, "DATABASE_URL", f"sqlite://{ROOT / 'var' / 'yhdessa.db'}")
    scheme, _, rest = url.partition("://")
    if scheme not in ("sqlite", "postgres", "postgresql") or not rest:
        # The value may hold a password: it is not repeated.
        raise SettingsError("DATABASE_URL must begin with sqlite:// or postgres:// and name a database")
    return url


def _base_url(environment: Mapping[str, str], default: str) -> str:
    url = _text(environment, "BASE_URL", default).rstrip("/")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    plain = re.fullmatch(r"https?://(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:[0-9]+)?", url.lower())
    if not host or not plain:
        raise SettingsError(f"BASE_URL must look like https://example.org, not «{url}»")
    return url.lower()


def _contact(environment: Mapping[str, str]) -> str:
    contact = _text(environment, "HELP_CONTACT", "mailto:info@example.org")
    if not re.fullmatch(r"(mailto:[^@\s]+@[^@\s]+|https://\S+|tel:[+0-9][-0-9]+)", contact):
        raise SettingsError(f"HELP_CONTACT must begin with mailto:, https:// or tel:, not «{contact}»")
    return contact


def _host_name(base_url: str) -> str:
    """The name in an address; an IPv6 number is none."""
    name = urlsplit(base_url).hostname or ""
    return "localhost" if not name or ":" in name else name


def _domain(environment: Mapping[str, str], default: str) -> str:
    domain = _text(environment, "UID_DOMAIN", default)
    if not all(part and part.replace("-", "").isalnum() and part.isascii() for part in domain.split(".")):
        raise SettingsError(f"UID_DOMAIN must be a domain name, not «{domain}»")
    return domain


def _map_url(environment: Mapping[str, str]) -> str:
    url = _text(environment, "MAP_URL", "https://www.openstreetmap.org/search?query={query}")
    if not url.startswith("https://") or url.count("{query}") != 1:
        raise SettingsError(f"MAP_URL must be an https address with {{query}} in it, not «{url}»")
    return url


def _written(host: str) -> str:
    """A host as it stands in an address: all interfaces are reached by the loopback name, IPv6 in brackets."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"[{host}]" if ":" in host else host
