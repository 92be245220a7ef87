"""What an organiser publishes is true: the place that she typed, days that are to come, sign-up that closes in time."""

from __future__ import annotations

from typing import Any

import pytest

from events.editing import proposals
from events.storage.models import Event, Proposal
from tests.events.city.waiting import kaisa, proposed
from tests.events.desk.test_event_form import begun, liisa, sent_as_it_stands, typed, values
from tests.pages import Node, parse
from tests.people import Calendar, once, weekly

SCRIPT = {"hx_request": "true", "hx_request_type": "partial"}
NEW_PLACE = {"new_place_name": "Kylätalo", "new_place_street": "Kylätie 1", "new_place_city": "Jaala"}
CLUB = {"repeats": "weekly", "date": "2027-01-14", "until": "2027-03-25"}
SIGN_UP = {"registration": "required", "registration_link": "https://pulina.example/"}


def wrong(answer: Any) -> dict[str, str]:
    """What a refused form says, by field."""
    assert answer.status_code == 422, answer.headers.get("location")
    links = parse(answer.text).one(id="error-summary").all("a")
    return {link["href"].removeprefix("#"): link.text for link in links}


def places_of_events(calendar: Calendar) -> list[str]:
    """Where the public events take place, the latest last."""

    async def find() -> list[Any]:
        return list(await Event.all().order_by("id").values_list("place__name", flat=True))

    found: list[str] = calendar.run(find)
    return found


def stored(calendar: Calendar, address: str) -> dict[str, str]:
    """What is kept of a form."""
    found = calendar.run(proposals.find, address.rpartition("/")[2])
    fields: dict[str, str] = found.fields
    return fields


def group_of_new_place(page: Node) -> bool:
    """Whether the group with the new place is open."""
    (group,) = [one for one in page.all("details") if any(one.all("input", id="new_place_name"))]
    return "open" in group.attributes


def test_a_typed_place_wins_over_the_one_that_stood_there_already(calendar: Calendar) -> None:
    browser, last = liisa(calendar), calendar.place("Pääkirjasto")
    calendar.publish(place_id=last)
    address = begun(browser)
    before = values(browser.read(address))["place"]
    sent = typed(browser, address, place=before, **NEW_PLACE)

    preview = browser.follow(browser.post(address, {**sent, "do": "preview"}))
    published = browser.post(f"{address}/publication")

    assert before == str(last)
    assert ("Kylätalo" in preview.text, "Pääkirjasto" in preview.text) == (True, False)
    assert published.status_code == 303
    assert places_of_events(calendar) == ["Pääkirjasto", "Kylätalo"]


def test_a_typed_place_wins_over_one_that_she_chose_and_the_form_says_so(calendar: Calendar) -> None:
    browser, chosen = liisa(calendar), calendar.place("Pääkirjasto")
    address = begun(browser)
    sent = typed(browser, address, place=str(chosen))
    browser.post(address, sent, **SCRIPT)

    fragment = parse(browser.post(address, {**sent, **NEW_PLACE}, **SCRIPT).text)
    page = browser.read(address)

    told = "Uusi paikka on voimassa: Kylätalo. Jos haluat valita luettelosta, tyhjennä uuden paikan nimi."
    for shown in (fragment.one(id="place-choice"), page.one(id="place-choice")):
        assert shown.one("p", id="place-hint").text == told
        assert [option["value"] for option in shown.all("option") if "selected" in option.attributes] == []
    assert {name: stored(calendar, address).get(name, "") for name in ("place", *NEW_PLACE)} == {
        "place": "",
        **NEW_PLACE,
    }


def test_the_place_of_the_list_counts_again_once_the_typed_name_is_emptied(calendar: Calendar) -> None:
    browser, chosen = liisa(calendar), calendar.place("Pääkirjasto")
    address = begun(browser)
    browser.post(address, typed(browser, address, **NEW_PLACE))

    browser.post(address, typed(browser, address, place=str(chosen), do="publish"))

    assert places_of_events(calendar) == ["Pääkirjasto"]


