"""Markdown to safe HTML: no raw HTML, no images, links that carry no authority."""

from functools import lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt

MAXIMUM: Final = 10_000
"""Characters; longer hostile text would cost seconds."""
REMEMBERED: Final = 128
"""Texts of which the HTML is kept in mind: most are asked for again, unchanged."""
TAGS: Final = frozenset({"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "code", "hr"})

_parser = MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": True}).disable("image")
_HEADINGS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


@lru_cache(maxsize=REMEMBERED)
def to_html(text: str) -> str:
    """HTML that may stand in a page as it is; empty for empty text. Headings begin at the third level."""
    if not text:
        return ""
    tokens = _parser.parse(text[:MAXIMUM])
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
    html: str = _parser.renderer.render(tokens, _parser.options, {})
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow ugc noopener",
    )
