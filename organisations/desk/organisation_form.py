"""The form of an organisation's profile. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from organisations.profiles import Profile
from web.cleaning import plain_digits
from web.forms import Form, Reading
from web.i18n import Language

LONGEST_NAME: Final = 160
LONGEST_TEXT: Final = 2_000
LONGEST_WEBSITE: Final = 500
_PHONE: Final = re.compile(r"[+0-9][0-9 ()-]{3,38}")


@dataclass(frozen=True, slots=True)
class Lists:
    """What is chosen from: kinds, areas and languages spoken; `written` are the tags of the languages of texts."""

    kinds: tuple[str, ...]
    areas: tuple[str, ...]
    spoken: tuple[str, ...]
    written: tuple[str, ...]


def written_in(languages: Iterable[Language]) -> tuple[str, ...]:
    """The tags of the languages in which an organisation may write."""
    return tuple(language.tag for language in languages)


def filled(profile: Profile) -> Form:
    """The form as it stands."""
    given = {
        "name": (profile.name,),
        "kind": (profile.kind,),
        "register_number": (profile.register_number,),
        "area": (profile.area,),
        "languages": profile.languages,
        "contact_email": (profile.contact_email,),
        "contact_phone": (profile.contact_phone,),
        "website": (profile.website,),
    }
    return Form({**given, **{f"text_{tag}": (text,) for tag, text in profile.texts.items()}})


def read(form: Form, lists: Lists, language: Language) -> tuple[Profile, Form]:
    """The profile in a sent form, and the form with its problems; only without any may the profile be stored."""
    reading, _ = Reading(form, language), language.gettext
    name = reading.line("name", longest=LONGEST_NAME, missing=_("Write the organisation’s name."))
    profile = Profile(
        name=name,
        kind=reading.choice("kind", lists.kinds, default=lists.kinds[0]),
        register_number=plain_digits(reading.seen_line("register_number", longest=32)),
        texts=_texts(reading, lists, language),
        area=reading.choice("area", lists.areas),
        languages=reading.choices("languages", lists.spoken),
        contact_email=reading.email("contact_email", missing=_("Write an e-mail address that readers may write to.")),
        contact_phone=_phone(reading, language),
        website=_website(reading, language),
    )
    return profile, reading.form


def _texts(reading: Reading, lists: Lists, language: Language) -> dict[str, str]:
    texts = {tag: reading.block(f"text_{tag}", longest=LONGEST_TEXT) for tag in lists.written}
    if not any(texts.values()):
        reading.problem(f"text_{language.tag}", language.gettext("Tell in at least one language what you do."))
    return {tag: text for tag, text in texts.items() if text}


def _phone(reading: Reading, language: Language) -> str:
    phone = plain_digits(reading.seen_line("contact_phone", longest=40))
    if phone and not _PHONE.fullmatch(phone):
        reading.problem(
            "contact_phone",
            language.gettext("Write the number like this: {example}").format(example="+358 40 123 4567"),
        )
    return phone


def _website(reading: Reading, language: Language) -> str:
    """An address of the web; «https://» may be left out."""
    typed = reading.seen_line("website", longest=LONGEST_WEBSITE)
    if not typed:
        return ""
    address = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and "@" not in parts.netloc
    except ValueError:
        good = False
    if not good or any(sign in address for sign in ' "<>\\'):
        reading.problem(
            "website", language.gettext("Write the address like this: {example}").format(example="https://example.org")
        )
        return ""
    return address
