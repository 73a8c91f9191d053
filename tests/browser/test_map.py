"""Finding an incident on the map: marks, list and timeline say the same, with the mouse, with the keyboard, and without WebGL or a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import NARROW, Desk
from tests.browser.served import Served
from tests.browser.watched import Watch, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Page

expect = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed").expect

READY = "#map.live"  # the map is drawn and can be used
SLOWLY = 30_000  # milliseconds: the map is drawn by the processor here


@pytest.fixture
def chart(desk: Page, demo: Served) -> Page:
    desk.goto(f"{demo.address}map/")
    desk.locator(READY).wait_for(timeout=SLOWLY)
    return desk


def listed(page: Page) -> list[str]:
    """Numbers of the incidents that the list shows."""
    return [str(each.get_attribute("data-group")) for each in page.locator(".hits [data-group]:visible").all()]


def told(page: Page) -> tuple[str, int, int]:
    """What the timeline says, and how many incidents of how many it counts."""
    words = page.locator(".times output").inner_text()
    found = re.search(r"(\d+) of (\d+) incidents", words)
    assert found, words
    return words, int(found[1]), int(found[2])


def test_an_incident_is_found_by_its_mark(chart: Page) -> None:
    expect(chart.locator(".still")).to_be_hidden()
    chart.keyboard.press("Home")
    mark = chart.locator(".spot:not(.many)").first
    name = mark.get_attribute("aria-label") or mark.inner_text()
    assert name.strip()
    mark.focus()
    chart.keyboard.press("Enter")
    popup = chart.locator(".told-here")
    expect(popup).to_be_visible()
    link = popup.get_by_role("link").first
    href = link.get_attribute("href") or ""
    assert chart.locator(".hits .chosen").count() >= 1
    link.click()
    chart.wait_for_url(f"**{href}")
    expect(chart.get_by_role("heading", level=1)).to_be_visible()
    assert "cannot be shown" not in chart.get_by_role("heading", level=1).inner_text()


def test_an_incident_is_found_in_the_list(chart: Page) -> None:
    entry = chart.locator(".hits .main [data-group]:visible").first
    number = str(entry.get_attribute("data-group"))
    entry.hover()
    expect(chart.locator(".spot.lit").first).to_be_visible()
    entry.get_by_role("link").click()
    chart.wait_for_url(f"**/{number}/")
    expect(chart.locator("main")).to_contain_text(number)


def test_the_handles_of_the_timeline_narrow_the_list_by_the_keyboard(chart: Page) -> None:
    words, held, all_of_them = told(chart)
    assert held + int((re.search(r"(\d+) undated", words) or [0, 0])[1]) == all_of_them
    whole, spots = listed(chart), chart.locator(".spot").count()
    since, until = chart.get_by_label("From", exact=True).last, chart.get_by_label("To", exact=True).last
    since.focus()
    for _ in range(3):
        chart.keyboard.press("ArrowRight")
    narrowed, now, _ = told(chart)
    assert narrowed != words
    assert 0 < now < held
    fewer = listed(chart)
    assert set(fewer) < set(whole)
    assert "from=2031-05-" in chart.url
    assert re.search(r"\d+ May 2031", since.get_attribute("aria-valuetext") or "")
    until.focus()
    chart.keyboard.press("ArrowLeft")
    assert set(listed(chart)) <= set(fewer)
    assert "to=2031-05-" in chart.url
    assert chart.locator(".spot").count() <= spots
    shown = chart.url
    chart.get_by_role("button", name="All time").click()
    assert told(chart)[:2] == (words, held)
    assert listed(chart) == whole
    chart.goto(shown)  # the address is of what was seen
    chart.locator(READY).wait_for(timeout=SLOWLY)
    assert set(listed(chart)) <= set(fewer)
    assert told(chart)[1] <= now


def test_the_same_days_without_a_script(chart: Page, opens: Desk, ticket: str, demo: Served) -> None:
    """A list that the program made for an address is the list that a script makes."""
    address = f"{demo.address}map/?from=2031-05-17&to=2031-05-18"
    chart.goto(address)
    chart.locator(READY).wait_for(timeout=SLOWLY)
    plain = opens(ticket, java_script_enabled=False)
    plain.goto(address)
    assert sorted(listed(plain)) == sorted(listed(chart))
    assert listed(plain)
    assert told(plain)[1:] == told(chart)[1:]
    expect(plain.locator(".still svg").first).to_be_visible()
    plain.get_by_label("From", exact=True).first.fill("2031-05-19")
    plain.get_by_label("To", exact=True).first.fill("2031-05-20")
    plain.get_by_role("button", name="Show").click()
    assert "from=2031-05-19&to=2031-05-20" in plain.url
    assert listed(plain) != listed(chart)


def test_without_webgl_the_picture_stays(opens: Desk, ticket: str, demo: Served, watch: Watch) -> None:
    page = opens(ticket)
    page.add_init_script("HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, "
                         "{ apply: (asked, canvas, [kind, ...more]) => (kind.startsWith('webgl') ? null : Reflect.apply(asked, canvas, [kind, ...more])) })")  # fmt: skip
    page.goto(f"{demo.address}map/")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".still svg").first).to_be_visible()
    expect(page.locator(READY)).to_have_count(0)
    before = listed(page)
    page.get_by_label("From", exact=True).last.focus()
    page.keyboard.press("ArrowRight")
    assert len(listed(page)) < len(before)
    said = [each for each in watch.seen if "The map is shown as a picture" in each]
    watch.seen[:] = [each for each in watch.seen if each not in said]


def test_on_a_small_screen(opens: Desk, ticket: str, demo: Served) -> None:
    page = opens(ticket, NARROW, 800, has_touch=True)
    page.goto(f"{demo.address}map/")
    page.locator(READY).wait_for(timeout=SLOWLY)
    assert too_wide(page) == ""
    mark = page.locator(".spot:not(.many)").first
    mark.scroll_into_view_if_needed()
    size = mark.bounding_box()
    assert size
    assert min(size["width"], size["height"]) >= 20  # a finger finds it
    mark.dispatch_event("click")
    expect(page.locator(".told-here")).to_be_visible()
    assert too_wide(page) == ""


@pytest.mark.parametrize("zoomed", [False, True])
def test_nothing_stands_in_the_list_that_the_map_does_not_show(chart: Page, zoomed: bool) -> None:
    """What lies outside the view is counted, not lost."""
    whole = listed(chart)
    if zoomed:
        for _ in range(4):
            chart.get_by_role("button", name="Zoom in").click()
        chart.wait_for_timeout(1500)
        more = chart.locator(".everything")
        expect(more).to_be_visible()
        away = int((re.search(r"\d+", more.inner_text()) or ["0"])[0])
        assert len(listed(chart)) + away == len(whole)
        more.click()
        expect(more).to_be_hidden(timeout=SLOWLY)
    assert sorted(listed(chart)) == sorted(whole)
