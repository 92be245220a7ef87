"""Open Graph tags: what programs show of a page that somebody shares, in the page's own language."""

from collections.abc import Iterable

from web.i18n import Language


def open_graph(
    language: Language,
    languages: Iterable[Language],
    *,
    title: str,
    description: str,
    address: str,
    site_name: str,
    image: str = "",
    image_words: str = "",
) -> list[tuple[str, str]]:
    """The (property, content) pairs of a page; what is empty is left out."""
    own = _locale(language)
    others = dict.fromkeys(_locale(other) for other in languages)
    others.pop(own, None)
    pairs = [
        ("og:type", "website"),
        ("og:site_name", site_name),
        ("og:title", title),
        ("og:description", description),
        ("og:url", address),
        ("og:image", image),
        ("og:image:alt", image_words if image else ""),
        ("og:locale", own),
        *(("og:locale:alternate", other) for other in others),
    ]
    return [(name, content) for name, content in pairs if content]


def _locale(language: Language) -> str:
    """«fi_FI»; a language without a country stands for itself twice, as those programs know Arabic: «ar_AR»."""
    locale = language.locale
    return f"{locale.language}_{locale.territory or locale.language.upper()}"
