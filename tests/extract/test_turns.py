"""One speaker who denies and asserts in one sentence, refusals and agreements, and verbs that say "we": in every language where it shows, both sides alike."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, LAND, MOD, NEUTRAL, OTHER, SIDES, read

AZ = {"VE": "Veldar", "OR": "Orsey"}
HY = {"VE": "Վելդարի", "OR": "Օրսեյի"}
RU = {"VE": "Велдара", "OR": "Орсея"}

DENIED_AND_TOLD = [  # {a} denies and tells of {b}
    ("en", "Denying that its troops had shelled Tammen, the {a} Ministry of Defence said {b} forces had opened fire."),
    ("en", "The {a} Ministry of Defence denied that its troops had shelled Tammen, saying {b} forces opened fire."),
    ("ru", "Отрицая, что его войска обстреляли Таммен, Минобороны {a} заявило, что огонь открыли {b}ие силы."),
    ("ru", "Минобороны {a} отрицает, что его войска обстреляли Таммен, заявив, что огонь открыли {b}ие силы."),
    ("hy", "Հերքելով, որ իր զորքերը կրակել են Տամմենի վրա, {a} ՊՆ-ն հայտարարել է, որ կրակը բացել է {b} կողմը։"),
    ("az", "{a} MN bölmələrinin Tammenə atəş açdığını təkzib edərək atəşin {b} tərəfdən açıldığını deyib."),
    ("az", "Bölmələrinin Tammenə atəş açdığını təkzib edən {a} MN atəşi {b} tərəfinin açdığını bildirib."),
]
ONLY_TOLD = [  # {a} rejects charges and tells of {b}
    ("ru", "Отвергнув обвинения, Минобороны {a} заявило, что огонь открыли {b}ие силы."),
    ("hy", "Հերքելով մեղադրանքները՝ {a} ՊՆ-ն հայտարարել է, որ կրակը բացել է {b} կողմը։"),
    ("az", "{a} MN iddiaları rədd edərək bildirib ki, atəşi {b} tərəfi açıb."),
    ("az", "İttihamları təkzib edən {a} MN atəşi {b} tərəfinin açdığını bildirib."),
]


def _named(language: str, text: str, side: str) -> str:
    owner = {"en": {"VE": "Veldarian", "OR": "Orsayan"}, "ru": RU, "hy": HY, "az": AZ}[language]
    return text.format(a=owner[side], b=ADJECTIVES[OTHER[side]][language])


@SIDES
@pytest.mark.parametrize(("language", "text"), DENIED_AND_TOLD)
def test_who_denies_his_own_deed_and_tells_of_another_does_both(side: str, language: str, text: str) -> None:
    found = read(language, _named(language, text, side), NEUTRAL)
    assert [(c.stance, c.initiator) for c in found] == [("denies", side), ("asserts", OTHER[side])]


@SIDES
@pytest.mark.parametrize(("language", "text"), ONLY_TOLD)
def test_rejecting_charges_denies_nothing_that_is_told_behind(side: str, language: str, text: str) -> None:
    found = read(language, _named(language, text, side), NEUTRAL)
    assert [(c.stance, c.initiator, c.said_by[-1].affiliation) for c in found] == [("asserts", OTHER[side], side)]


@SIDES
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The {b} Ministry of Defence said {a} forces shelled Tammen. The {a} side denied."),
        ("ru", "Минобороны {b} заявило, что {a}ие силы обстреляли Таммен. Минобороны {c} опровергает."),
        ("hy", "{b} ՊՆ-ն հայտնել է, որ {a} բանակը կրակել է Տամմենի վրա։ {c} ՊՆ-ն հերքում է։"),
        ("az", "{b} MN bildirib ki, {a} qoşunu Tammeni atəşə tutub. {c} tərəfi isə təkzib edir."),
    ],
)
def test_a_bare_denial_is_of_what_was_told_before(side: str, language: str, text: str) -> None:
    owner = {"en": {"VE": "Veldarian", "OR": "Orsayan"}, "ru": RU, "hy": HY, "az": AZ}[language]
    told = text.format(a=ADJECTIVES[side][language], b=owner[OTHER[side]], c=owner[side])
    assert [(c.stance, c.initiator) for c in read(language, told, NEUTRAL)] == [("asserts", side), ("denies", side)]


@SIDES
@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("en", "{land} refused to release the prisoners.", []),
        ("en", "{land} failed to withdraw its troops from Mount Grell.", ["position_held"]),
        ("ru", "{ru} отказался освободить пленных.", []),
        ("ru", "{ru} отказывается выводить свои войска с горы Грелл.", ["position_held"]),
        ("hy", "{hy} հրաժարվել է ազատ արձակել գերիներին։", []),
        ("hy", "{hy} հրաժարվում է դուրս բերել իր զորքերը Գրել լեռից։", ["position_held"]),
        ("az", "{az} əsirləri azad etməkdən imtina edib.", []),
        ("az", "{az} qoşunlarını Qrell dağından çıxarmaqdan imtina edir.", ["position_held"]),
    ],
)
def test_what_is_refused_was_not_done(side: str, language: str, text: str, kinds: list[str]) -> None:
    names = {"land": LAND[side], "ru": RU[side][:-1], "hy": HY[side][:-1] + "ը", "az": AZ[side]}
    found = read(language, text.format(**names).replace("Орсе ", "Орсей "), MOD[OTHER[side]])
    assert [(c.kind, c.realised) for c in found] == [(kind, "done") for kind in kinds]
    assert all(c.initiator == side for c in found)


@pytest.mark.parametrize(
    ("language", "text", "kind", "realised"),
    [
        ("en", "The sides agreed to exchange twelve prisoners next week.", "release", "announced"),
        ("ru", "Стороны договорились обменять на следующей неделе двенадцать пленных.", "release", "announced"),
        ("hy", "Կողմերը պայմանավորվել են հաջորդ շաբաթ փոխանակել տասներկու գերի։", "release", "announced"),
        ("az", "Tərəflər on iki əsirin dəyişdirilməsi barədə razılığa gəlib.", "release", "announced"),
        ("en", "The sides agreed to a ceasefire from noon on 18 May.", "ceasefire_agreed", "done"),
        ("ru", "Стороны договорились о прекращении огня с полудня 18 мая.", "ceasefire_agreed", "done"),
        ("hy", "Կողմերը պայմանավորվել են հրադադարի մասին։", "ceasefire_agreed", "done"),
        ("az", "Tərəflər atəşkəs barədə razılığa gəlib.", "ceasefire_agreed", "done"),
    ],
)
def test_what_is_agreed_is_to_come_and_a_truce_is_there(language: str, text: str, kind: str, realised: str) -> None:
    assert [(c.kind, c.realised) for c in read(language, text)] == [(kind, realised)]


@SIDES
@pytest.mark.parametrize(
    ("language", "text", "stance"),
    [
        ("az", "{b} mövqelərinə zərbə endirmişik.", "admits"),
        ("az", "{b} mövqelərinə atəş açmamışıq.", "denies"),
        ("hy", "Գերեվարել ենք {b} երկու զինվորի։", "admits"),
        ("hy", "{b} դիրքերի ուղղությամբ կրակ չենք բացել։", "denies"),
    ],
)
def test_a_verb_that_says_we_names_the_speaker(side: str, language: str, text: str, stance: str) -> None:
    (found,) = read(language, text.format(b=ADJECTIVES[OTHER[side]][language]), MOD[side])
    assert (found.stance, found.initiator, found.target.party) == (stance, side, OTHER[side])


@SIDES
@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("az", "Əraziyə keçməyə çalışan iki {a} hərbçisi saxlanılıb.", "advance"),
        ("az", "Kəndə hücum edən {a} qüvvələri geri çəkilib.", "ground_attack"),
        ("az", "{a} təxribat qrupunun əraziyə daxil olmasının qarşısı alınıb.", "advance"),
        ("hy", "Մեր տարածք ներթափանցած երկու {a} զինծառայող ձերբակալվել է։", "advance"),
        ("hy", "{a} բանակը հարվածել է Տամմեն գյուղին։", "shelling"),
    ],
)
def test_the_noun_behind_a_participle_did_it(side: str, language: str, text: str, kind: str) -> None:
    found = read(language, text.format(a=ADJECTIVES[side][language]), MOD[OTHER[side]])
    assert [c.initiator for c in found if c.kind == kind] == [side]


@SIDES
@pytest.mark.parametrize(
    "text",
    [
        "{a} ուժերը կրակ են բացել Տամմեն գյուղի ուղղությամբ տեղակայված մեր դիրքերի վրա։",
        "{a} ուժերը կրակ են բացել Տամմեն գյուղի մոտ գտնվող {b} դիրքերի ուղղությամբ։",
    ],
)
def test_a_noun_inside_a_participle_is_not_what_was_hit(side: str, text: str) -> None:
    (found,) = read("hy", text.format(a=ADJECTIVES[side]["hy"], b=ADJECTIVES[OTHER[side]]["hy"]), MOD[OTHER[side]])
    assert (found.initiator, found.target.what) == (side, "military_positions")


@SIDES
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "There is no evidence that {a} soldiers fired on civilians, the mission said."),
        ("ru", "Нет доказательств, что {a}ие военные стреляли по мирным жителям."),
        ("hy", "Ապացույց չկա, որ {a} զինվորները կրակել են խաղաղ բնակիչների վրա։"),
        ("az", "{a} hərbçilərinin mülki şəxslərə atəş açdığına dair sübut yoxdur."),
    ],
)
def test_of_what_there_is_no_evidence_nobody_is_blamed(side: str, language: str, text: str) -> None:
    for publisher in (NEUTRAL, MOD[side]):
        (found,) = read(language, text.format(a=ADJECTIVES[side][language]), publisher)
        assert found.stance == "denies"


def test_who_is_called_on_to_stop_firing_stops_nobody() -> None:
    assert not read("az", "Missiya hər iki tərəfi atəşi dayandırmağa çağırıb.")