def test_the_city_reads_the_place_that_was_typed(calendar: Calendar) -> None:
    browser, last = liisa(calendar, trusted=False), calendar.place("Pääkirjasto")
    address = begun(browser)
    browser.post(address, typed(browser, address, place=str(last), do="publish", **NEW_PLACE))

    key = address.rpartition("/")[2]
    waiting = kaisa(calendar).read(f"/fi/city/proposals/{key}").one("main").text
    accepted = kaisa(calendar).post(f"/fi/city/proposals/{key}/publication")

    assert ("Kylätalo, Kylätie 1" in waiting, "Pääkirjasto" in waiting) == (True, False)
    assert (accepted.status_code, places_of_events(calendar)) == (303, ["Kylätalo"])


def test_a_draft_that_holds_both_places_from_before_shows_and_publishes_the_typed_one(calendar: Calendar) -> None:
    browser, last = liisa(calendar), calendar.place("Pääkirjasto")
    address = begun(browser)
    browser.post(address, typed(browser, address, **NEW_PLACE))

    async def as_it_was_kept_before() -> None:
        row = await Proposal.get(key=address.rpartition("/")[2])
        row.payload = {**row.payload, "fields": {**row.payload["fields"], "place": str(last)}}
        await row.save()

    calendar.run(as_it_was_kept_before)
    page = browser.read(address)
    browser.post(f"{address}/publication")

    assert (values(page).get("place", ""), values(page)["new_place_name"]) == ("", "Kylätalo")
    assert places_of_events(calendar) == ["Kylätalo"]


def test_an_edit_moves_an_event_to_the_place_that_was_typed(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place("Pääkirjasto")
    public_id = calendar.publish(place_id=place)
    address = browser.get(f"/fi/desk/events/{public_id}/edit").headers["location"]
    calendar.clock.move(minutes=1)

    answer = browser.post(address, {**sent_as_it_stands(browser.read(address)), **NEW_PLACE, "do": "publish"})

    assert (answer.status_code, places_of_events(calendar)) == (303, ["Kylätalo"])


@pytest.mark.parametrize("field", ["new_place_street", "new_place_postal_code", "new_place_city", "new_place_area"])
def test_what_was_typed_of_a_new_place_opens_its_group_and_asks_for_its_name(
    sqlite_calendar: Calendar, field: str
) -> None:
    browser, place = liisa(sqlite_calendar), sqlite_calendar.place()
    address = begun(browser)
    sent = typed(browser, address, place=str(place), **{field: "centre"})

    before, page = group_of_new_place(browser.read(address)), browser.follow(browser.post(address, sent))
    refused = browser.post(address, {**sent, "version": "2", "do": "publish"})

    assert (before, group_of_new_place(page)) == (False, True)
    assert wrong(refused) == {"new_place_name": "Anna paikan nimi."}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"date": "12.11.2026"},
            {"date": "Tämä on jo mennyt: to 12.11.2026. Anna päivä, joka on tänään tai myöhemmin."},
        ),
        (
            {"repeats": "dates", "dates": "12.11.2026\n30.11.2026\n8.12.2026"},
            {"dates": "Tämä on jo mennyt: to 12.11.2026, ma 30.11.2026. Anna päivä, joka on tänään tai myöhemmin."},
        ),
        (
            {"repeats": "weekly", "date": "2026-11-24", "until": "2026-12-22"},
            {"date": "Tämä on jo mennyt: ti 24.11.2026. Anna päivä, joka on tänään tai myöhemmin."},
        ),
    ],
)
def test_a_day_that_is_over_is_not_published(calendar: Calendar, changes: dict[str, str], said: dict[str, str]) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)
    sent = typed(browser, address, place=str(place), **changes)

    kept = [
        browser.post(address, sent, **SCRIPT).status_code,
        browser.post(address, {**sent, "do": "save"}).status_code,
    ]
    refused = browser.post(address, {**sent, "do": "publish"})
    straight = browser.post(f"{address}/publication")

    assert kept == [200, 303]
    assert [wrong(refused), wrong(straight)] == [said, said]
    assert parse(refused.text).one(id=next(iter(said))).get("aria-invalid") == "true"
    assert calendar.feed("/fi/events.ics?start=2026-01-01").walk("VEVENT") == []


