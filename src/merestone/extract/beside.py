"""The reading of a language model laid beside that of the rules: the rules' stands, and the model's can only add to it.

The law it keeps: no answer makes anything vanish. A text that talks a model into silence, and a model that is silent, take nothing away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.grounded import Dropped
from merestone.extract.terms import Proposal, Reading
from merestone.extract.tokens import lying


def beside(rules: Reading, model: Reading, name: str) -> tuple[Reading, tuple[Dropped, ...]]:
    """The rules' reading under `name` with the claims that only the model has, and the model's claims that the rules have too.

    Two are the same where the kind is one and the words overlap: what the model says otherwise of such a claim is told and dropped.
    """
    added: list[Proposal] = []
    dropped: list[Dropped] = []
    for claim in model.claims:
        same = next((each for each in rules.claims if each.kind == claim.kind and each.start < claim.end and claim.start < each.end), None)
        if same is None:
            added.append(replace(claim, persons=tuple(lying(rules.persons, claim.start, claim.end))))
        else:
            why = f"the rules read it at {same.start}–{same.end}{_otherwise(same, claim)}"
            dropped.append(Dropped(claim.id, "claim", f"{claim.kind} at {claim.start}–{claim.end}", why))
    whole = sorted((*rules.claims, *added), key=lambda each: (each.start, each.end, each.kind, each.rule == "model"))
    numbered = tuple(replace(claim, id=number) for number, claim in enumerate(whole, start=1))
    return replace(rules, rules=name, claims=numbered), tuple(dropped)


def _otherwise(ours: Proposal, theirs: Proposal) -> str:
    pairs = (
        ("initiator", ours.initiator, theirs.initiator),
        ("stance", ours.stance, theirs.stance),
        ("realised", ours.realised, theirs.realised),
        ("target", ours.target.party, theirs.target.party),
    )
    told = [f"{slot} {ours_is}, which the model says is {theirs_is}" for slot, ours_is, theirs_is in pairs if ours_is != theirs_is]
    return f" with {'; '.join(told)}" if told else ""


def unblocked(answer: Sequence[object], blocked: str, text: str, block: str) -> list[object]:
    """The answer about a text with blocks in it, with the text's own words where the model copied blocks that stand in one place alone.
    What it copied from several places stays as it is, and is found nowhere."""
    return [_unblocked(each, blocked, text, block, 6) for each in answer]


def _unblocked(value: object, blocked: str, text: str, block: str, deep: int) -> object:
    if isinstance(value, str) and block in value:
        at = blocked.find(value)
        return value if at < 0 or blocked.find(value, at + 1) >= 0 else text[at : at + len(value)]
    if isinstance(value, dict) and deep:
        return {key: _unblocked(inner, blocked, text, block, deep - 1) for key, inner in value.items()}
    if isinstance(value, list) and deep:
        return [_unblocked(inner, blocked, text, block, deep - 1) for inner in value]
    return value
