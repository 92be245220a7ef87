"""What is true of every answer: its security headers. Pure ASGI, around the whole application."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HSTS: Final = "max-age=31536000; includeSubDomains"
LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


class SecurityHeaders:
    """Adds the headers to every answer, error pages and refused bodies included, and takes NUL out of paths.

    It must be the outermost application: what the framework answers for itself passes here too. A header that
    an answer sets of its own is kept.
    """

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.headers = {**HEADERS, **({"Strict-Transport-Security": HSTS} if https else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        # No name holds a NUL, and PostgreSQL fails on one: with another sign in its place nothing is found.
        await self.app({**scope, "path": scope["path"].replace("\0", "\ufffd")}, receive, send_with_headers)


def allowed_hosts(base_url: str) -> list[str]:
    """The names under which the site answers: that of `base_url`, and every loopback name where it is one."""
    host = urlsplit(base_url).hostname or ""
    host = f"[{host}]" if ":" in host else host
    return list(LOOPBACK) if host in LOOPBACK else [host]
