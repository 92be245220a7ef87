"""An organiser fills in the form of an event, and nothing that she types is lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desks import Browser, somebody
from tests.pages import Node, parse
from tests.people import Calendar, weekly

NEW = "/fi/desk/organisations/pulina/events/new"
CAFE = {
    "title.fi": "Kielikahvila",
    "subject.1": "a:language_cafe",
    "repeats": "once",
    "date": "2026-12-08",
    "start": "17:30",
    "end": "19:00",
    "spoken.1": "fi",
    "promise.1": "main",
    "price": "free",
    "registration": "none",
    "original_language": "fi",
    "written_in": "fi",
}


def liisa(calendar: Calendar, *, trusted: bool = True) -> Browser:
    """An editor of Pulina, which may publish at once."""
    calendar.association("pulina", review_first=not trusted, contact_email="info@pulina.example")
    return somebody(calendar, "liisa@posti.example", role="editor")


def begun(browser: Browser) -> str:
    """The address of the form of a new event."""
    answer = browser.get(NEW)
    assert answer.status_code == 303
    address: str = answer.headers["location"]
    return address


def typed(browser: Browser, address: str, **changes: str) -> dict[str, Any]:
    """What a browser would send of the café, with the page's own fields; «__» stands for a dot."""
    page = browser.read(address)
    hidden = {node["name"]: node.get("value") for node in page.all("input", type="hidden") if node.get("name")}
    return {**hidden, **CAFE, **{name.replace("__", "."): text for name, text in changes.items()}}


def values(page: Node) -> dict[str, str]:
    """What stands in the fields of a page."""
    found = {node["name"]: node.get("value") for node in page.all("input") if node.get("name")}
    areas = {node["name"]: node.text for node in page.all("textarea")}
    chosen = {
        menu["name"]: option.get("value")
        for menu in page.all("select")
        for option in menu.all("option")
        if "selected" in option.attributes
    }
    return {**found, **areas, **chosen}


def test_a_new_association_publishes_with_six_answers(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)

    answer = browser.post(address, typed(browser, address, place=str(place), do="publish"))

    assert answer.status_code == 303, parse(answer.text).texts(class_="error-summary")
    (event,) = calendar.feed("/fi/events.ics").walk("VEVENT")
    assert (str(event["SUMMARY"]), f"{event['DTSTART'].dt:%d.%m. %H:%M}") == ("Kielikahvila", "08.12. 17:30")


def test_opening_the_form_twice_leaves_one_draft(calendar: Calendar) -> None:
    browser = liisa(calendar)

    assert begun(browser) == begun(browser)


