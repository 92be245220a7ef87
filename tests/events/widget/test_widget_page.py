"""What a city's own page shows of the calendar: the embeddable list, without any script."""

import re
import shutil
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from events.domain.dates import DateChange
from events.domain.texts import Text
from tests.database import count_queries
from tests.pages import Node, read
from tests.people import Calendar, all_day, once, opened_calendar, weekly

POLICY = "default-src 'none'; style-src 'sha256-{hash}'; form-action 'none'; base-uri 'none'; frame-ancestors *"


def titles(page: Node) -> list[str]:
    """The titles of the events shown, in order."""
    return [link.text for item in page.all("li", class_="event") for link in item.one("p", class_="title").all("a")]


def style_hash(html: str) -> str:
    """What a policy calls the style that stands in a page."""
    (style,) = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    return b64encode(sha256(style.encode()).digest()).decode()


def test_it_shows_what_the_list_shows(calendar: Calendar) -> None:
    library = calendar.place("Pääkirjasto", "centre")
    calendar.publish(
        "Kielikahvila", schedule=weekly(times=3), place_id=library, promises=(("ar", "main"), ("fi", "practise"))
    )
    calendar.publish("Uintia", schedule=once("2026-12-02 18:00"))

    page = read(calendar, "/fi/widget")

    assert (page.one("h2").text, page.texts("h3")) == (
        "Kaikki tapahtumat ja harrastukset",
        ["Tänään · tiistai 1.12.", "Huomenna · keskiviikko 2.12."],
    )
    assert titles(page) == ["Kielikahvila", "Uintia"]
    first = page.all("li", class_="event")[0]
    assert first.one("time")["datetime"] == "2026-12-01T17:30"
    assert first.one("time").text == "klo 17.30–19"
    assert first.one("ul").texts("li") == [
        "العربية",
        "suomi Voi harjoitella kieltä",
        "Hintaa ei ole ilmoitettu",
        "Joka viikko · vielä 2 kertaa",
    ]
    assert [mark.language for mark in first.all("b")] == [("ar", "rtl"), ("fi", "ltr")]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "in_language=ar",
        "when=week",
        "free=1&limit=1",
        "series=expand&q=kahvila",
        "start=2026-12-09",
        "kind=hobby,event",
    ],
)
def test_it_speaks_the_whole_filter_grammar(sqlite_calendar: Calendar, query: str) -> None:
    sqlite_calendar.publish("Kielikahvila", schedule=weekly(times=3), promises=(("ar", "main"),), price="free")
    sqlite_calendar.publish("Neulekahvila", schedule=once("2026-12-09 18:00"), kind="hobby")
    sqlite_calendar.publish("Joulujuhla", schedule=once("2026-12-24 12:00"))

    listed = read(sqlite_calendar, f"/fi/events?{query}").one("div", id="results").all("h4")

    assert titles(read(sqlite_calendar, f"/fi/widget?{query}")) == [heading.one("a").text for heading in listed] != []


