"""Templates: one environment, and the one place that knows what htmx asks for."""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request

from web.i18n import Language

VARY: Final = "HX-Request, HX-Request-Type"
SAYING: Final = ("gettext", "ngettext", "pgettext", "npgettext")
MESSAGES: Final = 1024
"""Messages of one kind in one language that are kept as markup."""


class Renderer:
    """Fills templates. Every template gets `language`; gettext in a template speaks that language."""

    def __init__(self, folder: Path, **known: Any) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.environment.globals.update(known)
        # The extension adds this method; its stubs do not know it. What it installs is slow, so only its tag is used:
        # every template is given functions of its own language.
        install: Callable[..., None] = self.environment.install_gettext_callables  # type: ignore[attr-defined]
        install(None, None, newstyle=True)
        self._constant: dict[tuple[str, str, Hashable], str] = {}

    def html(self, template: str, language: Language, context: Mapping[str, Any]) -> bytes:
        """A template filled, as UTF-8."""
        filled = self.environment.get_template(template).render(language=language, **_saying(language), **context)
        return filled.encode()

    def constant(
        self, template: str, language: Language, context: Callable[[], Mapping[str, Any]], *, variant: Hashable
    ) -> str:
        """A template whose content depends on language and variant alone: filled once, and cached."""
        key = (template, language.code, variant)
        if key not in self._constant:
            self._constant[key] = self.html(template, language, context()).decode()
        return self._constant[key]


def wants_fragment(request: Request) -> bool:
    """Whether htmx will swap the answer into a page it has; a history restore wants the whole page."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-request-type") == "partial"


@lru_cache(maxsize=32)
def _saying(language: Language) -> Mapping[str, Callable[..., Markup]]:
    """The functions by which a template says a message in this language, its variables escaped."""
    functions = {name: _said(getattr(language, name), counts=name.startswith("n")) for name in SAYING}
    return {**functions, "_": functions["gettext"]}


def _said(translated: Callable[..., str], *, counts: bool) -> Callable[..., Markup]:
    @lru_cache(maxsize=MESSAGES)
    def markup(*arguments: Any) -> Markup:
        return Markup(translated(*arguments))  # noqa: S704 - the product's own words

    @lru_cache(maxsize=MESSAGES)
    def plain(*arguments: Any) -> Markup:
        # Written as a format even without variables, so that a per cent sign is doubled in every message alike.
        return markup(*arguments) % {}

    def say(*arguments: Any, **variables: Any) -> Markup:
        # As with the extension's own functions, a plural's number is known to it as «num».
        if counts:
            variables.setdefault("num", arguments[-1])
        return markup(*arguments) % variables if variables else plain(*arguments)

    return say