def test_the_facts_of_the_last_event_stand_there_already(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    calendar.publish(place_id=place, price="free", first_time={"alone": ("yes",)}, promises=(("ru", "helper"),))

    stands = values(browser.read(begun(browser)))

    assert (stands["place"], stands["spoken.1"], stands["promise.1"]) == (str(place), "ru", "helper")
    assert (stands["first_time.alone"], stands["title.fi"], stands["date"]) == ("yes", "", "")


def test_what_was_saved_is_there_when_the_form_is_opened_again(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)

    page = browser.follow(browser.post(address, typed(browser, address, start="17.30", price="free")))

    assert page.texts("p", class_="notice") == ["Tallennettu."]
    stands = values(page)
    assert {name: stands[name] for name in ("title.fi", "subject.1", "date", "start", "spoken.1")} == {
        "title.fi": "Kielikahvila",
        "subject.1": "a:language_cafe",
        "date": "2026-12-08",
        "start": "17:30",
        "spoken.1": "fi",
    }


def test_a_save_by_the_script_answers_with_when_it_was_and_with_the_dates(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)
    sent = typed(browser, address, repeats="weekly", until="2027-01-12", date="2026-12-15")

    answer = browser.post(address, sent, hx_request="true", hx_request_type="partial")

    fragment = parse(answer.text)
    assert (answer.status_code, fragment.one("input", name="version")["value"]) == (200, "2")
    assert "Tallennettu ti 1.12. klo 9" in fragment.text
    assert fragment.one(id="dates-found").texts("li") == [
        "ti 15.12. klo 17.30–19",
        "ti 22.12. klo 17.30–19",
        "ti 29.12. klo 17.30–19",
        "ti 5.1.2027 klo 17.30–19",
        "ti 12.1.2027 klo 17.30–19",
    ]
    assert fragment.one(id="dates-found").texts("label", class_="choice") == [
        "ti 22.12. · Koulujen joululoma",
        "ti 29.12. · Koulujen joululoma",
        "ti 5.1.2027 · Koulujen joululoma",
    ]


def test_skipped_holidays_are_left_out(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)
    sent = typed(browser, address, repeats="weekly", until="2027-01-12", place=str(place), do="publish")

    answer = browser.post(address, {**sent, "skipped": ["2026-12-22", "2026-12-29", "5.1.2027"]})

    assert answer.status_code == 303
    (event,) = calendar.feed("/fi/events.ics").walk("VEVENT")
    skipped = event["EXDATE"]
    assert len(skipped if isinstance(skipped, list) else skipped.dts) == 3


def test_what_is_wrong_is_said_at_its_field_and_nothing_else_is_lost(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)
    sent = typed(browser, address, date="31.2.2027", end="16:00", contact_email="ei osoite", do="publish")

    answer = browser.post(address, sent)

    page = parse(answer.text)
    summary = page.one(id="error-summary").links()
    assert answer.status_code == 422
    assert set(summary.values()) == {"#date", "#place", "#contact_email"}
    stands = values(page)
    assert (stands["date"], stands["title.fi"], stands["contact_email"]) == ("31.2.2027", "Kielikahvila", "ei osoite")
    for link in summary.values():
        assert page.one(id=link.removeprefix("#")).get("aria-invalid") == "true"
    assert values(browser.read(address))["date"] == "31.2.2027"


HOSTILE = {
    "too long": "x" * 70_000,
    "control characters": "\x00\x01\x1b[31m\x7f",
    "turned around": "\u202eabc\u2066",
    "markup": "<script>alert(1)</script>\"'>",
    "lines": "yksi\r\nkaksi\r\nSet-Cookie: a=b",
    "emoji": "👩‍👩‍👧‍👦🎉",
    "year": "9999-12-31",
    "sql": "'; DROP TABLE event; --",
    "percent": "%s{0}{name}%(n)s",
}
FIELDS = (
    *("title.fi", "summary.sv", "description.ar", "subject.1", "subject.2", "repeats", "date", "end_date", "start"),
    *("end", "dates", "until", "times", "interval", "weekdays", "position", "skipped", "rule", "place", "online_url"),
    *("skipped_holidays", "registration_closes_time", "new_place_city"),
    *("new_place_name", "new_place_area", "spoken.1", "promise.1", "price", "amount.1", "unit.1", "group.1", "kind"),
    *("registration", "registration_link", "registration_email", "registration_phone", "registration_closes_date"),
    *("audiences", "min_age", "access.step_free", "first_time.door", "nearest_stop", "contact_email", "link"),
    *("contact_phone", "original_language", "written_in", "version", "beside", "window", "do", "place_words"),
)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_field_can_be_filled_in_so_that_the_form_breaks(sqlite_calendar: Calendar, text: str) -> None:
    browser = liisa(sqlite_calendar)
    for name in FIELDS:
        address = begun(browser)
        for repeats in ("once", "weekly") if name in ("date", "until", "start", "end", "skipped") else ("once",):
            sent = {**CAFE, "repeats": repeats, "until": "2027-01-12", "version": "1", "do": "publish", name: text}
            answer = browser.post(address, sent)
            assert answer.status_code in (303, 422), (name, answer.status_code)
            if answer.status_code == 422:
                page = parse(answer.text)
                assert page.one(id="error-summary").texts("li") != []
                assert [node for node in page.all("script") if not node.get("src")] == []


def test_ten_megabytes_are_refused_in_words(sqlite_calendar: Calendar) -> None:
    browser = liisa(sqlite_calendar)
    address = begun(browser)

    answer = browser.post(address, {**typed(browser, address), "description.fi": "x" * 10_000_000})

    assert (answer.status_code, "liian suuri" in answer.text.lower()) == (413, True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end": "16:00"}, "end"),
        ({"date": "2026-12-08", "end_date": "2026-12-07"}, "end_date"),
        ({"date": "2027-03-28", "start": "03:30", "end": "05:00"}, "start"),
        ({"repeats": "daily", "until": "2029-01-01"}, "until"),
        ({"repeats": "daily", "times": "731"}, "times"),
        ({"repeats": "weekly", "until": ""}, "until"),
        ({"date": "9999-01-01"}, "date"),
        ({"min_age": "10", "max_age": "5"}, "max_age"),
        ({"price": "paid", "amount__1": "viisi"}, "amount.1"),
        ({"registration": "required"}, "registration"),
        ({"subject__1": ""}, "subject.1"),
        ({"title__fi": "PERUTTU: Kielikahvila"}, "title.fi"),
    ],
)
def test_each_mistake_has_its_field(sqlite_calendar: Calendar, changes: dict[str, str], field: str) -> None:
    browser, place = liisa(sqlite_calendar), sqlite_calendar.place()
    address = begun(browser)

    answer = browser.post(address, typed(browser, address, place=str(place), do="publish", **changes))

    page = parse(answer.text)
    assert (answer.status_code, list(page.one(id="error-summary").links().values())) == (422, [f"#{field}"])


