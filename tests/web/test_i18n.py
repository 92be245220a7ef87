"""Which language a reader gets, and that it stays her own language whatever else was formatted before."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

import pytest

from web.i18n import KNOWN, Language, best_language, load_languages, reviewed

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "locales"
PLURALS = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "{n} event"
msgid_plural "{n} events"
"""


def catalogues(folder: Path, **contents: str) -> Path:
    """A folder of catalogues: Finnish as it is, and these."""
    copytree(LOCALES / "fi", folder / "fi")
    for code, content in contents.items():
        (folder / code).mkdir()
        (folder / code / "public.po").write_text(content, "utf-8")
    return folder


@pytest.fixture(scope="module")
def all_seven(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Language]:
    """Every language we know, as if each had its catalogue."""
    return load_languages(
        catalogues(tmp_path_factory.mktemp("locales"), **{code: "" for code in KNOWN if code != "fi"})
    )


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ("sv", "sv"),
        ("sv-FI,sv;q=0.9,en;q=0.8", "sv"),
        ("th,en;q=0.5,fi;q=0.8", "fi"),
        ("EN-us", "en"),
        ("fi-simple", "selko"),
        ("uk-UA", "uk"),
        ("ar-IQ, en;q=0.1", "ar"),
        ("en;q=0.5,sv;q=0.5", "en"),
        ("en;q=0,fi;q=0.001", "fi"),
        ("en ; q=0.3 , sv ; q=0.9", "sv"),
        ("th;q=1,en;q=0", None),
        ("th, so", None),
        ("*", None),
        ("", None),
        (";;;,,,=;q=", None),
        ("en;q=banana,sv;q=0.1", "sv"),
        ("en;q=0.1,xx;q=nan,sv;q=1", "sv"),
        ("sv;q=inf,en;q=0.2", "en"),
        ("e" * 100_000, None),
        ("\0\ud800,fi", "fi"),
    ],
)
def test_the_browsers_wish_decides_among_what_is_served(
    all_seven: Mapping[str, Language], wish: str, code: str | None
) -> None:
    assert best_language(wish, all_seven) == code


def test_a_ukrainian_reader_is_never_sent_to_russian(all_seven: Mapping[str, Language]) -> None:
    without_ukrainian = {code: language for code, language in all_seven.items() if code != "uk"}

    assert best_language("ru", without_ukrainian) == "ru"
    assert best_language("uk,be;q=0.9", without_ukrainian) is None


def test_a_language_is_served_exactly_when_its_catalogue_is_there(tmp_path: Path) -> None:
    folder = catalogues(tmp_path, uk='msgid "Cancelled"\nmsgstr "Скасовано"\n', xx="", et="")
    (folder / "sv").mkdir()
    (folder / "sv" / "desk.po").write_text("", "utf-8")

    languages = load_languages(folder)

    assert list(languages) == ["fi", "uk"]
    assert (languages["uk"].gettext("Cancelled"), languages["uk"].gettext("Full")) == ("Скасовано", "Full")


@pytest.mark.parametrize(
    "broken",
    ["\udcff", "rubbish\n", 'rubbish "Cancelled"\n'],
)
def test_a_broken_catalogue_stops_the_start(tmp_path: Path, broken: str) -> None:
    folder = catalogues(tmp_path, uk="")
    (folder / "uk" / "public.po").write_bytes(broken.encode("utf-8", "surrogateescape"))

    with pytest.raises(ValueError, match=r"uk|decode"):
        load_languages(folder)


def test_without_finnish_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no catalogue at .*fi/public\.po"):
        load_languages(tmp_path)


