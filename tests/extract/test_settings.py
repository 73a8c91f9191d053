"""When, where and with what: from the clause before the sentence, from the sentence before what was told last; carried is said to be."""

from __future__ import annotations

import pytest

from merestone.extract.lexicon import lexicon
from merestone.extract.rules import languages_with_rules
from merestone.extract.terms import Evidence, Proposal
from tests.extract.reading import claims, only, steps

QUIET = "It rained. It rained. It rained. "


def why(claim: Proposal, slot: str) -> Evidence:
    (evidence,) = [e for e in claim.evidence if e.slot == slot]
    return evidence


def starts(text: str) -> list[str]:
    return [c.when.start[:16] for c in claims(text)]


def places(claim: Proposal) -> list[str]:
    return [p.text for p in claim.places]


# --- when ---------------------------------------------------------------------------------------------------------


def test_the_time_of_the_clause_comes_before_that_of_the_sentence() -> None:
    text = "On 18 May at 03:40 Orsayan forces shelled Keldholt, and at 05:00 they opened fire on Hollin."
    assert starts(text) == ["2031-05-18T03:40", "2031-05-18T05:00"]


def test_the_time_of_the_sentence_comes_before_what_was_told_last() -> None:
    text = "On 17 May Orsayan forces shelled Keldholt. In Hollin, where they opened fire on posts, it was 18 May."
    assert starts(text) == ["2031-05-17", "2031-05-18"]


def test_what_is_carried_is_said_to_be() -> None:
    first, second = claims("On 18 May Orsayan forces shelled Keldholt. Orsayan forces opened fire on Hollin.")
    assert second.when == first.when
    assert (why(first, "when").rule, why(second, "when").rule) == ("time", "carried")
    assert why(second, "when").start == why(second, "when").end
    assert why(first, "when").end > why(first, "when").start


def test_without_any_time_it_is_the_days_up_to_the_publication_and_says_so() -> None:
    claim = only("Orsayan forces shelled Keldholt.", published="2031-05-20")
    assert (claim.when.start, claim.when.end, claim.when.precision) == ("2031-05-13", "2031-05-20", "week")
    assert claim.when.inferred == ("date",)
    assert why(claim, "when").rule == "publication"


def test_without_time_and_publication_it_is_unknown() -> None:
    when = only("Orsayan forces shelled Keldholt.", published="").when
    assert (when.start, when.end, when.precision) == ("", "", "unknown")


def test_a_missing_year_is_inferred_and_marked() -> None:
    assert "year" in only("On 18 May Orsayan forces shelled Keldholt.").when.inferred
    assert "year" not in only("On 18 May 2031 Orsayan forces shelled Keldholt.").when.inferred


def test_the_time_of_a_calm_is_not_carried() -> None:
    text = "On 18 May Orsayan forces shelled Keldholt. As of 10:00 on 19 May the border was calm. Orsayan forces opened fire on Hollin."
    assert [(c.kind, c.when.start[:10]) for c in claims(text)] == [
        ("shelling", "2031-05-18"),
        ("calm", "2031-05-19"),
        ("small_arms_fire", "2031-05-18"),
    ]


def test_a_sentence_without_an_act_sets_the_time_of_what_follows() -> None:
    text = QUIET + "The patrol came to Keldholt on the evening of 18 May. Orsayan forces shelled a barn."
    assert starts(text)[0][:10] == "2031-05-18"


def test_the_day_before_counts_from_what_was_told() -> None:
    text = "On 10 May Orsayan forces shelled Keldholt. The day before, Orsayan forces opened fire on Hollin."
    assert starts(text) == ["2031-05-10", "2031-05-09"]


def test_repeated_acts_have_no_date_of_their_own() -> None:
    claim = only("Orsayan forces regularly shell Keldholt.")
    assert (claim.repeated, claim.when.precision) == (True, "unknown")


def test_a_clock_time_is_local_time_with_its_offset() -> None:
    assert only("On 18 May at 03:40 Orsayan forces shelled Keldholt.").when.start == "2031-05-18T03:40-02:00"


# --- where --------------------------------------------------------------------------------------------------------


def test_the_place_of_the_clause_comes_before_that_of_the_sentence() -> None:
    text = "Orsayan forces shelled a barn in Keldholt, and Orsayan forces opened fire on posts near Hollin."
    assert [places(c) for c in claims(text)] == [["Keldholt"], ["Hollin"]]


