"""Talk around claims: proposals, exercises, background and the law tell no deed, and what is told of a war has no date of last week."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, LAND, NEUTRAL, OTHER, PEOPLE, SIDES, claims, read

NOTHING = [
    "{l} had proposed a mutual withdrawal of heavy weapons in March and had received no reply.",
    "The draft provides for the withdrawal of {p} troops and the release of all prisoners.",
    "The agreement envisages the exchange of prisoners and the withdrawal of {p} soldiers.",
    "Residents are warned that {p} artillery will be fired near Tammen between 9 a.m. and 5 p.m.",
    "{p} drones will fly over the district on Wednesday.",
    "{l} threatened to shell Tammen.",  # a threat is a statement, and no deed of any sort
    "It says nothing about the detained.",
    "Asked about the prisoners, a spokesman of the {p} Ministry of Defence declined to comment.",
    "Some two hundred pensioners clashed with police in Tammen.",
]


@SIDES
@pytest.mark.parametrize("text", NOTHING)
def test_talk_tells_no_deed(side: str, text: str) -> None:
    assert read("en", text.format(l=LAND[side], p=PEOPLE[side]), NEUTRAL) == ()


@SIDES
def test_a_deed_beside_a_proposal_is_told(side: str) -> None:
    (told,) = claims(f"{LAND[OTHER[side]]} proposed a truce. On Monday {PEOPLE[side]} soldiers shelled Tammen.")
    assert (told.kind, told.initiator) == ("shelling", side)


@SIDES
def test_the_detained_who_were_freed_are_people_and_no_detention(side: str) -> None:
    (told,) = claims(f"Two of the detained were freed by {PEOPLE[side]} soldiers on Monday.")
    assert (told.kind, told.initiator) == ("release", side)


@SIDES
def test_a_land_behind_the_comma_is_no_source_of_a_study(side: str) -> None:
    for language, text in (
        ("en", f"According to a study published on Monday by a research institute, {LAND[side]} fired 4,000 artillery shells at Tammen."),
        ("ru", f"По данным исследования, опубликованного в понедельник, {({'VE': 'Велдар', 'OR': 'Орсей'})[side]} обстрелял Таммен."),
    ):
        (told,) = read(language, text, NEUTRAL)
        assert (told.stance, told.initiator, [s.affiliation for s in told.said_by]) == ("asserts", side, ["none"])


@SIDES
def test_a_verb_of_saying_behind_and_has_the_subject_that_the_sentence_begins_with(side: str) -> None:
    other = PEOPLE[OTHER[side]]
    (told,) = claims(
        f"The {PEOPLE[side]} Ministry of Defence called the trial a farce and said that {other} guards had beaten a driver in Tammen."
    )
    assert (told.initiator, [s.affiliation for s in told.said_by]) == (OTHER[side], [side])


@SIDES
def test_a_comma_between_two_clauses_parts_their_subjects(side: str) -> None:
    one, other = PEOPLE[side], PEOPLE[OTHER[side]]
    found = claims(f"{one} herdsmen crossed the river, {other} guards seized the animals and burnt two huts.")
    assert {c.initiator for c in found if c.kind in ("theft", "arson")} == {OTHER[side]}


WARS = [
    ("en", "During the war {a} artillery shelled Tammen."),
    ("ru", "В годы войны {a}ая артиллерия обстреляла Таммен."),
    ("hy", "Պատերազմի տարիներին {a} հրետանին գնդակոծել է Տամմենը։"),
    ("az", "Müharibə illərində {a} artilleriyası Tammeni atəşə tutub."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), WARS)
def test_what_was_in_the_war_has_no_date(side: str, language: str, text: str) -> None:
    (told,) = read(language, text.format(a=ADJECTIVES[side][language]), NEUTRAL)
    assert (told.initiator, told.when.precision) == (side, "unknown")


BACKGROUND = [
    ("en", "In 1954 it began with cattle. {a} soldiers seized the animals.\n\nOn Monday {a} soldiers shelled Tammen."),
    ("ru", "В 1954 году все началось со скота. {a}ие солдаты угнали скот.\n\nВ понедельник {a}ие солдаты обстреляли Таммен."),
    ("hy", "1954 թվականին ամեն ինչ սկսվեց անասուններից։ {a} զինվորները գողացան անասունները։\n\nԵրկուշաբթի {a} զինվորները գնդակոծեցին Տամմենը։"),
    ("az", "1954-cü ildə hər şey mal-qaradan başladı. {a} əsgərləri heyvanları oğurladı.\n\nBazar ertəsi {a} əsgərləri Tammeni atəşə tutdu."),
]  # fmt: skip


@SIDES
@pytest.mark.parametrize(("language", "text"), BACKGROUND)
def test_a_year_that_a_paragraph_begins_with_dates_what_it_tells(side: str, language: str, text: str) -> None:
    found = read(language, text.format(a=ADJECTIVES[side][language]), NEUTRAL)
    assert [c.when.start[:4] for c in found] == ["1954", "2031"]


def test_the_month_of_the_publication_is_no_background() -> None:
    (told,) = claims("In May the number of incidents fell. Veldarian soldiers shelled Tammen.")
    assert told.when.precision == "week"  # the days up to the publication, as where no time is told


def test_no_deed_was_done_after_its_publication() -> None:
    (told,) = read("ru", "Через неделю велдарские солдаты обстреляли Таммен.", NEUTRAL)
    assert told.when.precision == "unknown"


TO_COME = [
    ("az", "Çərşənbə günü {a} artilleriyasından Tammenə atəş açılacaq."),
    ("az", "Rayonun üzərində {a} dronları uçacaq."),
    ("hy", "Չորեքշաբթի {a} հրետանուց կրակոցներ կարձակվեն Տամմենի ուղղությամբ։"),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), TO_COME)
def test_fire_that_is_to_come_is_none(side: str, language: str, text: str) -> None:
    assert read(language, text.format(a=ADJECTIVES[side][language]), NEUTRAL) == ()


EACH_OTHER = [
    ("ru", "Армии Велдара и Орсея обстреливали друг друга у Таммена."),
    ("hy", "Վելդարի և Օրսեյի բանակները գնդակոծել են միմյանց Տամմենի մոտ։"),
    ("az", "Veldar və Orsey orduları Tammen yaxınlığında bir-birini atəşə tutub."),
]


@pytest.mark.parametrize(("language", "text"), EACH_OTHER)
def test_who_fire_at_each_other_clash(language: str, text: str) -> None:
    (told,) = read(language, text, NEUTRAL)
    assert (told.kind, told.initiator, told.target.party) == ("armed_clash", "none", "both")


PROPOSED = [
    ("ru", "В марте {l} предложил взаимный отвод тяжелых вооружений."),
    ("hy", "Մարտին {l} առաջարկել է ծանր սպառազինության փոխադարձ հետքաշում։"),
    ("az", "{l} martda ağır silahların qarşılıqlı geri çəkilməsini təklif edib."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), PROPOSED)
def test_a_proposal_withdraws_nothing(side: str, language: str, text: str) -> None:
    land = {"ru": ("Велдар", "Орсей"), "hy": ("Վելդարը", "Օրսեյը"), "az": ("Veldar", "Orsey")}[language][side == "OR"]
    assert read(language, text.format(l=land), NEUTRAL) == ()
