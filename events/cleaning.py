"""Typed and imported text as it may be stored: bounded, without control characters. Pure."""

import re
import unicodedata
from html.entities import html5
from string import ascii_lowercase, ascii_uppercase

_BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_MARKUP = re.compile(r"<[!/?a-zA-Z][^<>]{0,2000}>")
_BREAKS = re.compile(r"(?i)<\s*(?:br|/p|/li|/h[1-6]|/div|/tr)\b[^<>]{0,200}>")
_UNSEEN = (("<style", "</style>"), ("<script", "</script>"), ("<!--", "-->"))
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_BARE_ADDRESS = re.compile(r"(?i)<((?:https?://|mailto:)[^<>\s]{1,1000})>")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,30}));?")
_HARMLESS = {"<": "‹", ">": "›"}


def clean_line(text: str, limit: int) -> str:
    """One line of at most `limit` characters; cut at a word, with «…», where it is longer."""
    return _cut(" ".join(_visible(text).split()), limit)


def clean_block(text: str, limit: int) -> str:
    """Paragraphs of at most `limit` characters, lines trimmed, never two empty lines together."""
    lines = [" ".join(line.split()) for line in _visible(text).split("\n")]
    return _cut(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), limit)


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


def _visible(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\t", " ")
    return "".join(
        character
        for character in text
        if character == "\n"
        or (unicodedata.category(character) not in ("Cc", "Cs", "Cn", "Co") and character not in _BIDI_CONTROLS)
    )


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    words = head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head
    return words.rstrip(" ,;:–-") + "…"
