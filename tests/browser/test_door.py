"""Coming in and going out: nothing is shown before, and nothing can be called back afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import NARROW, Desk
from tests.browser.served import Served
from tests.browser.watched import Watch, nameless, too_wide, unlabelled

if TYPE_CHECKING:
    from playwright.sync_api import Page

expect = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed").expect


def signs_in(page: Page, demo: Served) -> None:
    page.get_by_label("Account").fill(demo.account)
    page.get_by_label("Password").fill(demo.password)
    page.get_by_role("button", name="Sign in").click()


def test_signing_in_and_out(opens: Desk, demo: Served) -> None:
    page = opens()
    page.goto(demo.address)
    assert page.url == f"{demo.address}sign-in/"
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_role("navigation")).to_have_count(0)
    signs_in(page, demo)
    assert page.url == demo.address
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")
    expect(page.get_by_role("link", name="Today")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Incidents").first.click()
    expect(page.get_by_role("link", name="Incidents").first).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    for _ in range(2):  # what was seen is not called back
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        assert "INC-" not in page.content()


def test_one_comes_to_the_page_that_was_asked_for(opens: Desk, demo: Served) -> None:
    page = opens()
    page.goto(f"{demo.address}incidents/?kind=shelling")
    signs_in(page, demo)
    assert page.url == f"{demo.address}incidents/?kind=shelling"


def test_a_wrong_password(opens: Desk, demo: Served, watch: Watch) -> None:
    watch.expects(403, "/sign-in/")
    page = opens()
    page.goto(demo.address)
    page.get_by_label("Account").fill(demo.account)
    page.get_by_label("Password").fill("a quiet day in june")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    assert "a quiet day in june" not in page.content()
    expect(page.get_by_role("navigation")).to_have_count(0)


def test_the_door_on_a_small_screen(opens: Desk, demo: Served) -> None:
    page = opens(width=NARROW, java_script_enabled=False)
    page.goto(demo.address)
    assert (too_wide(page), nameless(page), unlabelled(page)) == ("", [], [])
    signs_in(page, demo)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")


def test_what_a_browser_keeps(opens: Desk, demo: Served) -> None:
    """Two cookies that no script reads and no other place is sent, gone when the browser is closed."""
    page = opens()
    page.goto(demo.address)
    signs_in(page, demo)
    assert {cookie["name"] for cookie in page.context.cookies()} == {"merestone", "merestone-form"}
    for cookie in page.context.cookies():
        assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"], cookie["domain"]) == (True, "Strict", -1, "127.0.0.1")
    assert page.evaluate("() => [document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
