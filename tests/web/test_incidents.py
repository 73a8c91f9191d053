"""The list of incidents and the page of one: what is there comes from the edition, leads to its words, and is the same for either side."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client

from merestone.extract.terms import Proposal
from merestone.link.terms import Ref
from merestone.report.page import Anchors, Cards
from merestone.report.terms import Edition, Incident
from merestone.web.filters import Filter, matching
from merestone.web.house import House, Sight
from merestone.web.hrefs import claim_href, exhibit_href, incident_href
from merestone.web.incident import deeds, incident_page, perceived
from merestone.web.incident_rows import A_PAGE, listed
from tests.web.test_filters import exchanged

HOSTILE = "<script>alert(1)</script>\u202e=HYPERLINK(1)"


@pytest.fixture(scope="module")
def edition(house: House) -> Edition:
    return house.sight().edition


@pytest.fixture(scope="module")
def busiest(edition: Edition) -> Incident:
    """The one that a person decided on: it has versions of both parties, contested points and figures."""
    decided = [each for each in edition.incidents if each.assessment.state != "proposed"]
    return max(decided, key=lambda each: len(each.group.claims))


def read(client: Client, path: str, status: int = 200) -> str:
    told = client.get(path)
    assert told.status_code == status, path
    return str(told.content.decode())


def rows(html: str) -> list[str]:
    return re.findall(r'<th scope="row" class="what"><a href="([^"]+)"', html)


# --- the list -----------------------------------------------------------------------------------------------------


def test_each_incident_has_one_row_the_newest_first(desk: Client, edition: Edition) -> None:
    shown = rows(read(desk, "/incidents/"))
    assert sorted(shown) == sorted(incident_href(each.group.id) for each in edition.incidents)
    days = {incident_href(each.group.id): each.group.start[:10] for each in edition.incidents}
    assert [days[href] for href in shown] == sorted((days[href] for href in shown), reverse=True)


def test_a_row_tells_what_the_edition_holds(edition: Edition, busiest: Incident) -> None:
    found = listed(edition, Filter(), 1)
    assert found is not None
    row = next(row for _, day in found.days for row in day if row.id == busiest.group.id)
    assert row.grade == busiest.assessment.grade
    assert row.decided
    assert row.state == "adopted"
    assert len(row.contested) == len(busiest.assessment.contested)
    said = dict(busiest.assessment.versions)
    assert [(side.name, int(side.told)) for side in row.versions if side.order >= 0] == [
        (name, len(said[code])) for code, name in edition.parties if said.get(code)
    ]


def test_time_keeps_its_uncertainty(edition: Edition) -> None:
    first = edition.incidents[0]

    def told(start: str, end: str, precision: str) -> tuple[str, str, str]:
        alone = replace(edition, incidents=(Incident(replace(first.group, start=start, end=end, precision=precision), first.assessment),))
        found = listed(alone, Filter(), 1)
        assert found is not None
        row = (found.undated or found.days[0][1])[0]
        return row.day, row.clock, row.known.split(",")[0]

    assert told("2031-05-17", "2031-05-17", "day") == ("17 May 2031", "", "hour not said")
    assert told("2031-03-01", "2031-03-31", "month") == ("1 – 31 March 2031", "", "day not said")
    assert told("2031-05-19T21:00-02:00", "2031-05-20T06:00-02:00", "part_of_day")[:2] == ("19 – 20 May 2031", "21:00–06:00")
    assert told("2031-05-19T21:05-02:00", "2031-05-19T21:05-02:00", "minute") == ("19 May 2031", "21:05", "")
    assert told("", "", "unknown") == ("", "", "not known when")


def test_grades_are_counted_and_lead_to_their_lists(desk: Client, edition: Edition) -> None:
    html = read(desk, "/incidents/?party=VE")
    found = re.findall(r'<a href="(/incidents/\?[^"]*grade=[^"]*)">([^<]+) <strong>(\d+)</strong>', html)
    assert sum(int(count) for _, _, count in found) == len(matching(edition, Filter(party="VE")))
    for href, _, count in found:
        assert len(rows(read(desk, unescape(href)))) == int(count)


def test_chosen_filters_stand_there_and_can_be_taken_away(desk: Client, edition: Edition) -> None:
    html = read(desk, "/incidents/?party=VE&kind=shelling&place=Keldholt")
    shown = matching(edition, Filter(party="VE", kind="shelling", place="Keldholt"))
    assert 0 < len(shown) < len(edition.incidents)
    assert f"<strong>{len(shown)}</strong> of {len(edition.incidents)} incidents shown" in html
    chips = [unescape(href) for href in re.findall(r'<li><a href="([^"]+)" title="Take this filter away"', html)]
    assert chips == [
        "/incidents/?kind=shelling&party=VE",
        "/incidents/?place=Keldholt&party=VE",
        "/incidents/?place=Keldholt&kind=shelling",
    ]
    assert '<option value="shelling" selected>' in html


def test_a_filter_that_lets_nothing_through_says_what_to_do(desk: Client) -> None:
    assert "No incident matches all of this" in read(desk, "/incidents/?from=1999-01-01&to=1999-01-02")


@pytest.mark.parametrize(
    "query", ["from=soon", "party=ZZ", "kind=<b>", "place=Nowhere", "page=0", "page=7", "page=x", "format=pdf", "blamed=VE"]
)
def test_what_cannot_be_asked_is_refused_in_words(desk: Client, query: str) -> None:
    html = read(desk, f"/incidents/?{query}", 400)
    assert "What can stand there:" in html
    assert "<b>" not in html


@pytest.mark.parametrize(("asked", "accept"), [("&format=csv", "text/html"), ("", "text/csv"), ("", "text/csv;q=0.9,text/html;q=0.1")])
def test_the_same_address_gives_the_claims_as_csv(desk: Client, edition: Edition, asked: str, accept: str) -> None:
    told = desk.get(f"/incidents/?kind=shelling{asked}", HTTP_ACCEPT=accept)
    assert told["Content-Type"] == "text/csv; charset=utf-8"
    assert told["Content-Disposition"] == 'attachment; filename="incidents.csv"'
    table = list(csv.DictReader(io.StringIO(told.content.decode("utf-8-sig"))))
    wanted = {str(ref) for each in matching(edition, Filter(kind="shelling")) for ref in each.group.claims}
    assert {row["ref"] for row in table} == wanted
    assert {row["status"] for row in table} <= {"recorded by a person", "proposal, not reviewed"}
    assert not [cell for row in table for name, cell in row.items() if name not in ("lat", "lon") and cell[:1] in ("=", "+", "-", "@")]


def test_the_same_address_gives_the_places_as_geojson(desk: Client, edition: Edition) -> None:
    for told in (desk.get("/incidents/?party=OR&format=geojson"), desk.get("/incidents/?party=OR", HTTP_ACCEPT="application/geo+json")):
        assert told["Content-Type"] == "application/geo+json"
        features = json.loads(told.content)["features"]
        shown = {feature["properties"]["incident"] for feature in features}
        assert shown == {each.group.id for each in matching(edition, Filter(party="OR"))}


@pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "*/*", "image/png", ""])
def test_a_browser_gets_the_page(desk: Client, accept: str) -> None:
    told = desk.get("/incidents/", HTTP_ACCEPT=accept)
    assert told["Content-Type"].startswith("text/html")
    assert "Accept" in told["Vary"].split(", ")


def test_a_long_list_comes_in_pages(edition: Edition) -> None:
    many = tuple(Incident(replace(each.group, id=f"{each.group.id}-{k}"), each.assessment) for k in range(12) for each in edition.incidents)
    bare = Incident(replace(many[0].group, id="INC-bare", start="", end=""), many[0].assessment)
    long = replace(edition, incidents=(bare, *many))
    pages = -(-len(long.incidents) // A_PAGE)
    assert pages >= 3
    whole = [listed(long, Filter(), number) for number in range(1, pages + 1)]
    seen = [row.id for found in whole if found for _, day in found.days for row in day]
    assert len(seen) == len(set(seen)) == len(many)
    assert whole[0] is not None
    assert sum(len(day) for _, day in whole[0].days) == A_PAGE
    assert not whole[0].undated
    assert whole[-1] is not None
    assert [row.id for row in whole[-1].undated] == ["INC-bare"]
    assert listed(long, Filter(), pages + 1) is None
    assert listed(long, Filter(), 0) is None


def test_an_empty_mission_says_what_to_do_next(desk: Client, house: House, monkeypatch: pytest.MonkeyPatch, edition: Edition) -> None:
    empty = Sight(house.sight().size, replace(edition, incidents=(), claims=()))
    monkeypatch.setattr(House, "sight", lambda _: empty)
    assert "Nothing here yet" in read(desk, "/incidents/")


# --- one incident -------------------------------------------------------------------------------------------------


def test_every_incident_has_its_page(desk: Client, edition: Edition) -> None:
    for each in edition.incidents:
        html = read(desk, incident_href(each.group.id))
        assert f"Why “{each.assessment.grade}”" in html
        for ref in each.group.claims:
            assert f'href="{claim_href(ref)}"' in html, ref


def test_every_number_leads_to_its_words(desk: Client, edition: Edition, busiest: Incident) -> None:
    html = read(desk, incident_href(busiest.group.id))
    numbers = {claim_href(card.ref): str(n) for n, card in enumerate(edition.claims, 1)}
    found = re.findall(r'<a class="ref" href="([^"]+)"[^>]*>(\d+)</a>', html)
    assert len(found) > len(busiest.group.claims)
    assert {(href, numbers.get(href)) for href, _ in found} == set(found)
    assert not re.findall(r'href="#c\d', html)


def test_versions_stand_side_by_side_in_the_order_of_the_codes(house: House, edition: Edition, busiest: Incident) -> None:
    told = incident_page(busiest, edition, house.sight().anchors, house.sight().cards)
    codes = [column["side"] for column in told["columns"] if column["order"] >= 0]
    assert codes == sorted(codes)
    assert {"OR", "VE"} <= set(codes)
    for column in told["columns"]:
        parts = [claim["ref"] for name in ("own", "more", "again") for claim in column[name]]
        assert sorted(parts) == sorted(claim["ref"] for claim in column["claims"])


def test_each_side_says_when_where_and_how_many_in_its_own_words(house: House, edition: Edition, busiest: Incident) -> None:
    told = incident_page(busiest, edition, house.sight().anchors, house.sight().cards)
    compared = {row["name"]: row["cells"] for row in told["compared"]}
    assert set(compared) == {"When", "Where", "Harm"}
    for column, cell in zip(told["columns"], compared["Where"], strict=True):
        said = {w.text for claim in column["claims"] for w in house.sight().cards.card(Ref(claim["document"], claim["number"])).claim.where}
        assert {each["says"].split(" ", 1)[1] for each in cell} == said
    hours = [[each["says"] for each in cell] for cell in compared["When"]]
    assert hours[0] != hours[1]


def test_exchanged_parties_give_the_page_with_the_parties_exchanged(edition: Edition) -> None:
    """The parties' codes and names are exchanged in the claims and nowhere else: what stood in one column stands in the other."""
    mirror = exchanged(edition)
    swap = {"OR": "VE", "VE": "OR"}
    here, there = ({each.group.id: each for each in whole.incidents} for whole in (edition, mirror))
    for id_, incident in here.items():
        one = incident_page(incident, edition, *_looked_up(edition))
        other = incident_page(there[id_], mirror, *_looked_up(mirror))
        sides = [
            {c["side"]: [claim["ref"] for claim in c["own"] + c["more"] + c["again"]] for c in page["columns"]} for page in (one, other)
        ]
        assert sides[1] == {swap.get(side, side): refs for side, refs in sides[0].items()}
        assert [reason["text"] for reason in other["reasons"]] == [reason["text"] for reason in one["reasons"]]
    counts = [_counted(whole, swap if whole is mirror else {}) for whole in (edition, mirror)]
    assert counts[0] == counts[1]


