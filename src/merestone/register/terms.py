"""The nouns of the running record: what a person does (`Act`), what the vault keeps for it (`Item`), and the kinds of act there are.

The law it keeps: an entry holds ids, codes, counts and hours. Whatever could point at a person is the keyed commitment of a vault
item, so that it can be erased without breaking the tree. `KINDS` says field by field what a body may hold; nothing else gets in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from merestone.ledger.note import Signer

ROLES = ("monitor", "analyst", "reviewer", "publisher", "administrator")

# What the vault keeps an item as. `members` holds ids alone and is never erased; all others can be.
ITEM_KINDS = (
    "original", "text", "about", "reading", "claim", "linking", "members", "edition", "rests", "form", "reason", "name", "title", "note", "setting",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sealed:
    """An item under a key of its own: `wrapped` is that key and the item's commitment key, sealed to the vault's public key; `cipher`
    the encrypted bytes; `digest` the SHA-256 (hex) over both and over the item's fingerprint, which the entry names so that any
    flipped byte is found unopened (vault.digest)."""

    wrapped: bytes
    cipher: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Item:
    """Bytes for the vault. `commitment` is HMAC-SHA-256 of `data` under `key` (32 random bytes), 64 hex digits.

    `owner` is the id of what it belongs to (EXH-…, ACC-…, EDN-…), so that protecting and erasing find it. A protected one
    is kept sealed: then `sealed` is what is stored and neither `key` nor `data` is written anywhere. `fingerprint` (hex, "" for
    none) tells the mission that it has these bytes already.
    """

    kind: str
    owner: str
    data: bytes
    key: bytes
    commitment: str
    sealed: Sealed | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What a person does, before it has a place. `actor` and `second` are account ids; `items` the new bytes that `body` names.

    The desk (record.py) writes `items` to the vault with the entry. Those of `protected` and `unprotected` are there already, under the
    same commitment, and come sealed or open again: the desk puts them in place of the rows before. What `protected` calls gone and
    what `erased` names, it removes. Body field `sealed` (commitment -> digest of each sealed item) is filled in by the desk.
    """

    kind: str
    actor: str
    body: Mapping[str, Any] = field(default_factory=dict)
    second: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of act: its version, the roles that may do it, whether it takes two persons, and the fields of its body.

    A field's type: `id` (one of PREFIXES and what follows), `ref` (an id or a claim's EXH-…#N), `code` (lower case), `item` (a
    commitment), `digest` (64 hex digits), `count`, `flag`, `rules` (a rule set's name), `key` (a verifier key), `frozen` (a checkpoint's
    {"size", "root"}); a leading `?` lets it be "", a trailing `*` makes it a list, `{}` a mapping of plain names to it.
    Every kind may have `sealed` besides: it is there where one of its items is sealed.
    """

    version: int
    roles: tuple[str, ...]
    body: Mapping[str, str]
    two: bool = False


PREFIXES = ("MIS", "ACC", "EXH", "INC", "OBS", "PTL", "EDN")

_DESK = ("analyst", "reviewer")
_ALL = ("monitor", "analyst", "reviewer", "publisher")

KINDS: Mapping[str, Kind] = {
    # the mission and its people
    "opened": Kind(1, ROLES, {"mission": "id", "title": "item", "pack": "code", "pack_digest": "digest", "verifier": "key", "vault_key": "digest"}),
    "appointed": Kind(1, ("administrator",), {"account": "id", "roles": "code*", "name": "item"}),
    "dismissed": Kind(1, ("administrator",), {"account": "id", "reason": "?item"}),
    "pack_adopted": Kind(1, ("administrator",), {"pack": "code", "pack_digest": "digest", "reason": "?item"}),
    # who reads beside the rules: `setting` ("" where it is switched off) holds address and name of a language model
    "model_set": Kind(1, ("administrator",), {"state": "code", "setting": "?item", "reason": "item"}),
    # what arrives
    "received": Kind(
        1, _ALL, {"exhibit": "id", "original": "item", "text": "?item", "about": "item", "unread": "?code", "protected": "flag", "sealed": "digest{}"}
    ),
    "refused": Kind(1, _ALL, {"name": "item", "code": "code", "protected": "flag", "sealed": "digest{}"}),
    "described": Kind(1, _DESK, {"exhibit": "id", "about": "item", "replaces": "item", "reason": "item"}),
    "protected": Kind(1, _ALL, {"exhibit": "id", "sealed": "digest{}", "gone": "item*", "reason": "item"}),
    "unprotected": Kind(1, ("reviewer",), {"exhibit": "id", "items": "item*", "reason": "item"}, two=True),
    "erased": Kind(1, ("reviewer", "publisher"), {"subject": "id", "items": "item*", "authority": "item", "reason": "item"}, two=True),
    # what it says
    # `others` counts "s" "a" "r" "g"; its claims are #N with N from `after` + 1, its statements #SN and so on alike: a later reading of
    # the same exhibit goes on counting after the highest number of the one before (0 for the first), so that no ref means two claims
    "proposed": Kind(
        1, _DESK, {"exhibit": "id", "rules": "rules", "pack_digest": "digest", "reading": "item", "claims": "count", "others": "count{}", "after": "count"}
    ),
    # that a text went to a model, written down before it goes: `model` is the position of the act that set it, `rules` read what was hidden
    "sent": Kind(1, _DESK, {"exhibit": "id", "text": "item", "rules": "rules", "model": "count"}),
    "linked": Kind(1, _DESK, {"seen": "count", "pack_digest": "digest", "linking": "item", "members": "item", "incidents": "count", "fresh": "count"}),
    # one new claim goes to an incident that stands (or is the first of a `fresh` one) without linking all again; the next run sees both
    "placed": Kind(1, _DESK, {"claim": "ref", "incident": "id", "fresh": "flag"}),
    "recorded": Kind(1, _DESK, {"claim": "ref", "content": "item", "reading": "?item"}),
    "corrected": Kind(1, _DESK, {"claim": "ref", "content": "item", "replaces": "item", "reason": "item"}),
    "withdrawn": Kind(1, _DESK, {"claim": "ref", "reason": "item"}),
    # what the mission itself perceives
    "patrolled": Kind(1, ("monitor",), {"patrol": "id", "form": "item"}),
    "observed": Kind(1, ("monitor",), {"observation": "id", "patrol": "?id", "form": "item"}),
    # what people conclude
    "judged": Kind(1, _DESK, {"a": "ref", "b": "ref", "verdict": "code", "reason": "item"}),
    "decided": Kind(1, ("reviewer",), {"subject": "ref", "verdict": "code", "point": "?code", "by": "id*", "reason": "item"}),
    "noted": Kind(1, ROLES, {"subject": "ref", "note": "item"}),
    # what leaves the house
    "drafted": Kind(
        1, ("analyst", "reviewer", "publisher"),
        {"edition": "id", "profile": "code", "content": "item", "rests": "item", "size": "count", "root": "digest", "claims": "count", "proposals": "count"},
    ),
    "approved": Kind(1, ("reviewer",), {"edition": "id", "reason": "?item"}),
    "published": Kind(
        1, ("publisher",),
        {"edition": "id", "profile": "code", "files": "digest{}", "frozen": "frozen", "four_eyes": "flag", "people": "count"},
    ),
    "retracted": Kind(1, ("publisher",), {"edition": "id", "replaced_by": "?id", "reason": "item"}),
}  # fmt: skip

# The item that a field of type `item` names, by the field's name; where an act says otherwise, by both.
FIELD_ITEMS: Mapping[str, str] = {
    "original": "original", "text": "text", "about": "about", "reading": "reading", "content": "claim", "linking": "linking", "members": "members",
    "rests": "rests", "form": "form", "reason": "reason", "authority": "reason", "name": "name", "title": "title", "note": "note",
    "drafted.content": "edition", "setting": "setting",
}  # fmt: skip

# Fields that speak of items which an earlier act brought; any other `item` field brings its own (`Act.items`).
BACKWARD = ("replaces", "gone", "recorded.reading", "unprotected.items", "erased.items", "sent.text")

VERDICTS = ("same", "different", "unsure")
DECISIONS = ("adopted", "rejected", "deferred", "unverifiable", "refuted")
STATES = ("proposed", "recorded", "rejected", "deferred", "withdrawn", "superseded")  # of a claim


@dataclass(frozen=True, slots=True)
class Ground:
    """What a room may not take for itself: the clock (aware, UTC) and chance (that many random bytes)."""

    clock: Callable[[], datetime]
    chance: Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Keys:
    """What DIR/keys holds. `vault` is the X25519 private key, None while the passphrase was not given; `fingerprint` 32 bytes."""

    signer: Signer
    vault_public: bytes
    vault: bytes | None = field(repr=False)
    fingerprint: bytes = field(repr=False)

    @property
    def verifier(self) -> str:
        return self.signer.verifier


@dataclass(frozen=True, slots=True)
class Mission:
    """An opened mission. `alias` is its connection; nothing else of Django leaves the room. `known_on` is None for the present, else the
    hour for which its tables speak (known.py), on the clock on which it was asked; `now` is then the mission of the present."""

    folder: Path
    id: str
    alias: str
    keys: Keys
    ground: Ground
    known_on: datetime | None = None
    now: Mission | None = None


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new mission begins with. `actor` is the name of the first person, who gets `roles`: a mission of one has them all."""

    pack: str
    actor: str
    title: str = ""
    database: str = "sqlite"
    passphrase: bytes | None = field(default=None, repr=False)
    roles: tuple[str, ...] = ROLES


