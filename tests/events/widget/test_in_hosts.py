"""Somebody else's page shows the list, in a real browser and from another origin, whatever that page is like."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Frame, Page, expect

from tests.events.widget.hosts import Hosts, somebody_elses_site
from tests.events.widget.test_widget_script import RELEASED, integrity
from tests.ports import kept_port

pytestmark = pytest.mark.browser

STRICT = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:;"
    " script-src {site}; connect-src {site}; style-src 'self' {site}"
)
HOSTILE = """
html { font-size: 62.5%; }
body * { font-size: 40px !important; color: red !important; background: red !important; text-transform: uppercase;
  line-height: .5; visibility: hidden !important; direction: ltr; }
main > * { display: none !important; }
h2, h3, a, p, ul, li, section { display: none !important; }
.widget, .event, .title { opacity: 0 !important; }
"""
ARABIC = ["سباحة للنساء", "مقهى العائلات", "مساعدة رقمية بلغتك", "أغاني عيد الميلاد بلغات متعددة", "احتفال عيد الفطر"]


@pytest.fixture(scope="module")
def hosts() -> Iterator[Hosts]:
    """Somebody else's site."""
    with somebody_elses_site() as site:
        yield site


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complained of; nothing at the end of the test, unless the test cleared it."""
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        heard.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


def three_lines(page: Page, address: str, path: str, name: str = "snippet-script") -> str:
    """What an editor copies out of the builder."""
    page.goto(address + path)
    return page.locator(f"#{name}").input_value()


def lines(address: str, attributes: str, *, script: str = "widget.js", loading: str = "async") -> str:
    """Three lines as they may be written by hand."""
    return (
        f'<script src="{address}/{script}" {loading}></script>\n<yhdessa-events {attributes}>\n'
        f'<a href="{address}/fi/events">Kaikki tapahtumat</a></yhdessa-events>'
    )


def titles(page: Page | Frame, within: str = "yhdessa-events") -> list[str]:
    """The titles that can be seen, once the list is there."""
    expect(page.locator(f"{within} .more").first).to_be_visible()
    return [text.strip() for text in page.locator(f"{within} .title a").all_inner_texts()]


def violations(page: Page, *, but: str = "") -> list[str]:
    """What the accessibility checker finds on the whole page, the list included; one rule may be left out."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"] if each["id"] != but]


