"""From entries to tables: one small pure function a kind and version, which says what changes and reads no table.

Live recording and `rebuild` run the same functions. A rebuild sees only what the vault holds now, so nothing may depend on what it held
in between: `protected` and `erased` make blank whatever came from closed items, `unprotected` fills it again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from merestone.ledger.terms import BrokenRecord, Entry
from merestone.register.changes import Change, Insert, Put, Update
from merestone.register.columns import NO_ABOUT, NO_CLAIM, legible, of_about, of_claim, of_reading

Held = Callable[[str], tuple[str, bytes] | None]  # commitment -> kind and bytes of the item; None when sealed or erased
Fold = Callable[[int, Entry, Held], Iterator[Change]]

TABLES = (
    "mission", "account", "exhibit", "claim", "incident", "judgement", "decision", "edition", "patrol", "observation", "remark", "refused", "model_set",
    "sent",
)  # fmt: skip


def fold(position: int, entry: Entry, held: Held) -> Iterator[Change]:
    """The changes of one entry. `BrokenRecord` for a kind or version that this program does not know."""
    found = FOLDS.get((entry.act, entry.version))
    if found is None:
        raise BrokenRecord(f"entry {position}", "a kind of act that this program knows", f"{entry.act} in version {entry.version}")
    return found(position, entry, held)


def split(ref: str) -> tuple[str, str, int]:
    """EXH-…#S12 -> its exhibit, "S", 12."""
    exhibit, _, rest = ref.partition("#")
    part = rest[:1] if rest[:1] in "SARG" else ""
    return exhibit, part, int(rest[len(part) :])


def _data(held: Held, commitment: str) -> bytes | None:
    found = held(commitment) if commitment else None
    return None if found is None else found[1]


# --- the mission and its people -----------------------------------------------------------------------------------


