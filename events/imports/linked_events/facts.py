"""What a Linked Events object says, as facts of ours; what it does not say stays «not known». Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from events.domain import vocabulary
from events.domain.folding import fold
from events.domain.prices import PriceRow
from events.imports.entries import ImportedPlace
from events.imports.plain_text import without_markup
from events.imports.texts import NOTE, PLACE_NAME, Labels, sort_of
from web.cleaning import clean_line

Object = Mapping[str, Any]

_YSO: Final = re.compile(r"yso:(p\d+)|onto/yso/(p\d+)")
_ACTIVITIES: Final = {one.yso: key for key, one in reversed(vocabulary.ACTIVITIES.items()) if one.yso}
_CATEGORIES: Final = {yso: key for key, yso in vocabulary.CATEGORIES.items()}
_AUDIENCES: Final = {yso: key for key, yso in reversed(vocabulary.AUDIENCES.items()) if yso}
_AMOUNT: Final = re.compile(
    r"(?:€|eur)?\s*(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:€|e|eur|euroa?|euros?)?(?:,-|\.-)?", re.IGNORECASE
)
_FREE: Final = frozenset(
    {
        *("maksuton", "ilmainen", "vapaa paasy", "maksuton tapahtuma", "ilmainen tapahtuma", "ei paasymaksua"),
        *("gratis", "fritt intrade", "fri entre", "avgiftsfri", "avgiftsfritt", "kostnadsfri"),
        *("free", "free entry", "free of charge", "free admission", "free event", "0", "0 €", "0€", "0 e"),
    }
)


@dataclass(frozen=True, slots=True)
class Price:
    """free, paid or unknown; amounts where they are plain, else the words by language."""

    kind: str = "unknown"
    rows: tuple[PriceRow, ...] = ()
    notes: Mapping[str, str] | None = None


def objects(value: Any) -> list[Object]:
    """The objects of a list; an object alone counts as a list of one."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, Mapping)]


def id_of(value: Any) -> str:
    """«tprek:1» of an object, of a reference to it or of its address; empty where there is none."""
    if isinstance(value, Mapping):
        value = value.get("id") or value.get("@id") or ""
    return str(value).rstrip("/").rsplit("/", 1)[-1].strip() if isinstance(value, str | int) else ""


def by_language(value: Any) -> dict[str, str]:
    """A multilingual field by our language tags, without what is empty; a plain string counts as Finnish."""
    if isinstance(value, str):
        value = {"fi": value}
    if not isinstance(value, Mapping):
        return {}
    found = ((language_of(str(key)) or str(key), text) for key, text in value.items())
    return {tag: text for tag, text in found if isinstance(text, str) and text.strip()}


def language_of(name: str) -> str:
    """Our tag for a language of theirs; empty for one we do not know."""
    alias = vocabulary.ALIASES.get(("language", name.lower()))
    if alias:
        return alias
    wanted = name.replace("_", "-").lower()
    return next((tag for tag in vocabulary.LANGUAGES if tag.lower() == wanted), "")


def promises(value: Any) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """The languages an event is held in, and those that we have no word for."""
    names = [id_of(one) for one in value] if isinstance(value, list) else []
    known = dict.fromkeys(tag for name in names if (tag := language_of(name)))
    return tuple((tag, "main") for tag in known), [name for name in names if name and not language_of(name)]


def sorts(keywords: Any, labels: Labels) -> tuple[str, tuple[str, ...]]:
    """(category, activities) by YSO concept, or by a name that equals a label of ours; else the neutral category."""
    concepts = list(_concepts(keywords))
    activities = [_ACTIVITIES[yso] for yso in concepts if yso in _ACTIVITIES]
    categories = [_CATEGORIES[yso] for yso in concepts if yso in _CATEGORIES]
    words = [name for one in objects(keywords) for name in by_language(one.get("name")).values()]
    named_category, named = sort_of(words, labels)
    activities = list(dict.fromkeys([*activities, *named]))
    if activities:
        return vocabulary.ACTIVITIES[activities[0]].category, tuple(activities)
    return next(iter(categories), named_category), ()


