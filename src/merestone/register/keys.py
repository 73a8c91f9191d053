"""The keys folder: what signs, what opens the vault, what knows bytes again.

The law it keeps: a key is made once, on purpose, and never by guess; a file that is missing, cut or another mission's is said to be
so. Only the key that opens the vault stands under a passphrase: whoever holds the folder can sign and can test guesses (decision 015).
"""

from __future__ import annotations

import json
import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from merestone.ledger.note import Signer, verifier_of
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register.terms import Keys, Mission

KEY = 32
NONCE = 12
SALT = 16
LEAST = 8  # bytes of a passphrase; no more than a floor against a slip of the hand
COST = (2**17, 8, 1)  # scrypt: 128 MiB and about half a second for every guess
MOST = (2**20, 16, 4)  # what a key file may ask of the machine that reads it

FOLDER = "keys"
SIGNING, VERIFIER, VAULT, FINGERPRINT = "signing.key", "verifier", "vault.key", "fingerprint.key"
FILES = (SIGNING, VERIFIER, VAULT, FINGERPRINT)
_FORM = b"merestone vault key 1"


def create(folder: Path, name: str, chance: Callable[[int], bytes], passphrase: bytes | None = None) -> Keys:
    """Makes the folder with all four files. `name` is the ledger's. `Refusal` when a folder is there already.

    The commit point is the rename of the finished folder. If we stop before, a folder with a dot remains: no mission knows its
    keys, and the next creation throws it away.
    """
    if folder.exists():
        raise Refusal("keys_exist", folder=folder.name)
    private = chance(KEY)
    keys = Keys(Signer(name, chance(KEY)), _public(private), private, chance(KEY))
    files = (
        (SIGNING, keys.signer.seed32.hex() + "\n", 0o600),
        (VERIFIER, keys.verifier + "\n", 0o644),
        (VAULT, _vault_text(private, passphrase, chance), 0o600),
        (FINGERPRINT, keys.fingerprint.hex() + "\n", 0o600),
    )
    new = folder.with_name(f".{folder.name}.new")
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700, parents=True)
        new.chmod(0o700)
        for file, text, mode in files:
            _write(new / file, text, mode)
        new.rename(folder)
        _settle(folder.parent)
    except OSError as problem:
        raise Refusal("cannot_write", found=problem.strerror) from None
    return keys


def load(folder: Path, passphrase: bytes | None = None) -> Keys:
    """All keys; the vault's too where the passphrase opens it or none was set. `Refusal` for a missing, unreadable or malformed file, and
    for a wrong passphrase. THE CALLER MUST hold the result against the mission's `opened` entry: `belongs`."""
    verifier = _text(folder, VERIFIER)
    try:
        signer = Signer(verifier_of(verifier).name, _hex(folder, SIGNING))
    except Refusal as refused:
        if refused.code != "key_malformed":
            raise
        raise Refusal("key_file_malformed", file=VERIFIER, found=refused.facts["found"]) from None
    if signer.verifier != verifier:
        raise BrokenRecord(f"the key file {SIGNING}", f"the secret half of {verifier}", f"that of {signer.verifier}")
    stored = _stored_vault(folder)
    public = bytes.fromhex(stored["public"])
    if "private" in stored:
        private: bytes | None = bytes.fromhex(stored["private"])
    else:
        private = None if passphrase is None else _unwrapped(stored, passphrase)
    if private is not None and _public(private) != public:
        raise Refusal("key_file_malformed", file=VAULT, found="two halves that do not belong together")
    return Keys(signer, public, private, _hex(folder, FINGERPRINT))


def belongs(keys: Keys, verifier: str, vault_key: str) -> None:
    """Raises `BrokenRecord` unless these are the keys that the mission's `opened` entry names. Without this check, who can write in
    the folder could put a key of his own there and wait until something is protected with it."""
    if keys.verifier != verifier:
        raise BrokenRecord(f"the key file {VERIFIER}", f"this mission's key {verifier}", keys.verifier)
    if keys.vault_public.hex() != vault_key:
        raise BrokenRecord(f"the key file {VAULT}", f"this mission's vault key {vault_key}", keys.vault_public.hex())


def unlocked_without_passphrase(folder: Path) -> bool:
    """Whether the vault's key lies there for anybody who holds the folder. A mission without a passphrase says so."""
    return "private" in _stored_vault(folder)