def test_a_day_that_is_over_is_said_in_the_readers_language(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)
    browser.post(address, typed(browser, address, place=str(place), date="12.11.2026"))

    said = {
        code: wrong(browser.post(f"{address.replace('/fi/', f'/{code}/')}/publication"))["date"]
        for code in ("sv", "en", "ru", "uk", "ar")
    }

    assert len(set(said.values())) == 5
    assert [code for code, text in said.items() if "2026" not in text] == []


def test_an_organisation_that_the_city_reads_first_sends_no_day_that_is_over(calendar: Calendar) -> None:
    browser, place = liisa(calendar, trusted=False), calendar.place()
    address = begun(browser)

    refused = browser.post(address, typed(browser, address, place=str(place), date="12.11.2026", do="publish"))

    assert list(wrong(refused)) == ["date"]


def test_what_was_sent_in_time_is_published_by_the_city_on_a_later_day(calendar: Calendar) -> None:
    browser, place = liisa(calendar, trusted=False), calendar.place()
    address = begun(browser)
    sent = typed(browser, address, place=str(place), repeats="weekly", date="2026-12-02", until="2026-12-23")
    browser.post(address, {**sent, "do": "publish"})
    calendar.clock.move(days=3)

    accepted = kaisa(calendar).post(f"/fi/city/proposals/{address.rpartition('/')[2]}/publication")

    assert (accepted.status_code, len(calendar.feed("/fi/events.ics").walk("VEVENT"))) == (303, 1)


def test_an_exhibition_that_is_still_open_can_be_published(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)
    sent = typed(browser, address, place=str(place), date="2026-11-20", end_date="2026-12-01", do="publish")

    assert browser.post(address, sent).status_code == 303


@pytest.mark.parametrize("scope", ["scope=all", "scope=following&date=2026-11-24", "scope=date&date=2026-11-17"])
def test_a_series_that_has_begun_can_be_edited(calendar: Calendar, scope: str) -> None:
    browser, place = liisa(calendar), calendar.place()
    public_id = calendar.publish(place_id=place, schedule=weekly("2026-11-17 17:30", times=6))
    address = browser.get(f"/fi/desk/events/{public_id}/edit?{scope}").headers["location"]
    calendar.clock.move(minutes=1)
    sent = sent_as_it_stands(browser.read(address))

    answer = browser.post(address, {**sent, "title.fi": "Puhekahvila", "start": "18:00", "do": "publish"})

    assert answer.status_code == 303
    titles = [str(event["SUMMARY"]) for event in calendar.feed("/fi/events.ics?start=2026-11-01").walk("VEVENT")]
    assert "Puhekahvila" in titles


