"""Folding for search: words without case and diacritics, in any script. Pure."""

import unicodedata
from functools import lru_cache
from typing import Final

_ALIKE: Final = {
    "’": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "–": "-",
    "—": "-",
    "ß": "ss",
    "ı": "i",
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "ł": "l",
    "đ": "d",
    "ŧ": "t",
    "ŋ": "n",
    # Arabic is typed with and without these, and stretched with the last one.
    "ى": "ي",
    "ة": "ه",
    "ـ": "",
}
"""Letters and signs that people type for one another and that no decomposition makes equal."""

_LOOKALIKES: Final = str.maketrans({**_ALIKE, **{sign.upper(): text for sign, text in _ALIKE.items() if sign != "ß"}})


def fold(text: str) -> str:
    """«Äänimaailma» and «aanimaailma» fold to the same; so do «пам’ять» and «пам'ять», a text with soft hyphens
    and without. What is folded stays as it is when folded again."""
    return " ".join("".join(map(_folded, text)).split())


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    """One character, kept because texts are long and written with few. None depends on those beside it: what a
    decomposition would put into order are the marks, and they go."""
    decomposed = unicodedata.normalize("NFKD", sign.translate(_LOOKALIKES))
    kept = (part for part in decomposed if unicodedata.category(part) not in ("Mn", "Mc", "Me", "Cf"))
    return "".join(kept).translate(_LOOKALIKES).casefold()


def words(text: str) -> list[str]:
    """The folded words of a query, each once, without the punctuation around them; what is nothing but punctuation
    counts only where there is no word at all."""
    typed = fold(text).split()
    bare = [word for word in map(_bare, typed) if word]
    return list(dict.fromkeys(bare or typed))


def _bare(word: str) -> str:
    first, last = 0, len(word)
    while first < last and _is_punctuation(word[first]):
        first += 1
    while last > first and _is_punctuation(word[last - 1]):
        last -= 1
    return word[first:last]


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character).startswith("P")
