"""A status typed into a title, such as «PERUTTU: Kielikahvila», so that it can be said where it belongs. Pure."""

import re
from typing import Final

_WORDS: Final = {
    "cancelled": (
        "peruttu|peruutettu|peruuntunut|perutaan|cancell?ed|inst[äa]ll(?:t|d|da)|avlyst|отмен[её]но?|отменена|отменяется|отмена"
        "|скасовано|скасована|скасований|ملغى|ملغاة|أُلغي|ألغيت|t[üu]histatud"
    ),
    "postponed": (
        "siirretty|siirtyy|lyk[äa]tty|postponed|rescheduled|uppskjut(?:en|et)|framflyttad|framflyttat|flyttad"
        "|отложено|отложена|перенесено|перенес[её]н|перенесена|відкладено|مؤجل|مؤجلة|edasi l[üu]katud"
    ),
    "full": (
        "t[äa]ynn[äa]|loppuunvarattu|loppuunmyyty|fully booked|sold out|full|fullbokad|fullbokat|fullt|slutsåld"
        "|мест нет|мест больше нет|місць немає|مكتمل|محجوز بالكامل|v[äa]lja m[üu][üu]dud"
    ),
}
_ANY: Final = "|".join(f"(?P<{status}>{words})" for status, words in _WORDS.items())
_BREAK: Final = r"\s*[\])*]*\s*(?:[:!|]+|\s[-–—]+\s|[-–—]+(?=\s)|(?<=[\])*])\s)[\s:!*–—-]*"
_LEADING: Final = re.compile(rf"^[\s\[(*!]*(?:{_ANY}){_BREAK}", re.IGNORECASE)
_TRAILING: Final = re.compile(rf"\s*(?:[\[(*]+\s*|\s[-–—:|!]+\s*)(?:{_ANY})\s*[!.]*[\])*]*\s*$", re.IGNORECASE)
_SHOUTED: Final = re.compile(rf"^(?:{_ANY})\s+", re.IGNORECASE)


def status_in_title(title: str) -> tuple[str, str]:
    """(status, the title without it): «cancelled», «postponed» or «full»; («», the title) where it names none.

    A word without a colon, a dash or brackets counts only where it is shouted: «Siirretty aika» may be a title.
    """
    title = " ".join(title.split())
    found = _LEADING.match(title) or _TRAILING.search(title)
    if found is None:
        shouted = _SHOUTED.match(title)
        found = shouted if shouted and _is_shouted(shouted[0]) else None
    if found is None:
        return "", title
    rest = (title[: found.start()] + title[found.end() :]).strip()
    return (found.lastgroup or "", rest) if rest else ("", title)


def _is_shouted(text: str) -> bool:
    # Arabic has no capitals, so that nothing in it is shouted.
    return text.upper() == text and text.lower() != text
