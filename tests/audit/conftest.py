"""One furnished site for the tests of a module, since a process has one open database at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.audit.furnishing import Furnished, furnished


@pytest.fixture(scope="module")
def furnished_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    """The demonstration and what it lacks for an audit, served for real."""
    with furnished(tmp_path_factory.mktemp("furnished")) as site:
        yield site