def test_an_event_that_is_over_can_be_edited_but_gets_no_other_day_that_is_over(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    public_id = calendar.publish(place_id=place, schedule=once("2026-11-17 17:30"))
    address = browser.get(f"/fi/desk/events/{public_id}/edit").headers["location"]
    sent = {**sent_as_it_stands(browser.read(address)), "title.fi": "Puhekahvila"}
    calendar.clock.move(minutes=1)

    refused = browser.post(address, {**sent, "date": "2026-11-18", "do": "publish"})
    edited = browser.post(address, {**sent, "version": "2", "do": "publish"})

    assert list(wrong(refused)) == ["date"]
    assert edited.status_code == 303


def test_a_weekday_is_not_added_to_weeks_that_are_over(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    public_id = calendar.publish(place_id=place, schedule=weekly("2026-11-17 17:30", times=6))
    address = browser.get(f"/fi/desk/events/{public_id}/edit?scope=all").headers["location"]
    sent = sent_as_it_stands(browser.read(address))

    refused = browser.post(address, {**sent, "weekdays": ["2", "4"], "do": "publish"})

    assert wrong(refused) == {
        "date": "Tämä on jo mennyt: to 19.11.2026. Menneitä päiviä ei voi lisätä jälkikäteen."
        " Jos muutat vain tulevia, aloita muokkaus tulevasta päivästä."
    }


def test_a_copy_of_an_event_that_is_over_needs_a_day_to_come(calendar: Calendar) -> None:
    place = calendar.place()
    browser = liisa(calendar)
    public_id = calendar.publish(place_id=place, schedule=once("2026-11-17 17:30"))
    copy = calendar.run(proposals.begin_copy, public_id, author_id=None, now=calendar.clock())
    address = f"/fi/desk/proposals/{copy.key}"
    sent = sent_as_it_stands(browser.read(address))

    refused = browser.post(address, {**sent, "date": "2026-11-17", "do": "publish"})

    assert list(wrong(refused)) == ["date"]


def test_all_that_is_wrong_is_said_at_once(calendar: Calendar) -> None:
    browser = liisa(calendar)
    address = begun(browser)
    sent = typed(browser, address, title__fi="", date="12.11.2026", registration_closes_date="2027-03-15", **SIGN_UP)

    refused = browser.post(address, {**sent, "do": "publish"})

    assert set(wrong(refused)) == {"title.fi", "date", "place", "registration_closes_date"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"date": "2027-02-20", "registration_closes_date": "2027-03-15"},
            {"registration_closes_date": "Alku on la 20.2.2027. Ilmoittautumisen on päätyttävä viimeistään silloin."},
        ),
        (
            {
                "date": "2027-02-20",
                "registration_closes_date": "2027-02-20",
                "registration_closes_time": "18:00",
            },
            {
                "registration_closes_time": "Ilmoittautumisen on päätyttävä ennen alkua."
                " Anna aikaisempi kellonaika tai jätä se tyhjäksi."
            },
        ),
        (
            {**CLUB, "registration_closes_date": "2027-03-26"},
            {
                "registration_closes_date": "Viimeinen kerta on to 25.3.2027."
                " Ilmoittautumisen on päätyttävä viimeistään silloin."
            },
        ),
    ],
)
def test_sign_up_does_not_close_after_the_start(
    calendar: Calendar, changes: dict[str, str], said: dict[str, str]
) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)
    sent = typed(browser, address, place=str(place), **SIGN_UP, **changes)

    kept = browser.post(address, {**sent, "do": "save"})
    refused = browser.post(address, {**sent, "do": "publish"})
    straight = browser.post(f"{address}/publication")

    assert (kept.status_code, wrong(refused), wrong(straight)) == (303, said, said)


@pytest.mark.parametrize(
    "changes",
    [
        {"date": "2027-02-20", "registration_closes_date": "2027-02-20"},
        {"date": "2027-02-20", "registration_closes_date": "2027-02-20", "registration_closes_time": "17:30"},
        {"date": "2027-02-20", "all_day": "yes", "registration_closes_date": "2027-02-20"},
        {**CLUB, "registration_closes_date": "2027-03-25"},
        {**CLUB, "registration_closes_date": "2027-03-24", "registration_each_time": "yes"},
    ],
)
def test_sign_up_may_close_on_the_day_of_the_last_start(calendar: Calendar, changes: dict[str, str]) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)

    answer = browser.post(address, typed(browser, address, place=str(place), do="publish", **SIGN_UP, **changes))

    assert answer.status_code == 303


def test_a_skipped_day_that_is_no_date_is_named_with_the_nearest_that_is(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)
    sent = typed(browser, address, place=str(place), skipped="17.2.2027", **CLUB)

    kept = browser.post(address, {**sent, "do": "save"})
    refused = browser.post(address, {**sent, "do": "publish"})
    mended = browser.post(address, {**sent, "skipped": "18.2.2027", "version": "2", "do": "publish"})

    assert kept.status_code == 303
    assert wrong(refused) == {"skipped": "Tämä ei ole sarjan päivä: ke 17.2.2027. Lähin sarjan päivä: to 18.2.2027."}
    page = parse(refused.text)
    assert (page.one("input", id="skipped").get("aria-invalid"), page.one(id="skipped-error").text) == (
        "true",
        wrong(refused)["skipped"],
    )
    assert values(page)["skipped"] == "17.2.2027"
    assert mended.status_code == 303


