"""What people typed into a form: cleaned, bounded, and handed back with every problem at its field. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from web.cleaning import one_line, paragraphs, without_unseen
from web.i18n import Language

LONGEST_EMAIL: Final = 254
_EMAIL: Final = re.compile(r"[^@\s\"(),:;<>\[\]\\]{1,64}@[^@\s\"(),:;<>\[\]\\.]+(\.[^@\s\"(),:;<>\[\]\\.]+)+")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field, in the reader's words. Without a field it is about the whole form."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody typed, and what is wrong with it. Templates ask it for both; an empty one begins a form."""

    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def value(self, name: str) -> str:
        """The first value of a field; empty where there is none."""
        return self.all(name)[0] if self.all(name) else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field, in the order of the form."""
        return self.given.get(name, ())

    def message(self, name: str) -> str:
        """The first problem at a field; empty where there is none."""
        return next((problem.message for problem in self.problems if problem.field == name), "")

    def with_problem(self, name: str, message: str) -> "Form":
        """The same form with one more thing wrong."""
        return replace(self, problems=(*self.problems, Problem(name, message)))


class Reading:
    """Reads a form field by field, and gathers what was read and what is wrong in the order in which it is asked.

    Every method returns what may be stored: clean, within its bounds, or empty beside a problem. `form` shows the
    reader what she typed, cleaned but never shortened.
    """

    def __init__(self, form: Form, language: Language) -> None:
        self._form = form
        self._language = language
        self._cleaned: dict[str, tuple[str, ...]] = {}
        self._problems: list[Problem] = []

    @property
    def form(self) -> Form:
        """The fields asked for so far, with the problems found."""
        return Form(dict(self._cleaned), tuple(self._problems))

    def problem(self, name: str, message: str) -> None:
        """Note something wrong that only the caller can tell; every field keeps its first problem alone."""
        if not name or all(problem.field != name for problem in self._problems):
            self._problems.append(Problem(name, message))

    def line(self, name: str, *, longest: int, missing: str = "") -> str:
        """One line of text; `missing` is what is said where nothing was typed, if something must be."""
        return self._text(name, one_line(self._form.value(name)), longest, missing)

    def seen_line(self, name: str, *, longest: int, missing: str = "") -> str:
        """One line that a machine reads, an address or a number, without signs that nobody sees; else as `line`."""
        return self._text(name, one_line(without_unseen(self._form.value(name))), longest, missing)

    def block(self, name: str, *, longest: int, missing: str = "") -> str:
        """Paragraphs of text; else as `line`."""
        return self._text(name, paragraphs(self._form.value(name)), longest, missing)

    def email(self, name: str, *, missing: str = "") -> str:
        """An e-mail address; else as `line`."""
        text = self.seen_line(name, longest=LONGEST_EMAIL, missing=missing)
        if text and not _EMAIL.fullmatch(text):
            say = self._language.gettext("Write the address like this: {example}")
            self.problem(name, say.format(example="name@example.org"))
            return ""
        return text

    def choice(self, name: str, allowed: Collection[str], *, default: str = "", missing: str = "") -> str:
        """One of a list; the default for nothing or for what is not in it, unless `missing` says that one must be."""
        value = one_line(self._form.value(name))
        found = value if value in allowed else default
        self._cleaned[name] = (found,)
        if not found and missing:
            self.problem(name, missing)
        return found

    def choices(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Those of a list that were chosen, each once, in the order of the list; what is not in it is left out."""
        chosen = set(self._form.all(name))
        found = tuple(value for value in allowed if value in chosen)
        self._cleaned[name] = found
        return found

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        found = bool(self._form.value(name))
        self._cleaned[name] = ("1",) if found else ()
        return found

    def _text(self, name: str, text: str, longest: int, missing: str) -> str:
        self._cleaned[name] = (text,)
        if not text and missing:
            self.problem(name, missing)
        if len(text) <= longest:
            return text
        say = self._language.gettext("This is too long: {n} characters. At most {most} fit here.")
        self.problem(name, say.format(n=len(text), most=longest))
        return ""
