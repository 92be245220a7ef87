"""Typed and imported text as it may be stored: without control characters, spaces in order. Pure."""

import re
import unicodedata
from typing import Final

BIDI_CONTROLS: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""They turn what stands around them; the marks that only speak for themselves (U+200E, U+200F) stay."""
DROPPED: Final = ("Cc", "Cs", "Cn", "Co")
"""Unicode categories of what is no character that anybody can read: controls, halves, unassigned, private."""


def storable(text: str) -> str:
    """The same text as both databases take it and compare it: no NUL, no half of a character, NFC."""
    if text.isascii():
        return text.replace("\0", "")
    whole = "".join(sign for sign in text if sign != "\0" and not "\ud800" <= sign <= "\udfff")
    return unicodedata.normalize("NFC", whole)


def without_unseen(text: str) -> str:
    """Without signs that nobody sees: marks of direction and order, joiners, soft hyphens (category Cf).

    For what machines read: addresses, links, telephones, codes. Names and texts need their joiners.
    """
    return text if text.isascii() else "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def plain_digits(text: str) -> str:
    """Digits of any script as 0-9: an Arabic keyboard writes its own."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def as_code(text: str) -> str:
    """One line of what a machine compares: a code, a date, a number. No unseen signs, digits as 0-9."""
    return one_line(plain_digits(without_unseen(text)))


def one_line(text: str) -> str:
    """Everything in one line, single spaces between the words."""
    return " ".join(_visible(text).split())


def listed(text: str) -> list[str]:
    """What stands in a list, one to a line or between commas, each part as one line."""
    return [line for part in re.split(r"[\n,;]+", text) if (line := one_line(part))]


def paragraphs(text: str) -> str:
    """Lines trimmed, never two empty lines together."""
    lines = [" ".join(line.split()) for line in _visible(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_line(text: str, limit: int) -> str:
    """One line of at most `limit` characters; cut at a word, with «…», where it is longer."""
    return _cut(one_line(text), limit)


def clean_block(text: str, limit: int) -> str:
    """Paragraphs of at most `limit` characters, lines trimmed, never two empty lines together."""
    return _cut(paragraphs(text), limit)


def _visible(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\t", " ")
    return "".join(
        character
        for character in text
        if character == "\n" or (unicodedata.category(character) not in DROPPED and character not in BIDI_CONTROLS)
    )


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    words = head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head
    return words.rstrip(" ,;:–-") + "…"
