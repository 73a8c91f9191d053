"""What is watched while a page is open: messages of its scripts, breaches of its policy, requests, dialogs; and what is asked of any page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, Response

OWN = ("data:", "blob:")
NAMED = "button|link|textbox|combobox|checkbox|radio|slider|searchbox|spinbutton|listbox|img|switch|tab|menuitem"
NAMELESS = re.compile(rf"^\s*- (?:{NAMED})(?: \[[^\]]*\])*(?::.*)?$")  # of lines such as: - link "Today" [cursor=pointer]:


class Watch:
    """Collects what must not be, in words. `expects` is for the answers that a test asks for on purpose."""

    def __init__(self, address: str) -> None:
        self.origin = address.rstrip("/")
        self.seen: list[str] = []
        self.asked: list[str] = []
        self._expected: set[tuple[int, str]] = set()

    def expects(self, status: int, path: str) -> None:
        self._expected.add((status, self.origin + path))

    def look_at(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("dialog", self._dialog)
        context.on("weberror", lambda error: self.seen.append(f"error in a page: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        where = str(message.location.get("url", ""))
        if message.type == "error" and any(where == url for _, url in self._expected):
            return  # the browser's own line about the answer that was expected
        if message.text.startswith("Autofocus processing was blocked"):
            return  # the browser's, when somebody comes back to a form in which the cursor stood already
        self.seen.append(f"console {message.type}: {message.text} ({where})")

    def _dialog(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)
        if not request.url.startswith((f"{self.origin}/", *OWN)):
            self.seen.append(f"request to {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and (response.status, response.url) not in self._expected:
            self.seen.append(f"{response.status} of {response.url}")


def too_wide(page: Page) -> str:
    """ "" or how much wider than its window the page is, and what sticks out."""
    told = page.evaluate(
        """() => {
        const room = document.documentElement.clientWidth, wide = document.documentElement.scrollWidth;
        const out = [...document.body.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > room + 1);
        return wide > room ? `${wide} of ${room}: ${out.slice(0, 5).map((each) => `${each.localName}.${each.className}`).join(" ")}` : "";
    }"""
    )
    return str(told)


def nameless(page: Page) -> list[str]:
    """Controls, links and pictures that somebody who hears the page would not know from each other."""
    return [line.strip() for line in page.locator("body").aria_snapshot().splitlines() if NAMELESS.match(line)]


def unlabelled(page: Page) -> list[str]:
    """Fields of forms without a label of their own; a placeholder is none."""
    told: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
        .filter((each) => !each.labels.length && !each.ariaLabel && !each.getAttribute("aria-labelledby")).map((each) => each.outerHTML)"""
    )
    return told


def pale(page: Page, selectors: str) -> list[dict[str, Any]]:
    """Words whose contrast with what is under them is less than 4.5 to 1; each with its selector, text, and contrast."""
    told: list[dict[str, Any]] = page.evaluate(PALE, selectors)
    return told


PALE = """(selectors) => {
    const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
        pen.clearRect(0, 0, 1, 1);
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
    };
    const over = (top, under) => [0, 1, 2].map((n) => top[n] * top[3] + under[n] * (1 - top[3])).concat(1);
    const ancestors = (each) => (each ? [each, ...ancestors(each.parentElement)] : []);
    const ground = (each) => ancestors(each).reverse().reduce((under, one) => over(rgba(getComputedStyle(one).backgroundColor), under), [255, 255, 255, 1]);
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
    const found = [];
    for (const each of document.querySelectorAll(selectors)) {
        const words = [...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join(" ").trim();
        if (!words || !each.checkVisibility() || each.closest(".ground, .skip, svg")) continue;
        const under = ground(each), colour = rgba(getComputedStyle(each).color);
        colour[3] *= ancestors(each).reduce((whole, one) => whole * Number(getComputedStyle(one).opacity), 1);
        const [a, b] = [light(over(colour, under)), light(under)].sort((x, y) => y - x), contrast = (a + 0.05) / (b + 0.05);
        if (contrast < 4.5) found.push({ what: `${each.localName}.${each.className}`, words: words.slice(0, 40), contrast: Math.round(contrast * 100) / 100 });
    }
    return found;
}"""
