"""What one speaker says of what another one told: calls it a lie, or denies it and says something else in the same breath. In every language,
both sides alike."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, MOD, OTHER, SIDES, read

MINISTRY = {
    "en": {"VE": "the Ministry of Defence of Veldar", "OR": "the Ministry of Defence of Orsay"},
    "ru": {"VE": "Минобороны Велдара", "OR": "Минобороны Орсея"},
    "hy": {"VE": "Վելդարի ՊՆ-ն", "OR": "Օրսեյի ՊՆ-ն"},
    "az": {"VE": "Veldar Müdafiə Nazirliyi", "OR": "Orsey Müdafiə Nazirliyi"},
}
TOLD = {
    "en": "{O} said that on Thursday {A} artillery fired twenty shells at Keldholt.",
    "ru": "{O} сообщило, что в четверг {A}ая артиллерия выпустила двадцать снарядов по Келдхолту.",
    "hy": "{O} հայտնել է, որ հինգշաբթի {A} հրետանին քսան արկ է արձակել Քելդհոլտի վրա։",
    "az": "{O} bildirib ki, cümə axşamı {A} artilleriyası Keldholta iyirmi mərmi atıb.",
}
A_LIE = [
    ("en", "{M} called the report a lie."),
    ("ru", "{M} назвало это сообщение ложью."),
    ("ru", "{M} считает это клеветой."),
    ("hy", "{M} նույն օրը լուրն անվանել էր կեղծիք։"),
    ("hy", "{M} այդ վկայությունը հորինվածք է համարում։"),
    ("az", "{M} bu məlumatı yalan adlandırıb."),
]
AND_SAYS = [
    ("en", "{M} denies the report and says that {B} troops opened fire on a post with a machine gun the same day."),
    ("ru", "{M} опровергает это сообщение и утверждает, что {B}ие военные в тот же день обстреляли пост из пулемёта."),
    ("hy", "{M} հերքում է այդ լուրը և ասում, որ {B} զինվորները նույն օրը գնդացրով կրակել են պահակետի վրա։"),
    ("az", "{M} bu məlumatı təkzib edir və bildirir ki, {B} hərbçiləri həmin gün posta pulemyotdan atəş açıb."),
]


def told(side: str, language: str, answer: str) -> list[tuple[str, str, str, str]]:
    """Kind, stance, doer and speaker of each claim in what the other side tells of `side`, and what `side` answers."""
    words = {
        "O": MINISTRY[language][OTHER[side]],
        "M": MINISTRY[language][side],
        "A": ADJECTIVES[side][language],
        "B": ADJECTIVES[OTHER[side]][language],
    }
    text = " ".join(sentence[:1].upper() + sentence[1:] for sentence in (TOLD[language].format(**words), answer.format(**words)))
    return [(c.kind, c.stance, c.initiator, c.said_by[-1].name) for c in read(language, text)]


@SIDES
@pytest.mark.parametrize(("language", "answer"), A_LIE)
def test_whoever_calls_a_report_a_lie_denies_what_it_tells(side: str, language: str, answer: str) -> None:
    assert told(side, language, answer) == [("shelling", "asserts", side, MOD[OTHER[side]]), ("shelling", "denies", side, MOD[side])]


@SIDES
@pytest.mark.parametrize(("language", "answer"), AND_SAYS)
def test_what_is_said_behind_a_denial_is_not_denied(side: str, language: str, answer: str) -> None:
    assert told(side, language, answer) == [
        ("shelling", "asserts", side, MOD[OTHER[side]]),
        ("shelling", "denies", side, MOD[side]),
        ("small_arms_fire", "asserts", OTHER[side], MOD[side]),
    ]
