"""What leaves the house: an edition is drafted, approved, published with its proofs, and taken back if it was wrong.

The law it keeps: what is published was recorded by people, by another person than the one who drafted it or it says that there was none,
and the files are those whose digests the entry names. A frozen edition is never altered: whatever changes makes another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from merestone.ledger.bundle import Bundle, packed
from merestone.ledger.canonical import canonical, parsed
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.ledger.tree import node_in
from merestone.register import ids, packs, queries, vault
from merestone.register.checking import Checked, how_to_check
from merestone.register.configure import rows
from merestone.register.corrections import corrections_in
from merestone.register.edition import Asking, edition_of, linked_at, rests_on, title_of
from merestone.register.frozen import freeze, thaw
from merestone.register.known import captives_since
from merestone.register.people import who
from merestone.register.reason import reasoned
from merestone.register.rebuild import compared
from merestone.register.record import writing
from merestone.register.standing import is_open
from merestone.register.terms import Account, Act, EditionRow, EntryRow, Mission, Recorded
from merestone.report.redact import redact
from merestone.report.render import FILES, render
from merestone.report.standing import tally
from merestone.report.terms import DRAFT, KNOWN_THEN, PROFILES, PUBLIC, PUBLISHED, Edition, Hand, Standing

_HANDS = ("analyst", "reviewer", "publisher")  # roles that draft, approve or publish


def draft(mission: Mission, actor: str, asking: Asking) -> EditionRow:
    """Freezes the record as it stands. One writing: what was looked at is what the checkpoint covers. If we stop before its COMMIT there
    is no draft and no number is taken. `BrokenRecord` where the tables are not what the entries say: what leaves the house rests on entries."""
    if asking.profile not in PROFILES:
        raise Refusal("profile_unknown", asked=asking.profile, there_is=", ".join(PROFILES))
    with writing(mission) as desk:
        by = who(mission, actor)
        _as_entries_say(mission)
        made = edition_of(mission, asking)
        ident = ids.following(mission, "EDN")[0]
        made = replace(made, standing=_standing(mission, made, ident, by), corrections=corrections_in(mission, made))
        recorded, whole = tally(made)
        content = vault.item(mission, "edition", ident, freeze(made))
        rests = vault.item(mission, "rests", ident, canonical({**rests_on(made), "linked": linked_at(mission)}))
        head = made.checkpoint
        body = {"edition": ident, "profile": asking.profile, "content": content.commitment, "rests": rests.commitment}
        counts = {"size": head.size if head else 0, "root": head.root if head else "", "claims": whole, "proposals": whole - recorded}
        desk.add(Act("drafted", by.id, {**body, **counts}, items=(content, rests)))
        desk.flush()
        return queries.edition(mission, ident)


def approve(mission: Mission, actor: str, edition: str, reason: str = "") -> Recorded:
    """A reviewer's word that it may be published; never the drafter's own."""
    with writing(mission) as desk:
        by, row = who(mission, actor), _whole(mission, _still(mission, edition, ("drafted",)))
        if by.id == row.drafted_by:
            raise Refusal("edition_own", edition=edition, act="approve")
        items = (vault.item(mission, "reason", edition, reason.encode()),) if reason else ()
        body = {"edition": edition, "reason": items[0].commitment if items else ""}
        return Recorded(desk.add(Act("approved", by.id, body, items=items)), "approved", edition)


def retract(mission: Mission, actor: str, edition: str, reason: str, replaced_by: str = "") -> Recorded:
    """Takes a published edition back. That it was published stays in the ledger, and so do the bundles in other hands."""
    with writing(mission) as desk:
        by, row = who(mission, actor), _still(mission, edition, ("published",))
        if replaced_by == edition:
            raise Refusal("edition_replaces_itself", edition=edition)
        if replaced_by:
            _still(mission, replaced_by, ("published",))
        item = vault.item(mission, "reason", row.id, reasoned(reason, "retracted"))
        body = {"edition": edition, "replaced_by": replaced_by, "reason": item.commitment}
        return Recorded(desk.add(Act("retracted", by.id, body, items=(item,))), "retracted", edition)


def files(mission: Mission, edition: str, profile: str, names: Sequence[str] = FILES) -> dict[str, bytes]:
    """Its files for a profile: those that were published where it was, else a draft's. `Refusal` for one that is void."""
    at = _published(mission, edition, profile)
    if at is not None:
        return render(_final(mission, at), names)
    row = _whole(mission, _still(mission, edition, ("drafted", "published")))
    made = _frozen(mission, row)
    approved = Hand("reviewer", row.approved_by) if row.approved_by else Hand()
    standing = replace(made.standing, approved_by=approved) if made.standing is not None else None
    return render(redact(_cut(mission, replace(made, standing=standing), profile), profile), names)


