"""What must be seen in the two statements that the product began with: the first point of its first issue, one assertion each.

Nothing of the texts stands here but short quotations in the places where their words are looked for.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from merestone.capture import load_pack
from merestone.report import Request, brief, render, write

CALL, APPLICATION = "000_80457370f1cce4d2", "001_9c455cf8fe296f51"  # the two files of shared/seeds
AM, AZ = "AM", "AZ"
Claim = dict[str, Any]


@pytest.fixture(scope="module")
def out(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brief")
    edition = brief(Request((shared / "seeds",), load_pack("armenia-azerbaijan"), datetime(2031, 1, 1, tzinfo=UTC)))
    write(render(edition), folder)
    return folder


@pytest.fixture(scope="module")
def edition(out: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((out / "edition.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def page(out: Path) -> str:
    return (out / "report.html").read_text(encoding="utf-8")


def claims(edition: dict[str, Any], document: str = "", **wanted: object) -> list[Claim]:
    """Claims of a document (of both where none is named) whose slots have these values."""
    return [
        claim
        for claim in edition["claims"]
        if (not document or claim["document"] == document) and all(claim[key] == value for key, value in wanted.items())
    ]


def of_28_july(edition: dict[str, Any]) -> list[Claim]:
    return [claim for claim in edition["claims"] if (claim["when"]["from"] or "").startswith("2021-07-28")]


# --- who says it --------------------------------------------------------------------------------------------------


def test_everything_is_a_claim_of_somebody_and_nothing_is_adopted(edition: dict[str, Any]) -> None:
    assert len(edition["claims"]) >= 20
    assert all(claim["speakers"] and claim["speakers"][0]["name"] for claim in edition["claims"])
    assert {incident["grade"] for incident in edition["incidents"]} == {"reported"}
    assert {incident["state"] for incident in edition["incidents"]} == {"proposed"}
    assert edition["unreviewed"] is True
    assert edition["checkpoint"] is None


def test_the_speakers_are_the_organisations_of_one_side_or_whom_they_cite(edition: dict[str, Any]) -> None:
    assert {(claim["speakers"][0]["kind"], claim["speakers"][0]["affiliation"]) for claim in edition["claims"]} == {("civil_society", AM)}


def test_there_is_one_voice(edition: dict[str, Any]) -> None:
    assert [voice["affiliation"] for voice in edition["voices"]] == [AM]
    assert {voice for incident in edition["incidents"] for voice in incident["voices"]} == {edition["voices"][0]["id"]}


def test_shared_passages_are_shown(edition: dict[str, Any], page: str) -> None:
    assert {(p["earlier"], p["later"]) for p in edition["passages"]} == {(CALL, APPLICATION)}
    words = [p["words"] for p in edition["passages"] if "provocations rose to a new height" in p["words"]]
    assert len(words) == 1
    assert "provocations rose to a new height" in page


def test_what_is_cited_and_not_held_is_no_voice(edition: dict[str, Any]) -> None:
    cited = [each for each in edition["citations"] if each["by"] == "Human Rights Defender of Armenia"]
    assert {each["document"] for each in cited} == {CALL, APPLICATION}
    assert not any(each["received"] for each in edition["citations"])
    assert all("Defender" not in voice["name"] for voice in edition["voices"])


# --- 28 July ------------------------------------------------------------------------------------------------------


def test_the_attack_of_28_july(edition: dict[str, Any]) -> None:
    """About 03:40, the year inferred and marked, on positions at the eastern section of the border."""
    (attack,) = [
        claim
        for claim in of_28_july(edition)
        if claim["kind"] in ("ground_attack", "small_arms_fire", "shelling") and len(claim["speakers"]) == 1
    ]
    assert attack["document"] == APPLICATION
    assert attack["when"]["from"] == attack["when"]["to"] == "2021-07-28T03:40+04:00"
    assert attack["when"]["precision"] == "minute"
    assert attack["when"]["inferred"] == ["year"]
    assert (attack["initiator"], attack["target"]) == (AZ, {"party": AM, "what": "military_positions"})
    assert [(place["place"], place["level"]) for place in attack["where"]] == [("border-east", "border_section")]


def test_an_inferred_year_is_marked_on_the_page(page: str) -> None:
    assert re.search(r"inferred", page)


def test_fire_at_six_villages_said_by_the_human_rights_defender(edition: dict[str, Any]) -> None:
    (fire,) = [claim for claim in of_28_july(edition) if claim["said_by"][-1] == "Human Rights Defender of Armenia"]
    assert fire["kind"] in ("small_arms_fire", "shelling")
    assert (fire["initiator"], fire["target"]) == (AZ, {"party": AM, "what": "settlement"})
    assert (fire["speakers"][-1]["official"], fire["speakers"][-1]["received"]) == (True, False)
    villages = {place["text"]: place for place in fire["where"] if place["level"] == "settlement"}
    assert set(villages) == {"Sotk", "Koot", "Azat", "Norabak", "Nerkin Shorja", "Verin Shorja"}
    for name, place in villages.items():
        assert place["lat"] is not None or place["why"], name
        assert place["role"] in ("at", "target")
    assert villages["Koot"]["name"] == "Kut"


def test_all_six_villages_have_a_point_near_the_border(edition: dict[str, Any]) -> None:
    (fire,) = [claim for claim in of_28_july(edition) if claim["said_by"][-1] == "Human Rights Defender of Armenia"]
    points = [(place["lat"], place["lon"]) for place in fire["where"] if place["level"] == "settlement"]
    assert len(points) == 6
    assert all(40.0 < lat < 40.4 and 45.6 < lon < 46.0 for lat, lon in points)


def test_small_and_large_calibre_weapons(edition: dict[str, Any]) -> None:
    (armed,) = [claim for claim in of_28_july(edition) if claim["weapons"]]
    assert "small_arms" in armed["weapons"]
    assert set(armed["weapons"]) - {"small_arms"}, "nothing larger than small arms was read"


def test_three_killed_and_five_wounded_of_the_military_of_one_party(edition: dict[str, Any]) -> None:
    figures = [figure for claim in edition["claims"] for figure in claim["casualties"] if figure["outcome"] in ("killed", "wounded")]
    told = {(f["outcome"], f["party"], f["group"], f["min"], f["max"]) for f in figures}
    assert told == {("killed", AM, "military", 3, 3), ("wounded", AM, "military", 5, 5)}
    assert len(figures) == 2
    (incident,) = [incident for incident in edition["incidents"] if incident["figures"]]
    shown = {(f["outcome"], f["party"], f["min"], f["max"]) for f in incident["figures"]}
    assert shown == {("killed", AM, 3, 3), ("wounded", AM, 5, 5)}
    assert all(voice["claims"] for figure in incident["figures"] for voice in figure["voices"])


def test_what_is_told_of_28_july_is_one_incident(edition: dict[str, Any]) -> None:
    assert len({claim["incident"] for claim in of_28_july(edition)}) == 1


# --- over months --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", [CALL, APPLICATION])
def test_forces_are_said_to_be_beyond_the_line(edition: dict[str, Any], document: str) -> None:
    held = claims(edition, document, kind="position_held", initiator=AZ, target={"party": AM, "what": "territory"})
    assert held
    assert all(claim["incident"] is None or claim["incident"].startswith("P-") for claim in held)


def test_the_advance_said_to_have_begun_on_12_may_2021(edition: dict[str, Any]) -> None:
    (advance,) = [claim for claim in claims(edition, CALL, kind="advance") if claim["when"]["from"] == "2021-05-12"]
    assert (advance["initiator"], advance["target"]["party"]) == (AZ, AM)
    assert (advance["when"]["precision"], advance["when"]["inferred"]) == ("day", [])
    assert advance["said_by"][-1] == "European Parliament"
    assert advance["incident"].startswith("B-")


@pytest.mark.parametrize("document", [CALL, APPLICATION])
@pytest.mark.parametrize(
    ("kind", "what"),
    [("small_arms_fire", "settlement"), ("detention", "civilians"), ("threat_with_weapon", "civilians"), ("theft", "property")],
)
def test_what_is_repeated_is_a_pattern_in_both_texts(edition: dict[str, Any], document: str, kind: str, what: str) -> None:
    (claim,) = [
        claim for claim in claims(edition, document, kind=kind) if claim["repeated"] and claim["target"] == {"party": AM, "what": what}
    ]
    assert claim["initiator"] == AZ
    (pattern,) = [pattern for pattern in edition["patterns"] if claim["ref"] in pattern["claims"]]
    assert {ref.split("#")[0] for ref in pattern["claims"]} == {CALL, APPLICATION}


def test_livestock_is_what_was_stolen(edition: dict[str, Any]) -> None:
    assert all("livestock" in claim["hit"] for claim in claims(edition, kind="theft"))


def test_detention_is_done_in_one_text_and_attempted_in_the_other(edition: dict[str, Any], page: str) -> None:
    said = {claim["document"]: claim for claim in claims(edition, kind="detention") if claim["target"]["what"] == "civilians"}
    assert {document: claim["realised"] for document, claim in said.items()} == {CALL: "done", APPLICATION: "attempted"}
    (pattern,) = [pattern for pattern in edition["patterns"] if said[CALL]["ref"] in pattern["claims"]]
    assert said[APPLICATION]["ref"] in pattern["claims"]
    article = re.search(rf'<article class="pattern" id="{pattern["id"]}">.*?</article>', page, re.DOTALL)
    assert article is not None
    versions = re.findall(r"<li.*?</li>", article.group(), re.DOTALL)
    flagged = [version for version in versions if re.search(r">\s*attempted\s*<", version)]
    assert len(flagged) == 1
    assert said[APPLICATION]["ref"] in flagged[0]


def test_nobody_is_counted_as_detained_where_it_was_only_tried(edition: dict[str, Any]) -> None:
    tried = claims(edition, APPLICATION, kind="detention", realised="attempted")
    assert [claim["casualties"] for claim in tried] == [[]]


def test_what_an_official_is_said_to_admit_is_kept_as_that_officials_word_at_second_hand(edition: dict[str, Any]) -> None:
    """Said by one side of the other's officials: it is in the record as told, and acknowledges nothing."""
    (told,) = [s for s in edition["statements"] if s["type"] == "admission"]
    assert (told["document"], told["party"]) == (CALL, AZ)
    assert not [incident for incident in edition["incidents"] if incident["grade"] == "acknowledged"]


