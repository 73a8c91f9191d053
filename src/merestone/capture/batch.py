"""Takes one file after another into a batch: opened, identified, read, weighed; each refusal with its path, and the next one taken.

Ids that were given are kept; those made from file names come second and step aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from merestone.capture import sniff, walk
from merestone.capture.corpus import Entry, csv_entries, json_entries
from merestone.capture.decode import oddities
from merestone.capture.identify import Identified, draft_of, identify
from merestone.capture.limits import Limits
from merestone.capture.readers.draft import Draft
from merestone.capture.terms import Cell, Exhibit, ExhibitText, Piece, Received
from merestone.capture.weigh import Stated, Weighing, weighed
from merestone.ledger.terms import Refusal

_CORPUS_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for the whole batch. `option` is what its options say of every document."""

    option: Stated
    rules: tuple[str, ...] | None
    received_at: datetime | None
    limits: Limits


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A text that waits for its id: `wish` is given (then it is kept) or made from a name, below the text `parent` when enclosed."""

    text: ExhibitText
    wish: str
    given: bool
    parent: int | None


@dataclass(frozen=True, slots=True)
class _Context:
    """Where a file stands: what is stated of it, the corpus line that holds or names it (`place`), how deep inside others it is."""

    stated: tuple[Stated, ...] = ()
    echoed: Mapping[str, object] = field(default_factory=dict)
    depth: int = 0
    parent: int | None = None
    inherited: Draft | None = None
    place: Mapping[str, object] = field(default_factory=dict)

    @property
    def facts(self) -> Mapping[str, object]:
        """What a refusal says besides its path. A protected file's is marked: no report may tell that there is such a file."""
        return {**self.place, **_marked(any(stated.protected for stated in self.stated))}


