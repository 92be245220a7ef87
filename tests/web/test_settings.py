"""Settings: sensible without any, and a wrong one stops the start with one clear line."""

from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest

from web.settings import ROOT, Settings, SettingsError

DEFAULTS = Settings(
    database_url=f"sqlite://{ROOT / 'var' / 'yhdessa.db'}",
    host="127.0.0.1",
    port=8000,
    base_url="http://127.0.0.1:8000",
    site_name="Yhdessä",
    city_name="Kouvola",
    help_contact="mailto:info@example.org",
    controller="Kouvola",
    data_protection_contact="mailto:info@example.org",
    accessibility_contact="mailto:info@example.org",
    uid_domain="127.0.0.1",
    map_url="https://www.openstreetmap.org/search?query={query}",
    media_dir=ROOT / "var" / "media",
    frame_ancestors="*",
    smtp_url="",
    mail_from="noreply@localhost",
    city_staff=frozenset(),
    trusted_proxies=(),
)


def test_nothing_needs_to_be_set() -> None:
    assert Settings.from_environment({}) == Settings.from_environment({"PORT": " ", "BASE_URL": ""}) == DEFAULTS


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"CONTROLLER": "Kouvolan kaupunki"}, {"controller": "Kouvolan kaupunki"}),
        (
            {"HELP_CONTACT": "tel:+358-5-123", "ACCESSIBILITY_CONTACT": "mailto:access@example.org"},
            {
                "help_contact": "tel:+358-5-123",
                "data_protection_contact": "tel:+358-5-123",
                "accessibility_contact": "mailto:access@example.org",
            },
        ),
        ({"PORT": "80"}, {"port": 80, "base_url": "http://127.0.0.1:80"}),
        ({"HOST": "0.0.0.0"}, {"host": "0.0.0.0"}),
        ({"HOST": "::1"}, {"host": "::1", "base_url": "http://[::1]:8000", "uid_domain": "localhost"}),
        ({"HOST": "::"}, {"host": "::", "base_url": "http://[::1]:8000", "uid_domain": "localhost"}),
        (
            {"BASE_URL": "https://Yhdessa.Example/"},
            {
                "base_url": "https://yhdessa.example",
                "uid_domain": "yhdessa.example",
                "mail_from": "noreply@yhdessa.example",
            },
        ),
        ({"SMTP_URL": "smtps://me:secret@mail.example"}, {"smtp_url": "smtps://me:secret@mail.example"}),
        ({"MAIL_FROM": "yhdessa@kouvola.example"}, {"mail_from": "yhdessa@kouvola.example"}),
        ({"CITY_STAFF": "A@k.example , b@k.example,"}, {"city_staff": frozenset({"a@k.example", "b@k.example"})}),
        (
            {"TRUSTED_PROXIES": "10.0.0.0/8, ::1"},
            {"trusted_proxies": (ip_network("10.0.0.0/8"), ip_network("::1/128"))},
        ),
        (
            {"BASE_URL": "https://yhdessa.example:8443", "UID_DOMAIN": "kouvola.example"},
            {
                "base_url": "https://yhdessa.example:8443",
                "uid_domain": "kouvola.example",
                "mail_from": "noreply@yhdessa.example",
            },
        ),
        ({"DATABASE_URL": "postgres://me:secret@db/calendar"}, {"database_url": "postgres://me:secret@db/calendar"}),
        (
            {"SITE_NAME": "Tillsammans", "CITY_NAME": "Kuusankoski"},
            {"site_name": "Tillsammans", "city_name": "Kuusankoski", "controller": "Kuusankoski"},
        ),
        (
            {"FRAME_ANCESTORS": "https://www.Kouvola.example  https://*.kouvola.example:8443"},
            {"frame_ancestors": "https://www.kouvola.example https://*.kouvola.example:8443"},
        ),
        ({"FRAME_ANCESTORS": "'none'"}, {"frame_ancestors": "'none'"}),
        ({"MEDIA_DIR": "/srv/pictures"}, {"media_dir": Path("/srv/pictures")}),
        ({"MAP_URL": "https://map.example/{query}?z={z}"}, {"map_url": "https://map.example/{query}?z={z}"}),
    ],
)
def test_what_is_set_is_used(environment: dict[str, str], expected: dict[str, object]) -> None:
    assert Settings.from_environment(environment) == replace(DEFAULTS, **expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("PORT", value) for value in ("0", "65536", "-1", "eighty", "80.0", "８０", "9" * 5000)),
        *(("DATABASE_URL", value) for value in ("mysql://secret@db/x", "calendar.db", "sqlite://", "postgres:x")),
        *(
            ("BASE_URL", value)
            for value in (
                "yhdessa.example",
                "ftp://yhdessa.example",
                "https://",
                "https://yhdessa.example/kalenteri",
                "https://yhdessa.example?",
                "https://yhdessa.example#x",
                "https://me@yhdessa.example",
                "https://yhdessa.example:99999",
                "https://yhdessa.example:x",
                "https://yhdessa example",
                "https://[::1",
                "https://*",
            )
        ),
        *(("HELP_CONTACT", value) for value in ("info@kouvola.example", "mailto:", "http://x.example", "javascript:x")),
        *(("UID_DOMAIN", value) for value in ("kouvola example", "a..b", "käy.example", "x@y", ".")),
        *(
            ("MAP_URL", value)
            for value in ("http://map.example/{query}", "https://map.example/", "https://m.example/{query}{query}", "x")
        ),
        *(
            ("FRAME_ANCESTORS", value)
            for value in (
                "kouvola.example",
                "https://x.example; script-src *",
                "'none' https://x.example",
                "javascript:",
            )
        ),
        ("MEDIA_DIR", __file__),
        *(("SMTP_URL", value) for value in ("mail.example", "smtp://", "http://secret@mail.example")),
        *(("MAIL_FROM", value) for value in ("nobody", "Yhdessä <a@b.example>", "a@b.example,c@d.example")),
        *(("CITY_STAFF", value) for value in ("nobody", "a@b.example;c@d.example")),
        *(("TRUSTED_PROXIES", value) for value in ("localhost", "10.0.0.0/99")),
        ("SITE_NAME", "Yhdessä\nSet-Cookie: x"),
        ("CITY_NAME", "Kou\0vola"),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_line_that_names_the_setting(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({name: value})

    line = str(refused.value)
    assert (line.split()[0], "\n" in line, "secret" in line) == (name, False, False)
