"""The balance of an edition: counted from the file alone, changing nothing, telling no more outside than what is shown there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from merestone.ledger.terms import Refusal
from merestone.report import INTERNAL, PUBLIC, redact, render
from merestone.report.balance import audited, lines, told
from merestone.report.reach import public_reach
from merestone.report.terms import Decided, Edition, Hours, Reach, Reached, Went
from merestone.report.written import as_data
from tests.report.invented import NOW, SMALL, VE, Bundle, Paper, Told, edition

GOLDEN = Path(__file__).resolve().parent / "golden" / "internal-balance.txt"
OLD, NEW = "2031-05-17", NOW.date().isoformat()


def data_of(found: Edition) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(render(found, ["edition.json"])["edition.json"])
    return loaded


def looked() -> Edition:
    """The small edition as a mission's: seven old patrols on one side and one that is new, and what only the house may know."""
    made = edition(SMALL)
    went = (*(Went("patrol", ("VE",), OLD, nil=True) for _ in range(7)), Went("patrol", ("VE",), NEW), Went("observation", ("OR",), NEW))
    areas = (
        Reached("OR", 3, 1, observations=(1, 1)),
        Reached("VE", 3, 2, patrols=(8, 8), nil=(7, 7)),
        Reached("none", 1, 0),
    )
    first = made.incidents[0].group.id
    assert made.reach is not None
    reach = replace(
        made.reach, areas=areas, went=went, hours=(Hours(first, "2031-05-20", "2031-05-21", "2031-05-25"),),
        decided=(Decided("ACC-002", "adopted", first, ("OR",)),),
    )  # fmt: skip
    return replace(made, reach=reach)


def looked_in_words() -> str:
    data = data_of(redact(looked(), INTERNAL))
    return "\n".join(lines(told(data, audited(data)))) + "\n"


def test_the_text_is_the_golden_one() -> None:
    assert looked_in_words() == GOLDEN.read_text(encoding="utf-8"), (
        "if this is meant: python -m tests.report.golden_files, and look at the difference"
    )


@pytest.mark.parametrize("profile", [INTERNAL, PUBLIC])
def test_whoever_holds_the_file_counts_the_same(profile: str) -> None:
    data = data_of(redact(looked(), profile))
    assert audited(data).as_data() == data["balance"]
    bare = {name: value for name, value in data.items() if name != "balance"}
    assert audited(bare).as_data() == data["balance"]


def test_no_grade_is_changed_by_it() -> None:
    with_it = redact(looked(), INTERNAL)
    without = replace(with_it, reach=None)
    assert with_it.incidents == without.incidents
    one, other = data_of(with_it), data_of(without)
    assert set(one) - set(other) == {"reach", "balance"}
    assert {name: one[name] for name in other} == other


def test_an_edition_of_an_earlier_release_has_no_such_section() -> None:
    files = render(replace(redact(looked(), PUBLIC), reach=None), ["report.html", "edition.json"])
    assert b'id="balance"' not in files["report.html"]
    assert b"balance" not in files["edition.json"]


def test_of_an_old_file_what_is_not_known_is_no_side_of_anybody() -> None:
    found = audited(as_data(replace(redact(edition(SMALL), INTERNAL), reach=None)))
    assert {text.side for text in found.material.texts} == {"other"}
    assert (found.material.areas, found.material.verdicts) == (None, None)


def test_where_the_mission_was_is_told_outside_by_side_in_fives_and_late() -> None:
    shown = redact(looked(), PUBLIC)
    assert shown.reach is not None
    areas = {area.party: area for area in shown.reach.areas or ()}
    assert (areas["VE"].patrols, areas["VE"].nil) == ((5, 9), (5, 9))
    assert (areas["OR"].observations, areas["OR"].named) == ((0, 0), None), "it is newer than 72 hours"
    assert (shown.reach.went, shown.reach.hours, shown.reach.decided) == ((), (), None)
    whole = json.dumps(data_of(shown)["reach"])
    assert "ACC-002" not in whole
    assert OLD not in whole
    assert redact(shown, PUBLIC).reach == shown.reach
    assert redact(shown, INTERNAL).reach == shown.reach


def test_zero_stays_zero_outside_so_that_nobody_takes_it_for_calm() -> None:
    reach = Reach((), (), (Reached("VE", 3, 1), Reached("OR", 3, 1, patrols=(1, 1))), (Went("patrol", ("OR",), OLD),))
    found = public_reach(reach, replace(edition(SMALL), generated_at=NOW))
    assert found is not None
    assert [area.patrols for area in found.areas or ()] == [(0, 0), (1, 4)]


def test_a_name_that_is_not_shown_is_not_told_beside_it_either() -> None:
    bundle = Bundle(
        (
            Paper(
                "a",
                (Told("A man heard shots at Elmsett.", by="Zelvia Wexhorn", speaker="resident", side="none", place=4),),
                publisher="Wexhorn’s page",
            ),
        )
    )
    inside, outside = (json.dumps(data_of(redact(edition(bundle), profile))["reach"]) for profile in (INTERNAL, PUBLIC))
    assert "Wexhorn" in inside
    assert "Zelvia" not in outside


def test_the_section_says_in_words_what_unequal_numbers_are_not() -> None:
    page = render(redact(looked(), PUBLIC), ["report.html"])["report.html"].decode()
    assert "Unequal numbers are no bias" in page
    assert "no grade is changed" in page
    assert "Counted from what this edition shows" in page
    brief = render(redact(edition(SMALL), INTERNAL), ["report.html"])["report.html"].decode()
    assert "No observation was made on any side" in brief


def test_a_side_on_which_nothing_was_observed_is_named() -> None:
    data = data_of(redact(looked(), INTERNAL))
    assert "no observation was made by this mission: Veldar." in told(data, audited(data))["unseen"]


def test_what_is_no_edition_is_refused() -> None:
    with pytest.raises(Refusal, match="malformed_edition"):
        audited({"parties": []})


def test_a_source_is_counted_once_whatever_name_it_is_heard_by() -> None:
    twice = Bundle(
        (Paper("a", (Told("Shells fell at Amberley."),), publisher=VE), Paper("b", (Told("Shells fell at Brockfen."),), publisher=VE))
    )
    found = audited(data_of(redact(edition(twice), INTERNAL))).material
    assert sum(source.heard and source.named and source.side == "VE" for source in found.sources) == 1
