"""Edition bundles: what is packed is verified, what is forged is found, and what is not shown is said."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from merestone.ledger.archive import unpacked, written
from merestone.ledger.bundle import CHECKPOINT, CONSISTENCY, ENTRIES, HOW, KEY, NOT_SHOWN, packed, told, verify_bundle, verify_path
from merestone.ledger.canonical import canonical
from merestone.ledger.entry import entry_bytes, entry_of
from merestone.ledger.note import Signer
from merestone.ledger.terms import BrokenRecord, Refusal, Verified
from merestone.ledger.tiles import files as tiles
from merestone.ledger.tree import consistency, inclusion, root_at
from tests.ledger.made import OTHER, SIGNER, VKEY, Story, altered, entries, line, nodes, note_at, rows_of, story, with_note

STORY = story()
GOOD = STORY.packed()


@pytest.fixture
def verify(tmp_path: Path) -> Callable[..., Verified]:
    def run(data: bytes, vkey: str = VKEY, since: bytes = b"") -> Verified:
        path = tmp_path / "bundle.zip"
        path.write_bytes(data)
        return verify_bundle(path, vkey, since)

    return run


Verify = Callable[..., Verified]


def test_a_bundle_passes_in_nine_steps(verify: Verify) -> None:
    verified = verify(GOOD)
    assert verified.subject == "EDN-2031-0003-public"
    assert [step.number for step in verified.steps] == [str(number) for number in range(1, 10)]
    assert [step.number for step in verified.steps if not step.checked] == ["8", "9"]
    assert verified.steps[-1].found == NOT_SHOWN


def test_the_key_that_came_with_it_proves_nothing_about_who_signed(verify: Verify) -> None:
    step = verify(GOOD, "").steps[1]
    assert not step.checked
    assert "get the mission's key from elsewhere" in step.found


def test_each_step_is_told_as_a_line(verify: Verify) -> None:
    lines = list(told(verify(GOOD, "")))
    assert [text.partition(".")[0] for text in lines] == [str(number) for number in range(1, 10)]
    assert [number for number, text in enumerate(lines, 1) if "(NOT CHECKED)" in text] == [2, 8, 9]


def test_the_same_story_gives_the_same_bytes() -> None:
    assert story().packed() == GOOD


def test_what_is_in_it() -> None:
    top, files = unpacked(GOOD)
    assert top == "EDN-2031-0003-public"
    assert set(files) == {"edition.json", "report.html", HOW, KEY, CHECKPOINT, ENTRIES, CONSISTENCY}
    assert files[KEY].decode() == VKEY + "\n"
    first = json.loads(files[ENTRIES].split(b"\n")[0])
    assert first["entry"].encode() == STORY.rows[2].data
    assert [base64.b64decode(each) for each in first["proof"]] == list(inclusion(2, 10, nodes(STORY.rows)))


# --- a museum: one way of being wrong each ------------------------------------------------------------------------


def edited(name: str, old: bytes, new: bytes) -> bytes:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new)

    return altered(GOOD, name, change)


def lines_of(change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    return altered(GOOD, ENTRIES, lambda data: b"".join(each + b"\n" for each in change(data.split(b"\n")[:-1])))


def elsewhere(position: int) -> bytes:
    """An entry of another ledger with its own right proof."""
    rows = rows_of(entries(10, 70))
    proof = [base64.b64encode(each).decode() for each in inclusion(position, 10, nodes(rows))]
    return canonical({"position": position, "entry": rows[position].data.decode(), "proof": proof})


def anew(name: str, top: str = "EDN-2031-0003-public") -> bytes:
    return written({f"{name}{each.removeprefix(top)}": data for each, data in whole(GOOD).items()})


def whole(data: bytes) -> dict[str, bytes]:
    top, files = unpacked(data)
    return {f"{top}/{name}": content for name, content in files.items()}


def said(name: str, **changes: Any) -> bytes:
    return altered(GOOD, name, lambda data: canonical({**json.loads(data), **changes}) + b"\n")


ROOT6, ROOT5 = (root_at(size, nodes(STORY.rows)).hex() for size in (6, 5))
FROM5 = [base64.b64encode(each).decode() for each in consistency(5, 10, nodes(STORY.rows))]
PUBLISHED = STORY.rows[8].data.decode()
LINES = unpacked(GOOD)[1][ENTRIES].split(b"\n")
PROOF = json.loads(LINES[0])["proof"]

MUSEUM: dict[str, tuple[bytes, str]] = {
    "swapped leaf": (line(GOOD, 0, entry=STORY.rows[3].data.decode()), "proof of entry 2"),
    "swapped position": (line(GOOD, 0, position=3), "proof of entry 3"),
    "position beyond the tree": (line(GOOD, 0, position=10), "proof of entry 10"),
    "position below zero": (line(GOOD, 0, position=-1), "proof of entry -1"),
    "position as a yes": (line(GOOD, 0, position=True), f"{ENTRIES}, line 1"),
    "proof of another entry": (line(GOOD, 0, proof=json.loads(LINES[1])["proof"]), "proof of entry 2"),
    "truncated proof": (line(GOOD, 0, proof=PROOF[:-1]), "proof of entry 2"),
    "longer proof": (line(GOOD, 0, proof=[*PROOF, PROOF[0]]), "proof of entry 2"),
    "proof without padding": (line(GOOD, 0, proof=[PROOF[0].rstrip("="), *PROOF[1:]]), f"{ENTRIES}, line 1"),
    "proof of other things": (line(GOOD, 0, proof=[5]), f"{ENTRIES}, line 1"),
    "proof of signs": (line(GOOD, 0, proof=["=" * 44]), f"{ENTRIES}, line 1"),
    "entry of another ledger": (lines_of(lambda all_: [all_[0], all_[1], elsewhere(8)]), "proof of entry 8"),
    "foreign entry beside": (lines_of(lambda all_: [elsewhere(1), *all_]), "proof of entry 1"),
    "an entry twice": (lines_of(lambda all_: [all_[0], *all_]), f"{ENTRIES}, line 2"),
    "entries in another order": (lines_of(lambda all_: [all_[1], all_[0], all_[2]]), f"{ENTRIES}, line 2"),
    "an entry of the basis missing": (lines_of(lambda all_: all_[1:]), "edition.json, EXH-7K3F-Q2MW#2"),
    "the published entry missing": (lines_of(lambda all_: all_[:2]), ENTRIES),
    "no entries": (lines_of(lambda all_: []), ENTRIES),
    "a line in another form": (lines_of(lambda all_: [all_[0].replace(b":", b": ", 1), *all_[1:]]), f"{ENTRIES}, line 1"),
    "a line that is no table": (lines_of(lambda all_: [b"[]", *all_]), f"{ENTRIES}, line 1"),
    "a line with more": (line(GOOD, 0, more=1), f"{ENTRIES}, line 1"),
    "a line cut off": (altered(GOOD, ENTRIES, lambda data: data[:-1]), ENTRIES),
    "a line without end": (lines_of(lambda all_: [b"[" + b"[]," * 100_000 + b"[]]", *all_]), f"{ENTRIES}, line 1"),
    "a deep line": (lines_of(lambda all_: [b"[" * 100_000, *all_]), f"{ENTRIES}, line 1"),
    "missing report": (altered(GOOD, "report.html", lambda data: None), "file report.html"),
    "extra file": (altered(GOOD, "extra.html", lambda data: b"x"), "file extra.html"),
    "extra file among the record": (altered(GOOD, "record/more", lambda data: b"x"), "file record/more"),
    "edited report": (edited("report.html", b"Veldar says", b"Orsay  says"), "file report.html"),
    "edited edition": (edited("edition.json", b"The line", b"The lane"), "file edition.json"),
    "edition under another name": (anew("EDN-2031-0004-public"), "edition.json"),
    "edition in another profile": (anew("EDN-2031-0003-internal"), "edition.json"),
    "other key": (altered(GOOD, KEY, lambda data: OTHER.verifier.encode() + b"\n"), KEY),
    "key that is none": (altered(GOOD, KEY, lambda data: b"key"), KEY),
    "key in other bytes": (altered(GOOD, KEY, lambda data: b"\xff" + data), KEY),
    "checkpoint by another key": (altered(GOOD, CHECKPOINT, lambda data: note_at(STORY.rows, 10, OTHER)), f"the checkpoint of {SIGNER.name}"),
    "older checkpoint": (altered(GOOD, CHECKPOINT, lambda data: note_at(STORY.rows, 9)), "proof of entry 2"),
    "frozen at another size": (said(CONSISTENCY, first=5, root=ROOT5, proof=FROM5), CONSISTENCY),
    "frozen with another root": (said(CONSISTENCY, root=ROOT5), CONSISTENCY),
    "frozen in a root of other letters": (said(CONSISTENCY, root=ROOT6.upper()), CONSISTENCY),
    "frozen at no size": (said(CONSISTENCY, first=0), CONSISTENCY),
    "consistent with another size": (said(CONSISTENCY, second=9), CONSISTENCY),
    "consistency without proof": (said(CONSISTENCY, proof=[]), "proof from size 6 to size 10"),
    "consistency of something else": (said(CONSISTENCY, proof=FROM5), "proof from size 6 to size 10"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", MUSEUM)
def test_the_museum_of_bundles(verify: Verify, wrong: str) -> None:
    data, where = MUSEUM[wrong]
    with pytest.raises(BrokenRecord) as broken:
        verify(data)
    assert broken.value.where == where


@pytest.mark.parametrize("name", [KEY, CHECKPOINT, ENTRIES, CONSISTENCY, "edition.json"])
def test_a_part_that_every_bundle_has(verify: Verify, name: str) -> None:
    with pytest.raises(Refusal, match=f"bundle_unreadable.*no {name}"):
        verify(altered(GOOD, name, lambda data: None))


def test_every_altered_byte_of_what_was_signed_is_found(verify: Verify) -> None:
    _, files = unpacked(GOOD)
    for name in sorted(set(files) - {HOW}):
        for at in range(len(files[name])):
            changed = bytearray(files[name])
            changed[at] ^= 1 << at % 8
            with pytest.raises(BrokenRecord):
                verify(altered(GOOD, name, lambda data, new=bytes(changed): new))  # type: ignore[misc]


def test_how_to_check_is_not_vouched_for_and_that_is_said(verify: Verify) -> None:
    verified = verify(altered(GOOD, HOW, lambda data: b"Trust me."))
    assert f"{HOW} is not one of them" in verified.steps[4].found


# --- forgers who do everything right but have another key, and missions that publish what does not hold -------------


def resigned(signer: Signer) -> bytes:
    """The whole bundle made anew by somebody with a key of his own, under the mission's name."""
    forged = replace(STORY.bundle, vkey=signer.verifier, note=note_at(STORY.rows, 10, signer))
    return Story(STORY.rows, forged).packed()


