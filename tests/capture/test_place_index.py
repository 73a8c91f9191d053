"""The index of very many places: it finds what the table gives, for small packs and large alike, and refuses what it is not."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from merestone.capture import names, place_index
from merestone.capture.pack import SHIPPED, index_for, load_pack, open_pack
from merestone.capture.pack_check import check
from merestone.capture.place_index import IndexedPlaces, places_by_id, with_wide
from merestone.capture.terms import Pack
from merestone.ledger.terms import Refusal

HEAD = "id,name,level,lat,lon,within,names_en,names_xx\n"
ROWS = """norland,Norland,country,-34,-61,,,
tarn-district,Tarn District,district,-34,-60.4,norland,Tarn,
tarn,Tarn,town,-34.02,-60.45,tarn-district,Tarn; Old Tarn,?
mill,Upper Mill,village,-34.25,-60.3,tarn-district,Upper Mill; the lower mill,~Mill
"""


def folder(at: Path, rows: str = ROWS, *, index: bool = True) -> Path:
    at.mkdir()
    (at / "pack.yaml").write_text("name: banks\nparties: [{code: NL, name: Norland}]\n", encoding="utf-8")
    (at / "places.csv").write_text(HEAD + rows, encoding="utf-8")
    if index:
        path, data, _ = index_for(str(at))
        path.write_bytes(data)
    return at


def refusal(at: Path) -> Refusal:
    with pytest.raises(Refusal) as caught:
        load_pack(str(at))
    return caught.value


def places_of(pack: Pack) -> IndexedPlaces:
    assert isinstance(pack.places, IndexedPlaces)
    return pack.places


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pack, Pack]:
    """The teaching pack as it is shipped, and with an index."""
    at = tmp_path_factory.mktemp("indexed") / "teaching"
    shutil.copytree(SHIPPED / "teaching", at)
    path, data, _ = index_for(str(at))
    path.write_bytes(data)
    return load_pack("teaching"), load_pack(str(at))


def test_the_places_are_those_of_the_table(both: tuple[Pack, Pack]) -> None:
    plain, indexed = both
    places = places_of(indexed)
    assert tuple(places) == plain.places
    assert (places[0], places[-1], places[1:3]) == (plain.places[0], plain.places[-1], plain.places[1:3])
    assert len(places) == len(plain.places)
    with pytest.raises(IndexError):
        places[len(places)]
    by_id = places_by_id(places)
    assert {ident: by_id[ident] for ident in by_id} == places_by_id(plain.places)
    assert "nowhere" not in by_id
    assert with_wide(places, ["tammen", "gone"]) == with_wide(plain.places, ["tammen", "gone"])
    assert tuple(pickle.loads(pickle.dumps(places))) == plain.places


@pytest.mark.parametrize("seed", ["1", "2"])
def test_an_index_is_the_same_every_time_and_in_every_process(seed: str, tmp_path: Path) -> None:
    at = folder(tmp_path / "banks", ROWS + "many,Xocavənd,town,-34,-60,,Ջըղերը; Ёжиково-Ель; Yeghegnut; Üçtəpə,?\n")
    made = "import sys; from merestone.capture.pack import index_for; sys.stdout.buffer.write(index_for(sys.argv[1])[1])"
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    told = subprocess.run([sys.executable, "-c", made, str(at)], env=environment, capture_output=True, check=True)
    assert told.stdout == (at / place_index.NAME).read_bytes()


def test_a_name_is_found_for_what_it_is(tmp_path: Path) -> None:
    table = places_of(load_pack(str(folder(tmp_path / "banks")))).table
    assert table.ids("tarn", place_index.EXACT) == ("tarn-district", "tarn")
    assert table.ids("tarn", place_index.ID) == ()
    assert table.number("tarn") == 2
    assert table.ids("tarn", place_index.BARE) == ("tarn-district",), "without the word that says what it is"
    assert table.ids("the lower mill", place_index.SMALL) == ("mill",)
    assert table.ids("mill", place_index.EXACT) == ("mill",), "a transliterated name that nobody else bears"
    assert (table.leads("old"), table.leads("tarn"), table.leads("turn")) == ((True, True), (True, True), (False, False))
    assert table.longest == 3


def test_the_digest_of_the_pack_covers_it(tmp_path: Path) -> None:
    at = folder(tmp_path / "banks")
    whole = load_pack(str(at)).digest
    (at / place_index.NAME).unlink()
    assert load_pack(str(at)).digest != whole
    assert tuple(load_pack(str(at)).places) == load_pack(str(at)).places


def test_one_made_of_another_table_is_refused(tmp_path: Path) -> None:
    at = folder(tmp_path / "banks")
    (at / "places.csv").write_text(HEAD + ROWS.replace("-34.02", "-34.03"), encoding="utf-8")
    assert refusal(at).code == "pack_index_stale"
    path, data, _ = index_for(str(at))
    path.write_bytes(data)
    assert load_pack(str(at)).places[2].lat == -34.03


def test_one_made_by_other_rules_is_passed_by_and_the_record_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = folder(tmp_path / "banks")
    before = load_pack(str(at))
    monkeypatch.setattr(names, "KEYS", 0)
    names.key_rules.cache_clear()
    try:
        opened = open_pack(str(at))
    finally:
        monkeypatch.undo()
        names.key_rules.cache_clear()
    assert [finding.code for finding in opened.findings] == ["old_index"]
    assert (opened.pack.places, opened.pack.digest) == (tuple(before.places), before.digest)


def test_places_beside_an_index_stand_in_the_table(tmp_path: Path) -> None:
    at = folder(tmp_path / "banks")
    with (at / "pack.yaml").open("a", encoding="utf-8") as out:
        out.write("places: [{name: Vell, level: town, lat: -34, lon: -59}]\n")
    assert refusal(at).code == "pack_malformed"


def test_a_pack_without_a_table_has_none(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("parties: [{code: NL}]\n", encoding="utf-8")
    for asked in (tmp_path, tmp_path / "pack.yaml"):
        with pytest.raises(Refusal) as caught:
            index_for(str(asked))
        assert caught.value.code == "pack_index_unfit"


def resealed(data: bytes, change: Callable[[dict[str, object], bytearray], None]) -> bytes:
    """Altered by somebody who makes the digest fit."""
    magic, line, body = data.split(b"\n", 2)
    header, parts = json.loads(line), bytearray(body)
    change(header, parts)
    header["body"] = hashlib.sha256(parts).hexdigest()
    return b"\n".join((magic, json.dumps(header, sort_keys=True).encode(), bytes(parts)))


def test_pack_check_tells_one_that_says_something_else(tmp_path: Path) -> None:
    at = folder(tmp_path / "banks")
    assert "index_differs" not in {finding.code for finding in check(str(at)).findings}

    def elsewhere(_: dict[str, object], parts: bytearray) -> None:
        parts[:] = parts.replace(b"-34.02,-60.45", b"-34.02,-59.45")

    path = at / place_index.NAME
    path.write_bytes(resealed(path.read_bytes(), elsewhere))
    assert places_of(load_pack(str(at)))[2].lon == -59.45, "opening believes it, under another digest"
    assert "index_differs" in {finding.code for finding in check(str(at)).findings}


def _sizes(header: dict[str, object], parts: bytearray) -> None:
    header["sizes"] = [len(parts), 0, 0, 0, 0]


def _count(header: dict[str, object], _: bytearray) -> None:
    header["count"] = 2**60


def _wide(header: dict[str, object], _: bytearray) -> None:
    header["countries"] = [99]


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "another file": lambda _: b"PK\x03\x04" * 100,
    "no header": lambda data: data.split(b"\n", 1)[0] + b"\n",
    "not JSON": lambda data: data.replace(b'{"body"', b'["body"', 1),
    "nested": lambda data: data.split(b"\n", 1)[0] + b"\n" + b"[" * 60_000 + b"\n",
    "cut short": lambda data: data[: len(data) // 2],
    "one byte less": lambda data: data[:-1],
    "one byte more": lambda data: data + b" ",
    "a byte altered": lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    "sizes that fit nothing": lambda data: resealed(data, _sizes),
    "more places than there are": lambda data: resealed(data, _count),
    "a country that is none": lambda data: resealed(data, _wide),
    "a number that is none": lambda data: data.replace(b'"count": 4', b'"count":-4'),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_no_index_is_refused(broken: str, tmp_path: Path) -> None:
    at = folder(tmp_path / "banks")
    path = at / place_index.NAME
    path.write_bytes(BROKEN[broken](path.read_bytes()))
    found = refusal(at)
    assert found.code == "pack_index_broken"
    assert found.facts["path"] == place_index.NAME


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_hostile_bytes_with_a_digest_that_fits_find_something_or_refuse(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    at = folder(tmp_path_factory.mktemp("hostile") / "banks")
    path = at / place_index.NAME
    spots = data.draw(st.lists(st.tuples(st.integers(0, 2**31), st.integers(0, 255)), min_size=1, max_size=40))

    def scrawl(_: dict[str, object], parts: bytearray) -> None:
        for where, byte in spots:
            parts[where % len(parts)] = byte

    path.write_bytes(resealed(path.read_bytes(), scrawl))
    places = places_of(load_pack(str(at)))
    for ask in (
        lambda: tuple(places),
        lambda: with_wide(places, ["tarn"]),
        *((lambda key=key: places.table.ids(key, 255)) for key in ("tarn", "old", "old tarn", "upper mill", "\0mill", "gone")),
        *((lambda key=key: places.table.leads(key)) for key in ("tarn", "old", "gone")),
    ):
        try:
            ask()
        except Refusal as refused:
            assert refused.code == "pack_index_broken"  # noqa: PT017 - either outcome is right


def test_names_that_meet_in_one_slot_are_refused_when_an_index_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    at = folder(tmp_path / "banks", index=False)
    monkeypatch.setattr("merestone.capture.place_index_write.crc32", lambda _: 7)
    monkeypatch.setattr("merestone.capture.place_index_write.REACH", 4)
    with pytest.raises(Refusal) as caught:
        index_for(str(at))
    assert caught.value.code == "pack_index_unfit"


def test_the_keys_are_what_the_number_of_their_rules_stands_for() -> None:
    """Whoever changes what keys are made of names raises `names.KEYS`, so that old indexes are known, and pins the new digest here."""
    sample = ("Nor-Ashen", "Gülüstan’s", "Верхний Браск", "Վերին Բրասկ", "St. John", "Lake Khoor", "Tchitz", "Qqooeeyx", "a·b", "Եւեաօէիւա")
    told = [[names.fold(name), names.joined_words(name), names.skeleton(names.fold(name))] for name in sample]
    assert (names.KEYS, hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]) == (2, "4b5f2baa7c09d662")
