"""Classifiers of pairs, trained on labels, for link_learned.py, which starts this with an interpreter that has scikit-learn; nothing of ours is imported.

    link_classifier.py IN.npz OUT.npz

In: levels, raw and labels of pairs to be trained on, and levels and raw of those to be judged; out: log2 of the odds of each by each classifier.
"""

from __future__ import annotations

import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression


def main() -> None:
    held = {name: np.nan_to_num(value, nan=-1.0) for name, value in np.load(sys.argv[1]).items()}  # what nobody counts
    sizes = held["sizes"].tolist()
    others = sorted(int(name.removeprefix("raw_")) for name in held if name.startswith("raw_"))

    def ones(levels: np.ndarray) -> np.ndarray:
        return np.concatenate([np.eye(size)[column] for size, column in zip(sizes, levels.T, strict=True)], axis=1)

    def all_of(levels: np.ndarray, raw: np.ndarray) -> np.ndarray:
        return np.concatenate([levels, raw], axis=1)

    boosting = {"max_iter": 200, "learning_rate": 0.05, "max_leaf_nodes": 15, "min_samples_leaf": 40, "random_state": 1}
    some = list(range(len(sizes)))
    makes = {
        "logistic regression, levels": (LogisticRegression(max_iter=2000), lambda levels, _: ones(levels)),
        "boosting, levels": (HistGradientBoostingClassifier(categorical_features=some, **boosting), lambda levels, _: levels),
        "boosting, levels and raw values": (HistGradientBoostingClassifier(categorical_features=some, **boosting), all_of),
    }
    out = {}
    for name, (classifier, of) in makes.items():
        classifier.fit(of(held["levels"], held["raw"]), held["same"])
        for n in others:
            chance = classifier.predict_proba(of(held[f"levels_{n}"], held[f"raw_{n}"]))[:, 1].clip(1e-9, 1 - 1e-9)
            out[f"{name} {n}"] = np.log2(chance / (1 - chance))
    np.savez(sys.argv[2], **out)


if __name__ == "__main__":
    main()