@dataclass(frozen=True, slots=True)
class Recorded:
    """An act in its place: the entry's position, and the id that it gave or spoke of ("" for none)."""

    position: int
    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Account:
    id: str
    name: str
    roles: tuple[str, ...]
    open: bool
    entry: int


@dataclass(frozen=True, slots=True)
class ExhibitRow:
    """An exhibit as the tables have it. `name`, `publisher`, `published`, `language` are "" when protected or erased (or unknown).

    `received` is the position of the entry that brought it, `entry` that of the latest act about it.
    """

    id: str
    original: str
    text: str
    about: str
    reading: str
    rules: str
    unread: str
    protected: bool
    erased: bool
    name: str
    publisher: str
    published: str
    language: str
    received: int
    entry: int


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim, statement, appeal, response or list of signatories: `part` is "" S A R or G, its ref EXH-…#N, #S1, #A1, #R1, #G1.

    `content` is the commitment of the recorded words, "" while it is a proposal; `reading` that of the reading that proposed it.
    `incident` is "" for none. Times are ISO or ""; what is protected or erased is "". `entry` is the latest act about it.
    """

    ref: str
    exhibit: str
    part: str
    number: int
    state: str
    content: str
    reading: str
    kind: str
    initiator: str
    start: str
    end: str
    incident: str
    entry: int


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """`leads_to` is the number that a merged one leads on to; `state` proposed or what the latest decision says."""

    id: str
    state: str
    leads_to: str
    entry: int


@dataclass(frozen=True, slots=True)
class JudgementRow:
    a: str
    b: str
    verdict: str
    actor: str
    reason: str
    entry: int


@dataclass(frozen=True, slots=True)
class DecisionRow:
    subject: str
    verdict: str
    point: str
    by: tuple[str, ...]
    actor: str
    reason: str
    entry: int


@dataclass(frozen=True, slots=True)
class EditionRow:
    """`state`: drafted, published, retracted or void (its frozen content was erased or protected since)."""

    id: str
    profile: str
    state: str
    content: str
    rests: str
    size: int
    root: str
    drafted_by: str
    approved_by: str
    published_by: str
    claims: int
    proposals: int
    drafted: int
    entry: int


@dataclass(frozen=True, slots=True)
class MissionRow:
    id: str
    title: str  # a commitment
    pack: str
    pack_digest: str
    verifier: str
    vault_key: str
    entry: int


@dataclass(frozen=True, slots=True)
class PatrolRow:
    id: str
    form: str
    actor: str
    entry: int


@dataclass(frozen=True, slots=True)
class ObservationRow:
    id: str
    patrol: str
    form: str
    actor: str
    entry: int


@dataclass(frozen=True, slots=True)
class NoteRow:
    subject: str
    note: str
    actor: str
    entry: int


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """Something that arrived and was not taken in; `name` is a commitment."""

    name: str
    code: str
    protected: bool
    actor: str
    entry: int


@dataclass(frozen=True, slots=True)
class ModelRow:
    """The language model as an administrator set it: `setting` is a commitment, "" where it was switched off."""

    setting: str
    actor: str
    reason: str
    entry: int


@dataclass(frozen=True, slots=True)
class SentRow:
    """That the text of an exhibit went to the model that was set by the act at position `model`."""

    exhibit: str
    model: int
    actor: str
    entry: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as people read it: its place, who did what when, and what the body says."""

    position: int
    act: str
    version: int
    actor: str
    second: str
    at: str
    body: Mapping[str, Any]
