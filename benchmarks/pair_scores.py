"""How well incidents were found where they are known: pairs of claims, and B-cubed (Bagga and Baldwin 1998)."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np


def scores(known: Any, found: Any) -> dict[str, float]:
    """`known`, `found`: for each claim any name of its incident. Precision, recall and F1 of pairs, F1 of B-cubed."""
    _, true = np.unique(known, return_inverse=True)
    _, said = np.unique(found, return_inverse=True)
    _, cell, both = np.unique(true.astype(np.int64) * (said.max() + 1) + said, return_inverse=True, return_counts=True)
    whole, cluster = np.bincount(true)[true], np.bincount(said)[said]
    right, claimed, wanted = (float((sizes * (sizes - 1) / 2).sum()) for sizes in (both, np.bincount(said), np.bincount(true)))
    precision, recall = right / max(claimed, 1), right / max(wanted, 1)
    shared = both[cell]
    p, r = float((shared / cluster).mean()), float((shared / whole).mean())
    return {"precision": precision, "recall": recall, "f1": 2 * right / max(claimed + wanted, 1), "b_cubed": 2 * p * r / (p + r)}


def truth(path: str) -> Any:
    """The column `incident` of a Parquet file."""
    import pyarrow.parquet

    return pyarrow.parquet.read_table(path, columns=["incident"])["incident"].to_numpy()


class Run:
    """Seconds and peak memory of one tool's work, from when this is made until `ended`; what was found is scored after it."""

    def __init__(self) -> None:
        self.wall, self.processor = time.perf_counter(), time.process_time()
        self.memory = 0.0

    def ended(self) -> None:
        self.wall, self.processor = time.perf_counter() - self.wall, time.process_time() - self.processor
        status = Path("/proc/self/status").read_text(encoding="ascii")
        self.memory = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024

    def told(self, name: str, known: Any, found: Any) -> None:
        figures = scores(known, found)
        print(
            f"{name:34} {self.wall:6.2f} s, {self.processor:6.2f} s of the processor, {self.memory:5.0f} MB; pairs P {figures['precision']:.3f} "
            f"R {figures['recall']:.3f} F1 {figures['f1']:.3f}, B-cubed {figures['b_cubed']:.3f}",
            flush=True,
        )
