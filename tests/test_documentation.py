"""What the documents promise is so."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from main import arguments_parser
from web.i18n import load_languages
from web.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_the_settings_table_names_every_setting_and_no_other() -> None:
    source = (ROOT / "web/settings.py").read_text("utf-8")
    read = set(re.findall(r'environment(?:, |\.get\()"([A-Z_]+)"', source))
    described = re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)

    assert (sorted(described), len(described)) == (sorted(read), len(fields(Settings)))


def test_the_readme_names_every_command() -> None:
    parser = arguments_parser()
    known = {name for action in parser._actions for name in (action.choices or ()) if isinstance(name, str)}
    described = set(re.findall(r"`python main\.py ([a-z-]+)", README))

    assert described == known


def test_the_readme_names_the_targets_it_promises() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert set(re.findall(r"make ([a-z]+)", README)) - {"are"} <= targets


def test_the_readme_shows_real_screenshots() -> None:
    pictures = ROOT / "docs/pictures"

    for name in ("list-fi-desktop", "home-en-phone", "event-ar-phone"):
        assert (pictures / f"{name}.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text)

    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda path: path.name)
def test_decisions_are_short_and_dated(document: Path) -> None:
    lines = document.read_text("utf-8").splitlines()

    assert (15 <= len(lines) <= 40, bool(re.fullmatch(r"\d{4}-\d\d-\d\d", lines[2]))) == (True, True)


def test_continuous_integration_runs_exactly_make_check() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8").splitlines()

    assert script[-1] == "REQUIRE_ALL=1 make check"


def test_the_state_of_each_translation_is_what_its_catalogue_says() -> None:
    text = (ROOT / "docs/translations.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    order = ("public", "desk", "city")
    states = [
        (
            code,
            language.own_name,
            ", ".join(name for name in order if (ROOT / "locales" / code / f"{name}.po").exists()),
            language.reviewed or "not yet",
        )
        for code, language in load_languages(ROOT / "locales").items()
    ]

    assert rows == states