def test_an_hour_that_the_clock_shows_twice_is_no_mistake(sqlite_calendar: Calendar) -> None:
    browser, place = liisa(sqlite_calendar), sqlite_calendar.place()
    address = begun(browser)
    sent = typed(browser, address, place=str(place), date="2027-10-31", start="03:30", end="05:00", do="publish")

    assert browser.post(address, sent).status_code == 303


def test_a_persons_own_address_is_asked_about_before_it_is_shown(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)
    sent = typed(browser, address, place=str(place), contact_email="Liisa@posti.example", do="publish")

    refused = parse(browser.post(address, sent).text)
    accepted = browser.post(address, {**sent, "own_address_ok": "yes", "version": "2"})

    assert list(refused.one(id="error-summary").links().values()) == ["#contact_email"]
    assert accepted.status_code == 303


def test_the_address_of_the_association_is_not_asked_about(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)

    answer = browser.post(
        address, typed(browser, address, place=str(place), contact_email="info@pulina.example", do="publish")
    )

    assert answer.status_code == 303


def test_a_text_in_another_language_than_was_offered_goes_along(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)
    sent = typed(browser, address, title__fi="Языковое кафе", original_language="ru")

    page = browser.follow(browser.post(address, sent))

    assert (values(page)["title.ru"], values(page).get("title.fi", "")) == ("Языковое кафе", "")
    assert page.one("input", id="title.ru").language == ("ru", "ltr")


def test_what_needs_reading_goes_to_the_city_and_can_be_taken_back(calendar: Calendar) -> None:
    browser, place = liisa(calendar, trusted=False), calendar.place()
    address = begun(browser)

    page = browser.follow(browser.post(address, typed(browser, address, place=str(place), do="publish")))
    again = browser.follow(browser.post(f"{address}/withdrawal"))

    assert page.one("h1").text == "Lähetetty kaupungille"
    assert values(again)["title.fi"] == "Kielikahvila"
    assert calendar.feed("/fi/events.ics").walk("VEVENT") == []


def test_two_windows_keep_both_texts_and_one_is_chosen(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)
    first, second = typed(browser, address), typed(browser, address)
    browser.post(address, {**first, "title.fi": "Kahvila A"})

    answer = browser.post(address, {**second, "title.fi": "Kahvila B"})
    page = browser.follow(answer)
    form = page.one("form", class_="form")
    other = form.one("input", name="other")["value"]
    chosen = browser.follow(browser.post(form["action"], {"other": other, "pick.title.fi": "theirs"}))

    assert form.texts("legend") == ["Nimi (suomi)"]
    assert form.texts("bdi") == ["Kahvila B", "Kahvila A"]
    assert values(chosen)["title.fi"] == "Kahvila A"
    assert browser.get(address).status_code == 404