def _looked_up(edition: Edition) -> tuple[Anchors, Cards]:
    sight = Sight(0, edition)
    return sight.anchors, sight.cards


def _counted(edition: Edition, swap: dict[str, str]) -> dict[str, set[tuple[str, str]]]:
    names = {name: code for code, name in edition.parties}
    found = listed(edition, Filter(), 1)
    assert found is not None
    return {
        row.id: {(swap.get(names.get(side.name, "other"), names.get(side.name, "other")), side.told) for side in row.versions}
        for _, day in found.days
        for row in day
    }


def test_reasons_contested_points_figures_and_voices_are_those_of_the_edition(desk: Client, edition: Edition, busiest: Incident) -> None:
    html = re.sub(r"\s+", " ", unescape(read(desk, incident_href(busiest.group.id))))
    for reason in busiest.assessment.reasons:
        assert reason.text in html
    assert html.count('<table class="figure">') == len(busiest.assessment.figures)
    names = {voice.id: voice.name for voice in edition.voices}
    for voice in busiest.assessment.voices:
        assert names[voice] in html
    assert html.count('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 18"') == sum(
        len(f.voices) for f in busiest.assessment.figures
    )
    assert "Why these claims were linked" in html


def test_it_shows_the_entries_on_which_it_rests_and_what_people_did(desk: Client, house: House, busiest: Incident) -> None:
    html = read(desk, incident_href(busiest.group.id))
    basis = house.sight().basis
    wanted = (
        {basis[busiest.group.id]} | {basis[str(ref)] for ref in busiest.group.claims} | {basis[r.document] for r in busiest.group.claims}
    )
    linked = {int(n) for n in re.findall(r'href="/audit/ledger/(\d+)/"', html)}
    assert wanted <= linked
    assert "Decided: adopted" in html
    assert "Several independent sources" in html
    assert "Judged same" in html


