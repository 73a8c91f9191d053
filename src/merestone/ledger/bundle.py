"""The edition bundle: one zip with an edition, the entries it rests on, and the proofs that they stand in the signed ledger.

A stranger checks it offline, with nothing but this room. The caller of `verify_bundle` MUST show every step, the last one above
all: it says what has not been shown.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from merestone.ledger.archive import bytes_at, unpacked, written
from merestone.ledger.canonical import canonical, parsed
from merestone.ledger.entry import entry_of
from merestone.ledger.note import Verifier, brought, decoded, opened, verifier_of
from merestone.ledger.terms import BrokenRecord, Checkpoint, Entry, Refusal, Step, Verified
from merestone.ledger.tiles import CHECKPOINT as TILES_CHECKPOINT
from merestone.ledger.tiles import verify_tiles
from merestone.ledger.tree import NodeAt, check_consistency, check_inclusion, consistency, inclusion, leaf_hash

HOW = "HOW-TO-CHECK.txt"
EDITION = "edition.json"
KEY, CHECKPOINT, ENTRIES, CONSISTENCY = "record/key", "record/checkpoint", "record/entries.jsonl", "record/consistency.json"
RECORD = (KEY, CHECKPOINT, ENTRIES, CONSISTENCY)
SMALL, LINE, LARGE = 65_536, 262_144, 32 << 20  # bytes of a small file, of an entry with its proof, and of edition.json
NOT_SHOWN = (
    "that what the claims say is so; that the mission recorded everything it received; that it shows everybody the same ledger; "
    "that it has not retracted or replaced this edition since; and that the key is the mission's, unless it was compared with one from elsewhere"
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes into a bundle. `files` are the edition's, edition.json among them; `note` is a checkpoint of at least the size that
    holds all `entries` (position, canonical bytes), the `published` one among them; `frozen` the (size, root in hex) of before."""

    edition: str
    profile: str
    files: tuple[tuple[str, bytes], ...]
    vkey: str
    note: bytes
    frozen: tuple[int, str]
    entries: tuple[tuple[int, bytes], ...]


def packed(bundle: Bundle, node: NodeAt, how_to_check: str) -> bytes:
    """The zip. It has been verified as a stranger would: what does not hold raises here and never leaves the house."""
    size = opened(bundle.note, bundle.vkey).size
    lines = [
        canonical({"position": at, "entry": data.decode(), "proof": _coded(inclusion(at, size, node))})
        for at, data in sorted(bundle.entries)
    ]
    first, root = bundle.frozen
    proof = _coded(consistency(first, size, node))
    ours = {
        HOW: how_to_check.encode(),
        KEY: f"{bundle.vkey}\n".encode(),
        CHECKPOINT: bundle.note,
        ENTRIES: b"".join(line + b"\n" for line in lines),
        CONSISTENCY: canonical({"first": first, "second": size, "root": root, "proof": proof}) + b"\n",
    }
    taken = [name for name, _ in bundle.files if name in ours or name.startswith("record/")]
    if taken:
        raise Refusal("bundle_unreadable", found=f"a file of the edition named {taken[0]}, which the bundle has itself")
    top = f"{bundle.edition}-{bundle.profile}"
    data = written({f"{top}/{name}": content for name, content in (*bundle.files, *ours.items())})
    verify_bytes(data, bundle.vkey)
    return data


def verify_bundle(path: Path, vkey: str = "", since: bytes = b"") -> Verified:
    """1 a sound zip  2 the key  3 the checkpoint is signed  4 every entry is included  5 the files are the published ones
    6 the edition was frozen in this ledger  7 it rests on these entries  8 an older checkpoint is contained  9 what is not shown.

    `vkey` is the mission's key from elsewhere, `since` a checkpoint that the reader kept. Raises `Refusal` `bundle_unreadable` for
    what is no bundle, `BrokenRecord` for one that does not hold; what returns has passed every step that is marked as checked."""
    return verify_bytes(bytes_at(path), vkey, since)


def verify_path(path: Path, vkey: str = "", since: bytes = b"") -> Verified:
    """A bundle or a folder of tiles, whichever lies there."""
    try:
        folder, file, tiles = path.is_dir(), path.is_file(), (path / TILES_CHECKPOINT).is_file()
    except OSError:
        raise Refusal("not_verifiable", found="something that cannot be opened") from None
    if tiles:
        return verify_tiles(path, vkey, since)
    if file:
        return verify_bundle(path, vkey, since)
    raise Refusal("not_verifiable", found="a folder without a checkpoint" if folder else "no file and no folder")


def told(verified: Verified) -> Iterator[str]:
    """Each step as a line for a person."""
    for step in verified.steps:
        yield f"{step.number}. {step.what}{'' if step.checked else ' (NOT CHECKED)'}: {step.found}."


