"""What people come for: both versions of one incident, a number followed to its words, the same list as a file, the ledger verified."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import NARROW, Desk
from tests.browser.served import Served
from tests.browser.watched import too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

expect = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed").expect

PARTIES = ("Orsay", "Veldar")  # in the order of their codes


def on_one_line(words: str) -> str:
    return " ".join(words.split())


def shown(page: Page, mark: Locator) -> bool:
    """Whether words can be seen where the window and what holds them are now: not outside, not under the bar."""
    told: bool = mark.evaluate(
        """(each) => {
        const [box] = each.getClientRects(), x = box.left + Math.min(box.width / 2, 20), y = box.top + box.height / 2;
        const top = document.elementFromPoint(x, y);
        return Boolean(top) && (each.contains(top) || top.contains(each));
    }"""
    )
    return told


@pytest.fixture
def incident(desk: Page, demo: Served) -> Page:
    """The one on which somebody decided in the demonstration; both parties speak of it."""
    desk.goto(f"{demo.address}incidents/?state=decided")
    expect(desk.locator(".shown strong")).to_have_text("1")
    desk.locator(".incidents th.what a").click()
    desk.wait_for_url("**/incidents/INC-*/")
    return desk


def test_both_versions_are_read_side_by_side(incident: Page) -> None:
    sides = incident.locator(".versions > .side")
    names = [on_one_line(each) for each in sides.locator("h3 bdi").all_inner_texts()]
    assert tuple(names[:2]) == PARTIES
    boxes = [sides.nth(number).bounding_box() for number in range(2)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]  # beside, not below
    assert boxes[0]["y"] == boxes[1]["y"]
    assert abs(boxes[0]["width"] - boxes[1]["width"]) < 2  # neither has more room
    for number in range(2):
        quotes = sides.nth(number).locator("blockquote mark")
        assert quotes.count() >= 1
        assert all(len(on_one_line(each)) > 20 for each in quotes.all_inner_texts() if each)
    said = [set(each.locator(".stance").all_inner_texts()) for each in sides.all()[:2]]
    assert all(said)
    expect(incident.get_by_role("heading", name="What is contested")).to_be_visible()


def test_why_it_was_linked_and_why_it_has_this_grade(incident: Page) -> None:
    why = incident.locator(".why")
    grade = why.locator(".grade").inner_text()
    expect(why.get_by_role("heading", name=f"Why “{grade}”")).to_be_visible()
    assert why.locator(".reasons li").count() >= 2
    assert why.locator(".reasons a.ref").count() >= 2
    links = incident.locator("details.why")
    assert links.locator("table").first.is_hidden()
    links.locator("summary").click()
    expect(links.locator("table").first).to_be_visible()
    levels = links.locator("table", has=incident.locator("th.num"))
    told = [each.locator("tbody th").all_inner_texts() for each in levels.all()]
    assert told.count(["judgement"]) == 1  # what a person judged has one level, and so has the copy of a text
    assert all(len(each) >= 3 for each in told if each not in (["judgement"], ["wording"]))  # what was compared has more
    assert "blame" not in " ".join(levels.locator("tbody th").all_inner_texts()).lower()
    expect(incident.locator("#history").locator("..")).to_contain_text("Decided: adopted")


@pytest.mark.parametrize("side", [0, 1])
def test_a_number_is_followed_to_its_words(incident: Page, side: int) -> None:
    version = incident.locator(".versions > .side").nth(side).locator("li.version").first
    quote = on_one_line(version.locator("mark").inner_text())
    number = version.locator(".leads a.ref")
    claim = (number.get_attribute("href") or "").partition("#")[2]
    number.click()
    incident.wait_for_url(f"**/exhibits/EXH-*/#{claim}")
    lit = incident.locator(f'.given mark[data-of="{claim}"]')
    assert on_one_line("".join(each.text_content() or "" for each in lit.all())) == quote
    expect(lit.first).to_be_in_viewport()
    assert shown(incident, lit.first)
    plain, marked = (
        incident.evaluate("(of) => getComputedStyle(document.querySelector(of)).backgroundColor", of) for of in ("body", f"#{claim}")
    )
    assert plain != marked
    beside_its_original(incident, claim)


def beside_its_original(page: Page, claim: str) -> None:
    text, original = page.locator("#text").bounding_box(), page.locator("#original").bounding_box()
    assert text
    assert original
    assert text["x"] + text["width"] <= original["x"]
    assert max(text["y"], original["y"]) < 900  # both within the window's height, one beside the other
    there = page.locator(f'#original [data-of="{claim}"]').first
    expect(there).to_be_in_viewport()
    assert "here" in (there.get_attribute("class") or "")


def test_words_of_a_printed_page_are_lit_on_its_picture(desk: Page, demo: Served) -> None:
    desk.goto(f"{demo.address}exhibits/")
    row = desk.locator(".stock tbody tr", has=desk.locator("td", has_text=re.compile("^PDF"))).filter(has=desk.locator(".many")).first
    row.get_by_role("link").click()
    picture = desk.locator(".sheet img").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("(each) => each.naturalWidth") > 300
    mark = desk.locator(".sheet svg a").first
    claim = str(mark.get_attribute("data-of"))
    box, paper = mark.locator("rect").first.bounding_box(), picture.bounding_box()
    assert box
    assert paper
    assert paper["x"] <= box["x"] < box["x"] + box["width"] <= paper["x"] + paper["width"] + 1
    assert paper["y"] <= box["y"] < box["y"] + box["height"] <= paper["y"] + paper["height"] + 1
    mark.focus()
    desk.keyboard.press("Enter")
    lit = desk.locator(f'.given mark[data-of="{claim}"]').first
    expect(lit).to_be_visible()


def test_an_original_is_saved_and_never_opened(desk: Page, demo: Served) -> None:
    desk.goto(f"{demo.address}exhibits/")
    desk.locator(".stock tbody tr", has=desk.locator("td", has_text=re.compile("^web page"))).first.get_by_role("link").click()
    where = desk.url
    with desk.expect_download() as kept:
        desk.get_by_role("link", name="Save the original").click()
    assert kept.value.suggested_filename.startswith("EXH-")
    assert desk.url == where
    answer = desk.request.get(f"{where}original")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"] or answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "chosen", [{"grade": "corroborated"}, {"party": "OR"}, {"party": "VE", "grade": "reported"}, {"kind": "shelling"}, {}]
)
def test_a_list_is_the_same_as_page_and_as_file(desk: Page, demo: Served, chosen: dict[str, str]) -> None:
    desk.goto(f"{demo.address}incidents/")
    whole = int(desk.locator(".shown strong").inner_text())
    for name, value in chosen.items():
        desk.locator(f"form.filter select[name={name}]").select_option(value)
    desk.get_by_role("button", name="Show").click()
    desk.wait_for_load_state()
    for name, value in chosen.items():
        assert f"{name}={value}" in desk.url
        expect(desk.locator(f"form.filter select[name={name}]")).to_have_value(value)
    found = int(desk.locator(".shown strong").first.inner_text())
    assert 0 < found < whole or (not chosen and found == whole)
    listed = {str(each.get_attribute("href")).split("/")[2] for each in desk.locator(".incidents th.what a").all()}
    assert len(listed) == found
    assert incidents_in(desk, "CSV") == listed
    assert incidents_in(desk, "GeoJSON") == listed


def incidents_in(page: Page, form: str) -> set[str]:
    """Of the file that lies behind the link on the page."""
    link = page.locator(".take").get_by_role("link", name=form, exact=True)
    answer = page.request.get(page.evaluate("(href) => new URL(href, location.href).href", link.get_attribute("href")))
    assert answer.status == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    if form == "CSV":
        rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))
        assert rows
        return {row["incident"] for row in rows}
    told: dict[str, Any] = json.loads(answer.body())
    return {feature["properties"]["incident"] for feature in told["features"]}


def test_the_ledger_is_verified_and_an_entry_proven(desk: Page, demo: Served) -> None:
    desk.goto(f"{demo.address}audit/")
    entries = desk.locator(".glance dd.big").inner_text()
    desk.get_by_role("button", name="Verify now").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("The record holds", timeout=60_000)
    expect(desk.locator(".lead")).to_contain_text(f"{entries} entries")
    steps = desk.locator(".steps li")
    assert steps.count() >= 12
    assert [each for each in steps.locator(".mark").all_inner_texts() if each.strip() not in ("checked", "not checked")] == []
    expect(desk.locator("main")).to_contain_text("not compared with a key from elsewhere")
    desk.get_by_role("link", name="Audit").first.click()
    desk.get_by_role("link", name="Look through the entries").click()
    rows = desk.locator(".entries td.at a")
    last = int(rows.first.inner_text())
    assert last + 1 == int(entries.replace(",", ""))
    rows.nth(3).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(f"Entry {last - 3}")
    expect(desk.get_by_role("heading", name="It stands in the ledger")).to_contain_text("checked just now")
    steps_up = desk.locator(".climb tbody tr")
    assert steps_up.count() >= 3
    expect(steps_up.last).to_contain_text("what the mission signed")
    desk.goto(f"{demo.address}audit/")
    root = desk.locator(".glance .digest").first.inner_text()
    desk.go_back()
    assert steps_up.last.locator(".hash").get_attribute("title") == root


def test_the_same_walk_on_a_small_screen_without_a_script(opens: Desk, ticket: str, demo: Served) -> None:
    page = opens(ticket, NARROW, 800, java_script_enabled=False)
    page.goto(f"{demo.address}incidents/?state=decided")
    page.locator(".incidents th.what a").click()
    expect(page.locator(".versions > .side").nth(1)).to_be_visible()
    assert too_wide(page) == ""
    number = page.locator(".versions > .side").first.locator("li.version").first.locator(".leads a.ref")
    claim = (number.get_attribute("href") or "").partition("#")[2]
    number.click()
    expect(page.locator(f'.given mark[data-of="{claim}"]').first).to_be_in_viewport()
    assert too_wide(page) == ""
    page.goto(f"{demo.address}audit/")
    page.get_by_role("button", name="Verify now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The record holds", timeout=60_000)
    assert too_wide(page) == ""