class Batch:
    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._manifest: dict[walk.Key, Stated] = {}
        self._claimed: set[walk.Key] = set()
        self._given: set[str] = set()
        self._waiting: list[_Waiting] = []
        self._refusals: list[Refusal] = []
        self._exhibits: list[Exhibit] = []

    def refuse(self, refusal: Refusal, path: str, **facts: object) -> None:
        own = {key: value for key, value in refusal.facts.items() if key != "path"}
        self._refusals.append(Refusal(refusal.code, path=path, **{**facts, **own}))

    def take_manifest(self, found: walk.Found) -> None:
        """What it states is kept for the files it names. Raises `Refusal("bad_manifest")` when it cannot be read as one."""
        self._claimed.add(found.key)
        try:
            data = walk.read(found, self._terms.limits.corpus_bytes)
            identified = identify(data, found.name, self._terms.limits)
            entries = self._entries(identified)
        except Refusal as refusal:
            raise Refusal("bad_manifest", path=found.name, reason=refusal.code, **_rest(refusal, "path", "reason")) from refusal
        self._exhibit(found.name, data, identified.media_type)
        for entry in entries:
            if isinstance(entry, Refusal):
                self.refuse(entry, found.name)
                continue
            path = entry.stated.get("path", "")
            try:
                with walk.inside(found.folder, path) as named:
                    _once(named.key, self._manifest)
                    self._manifest[named.key] = _stated(entry, "manifest")
            except Refusal as refusal:
                self.refuse(refusal, walk.shown(path), line=entry.row, manifest=found.name, **_marked(entry.protected))

    def take(self, found: walk.Found) -> None:
        if found.key not in self._claimed:
            self._file(found, _Context())

    def received(self) -> Received:
        """The batch so far, every text with its id. A protected text takes what is left: no id of another tells that it is there."""
        used, ids = set(self._given), dict[int, str]()
        for at in sorted(range(len(self._waiting)), key=lambda n: self._waiting[n].text.protected):
            waiting = self._waiting[at]
            wish = waiting.wish if waiting.parent is None else f"{ids[waiting.parent]}/{waiting.wish}"
            chosen, number = wish, 2
            while not waiting.given and chosen in used:
                chosen, number = f"{wish}-{number}", number + 1
            used.add(chosen)
            ids[at] = chosen
        texts = tuple(replace(waiting.text, id=ids[at]) for at, waiting in enumerate(self._waiting))
        return Received(texts, tuple(self._refusals), tuple(self._exhibits))

    def _file(self, found: walk.Found, context: _Context) -> None:
        self._claimed.add(found.key)
        stated = self._manifest.get(found.key)
        if stated is not None:
            context = replace(context, stated=(*context.stated, stated))
        lines = {sniff.CSV, sniff.JSONL} & set(sniff.expected(found.name))
        try:
            data = walk.read(found, self._terms.limits.corpus_bytes if lines else self._terms.limits.file_bytes)
        except Refusal as refusal:
            self.refuse(refusal, found.name, **context.facts)
            return
        identified = self._bytes(data, found.name, context)
        if identified is not None:
            self._corpus(found, identified, context)

    def _bytes(self, data: bytes, name: str, context: _Context) -> Identified | None:
        """One exhibit. Its text is taken, unless it is a corpus or cannot be read."""
        try:
            identified = identify(data, name, self._terms.limits)
        except Refusal as refusal:
            self._exhibit(
                name, data, str(refusal.facts.get("found", "application/octet-stream")) if refusal.code == "unknown_type" else "unknown"
            )
            self.refuse(refusal, name, **context.facts)
            return None
        exhibit = self._exhibit(name, data, identified.media_type)
        if identified.corpus:
            return identified
        try:
            draft = draft_of(data, identified, self._terms.limits)
        except Refusal as refusal:
            self.refuse(refusal, name, **context.facts)
            return None
        draft = replace(draft, notices=(*identified.notices, *draft.notices))
        wish = _stem(name) if context.inherited is None or context.parent is not None else "/".join(map(_stem, name.rsplit("/", 2)[-2:]))
        at = self._text(draft, exhibit, context, name, wish)
        for enclosure in draft.enclosures:
            inner = f"{name}/{walk.shown(enclosure.name)}"
            if context.depth >= self._terms.limits.mail_depth:
                self.refuse(Refusal("mail_too_deep", limit=self._terms.limits.mail_depth), inner, **context.facts)
            else:
                self._enclosed(enclosure.data, inner, replace(context, echoed={}, depth=context.depth + 1, parent=at, inherited=draft))
        return None

    def _enclosed(self, data: bytes, name: str, context: _Context) -> None:
        identified = self._bytes(data, name, context)
        if identified is not None:
            self.refuse(Refusal("unknown_type", found=identified.kind, reason="a corpus inside a mail"), name, **context.facts)

    def _text(self, draft: Draft, exhibit: Exhibit, context: _Context, path: str, wish: str) -> int | None:
        """Weighs one draft; gives its place among the texts, None where it was refused."""
        stated = (*context.stated, self._terms.option)
        weighing = Weighing(stated, self._terms.rules, self._terms.limits, context.echoed, context.inherited)
        given = next((source.fields["id"] for source in context.stated if "id" in source.fields), "") if context.inherited is None else ""
        if draft.enclosures and not draft.text.strip():
            return None  # a mail that only carries something
        if given and given in self._given:
            self.refuse(Refusal("duplicate_id", id=given), path, **context.facts)
            return None
        try:
            text = weighed(draft, exhibit, weighing)
        except Refusal as refusal:
            self.refuse(refusal, path, **context.facts)
            return None
        if given:
            self._given.add(given)
        self._waiting.append(_Waiting(text, given or wish, bool(given), context.parent))
        return len(self._waiting) - 1

    def _corpus(self, found: walk.Found, identified: Identified, context: _Context) -> None:
        exhibit = self._exhibits[-1]
        try:
            for entry in self._entries(identified):
                if isinstance(entry, Refusal):
                    self.refuse(entry, found.name)
                    continue
                stated = (_stated(entry, "corpus"), *context.stated)
                place = {"line": entry.row, **({"id": entry.stated["id"]} if "id" in entry.stated else {})}
                inner = _Context(stated, entry.fields, context.depth + 1, place=place)
                if entry.text is None:
                    self._named(found, entry, inner)
                else:
                    self._line(found, exhibit, entry, inner, identified.notices)
        except Refusal as refusal:
            self.refuse(refusal, found.name, **context.facts)

    def _entries(self, identified: Identified) -> list[Entry | Refusal]:
        if identified.decoded is None or not identified.corpus:
            raise Refusal("unknown_type", found=identified.kind)
        reader = json_entries if identified.kind == sniff.JSONL else csv_entries
        return list(reader(identified.decoded, self._terms.limits))

    def _named(self, found: walk.Found, entry: Entry, context: _Context) -> None:
        """The file that a corpus line names. It is not read again when the folder is walked."""
        path = entry.stated["path"]
        if context.depth > _CORPUS_DEPTH:
            deep = Refusal("unknown_type", found="corpora inside corpora")
            self.refuse(deep, walk.shown(path), **{**context.facts, "line": entry.row, "corpus": found.name})
            return
        try:
            with walk.inside(found.folder, path) as named:
                _once(named.key, self._claimed)
                self._file(replace(named, name=found.name.rpartition("/")[0] + "/" * ("/" in found.name) + named.name), context)
        except Refusal as refusal:
            self.refuse(refusal, walk.shown(path), **{**context.facts, "line": entry.row, "corpus": found.name})

    def _line(self, found: walk.Found, exhibit: Exhibit, entry: Entry, context: _Context, notices: tuple[Refusal, ...]) -> None:
        text = entry.text or ""
        if not text.strip():
            self.refuse(Refusal("empty"), found.name, **context.facts)
            return
        pieces = (Piece(0, len(text), Cell(entry.row, "text", 0, len(text))),)
        draft = Draft(text, pieces, "utf-8", notices=(*notices, *oddities(text)))
        self._text(draft, exhibit, context, found.name, f"{_stem(found.name)}-{entry.row}")

    def _exhibit(self, name: str, data: bytes, media_type: str) -> Exhibit:
        exhibit = Exhibit(name, media_type, len(data), hashlib.sha256(data).hexdigest(), self._terms.received_at)
        self._exhibits.append(exhibit)
        return exhibit


def _stated(entry: Entry, origin: str) -> Stated:
    return Stated(origin, entry.stated, entry.protected, entry.notices)


def _marked(protected: bool) -> dict[str, object]:
    return {"protected": True} if protected else {}


def _once(key: walk.Key, seen: Container[walk.Key]) -> None:
    if key in seen:
        raise Refusal("duplicate_path")


def _stem(name: str) -> str:
    tail = name.rsplit("/", 1)[-1]
    return tail.rsplit(".", 1)[0] if "." in tail[1:] else tail


def _rest(refusal: Refusal, *without: str) -> dict[str, object]:
    return {key: value for key, value in refusal.facts.items() if key not in without}
