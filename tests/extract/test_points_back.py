"""What tells no deed of its own: a noun that points back, what the police do at home, a crime, what may be, and monitors who come and go."""

from __future__ import annotations

import pytest

from tests.extract.reading import LAND, MOD, PEOPLE, SIDES, claims

FIRST = "On 17 May {a} soldiers shelled Sarnby. "
BACK = [
    "The shelling lasted twenty minutes.",
    "The attack sent people running for their cellars.",
    "Before the shooting the market had been full.",
    "It was the first exchange of fire since the spring.",
    "Children have not gone to school since the attack.",
]


@SIDES
@pytest.mark.parametrize("again", BACK)
def test_a_noun_that_points_back_tells_nothing_new(again: str, side: str) -> None:
    (told,) = claims(FIRST.format(a=PEOPLE[side]) + again)
    assert (told.kind, told.initiator, told.when.start[:10]) == ("shelling", side, "2031-05-17")


@SIDES
def test_what_the_sentence_adds_is_added(side: str) -> None:
    (told,) = claims(f"{PEOPLE[side]} soldiers shelled Sarnby. The shelling began at 06:10 on 17 May and killed two farmers.")
    assert (told.when.start[:16], [(c.outcome, c.min) for c in told.casualties]) == ("2031-05-17T06:10", [("killed", 2)])


@SIDES
def test_a_noun_with_a_doer_or_a_place_of_its_own_is_a_deed(side: str) -> None:
    other = {"VE": "OR", "OR": "VE"}[side]
    found = claims(FIRST.format(a=PEOPLE[side]) + f"The shelling of Ternmoor by {PEOPLE[other]} troops followed on 18 May.")
    assert [c.initiator for c in found] == [side, other]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Police in Sarnby arrested three men on Sunday."),
        ("en", "Thieves and supporters threw bottles after the football match. Nine people were arrested."),
        ("en", "Veldar is likely to try to seize the ridge. Its guns can hit targets at 40 kilometres."),
        ("en", "The delegations discussed an exchange of prisoners."),
        ("en", "Ten years after the battle for Sarnby families laid flowers there."),
        ("ru", "Полиция задержала трех мужчин в Сарнби."),
    ],
)
def test_what_is_no_deed_of_a_conflict(language: str, text: str) -> None:
    assert claims(text, language=language) == ()


@SIDES
@pytest.mark.parametrize("text", ["{a} police arrested three men in Sarnby.", "Police of {l} arrested three men in Sarnby."])
def test_the_police_of_a_side_take_people(text: str, side: str) -> None:
    assert [c.kind for c in claims(text.format(a=PEOPLE[side], l=LAND[side]))] == ["detention"]


@pytest.mark.parametrize("text", ["Two police officers were shot near Sarnby.", "Two policemen were captured near Sarnby."])
def test_policemen_may_be_those_whom_it_was_done_to(text: str) -> None:
    assert len(claims(text)) == 1


@SIDES
def test_a_paragraph_about_a_match_ends_where_a_side_is_named(side: str) -> None:
    text = f"The goalkeeper and the striker of the championship were cheered. {PEOPLE[side]} soldiers shelled Sarnby."
    assert [(c.kind, c.initiator) for c in claims(text)] == [("shelling", side)]


@pytest.mark.parametrize("text", ["Left base at 08:00.", "The patrol returned to base at 14:00.", "08:00 Left base."])
def test_monitors_who_come_and_go_withdraw_no_troops(text: str) -> None:
    assert claims(text, publisher="Tamm Line Monitoring Mission") == ()


@SIDES
def test_troops_whom_monitors_see_leave_withdraw(side: str) -> None:
    found = claims(f"{PEOPLE[side]} soldiers left their post near Sarnby.", publisher="Tamm Line Monitoring Mission")
    assert [c.kind for c in found] == ["withdrawal"]


@SIDES
def test_who_controls_a_situation_holds_no_ground(side: str) -> None:
    assert claims("Our units are in full control of the situation.", publisher=MOD[side]) == ()


