"""The effort that the audit tells, and the page of the balance: the numbers of the edition at hand, and nothing that it withholds."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from merestone.capture.terms import Pack
from merestone.report.balance import audited
from merestone.web.columns import Sides, columns_of
from merestone.web.effort import LATEST, Arrived, Effort, Field, effort
from merestone.web.house import House


@pytest.fixture(scope="module")
def pack(house: House) -> Pack:
    return house.pack()


def test_columns_stand_in_order_of_code_and_parties_have_a_hatch(pack: Pack) -> None:
    columns = columns_of(pack)
    assert [column.code for column in columns] == ["OR", "VE", "XT", "none", "other"]
    assert [column.order for column in columns] == [0, 1, 2, -1, -1]
    assert [column.aligned for column in columns] == ["", "", "Orsay", "", ""]


def test_a_publisher_is_found_under_any_name_of_the_pack(pack: Pack) -> None:
    aliases = next(names for each in pack.sources if each.affiliation == "VE" for names in each.aliases.values() if names)
    assert {Sides(pack).publisher(name.upper()) for name in aliases} == {"VE"}
    assert Sides(pack).publisher("") == "other"


# --- the page of the balance ----------------------------------------------------------------------------------------------


def cells(page: html.HtmlElement, chapter: str, row: str) -> list[str]:
    (table,) = page.xpath(f"//h2[normalize-space()='{chapter}']/following-sibling::table[1]")
    (found,) = table.xpath(f".//tr[th[normalize-space()='{row}']]")
    return [" ".join(cell.text_content().split()) for cell in found.xpath("td")]


def test_the_page_has_the_numbers_of_the_edition(desk: Client, house: House) -> None:
    told = desk.get("/audit/balance/")
    assert told.status_code == 200
    page = html.fromstring(told.content)
    sight = house.sight()
    documents = cells(page, "Documents", "Documents, of all")[:-1]
    assert sum(int(each.split()[0]) for each in documents) == len(sight.edition.documents)
    assert {each.split()[2] for each in documents} == {str(len(sight.edition.documents))}
    claims = cells(page, "Who speaks", "Claims in its words, of all")[:-1]
    assert sum(int(each.split()[0]) for each in claims) == len(sight.edition.claims)
    said = " ".join(page.text_content().split())
    assert f"{audited(sight.data).balance.comparisons} comparisons were made" in said
    assert "Unequal numbers are no bias" in said
    assert "no observation was made by this mission" in said
    assert page.xpath("//pattern[@id='k-h1']")
    assert desk.get("/audit/").content.decode().count('href="/audit/balance/"') == 1


def test_the_present_period_is_as_long_as_asked(desk: Client) -> None:
    def spell(query: str) -> str:
        page = html.fromstring(desk.get(f"/audit/balance/{query}").content)
        return str(page.xpath("string(//h2[.='Against the period before']/following-sibling::p[1])"))

    assert "16 – 22 May 2031" in spell("")
    assert "9 – 22 May 2031" in spell("?days=14")
    for wrong in ("0", "-1", "x", "²", "9999"):
        assert desk.get(f"/audit/balance/?days={wrong}").status_code == 400


def test_nobody_sees_it_without_an_account(house: House) -> None:
    from tests.web.conftest import visitor

    assert visitor(house).get("/audit/balance/").status_code == 302


# --- effort ---------------------------------------------------------------------------------------------------------------


def told(pack: Pack, *arrived: Arrived, refused: int = 0) -> Effort:
    return effort(arrived, columns_of(pack), Sides(pack), refused, Field(3, 1, 2))


def test_days_and_languages_are_those_that_exhibits_bear(pack: Pack) -> None:
    ours, theirs = (next(s.name for s in pack.sources if s.affiliation == code) for code in ("VE", "OR"))
    found = told(
        pack,
        Arrived(ours, "en", "2031-05-17T03:00-02:00", "2031-06-01"),
        Arrived(theirs, "hy", "2031-05-20", "2031-06-01"),
        Arrived("", "", "", "2031-06-02"),
        refused=4,
    )
    assert (found.first, found.last, found.span, found.covered, found.undated) == ("2031-05-17", "2031-05-20", 4, 2, 1)
    assert found.languages == (("en", 1), ("hy", 1), ("", 1))
    assert (found.exhibits, found.refused, found.field) == (3, 4, Field(3, 1, 2))
    by_day = {day.first: (day.published, day.received) for day in found.days}
    assert list(by_day) == ["2031-06-02", "2031-06-01", "2031-05-20", "2031-05-17"]
    assert by_day["2031-05-17"] == ((0, 1, 0, 0, 0), 0)
    assert by_day["2031-05-20"] == ((1, 0, 0, 0, 0), 0)
    assert by_day["2031-06-01"] == ((0, 0, 0, 0, 0), 2)


def test_older_days_are_told_together_and_none_is_lost(pack: Pack) -> None:
    arrived = [Arrived("", "en", f"2031-{month:02}-{day:02}", "2031-12-01") for month in (3, 4) for day in range(1, 31)]
    found = told(pack, *arrived)
    assert len(found.days) == LATEST
    assert found.earlier is not None
    assert found.earlier.days == 60 + 1 - LATEST
    assert found.earlier.first == "2031-03-01"
    assert sum(sum(day.published) for day in (*found.days, found.earlier)) == 60
    assert sum(day.received for day in (*found.days, found.earlier)) == 60


def test_nothing_received_is_no_day(pack: Pack) -> None:
    found = told(pack)
    assert (found.exhibits, found.span, found.days, found.earlier, found.first) == (0, 0, (), None, "")
