"""Nobody admits what he calls untrue: in each language, of either side, whatever clause says so."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, MOD, OR_MOD, OTHER, SIDES, VE_MOD, claims

SAID = {
    "en": (
        "It is a lie that {} forces shelled Keldholt.",
        "Reports that {} units fired on Keldholt are disinformation.",
        "{} aircraft dropped nothing on Keldholt.",
    ),
    "ru": (
        "Утверждение Одервика, будто {} подразделения стреляли по селу Альта-Браска, — ложь.",
        "Это ложь, что {} военные обстреляли Келдхолт.",
        "Слова соседей, будто {} подразделения стреляли по селу, — выдумка.",
    ),
    "hy": ("Սուտ է, թե {} զինուժը կրակել է Քելդհոլտի վրա։",),
    "az": ("Guya {} hərbçiləri Keldholtu atəşə tutub — bu, yalandır.", "{} hərbçiləri nə də Keldholtda evlərə od qoyublar."),
}
OWN = {
    "en": {"VE": "Veldarian", "OR": "Orsayan"},
    "ru": {"VE": "велдарские", "OR": "орсейские"},
    "hy": {"VE": "վելդարական", "OR": "օրսեյական"},
    "az": {"VE": "Veldar", "OR": "Orsey"},
}


@pytest.mark.parametrize("party", ["VE", "OR"])
@pytest.mark.parametrize(("language", "said"), [(language, said) for language, every in SAID.items() for said in every])
def test_what_an_official_calls_untrue_is_not_admitted(language: str, said: str, party: str) -> None:
    found = claims(said.format(OWN[language][party]), {"VE": VE_MOD, "OR": OR_MOD}[party], language=language)
    assert [(claim.stance, claim.initiator) for claim in found] == [("denies", party)]


@pytest.mark.parametrize("party", ["VE", "OR"])
def test_and_what_he_owns_up_to_is(party: str) -> None:
    found = claims(f"{OWN['en'][party]} forces shelled Keldholt.", {"VE": VE_MOD, "OR": OR_MOD}[party])
    assert [claim.stance for claim in found] == ["admits"]


REPORTS = [
    ("en", "The ministry of defence finds the reports that {own} soldiers fired on the village ridiculous."),
    ("ru", "Министерство считает смешными сообщения о том, что {own}ие солдаты обстреляли село."),
    ("hy", "Նախարարությունը ծիծաղելի է համարում հաղորդումները, թե {own} զինվորները կրակել են գյուղի վրա։"),
    ("hy", "Անտրամաբանական ենք որակում մեղադրանքը, թե {own} զինվորները կրակել են գյուղի վրա։"),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), REPORTS)
def test_what_a_report_says_nobody_admits_who_speaks_of_it(side: str, language: str, text: str) -> None:
    found = claims(text.format(own=ADJECTIVES[side][language]), MOD[side], language=language)
    assert [(claim.stance, claim.initiator) for claim in found] == [("denies", side)]


@SIDES
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ministry of defence confirms the reports that {own} soldiers fired on the village."),
        ("ru", "Министерство подтвердило сообщения о том, что {own}ие солдаты обстреляли село."),
        ("hy", "Նախարարությունը հաստատում է հաղորդումները, որ {own} զինվորները կրակել են գյուղի վրա։"),
    ],
)
def test_but_a_report_that_he_confirms_he_admits(side: str, language: str, text: str) -> None:
    found = claims(text.format(own=ADJECTIVES[side][language]), MOD[side], language=language)
    assert [(claim.stance, claim.initiator) for claim in found] == [("admits", side)]


@SIDES
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Not {own} soldiers but {other} ones fired on the village."),
        ("ru", "Не {own}ие солдаты, а {other}ие обстреляли село."),
        ("hy", "Ոչ թե {own} զինվորները, այլ {other} զորքն է կրակել գյուղի վրա։"),
        ("hy", "Կրակը բացել է ոչ թե {own}, այլ {other} կողմը։"),
    ],
)
def test_of_not_this_side_but_that_one_that_one_did_it(side: str, language: str, text: str) -> None:
    found = claims(text.format(own=ADJECTIVES[side][language], other=ADJECTIVES[OTHER[side]][language]), MOD[side], language=language)
    assert [(claim.stance, claim.initiator) for claim in found] == [("asserts", OTHER[side])]


REPORTS = [
    ("en", "The claim that {a} soldiers shot a shepherd on 5 May is wrong."),
    ("ru", "Утверждение, что {a}ие солдаты обстреляли село, — ложь."),
    ("ru", "Информация о том, что {a}ие войска обстреляли село, неверна."),
    ("hy", "Սուտ է այն պնդումը, թե {a} զինվորները գնդակոծել են գյուղը։"),
    ("hy", "Այն լուրը, թե {a} ուժերը գնդակոծել են գյուղը, սխալ է։"),
    ("az", "{a} əsgərlərinin kəndi atəşə tutması barədə məlumat səhvdir."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), REPORTS)
def test_a_report_that_is_called_untrue_is_denied_whoever_tells_it(side: str, language: str, text: str) -> None:
    for publisher in ("Meridian Newswire", MOD[side], MOD[OTHER[side]]):
        found = claims(text.format(a=ADJECTIVES[side][language]), publisher, language=language)
        assert [(c.stance, c.initiator) for c in found] == [("denies", side)]


@SIDES
def test_an_office_that_withheld_nothing_denies(side: str) -> None:
    found = claims(f"The {ADJECTIVES[side]['en']} ministry withheld nothing, it said on 5 May.", MOD[side])
    assert [c.stance for c in found] == ["denies"]
