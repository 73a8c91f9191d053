"""Why a claim was proposed, why claims were joined and why the grade: told from a file alone, so that whoever holds it can ask.

It adds nothing to the file: links level by level, reasons for and against, versions, figures and voices as they stand there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from merestone.extract.explain import explain_claim
from merestone.extract.wire import from_json
from merestone.ledger.terms import Refusal
from merestone.report import words

Edition = Mapping[str, Any]
SHOWN = 240  # characters of a quote


def explain(content: str, asked: str) -> str:
    """The explanation of DOC_ID#N from readings (JSON Lines) or an edition, or of an incident (B-001) from an edition."""
    edition = _edition(content)
    if "#" not in asked:
        if edition is None:
            raise Refusal("not_an_edition", asked=asked)
        return explain_incident(edition, asked)
    wanted, _, number = asked.rpartition("#")
    if not number.isdecimal():
        raise Refusal("malformed_reference", asked=asked)
    known: list[str] = []
    for record in _of_edition(edition, wanted) if edition is not None else _of_lines(content):
        known.append(str(record.get("id")))
        if known[-1] == wanted:
            text = record.get("text")
            return explain_claim(from_json(record), int(number), text if isinstance(text, str) else None)
    raise Refusal("document_not_found", asked=wanted, there_is=", ".join(known[:20]) or "none")


def _edition(content: str) -> Edition | None:
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        return None  # more than one line of JSON: readings
    return whole if isinstance(whole, dict) and "incidents" in whole and "documents" in whole else None


