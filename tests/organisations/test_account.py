"""One's own account: name, language, address, everything that is known, and the end."""

from __future__ import annotations

from datetime import timedelta

from organisations.account_deletion import look_after_idle
from organisations.models import AuditEntry, Membership, Organisation, Person
from organisations.slugs import RESIDENTS
from tests.desks import Browser, letters, link_in, somebody
from tests.pages import parse
from tests.people import NOW, Calendar

ACCOUNT = "/fi/desk/account"
ADDRESS = f"{ACCOUNT}/address"


def addresses(calendar: Calendar) -> list[str]:
    async def find() -> list[str]:
        return [person.email for person in await Person.all().order_by("id")]

    found: list[str] = calendar.run(find)
    return found


def test_aino_says_her_name_and_the_language_she_is_written_to_in(calendar: Calendar) -> None:
    aino = somebody(calendar, role="owner")

    saved = aino.follow(aino.post(ACCOUNT, {"name": " Aino  Äijälä\u202e", "language": "sv", "is_city_staff": "1"}))

    assert saved.one("p", class_="notice").text == "Tallennettu."
    assert saved.one(id="name").get("value") == "Aino Äijälä"
    chosen = [option["value"] for option in saved.one(id="language").all("option") if "selected" in option.attributes]
    assert chosen == ["sv"]
    assert aino.get("/fi/city/").status_code == 403


def test_too_long_a_name_is_not_shortened_behind_her_back(sqlite_calendar: Calendar) -> None:
    answer = somebody(sqlite_calendar).post(ACCOUNT, {"name": "x" * 121})

    assert (answer.status_code, parse(answer.text).one(id="name").get("value")) == (422, "x" * 121)


def test_a_new_address_is_proven_by_a_letter_and_the_old_one_is_told(calendar: Calendar) -> None:
    aino, elsewhere = somebody(calendar), somebody(calendar)

    told = aino.follow(aino.post(ADDRESS, {"email": "Aino@New.example"}))
    (letter,) = letters(calendar)
    page = aino.read(link_in(letter))
    assert (letter.recipient, addresses(calendar)) == ("aino@new.example", ["aino@pulina.example"])
    done = aino.follow(aino.post(link_in(letter)))

    assert "Avaa siinä oleva linkki" in told.one("p", class_="notice").text
    assert "aino@new.example" in page.one("main").text
    assert done.one("p", class_="notice").text == "Osoitteesi on vaihdettu."
    assert addresses(calendar) == ["aino@new.example"]
    notice = letters(calendar)[1]
    assert (notice.recipient, "aino@new.example" in notice.text) == ("aino@pulina.example", False)
    assert elsewhere.get(ACCOUNT).status_code == 303


def test_a_link_to_a_new_address_is_worth_nothing_to_others_or_twice(calendar: Calendar) -> None:
    aino, thief = somebody(calendar), somebody(calendar, "thief@evil.example")
    aino.post(ADDRESS, {"email": "aino@new.example"})
    link = link_in(letters(calendar)[0])

    assert thief.post(link).status_code == 410
    assert Browser(calendar).get(link).headers["location"].startswith("/fi/sign-in?next=")
    assert aino.post(link).status_code == 303
    assert aino.post(link).status_code == 410
    assert addresses(calendar) == ["aino@new.example", "thief@evil.example"]


def test_somebody_elses_address_is_not_given_away_nor_told(calendar: Calendar) -> None:
    aino = somebody(calendar)
    somebody(calendar, "bertil@pulina.example")

    asked = aino.post(ADDRESS, {"email": "bertil@pulina.example"})
    refused = aino.post(link_in(letters(calendar)[0]))

    assert asked.status_code == 303
    assert (refused.status_code, addresses(calendar)) == (410, ["aino@pulina.example", "bertil@pulina.example"])


def test_after_a_quarter_of_an_hour_the_link_is_over(calendar: Calendar) -> None:
    aino = somebody(calendar)
    aino.post(ADDRESS, {"email": "aino@new.example"})

    calendar.clock.move(minutes=15)

    assert aino.post(link_in(letters(calendar)[0])).status_code == 410


def test_five_letters_an_hour_to_new_addresses(calendar: Calendar) -> None:
    aino = somebody(calendar)

    answers = [aino.post(ADDRESS, {"email": f"aino@{number}.example"}).status_code for number in range(6)]

    assert answers == [303] * 5 + [429]


def test_everything_about_aino_in_one_file(calendar: Calendar) -> None:
    aino = somebody(calendar, role="owner", name="Aino")
    aino.post("/fi/desk/organisations/pulina/invitations", {"email": "bertil@pulina.example"})

    answer = aino.get(f"{ACCOUNT}/data.json")

    assert answer.headers["content-disposition"] == 'attachment; filename="my-data.json"'
    everything = answer.json()
    moment = NOW.isoformat()
    assert everything["person"] == {
        "id": everything["person"]["id"],
        "email": "aino@pulina.example",
        "name": "Aino",
        "language": "fi",
        "is_city_staff": False,
        "created": moment,
        "last_seen": moment,
    }
    assert everything["memberships"] == [
        {"organisation": "pulina", "name": "Pulina", "role": "owner", "created": moment}
    ]
    assert [sent["email"] for sent in everything["invitations_sent"]] == ["bertil@pulina.example"]
    assert [deed["action"] for deed in everything["deeds"]] == ["invited"]
    assert set(everything) >= {"sessions", "invitations_received", "messages", "letters", "proposals"}
    assert "secret" not in answer.text


