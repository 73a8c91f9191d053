"""Splink on DuckDB over the same file and features as link_bulk.py, which starts it with an interpreter that has it; nothing of ours is imported.

It does worse with the source as a feature and when trained in one block alone, so these are left out. It learns without labels, but is given the true share of pairs that match, since a wrong one is the main way it fails; it joins at the threshold
that is best with what is known. Blocks are a day and a cell, each twice, shifted by a half; a date alone is no clock time.
"""

from __future__ import annotations

import sys
import warnings

import duckdb
import numpy as np
import splink.comparison_level_library as levels
import splink.comparison_library as features
from pair_scores import Run, scores, truth
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

HALF = (0.0, 0.5)


def table(held: duckdb.DuckDBPyConnection, path: str) -> None:
    columns = {row[0] for row in held.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()}
    ours = "from" in columns
    names = ("id", '"from"', "kind", "nullif(killed, -1)", "publisher") if ours else ("unique_id", "ts", "type", "fatalities", "source")
    as_read = zip(names, ("unique_id", "ts", "kind", "figure", "source"), strict=True)
    blocks = [f"floor(epoch(ts) / 86400 + {half})::BIGINT AS day_{n}" for n, half in enumerate(HALF)]
    blocks += [
        f"floor(lat / 0.2 + {half})::VARCHAR || ',' || floor(lon / 0.25 + {half})::VARCHAR AS cell_{n}" for n, half in enumerate(HALF)
    ]
    clock = """CASE WHEN precision = 'day' THEN NULL ELSE epoch("from") END""" if ours else "epoch(ts)"
    held.execute(
        f"CREATE TABLE claims AS SELECT *, {', '.join(blocks)} FROM (SELECT {', '.join(f'{a} AS {b}' for a, b in as_read)}, "
        f"{clock} AS t, CASE WHEN isnan(lat) THEN NULL ELSE lat END AS lat, CASE WHEN isnan(lon) THEN NULL ELSE lon END AS lon FROM '{path}')"
    )


def settings(share: float) -> SettingsCreator:
    clock = features.CustomComparison(
        output_column_name="t",
        comparison_levels=[
            levels.NullLevel("t"),
            *(levels.CustomLevel(f"abs(t_l - t_r) <= {minutes * 60}", f"{minutes} min") for minutes in (15, 30, 60, 120, 180, 360, 720)),
            levels.ElseLevel(),
        ],
    )
    figure = features.CustomComparison(
        output_column_name="figure",
        comparison_levels=[
            levels.NullLevel("figure"),
            levels.CustomLevel("figure_l = figure_r AND figure_l >= 3", "equal, many"),
            levels.CustomLevel("figure_l = figure_r AND figure_l > 0", "equal, few"),
            levels.CustomLevel("figure_l = figure_r", "equal, nobody"),
            levels.CustomLevel("abs(figure_l - figure_r) <= 2", "near"),
            levels.ElseLevel(),
        ],
    )
    return SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=share,
        comparisons=[
            clock,
            features.DistanceInKMAtThresholds("lat", "lon", [1, 2, 4, 8]),
            features.ExactMatch("kind"),
            figure,
        ],
        blocking_rules_to_generate_predictions=[block_on(f"day_{day}", f"cell_{cell}") for day in range(2) for cell in range(2)],
    )


def main(path: str) -> None:
    known = truth(path)
    sizes = np.unique(known, return_counts=True)[1]
    share = float((sizes * (sizes - 1)).sum() / (len(known) * (len(known) - 1)))
    run = Run()
    held = duckdb.connect()
    table(held, path)
    linker = Linker(DuckDBAPI(connection=held).register("claims"), settings(share), log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for block in (block_on("kind", "cell_0", "day_0"), block_on("day_0", "cell_0")):
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    predicted = linker.inference.predict(threshold_match_weight=-8)
    found: dict[int, np.ndarray] = {}
    ids = [row[0] for row in held.execute("SELECT unique_id FROM claims").fetchall()]
    order = np.argsort(np.array(ids))
    for bits in range(-6, 9):
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_weight=bits)
        if not found:
            run.ended()
        rows = clusters.as_duckdbpyrelation().order("unique_id").fetchnumpy()["cluster_id"]
        home = np.empty(len(ids), dtype=np.int64)
        home[order] = np.unique(np.asarray(rows), return_inverse=True)[1]
        found[bits] = home
    best = max(found, key=lambda bits: scores(known, found[bits])["f1"])
    run.told(f"splink, at its best ({best} bits)", known, found[best])


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(sys.argv[1])
