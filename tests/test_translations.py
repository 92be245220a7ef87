"""Every visible word exists in every language served, with its placeholders and plural forms."""

import re
import string
from collections.abc import Iterator
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from babel.dates import format_date, format_time
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from web.dates import DATE_PATTERNS, TIME_PATTERNS
from web.i18n import KNOWN, load_languages

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "locales"
CATALOGUES = {
    "public": ("fi", "sv", "en", "ru", "uk", "ar", "selko"),
    "desk": ("fi", "sv", "en", "ru", "uk", "ar"),
    "city": ("fi", "sv", "en"),
}
"""Which languages must have which catalogue."""
PRESENT = sorted((path.stem, path.parent.name) for path in LOCALES.glob("*/*.po"))
PERSIAN_ONLY = re.compile("[پچژگکی]")

Key = tuple[str | None, str]


@lru_cache
def needed(domain: str) -> dict[Key, Any]:
    """(context, message) -> message or (singular, plural) of everything the code can say."""
    with (LOCALES / f"{domain}.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found: dict[Key, Any] = {}
    for _, _, message, _, context in extract_from_dir(ROOT, methods, options):
        found[context, message if isinstance(message, str) else message[0]] = message
    return found


@lru_cache
def catalogue(domain: str, code: str) -> Catalog:
    """One catalogue as it is written."""
    with (LOCALES / code / f"{domain}.po").open("rb") as source:
        return read_po(source, locale=KNOWN[code].locale, abort_invalid=True)


def messages(domain: str, code: str) -> Iterator[tuple[Key, Message]]:
    """Its messages by context and first form."""
    for message in catalogue(domain, code):
        if message.id:
            yield (message.context, message.id if isinstance(message.id, str) else message.id[0]), message


def forms(message: Message) -> tuple[str, ...]:
    """Every translated form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(text: str) -> set[str]:
    """`{name}` and `%(name)s`."""
    named = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return named | set(re.findall(r"%\((\w+)\)s", text))


def test_the_promised_catalogues_are_there() -> None:
    promised = {(domain, code) for domain, codes in CATALOGUES.items() for code in codes}

    assert promised - set(PRESENT) == set()


def test_a_language_is_served_where_its_catalogue_is_present() -> None:
    assert set(load_languages(LOCALES)) == {code for domain, code in PRESENT if domain == "public"}


@pytest.mark.parametrize(("domain", "code"), PRESENT)
def test_a_catalogue_says_everything_and_nothing_else(domain: str, code: str) -> None:
    translated = {key for key, message in messages(domain, code) if all(forms(message)) and not message.fuzzy}

    assert (set(needed(domain)) - translated, translated - set(needed(domain))) == (set(), set())


@pytest.mark.parametrize(("domain", "code"), PRESENT)
def test_translations_keep_their_placeholders(domain: str, code: str) -> None:
    wrong = {}
    for key, message in messages(domain, code):
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        allowed = set().union(*(placeholders(source) for source in sources))
        plural = not isinstance(message.id, str)
        for form in forms(message):
            # A plural form may say its number in a word.
            if placeholders(form) != allowed and not (plural and placeholders(form) <= allowed):
                wrong[key] = form
    if wrong:
        wrong = {key: form for key, form in wrong.items() if key[0] not in ("price unit", "price group")}

    assert wrong == {}


@pytest.mark.parametrize(("domain", "code"), PRESENT)
def test_amounts_and_groups_stand_in_their_own_placeholder(domain: str, code: str) -> None:
    expected = {"price unit": {"amount"}, "price group": {"price"}}
    wrong = {
        key: message.string
        for key, message in messages(domain, code)
        if key[0] in expected and placeholders(str(message.string)) != expected[key[0]]
    }

    assert wrong == {}


@pytest.mark.parametrize(("domain", "code"), PRESENT)
def test_every_plural_has_all_forms_of_its_language(domain: str, code: str) -> None:
    count = catalogue(domain, code).num_plurals
    wrong = {
        key: message.string
        for key, message in messages(domain, code)
        if not isinstance(message.id, str) and (len(forms(message)) != count or not all(forms(message)))
    }

    assert wrong == {}


@pytest.mark.parametrize("code", [code for domain, code in PRESENT if domain == "public"])
def test_date_patterns_write_a_date(code: str) -> None:
    language = load_languages(LOCALES)[code]
    dates = [
        format_date(date(2026, 12, 3), language.pgettext("date pattern", name), locale=language.locale)
        for name in DATE_PATTERNS
    ]
    times = [
        format_time(time(17, 30), language.pgettext("date pattern", name), locale=language.locale)
        for name in TIME_PATTERNS
    ]

    assert [text for text in dates + times if not text or name_of_a_pattern(text)] == []


def name_of_a_pattern(text: str) -> bool:
    """A message that fell through untranslated."""
    return text in DATE_PATTERNS + TIME_PATTERNS


@pytest.mark.parametrize("code", [code for domain, code in PRESENT if domain == "public"])
def test_a_catalogue_is_written_in_its_own_script(code: str) -> None:
    latin = re.compile("[A-Za-zÅÄÖåäö]{3,}")
    foreign = {"ru": latin, "uk": latin, "ar": latin}.get(code, re.compile("[\u0400-\u04ff\u0600-\u06ff]"))
    wrong = {}
    for key, message in messages("public", code):
        for form in forms(message):
            text = re.sub(r"\{\w+\}|%\(\w+\)s", "", form)
            if key[0] != "date pattern" and foreign.search(text):
                wrong[key] = form
            if code == "ar" and PERSIAN_ONLY.search(text):
                wrong[key] = form

    assert wrong == {}
