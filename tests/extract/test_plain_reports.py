"""Plain sentences of agencies, ministries and patrols: a line that opens with its speaker, answers to what the other side said, whose
the harmed are, what a way is measured from. Each is told of both sides."""

from __future__ import annotations

import pytest

from tests.extract.reading import MOD, OTHER, SIDES, claims, read

NAMES = {  # by side: the ministry, the adjective of its forces, a village of it
    "en": {"VE": ("Ministry of Defence of Veldar", "Veldarian", "Hollin"), "OR": ("Ministry of Defence of Orsay", "Orsayan", "Montasse")},
    "ru": {"VE": ("Минобороны Велдара", "велдарск", "Холлин"), "OR": ("Минобороны Орсея", "орсейск", "Монтас")},
    "hy": {"VE": ("Վելդարի ՊՆ", "վելդարական", "Հոլլին"), "OR": ("Օրսեյի ՊՆ", "օրսեյական", "Մոնտաս")},
    "az": {"VE": ("Veldar MN", "Veldar", "Hollin"), "OR": ("Orsey MN", "Orsey", "Montas")},
}
LINES = {
    "en": "{mod}: {theirs} forces shelled {place}.",
    "ru": "{mod}: {theirs}ие войска обстреляли {place}.",
    "hy": "{mod}․ {theirs} ուժերը հրետակոծել են {place}ը։",
    "az": "{mod}: {theirs} qüvvələri {place}ı atəşə tutub.",
}
UNTRUE = {
    "en": "The {mod} said {theirs} forces had shelled {place}. The {their_mod} said the accusations were untrue.",
    "ru": "{mod} заявило, что {theirs}ие войска обстреляли {place}. {their_mod} сообщило, что обвинения не соответствуют действительности.",
    "hy": "{mod}-ն հայտնել է, որ {theirs} ուժերը հրետակոծել են {place}ը։ {their_mod}-ն հայտարարել է, որ մեղադրանքները չեն համապատասխանում իրականությանը։",
}
DEEDS = {
    "en": "The {mod} said {theirs} soldiers had detained three shepherds. The {their_mod} denies the detention.",
    "ru": "{mod} заявило, что {theirs}ие солдаты задержали троих пастухов. {their_mod} задержание отрицает.",
    "hy": "{mod}-ն հայտնել է, որ {theirs} զինվորները առևանգել են երեք հովվի։ {their_mod}-ն հերքում է առևանգումը։",
    "az": "{mod} bildirib ki, {theirs} əsgərləri üç çobanı saxlayıb. {their_mod} saxlanmanı təkzib edib.",
}


def told(language: str, side: str, frame: str) -> str:
    mod, _, place = NAMES[language][side]
    their_mod, theirs, _ = NAMES[language][OTHER[side]]
    return frame.format(mod=mod, their_mod=their_mod, theirs=theirs, place=place)


@SIDES
@pytest.mark.parametrize("language", LINES)
def test_a_line_that_opens_with_a_speaker_and_a_colon_is_its_word(side: str, language: str) -> None:
    (claim,) = read(language, told(language, side, LINES[language]))
    assert (claim.initiator, claim.stance) == (OTHER[side], "asserts")
    assert [speaker.name for speaker in claim.said_by] == [MOD[side]]


@SIDES
def test_a_land_before_a_colon_speaks_for_nobody(side: str) -> None:
    land = {"VE": "Велдар", "OR": "Орсей"}[side]
    (claim,) = read("ru", f"{land}: {NAMES['ru'][OTHER[side]][1]}ие войска обстреляли {NAMES['ru'][side][2]}.")
    assert not any(speaker.affiliation == side for speaker in claim.said_by)


@SIDES
@pytest.mark.parametrize("language", UNTRUE)
def test_accusations_called_untrue_are_denied_by_the_one_who_says_so(side: str, language: str) -> None:
    first, answer = read(language, told(language, side, UNTRUE[language]))
    assert (first.initiator, first.stance) == (OTHER[side], "asserts")
    assert (answer.initiator, answer.stance, answer.said_by[-1].affiliation) == (OTHER[side], "denies", OTHER[side])


@SIDES
@pytest.mark.parametrize("language", DEEDS)
def test_who_denies_the_deed_by_its_noun_denies_what_was_told_of_it(side: str, language: str) -> None:
    first, answer = read(language, told(language, side, DEEDS[language]))
    assert (first.kind, first.stance, answer.kind, answer.stance) == ("detention", "asserts", "detention", "denies")
    assert (answer.initiator, answer.said_by[-1].affiliation) == (OTHER[side], OTHER[side])


@SIDES
def test_an_outlet_that_reports_a_denial_denies_nothing_itself(side: str) -> None:
    mod = NAMES["ru"][side][0]
    text = f"В селе ранен солдат. {mod}, слова которого приводит агентство «Меридиан», заявление отвергло как ложь."
    assert not any(claim.stance == "denies" and claim.said_by[-1].affiliation == "none" for claim in read("ru", text))


@SIDES
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Патруль слышал десять выстрелов к северу от {place}а."),
        ("ru", "Миссия зафиксировала 23 взрыва и 140 очередей из стрелкового оружия в двух километрах от {place}а."),
        ("hy", "Պարեկը {place}ից երկու կիլոմետր հյուսիս լսել է տասը կրակոց։"),
        ("en", "The patrol heard ten shots two kilometres north of {place}."),
    ],
)
def test_from_where_a_way_is_measured_nobody_fired(side: str, language: str, text: str) -> None:
    found = read(language, text.format(place=NAMES[language][side][2]), "Tamm Line Monitoring Mission")
    assert found
    assert all(claim.initiator == "unknown" for claim in found)


