"""Pages of somebody else: served from another origin, with whatever policy and style their owners like."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!DOCTYPE html>
<html {attributes}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kaupungin oma sivu</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/{name}.css"></head>
<body><main><h1>Kaupunki</h1>
{body}
</main></body></html>"""


class Hosts:
    """Pages by name. `policy` is a Content-Security-Policy, `style` what stands in the page's own style sheet."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.files: dict[str, tuple[str, str, str]] = {}

    def page(self, name: str, body: str, *, attributes: str = 'lang="fi"', policy: str = "", style: str = "") -> str:
        """Put a page up; its address."""
        html = PAGE.format(attributes=attributes, name=name, body=body)
        self.files[f"/{name}"] = ("text/html; charset=utf-8", html, policy)
        self.files[f"/{name}.css"] = ("text/css; charset=utf-8", style, "")
        return f"{self.address}/{name}"

    def script(self, name: str, content: str) -> str:
        """Put a script up; its address."""
        self.files[f"/{name}"] = ("text/javascript; charset=utf-8", content, "")
        return f"{self.address}/{name}"


@contextmanager
def somebody_elses_site() -> Iterator[Hosts]:
    """Another origin than the calendar's, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = hosts.files.get(self.path.partition("?")[0])
            media_type, content, policy = found or ("text/plain", "nothing here", "")
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", media_type)
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # The same machine under its other name is another origin.
    hosts = Hosts(f"http://localhost:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hosts
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
