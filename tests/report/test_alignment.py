"""A party that is aligned with another, in all that leaves the house: its own name everywhere, and what is said read apart and together."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from merestone.capture import Options, load_pack
from merestone.capture.terms import Pack
from merestone.ledger.canonical import canonical
from merestone.register.frozen import freeze, thaw
from merestone.report import INTERNAL, PROFILES, Edition, Request, brief, redact, render
from merestone.report.blocks import Text
from merestone.report.contents import contents_of
from merestone.report.explain import explain
from merestone.report.paper_findings import incidents as on_paper
from tests.report.invented import SMALL, edition
from tests.report.test_brief import LINES, NOW

VALLEY = {
    "id": "valley-1",
    "publisher": "Tamm Valley Assembly",
    "published": "2031-05-17",
    "language": "en",
    "url": "https://example.org/valley-1",
    "text": "On 17 May at about 02:45 Orsayan forces opened fire with machine guns on positions near Upper Brask.",
}
FILES = ("edition.json", "incidents.geojson", "report.html")
WHY = "Veldar supplies it and speaks for it"


def bound(pack: Pack, code: str | None) -> Pack:
    """The pack with its third party aligned with the party of that code, or with none."""
    return replace(pack, parties=tuple(replace(each, aligned_with=code, why=WHY) if each.code == "XT" else each for each in pack.parties))


def made(folder: Path, lines: list[dict[str, str]], pack: Pack, profile: str = INTERNAL) -> dict[str, bytes]:
    path = folder / "corpus.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return render(brief(Request((path,), pack, NOW, Options(), profile=profile)), FILES)


def incident(files: dict[str, bytes], ref: str = "valley-1#1") -> dict[str, object]:
    told = json.loads(files["edition.json"])
    return next(each for each in told["incidents"] if ref in each["claims"])


@pytest.mark.parametrize("profile", PROFILES)
def test_each_stands_under_its_own_code_and_both_ways_of_reading_are_told(tmp_path: Path, profile: str) -> None:
    files = made(tmp_path, [LINES[0], VALLEY], bound(load_pack("teaching"), "VE"), profile)
    told = json.loads(files["edition.json"])
    assert {"code": "XT", "name": "Tamm Valley Assembly", "aligned_with": "VE", "why": WHY} in told["parties"]
    assert {"code": "OR", "name": "Orsay"} in told["parties"]
    found = incident(files)
    assert found["grade"] == "reported"
    assert found["versions"] == {"VE": ["ve-1#1"], "XT": ["valley-1#1"]}
    assert found["versions_together"] == {"VE": ["valley-1#1", "ve-1#1"]}
    for feature in json.loads(files["incidents.geojson"])["features"]:
        assert feature["properties"]["versions_together"] == found["versions_together"]
    page = html.fromstring(files["report.html"].decode("utf-8"))
    shown = page.get_element_by_id(found["id"])  # type: ignore[arg-type]
    heads = [side.text_content().split() for side in shown.xpath(".//section[starts-with(@class, 'side')]/h4")]
    assert [" ".join(head) for head in heads] == ["Orsay", "Veldar", "Tamm Valley Assembly"]
    words = " ".join(shown.text_content().split())
    assert "Tamm Valley Assembly aligned with Veldar" in words
    assert "Read apart: Veldar 1 claim and Tamm Valley Assembly 1 claim. Read together: Veldar with Tamm Valley Assembly 2 claims." in words
    assert "Counted apart it is a party of its own; with Veldar it adds no party." in words
    method = " ".join(page.get_element_by_id("method").text_content().split())
    assert f"Tamm Valley Assembly is aligned with Veldar: {WHY}. It is a party of its own here and stands under its own name." in method
    assert "Two parties that are not aligned with one another report it." in method


def test_a_pack_without_aligned_parties_tells_nothing_of_it(tmp_path: Path) -> None:
    files = made(tmp_path, [LINES[0], VALLEY], bound(load_pack("teaching"), None))
    found = incident(files)
    assert found["grade"] == "reported by both"
    assert "versions_together" not in found
    assert b"Read together" not in files["report.html"]


def test_an_ally_of_either_side_is_told_alike(tmp_path: Path) -> None:
    """The same papers with the third party bound to one or to the other: only the name of the other party changes in what is told of it."""
    said = {}
    for code, name in (("VE", "Veldar"), ("OR", "Orsay")):
        files = made(tmp_path, [LINES[0], LINES[1], VALLEY], bound(load_pack("teaching"), code))
        found = incident(files)
        assert found["grade"] == "reported by both"
        together = found["versions_together"]
        assert isinstance(together, dict)
        assert "valley-1#1" in together[code]
        assert "XT" not in together
        reasons = [each["text"] for each in found["reasons"] if "Counted apart" in each["text"]]  # type: ignore[attr-defined]
        said[code] = [text.replace(name, "…") for text in reasons]
    assert said["VE"] == said["OR"] != []


def test_an_explanation_names_the_alignment(tmp_path: Path) -> None:
    files = made(tmp_path, [LINES[0], VALLEY], bound(load_pack("teaching"), "VE"))
    told = explain(files["edition.json"].decode("utf-8"), str(incident(files)["id"]))
    assert "On the side of Tamm Valley Assembly (aligned with Veldar):" in told
    assert "On the side of Veldar:" in told


def with_third(bundle: Edition, voice_of: str = "XT") -> Edition:
    """The small edition with the wire's version given to a third party that is aligned with VE."""
    first, *rest = bundle.incidents
    versions = tuple((voice_of if code == "other" else code, refs) for code, refs in first.assessment.versions)
    return replace(
        bundle,
        parties=(*bundle.parties, ("XT", "Tamm Valley Assembly")),
        aligned=(("XT", "VE", WHY),),
        incidents=(replace(first, assessment=replace(first.assessment, versions=versions)), *rest),
    )