def test_a_window_whose_answer_was_lost_goes_on_where_it_was(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)
    window = typed(browser, address)
    browser.post(address, {**window, "title.fi": "Kahvi"}, hx_request="true", hx_request_type="partial")

    answer = browser.post(address, {**window, "title.fi": "Kahvila"})

    assert answer.headers["location"].partition("?")[0] == address
    assert values(browser.read(address))["title.fi"] == "Kahvila"


def test_a_window_that_was_second_goes_on_with_its_own_text(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)
    first, second = typed(browser, address), typed(browser, address)
    browser.post(address, {**first, "title.fi": "A"})
    script = {"hx_request": "true", "hx_request_type": "partial"}

    fragment = parse(browser.post(address, {**second, "title.fi": "B"}, **script).text)
    went_on = {node["name"]: node["value"] for node in fragment.all("input", type="hidden")}
    later = parse(browser.post(address, {**second, **went_on, "title.fi": "BB"}, **script).text)

    assert (went_on["beside"] != "", fragment.one("a")["href"].endswith(f"?other={address.rpartition('/')[2]}")) == (
        True,
        True,
    )
    assert later.one("input", name="beside")["value"] == went_on["beside"]
    assert values(browser.read(f"/fi/desk/proposals/{went_on['beside']}"))["title.fi"] == "BB"
    assert values(browser.read(address))["title.fi"] == "A"


def test_what_was_sent_after_the_sign_in_ended_is_there_after_signing_in_again(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)
    sent, cookies = typed(browser, address), dict(browser.cookies)
    browser.cookies.clear()

    answer = browser.post(address, {**sent, "title.fi": "Pitkä teksti"})
    browser.cookies.update(cookies)
    returned = answer.headers["location"].partition("next=")[2].replace("%3F", "?").replace("%3D", "=")
    page = browser.read(returned)

    assert (answer.status_code, answer.headers["location"].startswith("/fi/sign-in?next=")) == (303, True)
    assert values(page)["title.fi"] == "Pitkä teksti"
    saved = browser.follow(
        browser.post(address, {**sent, "title.fi": "Pitkä teksti", "version": values(page)["version"]})
    )
    assert values(saved)["title.fi"] == "Pitkä teksti"


def test_the_script_is_told_that_the_sign_in_has_ended(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)
    sent = typed(browser, address)
    browser.cookies.clear()

    answer = browser.post(address, sent, hx_request="true", hx_request_type="partial")

    assert (answer.status_code, "olet kirjautunut ulos" in answer.text) == (422, True)


def test_a_draft_of_another_association_is_not_there(calendar: Calendar) -> None:
    address = begun(liisa(calendar))
    stranger = somebody(calendar, "matti@posti.example", role="owner", organisation="naapurit")

    assert [stranger.get(f"{address}{more}").status_code for more in ("", "/preview", "/image", "/versions")] == [
        404
    ] * 4
    assert stranger.post(address, CAFE).status_code == 404


def test_going_back_to_a_draft_that_was_published_is_told_where_it_went(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)
    browser.post(address, typed(browser, address, place=str(place), do="publish"))
    stranger = somebody(calendar, "matti@posti.example", role="owner", organisation="naapurit")

    page = browser.read(address, 404)

    assert page.one("h1").text == "Tätä luonnosta ei enää ole"
    assert page.one("main").links()["Omalle työpöydälle"] == "/fi/desk/"
    theirs = begun(browser)
    assert stranger.read(theirs, 404).one("main").text == stranger.read(address, 404).one("main").text


def test_a_deleted_draft_is_gone(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)

    page = browser.follow(browser.post(f"{address}/removal"))

    assert page.texts("p", role="status") == ["Luonnos on poistettu."]
    assert browser.get(address).status_code == 404


