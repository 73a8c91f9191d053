"""The keys folder: made once and whole, read strictly, and only the passphrase opens the vault."""

from __future__ import annotations

import json
import os
import random
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import keys
from merestone.register.terms import Ground, Mission
from tests.register.conftest import PASSPHRASE, ground

NAME = "merestone/MIS-7K3F-Q2MW"
OTHER = b"another lantern, another orchard"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase that is quick to test: what a guess costs is not the point here."""
    monkeypatch.setattr(keys, "COST", (2**10, 8, 1))


def chance(seed: int = 1) -> Callable[[int], bytes]:
    return random.Random(seed).randbytes


def at(folder: Path, made: keys.Keys) -> Mission:
    told: Ground = ground(5)
    return Mission(folder.parent, "MIS-7K3F-Q2MW", "none", made, told)


def test_what_was_made_is_read_again(tmp_path: Path) -> None:
    made = keys.create(tmp_path / "keys", NAME, chance())
    assert keys.load(tmp_path / "keys") == made
    assert made.vault is not None
    assert made.verifier.startswith(NAME + "+")
    assert keys.unlocked_without_passphrase(tmp_path / "keys")


def test_only_the_owner_may_read_and_the_verifier_is_for_all(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        keys.create(tmp_path / "keys", NAME, chance())
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys", *(tmp_path / "keys").iterdir())}
    assert modes == {"keys": 0o700, "signing.key": 0o600, "verifier": 0o644, "vault.key": 0o600, "fingerprint.key": 0o600}
    assert keys.loose(tmp_path / "keys") == ()
    (tmp_path / "keys" / "vault.key").chmod(0o640)
    assert keys.loose(tmp_path / "keys") == ("vault.key",)


def test_no_other_account_of_the_machine_gets_into_a_mission(mission: Mission) -> None:
    assert stat.S_IMODE(mission.folder.stat().st_mode) == 0o700


def test_keys_differ_from_each_other_and_from_those_of_the_next_mission(tmp_path: Path) -> None:
    source = chance()
    one, two = keys.create(tmp_path / "one", NAME, source), keys.create(tmp_path / "two", NAME, source)
    secrets = [one.signer.seed32, one.vault, one.fingerprint, two.signer.seed32, two.vault, two.fingerprint]
    assert len(set(secrets)) == 6


def test_none_is_shown_when_keys_are_printed(tmp_path: Path) -> None:
    made = keys.create(tmp_path / "keys", NAME, chance())
    assert made.vault is not None
    assert not any(repr(secret) in repr(made) for secret in (made.signer.seed32, made.vault, made.fingerprint))


def test_keys_are_never_made_over_others(tmp_path: Path) -> None:
    keys.create(tmp_path / "keys", NAME, chance())
    before = (tmp_path / "keys" / "vault.key").read_bytes()
    with pytest.raises(Refusal, match="keys_exist"):
        keys.create(tmp_path / "keys", NAME, chance(2))
    assert (tmp_path / "keys" / "vault.key").read_bytes() == before


def test_a_creation_that_was_cut_short_leaves_no_keys_and_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as cut:
        cut.setattr(Path, "rename", lambda self, target: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            keys.create(tmp_path / "keys", NAME, chance())
    assert not (tmp_path / "keys").exists()
    made = keys.create(tmp_path / "keys", NAME, chance(2))
    assert keys.load(tmp_path / "keys") == made
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_the_private_key_is_nowhere_when_there_is_a_passphrase(tmp_path: Path, cheap: None) -> None:
    made = keys.create(tmp_path / "keys", NAME, chance(), PASSPHRASE)
    assert made.vault is not None
    for path in (tmp_path / "keys").iterdir():
        assert made.vault.hex() not in path.read_text()
    assert not keys.unlocked_without_passphrase(tmp_path / "keys")


def test_a_passphrase_costs_a_guess_what_the_file_says(tmp_path: Path) -> None:
    keys.create(tmp_path / "keys", NAME, chance(), PASSPHRASE)
    told = json.loads((tmp_path / "keys" / "vault.key").read_text())["scrypt"]
    assert (told["n"], told["r"], told["p"]) == (2**17, 8, 1)


def test_right_wrong_and_missing_passphrase(tmp_path: Path, cheap: None) -> None:
    made = keys.create(tmp_path / "keys", NAME, chance(), PASSPHRASE)
    assert keys.load(tmp_path / "keys", PASSPHRASE) == made
    without = keys.load(tmp_path / "keys")
    assert (without.vault, without.vault_public, without.verifier) == (None, made.vault_public, made.verifier)
    for wrong in (OTHER, b"", PASSPHRASE + b" ", PASSPHRASE[:-1]):
        with pytest.raises(Refusal, match="passphrase_wrong"):
            keys.load(tmp_path / "keys", wrong)


def test_a_passphrase_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="passphrase_short"):
        keys.create(tmp_path / "keys", NAME, chance(), b"short")
    assert list(tmp_path.iterdir()) == []


def test_the_same_words_on_two_keyboards() -> None:
    assert keys.passphrase_of("Caf\u00e9 am Fluss\n") == keys.passphrase_of("Cafe\u0301 am Fluss")


def test_another_passphrase(tmp_path: Path, cheap: None) -> None:
    made = keys.create(tmp_path / "keys", NAME, chance(), PASSPHRASE)
    keys.change_passphrase(at(tmp_path / "keys", made), OTHER)
    assert keys.load(tmp_path / "keys", OTHER) == made
    with pytest.raises(Refusal, match="passphrase_wrong"):
        keys.load(tmp_path / "keys", PASSPHRASE)
    assert keys.loose(tmp_path / "keys") == ()


def test_a_first_passphrase_takes_the_open_key_away(tmp_path: Path, cheap: None) -> None:
    made = keys.create(tmp_path / "keys", NAME, chance())
    keys.change_passphrase(at(tmp_path / "keys", made), PASSPHRASE)
    assert keys.load(tmp_path / "keys").vault is None
    assert keys.load(tmp_path / "keys", PASSPHRASE).vault == made.vault


def test_a_change_that_was_cut_short_leaves_the_old_passphrase(tmp_path: Path, cheap: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made = keys.create(tmp_path / "keys", NAME, chance(), PASSPHRASE)
    with monkeypatch.context() as cut:
        cut.setattr(Path, "replace", lambda self, target: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            keys.change_passphrase(at(tmp_path / "keys", made), OTHER)
    assert keys.load(tmp_path / "keys", PASSPHRASE) == made
    keys.change_passphrase(at(tmp_path / "keys", made), OTHER)
    assert keys.load(tmp_path / "keys", OTHER) == made
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == sorted(keys.FILES)


def test_a_locked_vault_keeps_its_passphrase(tmp_path: Path, cheap: None) -> None:
    keys.create(tmp_path / "keys", NAME, chance(), PASSPHRASE)
    locked = keys.load(tmp_path / "keys")
    with pytest.raises(Refusal, match="vault_locked"):
        keys.change_passphrase(at(tmp_path / "keys", locked), OTHER)
    assert keys.load(tmp_path / "keys", PASSPHRASE)


@pytest.mark.parametrize("file", keys.FILES)
def test_a_missing_file_is_named_and_not_made_anew(tmp_path: Path, file: str) -> None:
    keys.create(tmp_path / "keys", NAME, chance())
    (tmp_path / "keys" / file).unlink()
    with pytest.raises(Refusal, match="key_missing") as caught:
        keys.load(tmp_path / "keys")
    assert caught.value.facts == {"file": file}
    assert not (tmp_path / "keys" / file).exists()


@pytest.mark.parametrize("file", keys.FILES)
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", b"[]", b"null", b"00", b"g" * 64, b"0" * 63, b"0" * 66, b"[" * 100_000])
def test_no_content_makes_it_fall(tmp_path: Path, file: str, content: bytes) -> None:
    keys.create(tmp_path / "keys", NAME, chance())
    (tmp_path / "keys" / file).write_bytes(content)
    with pytest.raises(Refusal, match="key_file_malformed") as caught:
        keys.load(tmp_path / "keys")
    assert caught.value.facts["file"] == file


@pytest.mark.parametrize("file", keys.FILES)
def test_a_folder_where_a_file_should_be(tmp_path: Path, file: str) -> None:
    keys.create(tmp_path / "keys", NAME, chance())
    (tmp_path / "keys" / file).unlink()
    (tmp_path / "keys" / file).mkdir()
    with pytest.raises(Refusal, match="key_unreadable"):
        keys.load(tmp_path / "keys")


HOW = {"n": 1024, "r": 8, "p": 1, "salt": "00" * 16}
WRAPPED = {"format": 1, "public": "00" * 32, "wrapped": "00" * 60}


@pytest.mark.parametrize(
    "told",
    [
        {"format": 2, "public": "00" * 32, "private": "00" * 32},
        {"format": True, "public": "00" * 32, "private": "00" * 32},
        {"format": 1, "public": "00" * 32},
        {"format": 1, "public": 7, "private": "00" * 32},
        {"format": 1, "public": "00" * 32, "private": "00" * 32, "more": 1},
        {"format": 1, "public": "00" * 32, "private": "00" * 32},
        {**WRAPPED, "scrypt": None},
        {**WRAPPED, "scrypt": {**HOW, "n": 2**30}},
        {**WRAPPED, "scrypt": {**HOW, "n": 1000}},
        {**WRAPPED, "scrypt": {**HOW, "n": 1}},
        {**WRAPPED, "scrypt": {**HOW, "n": 1024.0}},
        {**WRAPPED, "scrypt": {**HOW, "r": 10**6}},
        {**WRAPPED, "scrypt": {**HOW, "p": 0}},
        {**WRAPPED, "scrypt": {**HOW, "salt": ""}},
        {**WRAPPED, "scrypt": {**HOW, "more": 1}},
        {**WRAPPED, "scrypt": HOW, "wrapped": "00" * 59},
    ],
)
def test_a_vault_key_of_another_form_is_refused_before_it_costs_anything(tmp_path: Path, told: object) -> None:
    keys.create(tmp_path / "keys", NAME, chance())
    (tmp_path / "keys" / "vault.key").write_text(json.dumps(told))
    with pytest.raises(Refusal, match="key_file_malformed"):
        keys.load(tmp_path / "keys", PASSPHRASE)


@pytest.mark.parametrize("file", ["signing.key", "verifier", "vault.key"])
def test_keys_of_another_mission_are_found(tmp_path: Path, file: str) -> None:
    ours = keys.create(tmp_path / "keys", NAME, chance())
    keys.create(tmp_path / "other", NAME, chance(2))
    (tmp_path / "keys" / file).write_bytes((tmp_path / "other" / file).read_bytes())
    with pytest.raises(BrokenRecord, match=r"signing\.key|vault\.key"):
        keys.belongs(keys.load(tmp_path / "keys"), ours.verifier, ours.vault_public.hex())


def test_a_whole_folder_of_another_mission_is_found(tmp_path: Path) -> None:
    ours, other = keys.create(tmp_path / "keys", NAME, chance()), keys.create(tmp_path / "other", NAME, chance(2))
    keys.belongs(ours, ours.verifier, ours.vault_public.hex())
    with pytest.raises(BrokenRecord, match="verifier"):
        keys.belongs(other, ours.verifier, ours.vault_public.hex())
