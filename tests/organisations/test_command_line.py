"""The operator makes the first clerk, and can unmake one."""

from __future__ import annotations

import argparse

import pytest

from organisations.command_line import grant_city
from organisations.models import AuditEntry
from tests.desks import somebody
from tests.people import Calendar


def run(calendar: Calendar, email: str, *, revoke: bool = False) -> int:
    status: int = calendar.run(grant_city, calendar.site, argparse.Namespace(email=email, revoke=revoke))
    return status


def test_a_clerk_is_made_before_she_ever_signs_in(calendar: Calendar, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(calendar, " Kaisa@Kouvola.example") == 0

    async def notices() -> list[tuple[str, str]]:
        return [(entry.role, entry.action) for entry in await AuditEntry.all()]

    assert capsys.readouterr().out == "kaisa@kouvola.example works for the city\n"
    assert calendar.run(notices) == [("operator", "city_granted")]


def test_a_clerk_no_more_is_signed_out_at_once(calendar: Calendar) -> None:
    kaisa = somebody(calendar, "kaisa@kouvola.example", city=True)
    assert kaisa.get("/fi/city/").status_code == 200

    run(calendar, "kaisa@kouvola.example", revoke=True)

    assert kaisa.get("/fi/city/").status_code == 303
    assert somebody(calendar, "kaisa@kouvola.example").get("/fi/city/").status_code == 403


@pytest.mark.parametrize("email", ["kaisa", "@kouvola.example", "a b@c.example", "a@b@c"])
def test_what_is_no_address_is_refused(sqlite_calendar: Calendar, email: str) -> None:
    with pytest.raises(ValueError, match="is no e-mail address"):
        run(sqlite_calendar, email)
