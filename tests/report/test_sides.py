"""What a sceptical reader of either side looks for: equal columns, whose words are quoted, differences said; and tables that stay tables."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from lxml import html

from merestone.report import INTERNAL, PROFILES, Edition, redact, render
from merestone.report.edition import _answers
from tests.report.invented import OR, SMALL, VE, Bundle, Paper, Told, edition

FILES = ("claims.csv", "edition.json", "incidents.geojson", "report.html")


def page(found: Edition) -> str:
    return render(found, ["report.html"])["report.html"].decode("utf-8")


def tree(found: Edition) -> html.HtmlElement:
    return html.fromstring(page(found))


@pytest.fixture(params=PROFILES)
def small(request: pytest.FixtureRequest) -> Edition:
    return redact(edition(SMALL), request.param)


def test_a_party_of_which_nothing_speaks_has_no_empty_column_and_is_named_once(small: Edition) -> None:
    third = replace(small, parties=(*small.parties, ("XW", "Westmark Council")))
    said = page(third)
    before, balance = said.split('<section id="balance">')
    assert before.count("Westmark Council") == 1
    assert balance.count("Westmark Council") == 1, "the balance is read by itself, so it says so too"
    assert "No version from this side" not in said or said.count("<h4>") == page(small).count("<h4>")
    blamed = replace(third.claims[0], claim=replace(third.claims[0].claim, initiator="XW"))
    assert page(replace(third, claims=(blamed, *third.claims[1:]))).count("Westmark Council") > 1


def test_columns_do_not_depend_on_who_is_silent() -> None:
    """One paper of either side alone: the silent one, which it blames, has its column all the same."""
    for paper in SMALL.papers[:2]:
        found = tree(redact(edition(Bundle((paper,))), INTERNAL)).xpath("//article[@class='incident']")
        heads = [h.text_content().strip() for one in found for h in one.xpath(".//section[starts-with(@class, 'side')]/h4")]
        assert heads == ["Orsay", "Veldar"] * len(found)


def test_an_attempt_in_one_version_and_a_deed_in_the_other_is_said_to_differ(small: Edition) -> None:
    assert "The versions differ" not in page(small)
    tried = replace(small.claims[0], claim=replace(small.claims[0].claim, realised="attempted"))
    assert "The versions differ" in page(replace(small, claims=(tried, *small.claims[1:])))


def test_words_about_somebody_are_told_as_the_words_of_who_wrote_them() -> None:
    papers = (replace(SMALL.papers[0], statements=((VE, "We shall answer in kind."), (OR, "Orsay openly threatens us."))),)
    rows = tree(redact(edition(Bundle(papers)), INTERNAL)).xpath("//section[@id='statements']//li")
    assert [row.xpath("string(.//bdi)") for row in rows] == [VE, OR]
    assert ["as told by" in row.text_content() for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("by", "to", "meets"),
    [
        ("Assembly", "Assembly", True),
        ("Council of the League", "League", True),
        ("United States of Ocean", "states", False),
        ("European Parliament", "parliament", False),
    ],
)
def test_a_body_answers_only_an_appeal_to_itself(by: str, to: str, meets: bool) -> None:
    assert _answers(by, (to,)) is meets


@pytest.mark.parametrize("name", FILES)
def test_no_file_holds_a_control_character(name: str) -> None:
    """A terminal that shows the file would obey it."""
    bundle = Bundle(
        (Paper("id \x1b[31m", (Told("Shots \x1b]0;x\x07 were heard."),), publisher="P \x1b[2J", title="T \x9b1m", signed=("N \x08",)),)
    )
    content = render(redact(edition(bundle), INTERNAL), [name])[name].decode("utf-8")
    assert "id " in content
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", content)


def test_a_place_south_of_the_equator_is_a_number_in_the_table() -> None:
    found = redact(edition(SMALL), INTERNAL)
    claim = found.claims[0].claim
    south = replace(found.claims[0], claim=replace(claim, where=tuple(replace(w, lat=-37.7) for w in claim.where)))
    row = next(
        csv.DictReader(
            io.StringIO(render(replace(found, claims=(south, *found.claims[1:])), ["claims.csv"])["claims.csv"].decode("utf-8-sig"))
        )
    )
    assert float(row["lat"]) == -37.7