def test_paper_tells_what_the_page_tells() -> None:
    shown = contents_of(redact(with_third(edition(SMALL)), INTERNAL))
    assert [column["aligned"] for column in shown["incidents"][0]["columns"]] == ["", "", "Veldar"]
    assert shown["incidents"][0]["both_ways"] == (
        "Orsay 2 claims, Veldar 1 claim and Tamm Valley Assembly 1 claim",
        "Orsay 2 claims and Veldar with Tamm Valley Assembly 2 claims",
    )
    assert [each["both_ways"] for each in shown["incidents"][1:]] == [None] * (len(shown["incidents"]) - 1)
    texts = ["".join(getattr(part, "text", "") for part in block.runs) for block in on_paper(shown) if isinstance(block, Text)]
    assert any(text.startswith("Read apart:") and "Read together:" in text for text in texts)


def test_who_repeats_whom_says_with_whom_a_source_of_no_party_is_aligned() -> None:
    plain = redact(edition(SMALL), INTERNAL)
    bound_wire = replace(plain, allies=(("Meridian Newswire", "OR", "owned by an ally"),))

    def sides(found: Edition) -> dict[str, str]:
        return {voice["name"]: voice["side"] for voice in contents_of(found)["voices"]}

    assert sides(plain)["Meridian Newswire"] == "no party"
    assert sides(bound_wire)["Meridian Newswire"] == "no party, aligned with Orsay (owned by an ally)"
    told = json.loads(render(bound_wire, ["edition.json"])["edition.json"])
    assert [voice.get("aligned_with") for voice in told["voices"] if voice["name"] == "Meridian Newswire"] == ["OR"]


def test_an_edition_that_was_frozen_before_there_were_alignments_comes_back() -> None:
    whole = redact(edition(SMALL), INTERNAL)
    older = json.loads(freeze(whole))
    for name in ("aligned", "allies"):
        del older[name]
    assert thaw(Edition, canonical(older)) == replace(whole, aligned=(), allies=())
    told = with_third(whole)
    assert thaw(Edition, freeze(told)) == told