ANY = [
    ("en", "Any violation of Veldarian airspace will be answered.", 0),
    ("en", "Any attack on Sarnby will be met with fire.", 0),
    ("en", "The shelling would stop only when the troops left.", 0),
    ("en", "The Veldarian Defence Ministry denied any attack on Sarnby.", 1),
    ("en", "The ship turned back.", 0),
    ("en", "A court in Sarnby jailed a Veldarian colonel for selling diesel.", 0),
]


@pytest.mark.parametrize(("language", "text", "count"), ANY)
def test_any_deed_is_none_unless_it_is_denied(language: str, text: str, count: int) -> None:
    assert len(claims(text, language=language)) == count


@SIDES
def test_reports_that_are_rejected_are_denied(side: str) -> None:
    (told,) = claims(f"{LAND[side]}'s Foreign Ministry rejected reports of shelling near Sarnby.")
    assert (told.kind, told.stance, told.initiator) == ("shelling", "denies", side)


@SIDES
def test_an_answer_and_the_denial_beside_it_are_one(side: str) -> None:
    other = {"VE": "OR", "OR": "VE"}[side]
    text = f"The {PEOPLE[other]} Defence Ministry said {PEOPLE[side]} mortars had shelled Tammen. "
    found = claims(text + f"The {PEOPLE[side]} Defence Ministry rejects the accusation and says its units have not fired today.")
    assert [(c.kind, c.stance, c.initiator) for c in found] == [("shelling", "asserts", side), ("shelling", "denies", side)]


GAPPED = [
    ("en", "{l} lost three soldiers and {o} five in the fighting."),
    ("en", "{l} lost three soldiers, and {o} five."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), GAPPED)
def test_the_losses_of_the_second_side_are_counted(language: str, text: str, side: str) -> None:
    other = {"VE": "OR", "OR": "VE"}[side]
    (told,) = claims(text.format(l=LAND[side], o=LAND[other]), language=language)
    assert {(c.party, c.min, c.group) for c in told.casualties} == {(side, 3, "military"), (other, 5, "military")}


def test_the_second_side_in_another_language() -> None:
    (told,) = claims("Велдар потерял трех солдат, а Орсей — пятерых.", language="ru")
    assert {(c.party, c.min) for c in told.casualties} == {("VE", 3), ("OR", 5)}


@SIDES
def test_eleven_per_cent_are_nobodys_word(side: str) -> None:
    (told,) = claims(f"Yields jumped to 11 per cent after {PEOPLE[side]} jets bombed Sarnby on Thursday.")
    assert (told.stance, told.said_by[-1].affiliation) == ("asserts", "none")


@SIDES
def test_mass_media_mass_no_units(side: str) -> None:
    text = f"The mass media have spread reports that units of the {PEOPLE[side]} army allegedly fired at a tractor near Sarnby."
    assert "force_buildup" not in [c.kind for c in claims(text, publisher=MOD[side])]


@SIDES
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "{l} said that the helicopter had been over its own waters."),
        ("en", "In theory, {l}'s artillery would destroy the bridges and its brigades would cross the river."),
    ],
)
def test_what_flies_at_home_and_what_would_be_done(language: str, text: str, side: str) -> None:
    assert claims(text.format(l=LAND[side]), language=language) == ()


@SIDES
def test_an_arrest_that_is_theirs_was_told_before(side: str) -> None:
    text = f"{PEOPLE[side]} guards arrested two fishermen on 17 May. Their families called their arrest a crime."
    assert [(c.kind, c.initiator) for c in claims(text)] == [("detention", side)]


def test_a_deed_with_its_place_is_told_behind_since() -> None:
    (told,) = claims("The presidents spoke for the first time since the shelling of Sarnby in April.")
    assert (told.kind, told.when.start[:7], [p.text for p in told.places]) == ("shelling", "2031-04", ["Sarnby"])


@SIDES
def test_retreating_troops_are_no_withdrawal_of_now(side: str) -> None:
    found = claims(f"The bridge at Sarnby, destroyed by retreating {PEOPLE[side]} troops in 2030, will reopen in September.")
    assert "withdrawal" not in [c.kind for c in found]
