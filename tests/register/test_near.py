"""What the tables are asked for beside a new claim: every claim that can be of its time, and few others."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from merestone.link.compare import possible
from merestone.link.terms import Ref
from merestone.link.told import Told, moment_in
from merestone.register.near import EPOCH, columns_of, meeting, within
from merestone.register.place import _MEETING

BEGIN = datetime.fromisoformat("2031-05-15T00:00")
MINUTES = st.integers(0, 4 * 1440)
DAYS = st.integers(0, 4)

timed = st.tuples(MINUTES, st.sampled_from((0, 0, 30, 360, 1200)), st.sampled_from(("minute", "hour", "part_of_day"))).map(
    lambda told: (
        (BEGIN + timedelta(minutes=told[0])).isoformat(timespec="minutes"),
        (BEGIN + timedelta(minutes=told[0] + told[1])).isoformat(timespec="minutes"),
        told[2],
    )
)
dated = st.tuples(DAYS, st.sampled_from((0, 0, 1))).map(
    lambda told: (
        (BEGIN.date() + timedelta(days=told[0])).isoformat(),
        (BEGIN.date() + timedelta(days=told[0] + told[1])).isoformat(),
        "day",
    )
)
noon = DAYS.map(lambda day: (f"{BEGIN.date() + timedelta(days=day)}T12:00",) * 2 + ("hour",))
whens = st.one_of(timed, dated, noon)


def told(when: tuple[str, str, str]) -> Told:
    return Told(Ref("D", 1), "shelling", moment_in(*when), (), frozenset(), frozenset(), frozenset(), (), 0, 0, False)


def asked(first: int, last: int, highest: int, lowest: int) -> bool:
    with sqlite3.connect(":memory:") as database:
        sql = f'SELECT 1 FROM (SELECT ? AS "first", ? AS "last") WHERE 1 = 1{_MEETING}'.replace("%s", "?").replace("%%", "%")
        return bool(database.execute(sql, (first, last, highest, lowest)).fetchall())


@settings(max_examples=300, deadline=None)
@given(whens, whens)
@example(("2031-05-17T06:00", "2031-05-17T06:00", "minute"), ("2031-05-17", "2031-05-17", "day"))
@example(("2031-05-17T23:30", "2031-05-17T23:30", "minute"), ("2031-05-18T05:30", "2031-05-18T05:30", "hour"))
def test_none_that_can_be_of_its_time_is_left_out(ours: tuple[str, str, str], theirs: tuple[str, str, str]) -> None:
    new, other = told(ours), told(theirs)
    assert new.moment is not None
    kept = columns_of({"kind": "shelling", "when": dict(zip(("from", "to", "precision"), theirs, strict=True)), "quote": "", "start": 0})
    low, high, least = within(ours[0], ours[1])
    assume(kept["near"] and low <= kept["first"] <= high and kept["last"] >= least)  # what else was never asked for
    if possible(new, other):
        assert asked(kept["first"], kept["last"], *meeting(new.moment.start + EPOCH, new.moment.end + EPOCH))


def test_another_hour_of_the_next_date_is_not_asked_for() -> None:
    new = told(("2031-05-17T10:00", "2031-05-17T10:00", "minute")).moment
    assert new is not None
    first = date(2031, 5, 18).toordinal() * 1440
    assert not asked(first + 60, first + 119, *meeting(new.start + EPOCH, new.end + EPOCH))
    assert asked(first - 60, first - 1, *meeting(new.start + EPOCH, new.end + EPOCH))
