"""What holds for every page: nothing from elsewhere, nothing said to the console, no wider than the window, whole without a script, open to
the keyboard and to whoever hears the page."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from merestone.web.page import NAVIGATION
from tests.browser.conftest import NARROW, Desk
from tests.browser.served import Served, Visitor
from tests.browser.watched import nameless, pale, too_wide, unlabelled

if TYPE_CHECKING:
    from playwright.sync_api import Page

BAR = tuple(href for href, _ in NAVIGATION)
EXHIBIT = r'href="(/exhibits/EXH-[\w-]+/)"(?:(?!/exhibits/).)*'  # and then the name of its file in the same row
INNER = {
    "the balance": ("", "/audit/balance/"),
    "the ledger": ("", "/audit/ledger/"),
    "an entry": ("", "/audit/ledger/7/"),
    "the language model": ("", "/audit/model/"),
    "an incident": ("/incidents/?state=decided", r'href="(/incidents/INC-[\d-]+/)"'),
    "an exhibit": ("/exhibits/", EXHIBIT + r"\.txt"),
    "an exhibit of mail": ("/exhibits/", EXHIBIT + r"\.eml"),
    "an exhibit in print": ("/exhibits/", EXHIBIT + r"\.pdf"),
    "one in another language": ("/exhibits/", EXHIBIT + r"-hy\."),
}
BETWEEN = (1240, 1000, 780)  # windows between a desk and a phone
TEXTS = (
    "p, a, li, th, td, dt, dd, h1, h2, h3, h4, bdi, span, label, output, summary, caption, button, code, mark, .how, .count, .note, .tag"
)


@pytest.fixture(scope="session")
def address(demo: Served, ticket: str) -> Callable[[str], str]:
    """The whole address behind the name of a page; what has a number is looked up in its list."""
    visitor = Visitor(demo.port, cookie=f"merestone={ticket}")

    @functools.cache
    def looked_up(name: str) -> str:
        if name.startswith("/"):
            return demo.address + name[1:]
        listed, pattern = INNER[name]
        found = re.search(pattern, visitor.get(listed)[1], re.DOTALL) if listed else None
        assert found or not listed, (name, pattern)
        return demo.address + (found[1] if found else pattern)[1:]

    return looked_up


def come(page: Page, place: str) -> None:
    """There, and what its scripts do at the start is done."""
    page.goto(place)
    if "/map/" in place:
        page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("name", [*BAR, *INNER])
def test_a_page_stays_in_its_window_and_speaks_to_everybody(opens: Desk, ticket: str, address: Callable[[str], str], name: str) -> None:
    """To the eye in light and dark, to the ear and to the keyboard; that it asks nothing from elsewhere is seen by `opens`."""
    page = opens(ticket, reduced_motion="reduce")
    come(page, address(name))
    the_keyboard_comes_first_to_the_content(page)
    assert too_wide(page) == ""
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()
    assert " · " in page.title()
    assert page.locator("main").count() == 1
    assert nameless(page) == []
    assert unlabelled(page) == []
    levels = page.evaluate("() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((each) => Number(each.localName[1]))")
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels)), levels
    assert pale(page, TEXTS) == []
    page.emulate_media(color_scheme="dark")
    assert pale(page, TEXTS) == []
    for width in BETWEEN:
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, too_wide(page)) == (width, "")
        hidden = page.evaluate("() => { const bar = document.querySelector('.pages'); return bar.scrollWidth - bar.clientWidth; }")
        assert (width, hidden) == (width, 0)  # no page of the bar is out of sight


def the_keyboard_comes_first_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    first = page.evaluate("() => [document.activeElement.className, document.activeElement.getBoundingClientRect().left >= 0]")
    assert first == ["skip", True]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => !document.querySelector('header').contains(document.activeElement)")


@pytest.mark.parametrize("name", [*BAR, *INNER])
def test_a_page_is_whole_on_a_small_screen_without_a_script(opens: Desk, ticket: str, address: Callable[[str], str], name: str) -> None:
    """What is read with a script can be read without one: each heading of the first stands in the second."""
    with_script, without = opens(ticket, NARROW), opens(ticket, NARROW, java_script_enabled=False)
    come(with_script, address(name))
    come(without, address(name))
    shown = [text for text in with_script.locator("main h1:visible, main h2:visible").all_inner_texts() if text.strip()]
    there = without.locator("main").inner_text()
    assert [text for text in shown if re.split(r"\s\d|\n", text)[0] not in there] == []
    assert (too_wide(with_script), too_wide(without)) == ("", "")
    assert nameless(with_script) == nameless(without) == []


def test_what_is_looked_for_would_be_found(opens: Desk, demo: Served, ticket: str) -> None:
    """A page that is too wide, that has a nameless control and pale words, is seen as one."""
    page = opens(ticket)
    come(page, demo.address)
    page.evaluate(
        """() => {
        const main = document.querySelector("main"), wide = document.createElement("p"), field = document.createElement("input");
        wide.textContent = "a".repeat(400);
        wide.style.overflowWrap = "normal";
        wide.style.color = "rgb(150 150 150)";
        main.append(wide, field, document.createElement("button"));
    }"""
    )
    assert too_wide(page)
    assert len(unlabelled(page)) == 1
    assert any("button" in line for line in nameless(page))
    assert any(each["what"].startswith("p") for each in pale(page, TEXTS))