@SIDES
def test_from_the_side_of_a_place_fire_came(side: str) -> None:
    (claim,) = read("ru", f"Слышна стрельба со стороны {NAMES['ru'][side][2]}а.")
    assert claim.initiator == side


@SIDES
@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The {their_mod} admitted that on 12 May {theirs} artillery had hit a residential quarter of {place}. Three civilians died.",
        ),
        ("ru", "{their_mod} признало, что 12 мая {theirs}ая артиллерия накрыла жилой квартал в {place}е. Погибли трое мирных жителей."),
    ],
)
def test_those_who_died_where_the_teller_hit_houses_are_not_the_tellers(side: str, language: str, text: str) -> None:
    (claim,) = read(language, told(language, side, text))
    assert (claim.stance, claim.initiator) == ("admits", OTHER[side])
    assert [(c.outcome, c.party, c.min) for c in claim.casualties] == [("killed", side, 3)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "At least seven people, including two policemen, were wounded on the market of Tammen."),
        ("az", "Azı yeddi nəfər, o cümlədən iki polis, Tammendə bazarın atəşə tutulması nəticəsində yaralanıb."),
    ],
)
def test_some_of_them_are_not_counted_for_all(language: str, text: str) -> None:
    (figure,) = [c for claim in read(language, text) for c in claim.casualties]
    assert (figure.outcome, figure.min, figure.max) == ("wounded", 7, None)


@SIDES
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The {mod} blames {theirs} saboteurs for the killing of the driver."),
        ("ru", "В убийстве водителя {mod} винит {theirs}их диверсантов."),
    ],
)
def test_who_is_blamed_for_a_death_is_not_the_dead(side: str, language: str, text: str) -> None:
    found = read(language, told(language, side, text))
    assert not any(c.party == OTHER[side] for claim in found for c in claim.casualties)
    assert all(claim.initiator in (OTHER[side], "unknown", "none") for claim in found)


@SIDES
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{theirs}им снайпером убит {ours}ий солдат.", "small_arms_fire"),
        ("Огнём {theirs}их подразделений уничтожена {ours}ая огневая точка.", "small_arms_fire"),
        ("{theirs}ая сторона за сутки 14 раз нарушила режим прекращения огня.", "small_arms_fire"),
    ],
)
def test_means_before_the_participle_and_a_subject_far_from_its_verb(side: str, text: str, kind: str) -> None:
    ours, theirs = NAMES["ru"][side][1], NAMES["ru"][OTHER[side]][1]
    (claim,) = read("ru", text.format(ours=ours, theirs=theirs).capitalize())
    assert (claim.kind, claim.initiator, claim.stance) == (kind, OTHER[side], "asserts")


@SIDES
def test_the_head_of_a_body_that_the_pack_knows_speaks_for_its_side(side: str) -> None:
    land = {"VE": "Велдара", "OR": "Орсея"}[side]
    text = f"Глава МИД {land} заявил, что {NAMES['ru'][OTHER[side]][1]}ие войска обстреляли {NAMES['ru'][side][2]}."
    (claim,) = read("ru", text)
    assert [(s.affiliation, s.official) for s in claim.said_by] == [(side, True)]


@SIDES
def test_who_does_not_tell_where_the_taken_are_says_nothing(side: str) -> None:
    text = f"Солдат пропал 3 марта. {NAMES['ru'][OTHER[side]][1].capitalize()}ая сторона до сих пор не сообщает о его судьбе."
    withheld = [
        c
        for c in claims(text, f"Ombudsperson of {'Veldar' if side == 'VE' else 'Orsay'}", language="ru")
        if c.kind == "information_withheld"
    ]
    assert [(c.initiator, c.said_by[-1].affiliation) for c in withheld] == [(OTHER[side], side)]


@SIDES
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{theirs}ие военные вошли в {place}, не встретив сопротивления.", "advance"),
        ("Семьи ждут двоих рыбаков из {place}а, увезённых {theirs}им катером.", "detention"),
    ],
)
def test_doers_of_participles_and_of_entering_a_named_place(side: str, text: str, kind: str) -> None:
    sentence = told("ru", side, text)
    (claim,) = read("ru", sentence[0].upper() + sentence[1:])
    assert (claim.kind, claim.initiator) == (kind, OTHER[side])


@pytest.mark.parametrize(
    "text",
    [
        "Мой сын пошёл за дровами и не вернулся.",
        "Министр обороны Велдара предупредил, что страна готова нанести удар по Монтасу.",
        "Орсейский патруль развернул телегу на мосту Весс.",
    ],
)
def test_no_deed_is_told_done_or_denied(text: str) -> None:
    assert not any(claim.realised == "done" for claim in read("ru", text))


def test_who_does_not_report_losses_reports_no_zero() -> None:
    (claim,) = read("ru", "Вспыхнула перестрелка у Монтаса. О потерях стороны не сообщают.")
    assert (claim.kind, claim.casualties) == ("armed_clash", ())


@SIDES
def test_what_stands_before_a_colon_is_not_what_a_passive_behind_it_hit(side: str) -> None:
    theirs, place = NAMES["ru"][OTHER[side]][1].capitalize(), NAMES["ru"][side][2]
    text = f"{theirs}ие силы нарушили слово: ночью по {place}у было выпущено до тридцати снарядов. Ранены шесть человек."
    (claim,) = [c for c in claims(text, MOD[side], language="ru") if c.kind == "shelling"]
    assert (claim.initiator, claim.target.party) == (OTHER[side], side)
    assert [(c.outcome, c.party, c.min) for c in claim.casualties] == [("wounded", side, 6)]
