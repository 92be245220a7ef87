"""Every kind of page is valid HTML: what browsers must guess at, they guess differently."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote
from urllib.request import urlopen

from tests.audit.furnishing import Furnished
from tests.audit.kinds import KINDS, REFUSED, path_of
from tests.javascript import installed_package
from tests.requirements import missing

LANGUAGES = ("fi", "ar", "selko")
UNKNOWN_TO_THE_CHECKER = re.compile("Attribute “(hx-[a-z-]+|part)” not allowed on element")
"""What htmx reads, and a global attribute of CSS Shadow Parts."""
LET_PASS = {
    # The sheet's parts are told apart by size and lines, and its title says what all of them are about.
    "Section lacks heading.",
    # It stands in another page, below that page's own first heading.
    "This document has heading elements but none of them has a computed heading level of 1.",
}
"""Warnings that were looked at."""


def complaints(folder: Path) -> list[str]:
    """What the Nu Html Checker says of the files of a folder."""
    if shutil.which("java") is None:
        missing("no Java found (apt-get install default-jre-headless)")
    jar = installed_package("vnu-jar") / "build/dist/vnu.jar"
    told = ["--format", "json", "--exit-zero-always", "--stdout", str(folder)]
    done = subprocess.run(["java", "-Xss1m", "-jar", str(jar), *told], capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    return [
        f"{Path(unquote(found['url'])).stem}: {found['message']} {found.get('extract', '')}"
        for found in json.loads(done.stdout)["messages"]
        if not UNKNOWN_TO_THE_CHECKER.match(found["message"])
        and not any(found["message"].startswith(known) for known in LET_PASS)
    ]


def fetch(address: str) -> tuple[int, bytes]:
    """(status, body), refusals too."""
    try:
        with urlopen(address) as answer:
            return answer.status, answer.read()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read()


def test_every_kind_of_page_is_valid_html(furnished_site: Furnished, tmp_path: Path) -> None:
    wrong = {}
    for language in LANGUAGES:
        for kind in KINDS:
            status, body = fetch(furnished_site.address + path_of(kind, language, furnished_site))
            wrong |= {kind: status} if status != REFUSED.get(kind, 200) else {}
            (tmp_path / f"{language} {kind}.html").write_bytes(body)

    assert (wrong, complaints(tmp_path)) == ({}, [])