@pytest.mark.parametrize("path", ["/ar/widget/builder?in_language=ar", "/fi/widget/builder?in_language=ar&lang=ar"])
@pytest.mark.parametrize("name", ["snippet-script", "snippet-released"])
def test_the_pasted_lines_show_the_list_in_arabic(
    page: Page, complaints: list[str], address: str, hosts: Hosts, path: str, name: str
) -> None:
    copied = three_lines(page, address, path, name)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(hosts.page("arabic", copied, policy=STRICT.format(site=address)))

    assert titles(page)[:5] == ARABIC
    section = page.locator("yhdessa-events section")
    assert (section.get_attribute("lang"), section.get_attribute("dir")) == ("ar", "rtl")
    assert section.evaluate("node => getComputedStyle(node).direction") == "rtl"
    ours = [url.removeprefix(address) for url in asked if url.startswith(address)]
    assert (len(ours), ours[1]) == (2, "/ar/widget?in_language=ar")
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("lang", "direction"), [("fi", "ltr"), ("ar", "rtl")])
def test_it_fits_into_pages_of_either_direction_light_or_dark(
    page: Page, complaints: list[str], address: str, hosts: Hosts, width: int, scheme: Any, lang: str, direction: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    style = ":root { color-scheme: light dark } body { margin: 0 }"

    body = lines(address, 'limit="6"')
    page.goto(hosts.page("plain", body, attributes=f'lang="{lang}" dir="{direction}"', style=style))

    assert len(titles(page)) == 6
    section = page.locator("yhdessa-events section")
    assert section.get_attribute("lang") == lang
    assert page.evaluate("document.documentElement.scrollWidth") == width
    ground = {"light": "rgb(255, 253, 248)", "dark": "rgb(35, 32, 27)"}[scheme]
    assert section.evaluate("node => getComputedStyle(node).backgroundColor") == ground
    assert violations(page) == []
    small = page.locator("yhdessa-events section a").evaluate_all(
        "links => links.filter(link => link.getBoundingClientRect().height < 44).map(link => link.textContent)"
    )
    assert small == []


def test_a_page_that_knows_no_dark_gets_a_light_list(page: Page, address: str, hosts: Hosts) -> None:
    page.emulate_media(color_scheme="dark")

    page.goto(hosts.page("light", lines(address, "")))

    titles(page)
    section = page.locator("yhdessa-events section")
    assert section.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(255, 253, 248)"


def test_a_hostile_style_sheet_cannot_reach_it(page: Page, complaints: list[str], address: str, hosts: Hosts) -> None:
    page.goto(hosts.page("hostile", lines(address, 'limit="3"'), style=HOSTILE))

    assert len(titles(page)) == 3
    first = page.locator("yhdessa-events .title a").first
    seen = first.evaluate(
        "link => { const style = getComputedStyle(link);"
        " return [style.fontSize, style.color, style.textTransform, style.visibility] }"
    )
    assert seen == ["16px", "rgb(15, 74, 56)", "none", "visible"]
    expect(first).to_be_visible()


def test_the_page_may_dress_it_by_properties_and_parts(page: Page, address: str, hosts: Hosts) -> None:
    style = (
        "yhdessa-events { --yhdessa-background: #ffffff; --yhdessa-link: #660066; --yhdessa-font: monospace }"
        " yhdessa-events::part(heading) { font-size: 33px } yhdessa-events::part(status-cancelled) { color: #ffffff }"
    )

    page.goto(hosts.page("dressed", lines(address, 'background="#eeeeee"'), style=style))

    titles(page)
    seen = page.locator("yhdessa-events section").evaluate(
        "section => [getComputedStyle(section).backgroundColor, getComputedStyle(section).fontFamily,"
        " getComputedStyle(section.querySelector('a')).color, getComputedStyle(section.querySelector('h2')).fontSize]"
    )
    assert seen == ["rgb(255, 255, 255)", "monospace", "rgb(102, 0, 102)", "33px"]


def test_two_lists_on_one_page_keep_their_own_ways(
    page: Page, complaints: list[str], address: str, hosts: Hosts
) -> None:
    body = lines(address, 'id="one" lang="ar" query="in_language=ar&amp;limit=2"') + lines(
        address, 'id="two" lang="sv" free="1" limit="2" heading-level="3" layout="compact"'
    )

    page.goto(hosts.page("two", body, policy=STRICT.format(site=address)))

    assert (len(titles(page, "#one")), len(titles(page, "#two"))) == (2, 2)
    assert [page.locator(f"{one} section").get_attribute("lang") for one in ("#one", "#two")] == ["ar", "sv"]
    assert page.locator("#two h3").inner_text() == "Evenemang och hobbyer · Gratis"
    assert violations(page) == []


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.name)
@pytest.mark.parametrize("layout", ["list", "compact"])
def test_every_release_still_shows_the_page_of_today(
    page: Page, complaints: list[str], address: str, hosts: Hosts, path: Path, layout: str
) -> None:
    loading = f'async crossorigin="anonymous" integrity="{integrity(path.read_bytes())}"'
    body = lines(address, f'lang="sv" limit="4" layout="{layout}" link="123456"', script=path.name, loading=loading)

    page.goto(hosts.page("pinned", body, policy=STRICT.format(site=address)))

    assert len(titles(page)) == 4
    assert page.locator("yhdessa-events section time").count() == 4
    assert page.locator("yhdessa-events .title a").first.get_attribute("href").startswith(f"{address}/sv/events/")
    colour = page.locator("yhdessa-events section a").first.evaluate("link => getComputedStyle(link).color")
    assert colour == "rgb(18, 52, 86)"


@pytest.mark.parametrize("loading", ["", "defer", "async", 'type="module"', 'type="module" async'])
def test_it_finds_its_own_server_however_it_is_loaded(
    page: Page, complaints: list[str], address: str, hosts: Hosts, loading: str
) -> None:
    page.goto(hosts.page("loading", lines(address, 'limit="2"', loading=loading)))

    assert len(titles(page)) == 2


def test_as_a_module_of_a_bundle_the_link_inside_says_where_it_comes_from(
    page: Page, complaints: list[str], address: str, hosts: Hosts
) -> None:
    hosts.script("bundle.mjs", f'import "{address}/widget.js";')
    body = lines(address, 'limit="2"').partition("\n")[2]

    page.goto(hosts.page("bundled", f'<script type="module" src="/bundle.mjs"></script>{body}'))

    assert len(titles(page)) == 2


def test_where_the_script_is_blocked_the_link_stays(page: Page, address: str, hosts: Hosts) -> None:
    page.goto(hosts.page("blocked", lines(address, ""), policy="default-src 'none'; style-src 'self'"))

    expect(page.get_by_role("link", name="Kaikki tapahtumat")).to_be_visible()


def test_without_script_the_link_stays(browser: Any, address: str, hosts: Hosts) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(hosts.page("scriptless", lines(address, "")))

    assert page.locator("yhdessa-events a").get_attribute("href") == f"{address}/fi/events"
    assert page.locator("yhdessa-events a").is_visible()
    context.close()


