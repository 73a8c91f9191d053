"""A person's browser: Debian's Chromium, signed in at the demonstration, watched for all that a page of ours must not do.

The browser lives as long as one file of tests: while Playwright runs, no test in this process may ask Django for anything.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from merestone.cli.demo import Built
from tests.browser.served import Served, Visitor, serving
from tests.browser.watched import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = (
    "no-sandbox",
    "use-angle=swiftshader",
    "enable-unsafe-swiftshader",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
)
WIDE, NARROW = 1280, 390
PATIENCE = 20_000  # milliseconds that a page may take; slow machines draw a map slowly

Desk = Callable[..., "Page"]


@pytest.fixture(scope="session")
def demo(chromium: str, demonstration: tuple[Path, Built], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration, served as a shell serves it; ended as Ctrl-C ends it."""
    folder, (made, told) = tmp_path_factory.mktemp("browser"), demonstration
    shutil.copytree(made, folder / "demo")
    with serving(folder, "-C", folder / "demo" / "mission", "serve", "--port", 0) as served:
        yield replace(served, account=told.account, password=told.password)


@pytest.fixture(scope="session")
def ticket(demo: Served) -> str:
    return ticket_of(demo, demo.account, demo.password)


def ticket_of(served: Served, name: str, password: str) -> str:
    """The cookie of somebody who signed in."""
    visitor = Visitor(served.port)
    assert visitor.signs_in(name, password) == 302
    return visitor.cookie.partition("=")[2]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=[f"--{flag}" for flag in FLAGS])
        yield opened
        opened.close()


@pytest.fixture
def watch(demo: Served) -> Watch:
    return Watch(demo.address)


@pytest.fixture
def opens(browser: Browser, watch: Watch) -> Iterator[Desk]:
    """Windows of a browser; when the test is over, nothing was seen in any of them that must not be."""
    contexts = []

    def opened(cookie: str = "", width: int = WIDE, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        watch.look_at(context)
        if cookie:
            context.add_cookies([{"name": "merestone", "value": cookie, "url": watch.origin}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert watch.seen == []


@pytest.fixture
def desk(opens: Desk, ticket: str) -> Page:
    """Signed in at the demonstration, on a wide window."""
    return opens(ticket)


@pytest.fixture
def files(demo: Served) -> Path:
    """What `demo` made beside its mission."""
    return demo.folder / "demo"
