"""Linking of many claims at once: on planted incidents, whoever is blamed, in whatever order, and what an unseen prior would change."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.pair_scores import scores
from benchmarks.planted_incidents import Planted, planted
from merestone.ledger.terms import Refusal
from merestone.link.bulk import Claims, Model, incidents
from merestone.link.bulk.claims import field_of
from merestone.link.bulk.merge import agglomerate
from merestone.link.bulk.model import estimate, restored, tallied
from merestone.link.bulk.pairs import SHAPE, Compare
from merestone.link.bulk.parquet import claims_of, weights_of, written

MANY = 6000


def kept(columns: dict[str, Any], path: Path) -> Path:
    pa.parquet.write_table(pa.table(columns), path)
    return path


@pytest.fixture(scope="module")
def known() -> Planted:
    return planted(MANY, seed=11)


@pytest.fixture(scope="module")
def claims(known: Planted, tmp_path_factory: pytest.TempPathFactory) -> Claims:
    return claims_of(str(kept(known.columns, tmp_path_factory.mktemp("bulk") / "claims.parquet"))).claims


@pytest.fixture(scope="module")
def model(claims: Claims) -> Model:
    return incidents(claims).model


def with_labels(claims: Claims, known: Planted) -> dict[str, float]:
    """What the same comparison reaches when somebody has said which claims belong together."""
    field = field_of(claims)
    compare, truth = Compare(claims, field), known.incident[field.order]
    pairs = list(compare.pairs())
    size = int(np.prod(SHAPE))
    alike = sum(np.bincount(each.pattern[truth[each.a] == truth[each.b]], minlength=size) for each in pairs)
    every = sum(np.bincount(each.pattern, minlength=size) for each in pairs)
    bits = np.log2((alike + 0.02) / (every - alike + 0.2)).astype(np.float32)
    a, b = np.concatenate([each.a for each in pairs]), np.concatenate([each.b for each in pairs])
    home = agglomerate(len(claims), (a, b, bits[np.concatenate([each.pattern for each in pairs])]), field.middle)
    return scores(truth, home)


def test_without_labels_it_reaches_nearly_what_labels_reach(claims: Claims, known: Planted) -> None:
    found = scores(known.incident, incidents(claims).first)
    assert found["f1"] >= 0.95 * with_labels(claims, known)["f1"]
    assert found["f1"] >= 0.74
    assert found["b_cubed"] >= 0.86


@pytest.mark.parametrize("seed", range(3))
def test_a_wave_of_one_night_stays_apart(seed: int, tmp_path: Path) -> None:
    """Most claims of such a night would be one incident if nearness alone decided."""
    wave = planted(MANY, seed=20 + seed, a_day=20)
    found = scores(wave.incident, incidents(claims_of(str(kept(wave.columns, tmp_path / "c.parquet"))).claims).first)
    assert found["precision"] >= 0.7
    assert found["f1"] >= 0.7


@given(data=st.data())
def test_nobody_who_is_blamed_changes_an_incident(data: st.DataObject, known: Planted, tmp_path_factory: pytest.TempPathFactory) -> None:
    few = {name: column[:400] for name, column in known.columns.items()}
    for name in ("initiator", "target_party"):
        chosen = data.draw(st.lists(st.sampled_from(["A", "B", "C", "unknown", "none"]), min_size=1, max_size=40))
        few[name] = np.resize(np.array(chosen), 400)
    folder = tmp_path_factory.mktemp("blame")
    before = incidents(claims_of(str(kept({n: c[:400] for n, c in known.columns.items()}, folder / "a.parquet"))).claims)
    after = incidents(claims_of(str(kept(few, folder / "b.parquet"))).claims)
    assert (before.first == after.first).all()


def test_the_order_of_the_claims_changes_nothing(claims: Claims) -> None:
    turned = np.random.default_rng(3).permutation(len(claims))
    one, other = incidents(claims), incidents(claims.only(turned))
    assert (claims.rank[one.first][turned] == claims.rank[turned][other.first]).all()


@pytest.mark.parametrize("wrong", [-2.0, -1.0, 1.0, 2.0])
def test_a_wrong_prior_does_not_matter_much(wrong: float, claims: Claims, known: Planted, model: Model) -> None:
    """Two bits are a prior four times too high or too low."""
    right = scores(known.incident, incidents(claims, model).first)["f1"]
    moved = dataclasses.replace(model, prior=model.prior + wrong)
    assert scores(known.incident, incidents(claims, moved).first)["f1"] >= right - 0.05 * abs(wrong)


def test_the_prior_is_near_what_it_is(claims: Claims, known: Planted, model: Model) -> None:
    field = field_of(claims)
    truth = known.incident[field.order]
    pairs = [truth[each.a] == truth[each.b] for each in Compare(claims, field).pairs()]
    share = np.concatenate(pairs).mean()
    assert abs(model.prior - np.log2(share / (1 - share))) < 0.7


def test_where_nothing_repeats_hardly_anything_is_joined(claims: Claims, known: Planted) -> None:
    _, once = np.unique(known.incident, return_index=True)
    alone = claims.only(np.sort(once))
    assert len(np.unique(incidents(alone).first)) >= 0.9 * len(alone)


def test_few_claims_are_judged_by_what_is_usual() -> None:
    columns: dict[str, Any] = {
        "id": ["a", "b", "c", "d"],
        "from": ["2031-05-17T21:30+04:00", "2031-05-17T17:40+00:00", "2031-05-17T21:35+04:00", "2031-05-19"],
        "lat": [10.0, 10.005, 10.6, 10.0],
        "lon": [20.0, 20.0, 20.6, 20.0],
        "kind": ["shelling"] * 4,
    }
    parts = taken(columns)
    assert incidents(parts).first.tolist() == [0, 0, 2, 3]


def taken(columns: dict[str, Any]) -> Claims:
    from merestone.link.bulk.parquet import _claims

    table = pa.table(columns)
    return _claims(table, np.arange(table.num_rows), "claims.parquet")[0]


def test_what_gives_no_day_stays_alone_and_nothing_is_lost() -> None:
    columns: dict[str, Any] = {
        "id": [1, 2, 3, 4],
        "from": ["2031-05-17T21:30", None, "nonsense", "2031-05-17T21:30"],
        "precision": ["minute", "minute", "minute", "month"],
        "lat": [10.0, 10.0, 10.0, 10.0],
        "lon": [20.0, 20.0, 20.0, 20.0],
        "kind": ["shelling"] * 4,
    }
    claims = taken(columns)
    assert claims.dated.tolist() == [True, False, False, False]
    assert incidents(claims).first.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_next_to_nothing(count: int) -> None:
    stamps = np.array(["2031-05-17T21:30"] * count, dtype="datetime64[s]")
    columns: dict[str, Any] = {
        "id": np.arange(count),
        "from": stamps,
        "lat": np.full(count, 10.0),
        "lon": np.full(count, 20.0),
        "kind": ["calm"] * count,
    }
    if not count:
        columns["kind"] = pa.array([], pa.string())
    assert len(incidents(taken(columns)).first) == count


def test_weights_travel(model: Model) -> None:
    assert np.allclose(restored(model.kept()).bits(), model.bits())


def test_of_claims_alone_no_weight_is_learned_from_thin_air() -> None:
    """Without any pair the usual weights stand."""
    nothing = estimate(np.zeros(SHAPE), np.zeros(SHAPE))
    assert np.isfinite(nothing.bits()).all()


def test_parts_are_answered_by_parts(known: Planted, tmp_path: Path) -> None:
    whole = kept(known.columns, tmp_path / "whole.parquet")
    (tmp_path / "parts").mkdir()
    for name, rows in (("2031-01", slice(0, 2500)), ("2031-02", slice(2500, None))):
        kept({column: values[rows] for column, values in known.columns.items()}, tmp_path / "parts" / f"{name}.parquet")
    one, parts = claims_of(str(whole)), claims_of(str(tmp_path / "parts"))
    written(str(tmp_path / "one.parquet"), one, incidents(one.claims), folder=False)
    written(str(tmp_path / "out"), parts, incidents(parts.claims), folder=True)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["2031-01.parquet", "2031-02.parquet"]
    together = pa.concat_tables([pa.parquet.read_table(tmp_path / "out" / name) for name in names])
    assert together.equals(pa.parquet.read_table(tmp_path / "one.parquet"))
    assert np.allclose(weights_of(str(tmp_path / "out")).bits(), weights_of(str(tmp_path / "one.parquet")).bits())
    with pytest.raises(Refusal, match="out_taken"):
        written(str(tmp_path / "out"), parts, incidents(parts.claims), folder=True)


def test_parts_of_time_linked_apart_are_the_whole_but_at_their_border(claims: Claims, model: Model) -> None:
    """With the weights of the whole. An incident that lies across the border comes out as two, each with its own claims."""
    whole = incidents(claims, model).first
    border = int(np.median(claims.start))
    apart = np.empty(len(claims), dtype=np.int64)
    for rows in (np.flatnonzero(claims.start < border), np.flatnonzero(claims.start >= border)):
        apart[rows] = rows[incidents(claims.only(rows), model).first]
    inside = np.abs(claims.start - border) > 2 * 1440
    assert (whole[inside] == apart[inside]).mean() >= 0.998
    halves = {number: set((claims.start[whole == number] < border).tolist()) for number in np.unique(whole[~inside])}
    assert {False, True} in halves.values(), "some incident lies across the border"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lat": None}, "parquet_column"),
        ({"kind": None}, "parquet_column"),
        ({"id": [1, 1]}, "parquet_ids"),
        ({"id": [1, None]}, "parquet_ids"),
    ],
)
def test_refused(change: dict[str, Any], code: str, tmp_path: Path) -> None:
    columns: dict[str, Any] = {"id": [1, 2], "from": ["2031-05-17"] * 2, "lat": [1.0, 2.0], "lon": [1.0, 2.0], "kind": ["calm"] * 2}
    columns.update(change)
    path = kept({name: values for name, values in columns.items() if values is not None}, tmp_path / "claims.parquet")
    with pytest.raises(Refusal) as refused:
        claims_of(str(path))
    assert refused.value.code == code


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "claims.parquet").write_text("id,from\n")
    with pytest.raises(Refusal) as refused:
        claims_of(str(tmp_path / "claims.parquet"))
    assert refused.value.code == "parquet_unreadable"
    kept({"id": [1]}, tmp_path / "other.parquet")
    with pytest.raises(Refusal) as refused:
        weights_of(str(tmp_path / "other.parquet"))
    assert refused.value.code == "weights_malformed"


def test_pairs_are_met_once(claims: Claims) -> None:
    met = [
        (min(a, b), max(a, b))
        for each in Compare(claims, field_of(claims)).pairs()
        for a, b in zip(each.a.tolist(), each.b.tolist(), strict=True)
    ]
    assert len(met) == len(set(met))
    assert all(a != b for a, b in met)
    assert tallied(next(Compare(claims, field_of(claims)).pairs())).sum() > 0
