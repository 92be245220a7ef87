"""Every setting of the program, read once from the environment and checked before anything starts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from web.smtp_server import SmtpServer

ROOT: Final = Path(__file__).resolve().parent.parent
_ADDRESS: Final = re.compile(r"[^@\s\"(),:;<>\[\]\\]+@[a-zA-Z0-9.-]+")


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
    controller: str
    data_protection_contact: str
    accessibility_contact: str
    uid_domain: str
    map_url: str
    frame_ancestors: str
    smtp_url: str
    mail_from: str
    city_staff: frozenset[str]
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    media_dir: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read and check the settings; raises SettingsError with one line naming the variable."""
        host = _text(environment, "HOST", "127.0.0.1")
        port = _port(environment)
        help_contact = _contact(environment, "HELP_CONTACT", "mailto:info@example.org")
        city_name = _text(environment, "CITY_NAME", "Kouvola")
        base_url = _base_url(environment, f"http://{_written(host)}:{port}")
        return cls(
            database_url=_database_url(environment),
            host=host,
            port=port,
            base_url=base_url,
            site_name=_text(environment, "SITE_NAME", "Yhdessä"),
            city_name=city_name,
            help_contact=help_contact,
            controller=_text(environment, "CONTROLLER", city_name),
            data_protection_contact=_contact(environment, "DATA_PROTECTION_CONTACT", help_contact),
            accessibility_contact=_contact(environment, "ACCESSIBILITY_CONTACT", help_contact),
            uid_domain=_domain(environment, _host_name(base_url)),
            map_url=_map_url(environment),
            frame_ancestors=_frame_ancestors(environment),
            smtp_url=_smtp_url(environment),
            mail_from=_mail_from(environment, _host_name(base_url)),
            city_staff=_addresses(environment, "CITY_STAFF"),
            trusted_proxies=_networks(environment, "TRUSTED_PROXIES"),
            media_dir=_folder(environment, "MEDIA_DIR", ROOT / "var" / "media"),
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


def _contact(environment: Mapping[str, str], name: str, default: str) -> str:
    contact = _text(environment, name, default)
    if not re.fullmatch(r"(mailto:[^@\s]+@[^@\s]+|https://\S+|tel:[+0-9][-0-9]+)", contact):
        raise SettingsError(f"{name} must begin with mailto:, https:// or tel:, not «{contact}»")
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


def _smtp_url(environment: Mapping[str, str]) -> str:
    url = _text(environment, "SMTP_URL", "")
    if url:
        try:
            SmtpServer.from_url(url)
        except ValueError as error:
            raise SettingsError(str(error)) from None
    return url


def _mail_from(environment: Mapping[str, str], host: str) -> str:
    domain = host if re.search("[a-z]", host) else "localhost"
    address = _text(environment, "MAIL_FROM", f"noreply@{domain}")
    if not _ADDRESS.fullmatch(address):
        raise SettingsError(f"MAIL_FROM must be a plain e-mail address, not «{address}»")
    return address


def _addresses(environment: Mapping[str, str], name: str) -> frozenset[str]:
    addresses = [part.strip() for part in _text(environment, name, "").split(",") if part.strip()]
    for address in addresses:
        if not _ADDRESS.fullmatch(address):
            raise SettingsError(f"{name} must be e-mail addresses with commas between, not «{address}»")
    return frozenset(address.lower() for address in addresses)


def _networks(environment: Mapping[str, str], name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    parts = [part.strip() for part in _text(environment, name, "").split(",") if part.strip()]
    try:
        return tuple(ip_network(part, strict=False) for part in parts)
    except ValueError:
        raise SettingsError(f"{name} must be IP addresses or networks with commas between") from None


def _folder(environment: Mapping[str, str], name: str, default: Path) -> Path:
    path = Path(_text(environment, name, str(default))).absolute()
    if path.exists() and not path.is_dir():
        raise SettingsError(f"{name} must name a folder, not a file: {path}")
    return path


def _frame_ancestors(environment: Mapping[str, str]) -> str:
    """Who may frame the page that is made for it: everybody, nobody, or the origins named."""
    text = " ".join(_text(environment, "FRAME_ANCESTORS", "*").lower().split())
    origin = re.compile(r"https?://(\*\.)?([a-z0-9-]+\.)*[a-z0-9-]+(:[0-9]{1,5})?")
    if text not in ("*", "'none'") and not all(origin.fullmatch(part) for part in text.split()):
        raise SettingsError(
            "FRAME_ANCESTORS must be *, 'none', or origins like https://*.example.org with spaces between"
        )
    return text


def _written(host: str) -> str:
    """A host as it stands in an address: all interfaces are reached by the loopback name, IPv6 in brackets."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"[{host}]" if ":" in host else host
