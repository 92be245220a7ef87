"""Pages are put together of pieces; each piece finds the macros that it asks for, whoever asks for it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import pytest
from jinja2 import Environment, meta, nodes

from tests.test_architecture import ROOT, modules

FOLDER = ROOT / "templates"
PARSER = Environment(extensions=["jinja2.ext.i18n"])


class Parts(NamedTuple):
    """What a template brings in, what it asks for without bringing it in, and the templates that it is made of."""

    imported: frozenset[str]
    asked: frozenset[str]
    made_of: tuple[str, ...]


def called(tree: nodes.Template) -> set[str]:
    """The names that a template calls, or of which it calls a part."""
    calls = [call.node for call in tree.find_all(nodes.Call)]
    names = [node.node if isinstance(node, nodes.Getattr) else node for node in calls]
    return {name.name for name in names if isinstance(name, nodes.Name)}


@cache
def parts(name: str) -> Parts:
    tree = PARSER.parse((FOLDER / name).read_text("utf-8"))
    whole = {node.target for node in tree.find_all(nodes.Import)}
    singles = [alias for node in tree.find_all(nodes.FromImport) for alias in node.names]
    single = {alias if isinstance(alias, str) else alias[1] for alias in singles}
    inside = [node.template for node in tree.find_all((nodes.Include, nodes.Extends))]
    return Parts(
        imported=frozenset(whole | single),
        asked=frozenset(called(tree) & meta.find_undeclared_variables(tree)),
        made_of=tuple(template.value for template in inside if isinstance(template, nodes.Const)),
    )


@cache
def together(name: str) -> Parts:
    """The same of a template with all that it is made of."""
    own = parts(name)
    inner = [together(other) for other in own.made_of]
    return Parts(
        own.imported.union(*(other.imported for other in inner)),
        own.asked.union(*(other.asked for other in inner)),
        own.made_of,
    )


ALL = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
MACROS = frozenset().union(*(parts(name).imported for name in ALL))
SOURCE = "\n".join(path.read_text("utf-8") for path in modules())
FILLED = [name for name in ALL if re.search(rf'"{re.escape(name)}"', SOURCE)]
"""The templates that the program fills by itself: pages, and pieces that htmx asks for."""


@pytest.mark.parametrize("name", FILLED)
def test_a_template_brings_the_macros_that_its_pieces_ask_for(name: str) -> None:
    found = together(name)

    assert sorted(found.asked & MACROS - found.imported) == []


@pytest.mark.parametrize("name", ALL)
def test_no_sign_is_glued_to_the_word_that_follows(name: str) -> None:
    """The line end behind a tag is no space, and the formatter takes away the one before: it is written as text."""
    glued = re.compile(r"[·:,;]\s*\{% end(?:if|for) %\}$", re.MULTILINE)

    assert glued.findall((FOLDER / name).read_text("utf-8")) == []