def test_a_forgery_that_is_sound_in_itself_passes_only_uncompared(verify: Verify) -> None:
    forged = resigned(OTHER)
    assert not verify(forged, "").steps[1].checked
    with pytest.raises(BrokenRecord) as broken:
        verify(forged, VKEY)
    assert broken.value.where == KEY


def test_a_key_that_was_given_wrongly_is_refused(verify: Verify) -> None:
    with pytest.raises(Refusal, match="key_malformed"):
        verify(GOOD, "no key")


def changed(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda edition: edition.update({name: value})


HEAD = {"origin": SIGNER.name, "size": 6, "root": ROOT6}

UNSOUND: dict[str, tuple[Any, Any, str]] = {
    "no checkpoint": (changed("checkpoint", None), None, "edition.json"),
    "checkpoint of another ledger": (changed("checkpoint", {**HEAD, "origin": "MIS-OTHER"}), None, "edition.json"),
    "checkpoint of another size": (changed("checkpoint", {**HEAD, "size": 7}), None, "edition.json"),
    "checkpoint with another root": (changed("checkpoint", {**HEAD, "root": "0" * 64}), None, "edition.json"),
    "another profile": (changed("profile", "internal"), None, "edition.json"),
    "another edition": (changed("edition", 3), None, "edition.json"),
    "no basis": (changed("basis", None), None, "edition.json"),
    "a basis of other things": (changed("basis", ["EXH-7K3F-Q2MW#2"]), None, "edition.json"),
    "a basis without a name": (changed("basis", [{"id": "", "position": 2}]), None, "edition.json"),
    "a position as text": (changed("basis", [{"id": "EXH-7K3F-Q2MW#2", "position": "2"}]), None, "edition.json"),
    "an entry that is not given": (changed("basis", [{"id": "EXH-7K3F-Q2MW#3", "position": 3}]), None, "edition.json, EXH-7K3F-Q2MW#3"),
    "an entry of after it was frozen": (changed("basis", [{"id": "EDN-2031-0003", "position": 8}]), None, "edition.json, EDN-2031-0003"),
    "an entry about something else": (changed("basis", [{"id": "EXH-7K3F-Q2MW#4", "position": 2}]), None, "edition.json, EXH-7K3F-Q2MW#4"),
    "an entry about the whole exhibit": (changed("basis", [{"id": "EXH-9999-9999#4", "position": 2}]), None, "edition.json, EXH-9999-9999#4"),
    "words that a terminal obeys": (changed("basis", [{"id": "\x1b[2J\u202e", "position": 2}]), None, "edition.json, \\x1b[2J\\u202e"),
    "published for another profile": (changed("title", ""), {"profile": "internal"}, ENTRIES),
    "published another edition": (changed("title", ""), {"edition": "EDN-2031-0004"}, ENTRIES),
    "no list of files": (changed("title", ""), {"files": ["report.html"]}, "the published entry"),
    "a file that is not there": (lambda edition: None, {"files": {"more.pdf": "0" * 64}}, "file edition.json"),
    "no frozen size": (changed("title", ""), {"frozen": None}, CONSISTENCY),
    "frozen empty": (changed("title", ""), {"frozen": {"size": 0, "root": ROOT6}}, CONSISTENCY),
    "frozen with more": (changed("title", ""), {"frozen": {"size": 6, "root": ROOT6, "more": 1}}, CONSISTENCY),
}  # fmt: skip


@pytest.mark.parametrize("wrong", UNSOUND)
def test_what_a_mission_may_not_publish(wrong: str) -> None:
    """`packed` verifies what it made; so none of these bundles ever comes out, signed though it would be."""
    change, body, where = UNSOUND[wrong]
    with pytest.raises(BrokenRecord) as broken:
        story(change, body).packed()
    assert broken.value.where == where


def test_a_claim_may_rest_on_an_entry_that_names_its_exhibit() -> None:
    received = entry_bytes(replace(entry_of(STORY.rows[2].data), act="received", body={"exhibit": ["EXH-7K3F-Q2MW"]}))
    made = story(changed("basis", [{"id": "EXH-7K3F-Q2MW#9", "position": 5}]), None)
    leaves = [*(row.data for row in made.rows[:5]), received, *(row.data for row in made.rows[6:])]
    root = root_at(6, nodes(rows_of(leaves))).hex()
    edition = json.loads(dict(made.bundle.files)["edition.json"])
    edition["checkpoint"]["root"] = root
    content = json.dumps(edition).encode()
    body = {**entry_of(leaves[8]).body, "frozen": {"size": 6, "root": root}}
    body["files"] = {**body["files"], "edition.json": hashlib.sha256(content).hexdigest()}
    leaves[8] = entry_bytes(replace(entry_of(leaves[8]), body=body))
    rows = rows_of(leaves)
    bundle = replace(
        made.bundle,
        files=(("edition.json", content), made.bundle.files[1]),
        note=note_at(rows, 10),
        frozen=(6, root),
        entries=((5, received), (8, leaves[8])),
    )
    assert Story(rows, bundle).packed()


def test_published_twice(verify: Verify) -> None:
    rows = rows_of([*(row.data for row in STORY.rows[:9]), STORY.rows[8].data])
    twice = replace(STORY.bundle, note=note_at(rows, 10), entries=(*STORY.bundle.entries, (9, STORY.rows[8].data)))
    with pytest.raises(BrokenRecord, match="found 2"):
        packed(twice, nodes(rows), "")


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"edition":1,"edition":1}', b"[" * 100_000, b'{"a":' + b"9" * 5000 + b"}"],
    ids=lambda text: ascii(text[:9]),
)
def test_an_edition_that_is_no_edition(verify: Verify, text: bytes) -> None:
    with pytest.raises(BrokenRecord) as broken:
        verify(altered(GOOD, "edition.json", lambda data: text))
    assert broken.value.where == "edition.json"


