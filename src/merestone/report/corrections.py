"""What an earlier edition said and this one does not, as sentences: a correction shows as a correction.

The law it keeps: the same sentence whoever is spoken of. In public nothing is told of that the earlier edition did not show in public.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from merestone.link.terms import Ref
from merestone.report.page import Anchors
from merestone.report.terms import Correction, Corrections, Edition

CORRECTED, WITHDRAWN, GRADED, MERGED, REJECTED = "corrected", "withdrawn", "graded", "merged", "rejected"
SLOTS = {
    "kind": "what was done", "realised": "whether it was done", "said_by": "who says it", "stance": "whether it is asserted, denied or admitted",
    "initiator": "who is said to have done it", "target": "who or what was meant", "when": "when", "where": "where", "weapons": "weapons",
    "casualties": "how many came to harm",
}  # fmt: skip
TITLE = "Corrections"
NONE = "Nothing that {since} says is corrected here."


def opened(corrections: Corrections | None, out: Collection[Ref]) -> Corrections | None:
    """For the public: without claims that are left `out`, and without a number for what was withdrawn."""
    if corrections is None:
        return None
    kept = [each for each in corrections.items if each.open and not set(each.claims) & set(out)]
    return replace(corrections, items=tuple(replace(each, claims=()) if each.what == WITHDRAWN else each for each in kept))


def told(edition: Edition, anchors: Anchors) -> dict[str, Any] | None:
    """Title, note and one entry a correction: `text`, and `refs` (number and anchor of each claim that it is of)."""
    found = edition.corrections
    if found is None:
        return None
    shown = {incident.group.id for incident in edition.incidents}
    entries = [
        {
            "text": _sentence(each, shown),
            "refs": [(anchors.numbers[ref], anchors.claims[ref]) for ref in each.claims if ref in anchors.claims],
        }
        for each in found.items
    ]
    note = f"What {found.since}, the edition published before, says and this one does not." if entries else NONE.format(since=found.since)
    return {"title": TITLE, "note": note, "entries": entries}


def _sentence(each: Correction, shown: Collection[str]) -> str:
    about = f" about {each.incident}" if each.incident in shown else ""
    if each.what == CORRECTED:
        return f"A claim{about} was corrected: {', '.join(SLOTS.get(slot, slot) for slot in each.slots) or 'its wording'}."
    if each.what == WITHDRAWN:
        return f"A claim{about} was withdrawn."
    if each.what == GRADED:
        return f"{each.incident} was graded {each.was} and is {each.now}."
    if each.what == MERGED:
        return f"{each.incident} was found to be the same as {each.now}, where its claims stand now."
    return f"{each.incident} was rejected by a person and stands here no more."


def as_data(edition: Edition) -> dict[str, Any]:
    """What `edition.json` says of it; nothing where no edition was published before."""
    found = edition.corrections
    if found is None:
        return {}
    items = [
        {"what": each.what, "incident": each.incident or None, "claims": [str(ref) for ref in each.claims], "slots": list(each.slots),
         "was": each.was or None, "now": each.now or None}
        for each in found.items
    ]  # fmt: skip
    return {"corrections": {"since": found.since, "items": items}}
