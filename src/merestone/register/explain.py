"""Why: a claim was proposed, claims were joined, a grade was reached, an edition says what it says; and who did what to it, when.

It adds nothing to the record. Of what is protected or erased only the acts are told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from merestone.capture.terms import Known, Unknown
from merestone.extract.explain import explain_claim
from merestone.extract.wire import from_json
from merestone.ledger.terms import Refusal
from merestone.ledger.words import message
from merestone.register import queries, vault
from merestone.register.about import STATED, About
from merestone.register.edition import Asking, edition_of
from merestone.register.frozen import thaw
from merestone.register.history import history
from merestone.register.known import captives_since
from merestone.register.proposals import Json
from merestone.register.standing import Kept, is_open
from merestone.register.switch import told as told_of_model
from merestone.register.terms import ClaimRow, ExhibitRow, Mission, ObservationRow, PatrolRow
from merestone.report.explain import explain_incident
from merestone.report.redact import redact
from merestone.report.terms import INTERNAL
from merestone.report.written import as_data

_SHOWN = 300  # characters of a quote
_CLAIM_STATES = {
    "proposed": "A proposal that a machine read; nobody has reviewed it.",
    "recorded": "In the record: a person put it there.",
    "rejected": "A machine proposed it, and a person rejected it.",
    "deferred": "A machine proposed it, and a person deferred it.",
    "withdrawn": "It was in the record, and a person took it back.",
    "superseded": "A proposal of an earlier reading of this exhibit; it does not stand any more.",
}


def explain(mission: Mission, what: str) -> str:
    """The explanation of INC-…, EXH-…#N (or #S1 #A1 #R1 #G1), EXH-…, OBS-…, PTL-… or EDN-…, with its history. Refuses `not_in_record`."""
    about: Mapping[str, Callable[[Mission, str], Iterator[str]]] = {
        "INC": _incident, "EXH": _exhibit, "EDN": _edition, "OBS": _form, "PTL": _form,
    }  # fmt: skip
    tell = _claim if "#" in what else about.get(what.partition("-")[0])
    if tell is None:
        raise Refusal("not_in_record", asked=what)
    return "\n".join([*tell(mission, what), "", "What was done to it:", *(history(mission, what) or ["  nothing yet"])])


# --- a claim ------------------------------------------------------------------------------------------------------


def _claim(mission: Mission, ref: str) -> Iterator[str]:
    row = queries.claim(mission, ref)
    exhibit = queries.exhibit(mission, row.exhibit)
    if not is_open(exhibit):
        yield f"{ref}: of an exhibit that {_closed(exhibit)}."
        return
    kept = Kept(mission, exhibit, queries.claims(mission, exhibit=exhibit.id))
    told, proposed = kept.told(row), kept.proposed(row)
    state = _CLAIM_STATES[row.state] if proposed is not None or row.state != "recorded" else "In the record: a person wrote it by hand."
    if row.part:
        yield f"{ref}. {state}"
        yield from _other(told, row)
    else:
        within = {**(kept.reading_item(row.reading) if row.reading else {"id": exhibit.id}), "claims": [told], "id": exhibit.id}
        lines = explain_claim(from_json(within, kept.text.text), row.number, kept.text.text).split("\n")
        yield f"{lines[0].partition('. ')[0]}. {state}"
        yield from lines[1:]
    if proposed is not None and row.content:
        yield from _differences(proposed, told)
    if row.reading and proposed is not None and proposed.get("rule") == "model":
        asked = kept.reading_item(row.reading).get("model", {})
        yield from ("", f"It is a language model's: {asked.get('name')} at {asked.get('house')}, set by entry {asked.get('entry')}.")
    if row.incident:
        yield from ("", f"It is one of the claims about {row.incident}.")


def _other(told: Json, row: ClaimRow) -> Iterator[str]:
    """A statement, an appeal, a response, or a list of signatories."""
    if row.part == "G":
        yield from (
            f"  {name} (characters {start}–{end})" for name, (start, end) in zip(told["signatories"], told["signatory_spans"], strict=True)
        )
        return
    yield f"  “{_short(told['quote'])}” (characters {told['start']}–{told['start'] + len(told['quote'])})"
    yield from (
        f"  {key}: {', '.join(value) if isinstance(value, list) else value}" for key, value in told.items() if key not in ("quote", "start")
    )


def _differences(proposed: Json, told: Json) -> Iterator[str]:
    changed = [key for key in told if key not in ("id", "evidence") and told[key] != proposed.get(key)]
    if changed:
        yield from ("", "A person changed what was proposed:")
        yield from (f"  {key}: {_json(proposed.get(key))} became {_json(told[key])}" for key in changed)


# --- an exhibit ---------------------------------------------------------------------------------------------------


