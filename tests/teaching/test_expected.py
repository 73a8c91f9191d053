"""The whole way from the teaching documents to assessed incidents, measured against the hand-made expectation.

Floors are what was measured when they were pinned, less a little; they may rise, and fall only with a reason in the commit.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import pytest

from merestone.assess import Assessment, assess
from merestone.capture import Options, load_pack, receive
from merestone.capture.terms import ExhibitText, Known, Received
from merestone.extract.wire import to_json
from merestone.link import Dossier, Linked, group
from merestone.link.dossiers import dossier_of, readings_of
from tests.teaching.expectation import DOCUMENTS, corpora, documents, expected, find, told
from tests.teaching.plain_texts import plain_texts
from tests.teaching.scoring import SLOTS, Score, b_cubed, detection, pair, slots

# First pinned at 0.70 0.58 0.72 14/29 0.80 0.40; raised when the reader settled at 0.93 0.84 0.85 25/29 0.92 0.89.
# The documents in other languages were written later, by somebody who had seen no reading rule; these are their first figures, less 0.03:
# claims 0.582 0.595 0.750, slots 0.482 0.483 0.679.
FLOOR_DETECTION = {"en": 0.90, "ru": 0.55, "hy": 0.56, "az": 0.72}
FLOOR_SLOTS = {"en": 0.82, "ru": 0.45, "hy": 0.45, "az": 0.64}
FLOOR_APPEALS = {"en": 0.88, "ru": 0.85, "hy": 0.95, "az": 0.95}
FLOOR_STATEMENTS = {"en": 0.84, "ru": 0.63, "hy": 0.76, "az": 0.55}
# Lower than the 0.82 and 0.80 of the documents in en alone, because what is misread in another language is joined wrongly.
FLOOR_INCIDENTS = 0.69  # measured: 0.724
FLOOR_GRADES = 0.55  # measured: 25 of 43
CEILING_PARITY = {"en": 0.10, "ru": 0.22, "hy": 0.27, "az": 0.10}  # how far apart the two parties' slots may lie
CEILING_FAIR = 3  # claims read into the harvest fair, where nothing is told; 0 is wanted

LANGUAGES = ("en", "ru", "hy", "az")
Claim = dict[str, Any]
SWAP = {"VE": "OR", "OR": "VE"}
# Accepted until the rules are mended: "the claim that our units shot at ... is a lie", with the word that takes it back behind the
# clause and a dash between, is read as if the ministry admitted it. Nothing may join this list.
TAKEN_FOR_ADMITTED: set[str] = set()


@dataclass(frozen=True, slots=True)
class Run:
    received: Received
    texts: dict[str, ExhibitText]  # by the expectation's document ids
    read: dict[str, dict[str, Any]]
    linked: Linked
    assessed: tuple[Assessment, ...]
    identity: dict[str, str]  # the pipeline's document id -> the expectation's


@functools.cache
def run() -> Run:
    pack = load_pack("teaching")
    received = receive([DOCUMENTS], Options())
    identity = {text.id: _identity(text) for text in received.texts}
    dossiers: list[Dossier] = []
    read = {}
    for exhibit, reading in readings_of(received.texts, pack):
        assert not isinstance(reading, Exception), (exhibit.id, reading)
        dossiers.append(dossier_of(exhibit, reading))
        read[identity[exhibit.id]] = to_json(reading)
    linked = group(dossiers, (), pack)
    return Run(received, {identity[text.id]: text for text in received.texts}, read, linked, assess(linked, dossiers, pack), identity)


def _identity(text: ExhibitText) -> str:
    """Corpora give their ids; other documents are known by their file's name."""
    path = DOCUMENTS / text.exhibit.name.rpartition("/")[2]
    return text.id if path in corpora() else next((each["id"] for each in documents() if each["path"] == path.name), text.id)


def want(identity: str) -> list[Claim]:
    text = run().texts[identity].text
    document = next(each for each in documents() if each["id"] == identity)
    return [_spanned(claim, text) for claim in document["claims"]]


def _spanned(entry: dict[str, Any], text: str) -> Claim:
    span = find(entry["quote"], text)
    assert span is not None, entry["quote"]
    return {**entry, "start": span[0], "end": span[1]}


def got(identity: str) -> list[Claim]:
    return [{**claim, "end": claim["start"] + len(claim["quote"])} for claim in run().read[identity]["claims"]]