def test_a_place_that_is_carried_is_said_to_be() -> None:
    first, second = claims("Near Keldholt, Orsayan forces shelled a barn. Orsayan soldiers detained two shepherds.")
    assert places(first) == places(second) == ["Keldholt"]
    assert (why(first, "where").rule, why(second, "where").rule) == ("place", "carried")
    assert why(second, "where").start == why(second, "where").end


def test_a_country_is_no_place_where_a_finer_one_is_told() -> None:
    assert places(only("In Veldar, near Keldholt, Orsayan forces shelled a barn.")) == ["Keldholt"]
    claim = only("In Veldar, Orsayan forces shelled a barn.")
    assert places(claim) == ["Veldar"]
    assert why(claim, "where").why == "only a country is named"


def test_no_place_is_no_place() -> None:
    claim = only("Orsayan forces shelled a barn.")
    assert claim.places == ()
    assert why(claim, "where").why == "no words say where"


def test_the_speakers_name_is_no_place_of_the_act() -> None:
    assert only("The hospital in Keldholt said that Orsayan forces shelled a barn.").places == ()


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("in Keldholt", "at"),
        ("near Keldholt", "at"),
        ("at Keldholt", "target"),
        ("on Keldholt", "target"),
        ("towards the village of Keldholt", "target"),
        ("from Keldholt", "origin"),
        ("from the direction of Keldholt", "origin"),
        ("from positions in Keldholt", "origin"),
        ("from the village of Keldholt", "origin"),
    ],
)
def test_the_part_of_a_place(words: str, role: str) -> None:
    (place,) = only(f"Orsayan forces opened fire {words}.").places
    assert place.role == role
    assert "keldholt" in place.ids


def test_the_sort_of_a_place_said_behind_it_belongs_to_it() -> None:
    text = "Orsayan forces opened fire near Hollin village."
    (place,) = only(text).places
    assert (text[place.start : place.end], place.text, place.level_hint) == ("Hollin village", "Hollin village", "settlement")


def test_two_places_of_one_clause_are_both_kept() -> None:
    claim = only("Orsayan forces opened fire on Keldholt from Montasse.")
    assert [(p.text, p.role) for p in claim.places] == [("Keldholt", "target"), ("Montasse", "origin")]


# --- with what ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "weapons"),
    [
        ("with mortars", ("mortar",)),
        ("with mortars and tanks", ("mortar", "tank")),
        ("with howitzers", ("artillery",)),
        ("with large-calibre weapons", ("artillery",)),
        ("with multiple launch rocket systems", ("mlrs",)),
        ("", ()),
    ],
)
def test_weapons(words: str, weapons: tuple[str, ...]) -> None:
    assert only(f"Orsayan forces shelled Keldholt {words}.").weapons == weapons


@pytest.mark.parametrize(
    ("words", "kind"),
    [("mortars", "shelling"), ("tanks", "shelling"), ("rifles", "small_arms_fire"), ("rifles and mortars", "small_arms_fire")],
)
def test_fire_with_heavy_weapons_alone_is_shelling(words: str, kind: str) -> None:
    assert only(f"Orsayan forces opened fire on Keldholt using {words}.").kind == kind


def test_a_kind_without_weapons_has_none() -> None:
    assert only("Orsayan soldiers with rifles detained two shepherds near Hollin.").weapons == ()


def test_every_weapon_stands_in_the_words() -> None:
    text = "Orsayan forces shelled Keldholt with mortars and tanks."
    found = [e for e in only(text).evidence if e.slot == "weapons"]
    assert [(e.value, text[e.start : e.end]) for e in found] == [("mortar", "mortars"), ("tank", "tanks")]


def test_what_was_hit_is_told_in_small_letters() -> None:
    assert only("Orsayan forces shelled a Barn and an ambulance near Hollin.").hit == ("ambulance", "barn")


def test_a_mention_of_a_place_is_no_place_where_it_says_who_speaks() -> None:
    done = steps("According to the hospital in Keldholt, a barn burned down.")
    assert all(done.who.masked(m.start) for m in done.mentions)


# --- what is told next, and by when -------------------------------------------------------------------------------


def test_the_minute_is_that_of_its_own_act_and_what_follows_was_then_or_in_the_hours_after() -> None:
    first, second = claims("On 18 May at 03:40 Orsayan forces shelled Keldholt. Two soldiers were detained by Veldaran forces.")
    assert first.when.precision == "minute"
    assert (second.when.start[:16], second.when.end[:16], second.when.precision) == ("2031-05-18T03:40", "2031-05-18T09:40", "part_of_day")


