"""Agreements in an edition: which incidents touch a point and why, what stands beside it, and no word of a breach."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from merestone.capture.pack import load_pack
from merestone.capture.terms import Agreement, Applying, Level, Provision, Said, Step, Touching
from merestone.report import INTERNAL, PROFILES, PUBLIC, redact, render
from merestone.report.agreements import texts_of, touched_by
from merestone.report.terms import Edition
from tests.report.invented import SMALL, edition
from tests.report.reread import files_of, printed

POINTS = (
    Provision(
        "1", "Fire ends along the line.", "continuing", {"VE": "applies", "OR": "contested"},
        (Applying("OR", "contested", "It ends at the river.", "its ministry, 6 March 2031", "2031-03-06"),), since="2031-03-05",
        touching=(Touching(("small_arms_fire", "shelling"), "Fire is to end."),),
    ),
    Provision("2", "Monitors come.", "institution", levels=(Level("monitors", 90),), said=(Said("The mission", "", "2031-05-01", "number", "its own report", "monitors", 62),)),
    Provision("3", "Each withdraws.", "one_off", steps=(Step("Amberley", "2031-04-04", "2031-04-18", "both, 2 April 2031", ("withdrawal",), ("s0",)),)),
    Provision("4", "The south stays empty.", "continuing", touching=(Touching(("small_arms_fire",), "The south is to stay empty.", ("d1",)),)),
)  # fmt: skip
TEXTS = (
    Agreement("march", "Statement of March", "2031-03-04", "common text", {}, POINTS, "the guarantors", "en"),
    Agreement("march-ve", "Statement of March, as Veldar has it", "2031-03-04", "published by Veldar", {}, (replace(POINTS[1], levels=(Level("monitors", 70),)),), "its ministry", "en", "march"),
)  # fmt: skip


def made(profile: str = INTERNAL) -> Edition:
    return redact(replace(edition(SMALL), agreements=TEXTS), profile)


def data_of(found: Edition) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(render(found, ["edition.json"])["edition.json"])
    return loaded


def test_an_incident_touches_a_point_of_its_kind_place_and_day() -> None:
    found = made()
    touched = {point.provision.number: [each.incident for each in point.touched] for point in texts_of(found)[0].points}
    first = found.incidents[0].group.id
    assert touched["1"] == [first]
    assert touched["2"] == touched["3"] == touched["4"] == []
    (point,) = touched_by(found, found.incidents[0])
    assert (point["number"], point["why"], point["href"]) == ("1", ["Fire is to end."], "/agreements/#march-1")
    assert [side["says"] for side in point["applies"]] == ["contested", "applies"], "in the order of the parties' codes"


@pytest.mark.parametrize("profile", PROFILES)
def test_page_paper_and_file_tell_the_same(profile: str) -> None:
    files = files_of(made(profile))
    said = printed(files)
    for told in (
        "It ends at the river.",
        "62",
        "28 fewer than agreed",
        "the day has passed",
        "Nobody here says that it was done",
        "Fire is to end.",
    ):
        assert told in said, told
    page = render(made(profile), ["report.html"])["report.html"].decode()
    for told in (
        "It ends at the river.",
        "28 fewer than agreed",
        "first by 4 April 2031",
        "Nobody here says that it was done",
        "As 1 other published text has it",
    ):
        assert told in page, told
    point = data_of(made(profile))["agreements"][0]["provisions"][0]
    assert point["readings"][0]["source"] == "its ministry, 6 March 2031"
    assert [each["why"] for each in point["touched"]] == ["Fire is to end."]


def test_what_one_speaker_said_twice_on_a_day_is_told_once() -> None:
    again = replace(POINTS[1], said=POINTS[1].said * 2)
    found = redact(replace(edition(SMALL), agreements=(replace(TEXTS[0], provisions=(again,)),)), INTERNAL)
    assert render(found, ["report.html"])["report.html"].decode().count("28 fewer than agreed") == 1
    assert len(data_of(found)["agreements"][0]["provisions"][0]["state"]["levels"][0]["words"]) == 2, "the file keeps both"


def test_no_word_of_ours_says_that_anybody_broke_anything() -> None:
    page = re.sub(
        r"<[^>]+>", " ", render(made(), ["report.html"])["report.html"].decode().split('id="agreements"')[1].split('id="balance"')[0]
    )
    assert "That is no breach" in page
    rest = page.replace("That is no breach: who did it, whether the point applies there and whether it was broken, no machine says.", "")
    assert not re.search(r"breach|broke|compl|fulfil|kept|infring", rest)


def test_without_an_agreement_there_is_no_section() -> None:
    found = redact(edition(SMALL), PUBLIC)
    assert b'id="agreements"' not in render(found, ["report.html"])["report.html"]
    assert "agreements" not in data_of(found)


@pytest.mark.parametrize("name", ["teaching", "armenia-azerbaijan"])
def test_the_packs_that_come_along_have_their_agreement_whole(name: str) -> None:
    pack = load_pack(name)
    first, *versions = pack.agreements
    assert [point.number for point in first.provisions] == [str(n) for n in range(1, len(first.provisions) + 1)]
    codes = {party.code for party in pack.parties if party.aligned_with is None}
    assert all(codes <= set(point.applies) for agreement in pack.agreements for point in agreement.provisions)
    assert {version.of for version in versions} == {first.id}
    assert all(agreement.language and agreement.origin for agreement in pack.agreements)
    assert {point.kind for point in first.provisions} == {"continuing", "one_off", "level", "institution"}
    for point in first.provisions:
        contested = {code for code, says in point.applies.items() if says == "contested"}
        told = {each.party for each in point.readings}
        assert not told or codes <= told, f"point {point.number}: where one party's reading is told, so is the other's"
        assert not told - contested
