"""People at their desks: browsers that sign in, and the letters that come to them."""

from __future__ import annotations

import re
from typing import Any

from organisations import people, sessions
from organisations.models import Membership, Person
from tests.pages import Node, parse
from tests.people import Calendar
from web.models import OutgoingMail


class Browser:
    """One browser with cookies of its own, on the one server of a test."""

    def __init__(self, calendar: Calendar, *, address: str = "") -> None:
        self.calendar = calendar
        self.cookies: dict[str, str] = {}
        self.address = address

    def get(self, path: str, **headers: str) -> Any:
        """The answer to a GET."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, sent: dict[str, Any] | None = None, **headers: str) -> Any:
        """The answer to a form sent from a page of this site."""
        return self._ask("POST", path, sent or {}, {"sec_fetch_site": "same-origin", **headers})

    def upload(self, path: str, content: bytes, sent: dict[str, Any] | None = None) -> Any:
        """The answer to a form sent with a file; no bytes stand for a field left empty."""
        file = ("kuva.jpg", content, "image/jpeg") if content else ("", b"", "application/octet-stream")
        return self._ask("POST", path, sent or {}, {"sec_fetch_site": "same-origin"}, {"file": file})

    def read(self, path: str, status: int = 200) -> Node:
        """The page at an address."""
        answer = self.get(path)
        assert (answer.status_code, answer.headers["cache-control"]) == (status, "no-store"), answer.text
        return parse(answer.text)

    def follow(self, answer: Any) -> Node:
        """The page that a change redirects to."""
        assert answer.status_code == 303, answer.text
        return self.read(answer.headers["location"])

    def _ask(
        self, method: str, path: str, sent: dict[str, Any] | None, headers: dict[str, str], files: Any = None
    ) -> Any:
        client = self.calendar.client
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            given["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.address:
            given["x-forwarded-for"] = self.address
        client.cookies.clear()
        answer = client.request(method, path, data=sent, files=files, headers=given, follow_redirects=False)
        client.cookies.clear()
        for header in answer.headers.get_list("set-cookie"):
            name, _, rest = header.partition("=")
            value = rest.partition(";")[0].strip('"')
            self.cookies.pop(name, None)
            if value:
                self.cookies[name] = value
        return answer


def somebody(
    calendar: Calendar,
    email: str = "aino@pulina.example",
    *,
    role: str = "",
    organisation: str = "pulina",
    city: bool = False,
    name: str = "",
    language: str = "fi",
) -> Browser:
    """A signed-in person; with a role, she belongs to the organisation, which is made if need be."""

    async def sign_in() -> str:
        now = calendar.clock()
        person_id = await people.found_or_made(email, language=language, city_staff=frozenset(), now=now)
        await Person.filter(id=person_id).update(is_city_staff=city, name=name)
        if known is not None:
            await Membership.get_or_create(
                person_id=person_id, organisation=known, defaults={"role": role, "created": now}
            )
        return await sessions.open_session(person_id, shared=False, browser="Firefox, Linux", now=now)

    known = calendar.association(organisation) if role else None
    browser = Browser(calendar)
    browser.cookies["session"] = calendar.run(sign_in)
    return browser


def letters(calendar: Calendar, recipient: str = "") -> list[OutgoingMail]:
    """The letters in the outbox, the oldest first."""

    async def find() -> list[OutgoingMail]:
        found = OutgoingMail.filter(recipient=recipient) if recipient else OutgoingMail.all()
        return list(await found.order_by("id"))

    found: list[OutgoingMail] = calendar.run(find)
    return found


def code_in(letter: OutgoingMail) -> str:
    """The six digits of a sign-in letter."""
    (code,) = set(re.findall(r"\b\d{6}\b", letter.subject))
    return code


def link_in(letter: OutgoingMail) -> str:
    """The path of the link in a letter, with its query."""
    base_url = re.escape("http://127.0.0.1:8000")
    links = re.findall(rf"^{base_url}(/\S+)$", letter.text, re.MULTILINE)
    return str(links[0])
