"""Nobody admits what he calls untrue: in each language, of either side, whatever clause says so."""

from __future__ import annotations

import pytest

from tests.extract.reading import OR_MOD, VE_MOD, claims

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
