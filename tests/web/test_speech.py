"""Patterns, statements and appeals: every side in the same form, in order of date, nothing of an edition left out, strangers' words harmless."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from merestone.capture.terms import Known, Unknown
from merestone.extract.terms import STATEMENTS, Statement
from merestone.ledger.terms import Refusal
from merestone.report.redact import redact
from merestone.report.terms import Edition, Said
from merestone.web.house import House, Sight
from merestone.web.spoken import COLUMNS, appeals, by_type, statements, statements_csv, wanted
from tests.report.invented import OR, SMALL, VE
from tests.report.invented import edition as invented

HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def sight(house: House) -> Sight:
    return house.sight()


def speaking(*said: tuple[str, str, str, str]) -> Sight:
    """A small edition with statements (by, party, type, words); their document bears the date of its number."""
    whole = invented(SMALL)
    names = [document.id for document in whole.documents]
    entries = tuple(
        Said(names[n % len(names)], Statement(kind, by, party, 0, len(words), words, "en.statement.1"), f"EXH-0#S{n}")
        for n, (by, party, kind, words) in enumerate(said, 1)
    )
    dates: list[Known | Unknown] = [Known("2031-05-22", "manifest"), Unknown("none given"), Known("2031-05-19T10:00+04:00", "manifest")]
    documents = tuple(replace(each, published=day) for each, day in zip(whole.documents, dates, strict=True))
    return Sight(5, redact(replace(whole, statements=entries, documents=documents), "internal"))


# --- statements ---------------------------------------------------------------------------------------------------


def test_all_statements_are_shown_in_order_of_date(sight: Sight) -> None:
    found = statements(sight.edition, sight.anchors, wanted({}, sight.edition))
    assert sorted(each["ref"] for each in found) == sorted(each.ref for each in sight.edition.statements)
    days = [each["date"][:10] for each in found]
    assert days == sorted(days)
    assert len(set(days)) > 1


def test_what_bears_no_date_comes_last_and_stays_whatever_days_are_asked_for() -> None:
    sight = speaking((VE, "VE", "threat", "one"), (OR, "OR", "threat", "two"), (VE, "VE", "denial", "three"))
    asked = wanted({"from": "2031-05-20", "to": "2031-05-25"}, sight.edition)
    assert [each["ref"] for each in statements(sight.edition, sight.anchors, asked)] == ["EXH-0#S3", "EXH-0#S1"]
    assert statements(sight.edition, sight.anchors, asked)[-1]["day"] == "date not known"


@given(party=st.sampled_from(("", "OR", "VE", "XT", "other")), type_=st.sampled_from(("", *STATEMENTS)))
def test_filters_take_out_nothing_else(sight: Sight, party: str, type_: str) -> None:
    found = statements(sight.edition, sight.anchors, wanted({"party": party, "type": type_}, sight.edition))
    codes = [code for code, _ in sight.edition.parties]
    meant = [
        each.ref
        for each in sight.edition.statements
        if type_ in ("", each.statement.type) and party in ("", each.statement.party if each.statement.party in codes else "other")
    ]
    assert sorted(each["ref"] for each in found) == sorted(meant)


def test_each_type_has_the_same_columns_in_order_of_code(sight: Sight) -> None:
    entries = statements(sight.edition, sight.anchors, wanted({}, sight.edition))
    types, silent = by_type(sight.edition, entries)
    assert {tuple(column["name"] for column in each["columns"]) for each in types} == {("Orsay", "Veldar", "Others")}
    assert silent == ["Tamm Valley Assembly"]
    assert sum(len(column["entries"]) for each in types for column in each["columns"]) == len(entries)


@pytest.mark.parametrize(("by", "party"), [(VE, "VE"), (OR, "OR")])
def test_a_side_that_says_nothing_keeps_its_column_beside_the_one_that_does(by: str, party: str) -> None:
    sight = speaking((by, party, "threat", "one"))
    types, silent = by_type(sight.edition, statements(sight.edition, sight.anchors, wanted({}, sight.edition)))
    assert [(column["name"], len(column["entries"])) for column in types[0]["columns"]] == [
        ("Orsay", party == "OR"),
        ("Veldar", party == "VE"),
    ]
    assert silent == []


@given(st.lists(st.tuples(st.sampled_from((VE, OR)), st.sampled_from(STATEMENTS)), min_size=1, max_size=6))
def test_exchanged_parties_stand_in_exchanged_columns(told: list[tuple[str, str]]) -> None:
    turn = {VE: OR, OR: VE}
    code = {VE: "VE", OR: "OR"}
    shown = []
    for names in (told, [(turn[by], kind) for by, kind in told]):
        sight = speaking(*((by, code[by], kind, f"number {n}") for n, (by, kind) in enumerate(names)))
        types, _ = by_type(sight.edition, statements(sight.edition, sight.anchors, wanted({}, sight.edition)))
        shown.append([(each["name"], {c["name"]: [e["ref"] for e in c["entries"]] for c in each["columns"]}) for each in types])
    swap = {"Veldar": "Orsay", "Orsay": "Veldar"}
    assert [(name, {swap[side]: refs for side, refs in columns.items()}) for name, columns in shown[0]] == shown[1]


def test_the_table_has_a_row_a_statement_and_no_formula() -> None:
    sight = speaking((VE, "VE", "threat", '=HYPERLINK("http://x")'), (OR, "OR", "denial", "plain words"))
    data = statements_csv(sight.edition, sight.anchors, wanted({}, sight.edition))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert {(row["ref"], row["type"], row["document"]) for row in rows} == {
        (each.ref, each.statement.type, each.document) for each in sight.edition.statements
    }
    assert next(row for row in rows if row["type"] == "threat")["quote"].startswith("'=")


@pytest.mark.parametrize(
    "query",
    [{"party": "ZZ"}, {"type": "insult"}, {"from": "May"}, {"from": "2031-05-20", "to": "2031-05-19"}, {"view": "x"}, {"colour": "red"}],
)
def test_a_filter_that_nobody_understands_is_refused(desk: Client, query: dict[str, str]) -> None:
    told = desk.get("/statements/", query)
    assert told.status_code == 400
    assert "filter_malformed" in told.content.decode()


def test_the_page_and_its_table_are_of_the_same_statements(desk: Client) -> None:
    query = {"party": "OR", "from": "2031-05-22"}
    page = desk.get("/statements/", query).content.decode()
    table = desk.get("/statements/", {**query, "format": "csv"})
    assert table["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert len(rows) == page.count('<li class="said">') > 1
    assert all(row["quote"][:40].replace("'", "&#39;") in page or "<span" in page for row in rows)
    assert {row["party"] for row in rows} == {"OR"}
    assert "format=csv" in page
    assert "None among these." not in page.partition("</h3>")[2].partition("</section>")[0]


def test_each_statement_leads_to_its_words(desk: Client, sight: Sight) -> None:
    page = desk.get("/statements/").content.decode()
    for entry in sight.edition.statements:
        assert f'href="/exhibits/{entry.document}/#{entry.ref.rpartition("#")[2]}"' in page
        assert f'id="{entry.ref.rpartition("#")[2]}"' in desk.get(f"/exhibits/{entry.document}/").content.decode()


def test_by_date_each_day_is_told_once(desk: Client) -> None:
    page = desk.get("/statements/", {"view": "date"}).content.decode()
    assert page.partition("<footer")[0].count("17 May 2031") == 1
    assert page.index("17 May 2031") < page.index("19 May 2031") < page.index("22 May 2031")


@pytest.mark.parametrize("path", ["/statements/", "/statements/?view=date", "/appeals/", "/patterns/"])
def test_words_of_strangers_are_escaped(desk: Client, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    sight = speaking((HOSTILE, "VE", "threat", HOSTILE))
    whole = sight.edition
    appeal = replace(whole.appeals[0], appeal=replace(whole.appeals[0].appeal, ask=HOSTILE, by=(HOSTILE,), to=(HOSTILE,), quote=HOSTILE))
    group = replace(whole.patterns[0], kinds=(HOSTILE,))
    hostile = Sight(5, replace(whole, appeals=(appeal,), patterns=(group,)))
    monkeypatch.setattr(House, "sight_or_reason", lambda _: hostile)
    told = desk.get(path).content.decode()
    assert "<img" not in told.lower()
    assert "&lt;img" in told.lower()
    assert not re.search(r"<[^>]*\sstyle=", told)


# --- appeals ------------------------------------------------------------------------------------------------------


def test_each_ask_stands_with_who_what_and_whom(desk: Client, sight: Sight) -> None:
    page = desk.get("/appeals/").content.decode()
    assert page.count('<article class="ask"') == len(sight.edition.appeals)
    assert "Send a patrol to Montasse immediately" in page
    assert "Visit Keldholt without delay" in page
    assert "Mothers of Hollin" in page
    for entry in (*sight.edition.appeals, *sight.edition.responses, *sight.edition.signatories):
        assert f'href="/exhibits/{entry.document}/#{entry.ref.rpartition("#")[2]}"' in page


def test_unanswered_asks_are_said_so_and_can_be_asked_for(desk: Client, sight: Sight) -> None:
    shown = appeals(sight.edition, sight.anchors)["asks"]
    open_ = [ask for ask in shown if not ask["met"]]
    assert 0 < len(open_) < len(shown)
    page = desk.get("/appeals/", {"met": "no"}).content.decode()
    assert page.count('<p class="unmet">Unanswered</p>') == page.count('<article class="ask"') == len(open_)
    assert desk.get("/appeals/", {"met": "yes"}).content.decode().count('<article class="ask"') == len(shown) - len(open_)
    assert desk.get("/appeals/", {"met": "perhaps"}).status_code == 400
    assert desk.get("/appeals/", {"other": "x"}).status_code == 400


def answered(date: str, published: str) -> Edition:
    whole = invented(SMALL)
    ask, answer = whole.appeals[0], whole.responses[0]
    documents = tuple(replace(each, published=Known(published, "manifest") if published else Unknown("no")) for each in whole.documents)
    return replace(
        whole, documents=documents, appeals=(replace(ask, answers=(0,)),), responses=(replace(answer, response=replace(answer.response, date=date)),)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("date", "published", "met"),
    [
        ("2031-05-21", "2031-05-20", True), ("2031-05-20", "2031-05-20T18:00+04:00", True), ("2031-05-19", "2031-05-20", False),
        ("", "2031-05-20", True), ("2031-05-19", "", True),
    ],
)  # fmt: skip
def test_an_answer_that_is_surely_older_than_the_ask_meets_nothing(date: str, published: str, met: bool) -> None:
    sight = Sight(5, redact(answered(date, published), "internal"))
    ask = appeals(sight.edition, sight.anchors)["asks"][0]
    assert ask["met"] is met
    assert len(ask["answers"]) == 1


# --- patterns -----------------------------------------------------------------------------------------------------


def test_patterns_are_anchors_and_have_no_grade(desk: Client, sight: Sight) -> None:
    page = desk.get("/patterns/").content.decode()
    for pattern in sight.edition.patterns:
        assert f'id="{pattern.id}"' in page
        for ref in pattern.claims:
            assert f"/exhibits/{ref.document}/#c{ref.claim}" in page
    assert "never an incident and is never graded" in page
    assert "INC-" not in page
    assert 'class="grade"' not in page


@pytest.mark.parametrize("path", ["/patterns/", "/statements/", "/appeals/"])
def test_while_linking_is_out_of_date_it_is_said_instead(desk: Client, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(House, "sight_or_reason", lambda _: Refusal("linking_outdated"))
    told = desk.get(path)
    assert told.status_code == 409
    assert "Run propose" in told.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [("/patterns/", "No pattern was found"), ("/statements/", "No statement was found"), ("/appeals/", "No appeal was found")],
)
def test_what_was_not_found_is_said(desk: Client, monkeypatch: pytest.MonkeyPatch, path: str, words: str) -> None:
    whole = invented(SMALL)
    bare = redact(
        replace(whole, statements=(), appeals=(), responses=(), signatories=(), patterns=(), claims=(), incidents=(), voices=()), "internal"
    )
    monkeypatch.setattr(House, "sight_or_reason", lambda _: Sight(5, bare))
    told = desk.get(path)
    assert told.status_code == 200
    assert words in told.content.decode()


# --- agreements -----------------------------------------------------------------------------------------------------------


def test_each_point_of_the_agreement_is_told_with_what_touches_it(desk: Client, house: House) -> None:
    told = desk.get("/agreements/")
    assert told.status_code == 200
    page = html.fromstring(told.content)
    points = page.xpath("//article[@class='point']")
    assert [point.get("id") for point in points] == [f"statement-20310304-{n}" for n in range(1, 9)]
    said = " ".join(points[3].text_content().split())
    for words in (
        "due by 18 April 2031 (first by 4 April 2031",
        "Orsay contested",
        "Veldar contested",
        "done, says Ministry of Defence of Veldar, 3 April 2031",
        "cited, not received",
    ):
        assert words in said
    assert "62 (28 fewer than agreed), says Tamm Line Monitoring Mission" in " ".join(points[7].text_content().split())
    assert "That is no breach" in page.text_content()
    touched = points[0].xpath(".//p[@class='touch']/a")
    assert touched
    incident = html.fromstring(desk.get(touched[0].get("href")).content)
    assert incident.xpath("//section[@aria-labelledby='touched']//a[@href='/agreements/#statement-20310304-1']")
    quiet = next(each.group.id for each in house.sight().edition.incidents if each.group.id not in page.text_content())
    assert not html.fromstring(desk.get(f"/incidents/{quiet}/").content).xpath("//section[@aria-labelledby='touched']")
