"""Finds and opens files: in a fixed order, following no link, never blocking, never leaving the folder.

Each step is opened below the folder that is already open and asked what it is afterwards, so that nothing can be exchanged in between.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from merestone.capture.limits import Limits
from merestone.capture.sniff import CSV, JSONL, expected
from merestone.ledger.terms import Refusal

_FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_FOLDER_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC
_DRIVE = re.compile(r"[A-Za-z]:")

Key = tuple[int, int, str]  # the folder's device and number, and the name in it: one directory entry


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be read while its folder stays open: until the next one is asked for. `name` is relative to what was given."""

    name: str
    entry: str
    folder: int
    key: Key


@dataclass(frozen=True, slots=True)
class Refused:
    """What cannot be opened, with `path` among what it tells. `key` is its directory entry, None when it is not below what was given."""

    refusal: Refusal
    key: Key | None = None


def shown(name: str) -> str:
    """A name that can be printed: bytes that are no UTF-8 and control characters are written out."""
    plain = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(point if point.isprintable() else point.encode("unicode_escape").decode("ascii") for point in plain)


def walk(paths: Sequence[Path], limits: Limits) -> Iterator[Found | Refused]:
    """Files under `paths` in order: corpora of a folder first, then its files, then its folders, each by name.

    What cannot be opened is `Refused`. Names that begin with a dot are not looked at, unless given themselves.
    """
    count = 0
    for path in paths:
        for found in _given(path, limits):
            count += isinstance(found, Found)
            if count > limits.files:
                yield Refused(Refusal("too_large", path=shown(path.name), what="files", limit=limits.files))
                return
            yield found


def read(found: Found, limit: int) -> bytes:
    """All bytes of a file. Raises `Refusal` without `path`: symlink, not_a_file, missing_file, not_permitted, too_large."""
    with _opened(found.entry, found.folder) as (descriptor, size):
        if size > limit:
            raise Refusal("too_large", what="bytes", found=size, limit=limit)
        parts, total = [], 0
        while part := os.read(descriptor, 1 << 20):
            total += len(part)
            if total > limit:  # it grew while it was read
                raise Refusal("too_large", what="bytes", found=total, limit=limit)
            parts.append(part)
    return b"".join(parts)


@contextmanager
def opened(found: Found) -> Iterator[tuple[int, int]]:
    """A file's descriptor and size, for reading it piece by piece. Raises `Refusal` as `read` does."""
    with _opened(found.entry, found.folder) as file:
        yield file


@contextmanager
def inside(folder: int, path: str) -> Iterator[Found]:
    """The file that `path`, as written in a manifest or corpus, names below `folder`. Raises `Refusal`: outside_folder, symlink, missing_file.

    Backslashes separate too: such lists are often written on other systems.
    """
    steps = _steps(path)
    opened: list[int] = []
    try:
        at = folder
        for step in steps[:-1]:
            at = _open(step, _FOLDER_FLAGS, at)
            opened.append(at)
        status = _status(steps[-1], at)
        if stat.S_ISLNK(status.st_mode):
            raise Refusal("symlink")
        yield Found(shown("/".join(steps)), steps[-1], at, _key(at, steps[-1]))
    finally:
        for descriptor in opened:
            os.close(descriptor)


def key_of(folder: int, path: str) -> Key | None:
    """The directory entry at which following `path` below `folder` ends: the one it names, or a step before that which is a link or
    missing. For marking what cannot be opened; None for a path that leads outside."""
    opened: list[int] = []
    try:
        steps, at = _steps(path), folder
        for step in steps[:-1]:
            try:
                opened.append(_open(step, _FOLDER_FLAGS, at))
            except Refusal:
                return _key(at, step)
            at = opened[-1]
        return _key(at, steps[-1])
    except Refusal:
        return None
    finally:
        for descriptor in opened:
            os.close(descriptor)


def _steps(path: str) -> list[str]:
    given = path.replace("\\", "/")
    if "\0" in given or given.startswith("/") or _DRIVE.match(given):
        raise Refusal("outside_folder", asked=shown(path))
    steps = [step for step in given.split("/") if step not in ("", ".")]
    if ".." in steps:
        raise Refusal("outside_folder", asked=shown(path))
    if not steps:
        raise Refusal("missing_file", asked=shown(path))
    return steps