def test_a_place_is_found_by_its_words(calendar: Calendar) -> None:
    browser = liisa(calendar)
    calendar.place("Pääkirjasto"), calendar.place("Kuusankoskitalo")
    path = "/fi/desk/organisations/pulina/places?place_words=paakirj"

    fragment = parse(browser.get(path, hx_request="true", hx_request_type="partial").text)

    assert fragment.texts("option")[1:] == ["Pääkirjasto, Kouvola"]
    assert fragment.one("p", role="status").text == "1 paikka löytyi"


def test_the_preview_is_the_page_that_residents_will_see(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)

    preview = browser.follow(browser.post(address, typed(browser, address, place=str(place), do="preview")))
    arabic = browser.read(f"{address}/preview?in=ar")
    browser.post(address, typed(browser, address, place=str(place), do="publish"))
    (event,) = calendar.feed("/fi/events.ics").walk("VEVENT")
    public = parse(calendar.get(f"/fi/events/{str(event['UID']).partition('@')[0]}").text)

    def told(page: Node) -> list[str]:
        article = page.one("article", class_="event")
        return [*article.texts("h1"), *article.texts("section", class_="fact")]

    assert told(preview) == told(public)
    assert preview.texts("h4") == ["Kielikahvila"]
    assert arabic.one("html").get("lang") == "ar"
    assert arabic.one("section", class_="preview-mark").language == ("fi", "ltr")