def test_the_clock_by_which_something_was_over_gives_way_to_any_other_time() -> None:
    assert only("As of 17:00 on 18 May the border was calm.").when.start[:16] == "2031-05-18T17:00"
    both = only("On 18 May at 03:40 Orsayan forces shelled Keldholt, which burned by 05:00.").when
    assert (both.start[:16], both.precision) == ("2031-05-18T03:40", "minute")
    over = only("By 09:20 on 18 May Orsayan forces had shelled Keldholt.").when
    assert (over.start[:16], over.end[:16], over.precision) == ("2031-05-18T03:20", "2031-05-18T09:20", "part_of_day")


# --- borders, lands, and those who tell ---------------------------------------------------------------------------


def test_a_border_without_a_name_is_a_place_only_where_no_other_is_known() -> None:
    text = "On 18 May Orsayan forces shelled Keldholt. Later they opened fire on posts at the border."
    assert [places(c) for c in claims(text)] == [["Keldholt"], ["Keldholt"]]


def test_the_land_of_a_party_is_a_place_of_what_is_said_to_be_on_it() -> None:
    text = "On 18 May Orsayan forces shelled Keldholt. Orsayan forces entered the sovereign territory of Veldar."
    assert [places(c) for c in claims(text)] == [["Keldholt"], ["territory of Veldar"]]


def test_what_a_villager_tells_was_where_the_villager_is_from() -> None:
    text = "On 17 May Orsayan forces shelled Hollin. A resident of Keldholt said that Orsayan forces had opened fire on houses."
    assert [places(c) for c in claims(text)] == [["Hollin"], ["Keldholt"]]


def test_places_that_stand_together_have_one_part_in_the_act() -> None:
    claim = only("On 18 May Orsayan forces opened fire in the direction of Keldholt and Hollin.")
    assert [(p.text, p.role) for p in claim.places] == [("Keldholt", "target"), ("Hollin", "target")]


def test_what_comes_from_nowhere_was_where_it_is_said_to_be_from() -> None:
    claim = only("On 18 May Orsayan forces stole 40 sheep from Keldholt.")
    assert [(p.text, p.role) for p in claim.places] == [("Keldholt", "at")]


# --- how far a place is carried -----------------------------------------------------------------------------------

FIRED = "On 18 May {doer} forces shelled Keldholt.{gap}On 19 May {doer} forces opened fire on Hollin.{gap}On 20 May {doer} forces burned a barn."


@pytest.mark.parametrize("doer", ["Orsayan", "Veldarian"])
def test_within_a_paragraph_the_place_said_last_is_carried_into_another_only_the_first_of_the_text(doer: str) -> None:
    one = claims(FIRED.format(doer=doer, gap=" "))
    apart = claims(FIRED.format(doer=doer, gap="\n\n"))
    assert [places(c) for c in one] == [["Keldholt"], ["Hollin"], ["Hollin"]]
    assert [places(c) for c in apart] == [["Keldholt"], ["Hollin"], []]
    assert why(apart[2], "where").why == "no words say where"


@pytest.mark.parametrize("doer", ["Orsayan", "Veldarian"])
def test_the_first_place_of_a_text_is_carried_from_paragraph_to_paragraph(doer: str) -> None:
    first, second = claims(f"On 18 May {doer} forces shelled Keldholt.\n\nIt rained.\n\nOn 19 May {doer} forces burned a barn.")
    assert places(first) == places(second) == ["Keldholt"]
    assert why(second, "where").rule == "carried"


@pytest.mark.parametrize(("taken", "taker"), [("Orsayan", "Veldarian"), ("Veldarian", "Orsayan")])
def test_where_people_were_taken_is_not_where_they_were_let_go(taken: str, taker: str) -> None:
    taking, letting = claims(
        f"On 18 May {taker} soldiers detained two {taken} villagers at Keldholt. On 19 May both villagers were released."
    )
    assert (letting.kind, places(taking), places(letting)) == ("release", ["Keldholt"], [])
    told = claims(f"On 18 May {taker} soldiers detained two {taken} villagers at Keldholt. On 19 May they were released near Hollin.")
    assert places(told[-1]) == ["Hollin"]


def test_the_kinds_without_a_place_of_their_own_are_the_same_in_every_language() -> None:
    kinds = {language: sorted(lexicon(language).table("kinds")["placeless"]) for language in languages_with_rules()}
    assert set(map(tuple, kinds.values())) == {("ill_treatment", "information_withheld", "release")}, kinds
