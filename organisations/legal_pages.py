"""The pages that the law requires, and the page about the site. Long legal texts exist in three languages; pages in
other languages link to them."""

from datetime import date
from typing import Any, Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from web.dates import write_date
from web.page import Page, render
from web.request_context import RequestContext, context_of

DRAWN_UP: Final = date(2026, 11, 22)
"""When the accessibility statement and the privacy notice were last gone through; the law wants it yearly."""
ACCESSIBILITY: Final = {
    "fi": "information/accessibility.fi.html",
    "sv": "information/accessibility.sv.html",
    "en": "information/accessibility.en.html",
}
PRIVACY: Final = {
    "fi": "information/privacy.fi.html",
    "sv": "information/privacy.sv.html",
    "en": "information/privacy.en.html",
}


class Authority(NamedTuple):
    """Whom to turn to where the city's answer does not help."""

    website: str
    email: str
    phone: str


SUPERVISORS: Final = {
    "fi": Authority("https://www.saavutettavuusvaatimukset.fi/", "saavutettavuus@traficom.fi", "+358 29 534 5000"),
    "sv": Authority("https://www.saavutettavuusvaatimukset.fi/sv/", "saavutettavuus@traficom.fi", "+358 29 534 5000"),
    "en": Authority("https://www.saavutettavuusvaatimukset.fi/en/", "saavutettavuus@traficom.fi", "+358 29 534 5000"),
}
"""The Finnish Transport and Communications Agency Traficom, which supervises accessibility since 2025."""
OMBUDSMEN: Final = {
    "fi": Authority("https://tietosuoja.fi/", "tietosuoja@om.fi", "+358 29 566 6700"),
    "sv": Authority("https://tietosuoja.fi/sv/", "tietosuoja@om.fi", "+358 29 566 6700"),
    "en": Authority("https://tietosuoja.fi/en/", "tietosuoja@om.fi", "+358 29 566 6700"),
}
"""The Data Protection Ombudsman."""


async def show_accessibility_statement(request: Request) -> Response:
    """`/{lang}/accessibility`: how accessible the site is, what is not yet, and who answers for it."""
    context = context_of(request)
    language = context.language
    page = Page(
        title=language.gettext("Accessibility statement"),
        path="accessibility",
        description=language.gettext("How accessible this site is, what is not yet, and how to tell about it."),
    )
    return _legal(context, page, ACCESSIBILITY, authority=SUPERVISORS.get(language.code))


async def show_privacy_notice(request: Request) -> Response:
    """`/{lang}/privacy`: what is known of whom, why, and for how long."""
    context = context_of(request)
    language = context.language
    page = Page(
        title=language.gettext("Data protection"),
        path="privacy",
        description=language.gettext(
            "Nothing is stored about those who read this site: no cookies, no counting, no account."
        ),
    )
    return _legal(context, page, PRIVACY, authority=OMBUDSMEN.get(language.code))


async def show_about(request: Request) -> Response:
    """`/{lang}/about`: who we are, in which languages, and which translations a native reader has read."""
    context = context_of(request)
    language, languages = context.language, context.site.languages.values()
    page = Page(
        title=language.gettext("About this site"),
        path="about",
        description=language.gettext("Who keeps this site, and who has checked its translations."),
    )
    return render(context, "information/about.html", page, languages=languages)


def _legal(context: RequestContext, page: Page, texts: dict[str, str], **values: Any) -> Response:
    languages = context.site.languages
    return render(
        context,
        "information/legal.html",
        page,
        text=texts.get(context.language.code, ""),
        versions=[languages[code] for code in texts if code in languages],
        drawn_up=write_date(DRAWN_UP, "day heading and year", context.language),
        **values,
    )
