"""What leaves the house: searched for in every file of the public edition, never only in the values that were meant to hold it."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from merestone.extract.terms import Located, Person
from merestone.ledger.terms import Refusal
from merestone.link.terms import Ref
from merestone.report import INTERNAL, PUBLIC, Edition, coarsen, redact, render
from merestone.report.masking import LABELS
from tests.report.golden_files import WRITTEN
from tests.report.invented import OR, SETTLEMENTS, SMALL, VE, WIRE, Bundle, Paper, Told, edition
from tests.report.reread import OURS, files_of, page_tokens, printed, tokens

FIRST = ("Zelvia", "Quorin", "Brastha", "Ildemar")
LAST = ("Wexhorn", "Pravotsky", "Uldenfeld", "Karrowmy")


def everything(found: Edition) -> str:
    """All files of an edition that are text, as one text, cells and escapes as a reader would see them. What is set in type: `printed`."""
    return "\n".join(content.decode("utf-8") for content in render(found, WRITTEN).values())


def public(bundle: Bundle) -> str:
    return everything(redact(edition(bundle), PUBLIC))


def one(told: Told, **more: object) -> Bundle:
    return Bundle((Paper("paper-1", (told, Told("Quiet was reported elsewhere.", kind="calm", place=None, what="none")), **more),))  # type: ignore[arg-type]


def test_an_edition_that_was_not_redacted_is_not_rendered() -> None:
    with pytest.raises(Refusal, match="edition_not_redacted"):
        render(edition(SMALL))


def test_a_profile_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refusal, match="profile_unknown"):
        redact(edition(SMALL), "press")


# --- persons ------------------------------------------------------------------------------------------------------


def test_a_name_is_masked_everywhere_and_so_are_its_parts() -> None:
    name = "Zelvia Wexhorn"
    bundle = Bundle(
        (
            Paper("zelvia-wexhorn-tells", (Told(f"Shells fell near the house of {name} at Amberley.", person=name),), title=f"{name} of the mill"),
            Paper(
                "b", (Told("Shells fell, as Wexhorn had feared.", kind="shelling"),), url="https://example.org/zelvia-wexhorn",
                statements=((VE, "ZELVIA WEXHORN will be answered."),), appeals=("We call for help for Zelvia  Wexhorn.",),
                responses=(("Zelvia Wexhorn Foundation", "It pledged help to Wexhorn."),), signed=("Friends of Zelvia Wexhorn",),
            ),
        )
    )  # fmt: skip
    told = public(bundle).casefold()
    assert "wexhorn" not in told
    assert "zelvia" not in told
    typeset = printed(files_of(redact(edition(bundle), PUBLIC))).casefold()
    assert "amberley" in typeset
    assert "wexhorn" not in typeset
    assert "zelvia" not in typeset
    assert "wexhorn" in everything(redact(edition(bundle), INTERNAL)).casefold()


def test_an_office_holder_of_the_pack_is_named() -> None:
    assert "Zelvia Wexhorn" in public(one(Told("President Zelvia Wexhorn came to Amberley.", person="Zelvia Wexhorn", office=True)))


def test_persons_are_marked_in_internal() -> None:
    page = everything(redact(edition(one(Told("Shells fell near the house of Zelvia Wexhorn.", person="Zelvia Wexhorn"))), INTERNAL))
    assert '<span class="person" title="names or singles out a person">Zelvia Wexhorn</span>' in page


# --- captives -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", [INTERNAL, PUBLIC])
def test_neither_the_name_nor_the_words_of_a_captive_leave_in_any_profile(profile: str) -> None:
    bundle = Bundle(
        (
            Paper(
                "a",
                (
                    Told("Armed men led away Quorin Pravotsky near Dunwick.", kind="detention", person="Quorin Pravotsky", place=3),
                    Told("We were told to cross the ford.", by="captured soldier", speaker="other", place=None),
                    Told("Fire was heard at Caldmoor.", place=2),
                ),
            ),
            Paper("b", (Told("Quorin Pravotsky was seen on a film.", kind="calm", place=None),)),
        ),
        (("a#1", "a#2"),),
    )
    found = redact(edition(bundle), profile)
    told = everything(found)
    assert "Pravotsky" not in told
    assert "cross the ford" not in told
    assert "Caldmoor" in told
    assert found.withheld.captives == 1
    if profile == INTERNAL:  # offsets into the text still hold
        texts = {d.id: d.text for d in found.documents}
        assert all(texts[c.ref.document][c.claim.start : c.claim.end] == c.claim.quote for c in found.claims)


def test_a_commission_on_captives_is_heard() -> None:
    bundle = one(Told("Seven are held, at Amberley.", by="Commission on Prisoners and Detainees", speaker="government"))
    assert "Seven are held" in everything(redact(edition(bundle), INTERNAL))


# --- whose words may be quoted -------------------------------------------------------------------------------------


PRIVATE = Told("The roof of our neighbour fell in at Elmsett.", by="resident of Elmsett, a nurse", speaker="resident", place=4)


def test_a_resident_is_told_in_our_words_without_place_below_district_and_without_role() -> None:
    found = redact(edition(one(PRIVATE)), PUBLIC)
    told = everything(found)
    for hidden in ("roof of our neighbour", "nurse", "Elmsett", "resident"):
        assert hidden not in told.replace("residents", "")
    card = found.claims[0]
    assert card.claim.quote == ""
    assert [w.name for w in card.claim.where] == ["Southfell District"]
    assert found.withheld.told == 1


def test_words_that_no_outlet_published_are_not_quoted_nor_their_paper_named() -> None:
    bundle = one(Told("Shells fell at Amberley in the night.", kind="shelling"), publisher="", url="", title="What I saw at the mill")
    told = public(bundle)
    for hidden in ("Shells fell", "paper-1", "What I saw", "paper-1.txt"):
        assert hidden not in told
    assert json.loads(render(redact(edition(bundle), PUBLIC), ["edition.json"])["edition.json"])["inputs"] == []


def test_private_words_do_not_show_in_the_surroundings_of_a_quote() -> None:
    paper = Paper("a", (Told("Fire hit Amberley."), PRIVATE, Told("Calm came.", kind="calm", place=None)), publisher=WIRE)
    told = public(Bundle((paper,)))
    assert "roof of our neighbour" not in told
    assert "Fire hit Amberley" in told


def test_speech_inside_the_surroundings_is_withheld() -> None:
    paper = Paper(
        "a",
        (Told("Fire hit Amberley."), Told("Calm came.", kind="calm", place=None)),
        publisher=WIRE,
        joints=" “I was alone in the barn then,” one said. ",
    )
    assert "alone in the barn" not in public(Bundle((paper,)))


# --- positions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        Told("A post stands above Farrowby now.", kind="position_held", role="at", what="territory", place=5),
        Told("Mortars fired from Farrowby.", kind="shelling", role="origin", place=5),
        Told("Our positions at Farrowby were hit.", what="military_positions", place=5),
        Told("The patrol was stopped at Farrowby.", kind="monitors_obstructed", role="at", what="monitors", place=5),
    ],
)
def test_positions_are_told_by_a_cell_of_ten_kilometres(told: Told) -> None:
    found = redact(edition(one(told)), PUBLIC)
    assert "Farrowby" not in everything(found)
    where = found.claims[0].claim.where[0]
    assert where.uncertainty_m is not None
    assert where.uncertainty_m >= coarsen.HALF_DIAGONAL_M
    assert where.lat is not None
    assert where.lon is not None
    assert (where.lat, where.lon) == coarsen.cell(where.lat, where.lon)


def test_positions_newer_than_72_hours_are_withheld_with_all_that_was_linked_and_counted_without_telling_where() -> None:
    fresh = Told("A post stands above Farrowby now.", kind="position_held", role="at", what="territory", place=5, days=1)
    linked = Told("Lights were seen over Farrowby again.", kind="calm", role="at", what="none", place=5, days=1)
    old = Told("Fire hit Amberley long ago.")
    bundle = Bundle(
        (Paper("a", (old, fresh, Told("Rain fell on Brockfen.", kind="calm", place=1))), Paper("b", (linked,))), (("a#2", "b#1"),)
    )
    found = redact(edition(bundle), PUBLIC)
    told = everything(found)
    assert "Farrowby" not in told
    assert "Lights were seen" not in told
    assert "Rain fell on Brockfen" in told
    assert found.withheld.recent == 2
    assert [str(card.ref) for card in found.claims] == ["a#1", "a#2"], "no gap tells where something is missing"
    assert [i.group.id for i in found.incidents] == ["B-001", "B-002"]


def test_a_position_without_any_date_counts_as_new() -> None:
    told = Told("A post stands above Farrowby.", kind="position_held", role="at", what="territory", place=5, days=None)
    bare = replace(edition(one(told)), documents=tuple(replace(d, published=d.title) for d in edition(one(told)).documents))
    assert redact(bare, PUBLIC).withheld.recent == 1


def test_fire_at_a_village_that_an_institution_tells_of_keeps_its_village() -> None:
    assert "Farrowby" in public(one(Told("Shells fell on Farrowby.", kind="shelling", place=5)))


def test_a_place_hidden_for_one_claim_of_an_incident_is_hidden_for_all() -> None:
    a, b = (
        Told("Shells fell on Farrowby.", kind="shelling", place=5),
        Told("Our post at Farrowby was hit.", what="military_positions", place=5, by=OR, side="OR"),
    )
    assert "Farrowby" not in public(Bundle((Paper("a", (a,)), Paper("b", (b,), publisher=OR)), (("a#1", "b#1"),)))


# --- protected ----------------------------------------------------------------------------------------------------


def test_a_protected_document_leaves_no_trace_in_any_profile() -> None:
    papers = SMALL.papers
    hidden = Paper("hidden-testimony", (Told("Three were beaten at Dunwick.", kind="ill_treatment", place=3),), protected=True)
    for profile in (INTERNAL, PUBLIC):
        without = redact(edition(SMALL), profile)
        beside = redact(edition(replace(SMALL, papers=(papers[0], hidden, *papers[1:]))), profile)
        assert render(beside) == render(without), "the edition is the one that would have been made without it"


def test_redaction_refuses_an_edition_made_with_a_protected_document_and_does_not_name_it() -> None:
    made = edition(SMALL)
    tainted = replace(made, documents=(replace(made.documents[0], protected=True), *made.documents[1:]))
    with pytest.raises(Refusal, match="protected_in_edition") as refused:
        redact(tainted, INTERNAL)
    assert made.documents[0].id not in str(refused.value)


# --- laws over many editions --------------------------------------------------------------------------------------

KINDS = ("small_arms_fire", "shelling", "position_held", "detention", "theft", "calm", "casualty", "advance")


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    number = 0
    papers = []
    for name in ("north", "south", "wire")[: draw(st.integers(1, 3))]:
        told = []
        for _ in range(draw(st.integers(1, 4))):
            number += 1
            place = draw(st.sampled_from([None, 0, 1, 2, 3, 4, 5]))
            person = draw(st.sampled_from(["", *(f"{a} {b}" for a, b in zip(FIRST, LAST, strict=True))]))
            spot = f" near {SETTLEMENTS[place]}" if place is not None else ""
            speaker, by, side = draw(st.sampled_from([("ministry", VE, "VE"), ("ministry", OR, "OR"), ("media", WIRE, "none"),
                                                      ("resident", "resident of a hamlet", "VE"), ("other", "detained man", "unknown")]))  # fmt: skip
            told.append(
                Told(
                    f"Sentence w{number}q tells of it{spot}{f', as {person} saw' if person else ''}.",
                    kind=draw(st.sampled_from(KINDS)), by=by, speaker=speaker, side=side, place=place, person=person,
                    role=draw(st.sampled_from(["at", "origin", "target"])), what=draw(st.sampled_from(["settlement", "civilians", "military_positions", "none"])),
                    days=draw(st.sampled_from([None, 0, 2, 4, 16, 40])),
                )
            )  # fmt: skip
        outlet = draw(st.sampled_from([VE, WIRE, ""]))
        papers.append(
            Paper(
                name,
                tuple(told),
                publisher=outlet,
                url="https://example.org/x" if outlet else "",
                title=draw(st.sampled_from(["", "Report"])),
            )
        )
    refs = [f"{p.id}#{n}" for p in papers for n, t in enumerate(p.told, 1) if t.days is not None]
    size = draw(st.integers(0, len(refs)))
    return Bundle(tuple(papers), (tuple(refs[:size]),) if size > 1 else (), copies=((refs[-1], refs[0]),) if len(refs) > 1 else ())


def hides(told: Told, paper: Paper) -> bool:
    """Whether the law says that this sentence's village may not be told: written from design.md, not from the code."""
    private = not paper.publisher or told.speaker not in ("ministry", "media")
    forces = told.kind in ("position_held", "advance") or told.role == "origin" or told.what == "military_positions"
    return private or forces or bool(told.person) or told.kind in ("detention", "theft")