def _of_lines(content: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Refusal("malformed_reading", document="?", at=f"line {number}", expected="one JSON object", found=str(error)) from error
        if isinstance(record, dict) and set(record) != {"incidents"}:
            yield record


def _of_edition(edition: Edition, wanted: str) -> Iterator[dict[str, Any]]:
    for document in edition["documents"]:
        claims = [claim for claim in edition["claims"] if document["id"] == wanted and claim["document"] == wanted]
        yield {"id": document["id"], "text": document.get("text"), "claims": claims}


def explain_incident(edition: Edition, asked: str) -> str:
    """The explanation of an incident or a pattern, as lines of text. Refuses `incident_not_found` and `malformed_edition`."""
    try:
        known = {entry["id"]: entry for key in ("incidents", "patterns") for entry in edition[key]}
        if asked not in known:
            raise Refusal("incident_not_found", asked=asked, there_is=", ".join(known) or "none")
        return "\n".join(_told(edition, known[asked]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Refusal("malformed_edition", what=f"{type(error).__name__}: {error}") from error


def _told(edition: Edition, entry: Mapping[str, Any]) -> list[str]:
    graded = "grade" in entry
    kind = "an incident" if graded else "a pattern of repeated or undated acts; it has no grade"
    lines = [
        f"{entry['id']}: {words.kind(entry['kind']).lower()}, {kind}. A machine proposed it; nobody has reviewed it.",
        f"  {_period(entry['period'])}",
    ]
    lines += [f"  {words.ROLES.get(place['role'], place['role'])} {place['name']}" for place in entry["places"]]
    lines += ["", "What is said:", *_claims(edition, entry)]
    if graded:
        lines += ["", f"Grade: {entry['grade']} ({entry['state']}). It is of the happening; who began is never graded.", *_reasons(entry)]
        lines += _contested(edition, entry)
        lines += _figures(edition, entry)
    lines += ["", "Why these claims are together:", *_links(entry)]
    lines += _voices(edition, entry)
    return lines


def _period(period: Mapping[str, Any]) -> str:
    if not period["from"]:
        return "Time not known."
    return f"{words.stretch(period['from'], period['to'])} (known to the {_name(period['precision'])}, in local time)"


def _claims(edition: Edition, entry: Mapping[str, Any]) -> list[str]:
    claims = {claim["ref"]: claim for claim in edition["claims"]}
    published = {each["id"]: _stamp(each.get("published")) for each in edition["documents"]}
    sides = entry.get("versions") or {"": entry["claims"]}
    names = {party["code"]: party.get("name") or party["code"] for party in edition["parties"]}
    bound = {party["code"]: names.get(party["aligned_with"], "") for party in edition["parties"] if "aligned_with" in party}
    lines = []
    for side, refs in sides.items():
        if side:
            ally = f" (aligned with {bound[side]})" if side in bound else ""
            lines.append("  By voices of no party:" if side == "other" else f"  On the side of {names.get(side, side)}{ally}:")
        for ref in refs:
            claim = claims[ref]
            speakers = ", citing ".join(claim["said_by"]) or "nobody named"
            quote = f"“{_short(claim['quote'])}”" if claim["quote"] else "(the words are withheld)"
            again = f" in the words of {claim['copy_of']}" if claim["copy_of"] else ""
            stamp = published.get(ref.rpartition("#")[0], "")
            when = f", {words.day(stamp)}," if stamp else ""
            lines.append(f"  - {speakers}{when} {words.STANCES.get(claim['stance'], claim['stance'])}{again}: {quote} [{ref}]")
    return lines


def _stamp(published: object) -> str:
    found = published.get("value") if isinstance(published, Mapping) else published
    return found if isinstance(found, str) else ""


def _reasons(entry: Mapping[str, Any]) -> list[str]:
    """As numbered in the edition: what carries the grade, why it is none above, and what stands beside it."""
    parts: dict[str, list[str]] = {"  Why this grade:": [], "  Why none above it:": [], "  Beside it:": []}
    for reason in entry["reasons"]:
        above = "  Why none above it:" if reason["text"].startswith("Not ") else "  Beside it:"
        told = f"    {reason['number']}. {reason['text']} {_refs(reason['claims'])}".rstrip()
        parts["  Why this grade:" if reason["supports"] else above].append(told)
    return [line for heading, lines in parts.items() if lines for line in (heading, *lines)]


def _contested(edition: Edition, entry: Mapping[str, Any]) -> list[str]:
    points = {"that": "that it happened", "who": "who began", "where": "where", "when": "when", "how_many": "how many"}
    lines = []
    for point in entry["contested"]:
        lines += ["", f"Contested: {points[point['point']]}. The versions stand side by side, and none is preferred."]
        lines += [f"  - {_voice(edition, version['voice'])}: {version['says']} {_refs(version['claims'])}" for version in point["versions"]]
    return lines


def _figures(edition: Edition, entry: Mapping[str, Any]) -> list[str]:
    names = {party["code"]: party.get("name") or party["code"] for party in edition["parties"]}
    lines = []
    for figure in entry["figures"]:
        group = "" if figure["group"] == "unspecified" else f", {figure['group']}"
        whose = {"unknown": ", whose side is not said", "none": "", "both": ", of both parties"}
        side = whose.get(figure["party"], f", of {names.get(figure['party'], figure['party'])}")
        lines.append(f"  - {_name(figure['outcome'])}{group}{side}: {_range(figure)}")
        lines += [f"      {_voice(edition, said['voice'])} says {_range(said)} {_refs(said['claims'])}" for said in figure["voices"]]
        lines += [f"      {told}" for told in _changed(edition, figure)]
    return ["", "Figures, lowest and highest number said; each voice stands at its last word:", *lines] if lines else []


def _changed(edition: Edition, figure: Mapping[str, Any]) -> list[str]:
    """What a voice had said before its last word."""
    told: dict[str, list[str]] = {}
    for each in figure.get("changed", ()):
        since = f"{words.day(each['since'])} {words.clock(each['since'])}".rstrip() if each["since"] else "an unknown date"
        told.setdefault(each["voice"], []).append(f"{_range(each)} from {since} {_refs(each['claims'])}")
    return [f"{_voice(edition, voice)} changed its word: {', then '.join(said)}" for voice, said in told.items()]


def _links(entry: Mapping[str, Any]) -> list[str]:
    """What weighed nothing stands in one line at the end of its pair."""
    lines = []
    for link in entry["why"]:
        weighed = any(level["weight"] for level in link["levels"])  # a pattern is gathered by kind and place, and nothing is weighed
        total = "one happening" if link["score"] > 0 else "not joined by this pair alone"
        lines.append(f"  - {link['a']} and {link['b']}" + (f": {link['score']:+.1f} in all, {total}" if weighed else ""))
        for level in link["levels"]:
            if level["weight"] or not weighed:
                weight = f"{level['weight']:+.1f} " if weighed else ""
                lines.append(f"      {weight}{level['feature']}, {level['level'].replace('_', ' ')}: {level['why']}")
        idle = [f"{level['feature']} ({level['why'].rstrip('.')})" for level in link["levels"] if weighed and not level["weight"]]
        lines += [f"      Weighing nothing: {'; '.join(idle)}."] if idle else []
    note = "  What speaks for one happening weighs more than nothing (in bits), what speaks against it less. Who is blamed weighs nothing."
    return [note, *lines] if any("in all" in line for line in lines) else lines or ["  It is one claim; nothing was joined."]


def _voices(edition: Edition, entry: Mapping[str, Any]) -> list[str]:
    wanted, here = entry.get("voices") or [], set(entry["claims"])
    side = {party["code"]: f"of the party {party.get('name') or party['code']}" for party in edition["parties"]}
    side |= {"none": "of no party", "unknown": "whose affiliation is not known", "both": "of both parties"}
    lines = []
    for voice in edition["voices"]:
        if voice["id"] in wanted:
            lines.append(f"  - {voice['id']} {voice['name']}, {side.get(voice['affiliation'], voice['affiliation'])}")
            edges = [edge for edge in voice["edges"] if here & set(edge["claims"])]
            lines += [f"      {edge['repeater']} {words.plain(edge['how'], words.HOW)} {edge['origin']}: {edge['why']}" for edge in edges]
            lines += [] if edges else ["      Nobody here repeats it."]
    return ["", "Voices (a source with all that repeat it counts once), as far as these claims show it:", *lines] if lines else []


def _voice(edition: Edition, asked: str) -> str:
    return next((f"{voice['name']} ({asked})" for voice in edition["voices"] if voice["id"] == asked), asked)


def _range(figure: Mapping[str, Any]) -> str:
    low, high = figure["min"], figure["max"]
    if low is None and high is None:
        return "an unstated number"
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def _refs(claims: list[str]) -> str:
    return f"[{', '.join(claims)}]" if claims else ""


def _name(code: str) -> str:
    return code.replace("_", " ")


def _short(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1] + "…"