# --- asks, answers, names -----------------------------------------------------------------------------------------


def test_four_asks_to_named_bodies_in_one_text(edition: dict[str, Any]) -> None:
    asks = [each for each in edition["appeals"] if each["document"] == CALL]
    assert len(asks) == 4
    for ask, word in zip(asks, ("condemn", "monitoring mission", "prisoners of war", "sanctions"), strict=True):
        assert word in ask["ask"]
        assert {"OSCE", "Council of Europe", "European Commission"} <= set(ask["to"])


def test_two_asks_to_the_authorities_in_the_other(edition: dict[str, Any]) -> None:
    asks = [each for each in edition["appeals"] if each["document"] == APPLICATION]
    assert [ask["to"] for ask in asks] == [["Government of Armenia"], ["Government of Armenia"]]
    assert "UN Security Council" in asks[0]["ask"]
    assert "OSCE" in asks[1]["ask"]


def test_two_responses(edition: dict[str, Any]) -> None:
    found = [(each["document"], each["by"], each["type"]) for each in edition["responses"]]
    assert found == [(CALL, "United States House of Representatives", "bill"), (CALL, "European Parliament", "joint_statement")]
    assert all(each["date"] is None for each in edition["responses"]), "neither text says when"


def test_sixteen_and_nine_signatories_and_no_line_of_the_page(edition: dict[str, Any], shared: Path) -> None:
    names = {each["document"]: each["names"] for each in edition["signatories"]}
    assert {document: len(signed) for document, signed in names.items()} == {CALL: 16, APPLICATION: 9}
    for document, signed in names.items():
        text = (shared / "seeds" / f"{document}.txt").read_text(encoding="utf-8")
        assert all(name in text for name in signed)
        assert len(set(signed)) == len(signed)
        assert not [name for name in signed if re.search(r"newsletter|share|friend|subscribe", name, re.IGNORECASE)]
    assert names[CALL][0].startswith("Open Society Foundations")
    assert names[CALL][-1].startswith("Union of Informed")
    assert names[APPLICATION][-1].startswith("Public Journalism")


def test_every_number_leads_to_its_words(edition: dict[str, Any], shared: Path) -> None:
    texts = {document["id"]: document["text"] for document in edition["documents"]}
    for claim in edition["claims"]:
        assert texts[claim["document"]][claim["start"] :].startswith(claim["quote"])
        assert all(0 <= figure["start"] < figure["end"] for figure in claim["casualties"])
