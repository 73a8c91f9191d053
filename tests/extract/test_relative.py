"""What a clause between commas, words of blame and names that are no adjectives do to who did it and to whom; both sides alike."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, MOD, NEUTRAL, OTHER, SIDES, read

ADJ = {code: forms["ru"] for code, forms in ADJECTIVES.items()}
OF = {"VE": "Велдара", "OR": "Орсея"}
TO = {"VE": "Велдару", "OR": "Орсею"}
LAND = {"VE": "Велдар", "OR": "Орсей"}
AT = {"VE": "Холлина", "OR": "Монтаса"}


@SIDES
def test_the_noun_before_whom_was_taken_and_did_not_take(side: str) -> None:
    (taken,) = read("ru", f"Военнослужащие {OF[OTHER[side]]}, которых задержали наши пограничники, дали показания.", MOD[side])
    assert (taken.initiator, taken.target.party, taken.target.what) == (side, OTHER[side], "military_personnel")
    assert [(c.party, c.group, c.min) for c in taken.casualties] == [(OTHER[side], "military", 2)]


@SIDES
def test_whom_a_side_took_are_counted_as_the_others(side: str) -> None:
    text = f"Двое {ADJ[side]}их рыбаков, которых {ADJ[OTHER[side]]}ая погранслужба задержала 3 мая, дома."
    (taken,) = read("ru", text)
    assert (taken.initiator, taken.target.party) == (OTHER[side], side)
    assert [(c.party, c.group, c.min, c.max) for c in taken.casualties] == [(side, "civilian", 2, 2)]


@SIDES
def test_who_acts_in_a_clause_between_commas_acts_there_alone(side: str) -> None:
    (left,) = read("ru", f"Солдаты {OF[side]}, которых обстреляли {ADJ[OTHER[side]]}ие снайперы, отошли.")
    assert (left.kind, left.initiator) == ("withdrawal", side)
    (freed,) = read("ru", f"Двух {ADJ[side]}их рыбаков, задержанных {ADJ[OTHER[side]]}ой погранслужбой, освободили в среду.")
    assert (freed.kind, freed.target.party, freed.initiator) == ("release", side, OTHER[side])


@SIDES
def test_those_of_whom_some_are_wounded_are_the_ones_before_the_comma(side: str) -> None:
    (attack,) = read("ru", f"{ADJ[side].capitalize()}ие солдаты, двое из которых ранены, атаковали {ADJ[OTHER[side]]}ий пост.")
    assert (attack.initiator, [(c.party, c.min) for c in attack.casualties]) == (side, [(side, 2)])


@SIDES
def test_soldiers_who_return_let_nobody_go(side: str) -> None:
    (home,) = read("ru", f"{ADJ[side].capitalize()}ие солдаты вернулись домой.")
    assert (home.initiator, home.target.party) == ("unknown", side)


@SIDES
def test_who_is_handed_over_to_a_side_is_not_that_sides_by_its_name(side: str) -> None:
    (freed,) = read("ru", f"{ADJ[side].capitalize()}ая сторона передала {TO[OTHER[side]]} двух солдат.")
    assert (freed.kind, freed.initiator, freed.target.party) == ("release", side, OTHER[side])


@SIDES
def test_posts_before_the_verb_are_hit_where_soldiers_behind_it_are_its_subject(side: str) -> None:
    (attack,) = read("ru", f"{ADJ[side].capitalize()}ие позиции атаковали {ADJ[OTHER[side]]}ие десантники.")
    assert (attack.initiator, attack.target.party, attack.target.what) == (OTHER[side], side, "military_positions")


@SIDES
@pytest.mark.parametrize("words", ["расстреляли крестьян", "застрелили пастуха"])
def test_who_shoots_is_not_among_the_dead(side: str, words: str) -> None:
    told = read("ru", f"Солдаты {OF[side]} {words}.")
    assert [c.party for claim in told for c in claim.casualties] in ([OTHER[side]], ["unknown"], [])


@SIDES
def test_a_side_that_is_blamed_in_its_own_text_admits_nothing(side: str) -> None:
    other = OTHER[side]
    (fire,) = read("ru", f"{ADJ[other].capitalize()}ая сторона обвинила наши войска в обстреле {AT[other]}.", MOD[side])
    assert (fire.stance, fire.initiator, fire.said_by[-1].affiliation) == ("asserts", side, other)
    (nested,) = read("ru", f"МИД {OF[side]} обвинил {LAND[other]} в том, что тот обвиняет {LAND[side]} в обстреле {AT[other]}.")
    assert (nested.stance, nested.initiator) == ("denies", side)


@SIDES
def test_our_army_in_what_the_other_side_is_said_to_say_is_the_tellers(side: str) -> None:
    text = {"ru": f"Минобороны {OF[OTHER[side]]} обвинило нашу армию в обстреле {AT[OTHER[side]]}."}["ru"]
    (fire,) = read("ru", text, MOD[side])
    assert (fire.initiator, fire.target.party, fire.stance) == (side, OTHER[side], "asserts")


@SIDES
def test_who_blames_the_neighbours_does_not_blame_himself(side: str) -> None:
    text = f"Президент {OF[side]} обвинил соседей в том, что их водолазы ставили мины у берега."
    told = [claim for claim in read("ru", text) if claim.kind == "minelaying"]
    assert all(claim.stance == "asserts" and claim.initiator != side for claim in told)


@SIDES
def test_the_side_that_is_blamed_for_the_dead_has_not_lost_them(side: str) -> None:
    (dead,) = read("ru", f"{LAND[side]} обвинил {LAND[OTHER[side]]} в гибели рыбака.")
    assert (dead.initiator, [(c.party, c.outcome) for c in dead.casualties]) == (OTHER[side], [(side, "killed")])


@SIDES
def test_what_is_neither_confirmed_nor_denied_is_not_denied(side: str) -> None:
    assert read("ru", f"Власти {OF[side]} не подтвердили и не опровергли сообщение об обстреле.") == ()
    (fire,) = read("ru", "Наблюдатели не смогли установить, кто открыл огонь.")
    assert (fire.stance, fire.initiator) == ("asserts", "unknown")


@SIDES
def test_help_and_repairs_are_no_harm(side: str) -> None:
    other = OTHER[side]
    for text in (
        f"{LAND[side]} отправил в село грузовики с мукой.",
        f"{ADJ[side].capitalize()}ие солдаты помогли миссии вытащить машину из грязи.",
        f"{LAND[side]} отключил электричество в {AT[side]} на время ремонта.",
        f"Наши военные вывели из-под обстрела {ADJ[other]}их крестьян.",
        "Патруль миссии остановился у поста и поговорил с солдатами.",
        f"{ADJ[side].capitalize()}ая рота отразила нападение условного противника.",
    ):
        assert read("ru", text, NEUTRAL) == (), text


def test_nothing_to_do_with_it_is_a_denial() -> None:
    (fire,) = read("ru", "К обстрелу Монтаса наша рота отношения не имеет.", MOD["VE"])
    assert (fire.stance, fire.initiator) == ("denies", "VE")


@SIDES
def test_another_office_that_speaks_next_is_not_the_one_that_spoke_before(side: str) -> None:
    other = OTHER[side]
    text = f"Минобороны {OF[side]} назвало свои потери. Минобороны {OF[other]} видело дело иначе: вперед двигались {ADJ[side]}ие солдаты."
    assert all(claim.stance != "admits" for claim in read("ru", text))
