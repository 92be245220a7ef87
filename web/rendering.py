"""Templates: one environment, and the one place that knows what htmx asks for."""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.requests import Request

from web.i18n import Language

VARY: Final = "HX-Request, HX-Request-Type"
SAYING: Final = ("gettext", "ngettext", "pgettext", "npgettext")
MESSAGES: Final = 4096
"""Messages in all languages that are kept as markup."""


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
        # The extension adds this method; its stubs do not know it. What it installs is slow, so only its tag is used.
        install: Callable[..., None] = self.environment.install_gettext_callables  # type: ignore[attr-defined]
        install(None, None, newstyle=True)
        self.environment.globals.update({name: _said(name) for name in SAYING})
        self._constant: dict[tuple[str, str, Hashable], str] = {}

    def html(self, template: str, language: Language, context: Mapping[str, Any]) -> bytes:
        """A template filled, as UTF-8."""
        return self.environment.get_template(template).render(language=language, **context).encode()

    def constant(
        self, template: str, language: Language, context: Callable[[], Mapping[str, Any]], *, variant: Hashable
    ) -> str:
        """A template whose content depends on language and variant alone: filled once, and kept."""
        key = (template, language.code, variant)
        if key not in self._constant:
            self._constant[key] = self.html(template, language, context()).decode()
        return self._constant[key]


def wants_fragment(request: Request) -> bool:
    """Whether htmx will swap the answer into a page it has; a history restore wants the whole page."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-request-type") == "partial"


def sent_by_form(request: Request) -> bool:
    """Whether a browser sent a form, empty fields and all, to an address that somebody may keep and share."""
    return not wants_fragment(request) and any(not value for _, value in request.query_params.multi_items())


def _said(method: str) -> Callable[..., Markup]:
    """A function of templates that says a message in the page's language, its variables escaped."""

    @pass_context
    def say(context: Context, *arguments: Any, **variables: Any) -> Markup:
        language: Language = context["language"]
        # As with the extension's own functions, a plural's number is known to it as «num».
        if method.startswith("n"):
            variables.setdefault("num", arguments[-1])
        if variables:
            return _markup(language, method, *arguments) % variables
        return _plain(language, method, *arguments)

    return say


@lru_cache(maxsize=MESSAGES)
def _markup(language: Language, method: str, *arguments: Any) -> Markup:
    return Markup(getattr(language, method)(*arguments))  # noqa: S704 - the product's own words


@lru_cache(maxsize=MESSAGES)
def _plain(language: Language, method: str, *arguments: Any) -> Markup:
    # Written as a format even without variables, so that a per cent sign is doubled in every message alike.
    return _markup(language, method, *arguments) % {}
