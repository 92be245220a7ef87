"""The SMTP server that e-mails are sent through, as SMTP_URL names it. Pure."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final
from urllib.parse import unquote, urlsplit

PORTS: Final = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server: `smtp://` speaks TLS as soon as the server can, `smtps://` from the first word.

    A password is never sent unencrypted, except to this machine itself.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    secure: bool = False

    @classmethod
    def from_url(cls, url: str) -> "SmtpServer":
        """Read `smtp[s]://[user:password@]host[:port]`; raises ValueError without repeating the password."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port, parts = None, None, urlsplit("")
        if not host or parts.scheme not in PORTS or parts.path not in ("", "/") or parts.query or parts.fragment:
            raise ValueError("SMTP_URL must look like smtp://user:password@mail.example.org:587")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(host, port or PORTS[parts.scheme], user, password, secure=parts.scheme == "smtps")

    @property
    def on_this_machine(self) -> bool:
        """Whether the connection never leaves this machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"
