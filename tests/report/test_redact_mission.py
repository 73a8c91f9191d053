"""What an edition of a mission says of itself, and what it must not tell outside: searched for in every file that is text."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from merestone.report import INTERNAL, PROFILES, PUBLIC, Edition, redact, render
from merestone.report.standing import ALONE, MARKS, tally
from merestone.report.terms import Hand
from tests.report.invented import Bundle
from tests.report.mission import ACCOUNTS, INC, OBSERVATION, OPEN, OTHER, STANDING, WITNESS, drafted, finished
from tests.report.reread import files_of, printed
from tests.report.test_redact import bundles

TEXTS = ("report.html", "claims.csv", "incidents.geojson", "edition.json")


def files(found: Edition) -> dict[str, str]:
    return {name: content.decode("utf-8") for name, content in render(found, TEXTS).items()}


def everything(found: Edition) -> str:
    return "\n".join(files(found).values())


def data(found: Edition) -> dict[str, object]:
    made: dict[str, object] = json.loads(files(found)["edition.json"])
    return made


# --- what must not leave ------------------------------------------------------------------------------------------


def test_neither_an_account_nor_what_points_at_a_witness_is_told_outside() -> None:
    told = everything(redact(drafted(), PUBLIC))
    for hidden in (*ACCOUNTS, WITNESS, OBSERVATION, "widow", "EXH-GONE", "What I heard", "[behind it"):
        assert hidden not in told, hidden
    within = everything(redact(drafted(), INTERNAL))
    for shown in (*ACCOUNTS, WITNESS, OBSERVATION, "widow"):
        assert shown in within, shown


def test_what_is_set_in_type_tells_no_more_and_says_the_same_of_itself() -> None:
    outside, within = printed(files_of(redact(drafted(), PUBLIC))), printed(files_of(redact(drafted(), INTERNAL)))
    for hidden in (*ACCOUNTS, WITNESS, OBSERVATION, "widow", "What I heard"):
        assert hidden not in outside, hidden
        assert hidden in within, hidden
    for told in (MARKS["recorded"], MARKS["proposed"], "EDN-2031-0003", "no person has recorded"):
        assert told in outside, told
    alone = replace(STANDING, four_eyes=False, people=1)
    assert printed(files_of(redact(finished(alone), PUBLIC))).count(ALONE) > 2, "in each of them, on every page"
    assert "Unreviewed" not in printed(files_of(redact(finished(), PUBLIC)))


def test_the_basis_outside_names_published_exhibits_and_incidents_alone() -> None:
    assert redact(drafted(), PUBLIC).basis == ((OPEN, 10), (OTHER, 11), (INC, 90))


def test_the_basis_inside_names_what_is_shown_and_nothing_else() -> None:
    found = redact(drafted(), INTERNAL)
    names = [name for name, _ in found.basis]
    assert "EXH-GONE-GONE" not in names
    assert {str(card.ref) for card in found.claims} < set(names)
    assert {OPEN, OTHER, WITNESS, INC, f"{OPEN}#S1"} < set(names)


def test_an_incident_keeps_its_number_outside_and_claims_run_without_a_gap() -> None:
    found = redact(drafted(), PUBLIC)
    assert INC in {incident.group.id for incident in found.incidents}
    assert [card.ref.claim for card in found.claims if card.ref.document == OPEN] == [1, 2]


@pytest.mark.parametrize("profile", PROFILES)
def test_redacting_twice_is_redacting_once(profile: str) -> None:
    once = redact(drafted(), profile)
    assert redact(once, profile) == once
    assert redact(redact(drafted(), INTERNAL), PUBLIC) == redact(drafted(), PUBLIC)


@given(bundles())
def test_no_entry_outside_belongs_to_what_is_not_named(bundle: Bundle) -> None:
    made = drafted(bundle=replace(bundle, groups=bundle.groups)) if _dated(bundle) else None
    if made is None:
        return
    found = redact(made, PUBLIC)
    shown = {d.id for d in found.documents} | {i.group.id for i in found.incidents}
    assert {name for name, _ in found.basis} <= shown
    assert not [name for name, _ in found.basis if "#" in name]
    assert not any(account in everything(found) for account in ACCOUNTS)


def _dated(bundle: Bundle) -> bool:
    return bool(bundle.groups)


# --- what it says of itself ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", PROFILES)
def test_a_draft_says_how_much_no_person_has_recorded(profile: str) -> None:
    found = redact(drafted(), profile)
    recorded, whole = tally(found)
    page = files(found)["report.html"]
    assert 0 < recorded < whole
    assert (
        f'<strong>Unreviewed</strong> <span class="more">{whole - recorded} of {whole} claims, statements and appeals no person has recorded.</span>'
        in page
    )
    assert 'class="' + profile + ' mission draft"' in page
    for card in found.claims:
        assert MARKS[card.state] in page
    told = data(found)
    assert told["unreviewed"] is True
    assert told["edition"] == "EDN-2031-0003"
    assert told["checkpoint"] == {"origin": "MIS-9JJJ-0KKK", "size": 100, "root": "ab" * 32}
    assert {claim["state"] for claim in told["claims"]} == {"recorded", "proposed"}  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(files(found)["claims.csv"].removeprefix("\ufeff"))))
    assert {row["status"] for row in rows} == {MARKS["recorded"], MARKS["proposed"]}


def test_it_says_what_it_is_and_how_to_check_it() -> None:
    page = files(redact(finished(), PUBLIC))["report.html"]
    for told in (
        "EDN-2031-0003", "MIS-9JJJ-0KKK", "Mission on the ceasefire line", "2 June 2031, 09:29 UTC", "2 June 2031, 13:29 UTC+04:00 (Etc/GMT-4)",
        "100 entries, root " + "ab" * 32, STANDING.verifier, "merestone verify EDN-2031-0003-public.zip", "does not show that what the claims say is so",
    ):  # fmt: skip
        assert told in page.replace("&#43;", "+"), told


def test_a_published_edition_that_people_recorded_carries_neither_bar_nor_watermark_and_says_who_approved() -> None:
    found = redact(finished(), PUBLIC)
    page = files(found)["report.html"]
    assert '<p class="bar">' not in page
    assert 'class="public mission published"' in page
    assert "a reviewer" in page
    assert "Unreviewed" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert data(found)["unreviewed"] is False


def test_one_proposal_makes_it_unreviewed() -> None:
    made = finished()
    found = redact(replace(made, claims=(replace(made.claims[0], state="proposed"), *made.claims[1:])), PUBLIC)
    assert data(found)["unreviewed"] is True
    assert '<p class="bar"><strong>Unreviewed</strong>' in files(found)["report.html"]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_mission_of_one_says_so_in_every_file(profile: str) -> None:
    alone = replace(STANDING, four_eyes=False, people=1, approved_by=Hand())
    for found in (redact(finished(alone), profile), redact(drafted(alone), profile)):
        told = files(found)
        assert ALONE in told["report.html"].split("<header", 1)[0], "at the top of the page"
        assert ALONE in told["incidents.geojson"]
        assert data(found)["standing"]["four_eyes"] is False  # type: ignore[index]
    assert ALONE not in everything(redact(finished(), profile))


def test_the_sections_of_a_mission_are_numbered_and_those_of_a_brief_are_not() -> None:
    page = files(redact(finished(), PUBLIC))["report.html"]
    titles = re.findall(r"<h2>(.*?)</h2>", page)
    assert [title.split(".")[0] for title in titles] == [str(n) for n in range(1, 14)]
    brief = files(redact(replace(finished(), standing=None, checkpoint=None, basis=()), PUBLIC))["report.html"]
    assert not [title for title in re.findall(r"<h2>(.*?)</h2>", brief) if title[0].isdigit()]
    assert "Unreviewed machine reading" in brief


def test_what_this_mission_observed_is_not_told_outside_within_72_hours() -> None:
    """That an observation is of a happening tells where people of this mission were; the same claims without it tell nobody's position."""
    made = drafted()
    quiet = tuple(
        replace(card, claim=replace(card.claim, kind="property_damage", weapons=(), target=replace(card.claim.target, what="houses")))
        if card.incident == INC
        else card
        for card in made.claims
    )
    soon = replace(made, claims=quiet, generated_at=datetime(2031, 5, 18, 9, 0, tzinfo=UTC))
    alike = tuple(replace(each, assessment=replace(each.assessment, reasons=each.assessment.reasons[1:])) for each in soon.incidents)
    assert INC in everything(redact(replace(soon, incidents=alike), PUBLIC))
    assert INC not in everything(redact(soon, PUBLIC))
    assert INC in everything(redact(soon, INTERNAL))
    assert INC in everything(redact(replace(soon, generated_at=datetime(2031, 5, 22, 9, 0, tzinfo=UTC)), PUBLIC))