def test_words_of_strangers_stay_words(desk: Client, house: House, monkeypatch: pytest.MonkeyPatch, edition: Edition) -> None:
    def hostile(claim: Proposal) -> Proposal:
        speakers = tuple(replace(speaker, name=HOSTILE) for speaker in claim.said_by)
        where = tuple(replace(located, name=HOSTILE, text=HOSTILE) for located in claim.where)
        return replace(claim, said_by=speakers, where=where, quote=HOSTILE, weapons=(HOSTILE,))

    documents = tuple(
        replace(d, title=replace(d.title, value=HOSTILE) if hasattr(d.title, "value") else d.title) for d in edition.documents
    )
    claims = tuple(replace(c, claim=hostile(c.claim), before=HOSTILE, after=HOSTILE) for c in edition.claims)
    voices = tuple(replace(voice, name=HOSTILE, members=(HOSTILE,)) for voice in edition.voices)
    odd = Sight(house.sight().size, replace(edition, documents=documents, claims=claims, voices=voices))
    monkeypatch.setattr(House, "sight", lambda _: odd)
    for path in ("/incidents/", incident_href(edition.incidents[0].group.id), incident_href(edition.incidents[7].group.id)):
        html = read(desk, path)
        assert "<script" not in html
        assert "alert(1)" in html
        assert not re.search(r'\s(style|on\w+)="', html)


