"""The balance: parties exchanged exchange numbers alone, noise is not called apart, what is not known is no number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from merestone.assess.balance import Balance, Measure, balance
from merestone.assess.material import NONE, OTHER, Area, Happening, Material, Source, Text, Told, Verdict
from merestone.assess.series import series
from merestone.assess.terms import GRADES

SWAP = {"VE": "OR", "OR": "VE"}
SIDES = ("OR", "VE", NONE, OTHER)


def swapped(sides: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(SWAP.get(side, side) for side in sides))


def exchanged(found: Material) -> Material:
    return replace(
        found,
        parties=swapped(found.parties),
        sources=tuple(replace(each, side=SWAP.get(each.side, each.side)) for each in found.sources),
        texts=tuple(replace(each, side=SWAP.get(each.side, each.side)) for each in found.texts),
        claims=tuple(replace(c, side=SWAP.get(c.side, c.side), blamed=swapped(c.blamed), hit=swapped(c.hit)) for c in found.claims),
        incidents=tuple(replace(each, blamed=swapped(each.blamed), hit=swapped(each.hit)) for each in found.incidents),
        verdicts=None if found.verdicts is None else tuple(replace(each, blamed=swapped(each.blamed)) for each in found.verdicts),
        areas=None if found.areas is None else tuple(replace(each, side=SWAP.get(each.side, each.side)) for each in found.areas),
    )


some_sides = st.lists(st.sampled_from(("OR", "VE")), min_size=1, max_size=2, unique=True).map(lambda each: tuple(sorted(each)))
days = st.sampled_from(("", "2031-05-01", "2031-05-07T10:00+04:00", "2031-05-09", "2031-05-16"))
texts = st.builds(Text, st.sampled_from(SIDES), st.sampled_from(("xx", "yy", "")), days, st.integers(0, 5))
claims = st.builds(
    Told, st.sampled_from(("a", "b", "c")), st.sampled_from(SIDES), st.sampled_from(("asserts", "denies", "admits")), some_sides, some_sides,
    st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip
incidents = st.builds(
    Happening, some_sides, some_sides, st.sampled_from(GRADES), st.booleans(), st.integers(1, 4), st.integers(1, 9), st.integers(5, 90), days, days,
    days, days, days,
)  # fmt: skip
verdicts = st.builds(Verdict, st.sampled_from(("ACC-001", "ACC-002")), st.sampled_from(("adopted", "rejected")), some_sides, st.booleans())
areas = st.tuples(
    *(st.builds(Area, st.just(side), st.integers(3, 9), st.integers(0, 3), *(5 * [st.just((0, 2))])) for side in ("OR", "VE"))
)
materials = st.builds(
    Material, st.just(("OR", "VE")), st.lists(st.builds(Source, st.sampled_from(SIDES), st.booleans(), st.booleans()), max_size=6).map(tuple),
    st.lists(texts, max_size=8).map(tuple), st.lists(claims, max_size=12).map(tuple), st.lists(incidents, max_size=14).map(tuple),
    st.none() | st.lists(verdicts, max_size=5).map(tuple), st.none() | areas,
)  # fmt: skip


def by_side(found: Balance) -> dict[str, list[object]]:
    return {
        code: [(c.name, m.name, m.about, m.cells[at]) for c in found.chapters for m in c.measures] for at, code in enumerate(found.columns)
    }


def judged(found: Balance) -> list[object]:
    return [(m.name, m.about, m.compared, m.apart) for c in found.chapters for m in c.measures]


@settings(max_examples=40, deadline=None)
@given(materials)
def test_with_the_parties_exchanged_the_numbers_are_exchanged_and_nothing_else(found: Material) -> None:
    one, other = balance(found), balance(exchanged(found))
    before, after = by_side(one), by_side(other)
    assert {SWAP.get(code, code): cells for code, cells in before.items()} == after
    assert judged(one) == judged(other)
    assert (one.comparisons, one.level) == (other.comparisons, other.level)
    assert [row.turns[0] for row in (series(found).rows if series(found) else ())] == [  # type: ignore[union-attr]
        row.turns[1]
        for row in (series(exchanged(found)).rows if series(exchanged(found)) else ())  # type: ignore[union-attr]
    ]


EMPTY = Material(("OR", "VE"), (), (), (), ())
PLAIN = Happening(("VE",), ("OR",), "reported", False, 1, 2, 40, "2031-05-09", "2031-05-09")


def measure(found: Balance, chapter: str, name: str, about: str = "") -> Measure:
    rows = next(each.measures for each in found.chapters if each.name == chapter)
    return next(each for each in rows if (each.name, each.about) == (name, about))


def graded(or_: int, ve: int, of: int) -> Material:
    """`of` incidents in which each is blamed, so many of them corroborated."""
    ways = [("OR", number < or_) for number in range(of)] + [("VE", number < ve) for number in range(of)]
    return replace(EMPTY, incidents=tuple(replace(PLAIN, blamed=(side,), grade="corroborated" if so else "reported") for side, so in ways))


def test_noise_is_not_called_apart_and_what_is_beyond_it_is() -> None:
    assert measure(balance(graded(10, 14, 40)), "blamed", "grade", "corroborated").apart == ()
    assert measure(balance(graded(2, 38, 40)), "blamed", "grade", "corroborated").apart == (("OR", "VE"),)


def test_too_few_are_not_compared() -> None:
    found = measure(balance(graded(0, 3, 3)), "blamed", "grade", "corroborated")
    assert found.treated
    assert (found.compared, found.apart) == ((), ())


def test_how_much_there_is_of_a_side_is_not_compared() -> None:
    told = tuple(Told(f"d{n}", "VE", "asserts", ("OR",), (), False, True, True) for n in range(200))
    few = tuple(Told("x", "OR", "asserts", ("VE",), (), False, True, True) for _ in range(2))
    found = balance(replace(EMPTY, claims=(*told, *few)))
    for chapter, name in (("speaking", "claims"), ("told_of", "claims_blamed")):
        assert not measure(found, chapter, name).treated
        assert measure(found, chapter, name).apart == ()


def test_claims_of_one_text_are_one_word_said_often() -> None:
    def recorded(text: str) -> Balance:
        made = [Told(text.format(n), side, "asserts", ("none",), (), False, side == "VE", True) for side in ("OR", "VE") for n in range(40)]
        return balance(replace(EMPTY, claims=tuple(made)))

    assert measure(recorded("{}"), "speaking", "claims_recorded").apart == (("OR", "VE"),)
    assert measure(recorded("one"), "speaking", "claims_recorded").apart == ()


def test_what_is_not_known_is_no_number() -> None:
    found = balance(replace(EMPTY, incidents=(PLAIN,)))
    wait = measure(found, "time", "time_decided").cells[found.columns.index("VE")]
    assert (wait.number, wait.value, wait.low) == (0, None, None)
    assert measure(found, "time", "time_unknown", "decided").cells[found.columns.index("VE")].number == 1
    assert {each.name: each.unknown for each in found.chapters if each.unknown} == {"decided": "no_decisions", "looked": "no_mission"}
    assert measure(found, "blamed", "grade", "reported").cells[found.columns.index("OR")].value is None


def test_a_median_of_days_with_its_ranks() -> None:
    began = [replace(PLAIN, decided=f"2031-05-{day:02}") for day in (10, 11, 12, 13, 14, 19)]
    found = balance(replace(EMPTY, incidents=tuple(began)))
    cell = measure(found, "time", "time_decided").cells[found.columns.index("VE")]
    assert (cell.number, cell.value, cell.low, cell.high) == (6, 3.5, 1.0, 10.0)


def test_a_period_stands_against_the_one_before_at_equal_effort() -> None:
    published = [Text("OR", "xx", f"2031-05-{day:02}", 1) for day in (3, 4, 5, 9, 10, 11, 12, 13, 14)]
    happened = [replace(PLAIN, began=f"2031-05-{day:02}") for day in (4, 8, 9, 12, 14)]
    found = series(replace(EMPTY, texts=tuple(published), incidents=tuple(happened), looked=(("patrol", "2031-05-03"),)))
    assert found is not None
    assert (found.now, found.before) == (("2031-05-08", "2031-05-14"), ("2031-05-01", "2031-05-07"))
    assert (found.effort, found.looked) == ((6, 3), (0, 1))
    turn = next(row for row in found.rows if row.name == "blamed").turns[1]
    assert (turn.now, turn.before, turn.rate) == (4, 1, 2.0)
    assert turn.low is not None
    assert turn.low < 1
    assert series(EMPTY) is None