def audiences(value: Any) -> tuple[str, ...]:
    """For whom, by YSO concept; nothing where it is not told."""
    return tuple(dict.fromkeys(_AUDIENCES[yso] for yso in _concepts(value) if yso in _AUDIENCES))


def price_of(offers: Any) -> Price:
    """Read the offers. A price in figures counts more than a mark «free», which is often wrong."""
    found = objects(offers)
    if not found:
        return Price()
    texts = [by_language(one.get("price")) for one in found]
    notes = _joined([*texts, *(by_language(one.get("description")) for one in found)])
    if all(_is_free(one, text) for one, text in zip(found, texts, strict=True)):
        return Price("free", notes=_joined(by_language(one.get("description")) for one in found))
    stated = any(texts) or any(one.get("is_free") is False for one in found)
    if len(found) > 1 or not stated:
        return Price("paid" if stated else "unknown", notes=notes)
    amounts = {_amount(text) for text in texts[0].values()}
    if len(amounts) == 1 and (amount := amounts.pop()) is not None:
        return Price("paid", (PriceRow(amount),), _joined([by_language(found[0].get("description"))]))
    return Price("paid", notes=notes)


def place_of(value: Object, language: str) -> ImportedPlace | None:
    """A Linked Events place; None for one without a name."""
    names = by_language(value.get("name"))
    name = names.get(language) or names.get("fi") or next(iter(names.values()), "")
    if not name:
        return None
    position = value.get("position")
    longitude, latitude = _point(position.get("coordinates") if isinstance(position, Mapping) else None)
    return ImportedPlace(
        name=clean_line(without_markup(name), PLACE_NAME),
        street_address=_one(value.get("street_address"), language, 200),
        postal_code=clean_line(str(value.get("postal_code") or ""), 16),
        city=_one(value.get("address_locality"), language, 80),
        latitude=latitude,
        longitude=longitude,
        source_id=id_of(value)[:200],
    )


def _one(value: Any, language: str, limit: int) -> str:
    """One language of a multilingual field: the event's own, Finnish or any."""
    texts = by_language(value)
    text = texts.get(language) or texts.get("fi") or next(iter(texts.values()), "")
    return clean_line(without_markup(text), limit)


def _point(value: Any) -> tuple[float | None, float | None]:
    if not isinstance(value, list) or len(value) < 2 or not all(isinstance(one, int | float) for one in value[:2]):
        return None, None
    longitude, latitude = float(value[0]), float(value[1])
    return (longitude, latitude) if -180 <= longitude <= 180 and -90 <= latitude <= 90 else (None, None)


def _concepts(value: Any) -> Iterable[str]:
    for one in value if isinstance(value, list) else ():
        written = f"{one.get('id', '')} {one.get('@id', '')}" if isinstance(one, Mapping) else str(one)
        if match := _YSO.search(written):
            yield match[1] or match[2]


def _is_free(offer: Object, text: Mapping[str, str]) -> bool:
    words = [fold(one).rstrip(".!") for one in text.values()]
    if words:
        return all(word in _FREE for word in words) or (offer.get("is_free") is True and not _has_figure(words))
    return offer.get("is_free") is True


def _has_figure(words: Iterable[str]) -> bool:
    return any(re.search(r"[1-9]", word) for word in words)


def _amount(text: str) -> Decimal | None:
    match = _AMOUNT.fullmatch(" ".join(text.split()))
    return Decimal(match[1].replace(",", ".")) if match else None


def _joined(parts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for part in parts:
        for tag, text in part.items():
            found.setdefault(tag, []).append(clean_line(without_markup(text), NOTE))
    return {tag: clean_line(" · ".join(dict.fromkeys(texts)), NOTE) for tag, texts in found.items()}