def total(parts: list[Score]) -> Score:
    whole = Score(0, 0, 0)
    for part in parts:
        whole += part
    return whole


# --- receiving ----------------------------------------------------------------------------------------------------


def test_every_document_is_received_and_nothing_else() -> None:
    assert set(run().texts) == {document["id"] for document in documents()}


def test_what_cannot_be_read_is_refused() -> None:
    refused = {refusal.facts["path"].rpartition("/")[2]: refusal.code for refusal in run().received.refusals}
    assert refused == {entry["path"]: entry["code"] for entry in expected()["refusals"]}


def test_no_word_of_a_document_is_lost() -> None:
    """Every word that is asked for, and every word of the plain text of the files that are nothing but text."""
    for document in documents():
        text = run().texts[document["id"]].text
        for key in ("claims", "statements", "appeals", "responses"):
            assert all(find(entry["quote"], text) for entry in document.get(key, [])), document["id"]
        if document["path"].endswith((".txt", ".docx", ".pdf", ".jsonl", ".csv")):
            assert plain_texts()[document["id"]].split() == text.split(), document["id"]


def test_a_web_page_with_another_ending_is_read_as_a_web_page_without_its_script() -> None:
    document = next(each for each in documents() if "lies_about_its_type" in each)
    exhibit = run().texts[document["id"]]
    assert document["lies_about_its_type"] in exhibit.exhibit.media_type


def test_what_a_hostile_page_hides_is_not_read_and_is_told() -> None:
    hostile = [document for document in documents() if "never_in_the_text" in document]
    assert len(hostile) == 2
    for document in hostile:
        exhibit = run().texts[document["id"]]
        assert exhibit.notices
        assert not [words for words in document["never_in_the_text"] if words in exhibit.text]
    codes = {notice.code for notice in run().texts["valley-notice-2031-05-21-ru"].notices}
    assert {"hidden_text", "bidi_controls"} <= codes


def test_boilerplate_of_pages_stays_out() -> None:
    outside = (
        ("ve-vpa-2031-05-17", "Ferry to Norrhamn"),
        ("or-ota-2031-05-17", "harbour festival"),
        ("ve-vpa-2031-05-17-ru", "Паром"),
        ("or-echo-2031-05-20-hy", "նավահանգստում"),
        ("or-ota-2031-05-20-az", "Baş səhifə"),
    )
    for identity, words in outside:
        assert words in (DOCUMENTS / f"{identity}.html").read_text(encoding="utf-8")
        assert words not in run().texts[identity].text


def test_published_and_publisher_are_known() -> None:
    for document in documents():
        exhibit = run().texts[document["id"]]
        assert isinstance(exhibit.published, Known)
        assert exhibit.published.value.startswith("2031-05-"), document["id"]
        assert isinstance(exhibit.publisher, Known)
        assert exhibit.publisher.value == document["publisher"]


# --- reading ------------------------------------------------------------------------------------------------------


