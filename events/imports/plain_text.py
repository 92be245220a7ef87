"""Imported markup as plain words. Pure."""

import re
from html.entities import html5
from string import ascii_lowercase, ascii_uppercase

_MARKUP = re.compile(r"<[!/?a-zA-Z][^<>]{0,2000}>")
_BREAKS = re.compile(r"(?i)<\s*(?:br|/p|/li|/h[1-6]|/div|/tr)\b[^<>]{0,200}>")
_UNSEEN = (("<style", "</style>"), ("<script", "</script>"), ("<!--", "-->"))
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_BARE_ADDRESS = re.compile(r"(?i)<((?:https?://|mailto:)[^<>\s]{1,1000})>")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,30}));?")
_HARMLESS = {"<": "‹", ">": "›"}


def without_markup(text: str) -> str:
    """The words of an HTML fragment: breaks become lines, tags go, entities become characters."""
    text = _BARE_ADDRESS.sub(r" \1 ", _without_unseen(text))
    return _ENTITY.sub(_character, _MARKUP.sub("", _BREAKS.sub("\n", text)))


def _without_unseen(text: str) -> str:
    """Drop style sheets, scripts and comments; by plain search, since patterns crawl through hostile text."""
    for opening, closing in _UNSEEN:
        kept, position, lowered = [], 0, text.translate(_LOWER)
        while (begin := lowered.find(opening, position)) >= 0:
            end = lowered.find(closing, begin)
            if end < 0:
                break
            kept.append(text[position:begin])
            position = end + len(closing)
        text = "".join([*kept, text[position:]])
    return text


def _character(entity: re.Match[str]) -> str:
    """What an entity stands for; an angle bracket becomes one that no page can take for markup."""
    if entity[3]:
        character = html5.get(entity[3] + ";") or html5.get(entity[3].lower() + ";") or entity[0]
        return _HARMLESS.get(character, character)
    code = int(entity[1]) if entity[1] else int(entity[2], 16)
    if not 32 <= code < 0x110000 or 0xD800 <= code < 0xE000:
        return " "
    return _HARMLESS.get(chr(code), chr(code))