def test_while_the_server_is_stopped_the_link_stays(page: Page, hosts: Hosts) -> None:
    with kept_port() as nobodys:
        stopped = f"http://127.0.0.1:{nobodys}"
        with page.expect_event("requestfailed", lambda one: one.url == f"{stopped}/widget.js"):
            page.goto(hosts.page("stopped", lines(stopped, "")))

        expect(page.get_by_role("link", name="Kaikki tapahtumat")).to_be_visible()


@pytest.mark.parametrize(
    "answer", [{"status": 500, "body": "no"}, {"status": 200, "body": "<p>a proxy's page</p>"}, None]
)
def test_while_the_list_does_not_come_the_link_stays(
    page: Page, address: str, hosts: Hosts, answer: dict[str, Any] | None
) -> None:
    allowed = {"headers": {"Access-Control-Allow-Origin": "*"}}
    page.route("**/widget?*", lambda route: route.fulfill(**answer, **allowed) if answer else route.abort())

    with page.expect_event("requestfinished" if answer else "requestfailed", lambda one: "/widget?" in one.url):
        page.goto(hosts.page("failing", lines(address, "")))

    page.wait_for_timeout(100)
    expect(page.get_by_role("link", name="Kaikki tapahtumat")).to_be_visible()
    expect(page.locator("yhdessa-events")).to_have_text("Kaikki tapahtumat")


def test_an_answer_that_is_not_ours_can_bring_nothing_but_text(page: Page, address: str, hosts: Hosts) -> None:
    evil = (
        "<style>p{color:red}</style><section data-sheet='/x.css' onclick='window.hit=1'><script>window.hit=2</script>"
        "<img src=x onerror='window.hit=3'><iframe srcdoc='x'></iframe>"
        "<p class='more' onmouseover='window.hit=4'>left</p>"
        "<svg onload='window.hit=5'><a href='javascript:window.hit=6'><text>x</text></a></svg>"
        "<a href='javascript:window.hit=7' style='position:fixed'>link</a></section>"
    )
    headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/html"}
    page.route("**/widget?*", lambda route: route.fulfill(body=evil, headers=headers))

    page.goto(hosts.page("evil", lines(address, "")))

    expect(page.locator("yhdessa-events .more")).to_have_text("left")
    page.locator("yhdessa-events section p").hover()
    page.locator("yhdessa-events section").click()
    markup = page.locator("yhdessa-events").evaluate("host => host.shadowRoot.innerHTML")
    assert markup == '<section><p class="more">left</p><a>link</a></section>'
    assert page.evaluate("window.hit") is None


def test_it_follows_its_attributes_with_one_question_a_change(page: Page, address: str, hosts: Hosts) -> None:
    page.goto(hosts.page("changing", lines(address, 'limit="2"')))
    titles(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))

    page.evaluate("() => { const host = document.querySelector('yhdessa-events');"
                  " host.className = 'x'; host.lang = 'en'; host.setAttribute('in_language', 'ar'); }")  # fmt: skip
    expect(page.locator("yhdessa-events h2")).to_have_text("Events and hobbies · Arabic")

    assert asked == ["/en/widget?in_language=ar&limit=2"]
    page.route("**/widget?*", lambda route: route.abort())
    page.evaluate("document.querySelector('yhdessa-events').setAttribute('in_language', 'ru')")
    expect(page.get_by_role("link", name="Kaikki tapahtumat")).to_be_visible()
    page.unroute("**/widget?*")
    page.evaluate("document.querySelector('yhdessa-events').setAttribute('in_language', 'uk')")
    expect(page.locator("yhdessa-events h2")).to_have_text("Events and hobbies · Ukrainian")


def test_it_leaves_no_cookie_no_storage_and_no_focus(page: Page, address: str, hosts: Hosts) -> None:
    frame = three_lines(page, address, "/fi/widget/builder?in_language=ar", "snippet-frame").partition("\n")[0]
    page.goto(hosts.page("clean", lines(address, "") + frame))

    titles(page)
    expect(page.frame_locator("iframe").locator(".more")).to_be_visible()
    kept = "[document.cookie, localStorage.length, sessionStorage.length, document.activeElement.tagName]"
    assert page.evaluate(kept) == ["", 0, 0, "BODY"]
    assert page.frames[1].evaluate("[document.cookie, document.activeElement.tagName]") == ["", "BODY"]
    assert page.context.cookies() == []
    assert page.evaluate("async () => (await indexedDB.databases()).length + (await caches.keys()).length") == 0