def test_bertil_deletes_his_account_and_nothing_of_him_is_left(calendar: Calendar) -> None:
    somebody(calendar, role="owner")
    bertil = somebody(calendar, "bertil@pulina.example", role="editor", name="Bertil")
    taken = dict(bertil.cookies)
    public_id = calendar.publish("Kielikahvila", organisation="pulina")

    page = bertil.read(f"{ACCOUNT}/deletion")
    assert addresses(calendar) == ["aino@pulina.example", "bertil@pulina.example"]
    gone = bertil.post(f"{ACCOUNT}/deletion")

    assert "Tätä ei voi perua" in page.one("main").text
    assert gone.headers["location"] == "/fi/signed-out?done=deleted"
    assert gone.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert addresses(calendar) == ["aino@pulina.example"]
    bertil.cookies.update(taken)
    assert bertil.get("/fi/desk/").status_code == 303
    assert calendar.get(f"/fi/events/{public_id}").status_code == 200


def test_the_last_owner_hands_over_before_she_goes(calendar: Calendar) -> None:
    aino = somebody(calendar, role="owner")
    bertil = somebody(calendar, "bertil@pulina.example", role="editor")

    refused = aino.post(f"{ACCOUNT}/deletion")

    page = parse(refused.text)
    assert (refused.status_code, addresses(calendar)) == (422, ["aino@pulina.example", "bertil@pulina.example"])
    assert page.one("main").links()["Pulina"] == "/fi/desk/organisations/pulina/members"
    assert bertil.post(f"{ACCOUNT}/deletion").status_code == 303


def test_an_application_that_is_only_hers_goes_with_her(calendar: Calendar) -> None:
    aino = somebody(calendar)
    told = {"name": "Kutojat", "contact_email": "a@b.example", "text_fi": "Kudomme."}
    aino.post("/fi/desk/organisations/new", told)

    aino.post(f"{ACCOUNT}/deletion")

    async def count() -> tuple[int, int]:
        return await Organisation.exclude(slug=RESIDENTS).count(), await Person.all().count()

    assert calendar.run(count) == (0, 0)


def pass_days(calendar: Calendar, days: int) -> None:
    """The daily look at idle accounts, for so many days."""
    for _ in range(days):
        calendar.clock.move(days=1)
        calendar.run(look_after_idle, calendar.site, {}, calendar.clock())


def test_an_idle_account_is_deleted_a_month_after_a_letter(calendar: Calendar) -> None:
    somebody(calendar, "bertil@pulina.example", language="sv")
    calendar.clock.move(days=699)

    pass_days(calendar, 5)
    (letter,) = letters(calendar)
    assert (letter.recipient, letter.subject) == ("bertil@pulina.example", "Ditt konto kommer att raderas")
    assert letter.created == NOW + timedelta(days=700)
    pass_days(calendar, 25)
    assert addresses(calendar) == ["bertil@pulina.example"]
    pass_days(calendar, 1)

    assert addresses(calendar) == []


def test_whoever_signs_in_meanwhile_keeps_her_account(calendar: Calendar) -> None:
    somebody(calendar)
    calendar.clock.move(days=699)
    pass_days(calendar, 2)

    somebody(calendar)
    pass_days(calendar, 60)

    assert (addresses(calendar), len(letters(calendar))) == (["aino@pulina.example"], 1)


def test_an_idle_last_owner_leaves_her_role_to_the_one_who_is_there_longest(calendar: Calendar) -> None:
    somebody(calendar, role="owner")
    calendar.clock.move(days=600)
    somebody(calendar, "bertil@pulina.example", role="editor")
    calendar.clock.move(days=1)
    somebody(calendar, "chen@pulina.example", role="editor")
    calendar.clock.move(days=90)

    pass_days(calendar, 100)

    async def roles() -> list[tuple[str, str]]:
        members = await Membership.all().order_by("id").prefetch_related("person")
        return [(member.person.email, member.role) for member in members]

    assert calendar.run(roles) == [("bertil@pulina.example", "owner"), ("chen@pulina.example", "editor")]


def test_when_nobody_is_left_the_city_is_told(calendar: Calendar) -> None:
    somebody(calendar, role="owner")
    calendar.clock.move(days=650)
    somebody(calendar, "kaisa@kouvola.example", city=True)

    pass_days(calendar, 100)

    assert ("kaisa@kouvola.example", "Ei enää ketään: Pulina") in [
        (letter.recipient, letter.subject) for letter in letters(calendar)
    ]

    async def actions() -> list[str]:
        return [entry.action for entry in await AuditEntry.all().order_by("id")]

    assert calendar.run(actions) == ["left_alone", "account_expired"]
    assert calendar.get("/fi/organisations/pulina").status_code == 200
