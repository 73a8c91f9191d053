"""Weights that were learned without labels, beside the table, beside weights counted with labels and beside classifiers of pairs trained on labels.

    benchmarks/link_learned.py [--seeds 20] [--claims 1000] [--a-day 10] [--first 0] [--events FOLDER] [--peer PYTHON]

Each seed is a record of invented reports (planted_incidents.py); with --events those of `gen_events.py` in that folder too, made by --peer, which needs
pandas and pyarrow for it. --peer names an interpreter that has scikit-learn (link_classifier.py): logistic regression and gradient boosting on the same
levels, and boosting on minutes, kilometres and figures as well. What has labels learns from three other records and takes its threshold from a fourth.
All are joined in the same way, by the mean over all pairs; F1 is of pairs.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pair_scores import scores
from planted_incidents import planted

from merestone.link import candidates
from merestone.link.cluster import agglomerate
from merestone.link.compare import gap, pattern, score
from merestone.link.learn import learned
from merestone.link.levels import FIGURES, HAND, HIT, KIND, PLACE, TIME, WEAPONS
from merestone.link.terms import Ref
from merestone.link.told import DAY, Moment, Spot, Told, kilometres

TRAINED, TUNED = (1000, 1001, 1002), 1003  # seeds that nothing is measured on
NAMES = [list(table) for table in (TIME, PLACE, KIND, HIT, WEAPONS, FIGURES)]
BITS = np.arange(-3.0, 3.25, 0.5)
CALLED = {
    "shelling": "shelling", "small_arms": "small_arms_fire", "drone": "drone_flight", "sniper": "small_arms_fire", "mine": "blast",
    "airstrike": "air_attack", "movement": "advance", "abduction": "detention",
}  # fmt: skip
Make = Callable[[int], "Record"]


@dataclass(frozen=True)
class Record:
    told: list[Told]
    incident: Any
    pairs: list[tuple[int, int]]

    def same(self) -> Any:
        first, second = np.array(self.pairs).T
        return self.incident[first] == self.incident[second]

    def levels(self) -> Any:
        """A row a pair: the number of the level of each feature."""
        found = (pattern(self.told[a], self.told[b]) for a, b in self.pairs)
        return np.array([[names.index(level) for names, level in zip(NAMES, each, strict=True)] for each in found])

    def raw(self) -> Any:
        """Minutes and kilometres between them, and what each counts."""
        return np.array([_raw(self.told[a], self.told[b]) for a, b in self.pairs])

    def f1(self, bits: Iterable[float]) -> float:
        home = np.empty(len(self.told), dtype=int)
        for number, members in enumerate(agglomerate(self.told, dict(zip(self.pairs, bits, strict=True)))):
            home[list(members)] = number
        return scores(self.incident, home)["f1"]


def _raw(a: Told, b: Told) -> list[float]:
    assert a.moment is not None
    assert b.moment is not None
    counts = [{outcome: float(low) for outcome, _, low, _ in each.figures if low is not None} for each in (a, b)]
    found = [[count.get(name, np.nan) for count in counts] for name in ("killed", "wounded")]
    apart = kilometres(a.spots[0], b.spots[0]) if a.spots and b.spots else np.nan
    dates = (a.moment.precision == "day") + (b.moment.precision == "day")
    differences = [abs(x - y) for x, y in found]
    return [gap(a.moment, b.moment), apart, dates, *differences, *(x + y for x, y in found), float(a.kind == b.kind)]


def record(rows: Iterable[tuple[int, str, float, float, str, dict[str, int]]], incident: Any) -> Record:
    told = []
    for at, (minute, precision, lat, lon, kind, counts) in enumerate(rows):
        spots = () if np.isnan(lat) else (Spot(f"{lat:.4f} {lon:.4f}", "", "settlement", "at", lat, lon, 1.5),)
        moment = Moment(precision, minute, minute + (DAY - 1 if precision == "day" else 0), None, "", "")
        figures = frozenset((name, "unspecified", count, count) for name, count in counts.items() if count >= 0)
        told.append(Told(Ref(f"d{at:07d}", 1), kind, moment, spots, frozenset(), frozenset(), figures, (), 0, 0, repeated=False))
    return Record(told, np.asarray(incident), list(candidates.pairs(told)))


def of_planted(claims: int, a_day: int, seed: int) -> Record:
    known = planted(claims, seed, a_day)
    names = ("precision", "lat", "lon", "kind", "killed", "wounded")
    minutes = known.columns["from"].astype("datetime64[m]").astype(int).tolist()
    rows = zip(minutes, *(known.columns[name].tolist() for name in names), strict=True)
    return record(((*told, {"killed": killed, "wounded": wounded}) for *told, killed, wounded in rows), known.incident)  # type: ignore[misc]


def of_events(path: Path) -> Record:
    import pyarrow.parquet

    read = pyarrow.parquet.read_table(path)
    columns = {name: read[name].to_numpy() for name in read.column_names}
    minutes = columns["ts"].astype("datetime64[m]").astype(int).tolist()
    rows = zip(minutes, *(columns[name].tolist() for name in ("lat", "lon", "type", "fatalities")), strict=True)
    return record(
        ((minute, "minute", lat, lon, CALLED[kind], {"killed": count}) for minute, lat, lon, kind, count in rows), columns["incident"]
    )


def made_by(peer: str, folder: str, args: argparse.Namespace, seeds: Sequence[int], into: Path) -> Make:
    code = (
        f"import sys; sys.path.insert(0, {folder!r}); from gen_events import gen\n"
        f"for seed in {list(seeds)}: gen({args.claims}, seed, {args.a_day}).to_parquet(f'{into}/{{seed}}.parquet')"
    )
    subprocess.run([peer, "-c", code], check=True)
    return lambda seed: of_events(into / f"{seed}.parquet")


def counted(records: Sequence[Record]) -> Callable[[Record], Any]:
    """Bits of every level, counted with labels: the best that one weight a level can do."""
    tables = []
    for truth in (True, False):
        rows = np.concatenate([each.levels()[each.same() == truth] for each in records])
        tables.append(([np.bincount(column, minlength=len(names)) + 0.5 for column, names in zip(rows.T, NAMES, strict=True)], len(rows)))
    (alike, m), (unlike, u) = tables
    weights = [np.log2((x / (m + 3)) / (y / (u + 3))) for x, y in zip(alike, unlike, strict=True)]
    return lambda each: np.log2(m / u) + sum(row[column] for row, column in zip(weights, each.levels().T, strict=True))


def classified(peer: str, trained: Sequence[Record], others: Sequence[Record]) -> dict[str, list[Any]]:
    """For each classifier the bits of each pair of the others."""
    with tempfile.TemporaryDirectory() as folder:
        held = {f"{name}_{n}": value for n, each in enumerate(others) for name, value in (("levels", each.levels()), ("raw", each.raw()))}
        held |= {name: np.concatenate([getattr(each, name)() for each in trained]) for name in ("levels", "raw", "same")}
        np.savez(f"{folder}/in.npz", sizes=[len(names) for names in NAMES], **held)
        script = Path(__file__).with_name("link_classifier.py")
        subprocess.run([peer, str(script), f"{folder}/in.npz", f"{folder}/out.npz"], check=True)
        with np.load(f"{folder}/out.npz") as told:
            names = sorted({name.rpartition(" ")[0] for name in told.files})
            return {name: [told[f"{name} {n}"] for n in range(len(others))] for name in names}


def measured(make: Make, args: argparse.Namespace) -> Iterator[tuple[str, list[float]]]:
    records = [make(seed) for seed in range(args.first, args.first + args.seeds)]
    trained, tuned = [make(seed) for seed in TRAINED], make(TUNED)
    for name, of in (("the table", lambda *_: HAND), ("learned without labels", learned)):
        yield (
            name,
            [each.f1(score(each.told[a], each.told[b], w) for a, b in each.pairs) for each in records if (w := of(each.told, each.pairs))],
        )
    bits = counted(trained)
    others = {"levels counted with labels": [bits(each) for each in (tuned, *records)]}
    if args.peer:
        others |= classified(args.peer, trained, [tuned, *records])
    for name, (tuning, *found) in others.items():
        least = max(BITS, key=lambda least, tuning=tuning: tuned.f1(tuning - least))
        yield name, [each.f1(row - least) for each, row in zip(records, found, strict=True)]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("--seeds", 20), ("--claims", 1000), ("--a-day", 10), ("--first", 0)):
        asked.add_argument(name, type=int, default=usual)
    asked.add_argument("--events")
    asked.add_argument("--peer")
    args = asked.parse_args()
    if args.events and not args.peer:
        asked.error("--events needs --peer")
    with tempfile.TemporaryDirectory() as folder:
        makes: dict[str, Make] = {"planted": lambda seed: of_planted(args.claims, args.a_day, seed)}
        if args.events:
            seeds = [*range(args.first, args.first + args.seeds), *TRAINED, TUNED]
            makes["events"] = made_by(args.peer, args.events, args, seeds, Path(folder))
        for source, make in makes.items():
            found = dict(measured(make, args))
            ours = np.array(found["learned without labels"])
            print(f"{source}: {args.seeds} records of {args.claims} claims, {args.a_day} happenings a day")
            for name, row in found.items():
                ratio = ours / np.array(row)
                print(
                    f"  {name:34} F1 {np.mean(row):.3f} (lowest {min(row):.3f}); learned is {ratio.mean():.3f} of it, lowest {ratio.min():.3f}"
                )


if __name__ == "__main__":
    main()