def _opened(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    body = entry.body
    columns = ("title", "pack", "pack_digest", "verifier", "vault_key")
    yield Insert("mission", {"id": body["mission"], **{name: body[name] for name in columns}, "weights": "", "entry": position})
    # whoever opens the mission is its first administrator, so that somebody can appoint; the next entry gives the name and all roles
    yield Insert("account", {"id": entry.actor, "name": "", "roles": '["administrator"]', "open": True, "entry": position})


def _appointed(position: int, entry: Entry, held: Held) -> Iterator[Change]:
    body = entry.body
    name = _data(held, body["name"])
    shown = "" if name is None else legible(name.decode())
    roles = json.dumps(list(body["roles"]))
    yield Put("account", "id", {"id": body["account"], "name": shown, "roles": roles, "open": True, "entry": position})


def _dismissed(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    yield Update("account", {"id": entry.body["account"]}, {"open": False, "entry": position})


def _pack_adopted(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    yield Update("mission", {}, {"pack": entry.body["pack"], "pack_digest": entry.body["pack_digest"], "entry": position})


def _model_set(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    values = {"setting": entry.body["setting"], "actor": entry.actor, "reason": entry.body["reason"]}
    yield Insert("model_set", {**values, "entry": position})


# --- what arrives -------------------------------------------------------------------------------------------------


def _received(position: int, entry: Entry, held: Held) -> Iterator[Change]:
    body = entry.body
    yield Insert(
        "exhibit",
        {
            "id": body["exhibit"], "original": body["original"], "text": body["text"], "about": body["about"], "reading": "", "rules": "",
            "unread": body["unread"], "protected": body["protected"], "erased": False, **of_about(_data(held, body["about"])),
            "received": position, "entry": position,
        },
    )  # fmt: skip


def _refused(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    body = entry.body
    values = {"entry": position, "name": body["name"], "code": body["code"], "protected": body["protected"], "actor": entry.actor}
    yield Insert("refused", values)


def _described(position: int, entry: Entry, held: Held) -> Iterator[Change]:
    about = entry.body["about"]
    yield Update("exhibit", {"id": entry.body["exhibit"]}, {"about": about, **of_about(_data(held, about)), "entry": position})


def _protected(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    exhibit = entry.body["exhibit"]
    yield Update("exhibit", {"id": exhibit}, {"protected": True, **NO_ABOUT, "entry": position})
    yield Update("claim", {"exhibit": exhibit}, {**NO_CLAIM, "incident": "", "entry": position})
    yield from _void(position, entry.body["gone"])


def _unprotected(position: int, entry: Entry, held: Held) -> Iterator[Change]:
    exhibit = entry.body["exhibit"]
    yield Update("exhibit", {"id": exhibit}, {"protected": False, "entry": position})
    yield Update("claim", {"exhibit": exhibit}, {"entry": position})
    for commitment in entry.body["items"]:
        found = held(commitment)
        if found is None:
            continue  # protected again, or erased, since: the entry that did it follows
        kind, data = found
        if kind == "about":
            yield Update("exhibit", {"id": exhibit, "about": commitment}, of_about(data))
        elif kind == "claim":
            yield Update("claim", {"exhibit": exhibit, "content": commitment}, of_claim(data))
        elif kind == "reading":
            yield from _refilled(exhibit, commitment, data)


def _refilled(exhibit: str, commitment: str, data: bytes) -> Iterator[Change]:
    """The proposals of a reading that nobody recorded yet."""
    for _, number, shown in of_reading(data, len(json.loads(data)["claims"]), {}):
        yield Update("claim", {"exhibit": exhibit, "reading": commitment, "part": "", "nth": number, "content": ""}, shown)


def _erased(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    """What goes decides: an exhibit is erased when its `about` goes; a claim whose words go says nothing any more and is no longer recorded."""
    subject, items = entry.body["subject"], tuple(entry.body["items"])
    if subject.startswith("EXH-") and items:
        yield Update("exhibit", {"id": subject, "about": items}, {"erased": True, **NO_ABOUT, "entry": position})
        yield Update("claim", {"exhibit": subject, "content": items}, {"state": "withdrawn", **NO_CLAIM, "incident": "", "entry": position})
        yield Update("claim", {"exhibit": subject, "reading": items, "content": ""}, {**NO_CLAIM, "incident": "", "entry": position})
    elif subject.startswith("ACC-"):
        yield Update("account", {"id": subject}, {"name": "", "entry": position})
    yield from _void(position, items)


def _void(position: int, gone: Any) -> Iterator[Change]:
    """A draft of which something was taken out can no longer leave the house. What has left it stays what it is."""
    if gone:
        for column in ("content", "rests"):
            yield Update("edition", {column: tuple(gone), "state": "drafted"}, {"state": "void", "entry": position})


# --- what it says -------------------------------------------------------------------------------------------------


def _proposed(position: int, entry: Entry, held: Held) -> Iterator[Change]:
    body = entry.body
    exhibit, reading, after = body["exhibit"], body["reading"], body["after"]
    if after:  # an earlier reading left proposals; what people recorded stays
        yield Update("claim", {"exhibit": exhibit, "state": "proposed"}, {"state": "superseded", "entry": position})
    yield Update("exhibit", {"id": exhibit}, {"reading": reading, "rules": body["rules"], "entry": position})
    for part, number, shown in of_reading(_data(held, reading), body["claims"], body["others"]):
        yield Insert("claim", _claim(exhibit, part, after + number, position) | {"reading": reading, "nth": number, **shown})


def _claim(exhibit: str, part: str, number: int, position: int) -> dict[str, Any]:
    return {
        "ref": f"{exhibit}#{part}{number}", "exhibit": exhibit, "part": part, "number": number, "state": "proposed", "content": "", "reading": "",
        "nth": 0, **NO_CLAIM, "incident": "", "entry": position,
    }  # fmt: skip


def _sent(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    values = {"exhibit": entry.body["exhibit"], "model": entry.body["model"], "actor": entry.actor}
    yield Insert("sent", {**values, "entry": position})


def _linked(position: int, entry: Entry, held: Held) -> Iterator[Change]:
    """`members` holds ids alone and is never closed: {"moved": {ref: INC or ""}, "fresh": [INC], "leads": {INC: INC}}, and
    since the second release "weights", what levels weighed in that run."""
    data = _data(held, entry.body["members"])
    if data is None:
        raise BrokenRecord(f"entry {position}", "the members of incidents, which are never erased", "none")
    told = json.loads(data)
    for incident in told["fresh"]:
        yield Insert("incident", {"id": incident, "state": "proposed", "leads_to": "", "entry": position})
    for old, new in told["leads"].items():
        yield Update("incident", {"id": old}, {"leads_to": new, "entry": position})
    for ref, incident in told["moved"].items():
        yield Update("claim", {"ref": ref}, {"incident": incident})
    yield Update("mission", {}, {"weights": told.get("weights", "")})


def _placed(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    body = entry.body
    if body["fresh"]:
        yield Insert("incident", {"id": body["incident"], "state": "proposed", "leads_to": "", "entry": position})
    yield Update("claim", {"ref": body["claim"]}, {"incident": body["incident"]})


def _recorded(position: int, entry: Entry, held: Held) -> Iterator[Change]:
    body = entry.body
    row = {**_claim(*split(body["claim"]), position), **of_claim(_data(held, body["content"]))}
    row |= {"state": "recorded", "content": body["content"], "reading": body["reading"]}
    # a claim that was proposed keeps its place in the reading and its incident
    yield Put("claim", "ref", row, ("nth", "incident") if body["reading"] else ("nth", "incident", "reading"))


def _corrected(position: int, entry: Entry, held: Held) -> Iterator[Change]:
    content = entry.body["content"]
    values = {"state": "recorded", "content": content, **of_claim(_data(held, content)), "entry": position}
    yield Update("claim", {"ref": entry.body["claim"]}, values)


def _withdrawn(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    yield Update("claim", {"ref": entry.body["claim"]}, {"state": "withdrawn", "entry": position})


# --- what the mission itself perceives ----------------------------------------------------------------------------


def _patrolled(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    yield Insert("patrol", {"id": entry.body["patrol"], "form": entry.body["form"], "actor": entry.actor, "entry": position})


def _observed(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    body = entry.body
    values = {"id": body["observation"], "patrol": body["patrol"], "form": body["form"], "actor": entry.actor, "entry": position}
    yield Insert("observation", values)


# --- what people conclude -----------------------------------------------------------------------------------------


def _judged(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    body = entry.body
    values = {"a": body["a"], "b": body["b"], "verdict": body["verdict"], "actor": entry.actor, "reason": body["reason"], "entry": position}
    yield Insert("judgement", values)


# what a decision makes of a proposal; what was recorded stays recorded, whatever is concluded from it
_OF_CLAIM = {"adopted": "proposed", "rejected": "rejected", "deferred": "deferred"}


def _decided(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    body = entry.body
    subject, verdict = body["subject"], body["verdict"]
    values = {"subject": subject, "verdict": verdict, "point": body["point"], "by": json.dumps(list(body["by"])), "actor": entry.actor}
    yield Insert("decision", {**values, "reason": body["reason"], "entry": position})
    if body["point"]:
        return  # of one contested point, not of the whole
    if subject.startswith("INC-"):
        yield Update("incident", {"id": subject}, {"state": verdict, "entry": position})
    elif "#" in subject and verdict in _OF_CLAIM:
        where = {"ref": subject, "state": tuple(_OF_CLAIM.values())}
        yield Update("claim", where, {"state": _OF_CLAIM[verdict], "entry": position})


def _noted(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    values = {"subject": entry.body["subject"], "note": entry.body["note"], "actor": entry.actor, "entry": position}
    yield Insert("remark", values)


# --- what leaves the house ----------------------------------------------------------------------------------------


def _drafted(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    body = entry.body
    columns = ("profile", "content", "rests", "size", "root", "claims", "proposals")
    people = {"drafted_by": entry.actor, "approved_by": "", "published_by": ""}
    values = {"id": body["edition"], "state": "drafted", **{name: body[name] for name in columns}, **people}
    yield Insert("edition", {**values, "drafted": position, "entry": position})


def _approved(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    yield Update("edition", {"id": entry.body["edition"]}, {"approved_by": entry.actor, "entry": position})


def _published(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    yield Update("edition", {"id": entry.body["edition"]}, {"state": "published", "published_by": entry.actor, "entry": position})


def _retracted(position: int, entry: Entry, _held: Held) -> Iterator[Change]:
    yield Update("edition", {"id": entry.body["edition"]}, {"state": "retracted", "entry": position})


FOLDS: dict[tuple[str, int], Fold] = {
    (name, 1): function
    for name, function in {
        "opened": _opened, "appointed": _appointed, "dismissed": _dismissed, "pack_adopted": _pack_adopted, "received": _received,
        "refused": _refused, "described": _described, "protected": _protected, "unprotected": _unprotected, "erased": _erased,
        "proposed": _proposed, "linked": _linked, "placed": _placed, "recorded": _recorded, "corrected": _corrected, "withdrawn": _withdrawn,
        "patrolled": _patrolled, "observed": _observed, "judged": _judged, "decided": _decided, "noted": _noted, "drafted": _drafted,
        "approved": _approved, "published": _published, "retracted": _retracted,
        "model_set": _model_set, "sent": _sent,
    }.items()
}  # fmt: skip