@given(bundles())
def test_nothing_masked_occurs_in_any_file_of_the_public_edition(bundle: Bundle) -> None:
    search(bundle, public(bundle))


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(bundles())
def test_nothing_masked_occurs_in_what_is_set_in_type(bundle: Bundle) -> None:
    """Lines, metadata, bookmarks and the words of pictures, of PDF and DOCX; and neither tells a word that the page does not."""
    files = files_of(redact(edition(bundle), PUBLIC))
    told = printed(files)
    search(bundle, told)
    more = tokens(told) - page_tokens(files.page) - OURS
    assert {word for word in more if not re.fullmatch(r"D|\d+Z?", word)} == set()
    assert "Unreviewed machine reading" in told


def search(bundle: Bundle, told: str) -> None:
    """Nothing of what the law hides stands in `told`."""
    for paper in bundle.papers:
        for each in paper.told:
            for name in each.person.split():
                assert name not in told
            if each.speaker in ("resident", "other") or not paper.publisher:
                assert f"{each.words.split()[1]}" not in told, "the words of a private person"
    for n, village in enumerate(SETTLEMENTS):
        naming = [hides(each, paper) for paper in bundle.papers for each in paper.told if each.place == n]
        if naming and all(naming):
            assert village not in told


@given(bundles(), st.sampled_from([INTERNAL, PUBLIC]))
def test_redacting_twice_is_redacting_once(bundle: Bundle, profile: str) -> None:
    once = redact(edition(bundle), profile)
    assert redact(once, profile) == once


