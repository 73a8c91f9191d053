"""Readings made by hand: claims that name places, and nothing else."""

from __future__ import annotations

from typing import Any

from merestone.extract.terms import PlaceMention, Proposal, Reading, Target, When


def mention(text: str, given: Any, role: str = "at", ids: tuple[str, ...] = ()) -> PlaceMention:
    entry = given if isinstance(given, dict) else {"text": given}
    start = text.index(entry["text"])
    return PlaceMention(
        entry["text"],
        start,
        start + len(entry["text"]),
        role,
        ids,
        entry.get("hint", ""),
        entry.get("km"),
        entry.get("bearing", ""),
    )


def reading(text: str, claims: list[list[Any]], language: str = "en", ids: tuple[str, ...] = ()) -> Reading:
    made = tuple(
        Proposal(
            id=number, kind="small_arms_fire", start=0, end=len(text), quote=text, said_by=(), realised="done", stance="asserts",
            initiator="unknown", target=Target("unknown", "none"), when=When("", "", "unknown"),
            places=tuple(mention(text, given, ids=ids) for given in mentions), where=(), weapons=(), casualties=(), repeated=False,
            persons=(), rule="by hand", confidence=1.0, evidence=(),
        )
        for number, mentions in enumerate(claims, start=1)
    )  # fmt: skip
    return Reading("doc", language, "by hand", made, (), (), (), (), (), ())
