"""A page as its reader meets it: what it says, where its links lead, what its head and its forms hold."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Node:
    """One element with what stands in it."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Node | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str:
        """An attribute, empty where there is none."""
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        """Its words, in one line."""
        parts = (child if isinstance(child, str) else f" {child.text} " for child in self.children)
        return " ".join("".join(parts).split())

    @property
    def language(self) -> tuple[str, str]:
        """(lang, dir) in force here."""
        node: Node | None = self
        found = {"lang": "", "dir": ""}
        while node:
            for name, value in found.items():
                found[name] = value or node.get(name)
            node = node.parent
        return found["lang"], found["dir"]

    def walk(self) -> Iterator[Node]:
        """Every element inside, in the order of the page."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.walk()

    def all(self, tag: str = "", **wanted: str) -> list[Node]:
        """The elements of a tag whose attributes hold these words: all("p", class_="status")."""
        words = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [
            node
            for node in self.walk()
            if tag in ("", node.tag)
            and all(value == node.get(name) or value in node.get(name).split() for name, value in words.items())
        ]

    def one(self, tag: str = "", **wanted: str) -> Node:
        """The only such element."""
        (found,) = self.all(tag, **wanted)
        return found

    def texts(self, tag: str = "", **wanted: str) -> list[str]:
        """The words of each such element."""
        return [node.text for node in self.all(tag, **wanted)]

    def links(self) -> dict[str, str]:
        """The words of each link -> where it leads."""
        return {node.text: node["href"] for node in self.all("a")}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Node("", {}, None)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attributes}, self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> ends <{self.here.tag}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parse(html: str) -> Node:
    """A page or a fragment; its tags must be well nested."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is never closed"
    return reader.root


def read(calendar: Any, path: str, status: int = 200, **headers: str) -> Node:
    """The page at an address; it must be answered with this status, as HTML."""
    answer = calendar.get(path, **headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    return parse(answer.text)


def days(page: Node) -> list[tuple[str, list[str]]]:
    """The list as a resident sees it: each day's heading with the titles under it."""
    return [(day.one("h3").text, day.texts("h4")) for day in page.all("section", class_="day")]


def scripts(page: Node) -> list[str]:
    """The names of the script files that the page loads, in order; empty for a script that stands in the page."""
    return [node.get("src").rpartition("/")[2] for node in page.all("script")]


def alternates(page: Node) -> dict[str, str]:
    """hreflang -> address, out of the page's head."""
    return {
        link["hreflang"]: link["href"] for link in page.one("head").all("link", rel="alternate") if link.get("hreflang")
    }


def sent(form: Node) -> list[tuple[str, str]]:
    """What a browser would send of a form: (name, value) of every successful field."""
    fields = [field for field in form.all("input") if field.get("name")]
    return [
        (field["name"], field.get("value"))
        for field in fields
        if field.get("type") not in ("checkbox", "radio") or "checked" in field.attributes
    ]
