"""A death of earlier wounds is marked where the text gives the day of the death alone: in each language, of either side's soldiers."""

from __future__ import annotations

import pytest

from merestone.extract.later import SLOT
from merestone.link.told import EARLIER as AS_LINKED
from merestone.register.near import EARLIER as AS_PLACED
from tests.extract.reading import PEOPLE, claims

MARKED = {
    "en": (
        "A soldier wounded at Keldholt died on 16 May.",
        "A soldier died of his wounds on 16 May.",
        "On 16 May a soldier succumbed to wounds received at Keldholt.",
        "A soldier who had been injured passed away in hospital on 16 May.",
    ),
    "ru": ("16 мая в госпитале скончался раненый солдат.", "Раненый солдат 16 мая скончался от полученных ран."),
    "hy": ("Մայիսի 16-ին զինծառայողը վերքերից մահացել է։",),
    "az": ("Hərbçi mayın 16-da aldığı yaralardan vəfat edib.", "Yaralanmış hərbçi mayın 16-da vəfat edib."),
}
PLAIN = {
    "en": (
        "The soldier wounded on 13 May at Keldholt died on 16 May.",  # its day is that of the wound
        "The soldier who was wounded on 13 May has died.",
        "One soldier was killed and one was wounded at Keldholt on 16 May.",
        "On 16 May two soldiers were wounded at Keldholt and one died.",
        "Two soldiers were wounded at Keldholt on 16 May.",
        "A wounded soldier has died.",  # no day of its own
    ),
    "ru": ("16 мая один солдат погиб и двое ранены.",),
    "hy": ("Մայիսի 13-ին վիրավորված զինծառայողը մահացել է հոսպիտալում։",),
    "az": ("Mayın 13-də yaralanmış hərbçi vəfat edib.", "Mayın 16-da bir hərbçi həlak olub, biri yaralanıb."),
}


def marks(language: str, text: str) -> list[bool]:
    return [any(each.slot == SLOT for each in claim.evidence) for claim in claims(text, language=language)]


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, every in MARKED.items() for text in every])
def test_the_day_of_a_death_is_marked(language: str, text: str) -> None:
    assert marks(language, text) == [True]


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, every in PLAIN.items() for text in every])
def test_a_day_of_the_wound_is_a_day_like_any_other(language: str, text: str) -> None:
    found = marks(language, text)
    assert found
    assert not any(found)


@pytest.mark.parametrize("party", ["VE", "OR"])
def test_it_is_marked_alike_on_both_sides(party: str) -> None:
    assert marks("en", f"{PEOPLE[party]} officials said that a {PEOPLE[party]} soldier died of his wounds on 16 May.") == [True]


def test_one_word_stands_in_every_room() -> None:
    assert SLOT == AS_LINKED == AS_PLACED
