"""The conventions that keep the code small, held by tests so that nobody has to remember them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Route

from main import ROUTES
from organisations.permissions import GuardedRoute

ROOT = Path(__file__).parent.parent
PACKAGES = ("web", "organisations", "events")
DOMAIN_WORDS = re.compile(r"(?i)\b\w*(event|occurrence|organis|organiz|association|hobby|kouvola|calendar|series)\w*")
DOMAIN_WORDS_ALLOWED = {
    # The default of a setting, the names of a standard's types, the event loop, and what the server calls a signal.
    "settings.py": {"Kouvola"},
    "application.py": set(),
    "http_protocol.py": {"message_event"},
}
LONGEST_HANDLER = 32
LONGEST_MODULE = 400
LONGEST_PAGE_TEMPLATE = 110
LONGEST_FRAGMENT = 75
URLS = {
    "/static/{path:path}",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/.well-known/security.txt",
    "/widget.js",
    "/widget-{version}.js",
    "/{lang}/widget",
    "/{lang}/widget/builder",
    "/",
    "/media/{name}",
    "/sitemap.xml",
    "/{lang}",
    "/{lang}/",
    "/{lang}/events",
    "/{lang}/events.ics",
    "/{lang}/events/{event}",
    "/{lang}/events/{event}.ics",
    "/{lang}/events/{event}/poster",
    "/{lang}/events/{event}/share",
    "/{lang}/organisations",
    "/{lang}/organisations/{slug}",
    "/{lang}/organisations/{slug}.ics",
    "/{lang}/calendar",
    "/{lang}/calendar/{month}",
    "/{lang}/print",
    "/{lang}/about",
    "/{lang}/accessibility",
    "/{lang}/privacy",
    "/{lang}/feedback",
    "/{lang}/feedback/thanks",
    "/{lang}/subscribe",
    "/{lang}/propose",
    "/{lang}/propose/thanks",
    "/{lang}/events/{event}/report",
}


def modules() -> Iterator[Path]:
    """Every module of the product."""
    yield ROOT / "main.py"
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def test_no_published_address_disappears() -> None:
    # What lies behind a guard is in the table of permissions, with tests of its own.
    public = {route.path for route in ROUTES if isinstance(route, Route) and not isinstance(route, GuardedRoute)}

    assert public == URLS


def test_the_plumbing_knows_no_word_of_the_domain() -> None:
    found = {
        f"{path.name}: {match.group()}"
        for path in (ROOT / "web").rglob("*.py")
        for match in DOMAIN_WORDS.finditer(path.read_text("utf-8"))
        if match.group() not in DOMAIN_WORDS_ALLOWED.get(path.name, set())
    }

    assert found == set()


def test_modules_stay_readable_in_one_sitting() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules()}

    assert {path.name: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_the_composition_root_stays_a_composition_root() -> None:
    assert len((ROOT / "main.py").read_text("utf-8").splitlines()) <= 120


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in modules()
        if path.name != "__init__.py" and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]

    assert silent == []


def test_every_public_function_and_class_says_what_a_caller_may_rely_on() -> None:
    silent = [
        f"{path.relative_to(ROOT).as_posix()}: {node.name}"
        for path in modules()
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]

    assert silent == []


def test_handlers_are_paragraphs() -> None:
    handlers = {route.endpoint.__name__ for route in ROUTES if isinstance(route, Route)}
    long = [
        f"{node.name}: {node.end_lineno - node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.AsyncFunctionDef)
        and node.name in handlers
        and node.end_lineno is not None
        and node.end_lineno - node.lineno > LONGEST_HANDLER
    ]

    assert long == []


GUARDS_AND_ANSWERS = {
    "organisations/permissions.py": "the guard itself",
    "organisations/permission_table.py": "reads the routes",
    "organisations/desk_context.py": "takes apart what passed the guard",
    "organisations/desk/responses.py": "answers of all desks",
    "organisations/desk/session_cookies.py": "cookies of an answer",
    "organisations/city/responses.py": "answers of the city's desk",
    "events/desk/permissions.py": "to whom an address of the desk belongs",
    "events/desk/target.py": "what an address of the desk names, or 404",
    "events/desk/form/answers.py": "answers of the event's form",
    "events/keys.py": "cache keys of requests",
    "events/widget/keys.py": "cache keys of requests",
}


def test_a_request_stays_in_the_handler() -> None:
    known = {
        path.relative_to(ROOT).as_posix()
        for path in modules()
        if re.search(r"^(?:from|import) starlette", path.read_text("utf-8"), re.MULTILINE)
    }
    handlers = re.compile(r"(?:^|.*[/_])(?:pages|routes)\.py$")

    assert {name for name in known if not name.startswith(("web/", "main.py")) and not handlers.match(name)} == set(
        GUARDS_AND_ANSWERS
    )


def test_below_the_handlers_nothing_takes_a_request() -> None:
    handlers = re.compile(r"(?:^|.*[/_])(?:pages|routes|keys)\.py$")
    doors = {"organisations/permissions.py", "organisations/desk_context.py", "events/desk/permissions.py"}
    taking = {
        path.relative_to(ROOT).as_posix()
        for path in modules()
        if re.search(r"\brequest: Request\b", path.read_text("utf-8"))
    }

    assert {
        name for name in taking if not name.startswith("web/") and not handlers.match(name) and name not in doors
    } == set()


def test_only_the_site_and_the_backup_ask_the_clock() -> None:
    clock = re.compile(r"datetime\.now\(|date\.today\(|utcnow\(|\btime\.time\(")
    asking = {path.relative_to(ROOT).as_posix() for path in modules() if clock.search(path.read_text("utf-8"))}

    assert asking == {"main.py", "web/site.py", "web/backup.py"}


def templates() -> list[Path]:
    """Every template."""
    return sorted((ROOT / "templates").rglob("*.html"))


def test_every_template_is_used() -> None:
    source = "\n".join(path.read_text("utf-8") for path in [*modules(), *templates()])
    unused = [
        path.relative_to(ROOT / "templates").as_posix()
        for path in templates()
        if f'"{path.relative_to(ROOT / "templates").as_posix()}"' not in source
    ]

    assert unused == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.name)
def test_templates_are_short_and_fragments_name_what_they_need(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    if path.name.startswith("_"):
        assert (lines[0].startswith("{# Needs"), len(lines) <= LONGEST_FRAGMENT) == (True, True)
    else:
        assert len(lines) <= LONGEST_PAGE_TEMPLATE


def test_templates_hold_no_script_no_style_and_no_foreign_host() -> None:
    forbidden = re.compile(r"""(?i)<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|(?:src|href)="https?://|<script>""")
    found = {path.name: forbidden.findall(path.read_text("utf-8")) for path in templates()}

    assert {name: hits for name, hits in found.items() if hits} == {}


def test_a_file_of_tests_is_all_for_a_browser_or_not_at_all() -> None:
    single = re.compile(r"^@pytest\.mark\.browser", re.MULTILINE)
    mixed = [path.name for path in (ROOT / "tests").rglob("test_*.py") if single.search(path.read_text("utf-8"))]

    assert mixed == []


def test_style_sheets_use_only_what_old_phones_know() -> None:
    modern = re.compile(
        r"(?i):has\(|:is\(|:where\(|@layer|@container|light-dark\(|color-mix\(|oklch|^\s*&", re.MULTILINE
    )
    found = {path.name: modern.findall(path.read_text("utf-8")) for path in (ROOT / "static/css").glob("*.css")}

    assert {name: hits for name, hits in found.items() if hits} == {}


def test_directions_are_logical_so_that_arabic_needs_no_second_sheet() -> None:
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
    )
    found = {path.name: physical.findall(path.read_text("utf-8")) for path in (ROOT / "static/css").glob("*.css")}

    assert {name: hits for name, hits in found.items() if hits} == {}
