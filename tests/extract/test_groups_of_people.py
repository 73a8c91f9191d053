"""Of which side and group people are whom no noun tells apart; both sides alike."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, NEUTRAL, OTHER, SIDES, read

ADJ = {code: forms["ru"] for code, forms in ADJECTIVES.items()}
EN = {"VE": "Veldarian", "OR": "Orsayan"}
HOME = {"VE": ("Hollin", "Холлина"), "OR": ("Montasse", "Монтаса")}
LAND = {"VE": "Велдар", "OR": "Орсей"}


@SIDES
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Three fishermen from {en} were detained on 12 May."),
        ("ru", "Троих рыбаков из {ru} задержали 12 мая."),
    ],
)
def test_people_from_a_place_are_of_the_side_of_the_place(side: str, language: str, text: str) -> None:
    (taken,) = read(language, text.format(en=HOME[side][0], ru=HOME[side][1]))
    assert (taken.target.party, taken.initiator) == (side, "unknown")
    assert [(c.party, c.min, c.max) for c in taken.casualties] == [(side, 3, 3)]


@SIDES
def test_soldiers_from_a_place_are_not_told_by_it(side: str) -> None:
    (moved,) = read("ru", f"Солдаты из {HOME[side][1]} открыли огонь по селу.")
    assert moved.initiator in ("unknown", side)


@SIDES
def test_who_is_spared_by_fire_at_nothing_that_is_named_is_a_civilian(side: str) -> None:
    text = f"The shells came from the {EN[side]} bank at dusk, a villager said. Nobody was hurt."
    figures = [c for claim in read("en", text, NEUTRAL) if claim.target.what == "none" for c in claim.casualties]
    assert all(c.group == "civilian" and c.max == 0 for c in figures)


@SIDES
def test_losses_from_the_actions_of_a_side_are_not_its_own(side: str) -> None:
    text = f"{LAND[side]} понёс от действий {ADJ[OTHER[side]]}ой стороны большие потери."
    assert {c.party for claim in read("ru", text) for c in claim.casualties} <= {side, "unknown"}


@SIDES
def test_who_gathers_wood_announces_nothing(side: str) -> None:
    (taken,) = read("ru", f"Двух {ADJ[side]}их подростков, собиравших хворост, увезли 11 мая.")
    assert (taken.kind, taken.realised, taken.target.party) == ("detention", "done", side)


@SIDES
def test_a_genitive_without_an_ending_is_a_plural(side: str) -> None:
    (taken,) = read("ru", f"Крестьян из {HOME[side][1]} задержали {ADJ[OTHER[side]]}ие солдаты.")
    assert [(c.party, c.group, c.min, c.max) for c in taken.casualties] == [(side, "civilian", 2, None)]
