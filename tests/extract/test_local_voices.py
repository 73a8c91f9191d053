"""Local voices: the office of a village with its place and its holder, residents of the village that is told of, an outlet's own land."""

from __future__ import annotations

from dataclasses import replace

import pytest

from merestone.capture.terms import Known
from merestone.extract.read import Reader
from merestone.extract.terms import Speaker
from tests.extract.reading import NEUTRAL, exhibit, pack, reader

BOTH_SIDES = pytest.mark.parametrize(("code", "village"), [("VE", "Sarnby"), ("OR", "Rivessarre")])
DEED = "a mortar round hit a barn"


def voice(text: str, publisher: str = NEUTRAL) -> Speaker:
    (claim,) = reader().read(exhibit(text, publisher)).claims
    return claim.said_by[-1]


@BOTH_SIDES
@pytest.mark.parametrize("words", ["{V} village head Anna Brook said that {D}.", "According to {V} village head Anna Brook, {D}."])
def test_a_village_head_is_called_by_village_and_name_and_is_of_its_side(code: str, village: str, words: str) -> None:
    speaker = voice(words.format(V=village, D=DEED))
    assert (speaker.name, speaker.affiliation) == (f"Head of the community of {village} Anna Brook", code)


@BOTH_SIDES
def test_what_is_said_later_by_the_mayor_is_the_same_ones_word(code: str, village: str) -> None:
    text = f"Reporters met {village} mayor Anna Brook on Monday. The mayor said that {DEED}."
    assert (voice(text).name, voice(text).affiliation) == (f"Mayor of {village} Anna Brook", code)


@BOTH_SIDES
def test_residents_are_of_the_village_named_last_and_of_no_party(code: str, village: str) -> None:
    speaker = voice(f"Reporters went to {village} on Monday. Residents said that {DEED}.")
    assert (speaker.name, speaker.affiliation, speaker.official) == (f"residents of {village}", "unknown", False)
    assert voice(f"Residents of {village} said that {DEED}.").name == f"residents of {village}"


@BOTH_SIDES
def test_an_office_without_a_land_is_of_the_outlets_land(code: str, village: str) -> None:
    told = exhibit(f"The Defence Ministry said that {DEED}.", "Northern Star")
    land = {"VE": "Veldar", "OR": "Orsay"}[code]
    for known in (
        replace(told, url=Known(f"https://star.{code.lower()}/news/1", "manifest")),
        replace(told, publisher=Known(f"Star.{code.lower()}", "manifest")),
    ):
        (claim,) = Reader(pack(), "en").read(known).claims
        assert claim.said_by[-1].name == f"Ministry of Defence of {land}"
    (claim,) = reader().read(told).claims
    assert claim.said_by[-1].name == "Ministry of Defence"


@BOTH_SIDES
@pytest.mark.parametrize(
    ("language", "text", "called"),
    [
        ("hy", "{V} գյուղի ղեկավար Արամ Բրուկյանն ասաց, որ գյուղը հրետակոծվել է։", "Aram Brukyan"),
        ("ru", "Глава общины {V} Арам Брукян сообщил, что село обстреляли из минометов.", "Aram Brukyan"),
        ("az", "{V} kəndinin başçısı Əhməd Brukov deyib ki, kənd minaatanlardan atəşə tutulub.", "Ahmad Brukov"),
    ],
)
def test_a_person_is_called_in_latin_letters_in_every_language(code: str, village: str, language: str, text: str, called: str) -> None:
    claims = Reader(pack(), language).read(exhibit(text.format(V=village))).claims
    assert [c.said_by[-1].name for c in claims[:1]] == [f"Head of the community of {village} {called}"]
    assert claims[0].said_by[-1].affiliation == code


# Whom the pack does not hold as a source: a name of two words, with the ending of the one who hears where a language has it.
TOLD = [
    ("en", "A resident of Sarnby told Quay Gazette that a house was damaged by fire.", "residents of Sarnby"),
    ("en", "The Ministry of Defence of {L} told Quay Gazette that a house was damaged by fire.", "Ministry of Defence of {L}"),
    ("ru", "Жительница села Сарнби рассказала Quay Gazette, что обстрелом поврежден ее дом.", "residents of Sarnby"),
    ("ru", "Министерство обороны {R} сообщило Quay Gazette, что обстрелом поврежден дом.", "Ministry of Defence of {L}"),
    ("hy", "Սարնբի գյուղի բնակիչը Quay Gazette-ին պատմեց, որ գնդակոծությունից վնասվել է իր տունը։", "residents of Sarnby"),
    ("hy", "{H} ոստիկանությունը Quay Gazette-ին հայտնեց, որ գնդակոծությունից վնասվել է տուն։", "Police of {L}"),
    ("az", "Sarnbi kəndinin sakini Quay Gazette-ə bildirib ki, atəş nəticəsində evi zədələnib.", "residents of Sarnby"),
    ("az", "{Z} Müdafiə Nazirliyi Quay Gazette-ə bildirib ki, atəş nəticəsində ev zədələnib.", "Ministry of Defence of {L}"),
]
LANDS = {
    "VE": {"L": "Veldar", "R": "Велдара", "H": "Վելդարի", "Z": "Veldar"},
    "OR": {"L": "Orsay", "R": "Орсея", "H": "Օրսեյի", "Z": "Orsey"},
}


@BOTH_SIDES
@pytest.mark.parametrize(("language", "text", "called"), TOLD)
def test_who_is_told_is_neither_the_speaker_nor_its_name(code: str, village: str, language: str, text: str, called: str) -> None:
    claims = Reader(pack(), language).read(exhibit(text.format(**LANDS[code]))).claims
    assert {c.said_by[-1].name for c in claims} == {called.format(**LANDS[code])}


@BOTH_SIDES
@pytest.mark.parametrize("said", ["{V} kəndinin sakini", "{V} sakini", "{V} kənd sakini"])
def test_one_resident_speaks_where_the_word_ends_like_an_object(code: str, village: str, said: str) -> None:
    claims = Reader(pack(), "az").read(exhibit(f"{said.format(V=village)} deyib ki, atəş nəticəsində evi zədələnib.")).claims
    assert {c.said_by[-1].name for c in claims} == {f"residents of {village}"}


@BOTH_SIDES
def test_an_ombudsman_of_a_land_speaks_where_the_word_ends_like_an_object(code: str, village: str) -> None:
    claims = Reader(pack(), "az").read(exhibit(f"{LANDS[code]['Z']} ombudsmanı bildirib ki, {village} kəndində ev zədələnib.")).claims
    assert {c.said_by[-1].name for c in claims} == {f"Ombudsperson of {LANDS[code]['L']}"}