def _exhibit(mission: Mission, asked: str) -> Iterator[str]:
    row = queries.exhibit(mission, asked)
    if not is_open(row):
        yield f"{asked}: it {_closed(row)}."
        yield from _went(mission, row)
        return
    about = thaw(About, vault.read(mission, row.about))
    where = f", line {about.line}" if about.line is not None else ""
    yield f"{asked}: {about.name}{where} ({about.media_type}, {about.size} bytes)."
    if about.within:
        yield f"  It came enclosed in {about.within}."
    yield from (f"  {name}: {_said(getattr(about, name))}" for name in STATED)
    yield from (f"  Noticed: {message(notice)}" for notice in about.notices)
    claims = queries.claims(mission, exhibit=asked)
    if row.reading:
        yield from ("", f"Read by the rules {row.rules}. What was found:")
        yield from (f"  {claim.ref} {claim.kind.replace('_', ' ')} {claim.state} {claim.incident}".rstrip() for claim in claims)
    else:
        yield from ("", "It has no text." if not row.text else "It was not read yet: merestone propose reads it.")
    yield from _by_model(mission, row)


def _by_model(mission: Mission, row: ExhibitRow) -> Iterator[str]:
    """What went to a language model, and what of its answer was not taken."""
    yield from _went(mission, row)
    asked = json.loads(vault.read(mission, row.reading)).get("model") if row.reading else None
    if asked:
        yield f"  {asked['name']} at {asked['house']} found {asked['added']} claims that the rules had not. Not taken of its answer:"
        yield from (f"    claim {each['claim']}, {each['slot']} {_short(each['value'])}: {each['why']}" for each in asked["dropped"])


def _went(mission: Mission, row: ExhibitRow) -> Iterator[str]:
    for sending in told_of_model(mission, row.id)[1]:
        yield f"  Sent to {sending.model} at {sending.house} on {sending.at[:19]}Z, as the public may read it (entry {sending.entry})."


def _closed(row: ExhibitRow) -> str:
    return "was erased" if row.erased else "is protected"


def _said(said: Known | Unknown) -> str:
    return f"{said.value} ({said.origin})" if isinstance(said, Known) else f"unknown: {said.reason}"


# --- an incident --------------------------------------------------------------------------------------------------


def _incident(mission: Mission, asked: str) -> Iterator[str]:
    row = queries.incident(mission, asked)
    if row.leads_to:
        yield f"{asked}: its claims went to {row.leads_to}."
        return
    claims = [claim.ref for claim in queries.claims(mission, incident=asked)]
    state = "proposed; nobody has decided on it" if row.state == "proposed" else f"{row.state}, by a person's decision"
    if not claims or row.state == "rejected":
        yield f"{asked}: {state}. " + (f"Its claims: {', '.join(claims)}." if claims else "No claim is about it any more.")
        return
    try:
        told = explain_incident(as_data(redact(edition_of(mission, Asking()), INTERNAL, captives_since(mission))), asked)
    except Refusal as refusal:
        if refusal.code not in ("linking_outdated", "incident_not_found"):
            raise
        yield f"{asked}: {state}. Its claims: {', '.join(claims)}."
        yield f"  {message(refusal)}" if refusal.code == "linking_outdated" else "  Nothing of it may be shown in any edition."
        return
    first, *rest = told.split("\n")
    yield f"{first.partition('. ')[0]}. State: {state}."
    yield from rest


# --- an edition ---------------------------------------------------------------------------------------------------


def _edition(mission: Mission, asked: str) -> Iterator[str]:
    row = queries.edition(mission, asked)
    names = {account.id: account.name or account.id for account in queries.accounts(mission)}
    yield f"{asked}: {row.state}, profile {row.profile}."
    yield f"  It rests on the first {row.size} entries (root {row.root}), on {row.claims} recorded claims and {row.proposals} proposals."
    people = (("Drafted", row.drafted_by), ("Approved", row.approved_by), ("Published", row.published_by))
    yield from (f"  {did} by {names.get(who, who)}." for did, who in people if who)


# --- what the mission itself perceived ----------------------------------------------------------------------------


def _form(mission: Mission, asked: str) -> Iterator[str]:
    """An observation or a patrol, field by field as it was written."""
    rows: tuple[ObservationRow | PatrolRow, ...] = (*queries.observations(mission), *queries.patrols(mission))
    row = next((each for each in rows if each.id == asked), None)
    if row is None:
        raise Refusal("not_in_record", asked=asked)
    yield f"{asked}: {'an observation' if asked.startswith('OBS-') else 'a patrol'} of this mission."
    data = vault.open_item(mission.alias, row.form)
    if data is None:
        yield "  Its form was erased."
        return
    yield from (f"  {name}: {_json(value)}" for name, value in json.loads(data).items())


def _json(value: object) -> str:
    return _short(json.dumps(value, ensure_ascii=False))


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"
