"""Whose the adversary's units are: of the side that is not the speaker's, whatever place stands beside them."""

from __future__ import annotations

import pytest

from tests.extract.reading import MOD, OTHER, SIDES, claims

ENEMY = [
    ("en", "Enemy units opened fire from {P} towards our post."),
    ("en", "The enemy's units opened fire from {P} towards our post."),
    ("ru", "Подразделения противника открыли огонь по нашему посту."),
    ("hy", "Հակառակորդի ստորաբաժանումները գնդացիրներից կրակ են բացել մեր հենակետի ուղղությամբ։"),
    ("hy", "Հակառակորդի հետախուզական խումբը կրակ է բացել մեր հենակետի ուղղությամբ։"),
    ("az", "Düşmən bölmələri postumuza atəş açıb."),
]
OWN_PLACE = {"VE": "Rivessarre", "OR": "Sarnby"}


@SIDES
@pytest.mark.parametrize(("language", "text"), ENEMY)
def test_the_units_of_the_adversary_are_the_adversarys(side: str, language: str, text: str) -> None:
    """Whatever place of the own side stands beside them: an official admits nothing by that."""
    (fire,) = claims(text.format(P=OWN_PLACE[side]), MOD[side], language=language)
    assert (fire.initiator, fire.target.party, fire.stance) == (OTHER[side], side, "asserts")


@SIDES
def test_what_is_told_of_the_adversary_is_not_the_units_of_the_one_who_tells(side: str) -> None:
    (fire,) = claims("Մեր ստորաբաժանումները կրակ են բացել հակառակորդի դիրքերի ուղղությամբ։", MOD[side], language="hy")
    assert (fire.initiator, fire.target.party) == (side, OTHER[side])
