"""An operator is told when the server could be quicker."""

import logging
from typing import Any

import pytest

from web import server
from web.http_protocol import BoundedHttpProtocol
from web.settings import Settings


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ((), []),
        (("uvloop",), ["answers will be slow without uvloop"]),
    ],
)
def test_the_operator_is_told_which_quick_parts_are_missing(
    missing: tuple[str, ...], told: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    served: list[dict[str, Any]] = []
    monkeypatch.setattr(server, "find_spec", lambda name: None if name in missing else name)
    monkeypatch.setattr(server.uvicorn, "run", lambda _application, **how: served.append(how))

    with caplog.at_level(logging.WARNING, "web.server"):
        server.serve(Settings.from_environment({"PORT": "8123"}), "main:create_app")

    assert [record.getMessage() for record in caplog.records] == told
    assert [(one["host"], one["port"], one["http"]) for one in served] == [("127.0.0.1", 8123, BoundedHttpProtocol)]
