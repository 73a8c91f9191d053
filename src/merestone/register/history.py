"""Which acts touched something: each with its place in the record, its hour, who answers for it and, while it is open, why.

What an entry says of a thing is told from the entry and from what the vault still holds open; what is sealed or erased stays untold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from merestone.register import queries, vault
from merestone.register.configure import rows
from merestone.register.folds import split
from merestone.register.terms import EntryRow, Mission

_CHUNK = 2000
_LINKED = b'"act":"linked"'
_SHOWN = 200  # characters of a reason

_Told = Callable[[EntryRow], str]  # what the entry did to the thing, "" for nothing

_WHAT: Mapping[str, str] = {
    "opened": "opened the mission with the pack {pack}", "appointed": "appointed: {roles}", "dismissed": "closed the account",
    "pack_adopted": "went on with the pack {pack}", "linked": "linked what stood: {incidents} incidents, {fresh} of them new",
    "received": "received", "refused": "refused ({code})", "described": "described", "protected": "protected", "unprotected": "opened again",
    "erased": "erased", "proposed": "read by the rules {rules}; claims: {claims}", "recorded": "recorded", "corrected": "corrected",
    "withdrawn": "withdrawn", "placed": "put beside the claims of {incident}, without linking all again:", "judged": "judged {verdict}: {a} and {b}", "decided": "decided: {verdict}", "noted": "noted",
    "observed": "observed", "patrolled": "patrolled", "drafted": "drafted for the profile {profile}: {claims} claims, {proposals} proposals",
    "approved": "approved", "sent": "sent to the language model that entry {model} set", "model_set": "switched the language model {state}",
    "published": "published in the profile {profile}", "retracted": "retracted",
}  # fmt: skip


def history(mission: Mission, subject: str) -> list[str]:
    """One line for each act that touched an exhibit, a claim, an incident or an edition, the first one first."""
    names = {account.id: account.name or account.id for account in queries.accounts(mission)}
    its_own = tuple(row.ref for row in queries.claims(mission, incident=subject)) if subject.startswith("INC-") else ()
    told = _of(mission, subject, its_own)
    lines = []
    for entry in _touching(mission, (subject.partition("#")[0], *its_own)):
        done = told(entry)
        if done:
            who = " and ".join(names.get(each, each) for each in (entry.actor, entry.second) if each)
            lines.append(f"  entry {entry.position}, {entry.at[:19]}Z, {who}: {done}{_why(mission, entry)}")
    return lines


def _touching(mission: Mission, needles: tuple[str, ...]) -> Iterator[EntryRow]:
    """Entries that name one of the ids, and the linking runs, whose members lie in the vault."""
    sought, first = [needle.encode() for needle in needles], 0
    sql = "SELECT position, data FROM ledger_entry WHERE position >= %s ORDER BY position LIMIT %s"
    while found := rows(mission.alias, sql, (first, _CHUNK)):
        for position, data in found:
            stored = bytes(data)
            if _LINKED in stored or any(each in stored for each in sought):
                yield queries.entry(mission, int(position))
        first = int(found[-1][0]) + 1


def _of(mission: Mission, subject: str, its_own: Collection[str]) -> _Told:
    """`its_own`: the claims of an incident. Of what was done to them only judgements on two of them are told with it."""
    if subject.startswith("INC-"):
        return lambda entry: _of_incident(mission, entry, subject, its_own)
    if "#" in subject:
        return lambda entry: _of_claim(mission, entry, subject)
    return lambda entry: "" if entry.act == "linked" else what(entry)


def what(entry: EntryRow) -> str:
    """What was done, from the entry alone. It takes the body for one that its kind may have."""
    claim = entry.body.get("claim")
    point = entry.body.get("point")
    about = f" {claim}" if claim else f" on the point {point}" if point else ""
    told = {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in entry.body.items()}
    return _WHAT.get(entry.act, entry.act).format(**told) + about


def _of_claim(mission: Mission, entry: EntryRow, ref: str) -> str:
    exhibit, part, number = split(ref)
    body = entry.body
    if entry.act == "linked":
        now = _members(mission, entry)["moved"].get(ref)
        return "" if now is None else f"joined to {now}" if now else "taken out of its incident"
    if entry.act == "proposed":
        count = body["claims"] if not part else body["others"].get(part.lower(), 0)
        if body["after"] < number <= body["after"] + count:
            return f"proposed by the rules {body['rules']}"
        return f"read anew by the rules {body['rules']}" if body["after"] >= number else ""
    if entry.act in ("protected", "unprotected", "erased", "described") or ref in (
        body.get("claim"),
        body.get("subject"),
        body.get("a"),
        body.get("b"),
    ):
        own = entry.act in ("protected", "unprotected", "erased", "described")
        return f"{exhibit} was {what(entry)}" if own else what(entry).removesuffix(f" {ref}")
    return ""


def _of_incident(mission: Mission, entry: EntryRow, incident: str, its_own: Collection[str]) -> str:
    if entry.act == "placed":
        new = "given this number; " if entry.body["fresh"] else ""
        return f"{new}joined {entry.body['claim']} without linking all again" if entry.body["incident"] == incident else ""
    if entry.act != "linked":
        pair = (entry.body.get("a"), entry.body.get("b"))
        named = incident in (*pair, entry.body.get("subject"))
        return what(entry) if named or all(each in its_own for each in pair) else ""
    members = _members(mission, entry)
    came = sorted(ref for ref, now in members["moved"].items() if now == incident)
    parts = ["given this number"] if incident in members["fresh"] else []
    parts += [f"joined {', '.join(came)}"] if came else []
    parts += [f"leads on to {members['leads'][incident]}"] if incident in members["leads"] else []
    parts += [f"{old} leads on to it" for old, new in members["leads"].items() if new == incident]
    return "; ".join(parts)


def _members(mission: Mission, entry: EntryRow) -> Mapping[str, Any]:
    data = vault.open_item(mission.alias, entry.body["members"])
    told: Mapping[str, Any] = json.loads(data) if data is not None else {"moved": {}, "fresh": [], "leads": {}}
    return told


def _why(mission: Mission, entry: EntryRow) -> str:
    by = entry.body.get("authority")
    on = f" on the authority of {_words(mission, by) or 'words that were erased'}" if by else ""
    commitment = entry.body.get("reason") or entry.body.get("note")
    if not commitment:
        return on
    return f"{on} ({_words(mission, commitment) or 'the reason is sealed or erased'})"


def _words(mission: Mission, commitment: str) -> str:
    """The beginning of what a person wrote, "" where it is sealed or erased."""
    data = vault.open_item(mission.alias, commitment)
    if data is None:
        return ""
    words = " ".join(data.decode().split())
    return f"“{words if len(words) <= _SHOWN else words[: _SHOWN - 1] + '…'}”"