def test_a_list_in_arabic_is_arabic_from_its_language_to_its_last_link(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish("Kielikahvila", promises=(("ar", "main"),))

    page = read(sqlite_calendar, "/ar/widget?in_language=ar")

    assert page.one("section").language == page.one("html").language == ("ar", "rtl")
    (title,) = page.all("p", class_="title")
    assert title.one("span", lang="fi").language == ("fi", "ltr")
    assert title.one("span", class_="lead").text == "مقهى اللغة"
    hrefs = [link["href"] for link in page.all("a")]
    assert hrefs == [f"/ar/events/{event}-kielikahvila", "/ar/events?in_language=ar"]
    assert sqlite_calendar.get(hrefs[0]).status_code == sqlite_calendar.get(hrefs[1]).status_code == 200


def test_cancelled_is_said_in_words(sqlite_calendar: Calendar) -> None:
    changed = {"2026-12-01": DateChange("cancelled", "illness")}
    sqlite_calendar.publish("Kielikahvila", schedule=weekly(times=2), changed=changed)

    for layout in ("list", "compact"):
        page = read(sqlite_calendar, f"/sv/widget?layout={layout}")
        assert (page.texts("span", class_="cancelled"), page.texts("p", part="next")) == (
            ["Inställt. Orsak: Sjukdom"],
            ["Nästa gång: tis 8.12 kl. 17.30–19"],
        )


def test_where_nothing_is_found_it_says_what_comes_next(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Kielikahvila", schedule=once("2026-12-20 12:00"), promises=(("ar", "main"),))
    sqlite_calendar.publish("Uintia", schedule=once("2026-12-10 12:00"))

    page = read(sqlite_calendar, "/fi/widget?in_language=ar&when=week")

    assert page.texts("p", class_="empty") == ["Ei tapahtumia valittuna aikana. Seuraavaksi tulossa:"]
    assert titles(page) == ["Kielikahvila"]
    assert page.one("p", class_="more").one("a")["href"] == "/fi/events?in_language=ar"


def test_where_nothing_is_coming_at_all_it_says_so_and_leads_to_the_calendar(sqlite_calendar: Calendar) -> None:
    for query in ("", "in_language=ar", "when=week"):
        page = read(sqlite_calendar, f"/fi/widget?{query}")
        nothing = "Ei tapahtumia valittuna aikana." if "when" in query else "Tällä hetkellä ei ole tulossa mitään."
        assert (page.texts("p", class_="empty"), titles(page)) == ([nothing], [])
        assert page.one("p", class_="more").one("a")["href"] == f"/fi/events{'?' * bool(query)}{query}"


def test_a_short_list_holds_day_and_hours_in_one_line(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Kielikahvila")
    sqlite_calendar.publish("Leiri", schedule=all_day("2026-12-05", "2026-12-07"))

    page = read(sqlite_calendar, "/fi/widget?layout=compact")

    assert page.texts("time") == ["to 3.12. klo 17.30–19.30", "la 5.12. – ma 7.12."]
    assert [time["datetime"] for time in page.all("time")] == ["2026-12-03T17:30", "2026-12-05"]
    assert (page.all("h3"), len(page.all("ul"))) == ([], 1)


@pytest.mark.parametrize("level", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("name", ["heading_level", "heading-level"])
def test_headings_fit_into_the_page_around(sqlite_calendar: Calendar, level: int, name: str) -> None:
    sqlite_calendar.publish()

    page = read(sqlite_calendar, f"/fi/widget?{name}={level}&heading=Meillä+<b>tapahtuu</b>")

    headings = [node.tag for node in page.walk() if re.fullmatch("h[1-6]", node.tag)]
    assert headings == ([f"h{level}", f"h{level + 1}"] if level < 6 else ["h6"])
    assert page.one(f"h{level}").text == "Meillä <b>tapahtuu</b>"
    assert page.texts(class_="day") == ["Torstai 3.12."] or page.texts(class_="day") == ["torstai 3.12."]


def test_links_stay_in_the_tab_unless_a_new_one_is_wanted_and_announced(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish()
    same, new = (read(sqlite_calendar, f"/fi/widget?target={target}") for target in ("_top", "_blank"))

    assert {(link["target"], link["rel"]) for link in same.all("a")} == {("_top", "noopener")}
    assert {(link["target"], link["rel"]) for link in new.all("a")} == {("_blank", "noopener")}
    assert titles(new) == ["Kielikahvila (avautuu uuteen välilehteen)"]


def test_chosen_colours_stand_in_the_one_style_that_the_policy_names(sqlite_calendar: Calendar) -> None:
    plain, coloured = (sqlite_calendar.get(f"/fi/widget?{query}") for query in ("", "background=%23FFF&link=003366"))

    assert ":root,:host{" not in plain.text
    assert ":root,:host{--yhdessa-background:#ffffff;--yhdessa-text:#1f1b16;--yhdessa-link:#003366;}" in coloured.text
    for answer in (plain, coloured):
        assert answer.headers["content-security-policy"] == POLICY.format(hash=style_hash(answer.text))
        assert " style=" not in answer.text


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("start=banana", "”banana” ei ole päivämäärä. Kirjoita se näin: 2026-12-31."),
        ("limit=many", "”many” ei ole tapahtumien määrä. Kirjoita luku 1–100."),
        ("limit=0", "”0” ei ole tapahtumien määrä. Kirjoita luku 1–100."),
        ("layout=mosaic", None),
        ("heading-level=1", None),
        ("theme=pink", None),
        ("target=_evil", None),
        ("frame=2", None),
        ("link=red", "”red” ei ole väri. Kirjoita näin: #0f4a38."),
        ("text=12345", "”12345” ei ole väri. Kirjoita näin: #0f4a38."),
        ("text=aaa", "Teksti ei erotu taustasta: kontrasti on 2,3, sen pitää olla vähintään 4,5."),
        ("link=fff", "Linkit eivät erotu taustasta: kontrasti on 1, sen pitää olla vähintään 4,5."),
    ],
)
def test_a_value_that_cannot_be_read_is_named_and_the_rest_counts(
    sqlite_calendar: Calendar, query: str, notice: str | None
) -> None:
    sqlite_calendar.publish()
    value = query.partition("=")[2]

    page = read(sqlite_calendar, f"/fi/widget?{query}&unknown=ignored")

    assert page.texts("p", class_="notice") == [notice or f"”{value}” ei ole valittavana."]
    assert titles(page) == ["Kielikahvila"]
    assert "--yhdessa-text:#" not in sqlite_calendar.get(f"/fi/widget?{query}").text


def test_it_may_be_framed_and_read_anywhere_and_nothing_else_may(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish()
    widget = sqlite_calendar.get("/fi/widget", cookie="session=x", origin="https://kaupunki.example")

    assert widget.headers["content-security-policy"].endswith("frame-ancestors *")
    assert {
        name: widget.headers.get(name) for name in ("access-control-allow-origin", "x-robots-tag", "set-cookie")
    } == {
        "access-control-allow-origin": "*",
        "x-robots-tag": "noindex",
        "set-cookie": None,
    }
    for path in ("/", "/fi/", "/fi/events", f"/fi/events/{event}", "/fi/widget/builder", "/widget.js", "/nowhere"):
        answer = sqlite_calendar.get(path)
        policy = answer.headers["content-security-policy"]
        assert (path, "frame-ancestors 'none'" in policy) == (path, True)
        assert (path, "access-control-allow-credentials" in answer.headers) == (path, False)


@pytest.mark.parametrize(
    ("setting", "ancestors"),
    [
        (
            "https://www.kouvola.example https://*.kouvola.example",
            "'self' https://www.kouvola.example https://*.kouvola.example",
        ),
        ("'none'", "'self'"),
    ],
)
def test_the_operator_says_who_may_frame_it(migrated_file: Path, tmp_path: Path, setting: str, ancestors: str) -> None:
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path / 'test.db')}"

    with opened_calendar(url, FRAME_ANCESTORS=setting) as calendar:
        policy = calendar.get("/fi/widget").headers["content-security-policy"]

    assert policy.split("frame-ancestors ")[1] == ancestors


def test_it_changes_nothing_and_runs_nothing(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish()

    assert [
        sqlite_calendar.client.request(method, "/fi/widget").status_code for method in ("POST", "PUT", "DELETE")
    ] == [405] * 3
    page = read(sqlite_calendar, "/fi/widget")
    assert [node.tag for node in page.walk() if node.tag in ("script", "form", "img", "link", "iframe", "button")] == []


def test_only_in_a_frame_that_asks_for_it_one_small_script_tells_the_height(sqlite_calendar: Calendar) -> None:
    answer = sqlite_calendar.get("/fi/widget?frame=1")

    (script,) = re.findall('<script src="([^"]+)" defer></script>', answer.text)
    assert script == sqlite_calendar.site.assets.url("widget/frame.js")
    assert "script-src 'self'; " in answer.headers["content-security-policy"]


def test_equal_wishes_are_answered_from_one_kept_answer(calendar: Calendar) -> None:
    calendar.publish("Kielikahvila", promises=(("ar", "main"),))
    first = calendar.get("/ar/widget?in_language=ar&limit=5&heading_level=3")

    with count_queries() as seen:
        second = calendar.get("/ar/widget?heading-level=3&utm_source=x&limit=5&in_language=AR&layout=list")

    assert (seen, second.content, second.headers["etag"]) == ([], first.content, first.headers["etag"])
    assert second.headers["cache-control"] == "public, max-age=0, must-revalidate"
    again = calendar.get("/ar/widget?in_language=ar&limit=5&heading_level=3", if_none_match=first.headers["etag"])
    assert (again.status_code, again.headers["access-control-allow-origin"]) == (304, "*")


def test_what_cannot_be_read_is_kept_apart_from_what_can(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish()
    queries = ("", "limit=many", "limit=few", "")

    notices = [read(sqlite_calendar, f"/en/widget?{query}").texts("p", class_="notice") for query in queries]

    assert [len(told) for told in notices] == [0, 1, 1, 0]
    assert notices[1] != notices[2]


def test_a_list_costs_a_constant_number_of_questions(calendar: Calendar) -> None:
    counted = []
    for number in (1, 8):
        for _ in range(number):
            calendar.publish(schedule=weekly(times=4))
        with count_queries() as seen:
            calendar.get("/fi/widget")
        counted.append(len(seen))

    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    ("lang", "found"),
    [("sv-FI", "sv"), ("fi-simple", "selko"), ("uk-UA", "uk"), ("de", "fi"), ("zh-Hans", "fi"), ("AR", "ar")],
)
def test_the_language_of_any_page_around_leads_to_one_of_ours(sqlite_calendar: Calendar, lang: str, found: str) -> None:
    answer = sqlite_calendar.get(f"/{lang}/widget?in_language=ar&q=a%26b")

    assert (answer.status_code, answer.headers["location"]) == (302, f"/{found}/widget?in_language=ar&q=a%26b")
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("code", ["fi", "sv", "en", "ru", "uk", "ar", "selko"])
def test_what_an_organiser_typed_is_only_text(sqlite_calendar: Calendar, code: str) -> None:
    evil = "</style><script>alert(1)</script>"
    sqlite_calendar.publish(texts={"fi": Text(evil)})

    answer: Any = sqlite_calendar.get(f"/{code}/widget?heading={evil}&q=script")

    assert "<script" not in answer.text
    assert answer.text.count("</style>") == 1