def names_in(language: str) -> list[str]:
    return [name for name in run().read if told()[name]["language"] == language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_claims_are_found(language: str) -> None:
    assert total([detection(want(name), got(name)) for name in names_in(language)]).f1 >= FLOOR_DETECTION[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_slots_are_read(language: str) -> None:
    assert slot_score(names_in(language)).f1 >= FLOOR_SLOTS[language]


def slot_score(names: list[str], party: str = "") -> Score:
    parts = []
    for name in names:
        a, b = ([claim for claim in side(name) if not party or claim["initiator"] == party] for side in (want, got))
        parts += slots(a, b).values()
    return total(parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_parties_are_read_as_well(language: str) -> None:
    """The two sides' texts say the same in other words, so the figures may differ; names alone may not make a difference."""
    names = names_in(language)
    assert abs(slot_score(names, "VE").f1 - slot_score(names, "OR").f1) <= CEILING_PARITY[language]


def denials_taken_for_admissions() -> set[str]:
    return {
        name
        for name in run().read
        for a in want(name)
        for b in got(name)
        if a["stance"] == "denies" and b["stance"] == "admits" and a["start"] < b["end"] and b["start"] < a["end"]
    }


def test_no_denial_is_read_as_an_admission() -> None:
    assert denials_taken_for_admissions() <= TAKEN_FOR_ADMITTED


def test_nothing_is_admitted_that_nobody_admits() -> None:
    affiliation = {source.name: source.affiliation for source in load_pack("teaching").sources}
    for name in run().read:
        for claim in got(name):
            if claim["stance"] == "admits":
                assert affiliation.get(claim["said_by"][-1]) == claim["initiator"], (name, claim["quote"])


def test_next_to_nothing_is_found_where_nothing_is_told() -> None:
    fair = run().read["review-harvest-fair-2031-05-18"]
    assert fair["appeals"] == fair["responses"] == fair["statements"] == fair["signatories"] == []
    assert len(fair["claims"]) <= CEILING_FAIR
    assert not [claim for claim in fair["claims"] if claim["initiator"] in SWAP]


def test_signatories_are_exact() -> None:
    """Of a joint text, all who sign and nobody else; whoever puts out a text alone may stand there too."""
    for document in documents():
        found = run().read[document["id"]]["signatories"]
        assert found == document.get("signatories", []) or (set(found) <= {document["publisher"]}), document["id"]


def other(key: str, language: str) -> Score:
    parts = []
    for document in (each for each in documents() if told()[each["id"]]["language"] == language):
        text = run().texts[document["id"]].text
        a = [{**_spanned(entry, text), "kind": key, **BLANK} for entry in document.get(key, [])]
        b = [{**e, "kind": key, "end": e["start"] + len(e["quote"]), **BLANK} for e in run().read[document["id"]][key]]
        found = len(pair(a, b))
        parts.append(Score(found, len(b) - found, len(a) - found))
    return total(parts)


BLANK: Claim = {
    **dict.fromkeys(SLOTS, ""),
    "target": {"party": "", "what": ""},
    "when": {"from": "", "to": "", "precision": "unknown"},
    **{key: [] for key in ("where", "said_by", "weapons", "casualties")},
}


@pytest.mark.parametrize("language", FLOOR_APPEALS)
def test_appeals_are_found(language: str) -> None:
    assert other("appeals", language).f1 >= FLOOR_APPEALS[language]


@pytest.mark.parametrize("language", FLOOR_STATEMENTS)
def test_statements_are_found(language: str) -> None:
    assert other("statements", language).f1 >= FLOOR_STATEMENTS[language]


# --- linking and assessing ----------------------------------------------------------------------------------------


@functools.cache
def homes() -> tuple[dict[tuple[str, int], str], dict[tuple[str, int], str]]:
    """(document, number in the expectation) -> expected incident, and -> found incident where the claim was read and joined."""
    number = {(run().identity[ref.document], ref.claim): each.id for each in run().linked.incidents for ref in each.claims}
    wanted, found = {}, {}
    for name in run().read:
        a, b = want(name), got(name)
        wanted.update({(name, claim["id"]): claim["incident"] for claim in a if claim["incident"]})
        for i, j in pair(a, b):
            if (name, b[j]["id"]) in number and a[i]["incident"]:
                found[name, a[i]["id"]] = number[name, b[j]["id"]]
    return wanted, found


def test_incidents_are_found() -> None:
    assert b_cubed(*homes()) >= FLOOR_INCIDENTS


def grades() -> dict[str, str]:
    """Expected incident -> the grade of the found incident that holds most of its claims."""
    wanted, found = homes()
    grade = {each.incident: each.grade for each in run().assessed}
    out = {}
    for name in expected()["incidents"]:
        held = [found[key] for key, incident in wanted.items() if incident == name and key in found]
        out[name] = grade[max(sorted(set(held)), key=held.count)] if held else "not found"
    return out


def test_grades_follow() -> None:
    found = grades()
    right = [name for name, incident in expected()["incidents"].items() if incident["grade"] == found[name]]
    assert len(right) / len(found) >= FLOOR_GRADES


def test_the_two_exchanges_hold_both_versions_and_are_corroborated() -> None:
    wanted, found = homes()
    for name in ("20310517-brask", "20310518-keldholt"):
        heard = {(key[0][:2], found[key]) for key, incident in wanted.items() if incident == name and "-mod-" in key[0] and key in found}
        assert {("ve", incident) for side, incident in heard if side == "or"} & heard, (name, heard)
    assert grades()["20310518-keldholt"] == "corroborated"
    assert grades()["20310517-brask"] == ("acknowledged" if denials_taken_for_admissions() else "corroborated")


def test_a_reprint_is_no_voice_of_its_own() -> None:
    members = [set(voice.members) for voice in run().linked.voices]
    for repeat in expected()["repeats"]:
        assert any({repeat["repeater"], repeat["origin"]} <= each for each in members), repeat
