"""Every word about what went wrong is a whole sentence in the organiser's language."""

import pytest

from events.desk.problem_texts import (
    BREAK_TEXTS,
    FIELD_TEXTS,
    IMAGE_TEXTS,
    REFUSAL_TEXTS,
    break_text,
    field_text,
    image_text,
    refusal_text,
)
from events.editing import errors as refusals
from events.editing.drafts import lacking, read
from events.editing.errors import EditRefused
from events.editing.images.processing import CODES
from events.editing.input.fields import Problem
from events.schedule.errors import Problem as ScheduleProblem
from events.schedule.school_breaks import BREAKS
from tests.events.editing.test_publishing_checks import UNTRUE, untrue_of
from tests.events.editing.test_typed_events import FORM, test_what_is_wrong_is_said_at_its_field
from tests.events.happenings import language
from tests.people import TODAY

MARK = next(mark for mark in test_what_is_wrong_is_said_at_its_field.pytestmark if mark.name == "parametrize")
WRONG = [{**FORM, **fields} for fields, _ in MARK.args[1]]
UNREADY = [{**FORM, "place": ""}, {**FORM, "place": "", "online": "yes"}, {**FORM, "registration": "required"}]


@pytest.mark.parametrize("code", ["fi", "sv", "en", "ru", "uk", "ar", "selko"])
def test_every_problem_is_told_with_its_numbers(code: str) -> None:
    readings = [read(fields, today=TODAY) for fields in (*WRONG, *UNREADY)]
    problems = [problem for reading in readings for problem in (*reading.problems, *lacking(reading))]
    problems.append(Problem("image_alternative.fi", "image_alternative_missing"))
    problems += [problem for fields, known, _ in UNTRUE for problem in untrue_of(fields, known)]

    texts = {problem.code: field_text(problem, language(code)) for problem in problems}

    assert {found for found in texts if found in FIELD_TEXTS} == set(FIELD_TEXTS)
    assert [text for text in texts.values() if "{" in text or not text.endswith((".", "؟"))] == []


def test_the_tables_are_complete() -> None:
    assert set(REFUSAL_TEXTS) == set(refusals.CODES)
    assert set(IMAGE_TEXTS) == set(CODES)
    assert set(BREAK_TEXTS) == set(BREAKS)
    assert all(refusal_text(EditRefused(code), language("fi")) != REFUSAL_TEXTS[code] for code in refusals.CODES)
    assert all(image_text(code, language("ar")) != IMAGE_TEXTS[code] for code in CODES)
    assert [break_text(key, language("fi")) for key in BREAKS] == [
        "Koulujen syysloma",
        "Koulujen joululoma",
        "Koulujen talviloma",
    ]


def test_a_schedule_says_its_own_problems() -> None:
    assert field_text(Problem("until", "too_far", {"maximum": 24}), language("en")) == (
        "The last date can be at most 24 months after the first."
    )
    assert all(problem.name.lower() for problem in ScheduleProblem)
