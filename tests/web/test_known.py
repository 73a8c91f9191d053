"""Pages as known on an hour: the address says which, the page says so, and links and files stay in that hour."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

from merestone.register import queries
from merestone.web.house import House


def hour_of(house: House, act: str, before: int = 0) -> str:
    """The hour of the last entry of a kind, or of the one so many before it."""
    entry = next(entry for entry in reversed(queries.entries(house.mission, 0, 10_000)) if entry.act == act)
    return queries.entry(house.mission, entry.position - before).at


def page(desk: Client, path: str, **query: str) -> str:
    told = desk.get(f"{path}?{urlencode(query)}")
    assert told.status_code == 200
    return str(told.content.decode())


def test_before_the_judgement_the_incident_is_not_decided(desk: Client, house: House) -> None:
    (decision,) = queries.decisions(house.mission)
    path = f"/incidents/{decision.subject}/"
    now, then = page(desk, path), page(desk, path, known=hour_of(house, "judged", before=1))
    assert "As known on" in then
    assert "As known on" not in now
    assert ("Decided: adopted" in now, "Decided: adopted" in then) == (True, False)
    assert "adopted by a decision" in now.lower()
    assert "adopted by a decision" not in then.lower()


def test_the_list_and_its_files_are_of_that_hour(desk: Client, house: House) -> None:
    at = hour_of(house, "received")
    listed = page(desk, "/incidents/", known=at)
    assert "Nothing here yet" in listed
    assert re.search(r"<strong>\d+</strong> incidents, all", page(desk, "/incidents/"))
    early, late = (list(csv.DictReader(io.StringIO(page(desk, "/incidents/", format="csv", **more)))) for more in ({"known": at}, {}))
    assert (len(early), len(late) > 100) == (0, True)


def test_links_of_the_list_stay_in_the_hour(desk: Client, house: House) -> None:
    at = hour_of(house, "judged", before=1)
    told = page(desk, "/incidents/", known=at)
    hrefs = re.findall(r'<th scope="row" class="what"><a href="([^"]+)"', told)
    assert hrefs
    assert all(href.endswith("?" + urlencode({"known": at})) for href in hrefs)
    assert f'href="/incidents/?{urlencode({"known": at, "format": "csv"})}"'.replace("&", "&amp;") in told
    assert desk.get(hrefs[0]).status_code == 200


@pytest.mark.parametrize("path", ["/statements/", "/appeals/", "/patterns/"])
def test_what_is_said_and_asked_is_of_that_hour(desk: Client, house: House, path: str) -> None:
    assert "As known on" in page(desk, path, known=hour_of(house, "received"))
    assert len(page(desk, path, known=hour_of(house, "received"))) < len(page(desk, path))


ASKED = ("/map/", "/incidents/", "/patterns/", "/statements/", "/appeals/", "/agreements/", "/exhibits/", "/audit/balance/")


def test_every_link_of_a_page_of_then_leads_to_then(desk: Client, house: House) -> None:
    at = hour_of(house, "judged", before=1)
    first = house.then(at)
    one = next(iter(first.edition.incidents)).group
    paths = [*ASKED, f"/incidents/{one.id}/", f"/exhibits/{one.claims[0].document}/", f"/exhibits/{one.claims[0].document}/?at=0"]
    for path in paths:
        told = desk.get(path, {"known": at} if "?" not in path else {"at": "0", "known": at}).content.decode()
        links = {unescape(link) for link in re.findall(r'(?:href|src|data-source)="([/?][^"]*)"', told)}
        now = path.partition("?")[0]
        lost = {
            link
            for link in links
            if "known=" not in link
            and link != now
            and not re.match(r"/(\?|$|reports/|audit/$|audit/ledger/|audit/verify/|audit/#|static/)", link)
        }
        assert not lost, path
        assert now in links, path  # back to the present


@pytest.mark.parametrize("path", ["/map/", "/exhibits/"])
def test_map_and_exhibits_are_of_that_hour(desk: Client, house: House, path: str) -> None:
    asked = {"known": hour_of(house, "judged", before=1)}
    told = page(desk, path, **asked)
    assert "As known on" in told
    assert f'name="known" value="{asked["known"]}"' in told
    assert "As known on" not in page(desk, path)


def test_the_values_of_the_map_are_of_that_hour(desk: Client, house: House) -> None:
    early, late = (desk.get("/map/data.json", more).json() for more in ({"known": hour_of(house, "received")}, {}))
    assert early["incidents"] == []
    assert late["incidents"]


def test_what_was_not_read_by_then_is_no_exhibit_of_that_hour(desk: Client, house: House) -> None:
    exhibit = next(row for row in queries.exhibits(house.mission) if row.id in house.sight().documents)
    first = next(entry for entry in queries.entries(house.mission, 0, 1000) if entry.act == "linked")

    def got(at: str) -> tuple[list[int], int]:
        tally = re.search(r'role="status">(\d+)', page(desk, "/exhibits/", known=at))
        assert tally is not None
        return [desk.get(f"/exhibits/{exhibit.id}/{what}", {"known": at}).status_code for what in ("", "original")], int(tally[1])

    assert got(queries.entry(house.mission, exhibit.received).at) == ([404, 404], 0)
    there = got(queries.entry(house.mission, first.position).at)
    assert there[0] == [200, 200]
    assert 0 < there[1] <= len(house.sight().documents)


@pytest.mark.parametrize("asked", ["yesterday", "2031-13-01", "1999-01-01", "<b>"])
def test_an_hour_that_nobody_understands_or_that_was_before_is_refused(desk: Client, asked: str) -> None:
    told = desk.get(f"/incidents/?{urlencode({'known': asked})}")
    assert told.status_code == 400
    assert "<b>" not in told.content.decode().partition("<main")[2]


def test_an_incident_that_was_not_there_then_is_not_found(desk: Client, house: House) -> None:
    (decision,) = queries.decisions(house.mission)
    assert desk.get(f"/incidents/{decision.subject}/?{urlencode({'known': hour_of(house, 'received')})}").status_code == 404


def test_a_look_back_is_made_once_and_made_anew_when_something_was_done(house: House) -> None:
    at = hour_of(house, "judged")
    first = house.then(at)
    assert house.then(at).edition is first.edition
    assert house.then(at).known == first.known
    for entry in queries.entries(house.mission, 0, 60)[2:40:6]:
        house.then(entry.at)
    assert len(house._then) <= 4