def test_a_name_twice_in_the_edition(verify: Verify) -> None:
    """Signed as it is, one program would read the first value and another the last."""
    with pytest.raises(BrokenRecord, match="a name twice"):
        verify(altered(GOOD, "edition.json", lambda data: data.replace(b'"title"', b'"profile": "public", "title"')))


def test_a_root_in_capital_letters() -> None:
    made = story(body={"frozen": {"size": 6, "root": ROOT6.upper()}})
    with pytest.raises(BrokenRecord, match="64 hex digits"):
        Story(made.rows, replace(made.bundle, frozen=(6, ROOT6.upper()))).packed()


@pytest.mark.parametrize(("name", "size"), [(KEY, 70_000), (CONSISTENCY, 70_000), ("edition.json", (32 << 20) + 1)])
def test_parts_that_are_far_too_large_are_not_read(verify: Verify, name: str, size: int) -> None:
    noise = hashlib.shake_256(b"noise").digest(1 << 16)
    with pytest.raises(Refusal, match="more than"):
        verify(altered(GOOD, name, lambda data: (noise * (size // len(noise) + 1))[:size]))


@pytest.mark.parametrize("name", ["record/extra", HOW, KEY])
def test_a_file_of_the_edition_cannot_pass_for_one_of_the_record(name: str) -> None:
    bundle = replace(STORY.bundle, files=(*STORY.bundle.files, (name, b"x")))
    with pytest.raises(Refusal, match="bundle_unreadable"):
        packed(bundle, nodes(STORY.rows), "")


def test_a_name_that_is_not_plain_is_not_packed() -> None:
    with pytest.raises(Refusal, match="bundle_unreadable"):
        packed(replace(STORY.bundle, files=(*STORY.bundle.files, ("../up.html", b"x"))), nodes(STORY.rows), "")


# --- what somebody kept from before -------------------------------------------------------------------------------


def test_a_checkpoint_kept_from_before(verify: Verify) -> None:
    for size, checked in ((10, True), (6, True), (5, False), (11, False)):
        rows = rows_of([*(row.data for row in STORY.rows), *entries(1, 20)])
        step = verify(GOOD, VKEY, note_at(rows, size)).steps[7]
        assert (step.checked, str(size) in step.found) == (checked, True)
    for note in (note_at(rows_of(entries(10, 40)), 10), note_at(rows_of(entries(10, 40)), 6)):
        with pytest.raises(BrokenRecord):
            verify(GOOD, VKEY, note)
    for unfit in (note_at(STORY.rows, 10, OTHER), b"x"):  # the reader's file is at fault, not the record
        with pytest.raises(Refusal, match="checkpoint_unfit"):
            verify(GOOD, VKEY, unfit)


# --- what lies there ----------------------------------------------------------------------------------------------


def test_a_path_is_a_bundle_a_folder_of_tiles_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(GOOD)
    assert verify_path(tmp_path / "b.zip", VKEY).subject == "EDN-2031-0003-public"
    for name, data in tiles(STORY.rows, 10, note_at(STORY.rows, 10), VKEY):
        (tmp_path / "t" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "t" / name).write_bytes(data)
    assert verify_path(tmp_path / "t", VKEY).subject == SIGNER.name
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "none", tmp_path / "pipe", Path(os.devnull), tmp_path / "a\0b", tmp_path / ("x" * 5000)):
        with pytest.raises(Refusal, match="not_verifiable"):
            verify_path(path)
    (tmp_path / "text").write_text("hello")
    with pytest.raises(Refusal, match="bundle_unreadable"):
        verify_path(tmp_path / "text")


def test_with_note_of_a_smaller_tree_nothing_is_packed() -> None:
    with pytest.raises(Refusal, match="no_such_proof"):
        with_note(STORY, note_at(STORY.rows, 8)).packed()