def test_the_page_is_there_as_a_table_too(desk: Client, busiest: Incident) -> None:
    told = desk.get(f"{incident_href(busiest.group.id)}?format=csv")
    assert told["Content-Disposition"] == f'attachment; filename="{busiest.group.id}.csv"'
    assert len(told.content.decode().strip().split("\r\n")) == 1 + len(busiest.group.claims)


@pytest.mark.parametrize("asked", ["INC-2031-9999", "INC-", "B-001", "%3Cscript%3E", "EXH-0000-0000"])
def test_what_is_not_in_the_record_is_not_there(desk: Client, asked: str) -> None:
    assert "<script>" not in read(desk, f"/incidents/{asked}/", 404)


def test_a_pattern_has_its_place_elsewhere(desk: Client, edition: Edition) -> None:
    assert edition.patterns
    told = desk.get(f"/incidents/{edition.patterns[0].id}/")
    assert (told.status_code, told["Location"]) == (302, f"/patterns/#{edition.patterns[0].id}")


# --- what was done to it, and what is not told --------------------------------------------------------------------

A, B, HIDDEN = Ref("EXH-AAAA-AAAA", 1), Ref("EXH-BBBB-BBBB", 2), "EXH-CCCC-CCCC"
ANCHORS = Anchors({ref: claim_href(ref) for ref in (A, B)}, {ref.document: exhibit_href(ref.document) for ref in (A, B)}, {A: 1, B: 2})


def done(line: str, *about: str) -> list[Any]:
    return deeds([f"  entry 7, 2031-06-01T08:00:02Z, an: alyst: {line}"], {7: about}, {7: "an: alyst"}, ANCHORS, {HIDDEN})


def test_a_deed_is_told_with_its_entry_hour_person_and_reason() -> None:
    (deed,) = done(f"judged same: {A} and {B} (“The same hour (and place).”)", str(A), str(B))
    assert (deed.entry, deed.who, deed.what, deed.why) == (7, "an: alyst", "judged same", "“The same hour (and place).”")
    assert deed.at == "1 June 2031, 08:00 UTC"
    assert [ref["number"] for ref in deed.refs] == ["1", "2"]


def test_of_what_is_hidden_not_even_the_number_is_told() -> None:
    (deed,) = done(f"given this number; joined {A}, {HIDDEN}#1, {HIDDEN}#2")
    assert deed.what == "given this number; joined 1 claim"
    assert HIDDEN not in str(deed)
    (bare,) = done(f"given this number; joined {HIDDEN}#1")
    assert bare.what == "given this number"
    assert done(f"joined {HIDDEN}#1") == []
    assert done(f"judged same: {A} and {HIDDEN}#1 (“They name {HIDDEN}.”)", str(A), f"{HIDDEN}#1") == []
    assert done("decided: refuted (“On that.”)", "INC-2031-0001", HIDDEN) == []
    assert done("judged same: x and y (“A claim that is not shown.”)", str(A), "EXH-DDDD-DDDD#9") == []


def test_an_observation_tells_what_is_known_and_what_is_not() -> None:
    form = {
        "position": {"place": "p1", "lat": "unknown"},
        "count": 0,
        "range_km": [1.5, 2.0],
        "exercise": False,
        "weapon": "unknown",
        "means": "other_sensor",
    }
    known, unknown = perceived(form)
    assert known == [
        ("position", "place p1"), ("count", "0"), ("range km", "1.5 to 2.0"), ("exercise", "no"), ("means", "other sensor"),
    ]  # fmt: skip
    assert unknown == ["weapon"]
