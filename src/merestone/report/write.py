"""Puts the files of an edition into a folder, whole or not at all, and never through a link.

Only files of our own names are ever replaced; whatever else lies in the folder stays as it is.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from merestone.ledger.terms import Refusal


def write(files: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Writes `files` (plain names) into `folder`, which is made if need be. Gives the paths written.

    Raises Refusal when the folder is a link or no folder, when one of the names is taken by something other than a plain file,
    or when the machine does not let us write.
    """
    try:
        _check(files, folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = _fresh(folder)
        try:
            _fill(beside, files)
            _move(beside, files, folder)
        finally:
            _clear(beside, files)
    except OSError as error:
        raise Refusal("cannot_write", path=str(folder), found=error.strerror or type(error).__name__) from error
    return tuple(folder / name for name in files)


def room_for(names: Iterable[str], folder: Path) -> None:
    """Raises what `write` would, and leaves nothing: to be asked before an act that cannot be taken back."""
    try:
        _check(names, folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _fresh(folder).rmdir()
    except OSError as error:
        raise Refusal("cannot_write", path=str(folder), found=error.strerror or type(error).__name__) from error


def _check(files: Iterable[str], folder: Path) -> None:
    names = tuple(files)
    if any(Path(name).name != name or name in ("", ".", "..") for name in names):
        raise Refusal("cannot_write", path=str(folder), found="a name that is not plain")
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Refusal("cannot_write", path=str(folder), found="not a folder, or a link to one")
    for name in names:
        taken = folder / name
        if os.path.lexists(taken) and not stat.S_ISREG(taken.lstat().st_mode):
            raise Refusal("cannot_write", path=str(taken), found="something other than a plain file has this name")


def _fresh(folder: Path) -> Path:
    """A folder of our own beside the one asked for, on the same disk, so that moving out of it is one step."""
    for number in range(1000):
        beside = folder.parent / f".{folder.name}.part-{os.getpid()}-{number}"
        try:
            beside.mkdir()
        except FileExistsError:
            continue
        return beside
    raise Refusal("cannot_write", path=str(folder), found="too many unfinished folders beside it")


def _fill(beside: Path, files: Mapping[str, bytes]) -> None:
    """If we stop here, an unfinished hidden folder is left beside the old one, which is untouched."""
    for name, content in files.items():
        with (beside / name).open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())


def _move(beside: Path, files: Mapping[str, bytes], folder: Path) -> None:
    """The commit point. A new folder appears in one step. In an old one each file is replaced in one step, in the order given:
    if we stop between two, each file is whole, and the digests and the hour in `edition.json`, the last, are still the old ones."""
    if not folder.exists():
        beside.rename(folder)
        return
    into = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        for name in files:
            os.replace(beside / name, name, dst_dir_fd=into)
        os.fsync(into)
    finally:
        os.close(into)


def _clear(beside: Path, files: Mapping[str, bytes]) -> None:
    if not beside.exists():
        return
    for name in files:
        (beside / name).unlink(missing_ok=True)
    beside.rmdir()
