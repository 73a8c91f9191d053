"""What is only supposed, asked or denied of another, and whose word and deed it is where the verb stands last: sentences that harm somebody if they are misread."""

from __future__ import annotations

import pytest

from merestone.extract.terms import Proposal
from tests.extract.reading import ADJECTIVES, MOD, NEUTRAL, OTHER, SIDES, claims

LANDS = {side: ADJECTIVES[side]["az"] for side in ("VE", "OR")}
OWN_PLACE = {"VE": "Sarnbi", "OR": "Montas"}


def read(text: str, side: str = "VE", publisher: str = NEUTRAL, language: str = "az") -> tuple[Proposal, ...]:
    """`{S}`: the land of the side, `{O}`: the other one."""
    return claims(text.format(S=LANDS[side], O=LANDS[OTHER[side]]), publisher, language=language)


def told(text: str, side: str, publisher: str = NEUTRAL) -> list[tuple[str, str, str]]:
    return [(c.kind, c.stance, c.initiator) for c in read(text, side, publisher)]


@SIDES
@pytest.mark.parametrize(
    "text",
    [
        "{S} atəş açsa, {O} adekvat cavab verəcək.",
        "{S} qoşunlarını geri çəkməsə, nəticələri ağır olacaq.",
        "{S} bölmələri Keldholta zərbə endirə bilər.",
        "{S} bölmələri kəndə hücum edə bilərdi.",
    ],
)
def test_what_is_only_supposed_has_not_happened(text: str, side: str) -> None:
    assert read(text, side) == ()


@SIDES
def test_although_tells_what_was(side: str) -> None:
    (fire,) = read("{S} bölmələri kəndə atəş açsa da, heç kim yaralanmayıb.", side)
    assert (fire.initiator, fire.stance) == (side, "asserts")


def test_who_did_it_is_not_known_denies_nothing() -> None:
    (fire,) = read("Atəşi kimin açdığı məlum deyil.")
    assert (fire.stance, fire.initiator) == ("asserts", "unknown")


@SIDES
def test_not_before_a_comma_is_of_its_noun(side: str) -> None:
    assert told("{O} bölmələri deyil, {S} bölmələri mövqelərə atəş açıb.", side, MOD[OTHER[side]]) == [("small_arms_fire", "asserts", side)]


@SIDES
@pytest.mark.parametrize(
    ("text", "stance", "blamed", "voice"),
    [
        ("{S} {O}{a} su xəttini kəsməkdə ittiham edib.", "asserts", "other", "own"),
        ("{S} {O} bölmələrini Keldholtu atəşə tutmaqda günahlandırıb.", "asserts", "other", "own"),
        ("{S} su xəttini kəsdiyini təkzib edib.", "denies", "own", "own"),
        ("{S} {O}{g} ittihamlarını rədd edərək qoşunlarının həmin gün atəş açmadığını bildirib.", "denies", "own", "own"),
        ("{S} diplomatı {O}{g} kəndi atəşə tutduğunu bildirib.", "asserts", "other", ""),
    ],
)
def test_a_land_at_the_head_speaks_and_the_accused_is_blamed(text: str, stance: str, blamed: str, voice: str, side: str) -> None:
    """Whoever accuses is not the one who did it, and whoever denies is the one whose act it was."""
    accusative, genitive = {"VE": ("ı", "ın"), "OR": ("i", "in")}[OTHER[side]]
    (claim,) = read(text.replace("{a}", accusative).replace("{g}", genitive), side)
    assert (claim.stance, claim.initiator) == (stance, side if blamed == "own" else OTHER[side])
    assert not voice or claim.said_by[-1].affiliation == side


@SIDES
def test_both_who_blame_each_other_are_blamed_alike(side: str) -> None:
    names = {"VE": ("Veldar", "Veldarı"), "OR": ("Orsey", "Orseyi")}
    (one, _), (other, other_acc) = names[side], names[OTHER[side]]
    (claim,) = read(f"{one} {other_acc}, {other} isə {names[side][1]} atəşkəsi pozmaqda ittiham edir.")
    assert (claim.initiator, claim.stance) == ("both", "asserts")


@SIDES
@pytest.mark.parametrize(
    "text", ["{S} qoşunlarının Sarnbi yaxınlığında səngər qazdığı deyilir.", "{S} hərbçilərinin qoyun apardığı iddia olunur."]
)
def test_what_is_said_by_nobody_is_not_the_word_of_the_land_at_the_head(text: str, side: str) -> None:
    (claim,) = read(text, side)
    assert (claim.initiator, claim.said_by[-1].name) == (side, NEUTRAL)