def look_back(mission: Mission, asking: Asking, names: Sequence[str] = FILES) -> dict[str, bytes]:
    """The files of a mission as it was known at an hour (`known.as_known`): no edition, and no act."""
    if asking.profile not in PROFILES:
        raise Refusal("profile_unknown", asked=asking.profile, there_is=", ".join(PROFILES))
    made, at = edition_of(mission, asking), mission.known_on
    if at is None:
        raise ValueError("a look back needs a mission as it was known at an hour")
    standing = Standing(
        edition="", mission=mission.id, title=title_of(mission), state=KNOWN_THEN, verifier=mission.keys.verifier,
        as_of=at.isoformat(),
        local=tuple(clocks(at, packs.of(mission).timezones)), drafted_by=Hand(), approved_by=Hand(), published_by=Hand(),
        four_eyes=False, people=_people(mission),
    )  # fmt: skip
    return render(redact(_cut(mission, replace(made, standing=standing), asking.profile), asking.profile, captives_since(mission)), names)


# --- publishing ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ready:
    """All that the final files depend on beside the frozen content: looked at before they are made and again when they are published."""

    row: EditionRow
    publisher: str
    four_eyes: bool
    people: int


def publish(mission: Mission, actor: str, edition: str, profile: str) -> tuple[Recorded, bytes]:
    """Publishes it in a profile and gives the act with the bundle (.zip) for the world.

    1 the final files are made; 2 one transaction appends `published` with their digests, if all is still as it was when they were made;
    3 the bundle is made from what is stored. The COMMIT of 2 is the commit point. If we stop before it, nothing was published; if we
    stop after it and no bundle was kept, publishing again gives the very same bundle and appends nothing.
    """
    if profile not in PROFILES:
        raise Refusal("profile_unknown", asked=profile, there_is=", ".join(PROFILES))
    by = who(mission, actor)
    before = _published(mission, edition, profile)
    if before is not None:
        _still(mission, edition, ("published",))
        return Recorded(before.position, "published", edition), bundle(mission, edition, profile)
    ready = _ready(mission, by, edition)
    made = _closed(_frozen(mission, ready.row), ready)
    final = render(redact(_cut(mission, made, profile), profile))  # 1
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in final.items()}
    frozen = {"size": ready.row.size, "root": ready.row.root}
    body = {
        "edition": edition,
        "profile": profile,
        "files": digests,
        "frozen": frozen,
        "four_eyes": ready.four_eyes,
        "people": ready.people,
    }
    with writing(mission) as desk:  # 2
        if _ready(mission, who(mission, actor), edition) != ready or _published(mission, edition, profile) is not None:
            raise Refusal("edition_moved", edition=edition)
        done = Recorded(desk.add(Act("published", by.id, body)), "published", edition)
    return done, _packed(mission, queries.entry(mission, done.position), final)  # 3


def bundle(mission: Mission, edition: str, profile: str) -> bytes:
    """The bundle of a published edition, the same bytes each time. `Refusal` when another version of the program makes other files."""
    at = _published(mission, edition, profile)
    if at is None:
        raise Refusal("edition_not_published", edition=edition, profile=profile)
    return _packed(mission, at, render(_final(mission, at)))


def given_out(mission: Mission, edition: str, profile: str) -> EntryRow:
    """The entry that published it in that profile, while its bundle may still be handed on: neither retracted nor resting on what was
    protected or erased since."""
    row = _whole(mission, _still(mission, edition, ("published",)))
    at = _published(mission, row.id, profile)
    if at is None:
        raise Refusal("edition_not_published", edition=row.id, profile=profile)
    return at


def _ready(mission: Mission, by: Account, edition: str) -> _Ready:
    row = _whole(mission, _still(mission, edition, ("drafted", "published")))
    if row.proposals:
        raise Refusal("edition_unreviewed", edition=edition, proposals=row.proposals)
    people = _people(mission)
    if by.id == row.drafted_by and people > 1:
        raise Refusal("edition_own", edition=edition, act="publish")
    return _Ready(row, by.id, by.id != row.drafted_by, people)


def _still(mission: Mission, edition: str, states: Sequence[str]) -> EditionRow:
    """The edition, if it is in one of these states."""
    row = queries.edition(mission, edition)
    if row.state == "void":
        raise Refusal("edition_void", edition=edition)
    if row.state not in states:
        raise Refusal("edition_state", edition=edition, state=row.state, wanted=" or ".join(states))
    return row


def _whole(mission: Mission, row: EditionRow) -> EditionRow:
    """The same, if nothing that it rests on was protected or erased since. Which it was is not said: that would tell of it."""
    closed = {each.id for each in queries.exhibits(mission) if not is_open(each)}
    if closed & set(_rests(mission, row)["exhibits"]) or vault.open_item(mission.alias, row.content) is None:
        raise Refusal("edition_void", edition=row.id)
    return row


def _rests(mission: Mission, row: EditionRow) -> dict[str, Any]:
    told: dict[str, Any] = parsed(vault.read(mission, row.rests))
    return told


def _as_entries_say(mission: Mission) -> None:
    """Tables can be altered by whoever may write the file, and nothing signs them. Everyday acts believe them; an edition does not."""
    for first in compared(mission.alias).differences[:1]:
        raise BrokenRecord(
            f"entry {first.entry}", f"the row of {first.key} in the table {first.table} as entries say", "another row, or none"
        )


def _people(mission: Mission) -> int:
    return sum(1 for account in queries.accounts(mission) if account.open and set(account.roles) & set(_HANDS))


