"""Settings: sensible without any, and a wrong one stops the start with one clear line."""

from dataclasses import replace

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
    uid_domain="127.0.0.1",
    map_url="https://www.openstreetmap.org/search?query={query}",
)


def test_nothing_needs_to_be_set() -> None:
    assert Settings.from_environment({}) == Settings.from_environment({"PORT": " ", "BASE_URL": ""}) == DEFAULTS


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"PORT": "80"}, {"port": 80, "base_url": "http://127.0.0.1:80"}),
        ({"HOST": "0.0.0.0"}, {"host": "0.0.0.0"}),
        ({"HOST": "::1"}, {"host": "::1", "base_url": "http://[::1]:8000", "uid_domain": "localhost"}),
        ({"HOST": "::"}, {"host": "::", "base_url": "http://[::1]:8000", "uid_domain": "localhost"}),
        (
            {"BASE_URL": "https://Yhdessa.Example/"},
            {"base_url": "https://yhdessa.example", "uid_domain": "yhdessa.example"},
        ),
        (
            {"BASE_URL": "https://yhdessa.example:8443", "UID_DOMAIN": "kouvola.example"},
            {"base_url": "https://yhdessa.example:8443", "uid_domain": "kouvola.example"},
        ),
        ({"DATABASE_URL": "postgres://me:secret@db/calendar"}, {"database_url": "postgres://me:secret@db/calendar"}),
        (
            {"SITE_NAME": "Tillsammans", "CITY_NAME": "Kuusankoski"},
            {"site_name": "Tillsammans", "city_name": "Kuusankoski"},
        ),
        ({"HELP_CONTACT": "tel:+358-5-123"}, {"help_contact": "tel:+358-5-123"}),
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
        ("SITE_NAME", "Yhdessä\nSet-Cookie: x"),
        ("CITY_NAME", "Kou\0vola"),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_line_that_names_the_setting(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({name: value})

    line = str(refused.value)
    assert (line.split()[0], "\n" in line, "secret" in line) == (name, False, False)