def test_what_a_language_says_itself_no_borrowed_catalogue_says_for_it(tmp_path: Path) -> None:
    said = 'msgid "Access"\nmsgstr "{}"\n\nmsgid "Only {}"\nmsgstr "{} alone"\n'
    folder = catalogues(tmp_path, selko=said.format("Pääsy ja apu", "here", "here"), uk=said.format("Вхід", "uk", "uk"))
    for lender in ("fi", "en"):
        (folder / lender).mkdir(exist_ok=True)
        (folder / lender / "zebra.po").write_text(said.format("borrowed", lender, lender), "utf-8")

    languages = load_languages(folder)

    assert {code: languages[code].gettext("Access") for code in ("selko", "uk")} == {
        "selko": "Pääsy ja apu",
        "uk": "Вхід",
    }
    assert (languages["selko"].gettext("Only fi"), languages["uk"].gettext("Only en")) == ("fi alone", "en alone")


def test_each_language_counts_by_its_own_rule(tmp_path: Path) -> None:
    folder = catalogues(
        tmp_path,
        uk=PLURALS + 'msgstr[0] "{n} подія"\nmsgstr[1] "{n} події"\nmsgstr[2] "{n} подій"\n',
        ar=PLURALS + "".join(f'msgstr[{form}] "form {form}"\n' for form in range(6)),
    )

    languages = load_languages(folder)

    assert [languages["fi"].ngettext("{n} event", "{n} events", n).format(n=n) for n in (0, 1, 2, 21)] == [
        "0 tapahtumaa",
        "1 tapahtuma",
        "2 tapahtumaa",
        "21 tapahtumaa",
    ]
    assert [languages["uk"].ngettext("{n} event", "{n} events", n).format(n=n) for n in (1, 2, 5, 11, 21)] == [
        "1 подія",
        "2 події",
        "5 подій",
        "11 подій",
        "21 подія",
    ]
    # Babel's order of the six Arabic forms is not everybody's: the fifth is for 100, the sixth for 11.
    assert [languages["ar"].ngettext("{n} event", "{n} events", n) for n in (0, 1, 2, 3, 100, 11)] == [
        f"form {form}" for form in range(6)
    ]


def test_lists_are_joined_as_each_language_joins_them() -> None:
    languages = load_languages(LOCALES)

    assert [languages[code].join(["a", "b", "c"]) for code in ("fi", "sv", "en")] == [
        "a, b ja c",
        "a, b och c",
        "a, b and c",
    ]


PROGRAM = """
import sys
from datetime import date
from pathlib import Path
from babel.dates import format_date
from web.i18n import load_languages

day = date(2026, 12, 3)
for wish in sys.argv[1].split(","):
    if wish == "load":
        languages = load_languages(Path("locales"))
    else:
        locale = languages[wish].locale if wish in ("fi", "sv", "en") else wish
        print(wish, format_date(day, "LLLL cccc", locale=locale))
"""


@pytest.mark.parametrize(
    "order", ["zh,load,fi,sv,en", "zh,load,en,sv,fi", "load,zh,he,sv,en,fi", "load,sv,zh,fi,ps,en,sv"]
)
def test_month_names_stay_their_own_whatever_was_formatted_before(order: str) -> None:
    """python-babel/babel#1234: after Chinese, Swedish months came out in Chinese."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, order], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    )

    lines = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert {code: lines[code] for code in ("fi", "sv", "en", "zh")} == {
        "fi": "joulukuu torstai",
        "sv": "december torsdag",
        "en": "December Thursday",
        "zh": "十二月 星期四",
    }


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("# Yhdessä: public, ru.\n# Reviewed by a native reader: not yet.\n", ""),
        ("# Yhdessä: public, ru.\n# Reviewed by a native reader: 2027-02-01.\n", "2027-02-01"),
        ("# Yhdessä: public, ru.\n", ""),
        ("", ""),
    ],
)
def test_a_catalogue_says_when_a_native_reader_has_read_it(tmp_path: Path, head: str, said: str) -> None:
    catalogue = tmp_path / "public.po"
    catalogue.write_text(head + 'msgid ""\nmsgstr ""\n', "utf-8")

    assert reviewed(catalogue) == said
