"""How a list looks, read from an address: leniently in form, strictly in meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.widget.options import COLOURS, CONTRAST, WidgetOptions, contrast

NAMES = st.sampled_from([*WidgetOptions.__dataclass_fields__, "heading-level", "utm", ""])
VALUES = st.one_of(
    st.text(max_size=30), st.sampled_from(["compact", "list", "3", "_blank", "dark", "fff", "#0f4a38", "1"])
)


def read(query: str) -> WidgetOptions:
    """The options of «a=b&c=d», all of which can be read."""
    pairs = [(name, value) for name, _, value in (part.partition("=") for part in query.split("&"))]
    options, problems = WidgetOptions.from_query(pairs)
    assert problems == ()
    return options


@given(st.lists(st.tuples(NAMES, VALUES)))
def test_whatever_arrives_the_canonical_form_says_the_same_and_can_be_seen(pairs: list[tuple[str, str]]) -> None:
    options, _ = WidgetOptions.from_query(pairs)

    again, problems = WidgetOptions.from_query(options.pairs())

    assert (again, again.to_query(), problems) == (options, options.to_query(), ())
    for name in ("text", "link"):
        assert not options.colours or contrast(options.colours[name], options.colours["background"]) >= CONTRAST


def test_defaults_are_left_out_of_the_address() -> None:
    assert read("layout=list&limit=10&heading-level=2&target=_top&theme=auto&series=collapse").to_query() == ""
    assert read("theme=DARK&limit=999&heading=Meill%C3%A4&frame=1").to_query() == (
        "frame=1&heading=Meill%25C3%25A4&limit=100&theme=dark"
    )


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("000000", "ffffff", 21.0), ("777777", "ffffff", 4.48), ("767676", "ffffff", 4.54), ("0f4a38", "0f4a38", 1.0)],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


def test_ground_ink_and_links_come_together_and_decide_light_or_dark() -> None:
    assert read("background=000&text=fff&link=ff0").scheme == "dark"
    assert (read("background=fff&theme=dark").scheme, read("background=fff").colours) == (
        "light",
        {**COLOURS, "background": "ffffff"},
    )
    assert (read("theme=dark").scheme, read("theme=dark").colours) == ("dark", {})


def test_colours_that_cannot_be_read_together_are_dropped_together() -> None:
    options, problems = WidgetOptions.from_query([("background", "#222"), ("layout", "compact")])

    assert (options, [problem.parameter for problem in problems]) == (WidgetOptions(layout="compact"), ["text", "link"])