def test_an_edit_is_public_only_when_it_is_published(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    public_id = calendar.publish(place_id=place)
    answer = browser.get(f"/fi/desk/events/{public_id}/edit")
    address = answer.headers["location"]
    page = browser.read(address)
    sent = {**values(page), "title.fi": "Puhekahvila", "repeats": "once", "price": "free", "registration": "none"}

    browser.post(address, {**sent, "do": "save"})
    before = str(calendar.feed("/fi/events.ics").walk("VEVENT")[0]["SUMMARY"])
    again = browser.get(f"/fi/desk/events/{public_id}/edit").headers["location"]
    calendar.clock.move(minutes=1)
    published = browser.post(address, {**sent, "version": "2", "do": "publish"})

    assert (before, again) == ("Kielikahvila", address)
    assert published.headers["location"].startswith(f"/fi/desk/events/{public_id}?deed=")
    assert str(calendar.feed("/fi/events.ics").walk("VEVENT")[0]["SUMMARY"]) == "Puhekahvila"


def test_whoever_goes_on_with_a_colleagues_edit_reads_what_is_in_it(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    public_id = calendar.publish(place_id=place)
    address = browser.get(f"/fi/desk/events/{public_id}/edit").headers["location"]
    sent = typed(browser, address, title__fi="Puhekahvila", date="2026-12-09", place=str(place), do="save")
    browser.post(address, sent)
    matti = somebody(calendar, "matti@posti.example", role="owner")

    assert matti.get(f"/fi/desk/events/{public_id}/edit").headers["location"] == address
    changes = "Päivä, Hinta, Ilmoittautuminen, Nimi (suomi)"
    own, other = (page.one("main") for page in (browser.read(address), matti.read(address)))
    assert f"Muutettu, ei vielä julkaistu: {changes}" in own.texts("p", class_="quiet")
    assert other.one("p", class_="notice").text == (
        f"työtoveri on muuttanut tässä jotakin eikä ole julkaissut sitä: {changes}. Jatkat siitä."
        " Jos et halua sitä mukaan, poista tämä luonnos sivun lopusta."
    )


def test_publishing_is_confirmed_and_can_be_taken_back(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)

    made = browser.follow(browser.post(address, typed(browser, address, place=str(place), do="publish")))
    (event,) = calendar.feed("/fi/events.ics").walk("VEVENT")
    public_id = str(event["UID"]).partition("@")[0]
    calendar.clock.move(minutes=1)
    edit = browser.get(f"/fi/desk/events/{public_id}/edit").headers["location"]
    sent = typed(browser, edit, title__fi="Puhekahvila", place=str(place), do="publish")
    changed = browser.follow(browser.post(edit, sent))

    assert made.one(class_="deed").one("strong").text == (
        "Se on nyt julkaistu. Asukkaat löytävät sen ja lukevat tiedot kaikilla kielillä."
    )
    assert changed.one(class_="deed").one("strong").text == "Muutos on nyt julkaistu."
    calendar.clock.move(minutes=1)
    undo = changed.one(class_="deed").one("form")
    browser.post(undo["action"], {"deed": undo.one("input")["value"]})
    assert str(calendar.feed("/fi/events.ics").walk("VEVENT")[0]["SUMMARY"]) == "Kielikahvila"


def test_a_series_asks_which_dates_are_meant(calendar: Calendar) -> None:
    browser = liisa(calendar)
    public_id = calendar.publish(schedule=weekly())

    page = browser.read(f"/fi/desk/events/{public_id}/edit")
    one = browser.get(f"/fi/desk/events/{public_id}/edit?scope=date&date=2026-12-08").headers["location"]
    rest = browser.get(f"/fi/desk/events/{public_id}/edit?scope=following&date=2026-12-08").headers["location"]
    unknown = browser.get(f"/fi/desk/events/{public_id}/edit?scope=date&date=2026-12-09")

    assert page.texts("button", name="scope") == [
        "Vain tätä päivää",
        "Tätä päivää ja kaikkia sen jälkeisiä",
        "Kaikkia päiviä",
    ]
    assert "Muutat yhtä päivää: ti 8.12." in browser.read(one).text
    assert "Muutat tätä päivää ja kaikkia sen jälkeisiä: ti 8.12." in browser.read(rest).text
    assert unknown.status_code == 422


def test_what_both_sides_changed_is_chosen_field_by_field(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    public_id = calendar.publish(place_id=place)
    address = browser.get(f"/fi/desk/events/{public_id}/edit").headers["location"]
    sent = {**values(browser.read(address)), "repeats": "once", "price": "unknown", "registration": "unknown"}
    calendar.clock.move(minutes=5)
    calendar.rewrite(public_id, "Kaupungin nimi", place_id=place, nearest_stop="Tori")
    calendar.clock.move(minutes=5)

    answer = browser.post(address, {**sent, "title.fi": "Liisan nimi", "do": "publish"})
    page = browser.follow(answer)
    form = page.one("form", class_="form")
    went_on = browser.post(form["action"], {"pick.title.fi": "mine"})
    anew = went_on.headers["location"].partition("?")[0]
    published = browser.post(f"{anew}/publication")

    assert (form.texts("legend"), form.texts("bdi")) == (["Nimi (suomi)"], ["Liisan nimi", "Kaupungin nimi"])
    assert (published.status_code, anew != address) == (303, True)
    assert str(calendar.feed("/fi/events.ics").walk("VEVENT")[0]["SUMMARY"]) == "Liisan nimi"
    assert "Tori" in calendar.get(f"/fi/events/{public_id}").text


def test_a_way_to_sign_up_that_the_form_hides_is_not_published(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)
    sent = typed(browser, address, place=str(place), registration_link="https://pulina.example/", do="publish")

    browser.post(address, sent)
    (event,) = calendar.feed("/fi/events.ics").walk("VEVENT")

    assert "pulina.example/" not in calendar.get(f"/fi/events/{str(event['UID']).partition('@')[0]}").text


def test_what_is_public_now_says_what_its_form_said(calendar: Calendar) -> None:
    """Every field of a rich event survives the way through the page."""
    browser, place = liisa(calendar), calendar.place()
    public_id = calendar.publish(
        place_id=place,
        schedule=weekly(skipped=("2026-12-08",)),
        activities=("language_cafe", "board_games"),
        promises=(("fi", "practise"), ("ru", "helper"), ("ar", "interpreter")),
        audiences=("families", "newcomers"),
        first_time={"bring": ("indoor_shoes", "own_food"), "door": ("side",)},
        access={"loop": True, "toilet": False},
        nearest_stop="Tori",
        min_age=5,
    )
    address = browser.get(f"/fi/desk/events/{public_id}/edit?scope=all").headers["location"]
    before = calendar.get(f"/fi/events/{public_id}").text
    calendar.clock.move(minutes=1)

    answer = browser.post(address, {**sent_as_it_stands(browser.read(address)), "do": "publish"})

    assert answer.headers["location"] == f"/fi/desk/events/{public_id}?deed=0"
    assert calendar.get(f"/fi/events/{public_id}").text == before


def sent_as_it_stands(page: Node) -> dict[str, Any]:
    """What a browser sends of a form that nobody has touched."""
    form = page.one("form", id="event-form")
    menus = {menu["name"] for menu in form.all("select")}
    sent: dict[str, Any] = {name: text for name, text in values(form).items() if name in menus}
    for node in form.all("input"):
        ticked = node.get("type") not in ("checkbox", "radio") or "checked" in node.attributes
        if node.get("name") and ticked:
            sent.setdefault(node["name"], []).append(node.get("value"))
    for area in form.all("textarea"):
        sent[area["name"]] = "".join(child for child in area.children if isinstance(child, str)).removeprefix("\n")
    return sent


def test_what_is_typed_into_a_draft_that_has_gone_begins_a_new_one(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)
    window = typed(browser, address, title__fi="Toinen ikkuna")
    browser.post(f"{address}/removal")

    page = browser.follow(browser.post(address, window))
    script = browser.post(address, window, hx_request="true", hx_request_type="partial")
    stranger = somebody(calendar, "matti@posti.example", role="owner", organisation="naapurit")
    went_on = parse(script.text).one("input", name="beside")["value"]
    later = browser.post(address, {**window, "beside": went_on, "version": "1", "title.fi": "Kolmas"})

    told = "Luonnosta ei enää ollut. Kirjoittamasi on tallennettu uutena luonnoksena."
    assert (page.texts("p", class_="notice"), values(page)["title.fi"]) == ([told], "Toinen ikkuna")
    assert later.headers["location"].partition("?")[0] == f"/fi/desk/proposals/{went_on}"
    assert values(browser.read(f"/fi/desk/proposals/{went_on}"))["title.fi"] == "Kolmas"
    assert stranger.post(address, window).status_code == 404


def test_an_edit_that_was_published_in_another_window_goes_on_as_an_edit(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    public_id = calendar.publish(place_id=place)
    address = browser.get(f"/fi/desk/events/{public_id}/edit").headers["location"]
    window = sent_as_it_stands(browser.read(address))
    calendar.clock.move(minutes=1)
    browser.post(address, {**window, "title.fi": "Puhekahvila", "do": "publish"})

    page = browser.follow(browser.post(address, {**window, "title.fi": "Kahvila"}))

    assert (values(page)["about"], values(page)["title.fi"]) == (public_id, "Kahvila")
    assert len(calendar.feed("/fi/events.ics").walk("VEVENT")) == 1


def test_a_status_word_in_a_name_is_met_with_the_place_for_it(calendar: Calendar) -> None:
    browser = liisa(calendar)
    event = calendar.publish(place_id=calendar.place())
    address = browser.get(f"/fi/desk/events/{event}/edit").headers["location"]

    def met(title: str) -> list[tuple[str, str]]:
        sent = typed(browser, address, title__fi=title)
        fragment = parse(browser.post(address, sent, hx_request="true", hx_request_type="partial").text)
        return [(link.text, link["href"]) for link in fragment.one(id="title-status").all("a")]

    notices = f"/fi/desk/events/{event}"
    assert [met(title) for title in ("PERUTTU: Kahvila", "Siirretty: Kahvila", "Kahvila (täynnä)", "Kahvila")] == [
        [("Kerro, että se on peruttu", f"{notices}/cancellation")],
        [("Kerro uusi aika", notices)],
        [("Kerro, että se on täynnä", f"{notices}/fullness")],
        [],
    ]


def test_listed_dates_are_shown_as_one_writes_them(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)
    browser.post(address, typed(browser, address, repeats="dates", dates="2026-12-24, 6.1.2027; huomenna", do="save"))

    assert browser.read(address).one("textarea", name="dates").text == "24.12.2026 6.1.2027 huomenna"