def verify_bytes(data: bytes, vkey: str = "", since: bytes = b"") -> Verified:
    """The steps of `verify_bundle`, for bytes that are about to be handed on."""
    steps = []
    top, files = unpacked(data)  # 1
    missing = [name for name in (*RECORD, EDITION) if name not in files]
    if missing:
        raise Refusal("bundle_unreadable", found=f"no {missing[0]}, which every bundle has")
    for name, limit in ((KEY, SMALL), (CONSISTENCY, SMALL), (EDITION, LARGE)):
        if len(files[name]) > limit:
            raise Refusal("bundle_unreadable", found=f"{name} of more than {limit} bytes")
    steps.append(Step("1", "A sound zip", f"{len(files)} files in the folder {top}"))

    verifier, found = _key(files[KEY], vkey)  # 2
    steps.append(Step("2", f"The key of {verifier.name}", found, checked=bool(vkey)))

    checkpoint = opened(files[CHECKPOINT], str(verifier))  # 3
    steps.append(Step("3", "The checkpoint is signed by it", f"{checkpoint.size} entries, root {checkpoint.root.hex()}"))

    entries = _entries(files[ENTRIES], checkpoint)  # 4
    steps.append(Step("4", "Every entry given is in the ledger", f"{len(entries)} entries included"))

    edition = _edition(files[EDITION])
    at, body = _published(top, edition, entries)  # 5
    names = _check_files(files, body.get("files"))
    steps.append(Step("5", "The files are those that were published", f"{names} files, entry {at}; {HOW} is not one of them"))

    frozen = _frozen(files[CONSISTENCY], body.get("frozen"), checkpoint)  # 6
    steps.append(Step("6", "The edition was frozen in this same ledger", f"when it had {frozen.size} entries"))

    basis = _check_edition(edition, frozen, entries)  # 7
    steps.append(Step("7", "It rests on entries of before it was frozen", f"{basis} named, all given"))

    steps.append(_since(since, verifier, (checkpoint, frozen)))  # 8
    steps.append(Step("9", "What this does not show", NOT_SHOWN, checked=False))
    return Verified(top, tuple(steps))


def _key(data: bytes, vkey: str) -> tuple[Verifier, str]:
    wanted = verifier_of(vkey) if vkey else None
    try:
        verifier = verifier_of(data.decode("utf-8", "replace").removesuffix("\n"))
    except Refusal as refusal:
        raise BrokenRecord(KEY, "a key", str(refusal.facts["found"])) from None
    if wanted is None:
        return verifier, "the bundle's own, compared with none: get the mission's key from elsewhere and give it"
    if wanted != verifier:
        raise BrokenRecord(KEY, f"the key {wanted}", f"the key {verifier}")
    return verifier, "the one that was given"


def _entries(data: bytes, checkpoint: Checkpoint) -> dict[int, bytes]:
    """By position, as bytes: a hostile entry is small, and what it can be read as may be twenty times as large."""
    if not data.endswith(b"\n"):
        raise BrokenRecord(ENTRIES, "a line for each entry", "none, or one that is cut off")
    entries: dict[int, bytes] = {}
    last, stream = -1, io.BytesIO(data)
    for count, line in enumerate(iter(lambda: stream.readline(LINE), b""), 1):
        where = f"{ENTRIES}, line {count}"
        said = _table(where, line.removesuffix(b"\n"), {"position": int, "entry": str, "proof": list})
        position, entry = said["position"], said["entry"].encode()
        check_inclusion(leaf_hash(entry), position, checkpoint.size, _hashes(where, said["proof"]), checkpoint.root)
        if position <= last:
            raise BrokenRecord(where, f"a position above {last}", str(position))
        _entry(position, entry)
        last, entries[position] = position, entry
    return entries


def _entry(position: int, data: bytes) -> Entry:
    try:
        return entry_of(data)
    except Refusal as refusal:
        raise BrokenRecord(f"entry {position}", "canonical bytes of an entry", str(refusal.facts["found"])) from None


def _published(top: str, edition: Mapping[str, Any], entries: Mapping[int, bytes]) -> tuple[int, Mapping[str, Any]]:
    """Position and body of the one act by which this edition was published in this profile."""
    name, profile = edition.get("edition"), edition.get("profile")
    if type(name) is not str or type(profile) is not str or top != f"{name}-{profile}":
        raise BrokenRecord(EDITION, f"the edition and the profile of {top}", "others")
    acts = [(at, _entry(at, data).body) for at, data in entries.items() if data.startswith(b'{"act":"published",')]
    found = [(at, body) for at, body in acts if (body.get("edition"), body.get("profile")) == (name, profile)]
    if len(found) != 1:
        raise BrokenRecord(ENTRIES, f"one entry that publishes {top}", f"{len(found)}")
    return found[0]


def _check_files(files: Mapping[str, bytes], listed: Any) -> int:
    present = {name: data for name, data in files.items() if name != HOW and name not in RECORD}
    if type(listed) is not dict:
        raise BrokenRecord("the published entry", "a list of files", "none")
    for name in sorted({*present, *listed}):
        where = f"file {_shown(name)}"
        if name not in present:
            raise BrokenRecord(where, "the file that was published", "none")
        if name not in listed:
            raise BrokenRecord(where, "no such file, for none was published", "one")
        digest = hashlib.sha256(present[name]).hexdigest()
        if listed[name] != digest:
            raise BrokenRecord(where, f"SHA-256 {_shown(listed[name])}", f"SHA-256 {digest}")
    return len(present)


