"""Forms: what is typed is kept, cleaned and bounded, and every problem stands at its field."""

from pathlib import Path

import pytest

from web.cleaning import one_line, paragraphs
from web.forms import Form, Problem, Reading
from web.i18n import load_languages

ENGLISH = load_languages(Path(__file__).parents[2] / "locales")["en"]


def reading(**typed: str | tuple[str, ...]) -> Reading:
    """Somebody has typed this."""
    given = {name: (value,) if isinstance(value, str) else value for name, value in typed.items()}
    return Reading(Form(given), ENGLISH)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  two   words ", "two words"),
        ("one\r\ntwo\nthree\tfour", "one two three four"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("pay \u202eeslaf\u202c now\u2066\u2069", "pay eslaf now"),
        ("مرحبا\u200f!", "مرحبا\u200f!"),
        ("a\u0308iti", "äiti"),
        ("\ud800half", "half"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("\u00a0", ""),
    ],
)
def test_a_line_is_what_can_be_read_of_it(typed: str, line: str) -> None:
    assert one_line(typed) == line


def test_paragraphs_keep_their_breaks() -> None:
    assert paragraphs(" one \r\n two\n\n\n\nthree\u2029\x00 ") == "one\ntwo\n\nthree"


def test_what_is_right_is_read_without_a_word() -> None:
    form = reading(name=" Anna ", text="one\r\ntwo", kind="b", mail="anna@pulina.example", days=("2", "1", "9", "2"))

    read = (
        form.line("name", longest=4, missing="Say your name."),
        form.block("text", longest=7),
        form.choice("kind", ("a", "b")),
        form.email("mail"),
        form.choices("days", ("1", "2", "3")),
        form.ticked("sure"),
    )

    assert read == ("Anna", "one\ntwo", "b", "anna@pulina.example", ("1", "2"), False)
    assert form.form == Form(
        {
            "name": ("Anna",),
            "text": ("one\ntwo",),
            "kind": ("b",),
            "mail": ("anna@pulina.example",),
            "days": ("1", "2"),
            "sure": (),
        }
    )


def test_every_problem_stands_at_its_field_in_the_order_of_the_form() -> None:
    form = reading(name=" ", text="x" * 6, mail="anna at home", kind="c")

    read = (
        form.line("name", longest=9, missing="Say your name."),
        form.block("text", longest=5),
        form.email("mail"),
        form.choice("kind", ("a", "b"), missing="Choose one."),
    )

    assert read == ("", "", "", "")
    assert form.form.problems == (
        Problem("name", "Say your name."),
        Problem("text", "This is too long: 6 characters. At most 5 fit here."),
        Problem("mail", "Write the address like this: name@example.org"),
        Problem("kind", "Choose one."),
    )
    assert (form.form.value("text"), form.form.value("mail")) == ("xxxxxx", "anna at home")


def test_a_field_says_one_thing_and_the_form_as_many_as_there_are() -> None:
    form = reading(end="8")
    form.line("end", longest=9)

    for name, message in (("end", "Too early."), ("end", "And on a Sunday."), ("", "Two saved."), ("", "Both lost.")):
        form.problem(name, message)

    assert [problem.message for problem in form.form.problems] == ["Too early.", "Two saved.", "Both lost."]
    assert (form.form.message("end"), form.form.message("start")) == ("Too early.", "")


@pytest.mark.parametrize(
    "address",
    [
        "anna",
        "@pulina.example",
        "anna@pulina",
        "anna@pulina..example",
        "anna@pulina.example, boss@pulina.example",
        "anna@pulina.example;boss@pulina.example",
        "Anna <anna@pulina.example>",
        "anna@@pulina.example",
        "anna@pulina.example\r\nBcc: all@pulina.example",
        '"anna"@pulina.example',
    ],
)
def test_what_is_no_single_address_is_refused(address: str) -> None:
    form = reading(mail=address)

    assert (form.email("mail"), form.form.message("mail") != "") == ("", True)


def test_fields_that_were_not_asked_for_are_not_shown_again() -> None:
    form = reading(name="Anna", surprise="<script>")
    form.line("name", longest=9)

    assert form.form.given == {"name": ("Anna",)}