def _given(path: Path, limits: Limits) -> Iterator[Found | Refused]:
    """`path` itself may be reached through links; what it names may not be one."""
    name = path.name or path.resolve().name
    try:
        parent = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        yield Refused(Refusal("missing_file", path=shown(str(path)), found=type(error).__name__))
        return
    entry = path.name or "."
    try:
        status = _status(entry, parent)
        if stat.S_ISDIR(status.st_mode):
            folder = _open(entry, _FOLDER_FLAGS, parent)
            try:
                yield from _folder(folder, "", limits, 0)
            finally:
                os.close(folder)
        else:
            yield _file(name, entry, parent, status)
    except Refusal as refusal:
        yield Refused(Refusal(refusal.code, path=shown(name), **refusal.facts), _key(parent, entry))
    finally:
        os.close(parent)


def _folder(folder: int, prefix: str, limits: Limits, depth: int) -> Iterator[Found | Refused]:
    if depth > limits.folder_depth:
        yield Refused(Refusal("too_large", path=shown(prefix), what="folders inside folders", limit=limits.folder_depth))
        return
    files: list[tuple[str, os.stat_result]] = []
    folders: list[tuple[str, os.stat_result]] = []
    for name in sorted(os.listdir(folder)):
        if name.startswith("."):
            continue
        try:
            status = _status(name, folder)
        except Refusal as refusal:
            yield Refused(Refusal(refusal.code, path=shown(prefix + name), **refusal.facts), _key(folder, name))
            continue
        (folders if stat.S_ISDIR(status.st_mode) else files).append((name, status))
    files.sort(key=lambda item: (not {CSV, JSONL} & set(expected(item[0])), item[0]))
    for name, status in files:
        yield _file(prefix + name, name, folder, status)
    for name, _ in folders:
        try:
            inner = _open(name, _FOLDER_FLAGS, folder)
        except Refusal as refusal:
            yield Refused(Refusal(refusal.code, path=shown(prefix + name), **refusal.facts), _key(folder, name))
            continue
        try:
            yield from _folder(inner, f"{prefix}{name}/", limits, depth + 1)
        finally:
            os.close(inner)


def _file(name: str, entry: str, folder: int, status: os.stat_result) -> Found | Refused:
    """Asked before it is opened as well: to open a device can do something."""
    if stat.S_ISLNK(status.st_mode):
        return Refused(Refusal("symlink", path=shown(name)), _key(folder, entry))
    if not stat.S_ISREG(status.st_mode):
        return Refused(Refusal("not_a_file", path=shown(name), found=_kind(status.st_mode)), _key(folder, entry))
    return Found(shown(name), entry, folder, _key(folder, entry))


def _key(folder: int, entry: str) -> Key:
    status = os.fstat(folder)
    return status.st_dev, status.st_ino, entry


def _kind(mode: int) -> str:
    kinds = (
        (stat.S_ISFIFO, "pipe"),
        (stat.S_ISSOCK, "socket"),
        (stat.S_ISCHR, "device"),
        (stat.S_ISBLK, "device"),
        (stat.S_ISDIR, "folder"),
    )
    return next((word for test, word in kinds if test(mode)), "other")


def _status(name: str, folder: int) -> os.stat_result:
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except (OSError, ValueError) as error:
        raise _refused(error) from error


def _open(name: str, flags: int, folder: int) -> int:
    try:
        return os.open(name, flags, dir_fd=folder)
    except (OSError, ValueError) as error:
        linked = isinstance(error, OSError) and error.errno in (errno.ELOOP, errno.ENOTDIR)
        if linked and stat.S_ISLNK(_status(name, folder).st_mode):
            raise Refusal("symlink") from error
        raise _refused(error) from error


def _refused(error: OSError | ValueError) -> Refusal:
    if isinstance(error, PermissionError):
        return Refusal("not_permitted")
    return Refusal("missing_file", found=errno.errorcode.get(error.errno or 0, "unknown") if isinstance(error, OSError) else "no name")


@contextmanager
def _opened(entry: str, folder: int) -> Iterator[tuple[int, int]]:
    before = _status(entry, folder)
    if not stat.S_ISREG(before.st_mode):
        raise Refusal("symlink") if stat.S_ISLNK(before.st_mode) else Refusal("not_a_file", found=_kind(before.st_mode))
    descriptor = _open(entry, _FILE_FLAGS, folder)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Refusal("not_a_file", found=_kind(status.st_mode))
        yield descriptor, status.st_size
    finally:
        os.close(descriptor)