def test_a_frame_is_as_high_as_its_list_and_listens_to_nobody_else(
    page: Page, complaints: list[str], address: str, hosts: Hosts
) -> None:
    copied = three_lines(page, address, "/ar/widget/builder?in_language=ar&limit=3", "snippet-frame")
    frame, script = copied.split("\n", 1)
    listener = hosts.script("listen.js", re.sub("</?script>", "", script))
    body = f'{frame}<iframe id="other" srcdoc="x" title="x" height="300"></iframe><script src="{listener}"></script>'
    policy = f"default-src 'none'; frame-src {address}; script-src 'self'; style-src 'self'; img-src data:"

    page.goto(hosts.page("framed", body, policy=policy))

    inside = page.frame_locator("iframe").first
    expect(inside.locator(".title a").first).to_have_text(ARABIC[0])
    inner = page.frames[1].evaluate("Math.ceil(document.querySelector('main').getBoundingClientRect().height)")
    expect(page.locator("iframe").first).to_have_attribute("height", str(inner))
    assert page.frames[1].evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    page.evaluate("postMessage({type: 'yhdessa-height', height: 5000}, '*')")
    page.frames[2].evaluate("parent.postMessage({type: 'yhdessa-height', height: 5000}, '*')")
    page.frames[1].evaluate("parent.postMessage({type: 'yhdessa-height', height: 'x'}, '*')")
    page.wait_for_timeout(100)
    assert [one.get_attribute("height") for one in page.locator("iframe").all()] == [str(inner), "300"]
    assert violations(page) == []


def test_a_page_that_begins_to_listen_late_still_learns_the_height(page: Page, address: str, hosts: Hosts) -> None:
    copied = three_lines(page, address, "/fi/widget/builder?in_language=ar&limit=3", "snippet-frame")
    frame, script = copied.split("\n", 1)
    page.goto(hosts.page("late", frame))
    expect(page.frame_locator("iframe").locator(".title a").first).to_be_visible()

    page.evaluate(re.sub("</?script>", "", script))

    inner = page.frames[1].evaluate("Math.ceil(document.querySelector('main').getBoundingClientRect().height)")
    expect(page.locator("iframe")).to_have_attribute("height", str(inner))


@pytest.mark.parametrize("path", ["/", "/fi/", "/fi/events", "/fi/widget/builder", "/fi/organisations", "/nowhere"])
def test_every_other_page_refuses_to_be_framed(page: Page, address: str, hosts: Hosts, path: str) -> None:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))

    page.goto(hosts.page("thief", f'<iframe src="{address}{path}" title="x"></iframe>'))

    assert [text for text in heard if "frame-ancestors 'none'" in text] != []
    expect(page.frame_locator("iframe").locator("link[href^='/static/']")).to_have_count(0)


def test_links_open_the_calendar_in_the_same_tab_out_of_a_frame_too(page: Page, address: str, hosts: Hosts) -> None:
    page.goto(hosts.page("leaving", f'<iframe src="{address}/fi/widget?in_language=ar" title="x"></iframe>'))

    page.frame_locator("iframe").locator(".more a").click()

    expect(page).to_have_url(f"{address}/fi/events?in_language=ar")


@pytest.mark.parametrize("code", ["fi", "ar", "uk", "selko"])
def test_the_page_weighs_at_most_eight_kilobytes_in_two_requests(page: Page, address: str, code: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    answer = page.goto(f"{address}/{code}/widget?frame=1")

    assert answer is not None
    assert (answer.headers["content-encoding"], len(asked) <= 2) == ("gzip", True)
    script = page.request.get(asked[1]).headers["content-length"]
    assert int(answer.headers["content-length"]) + int(script) <= 8000
    # Its heading fits below those of the page around it.
    assert violations(page, but="page-has-heading-one") == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("code", ["fi", "ar"])
def test_the_builder_shows_each_change_at_once(visit: Page, address: str, width: int, code: str) -> None:
    visit.set_viewport_size({"width": width, "height": 900})
    visit.goto(f"{address}/{code}/widget/builder")

    visit.get_by_role("checkbox", name=re.compile("العربية")).first.check()
    visit.locator("input[name=layout][value=compact]").check()

    expect(visit).to_have_url(f"{address}/{code}/widget/builder?in_language=ar&layout=compact")
    for frame in visit.locator(".previews iframe").all():
        expect(frame).to_have_attribute("src", f"/{code}/widget?in_language=ar&layout=compact&frame=1")
    expect(visit.locator("#snippet-script")).to_have_value(
        re.compile(f'lang="{code}" in_language="ar" layout="compact"')
    )
    expect(visit.frame_locator(".preview-phone iframe").locator(".event").first).to_be_visible()
    assert visit.evaluate("document.documentElement.scrollWidth") == width
    assert violations(visit) == []


def test_the_builder_works_without_script(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/fi/widget/builder")

    page.get_by_role("checkbox", name=re.compile("русский")).first.check()
    page.locator("#heading").fill("По-русски")
    page.get_by_role("button", name="Näytä tapahtumat").click()

    expect(page).to_have_url(re.compile("in_language=ru"))
    assert page.frame_locator(".preview-phone iframe").locator("h2").inner_text() == "По-русски"
    context.close()
