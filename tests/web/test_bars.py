"""One bar of filters for every list: the same form, the same words, a label for each control, and the way back to all; quotes with their language."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

LISTS = {"/incidents/": "kind=shelling", "/exhibits/": "language=en", "/statements/": "party=OR", "/audit/ledger/": "act=recorded"}


@pytest.mark.parametrize("place", LISTS)
def test_the_bar_of_a_list_is_that_of_every_list(desk: Client, place: str) -> None:
    page = html.fromstring(desk.get(place).content)
    (form,) = page.xpath("//main//form[@method='get']")
    assert form.get("class").split()[:2] == ["filter", "panel"]
    assert form.get("aria-label").startswith("Filter the ")
    assert form.getprevious().tag == "details", "on a phone it folds"
    named = {label.get("for") for label in form.xpath(".//label")}
    controls = form.xpath(".//input[not(@type='hidden')] | .//select")
    assert len(controls) >= 3
    assert {control.get("id") for control in controls} == named
    assert {select.xpath("string(option[1])") for select in form.xpath(".//select")} == {"any"}
    assert form.xpath("string(.//p[@class='do']/button)") == "Show"


@pytest.mark.parametrize(("place", "query"), list(LISTS.items()))
def test_a_narrowed_list_leads_back_to_all(desk: Client, place: str, query: str) -> None:
    page = html.fromstring(desk.get(f"{place}?{query}").content)
    assert page.xpath(f"//main//a[@href='{place}'] | //main//ul[contains(@class, 'chips')]//a")


@pytest.mark.parametrize(("place", "languages"), [("/statements/", {"az", "en", "hy", "ru"}), ("/appeals/", {"en", "hy"})])
def test_quotes_say_their_language_so_that_they_are_read_out_in_it(desk: Client, place: str, languages: set[str]) -> None:
    page = html.fromstring(desk.get(place).content)
    quotes = page.xpath("//main//blockquote")
    assert all(quote.get("lang") for quote in quotes)
    assert languages <= {quote.get("lang") for quote in quotes}
