"""The house is as docs/architecture.md draws it: every room, every arrow, no file that lies loose."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "docs/architecture.md").read_text("utf-8")
LOOSE = {"__init__.py", "routes.py", "command_line.py", "housekeeping.py", "keys.py"}
MEDIAN_LINES = 100


def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    paths = [
        ROOT / "main.py",
        *(path for name in ("web", "organisations", "events") for path in (ROOT / name).rglob("*.py")),
    ]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def imported(path: Path) -> Iterator[str]:
    """What a module imports, as dotted names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(name: str) -> str:
    """The room of a module: a folder of `events`, or a package."""
    parts = name.split(".")
    return parts[1] if parts[0] == "events" and len(parts) > 1 else parts[0]


def arrows() -> dict[str, set[str]]:
    """Room -> the rooms that it imports."""
    found: dict[str, set[str]] = {}
    for name, path in modules().items():
        for target in imported(path):
            if target.split(".")[0] in ("web", "organisations", "events") and room(target) != room(name):
                found.setdefault(room(name), set()).add(room(target))
    return found


def reachable(start: str, among: dict[str, set[str]]) -> set[str]:
    """Everything that can be reached from a room."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for target in among.get(waiting.pop(), set()) - found:
            found.add(target)
            waiting.append(target)
    return found


def test_only_the_named_files_lie_loose_in_events() -> None:
    assert {path.name for path in (ROOT / "events").glob("*.py")} == LOOSE


def test_the_picture_of_the_rooms_is_true() -> None:
    picture = DOCUMENT.partition("```mermaid")[2].partition("```")[0]
    drawn: dict[str, set[str]] = {}
    for line in picture.splitlines():
        if "-->" in line:
            start, ends = re.sub(r"\[.*?\]", "", line).split("-->")
            drawn.setdefault(start.strip(), set()).update(end.strip() for end in ends.split("&"))
    real = arrows()
    direct = {
        start: {end for end in ends if not any(end in reachable(other, real) for other in ends - {end})}
        for start, ends in real.items()
    }

    assert drawn == direct


def test_every_room_has_its_paragraph() -> None:
    described = set(re.findall(r"^\*\*(\w+)\*\*", DOCUMENT, re.MULTILINE))
    rooms = {path.name for path in (ROOT / "events").iterdir() if (path / "__init__.py").exists()}

    assert rooms - described == set()


def test_every_file_that_the_documents_name_is_there() -> None:
    file = re.compile(r"`((?:events|organisations|web|tests|docs)/[\w/.-]+\.(?:py|md|txt))`")
    documents = (ROOT / "docs/architecture.md", ROOT / "CONTRIBUTING.md")
    named = {(document.name, path) for document in documents for path in file.findall(document.read_text("utf-8"))}

    assert {(document, path) for document, path in named if not (ROOT / path).exists()} == set()


def test_half_of_the_modules_have_fewer_than_a_hundred_lines() -> None:
    lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in modules().values())

    assert lengths[len(lengths) // 2] < MEDIAN_LINES