def change_passphrase(mission: Mission, new: bytes) -> None:
    """Puts the vault's key under `new`. `Refusal` while the vault is locked: the mission is to be opened with the old one first.

    The commit point is the replacement of the one file: if we stop before, the old one stands and the old passphrase opens it; a
    file with a dot beside it is thrown away at the next try. The key itself remains the same, so nothing is sealed anew.
    Does not catch: copies of the old file elsewhere (backups, freed blocks of the disk). The old passphrase still opens those, or
    nothing is needed where there was none.
    """
    folder = mission.folder / FOLDER
    if mission.keys.vault is None:
        raise Refusal("vault_locked")
    text = _vault_text(mission.keys.vault, new, mission.ground.chance)
    passing = folder / f".{VAULT}.new"
    try:
        passing.unlink(missing_ok=True)
        _write(passing, text, 0o600)
        passing.replace(folder / VAULT)
        _settle(folder)
    except OSError as problem:
        raise Refusal("cannot_write", found=problem.strerror) from None


def passphrase_of(text: str) -> bytes:
    """The bytes of a typed passphrase: the same on every keyboard (NFKC), without spaces at the ends."""
    return unicodedata.normalize("NFKC", text).strip().encode()


def loose(folder: Path) -> tuple[str, ...]:
    """Names of secret files that other accounts of this machine may read: for `verify` to tell."""
    return tuple(name for name in (SIGNING, VAULT, FINGERPRINT) if (folder / name).exists() and (folder / name).stat().st_mode & 0o077)


def _vault_text(private: bytes, passphrase: bytes | None, chance: Callable[[int], bytes]) -> str:
    public = _public(private)
    told: dict[str, Any] = {"format": 1, "public": public.hex()}
    if passphrase is None:
        told["private"] = private.hex()
    else:
        if len(passphrase) < LEAST:
            raise Refusal("passphrase_short", least=LEAST)
        n, r, p = COST
        salt, nonce = chance(SALT), chance(NONCE)
        told["scrypt"] = {"n": n, "r": r, "p": p, "salt": salt.hex()}
        lock = Scrypt(salt, KEY, n, r, p).derive(passphrase)
        told["wrapped"] = (nonce + AESGCM(lock).encrypt(nonce, private, _FORM + public)).hex()
    return json.dumps(told, indent=1) + "\n"


def _public(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _unwrapped(stored: dict[str, Any], passphrase: bytes) -> bytes:
    how, wrapped = stored["scrypt"], bytes.fromhex(stored["wrapped"])
    lock = Scrypt(bytes.fromhex(how["salt"]), KEY, how["n"], how["r"], how["p"]).derive(passphrase)
    try:
        return AESGCM(lock).decrypt(wrapped[:NONCE], wrapped[NONCE:], _FORM + bytes.fromhex(stored["public"]))
    except InvalidTag:
        raise Refusal("passphrase_wrong") from None


def _stored_vault(folder: Path) -> dict[str, Any]:
    """The vault's key file as it stands, of exactly one of the two forms."""
    try:
        stored = json.loads(_text(folder, VAULT))
        keys = set(stored) if isinstance(stored, dict) else set()
        if keys == {"format", "public", "private"}:
            sound = len(bytes.fromhex(stored["private"])) == KEY
        elif keys == {"format", "public", "scrypt", "wrapped"}:
            how = stored["scrypt"]
            sound = len(bytes.fromhex(stored["wrapped"])) == NONCE + KEY + 16 and len(bytes.fromhex(how["salt"])) == SALT
            # within what the machine can bear: a file must not be able to take all of its memory
            sound = sound and all(type(how[name]) is int and 1 <= how[name] <= most for name, most in zip("nrp", MOST, strict=True))
            sound = sound and how["n"] > 1 and how["n"] & (how["n"] - 1) == 0 and set(how) == {"n", "r", "p", "salt"}
        else:
            sound = False
        if sound and type(stored["format"]) is int and stored["format"] == 1 and len(bytes.fromhex(stored["public"])) == KEY:
            return dict(stored)
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    raise Refusal("key_file_malformed", file=VAULT, found="something that is no vault key of format 1")


def _hex(folder: Path, name: str) -> bytes:
    try:
        found = bytes.fromhex(_text(folder, name))
    except ValueError:
        found = b""
    if len(found) != KEY:
        raise Refusal("key_file_malformed", file=name, found=f"something that is not {2 * KEY} hex digits")
    return found


def _text(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise Refusal("key_missing", file=name) from None
    except UnicodeDecodeError:
        raise Refusal("key_file_malformed", file=name, found="bytes that are no plain text") from None
    except OSError as problem:
        raise Refusal("key_unreadable", file=name, found=problem.strerror) from None


def _write(path: Path, text: str, mode: int) -> None:
    """A file that nobody else could read at any moment of its life, on the disk before we go on."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(mode)


def _settle(folder: Path) -> None:
    """The name is on the disk too, not the bytes alone."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