@given(bundles())
def test_the_way_through_internal_gives_the_same_public_edition_and_there_is_no_way_back(bundle: Bundle) -> None:
    made = edition(bundle)
    straight = redact(made, PUBLIC)
    assert redact(redact(made, INTERNAL), PUBLIC) == straight
    assert redact(straight, INTERNAL) == straight


@given(bundles())
def test_public_holds_nothing_that_internal_does_not(bundle: Bundle) -> None:
    made = edition(bundle)
    inside, outside = redact(made, INTERNAL), redact(made, PUBLIC)
    assert len(outside.claims) <= len(inside.claims)
    assert len(outside.incidents) <= len(inside.incidents)
    everything_said = "\n".join(d.text for d in made.documents)
    labels = list(LABELS.values())
    for card in outside.claims:
        for words in (card.before, card.claim.quote, card.after):
            assert all(piece in everything_said for piece in re.split("|".join(map(re.escape, labels)), words)), (
                "only what was said, less what is withheld"
            )
    inputs = {entry.name for entry in inside.inputs}
    assert {entry.name for entry in outside.inputs} <= inputs
    for place in (w for card in outside.claims for w in card.claim.where):
        assert place.uncertainty_m is None or place.uncertainty_m >= 900.0


@given(bundles())
def test_numbers_run_without_a_gap_and_every_reference_leads_somewhere(bundle: Bundle) -> None:
    found = redact(edition(bundle), PUBLIC)
    refs = {card.ref for card in found.claims}
    for document in found.documents:
        own = [card.ref.claim for card in found.claims if card.ref.document == document.id]
        assert own == list(range(1, len(own) + 1))
    assert [i.group.id for i in found.incidents] == [f"B-{n:03d}" for n in range(1, len(found.incidents) + 1)]
    for incident in found.incidents:
        named = {r for _, side in incident.assessment.versions for r in side} | set(incident.group.claims)
        named |= {r for reason in incident.assessment.reasons for r in reason.claims}
        assert named <= refs
        assert incident.assessment.incident == incident.group.id
    assert {card.incident for card in found.claims} <= {""} | {i.group.id for i in found.incidents} | {p.id for p in found.patterns}
    assert {ref for voice in found.voices for ref in voice.claims} <= refs
    assert {card.copy_of for card in found.claims} - {None} <= refs


@given(st.floats(-80, 80), st.floats(-179, 179))
def test_the_middle_of_a_cell_is_in_its_own_cell(lat: float, lon: float) -> None:
    middle = coarsen.cell(lat, lon)
    assert coarsen.cell(*middle) == middle
    assert abs(middle[0] - lat) <= 0.046


def test_a_place_without_a_district_is_withheld() -> None:
    lone = Located("Hut", 0, 3, "at", "Hut", "settlement", 40.0, 45.0, 500.0, None, "by name")
    told = coarsen.to_district(lone, {})
    assert (told.name, told.lat, told.place) == (coarsen.WITHHELD, None, None)


def test_a_person_marked_only_on_a_claim_is_masked_too() -> None:
    made = edition(one(Told("Shells fell near the house of Zelvia Wexhorn.", person="Zelvia Wexhorn")))
    bare = replace(made, documents=tuple(replace(d, persons=()) for d in made.documents))
    assert any(isinstance(p, Person) for c in bare.claims for p in c.claim.persons)
    assert "Wexhorn" not in everything(redact(bare, PUBLIC))
    assert all(card.ref != Ref("", 0) for card in bare.claims)
