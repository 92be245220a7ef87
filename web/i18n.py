"""The languages that pages are served in: one gettext catalogue each, read at start-up.

A language is served when `locales/<code>/public.po` exists; nothing else has to be registered. Catalogues are
read as they are written (PO), so that translators and the running program share one file and nothing is built.
"""

import copy
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from babel import Locale, localedata
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import Translations


@dataclass(frozen=True)
class Language:
    """A reader's language: what its pages call themselves, and its words.

    `code` is the path segment, `tag` the BCP 47 tag for `lang` and for data, `direction` the value of `dir`;
    `fingerprint` is a hash of the catalogues, so that what was written with older words can be told; `reviewed`
    is when a native reader has read the public one, empty where none has.
    """

    code: str
    tag: str
    own_name: str
    direction: str
    locale: Locale
    fingerprint: str
    translations: Translations = field(repr=False, compare=False)
    reviewed: str = ""

    def gettext(self, message: str) -> str:
        """The message in this language; the message itself where the catalogue lacks it."""
        return str(self.translations.gettext(message))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The plural form for n, by this language's own plural rule (CLDR)."""
        return str(self.translations.ngettext(singular, plural, n))

    def pgettext(self, context: str, message: str) -> str:
        """As `gettext`, within a context."""
        return str(self.translations.pgettext(context, message))

    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str:
        """As `ngettext`, within a context."""
        return str(self.translations.npgettext(context, singular, plural, n))

    def isolated(self, name: str) -> str:
        """A name typed in any script, so that it cannot disturb a right-to-left sentence (UAX 9, isolates)."""
        return f"\u2068{name}\u2069" if self.direction == "rtl" and name else name

    def join(self, parts: Iterable[str]) -> str:
        """«a, b and c» as this language writes it (CLDR list patterns)."""
        return format_list(list(parts), locale=self.locale)

    def __hash__(self) -> int:
        return hash(self.code)


@dataclass(frozen=True, slots=True)
class _Known:
    tag: str
    own_name: str
    direction: str
    locale: str


KNOWN: Final[Mapping[str, _Known]] = {
    "fi": _Known("fi", "suomi", "ltr", "fi_FI"),
    "sv": _Known("sv", "svenska", "ltr", "sv_FI"),
    # en_GB: en_FI writes times with a dot, plain en has the month first and a 12-hour clock.
    "en": _Known("en", "English", "ltr", "en_GB"),
    "ru": _Known("ru", "русский", "ltr", "ru_RU"),
    "uk": _Known("uk", "українська", "ltr", "uk_UA"),
    "ar": _Known("ar", "العربية", "rtl", "ar"),
    "selko": _Known("fi-simple", "selkosuomi", "ltr", "fi_FI"),
}
DEFAULT: Final = "fi"
REVIEW_LINE: Final = "# Reviewed by a native reader:"
UNUSED_TABLES: Final = frozenset(
    (
        *("languages", "territories", "scripts", "variants", "meta_zones", "time_zones", "date_fields"),
        *("currency_names", "currency_names_plural", "unit_patterns", "unit_display_names", "compound_unit_patterns"),
    )
)
"""Parts of the CLDR that no page needs: most of its bytes, in every language."""
BORROWED: Final[Mapping[str, str]] = {"selko": "fi"}
"""Whose catalogue stands in where a language lacks one that others have; English for all that are not named."""


@lru_cache(maxsize=4)
def load_languages(folder: Path) -> Mapping[str, Language]:
    """The languages whose public catalogue is present, in menu order. Raises ValueError on a broken catalogue."""
    languages = {}
    domains = {path.name for path in folder.glob("*/*.po")}
    for code, known in KNOWN.items():
        if not (folder / code / "public.po").exists():
            continue
        catalogues = _catalogues(folder, code, domains)
        locale = Locale.parse(known.locale)
        _own_locale_data(known.locale)
        languages[code] = Language(
            code=code,
            tag=known.tag,
            own_name=known.own_name,
            direction=known.direction,
            locale=locale,
            fingerprint=sha256(b"".join(path.read_bytes() for path in catalogues)).hexdigest()[:16],
            translations=_read(catalogues, locale),
            reviewed=reviewed(folder / code / "public.po"),
        )
    if DEFAULT not in languages:
        raise ValueError(f"no catalogue at {folder / DEFAULT / 'public.po'}")
    return languages


def reviewed(catalogue: Path) -> str:
    """What a catalogue's second line says of its review by a native reader; empty for «not yet»."""
    head = catalogue.read_text("utf-8").splitlines()[:2]
    said = head[1].removeprefix(REVIEW_LINE).strip(" .") if len(head) > 1 and head[1].startswith(REVIEW_LINE) else ""
    return "" if said == "not yet" else said


def _catalogues(folder: Path, code: str, domains: Iterable[str]) -> list[Path]:
    """The language's catalogues, its own before borrowed ones: the first decides how plurals are formed."""
    own = sorted((folder / code).glob("*.po"))
    missing = sorted(set(domains) - {path.name for path in own})
    borrowed = (folder / BORROWED.get(code, "en") / name for name in missing)
    return [*own, *(path for path in borrowed if path.exists())]


def _read(catalogues: Iterable[Path], locale: Locale) -> Translations:
    first, *others = (_compiled(path, locale) for path in catalogues)
    own = copy.deepcopy(first)
    # Merging replaces: what two catalogues say is said as in the one that stands first, never as in a borrowed one.
    for other in (*reversed(others), own):
        first.merge(other)
    return first


def _compiled(path: Path, locale: Locale) -> Translations:
    with path.open("rb") as source:
        try:
            catalogue = read_po(source, locale=locale, abort_invalid=True)
        except PoFileError as error:
            raise ValueError(f"{path}, line {error.lineno}: {error}") from error
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def _own_locale_data(name: str) -> None:
    """Give each locale its own copy of the shared CLDR tables.

    Babel 2.18.0 lets formatting in one locale overwrite the month names of others (python-babel/babel#1234).
    """
    parts = name.split("_")
    chain = ["_".join(parts[: n + 1]) for n in range(len(parts))]
    # No public call replaces a loaded table, and the fault is in the sharing itself. Read anew: something may
    # have been formatted before.
    for code in ("root", *chain):
        localedata._cache.pop(code, None)
    for code in chain:
        tables = localedata.load(code).items()
        localedata._cache[code] = {key: copy.deepcopy(table) for key, table in tables if key not in UNUSED_TABLES}


def best_language(accept_language: str, languages: Mapping[str, Language]) -> str | None:
    """The served code that an Accept-Language header prefers (RFC 9110 12.5.4); None where it names none of ours.

    Ukrainian never falls back to Russian, nor any language to another: only the tag or its primary part counts.
    """
    wishes = []
    for position, wish in enumerate(accept_language[:1000].split(",")):
        tag, _, parameters = wish.strip().partition(";")
        wishes.append((-_quality(parameters), position, tag.strip().lower()))
    tags = {language.tag.lower(): code for code, language in languages.items()}
    for negative_quality, _, tag in sorted(wishes):
        code = tags.get(tag) or tags.get(tag.partition("-")[0])
        if code and negative_quality < 0:
            return code
    return None


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    return float(value) if re.fullmatch(r"\s*(0(\.\d*)?|1(\.0*)?)\s*", value, re.ASCII) else 0.0