# --- from what is stored to the files, the same each time ---------------------------------------------------------


def _standing(mission: Mission, made: Edition, ident: str, by: Account) -> Standing:
    size = made.checkpoint.size if made.checkpoint else 0
    at = datetime.fromisoformat(queries.entry(mission, size - 1).at).replace(microsecond=0)
    role = next((role for role in _HANDS if role in by.roles), "")
    return Standing(
        edition=ident, mission=mission.id, title=title_of(mission), state=DRAFT, verifier=mission.keys.verifier, as_of=at.isoformat(),
        local=tuple(clocks(at, packs.of(mission).timezones)), drafted_by=Hand(role, by.id), approved_by=Hand(), published_by=Hand(),
        four_eyes=False, people=_people(mission),
    )  # fmt: skip


def clocks(at: datetime, zones: Sequence[str]) -> Iterator[tuple[str, str]]:
    """An hour on other clocks: zone, ISO. A zone that this machine does not know is passed over."""
    for zone in zones:
        try:
            yield zone, at.astimezone(ZoneInfo(zone)).isoformat()
        except ZoneInfoNotFoundError:
            continue


def _frozen(mission: Mission, row: EditionRow) -> Edition:
    return thaw(Edition, vault.read(mission, row.content))


def _final(mission: Mission, at: EntryRow) -> Edition:
    """The edition as it was published by that entry, redacted."""
    row = queries.edition(mission, str(at.body["edition"]))
    approvals = _approvals(mission, row, at)
    then = replace(row, approved_by=approvals[-1].actor if approvals else "")
    ready = _Ready(then, at.actor, bool(at.body["four_eyes"]), int(at.body["people"]))
    profile = str(at.body["profile"])
    return redact(_cut(mission, _closed(_frozen(mission, row), ready), profile), profile)


def _closed(made: Edition, ready: _Ready) -> Edition:
    if made.standing is None:
        return made
    approved = Hand("reviewer", ready.row.approved_by) if ready.row.approved_by else Hand()
    published = Hand("publisher", ready.publisher)
    standing = replace(made.standing, state=PUBLISHED, approved_by=approved, published_by=published)
    return replace(made, standing=replace(standing, four_eyes=ready.four_eyes, people=ready.people))


def _cut(mission: Mission, made: Edition, profile: str) -> Edition:
    """Outside, no entry that tells more than what is shown: of an exhibit that was once protected, of what stands behind a decision."""
    if profile != PUBLIC:
        return made
    basis = tuple((name, at) for name, at in made.basis if "#" not in name and _plain(queries.entry(mission, at)))
    return replace(made, basis=basis)


def _plain(entry: EntryRow) -> bool:
    return not entry.body.get("protected") and not entry.body.get("sealed") and not entry.body.get("by")


def _published(mission: Mission, edition: str, profile: str) -> EntryRow | None:
    row = queries.edition(mission, edition)
    if row.state not in ("published", "retracted"):
        return None
    for entry in queries.acts(mission, ("published",), row.drafted):
        if (entry.body["edition"], entry.body["profile"]) == (edition, profile):
            return entry
    return None


def _packed(mission: Mission, at: EntryRow, final: Mapping[str, bytes]) -> bytes:
    """The bundle under the first checkpoint that covers the publishing. Everything in it is stored, so it is the same each time."""
    if {name: hashlib.sha256(content).hexdigest() for name, content in final.items()} != dict(at.body["files"]):
        raise Refusal("edition_files_changed", edition=str(at.body["edition"]))
    sql = "SELECT note FROM ledger_checkpoint WHERE size > %s ORDER BY size LIMIT 1"
    note = bytes(rows(mission.alias, sql, (at.position,))[0][0])
    edition, profile, frozen = str(at.body["edition"]), str(at.body["profile"]), at.body["frozen"]
    given = sorted(set(_entries(mission, at, final["edition.json"])))
    made = Bundle(
        edition=edition, profile=profile, files=tuple(sorted(final.items())), vkey=mission.keys.verifier, note=note,
        frozen=(int(frozen["size"]), str(frozen["root"])), entries=tuple((position, queries.data(mission, position)) for position in given),
    )  # fmt: skip
    told = Checked(
        edition, profile, mission.id, mission.keys.verifier, len(given), at.position, int(frozen["size"]), bool(at.body["four_eyes"])
    )
    return packed(made, node_in(lambda position: queries.hashes(mission, position)), how_to_check(told))


def _entries(mission: Mission, at: EntryRow, data: bytes) -> Iterator[int]:
    """The opening, what its own data names, the linking, the draft, its approvals, the publishing."""
    row = queries.edition(mission, str(at.body["edition"]))
    yield 0
    yield from (int(each["position"]) for each in json.loads(data)["basis"])
    yield int(_rests(mission, row)["linked"])
    yield row.drafted
    yield from (entry.position for entry in _approvals(mission, row, at))
    yield at.position


def _approvals(mission: Mission, row: EditionRow, at: EntryRow) -> list[EntryRow]:
    return [entry for entry in queries.acts(mission, ("approved",), row.drafted, at.position) if entry.body["edition"] == row.id]
