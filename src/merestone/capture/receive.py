"""Receives a batch: files, folders, corpora. Every file is opened once, below its folder, and either becomes texts or is refused by name.

The bytes are never altered. Order and ids depend on names alone, so the same folder gives the same batch on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from merestone.capture.batch import Batch, Terms
from merestone.capture.dates import iso
from merestone.capture.language import language_code
from merestone.capture.limits import Limits
from merestone.capture.stream import is_large, survey
from merestone.capture.terms import Portion, Received
from merestone.capture.walk import Found, Refused, shown, walk
from merestone.capture.weigh import Stated
from merestone.ledger.terms import Refusal


@dataclass(frozen=True, slots=True)
class Options:
    """What is said of all documents of a batch.

    `published`, `publisher`, `language` give way to a document's own corpus or manifest line and come before its metadata.
    `languages_with_rules`: texts in other languages are refused; None takes all. `received_at` is the caller's clock, aware.
    """

    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    manifest: Path | None = None
    received_at: datetime | None = None
    languages_with_rules: tuple[str, ...] | None = None
    limits: Limits = field(default_factory=Limits)


def receive(paths: Sequence[Path], options: Options) -> Received:
    """Read everything under `paths`.

    What cannot be read is among the refusals, each with `path`; the rest is done. Raises `Refusal` only for what concerns the
    whole batch: bad_option, bad_manifest (whatever it protects would otherwise be read unprotected).
    """
    batch = _batch(options, keep=False)
    for _step in _steps(batch, paths, options):
        pass
    return batch.received()


def receive_each(paths: Sequence[Path], options: Options) -> Iterator[Portion]:
    """The same, portion by portion with the bytes, so that memory holds one file (or some lines of a corpus) and no more.

    Files stay open while the next portion is waited for: take all, or close the iterator. Raises `Refusal` as `receive` does, at the
    first portion.
    """
    batch = _batch(options, keep=True)
    for _step in _steps(batch, paths, options):
        portion = batch.drained()
        if portion.taken or portion.refusals:
            yield portion


def receive_in_turn(paths: Sequence[Path], options: Options) -> Iterator[tuple[Received, frozenset[str] | None]]:
    """What `receive` gives, for who handles one document after the other: all at once, or in portions where the one path is a large corpus
    of JSON lines; with a portion, who publishes the documents of the whole."""
    if len(paths) == 1 and options.manifest is None and not paths[0].is_dir():
        for found in walk(paths, options.limits):  # the folder stays open until the next is asked for
            if isinstance(found, Found) and is_large(found, options.limits):
                batch, whole = _batch(options, keep=False), survey(found, options.limits)
                stated = (options.publisher or "").strip()
                for _step in batch.take_stream(found, whole):
                    yield batch.passed(), frozenset(whole.publishers | ({stated} if stated else set()))
                return
    yield receive(paths, options), None


def _batch(options: Options, *, keep: bool) -> Batch:
    batch = Batch(Terms(_option(options), options.languages_with_rules, options.received_at, options.limits, keep))
    if options.manifest is not None:
        _manifest(batch, options.manifest, options.limits)
    return batch


def _steps(batch: Batch, paths: Sequence[Path], options: Options) -> Iterator[None]:
    yield  # what the manifest says amiss
    for found in walk(paths, options.limits):
        if isinstance(found, Refused):
            batch.refuse_found(found)
            yield
        else:
            yield from batch.take(found)


def _option(options: Options) -> Stated:
    fields: dict[str, str] = {}
    if options.published is not None:
        published = iso(options.published)
        if published is None:
            raise Refusal("bad_option", option="published", found=options.published)
        fields["published"] = published
    if options.language is not None:
        language = language_code(options.language)
        if language is None:
            raise Refusal("bad_option", option="language", found=options.language)
        fields["language"] = language
    if options.publisher is not None and options.publisher.strip():
        fields["publisher"] = options.publisher.strip()
    return Stated("option", fields)


def _manifest(batch: Batch, path: Path, limits: Limits) -> None:
    walking = walk([path], limits)  # held until the end: it keeps the manifest's folder open
    found = next(walking, Refused(Refusal("missing_file", found="an empty folder")))
    if isinstance(found, Refused):
        facts = {key: value for key, value in found.refusal.facts.items() if key != "path"}
        raise Refusal("bad_manifest", path=shown(path.name), reason=found.refusal.code, **facts)
    batch.take_manifest(found)
