"""Imported texts as this calendar stores them: titles, descriptions, places and links. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from events.domain import vocabulary
from events.domain.folding import fold
from events.imports.entries import ImportedPlace
from events.imports.plain_text import without_markup
from web.cleaning import clean_block, clean_line

Labels = Mapping[str, tuple[str, str]]
"""From a folded label of the catalogues to ("category" or "activity", key)."""

TITLE: Final = 120
SUMMARY: Final = 300
DESCRIPTION: Final = 5_000
NOTE: Final = 300
LINK: Final = 500
PLACE_NAME: Final = 160

_CANCELLED: Final = (
    "peruttu|peruutettu|peruuntunut|cancell?ed|inst[äa]ll[td]|avlyst|aflyst|abgesagt|f[äa]llt aus|t[üu]histatud"
    "|j[äa][äe]b [äa]ra|annul[ée]e?|cancelad[oa]|geannuleerd|отмен[её]но|отмен[её]н|отмена|скасовано|ملغى|ملغاة|أُلغي"
)
_POSTPONED: Final = "lyk[äa]tty|postponed|uppskjut(?:en|et)|verschoben|отложено|перенесено|відкладено|مؤجل"
_END: Final = r"\s*[\])*]*\s*(?:[:!|]+|\s[-–—]+\s|[-–—]+(?=\s)|(?<=[\])*])\s)[\s:!*–—-]*"
_LEADING: Final = re.compile(rf"^[\s\[(*!]*(?:(?P<c>{_CANCELLED})|(?P<p>{_POSTPONED})){_END}", re.IGNORECASE)
_SHOUTED: Final = re.compile(rf"^(?:(?P<c>{_CANCELLED})|(?P<p>{_POSTPONED}))\s+", re.IGNORECASE)
_ALONE: Final = re.compile(rf"^(?:(?P<c>{_CANCELLED})|(?P<p>{_POSTPONED}))[\s!.]*$", re.IGNORECASE)
_TRAILING: Final = re.compile(
    rf"\s*(?:[\[(*]+\s*|\s[-–—:|]+\s*)(?:(?P<c>{_CANCELLED})|(?P<p>{_POSTPONED}))\s*[!.]*[\])*]*\s*$", re.IGNORECASE
)
_PLACEHOLDER: Final = re.compile(
    r"#_[A-Z]|\{\{|\}\}|%[A-Z_]{3,}%|\$\{|\[(?:location|venue|place|address)\]", re.IGNORECASE
)

_NOWHERE: Final = frozenset(
    {
        *("tbc", "tbd", "tba", "n/a", "na", "none", "null", "undefined", "unknown", "no location", "to be confirmed"),
        *("to be announced", "venue tbc", "ilmoitetaan myohemmin", "ilmoitetaan", "tarkentuu", "paikka avoin"),
        *("paikka ilmoitetaan myohemmin", "meddelas senare", "ei tiedossa", "avoin", "-", "--", "?", ".", "x"),
    }
)
_ONLINE: Final = frozenset(
    {
        *("online", "zoom", "teams", "microsoft teams", "google meet", "webinar", "virtual", "internet", "verkossa"),
        *("etana", "verkkotapahtuma", "etatapahtuma", "pa natet", "pa distans", "natet", "онлайн", "zoomissa"),
        *("teamsissa", "microsoft teams -kokous", "microsoft teams meeting", "online event", "skype", "etayhteys"),
    }
)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_MEETING_HOSTS: Final = re.compile(
    r"(?:^|\.)(?:zoom\.us|teams\.microsoft\.com|teams\.live\.com|meet\.google\.com|whereby\.com|webex\.com|meet\.jit\.si)$"
)
_MAP_HOSTS: Final = re.compile(
    r"(?:^|\.)(?:maps\.app\.goo\.gl|goo\.gl|maps\.google\.\w+|openstreetmap\.org|maps\.apple\.com)$"
)
_TOWN: Final = re.compile(r"(\d{5})\s+(\D{2,80})")
_STREET: Final = re.compile(r"\D{3,}\s\d+\s?[a-zA-Z]?(?:[\s-]?\w{1,5}){0,3}")
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Where:
    """What the words for a place meant: somewhere, online, both or nothing that is known."""

    place: ImportedPlace | None = None
    online: bool = False
    online_url: str = ""
    note: str = ""


def title_of(written: str) -> tuple[str, str]:
    """(title, status): a status typed into the title, such as «PERUTTU:», is taken out of it."""
    title = " ".join(without_markup(written).split())
    match = _LEADING.match(title) or _TRAILING.search(title) or _ALONE.match(title)
    if match is None and (shouted := _SHOUTED.match(title)) and _stands_out(shouted[0], title):
        match = shouted
    if match is None:
        return clean_line(title, TITLE), "scheduled"
    status = "cancelled" if match["c"] else "postponed"
    rest = (title[: match.start()] + title[match.end() :]).strip()
    return clean_line(rest or title, TITLE), status


def _stands_out(word: str, title: str) -> bool:
    """«PERUTTU Lauluilta», but not «Cancelled dreams»: only the first word is in capitals."""
    rest = title[len(word) :]
    return word.isupper() and bool(rest) and not rest.isupper()


def description_of(written: str) -> str:
    """Plain paragraphs that mean the same as Markdown."""
    text = clean_block(without_markup(written), DESCRIPTION)
    # A line of hyphens under a text would make a heading of it.
    return re.sub(r"(?m)(?<=\S)\n(?=[-=]{2,}$)", "\n\n", text)[:DESCRIPTION]


def summary_of(description: str) -> str:
    """The first sentences, as many as fit in; nothing if the first alone is too long."""
    summary = ""
    for sentence in _SENTENCE.split(description[: 2 * SUMMARY]):
        longer = clean_line(f"{summary} {sentence}", 2 * SUMMARY)
        if len(longer) > SUMMARY:
            break
        summary = longer
    return clean_line(summary, SUMMARY)


def link_of(written: str) -> str:
    """A web address that may be linked; nothing for any other scheme or a broken one."""
    link = written.strip()
    if not link or len(link) > LINK or any(character.isspace() or not character.isprintable() for character in link):
        return ""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link if parts.scheme.lower() in ("http", "https") and parts.hostname and not parts.username else ""


def where_of(written: str) -> Where:
    """Read a LOCATION: a place with its address where that is plain to see, or a meeting online."""
    text = clean_line(without_markup(written).replace("\n", ", "), 1_000).strip(" ,")
    if not any(character.isalnum() for character in text) or fold(text) in _NOWHERE:
        return Where()
    if _PLACEHOLDER.search(text):
        return Where(note="its place is an unfilled placeholder and was left out")
    if fold(text) in _ONLINE:
        return Where(online=True)
    if address := _ADDRESS.search(text):
        return _with_address(text, address[0].rstrip(").,;"))
    return Where(place_of(text))


def _with_address(text: str, address: str) -> Where:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    rest = " ".join(text.replace(address, " ").split()).strip(" ,;:-–()")
    if _MAP_HOSTS.search(host):
        return Where(place_of(rest)) if rest else Where(note="its place is only a map link and was left out")
    if not rest or fold(rest) in _ONLINE or _MEETING_HOSTS.search(host):
        place = place_of(rest) if rest and not any(word in fold(rest) for word in _ONLINE) else None
        return Where(place, online=True, online_url=link_of(address))
    return Where(place_of(rest))


def place_of(text: str) -> ImportedPlace:
    """«Name, Street 1, 45100 Kouvola» taken apart; anything else is a name as it stands."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    town = next((index for index, part in enumerate(parts) if index and _TOWN.fullmatch(part)), None)
    if town is None:
        return ImportedPlace(clean_line(text, PLACE_NAME))
    match = _TOWN.fullmatch(parts[town])
    street = parts[town - 1] if _STREET.fullmatch(parts[town - 1]) else ""
    name = ", ".join(parts[: town - 1] if street and town > 1 else parts[:town])
    return ImportedPlace(
        name=clean_line(name, PLACE_NAME),
        street_address=clean_line(street, 200) if street != name else "",
        postal_code=match[1] if match else "",
        city=clean_line(match[2], 80) if match else "",
    )


def sort_of(words: Iterable[str], labels: Labels) -> tuple[str, tuple[str, ...]]:
    """(category, activities) for keywords that equal a label of ours; an empty category if none does.

    A category that is named goes before that of the first activity.
    """
    found = [labels[folded] for folded in map(fold, words) if folded in labels]
    activities = tuple(dict.fromkeys(key for facet, key in found if facet == "activity"))
    categories = [key for facet, key in found if facet == "category"]
    categories += [vocabulary.ACTIVITIES[key].category for key in activities]
    return categories[0] if categories else "", activities
