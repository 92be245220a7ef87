"""Security headers of every response. Pure ASGI, around the whole application."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

DIRECTIVES: Final[Mapping[str, str]] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def content_security_policy(changes: Mapping[str, str] | None = None) -> str:
    """The policy of every answer, with some directives set anew for one of them; an empty one is left out."""
    directives = {**DIRECTIVES, **(changes or {})}
    return "; ".join(f"{name} {value}" for name, value in directives.items() if value)


HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": content_security_policy(),
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
    a response sets of its own is left as it is.
    """

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        headers = {**HEADERS, **({"Strict-Transport-Security": HSTS} if https else {})}
        self.headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                # A new list: the response may be cached and sent to others too.
                headers = list(message.get("headers", ()))
                present = {name for name, _ in headers}
                headers += [header for header in self.headers if header[0] not in present]
                message = {**message, "headers": headers}
            await send(message)

        # No name holds a NUL, and PostgreSQL fails on one: with another sign in its place nothing is found.
        if "\0" in scope["path"]:
            scope = {**scope, "path": scope["path"].replace("\0", "\ufffd")}
        await self.app(scope, receive, send_with_headers)


def allowed_hosts(base_url: str) -> list[str]:
    """The names under which the site answers: that of `base_url`, and every loopback name where it is one."""
    host = urlsplit(base_url).hostname or ""
    host = f"[{host}]" if ":" in host else host
    return list(LOOPBACK) if host in LOOPBACK else [host]
