"""A web editor makes a list for her own page: she chooses, looks and copies."""

import re
from html import unescape

import pytest

from tests.events.widget.test_widget_script import RELEASED, SCRIPT, integrity
from tests.pages import Node, parse, read, sent
from tests.people import BASE_URL, Calendar

LANGUAGES = ["fi", "sv", "en", "ru", "uk", "ar", "selko"]


def copied(page: Node, name: str) -> str:
    """What she copies out of a box."""
    (box,) = page.all("textarea", id=name)
    (text,) = (child for child in box.children if isinstance(child, str))
    return text.removeprefix("\n")


def test_the_three_lines_say_what_she_chose(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/ar/widget/builder?in_language=ar&limit=5&heading_level=3&link=%23036")

    assert copied(page, "snippet-script").splitlines() == [
        f'<script src="{BASE_URL}/widget.js" async></script>',
        '<yhdessa-events lang="ar" in_language="ar" heading-level="3" limit="5" link="003366">',
        f'<a href="{BASE_URL}/ar/events?in_language=ar" lang="ar" dir="rtl">'
        "الفعاليات والهوايات · العربية</a></yhdessa-events>",
    ]


def test_a_page_that_checks_its_scripts_gets_the_release_that_never_changes(sqlite_calendar: Calendar) -> None:
    first = copied(read(sqlite_calendar, "/fi/widget/builder"), "snippet-released").splitlines()[0]

    (address, checksum) = re.findall('(?:src|integrity)="([^"]+)"', first)
    assert address == f"{BASE_URL}/{RELEASED[-1].name}"
    assert checksum == integrity(sqlite_calendar.get(address.removeprefix(BASE_URL)).content) == integrity(SCRIPT)
    assert ' crossorigin="anonymous" ' in first


def test_frame_and_link_lead_to_the_same_events(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/sv/widget/builder?in_language=ar,ru&heading=Kom+%22med%22+%26+lyssna&lang=en")

    (frame,) = parse(copied(page, "snippet-frame")).all("iframe")
    assert frame["src"] == f"{BASE_URL}/en/widget?in_language=ar,ru&heading=Kom%20%22med%22%20%26%20lyssna&frame=1"
    assert frame["title"] == 'Kom "med" & lyssna'
    assert read(sqlite_calendar, frame["src"].removeprefix(BASE_URL)).one("h2").text == 'Kom "med" & lyssna'
    (link,) = parse(copied(page, "snippet-link")).all("a")
    assert (link["href"], link.text, link.language) == (
        f"{BASE_URL}/en/events?in_language=ar,ru",
        'Kom "med" & lyssna',
        ("en", "ltr"),
    )


def test_the_language_can_be_left_to_the_page_around(sqlite_calendar: Calendar) -> None:
    snippet = copied(read(sqlite_calendar, "/sv/widget/builder?lang=page&free=1"), "snippet-script")

    assert '<yhdessa-events free="1">' in snippet
    assert f'href="{BASE_URL}/sv/events?free=1"' in snippet


def test_the_preview_is_the_list_itself_at_two_widths(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/fi/widget/builder?in_language=ar&layout=compact&lang=ar")

    frames = page.one("div", class_="previews").all("iframe")
    assert {frame["src"] for frame in frames} == {"/ar/widget?in_language=ar&layout=compact&frame=1"}
    assert [frame["title"] for frame in frames] == ["Esikatselu puhelimessa", "Esikatselu tietokoneella"]
    policy = sqlite_calendar.get("/fi/widget/builder").headers["content-security-policy"]
    assert ("frame-src 'self'" in policy, "frame-ancestors 'none'" in policy) == (True, True)


def test_sent_back_untouched_the_form_gives_the_same_address(sqlite_calendar: Calendar) -> None:
    chosen = (
        "area=centre&in_language=ar,ru&q=kahvila&start=2026-12-02"
        "&background=ffffff&heading=Meill%C3%A4&heading_level=4&layout=compact&limit=7&series=expand"
        "&target=_blank&theme=light&lang=en"
    )
    form = read(sqlite_calendar, f"/fi/widget/builder?{chosen}").one("form", id="filters")

    answer = sqlite_calendar.client.get(form["action"], params=sent(form), follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/fi/widget/builder?{chosen}")
    assert form["action"] == form["hx-get"] == "/fi/widget/builder"


def test_its_address_in_another_language_keeps_every_choice(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/fi/widget/builder?in_language=ar&layout=compact&utm=x")

    (swedish,) = (link["href"] for link in page.one("nav", id="languages").all("a") if link.text == "svenska")
    assert swedish == "/sv/widget/builder?in_language=ar&layout=compact"


def test_colours_that_cannot_be_read_are_refused_at_their_field_and_kept_as_typed(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/fi/widget/builder?background=%23fff&text=%23999&link=red&limit=4")

    message = "Teksti ei erotu taustasta: kontrasti on 2,8, sen pitää olla vähintään 4,5."
    notices = page.one("div", id="problems").all("a")
    assert [(link.text, link["href"]) for link in notices] == [
        ("”red” ei ole väri. Kirjoita näin: #0f4a38.", "#link"),
        (message, "#text"),
    ]
    (field,) = page.all("input", id="text")
    assert (field["value"], field["aria-invalid"], field["aria-describedby"]) == (
        "#999",
        "true",
        "colours-hint text-wrong",
    )
    assert page.one("p", id="text-wrong").text == message
    assert copied(page, "snippet-script").splitlines()[1] == '<yhdessa-events lang="fi" limit="4">'


@pytest.mark.parametrize("query", ["lang=klingon", "limit=many", "start=banana", "layout=mosaic"])
def test_what_cannot_be_read_is_named_and_nothing_breaks(sqlite_calendar: Calendar, query: str) -> None:
    page = read(sqlite_calendar, f"/en/widget/builder?{query}&q=")

    (told,) = page.one("div", id="problems").all("li")
    assert f"“{query.partition('=')[2]}”" in told.text


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_it_whole(sqlite_calendar: Calendar, code: str) -> None:
    page = read(sqlite_calendar, f"/{code}/widget/builder")

    assert len(page.all("h1")) == 1
    labelled = {label.get("for") for label in page.all("label")}
    named = [box["aria-labelledby"] for box in page.all("textarea")]
    typed = [field["id"] for field in page.one("form").all("input") if field.get("id")]
    assert set(typed) <= labelled
    assert [len(page.all(id=name)) for name in named] == [1] * 8
    identifiers = [node["id"] for node in page.walk() if node.get("id")]
    assert len(identifiers) == len(set(identifiers))


def test_the_lines_for_the_policy_name_only_our_own_origin(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/fi/widget/builder")

    assert copied(page, "policy-script") == f"script-src {BASE_URL}; connect-src {BASE_URL}; style-src {BASE_URL}"
    assert copied(page, "policy-frame") == f"frame-src {BASE_URL}"


def test_the_ready_sentences_lead_to_our_statements(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/fi/widget/builder")

    accessibility, privacy = (copied(page, f"statement-{name}") for name in ("accessibility", "privacy"))
    assert accessibility.endswith(f"{BASE_URL}/fi/accessibility")
    assert (privacy.endswith(f"{BASE_URL}/fi/privacy"), "ei aseta evästeitä" in privacy) == (True, True)


def test_what_she_types_is_only_text_in_what_she_copies(sqlite_calendar: Calendar) -> None:
    answer = sqlite_calendar.get('/fi/widget/builder?heading="></a><script>alert(1)</script>&q=</textarea><b>')

    assert "<script>" not in answer.text
    boxes = re.findall("<textarea.*?</textarea>", answer.text, re.DOTALL)
    assert len(boxes) == 8
    snippet = unescape(boxes[0].partition(">")[2])
    assert 'heading="&quot;&gt;&lt;/a&gt;&lt;script&gt;' in snippet


def test_a_change_answers_with_the_preview_alone(sqlite_calendar: Calendar) -> None:
    partial = {"hx_request": "true", "hx_request_type": "partial"}

    answer = sqlite_calendar.get("/fi/widget/builder?in_language=ar&q=&heading=", **partial)

    assert answer.headers["hx-push-url"] == "/fi/widget/builder?in_language=ar"
    assert ("<html" in answer.text, answer.text.count("<iframe")) == (False, 2)