@SIDES
def test_who_was_beaten_in_a_land_is_not_that_land(side: str) -> None:
    (beaten,) = read("Azad edilən əsirlər {S}da döyüldüklərini deyiblər.".replace("{S}da", "Veldarda" if side == "VE" else "Orseydə"), side)
    assert beaten.initiator != OTHER[side]
    assert beaten.said_by[-1].affiliation != side


@SIDES
def test_our_drones_are_ours(side: str) -> None:
    text = "{O} tərəfinin yaydığı, guya dronlarımızın " + OWN_PLACE[OTHER[side]] + " üzərində uçması barədə məlumat dezinformasiyadır."
    assert told(text, side, MOD[side]) == [("drone_flight", "denies", side)]


@SIDES
def test_people_handed_to_the_other_side_were_released_by_this_one(side: str) -> None:
    (freed,) = read("{S} tərəfi dörd {O} hərbçisinin cəsədini qarşı tərəfə təhvil verib.", side, MOD[side])
    assert (freed.initiator, freed.target.party, freed.stance) == (side, OTHER[side], "asserts")


@SIDES
def test_who_comes_back_did_not_let_himself_go(side: str) -> None:
    freed = next(c for c in read("Üç {S} əsiri vətənə qayıdıb.", side) if c.kind == "release")
    assert freed.initiator != side


@SIDES
def test_the_noun_behind_a_participle_is_the_one_it_befell(side: str) -> None:
    people = {"VE": "veldarlı", "OR": "orseyli"}[OTHER[side]]
    (blast,) = read("{S} həkimləri minaya düşmüş " + people + " çobana yardım göstərib.", side, MOD[side])
    assert (blast.kind, blast.target.party) == ("blast", OTHER[side])


@SIDES
def test_own_people_that_are_held_are_not_the_other_sides(side: str) -> None:
    text = "{S} Dövlət Təhlükəsizlik Xidməti {O} xüsusi xidmət orqanlarına işləyən iki {S} vətəndaşını həbs edib."
    (held,) = read(text, side, MOD[side])
    assert (held.target.party, [f.party for f in held.casualties]) == (side, [side])


@SIDES
@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("{S} HHM bölmələri {O} tərəfə məxsus pilotsuz aparatı vurub.", "air_attack"),
        ("{S} tərəfi sərhədi keçmiş 40 baş qoyunu Keldholt sakinlərinə qaytarıb.", "advance"),
        ("{S} mediası {O} tərəfə qarşı informasiya hücumuna başlayıb.", "ground_attack"),
        ("Sanksiyalar {S} iqtisadiyyatına ağır zərbə vurub.", "ill_treatment"),
        ("{S} Ombudsmanı {O} tərəfdə saxlanılan əsirlərlə görüşüb.", "monitors_obstructed"),
        ("{S} və {O} nazirləri sərhəddə atəşkəsin möhkəmləndirilməsini müzakirə ediblər.", "engineering_works"),
        ("Danışıqlarda {S} və {O} tərəflər əsirlərin dəyişdirilməsi məsələsini nəzərdən keçiriblər.", "release"),
    ],
)
def test_a_harmless_sentence_carries_no_such_claim(text: str, unwanted: str, side: str) -> None:
    assert unwanted not in [claim.kind for claim in read(text, side)]


@SIDES
def test_hindrance_that_was_not_made_is_denied(side: str) -> None:
    (claim,) = read("{S} tərəfi missiyanın patruluna heç bir maneə yaratmayıb.", side)
    assert (claim.kind, claim.stance, claim.initiator) == ("monitors_obstructed", "denies", side)


@SIDES
def test_who_did_not_answer_said_nothing(side: str) -> None:
    (fire,) = read("{S} MN kəndin atəşə tutulması barədə suallara cavab verməyib.", side)
    assert (fire.stance, fire.said_by[-1].name) == ("asserts", NEUTRAL)


@SIDES
@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("{S} postu Keldholta gedən yoldan heç kimi buraxmır.", "asserts"),
        ("{S} snayperləri yolu nişanda saxlayır, uşaqlar məktəbə gedə bilmir.", "asserts"),
        ("{S} hərbçiləri yolu bağlamayıb.", "denies"),
    ],
)
def test_what_is_not_let_is_the_hindrance_itself(text: str, stance: str, side: str) -> None:
    assert [(claim.kind, claim.stance) for claim in read(text, side)] == [("movement_restricted", stance)]