def test_each_skipped_day_that_is_no_date_is_named(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)
    sent = typed(browser, address, place=str(place), skipped="17.2.2027, 18.2.2027, 30.9.2027", **CLUB)

    assert wrong(browser.post(address, {**sent, "do": "publish"})) == {
        "skipped": "Tämä ei ole sarjan päivä: ke 17.2.2027, to 30.9.2027."
        " Lähin sarjan päivä: to 18.2.2027, to 25.3.2027."
    }


def test_ticked_holidays_that_are_no_dates_any_more_keep_nobody_from_publishing(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)
    thursdays = {**CLUB, "date": "2026-12-17"}
    fragment = parse(browser.post(address, typed(browser, address, place=str(place), **thursdays), **SCRIPT).text)
    ticks: dict[str, list[str]] = {}
    for box in fragment.one(id="dates-found").all("input", type="checkbox"):
        ticks.setdefault(box["name"], []).append(box["value"])
    assert "2026-12-24" in [day for days in ticks.values() for day in days]

    wednesdays = {**typed(browser, address, place=str(place), **CLUB), **ticks, "date": "2026-12-16"}
    page = browser.follow(browser.post(address, {**wednesdays, "do": "save"}))
    published = browser.post(address, {**wednesdays, "version": "3", "do": "publish"})

    assert values(page)["skipped"] == ""
    assert published.status_code == 303


def test_ticked_holidays_stay_ticked_and_are_left_out(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)
    sent = typed(browser, address, place=str(place), skipped="14.1.2027", **{**CLUB, "date": "2026-12-17"})
    ticked = {**sent, "skipped_holidays": ["2026-12-24", "2026-12-31"]}

    page = browser.follow(browser.post(address, ticked))
    browser.post(address, {**sent_as_it_stands(page), "do": "publish"})

    ticks = [box["value"] for box in page.all("input", name="skipped_holidays") if "checked" in box.attributes]
    assert (ticks, values(page)["skipped"]) == (["2026-12-24", "2026-12-31"], "14.1.2027")
    (event,) = calendar.feed("/fi/events.ics").walk("VEVENT")
    assert [f"{one.dt:%d.%m.}" for one in event["EXDATE"].dts] == ["24.12.", "31.12.", "14.01."]


def test_a_day_skipped_in_a_list_of_dates_is_left_out_of_it(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    address = begun(browser)
    listed = {"repeats": "dates", "dates": "8.12.2026\n10.12.2026"}
    sent = typed(browser, address, place=str(place), skipped="9.12.2026", **listed)

    refused = browser.post(address, {**sent, "do": "publish"})
    published = browser.post(address, {**sent, "skipped": "10.12.2026", "version": "2", "do": "publish"})

    assert wrong(refused) == {"skipped": "Tämä ei ole sarjan päivä: ke 9.12.2026. Lähin sarjan päivä: ti 8.12.2026."}
    assert published.status_code == 303
    assert [f"{event['DTSTART'].dt:%d.%m.}" for event in calendar.feed("/fi/events.ics").walk("VEVENT")] == ["08.12."]


def test_a_series_that_ends_earlier_asks_nothing_about_what_it_skipped_later(calendar: Calendar) -> None:
    browser, place = liisa(calendar), calendar.place()
    public_id = calendar.publish(place_id=place, schedule=weekly(times=8, skipped=("2026-12-15",)))
    address = browser.get(f"/fi/desk/events/{public_id}/edit?scope=all").headers["location"]
    calendar.clock.move(minutes=1)
    sent = sent_as_it_stands(browser.read(address))

    shorter = browser.post(address, {**sent, "until": "2026-12-08", "do": "publish"})

    assert shorter.status_code == 303


def test_a_resident_proposes_no_day_that_is_over(calendar: Calendar) -> None:
    answer = proposed(calendar, date="2026-11-12")

    assert wrong(answer) == {"date": "Tämä päivä on jo mennyt. Kirjoita tuleva päivä."}
