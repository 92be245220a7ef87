"""Addresses for machines that look after the site: health, robots, security contact."""

from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from web.database.connection import connection, dialect, fetch
from web.responses import answer, plain_text
from web.site import site_of

NO_STORE = {"Cache-Control": "no-store"}


async def live(_request: Request) -> Response:
    """`/healthz`: the process answers. Says nothing of the database, so that a restart is not called for in vain."""
    return plain_text("ok", 200, NO_STORE)


async def ready(_request: Request) -> Response:
    """`/readyz`: 200 when the database answers and is migrated, else 503; names no secret."""
    try:
        await fetch("SELECT number FROM revision WHERE id = 1")
        pragmas = await _pragmas()
    except Exception as error:
        return plain_text(f"database: {type(error).__name__}", 503, {**NO_STORE, "Retry-After": "5"})
    return plain_text(f"ok {pragmas}".strip(), 200, NO_STORE)


async def _pragmas() -> str:
    if dialect(connection()) != "sqlite":
        return ""
    values = [
        next(iter((await fetch(f"PRAGMA {name}"))[0].values()))
        for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    return "journal_mode={} synchronous={} foreign_keys={}".format(*values)


async def robots(request: Request) -> Response:
    """`/robots.txt`: everything may be read; feeds keep themselves out of indexes by a header."""
    base_url = site_of(request).settings.base_url
    text = f"User-agent: *\nAllow: /\n\nSitemap: {base_url}/sitemap.xml\n"
    return answer(request, text.encode(), "text/plain; charset=utf-8")


async def security_contact(request: Request) -> Response:
    """`/.well-known/security.txt` (RFC 9116); its expiry moves once a month, so that the text stays the same."""
    site = site_of(request)
    first = site.today().replace(day=1)
    expires = datetime.combine(first, datetime.min.time()) + timedelta(days=334)
    languages = ", ".join(code for code in site.languages if code != "selko")
    text = (
        f"Contact: {site.settings.help_contact}\n"
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}\n"
        f"Preferred-Languages: {languages}\n"
        f"Canonical: {site.settings.base_url}/.well-known/security.txt\n"
    )
    return answer(request, text.encode(), "text/plain; charset=utf-8")
