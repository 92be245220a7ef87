"""Words as search compares them: without case and diacritics, in any script. Pure."""

import unicodedata

_LOOKALIKES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "ß": "ss", "ı": "i"})


def fold(text: str) -> str:
    """«Äänimaailma» and «aanimaailma» fold to the same; so do «пам’ять» and «пам'ять»."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LOOKALIKES))
    kept = (character for character in decomposed if not unicodedata.combining(character))
    return " ".join("".join(kept).translate(_LOOKALIKES).casefold().split())


def words(text: str) -> list[str]:
    """The folded words of a query, each once."""
    return list(dict.fromkeys(fold(text).split()))
