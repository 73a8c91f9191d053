"""Why a claim was proposed, slot by slot, in sentences that a monitor can check against the text.

It adds nothing: each sentence is one piece of evidence that the reading carries, with its words and the rule that read them.
"""

from __future__ import annotations

from merestone.extract.terms import Evidence, Located, Proposal, Reading, Speaker
from merestone.ledger.terms import Refusal

SHOWN = 300  # characters of a quote


def claim_of(reading: Reading, number: int) -> Proposal:
    for claim in reading.claims:
        if claim.id == number:
            return claim
    there_is = ", ".join(str(claim.id) for claim in reading.claims) or "none"
    raise Refusal("claim_not_found", document=reading.id, asked=number, there_is=there_is)


def explain_claim(reading: Reading, number: int, text: str | None = None) -> str:
    """The explanation as lines of text. Refuses `claim_not_found`."""
    claim = claim_of(reading, number)
    lines = [
        f"{reading.id}#{claim.id}: {_name(claim.kind)}. A proposal that a machine read; nobody has reviewed it.",
        f"  “{_short(claim.quote)}” (characters {claim.start}–{claim.end})",
        f"  Proposed by rule {claim.rule} of rule set {reading.rules}. {claim.confidence:.0%} of its applicable values were read from words.",
        "",
        *(_speaker(speaker, depth) for depth, speaker in enumerate(claim.said_by)),
    ]
    if not claim.said_by:
        lines.append("  Said by: nobody whom the text names.")
    lines += [f"  {line}" for line in _values(claim)]
    if claim.evidence:
        lines += ["", "  Why:", *(f"  - {_why(row, text)}" for row in claim.evidence)]
    else:
        lines += ["", "  The reading carries no evidence: the program that made it does not say why."]
    return "\n".join(lines)


def _values(claim: Proposal) -> list[str]:
    when = claim.when
    span = when.start if when.start == when.end else f"between {when.start} and {when.end}"
    filled = f"; filled in, not said: {', '.join(when.inferred)}" if when.inferred else ""
    out = [
        f"Stance: {claim.stance}. Realised: {claim.realised}.",
        f"Said to have done it: {claim.initiator}. Directed at: {_name(claim.target.what)} ({claim.target.party}).",
        f"When: {span or 'not known'} (precision: {_name(when.precision)}{filled}).",
    ]
    out += [f"Where: {_place(place)}" for place in claim.where] or ["Where: no place was found."]
    if claim.weapons:
        out.append("Weapons: " + ", ".join(map(_name, claim.weapons)) + ".")
    out += [f"Casualties: {_range(row.min, row.max)} {row.outcome}, {row.group}, party {row.party}." for row in claim.casualties]
    if claim.repeated:
        out.append("Told as repeated or undated: part of a pattern, never an incident.")
    return out


def _speaker(speaker: Speaker, depth: int) -> str:
    whose = {"none": "affiliated with no party", "both": "affiliated with both parties", "unknown": "affiliation not known"}
    side = whose.get(speaker.affiliation, f"affiliated with {speaker.affiliation}")
    held = "" if speaker.received else "; cited, not received"
    return f"  {'Said by' if depth == 0 else 'citing'}: {speaker.name} ({_name(speaker.kind)}, {side}{held})."


def _place(place: Located) -> str:
    spot = "not placed" if place.lat is None else f"{place.lat:.3f}, {place.lon:.3f}"
    margin = "" if place.uncertainty_m is None else f" within {place.uncertainty_m / 1000:g} km"
    return f"{place.name} ({_name(place.role)}; “{place.text}”; {_name(place.level)}; {spot}{margin}): {place.why}"


def _why(row: Evidence, text: str | None) -> str:
    words = "" if text is None else f"“{_short(text[row.start : row.end])}”"
    where = "from no words of the text" if row.start == row.end else f"{words} at {row.start}–{row.end}".lstrip()
    why = "" if row.why == words else f". {row.why[:1].upper()}{row.why[1:]}"
    return f"{_name(row.slot)} = {row.value}: {where}, rule {row.rule}{why}"


def _range(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "an unstated number"
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def _name(code: str) -> str:
    return code.replace("_", " ")


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1] + "…"
