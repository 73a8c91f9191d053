"""From paths to an edition, with no mission and no database: receive, read, locate, link, assess, redact.

Keeps no ledger and signs nothing. Protected documents are set aside before anything is worked out, so that the edition is the one
that would have been made had they never been given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from merestone import __version__
from merestone.assess import assess
from merestone.capture import Options, receive
from merestone.capture.terms import ExhibitText, Pack, Received
from merestone.extract import languages_with_rules
from merestone.ledger.terms import Refusal
from merestone.link import Dossier, group
from merestone.link.dossiers import dossier_of, readings_by
from merestone.link.levels import Weights
from merestone.report.captives import unheard
from merestone.report.edition import Findings, Particulars, assemble
from merestone.report.redact import redact
from merestone.report.terms import INTERNAL, Edition
from merestone.report.window import Window, window_of, within


def _silent(step: str, done: int, whole: int) -> None:
    """Says nothing."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a brief is made of. `generated_at` is the caller's clock, aware; `since` and `until` are ISO days or "".

    `progress(step, done, whole)` is called as the work goes on; it must not raise.
    """

    paths: tuple[Path, ...]
    pack: Pack
    generated_at: datetime
    options: Options = field(default_factory=Options)
    profile: str = INTERNAL
    title: str = ""
    since: str = ""
    until: str = ""
    progress: Callable[[str, int, int], None] = _silent
    jobs: int = 1  # processes that read


def brief(request: Request) -> Edition:
    """The edition, redacted for its profile. What could not be read is listed in it; raises Refusal for what concerns the whole."""
    window = window_of(request.since, request.until)
    request.progress("receive", 0, len(request.paths))
    options = replace(request.options, languages_with_rules=request.options.languages_with_rules or languages_with_rules())
    received = _open(receive(request.paths, options))
    dossiers, lost = _dossiers(received.texts, request, window)
    received = _without(received, lost)
    request.progress("link", 0, len(dossiers))
    heard = tuple(unheard(dossier) for dossier in dossiers)
    linked = group(heard, pack=request.pack)
    request.progress("assess", 0, len(linked.incidents))
    findings = Findings(received, dossiers, linked, assess(linked, heard, request.pack))
    particulars = Particulars(
        title=request.title,
        generated_at=request.generated_at,
        window=(request.since, request.until),
        version=__version__,
        thresholds=(("starting weight of a pair", f"{Weights.read(linked.weights).prior} bits"),),
    )
    request.progress("report", 0, 1)
    return redact(assemble(findings, request.pack, particulars), request.profile)


def _open(received: Received) -> Received:
    """The batch with what a protected file encloses protected as well."""
    closed = tuple(f"{text.exhibit.name}/" for text in received.texts if text.protected)
    texts = (
        tuple(replace(text, protected=True) if text.exhibit.name.startswith(closed) else text for text in received.texts)
        if closed
        else received.texts
    )
    return replace(received, texts=texts)


def _dossiers(texts: Sequence[ExhibitText], request: Request, window: Window) -> tuple[tuple[Dossier, ...], tuple[Refusal, ...]]:
    """The documents that were read, and the refusals of those that were not."""
    whole = sum(1 for text in texts if not text.protected)
    made, lost = [], []
    for text, reading in readings_by(texts, request.pack, request.jobs):
        if isinstance(reading, Refusal):
            lost.append(reading)
            continue
        made.append(dossier_of(text, within(reading, window)))
        request.progress("read", len(made), whole)
    return tuple(made), tuple(lost)


def _without(received: Received, lost: tuple[Refusal, ...]) -> Received:
    """The batch with these documents among the refusals."""
    ids = {refusal.facts["id"] for refusal in lost}
    texts = tuple(text for text in received.texts if text.id not in ids) if lost else received.texts
    return replace(received, texts=texts, refusals=(*received.refusals, *lost))
