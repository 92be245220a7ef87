"""Templates: one environment, and the one place that knows what htmx asks for."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.requests import Request

from web.i18n import Language

VARY: Final = "HX-Request, HX-Request-Type"


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
        # The extension adds this method; its stubs do not know it.
        install: Callable[..., None] = self.environment.install_gettext_callables  # type: ignore[attr-defined]
        install(
            _said("gettext"),
            _said("ngettext"),
            newstyle=True,
            pgettext=_said("pgettext"),
            npgettext=_said("npgettext"),
        )

    def html(self, template: str, language: Language, context: Mapping[str, Any]) -> bytes:
        """A template filled, as UTF-8."""
        return self.environment.get_template(template).render(language=language, **context).encode()


def wants_fragment(request: Request) -> bool:
    """Whether htmx will swap the answer into a page it has; a history restore wants the whole page."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-request-type") == "partial"


def sent_by_form(request: Request) -> bool:
    """Whether a browser sent a form, empty fields and all, to an address that somebody may keep and share."""
    return not wants_fragment(request) and any(not value for _, value in request.query_params.multi_items())


def _said(method: str) -> Callable[..., str]:
    @pass_context
    def say(context: Context, *arguments: Any) -> str:
        said: str = getattr(context["language"], method)(*arguments)
        return said

    return say
