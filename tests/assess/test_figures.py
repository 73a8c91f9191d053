"""Figures by voice: the latest word counts, the earlier ones are kept, and who tells an old figure again says nothing new."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merestone.assess import Figure
from merestone.extract.terms import Speaker
from merestone.link import Dossier, Ref
from merestone.report.words import changes
from tests.assess.test_grade import only, told
from tests.link.telling import ADVOCATES, OR_MOD, VE_MOD, WIRE, hurt


def killed(number: int, count: int, published: str, by: Speaker = VE_MOD, **more: object) -> Dossier:
    return told(number, by, casualties=(hurt("killed", count),), published=published, **more)


def figure(*dossiers: Dossier) -> Figure:
    return only(dossiers).figures[0]


def words(found: Figure) -> list[tuple[str, str, int | None]]:
    return [(each.voice, each.since, each.max) for each in found.changed]


FIRST, SECOND = killed(0, 3, "2031-05-04T10:00"), killed(1, 5, "2031-05-04T14:00")


def test_what_changed_when_is_kept_and_told() -> None:
    found = figure(SECOND, FIRST, killed(2, 4, "2031-05-05", OR_MOD))
    assert found.voices == (("Veldar", 5, 5, (Ref("d1", 1),)), ("Orsay", 4, 4, (Ref("d2", 1),)))
    assert (found.min, found.max) == (4, 5)
    assert words(found) == [("Veldar", "2031-05-04T10:00", 3), ("Veldar", "2031-05-04T14:00", 5)]
    said = "Veldar said 3 (from 4 May 2031, 10:00), then 5 (from 4 May 2031, 14:00); its last word counts."
    assert changes(found) == [(said, (Ref("d0", 1), Ref("d1", 1)))]


def test_the_same_again_is_no_change() -> None:
    found = figure(FIRST, killed(1, 3, "2031-05-05T09:00"))
    assert (found.changed, found.voices) == ((), (("Veldar", 3, 3, (Ref("d0", 1), Ref("d1", 1))),))


@pytest.mark.parametrize(("by", "chain", "latest"), [(WIRE, (WIRE, VE_MOD), 5), (VE_MOD, (VE_MOD,), 3), (ADVOCATES, (ADVOCATES,), 3)])
def test_who_tells_an_old_figure_again_does_not_bring_it_back_but_the_voice_may(
    by: Speaker, chain: tuple[Speaker, ...], latest: int
) -> None:
    found = figure(FIRST, SECOND, killed(2, 3, "2031-05-06T08:00", by, chain=chain))
    assert (found.min, found.max) == (latest, latest)


def test_another_tells_a_new_word_of_the_voice() -> None:
    found = figure(FIRST, killed(2, 6, "2031-05-06T08:00", WIRE, chain=(WIRE, VE_MOD)))
    assert [each[2] for each in words(found)] == [3, 6]


def test_clocks_of_two_zones_are_put_in_order_as_instants() -> None:
    found = figure(killed(0, 3, "2031-05-04T10:00+04:00"), killed(1, 5, "2031-05-04T08:00+00:00"))
    assert [each[2] for each in words(found)] == [3, 5]


def test_a_date_alone_cannot_be_put_in_order_with_an_hour_of_that_day() -> None:
    found = figure(FIRST, killed(1, 5, "2031-05-04"))
    assert (found.voices[0][1:3], found.changed) == ((3, 5), ())


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.sampled_from((VE_MOD, OR_MOD, WIRE)), st.integers(0, 4), st.integers(1, 9)), min_size=1, max_size=5), st.randoms()
)
def test_the_order_in_which_they_come_changes_nothing_and_the_range_is_of_last_words(
    said: list[tuple[Speaker, int, int]], dice: object
) -> None:
    dossiers = [killed(n, count, f"2031-05-18T{hour:02}:{n:02}", by) for n, (by, hour, count) in enumerate(said)]
    found = figure(*dossiers)
    last = {
        by.name: count
        for _, by, count in sorted(((hour * 60 + n, by, count) for n, (by, hour, count) in enumerate(said)), key=lambda each: each[0])
    }
    assert (found.min, found.max) == (min(last.values()), max(last.values()))
    shuffled = list(dossiers)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert figure(*shuffled) == found