def _frozen(data: bytes, said: Any, checkpoint: Checkpoint) -> Checkpoint:
    proof = _table(CONSISTENCY, data.removesuffix(b"\n"), {"first": int, "second": int, "root": str, "proof": list})
    size, root = proof["first"], proof["root"]
    if type(said) is not dict or said != {"size": size, "root": root} or proof["second"] != checkpoint.size:
        raise BrokenRecord(CONSISTENCY, "the sizes and the root that were published and signed", "others")
    frozen = Checkpoint(checkpoint.origin, size, _hash(CONSISTENCY, root))
    check_consistency(size, frozen.root, checkpoint.size, checkpoint.root, _hashes(CONSISTENCY, proof["proof"]))
    return frozen


def _check_edition(edition: Mapping[str, Any], frozen: Checkpoint, entries: Mapping[int, bytes]) -> int:
    if edition.get("checkpoint") != {"origin": frozen.origin, "size": frozen.size, "root": frozen.root.hex()}:
        raise BrokenRecord(EDITION, "the checkpoint at which it was frozen", "another, or none")
    basis = edition.get("basis")
    if type(basis) is not list:
        raise BrokenRecord(EDITION, "a list of what it rests on", "none")
    named: dict[int, set[str]] = {}
    for each in basis:
        name, at = (each.get("id"), each.get("position")) if type(each) is dict else (None, None)
        if type(name) is not str or type(at) is not int or not name:
            raise BrokenRecord(EDITION, "an id and a position for all that it rests on", "something else")
        if at not in entries or at >= frozen.size:
            raise BrokenRecord(
                f"{EDITION}, {_shown(name)}", f"entry {_shown(str(at))} among those given, from before the edition was frozen", "none"
            )
        named.setdefault(at, set()).add(name)
    for at, names in named.items():
        texts = set(_texts(_entry(at, entries[at]).body))
        for name in sorted(names):
            if not {name, name.partition("#")[0]} & texts:
                raise BrokenRecord(f"{EDITION}, {_shown(name)}", f"entry {at} to name it", "an entry about something else")
    return len(basis)


def _since(note: bytes, verifier: Verifier, proved: tuple[Checkpoint, ...]) -> Step:
    what = "A checkpoint kept from before is still contained"
    if not note:
        return Step("8", what, "none was given: keep record/checkpoint of this bundle for the next one", checked=False)
    kept = brought(note, str(verifier))
    for each in proved:
        if each.size == kept.size:
            if each.root != kept.root:
                raise BrokenRecord("the checkpoint kept from before", f"root {each.root.hex()}", f"root {kept.root.hex()}")
            return Step("8", what, f"the one of size {kept.size}")
    return Step("8", what, f"this bundle proves nothing about size {kept.size}: ask the mission for its tiles", checked=False)


# --- what a file says ---------------------------------------------------------------------------------------------


def _edition(data: bytes) -> dict[str, Any]:
    """edition.json as it is: not canonical, but with one value a name, so that everybody reads the same."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in pairs}) != len(pairs):
            raise BrokenRecord(EDITION, "each name once", "a name twice")
        return dict(pairs)

    try:
        found = json.loads(data.decode(), object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise BrokenRecord(EDITION, "JSON", "something else") from None
    if type(found) is not dict:
        raise BrokenRecord(EDITION, "a table of names and values", "something else")
    return found


def _table(where: str, line: bytes, kinds: Mapping[str, type]) -> dict[str, Any]:
    try:
        found = parsed(line)
    except Refusal as refusal:
        raise BrokenRecord(where, "canonical JSON", str(refusal.facts["found"])) from None
    if type(found) is not dict or {name: type(each) for name, each in found.items()} != kinds:
        raise BrokenRecord(where, f"{', '.join(sorted(kinds))}", "something else")
    return found


def _coded(hashes: tuple[bytes, ...]) -> list[str]:
    return [base64.b64encode(each).decode() for each in hashes]


def _hashes(where: str, coded: list[Any]) -> list[bytes]:
    out = []
    for each in coded:
        found = decoded(each) if type(each) is str else None
        if found is None or len(found) != 32:
            raise BrokenRecord(where, "hashes of 32 bytes in base64", "something else")
        out.append(found)
    return out


def _hash(where: str, digits: str) -> bytes:
    found = bytes.fromhex(digits) if len(digits) == 64 and set(digits) <= set("0123456789abcdef") else b""
    if len(found) != 32:
        raise BrokenRecord(where, "a root of 64 hex digits", "something else")
    return found


def _texts(value: Any) -> Iterator[str]:
    if type(value) is str:
        yield value
    elif type(value) is dict or type(value) is list:
        for inner in value.values() if type(value) is dict else value:
            yield from _texts(inner)


def _shown(value: Any) -> str:
    """What a hostile file says, in a form that no terminal obeys."""
    return ascii(value[:100])[1:-1] if type(value) is str else "something else"
