"""Takes one file after another into a batch: opened, identified, read, weighed; each refusal with its path, and the next one taken.

Ids that were given are kept; those made from file names come second and step aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from merestone.capture import sniff, walk
from merestone.capture.corpus import Entry, csv_entries, json_entries
from merestone.capture.decode import oddities
from merestone.capture.identify import Identified, draft_of, identify
from merestone.capture.limits import Limits
from merestone.capture.lines import Lines
from merestone.capture.readers.draft import Draft
from merestone.capture.stream import Ids, Survey, entries
from merestone.capture.terms import Cell, Exhibit, ExhibitText, Piece, Portion, Received, Taken
from merestone.capture.weigh import Stated, Weighing, stated_alone, weighed
from merestone.ledger.terms import Refusal

_CORPUS_DEPTH = 2
_LINES = 200  # of a corpus in one portion


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for the whole batch. `option` is what its options say of every document."""

    option: Stated
    rules: tuple[str, ...] | None
    received_at: datetime | None
    limits: Limits
    keep: bool = False  # the bytes of every exhibit as well, until they are drained


@dataclass(slots=True)
class _Held:
    """An exhibit: its bytes if they are kept, the place of its text among those that wait, or the refusal that says why it has none.
    `own` is False for what is no exhibit of its own: a manifest, a corpus whose lines are the exhibits."""

    exhibit: Exhibit
    data: bytes
    stated: Sequence[Stated]
    within: _Held | None
    line: int | None = None
    text: int | None = None
    refusal: Refusal | None = None
    own: bool = True


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
    within: _Held | None = None
    inherited: Draft | None = None
    place: Mapping[str, object] = field(default_factory=dict)

    @property
    def facts(self) -> Mapping[str, object]:
        """What a refusal says besides its path. A protected file's is marked: no report may tell that there is such a file."""
        return {**self.place, **_marked(_protected(self.stated))}


class Batch:
    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._manifest: dict[walk.Key, Stated] = {}
        self._claimed: set[walk.Key] = set()
        self._closed: set[walk.Key] = set()  # protected by the manifest, and cannot be opened
        self._given: set[str] | Ids = set()
        self._foreseen: Ids | None = None  # ids that are given in lines of a stream, those to come among them
        self._waiting: list[_Waiting] = []
        self._refusals: list[Refusal] = []
        self._held: list[_Held] = []

    def refuse(self, refusal: Refusal, path: str, **facts: object) -> Refusal:
        own = {key: value for key, value in refusal.facts.items() if key != "path"}
        self._refusals.append(Refusal(refusal.code, path=path, **{**facts, **own}))
        return self._refusals[-1]

    def refuse_found(self, found: walk.Refused) -> None:
        """What the walk could not open. The manifest may protect it all the same."""
        self.refuse(found.refusal, str(found.refusal.facts["path"]), **_marked(found.key in self._closed))

    def take_manifest(self, found: walk.Found) -> None:
        """What it states is kept for the files it names. Raises `Refusal("bad_manifest")` when it cannot be read as one."""
        self._claimed.add(found.key)
        try:
            data = walk.read(found, self._terms.limits.corpus_bytes)
            identified = identify(data, found.name, self._terms.limits)
            entries = self._entries(identified)
        except Refusal as refusal:
            raise Refusal("bad_manifest", path=found.name, reason=refusal.code, **_rest(refusal, "path", "reason")) from refusal
        self._exhibit(found.name, data, identified.media_type, _Context()).own = False
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
                key = walk.key_of(found.folder, path) if entry.protected else None
                self._closed.update([key] if key is not None else [])

    def take(self, found: walk.Found) -> Iterator[None]:
        """Takes a file step by step: at each step, what was taken so far stands by itself and may be drained."""
        if found.key not in self._claimed:
            yield from self._file(found, _Context())

    def received(self) -> Received:
        """The batch so far."""
        return Received(self._texts(), tuple(self._refusals), tuple(held.exhibit for held in self._held))

    def drained(self) -> Portion:
        """What was taken since the last time, with its bytes; it is forgotten here. Ids of texts count within it alone."""
        texts = self._texts()
        own = [held for held in self._held if held.own]
        taken = tuple(
            Taken(
                exhibit=held.exhibit,
                data=held.data,
                document=stated_alone(held.exhibit, held.stated) if held.text is None else texts[held.text],
                refusal=held.refusal,
                within=next((n for n, each in enumerate(own) if each is held.within), None),
                line=held.line,
            )
            for held in own
        )
        told = [held.refusal for held in own if held.refusal is not None]
        portion = Portion(taken, tuple(refusal for refusal in self._refusals if not any(refusal is each for each in told)))
        self._waiting, self._refusals, self._held = [], [], []
        return portion

    def _texts(self) -> tuple[ExhibitText, ...]:
        """Every text with its id. A protected text takes what is left: no id of another tells that it is there."""
        used, ids = set[str](), dict[int, str]()
        given: set[str] | Ids = self._given if self._foreseen is None else self._foreseen
        for at in sorted(range(len(self._waiting)), key=lambda n: self._waiting[n].text.protected):
            waiting = self._waiting[at]
            wish = waiting.wish if waiting.parent is None else f"{ids[waiting.parent]}/{waiting.wish}"
            chosen, number = wish, 2
            while not waiting.given and (chosen in used or chosen in given):
                chosen, number = f"{wish}-{number}", number + 1
            used.add(chosen)
            ids[at] = chosen
        return tuple(replace(waiting.text, id=ids[at]) for at, waiting in enumerate(self._waiting))

    def _file(self, found: walk.Found, context: _Context) -> Iterator[None]:
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
        held, identified = self._bytes(data, found.name, context)
        if identified is not None:
            yield from self._corpus(found, identified, context, held)
        yield

    def _bytes(self, data: bytes, name: str, context: _Context) -> tuple[_Held, Identified | None]:
        """One exhibit. Its text is taken, unless it is a corpus (then what it is) or cannot be read."""
        try:
            identified = identify(data, name, self._terms.limits)
        except Refusal as refusal:
            kind = str(refusal.facts.get("found", "application/octet-stream")) if refusal.code == "unknown_type" else "unknown"
            held = self._exhibit(name, data, kind, context)
            held.refusal = self.refuse(refusal, name, **context.facts)
            return held, None
        held = self._exhibit(name, data, identified.media_type, context)
        if identified.corpus:
            return held, identified
        try:
            draft = draft_of(data, identified, self._terms.limits)
        except Refusal as refusal:
            held.refusal = self.refuse(refusal, name, **context.facts)
            return held, None
        draft = replace(draft, notices=(*identified.notices, *draft.notices))
        wish = _stem(name) if context.inherited is None or context.parent is not None else "/".join(map(_stem, name.rsplit("/", 2)[-2:]))
        at = self._text(draft, held, context, name, wish)
        for enclosure in draft.enclosures:
            inner = f"{name}/{walk.shown(enclosure.name)}"
            if context.depth >= self._terms.limits.mail_depth:
                self.refuse(Refusal("mail_too_deep", limit=self._terms.limits.mail_depth), inner, **context.facts)
            else:
                below = replace(context, echoed={}, depth=context.depth + 1, parent=at, within=held, inherited=draft)
                self._enclosed(enclosure.data, inner, below)
        return held, None

    def _enclosed(self, data: bytes, name: str, context: _Context) -> None:
        held, identified = self._bytes(data, name, context)
        if identified is not None:
            inside = Refusal("unknown_type", found=identified.kind, reason="a corpus inside a mail")
            held.refusal = self.refuse(inside, name, **context.facts)

    def _text(self, draft: Draft, held: _Held, context: _Context, path: str, wish: str) -> int | None:
        """Weighs one draft; gives its place among the texts, None where it was refused."""
        stated = (*context.stated, self._terms.option)
        weighing = Weighing(stated, self._terms.rules, self._terms.limits, context.echoed, context.inherited)
        given = next((source.fields["id"] for source in context.stated if "id" in source.fields), "") if context.inherited is None else ""
        if draft.enclosures and not draft.text.strip():
            return None  # a mail that only carries something
        if given and given in self._given:
            held.refusal = self.refuse(Refusal("duplicate_id", id=given), path, **context.facts)
            return None
        try:
            text = weighed(draft, held.exhibit, weighing)
        except Refusal as refusal:
            held.refusal = self.refuse(refusal, path, **context.facts)
            return None
        if given:
            self._given.add(given)
        self._waiting.append(_Waiting(text, given or wish, bool(given), context.parent))
        held.text = len(self._waiting) - 1
        return held.text

    def _corpus(self, found: walk.Found, identified: Identified, context: _Context, whole: _Held) -> Iterator[None]:
        try:
            entries = self._entries(identified)
        except Refusal as refusal:
            whole.refusal = self.refuse(refusal, found.name, **context.facts)
            return
        whole.own = False
        lines = Lines(identified)
        yield from self._each(found, entries, (whole, context, identified.notices), lines)

    def take_stream(self, found: walk.Found, whole: Survey) -> Iterator[None]:
        """Takes a large corpus some lines at a time: at each step `passed` gives what was taken."""
        self._claimed.add(found.key)
        self._given, self._foreseen = Ids(), whole.given
        self._held.append(_Held(Exhibit(found.name, sniff.JSONL, whole.size, whole.sha256, self._terms.received_at), b"", (), None))
        yield from self._each(found, entries(found, self._terms.limits), (self._held[-1], _Context(), ()), None)
        yield

    def passed(self) -> Received:
        """What was taken since the last time; it is forgotten here."""
        portion = self.received()
        self._waiting, self._refusals, self._held = [], [], []
        return portion

    def _each(
        self,
        found: walk.Found,
        entries: Iterable[Entry | Refusal],
        about: tuple[_Held, _Context, tuple[Refusal, ...]],
        lines: Lines | None,
    ) -> Iterator[None]:
        """Takes the entries of a corpus. `about`: its exhibit, where it stands, and what was odd about it. `lines`: their bytes, if kept."""
        whole, context, notices = about
        for number, entry in enumerate(entries, 1):
            if isinstance(entry, Refusal):
                self.refuse(entry, found.name, **context.facts)
                continue
            stated = (_stated(entry, "corpus"), *context.stated)
            place = {"line": entry.row, **({"id": entry.stated["id"]} if "id" in entry.stated else {})}
            inner = _Context(stated, entry.fields, context.depth + 1, place=place)
            if entry.text is None:
                yield from self._named(found, entry, inner)
            elif self._terms.keep and lines is not None:
                held = self._exhibit(found.name, lines.bytes_of(entry.row), whole.exhibit.media_type, inner)
                held.line = entry.row
                self._line(found, held, entry, inner, notices)
            else:
                self._line(found, whole, entry, inner, notices)
            if number % _LINES == 0:
                yield

    def _entries(self, identified: Identified) -> list[Entry | Refusal]:
        if identified.decoded is None or not identified.corpus:
            raise Refusal("unknown_type", found=identified.kind)
        reader = json_entries if identified.kind == sniff.JSONL else csv_entries
        return list(reader(identified.decoded, self._terms.limits))

    def _named(self, found: walk.Found, entry: Entry, context: _Context) -> Iterator[None]:
        """The file that a corpus line names. It is not read again when the folder is walked."""
        path = entry.stated["path"]
        if context.depth > _CORPUS_DEPTH:
            deep = Refusal("unknown_type", found="corpora inside corpora")
            self.refuse(deep, walk.shown(path), **{**context.facts, "line": entry.row, "corpus": found.name})
            return
        try:
            with walk.inside(found.folder, path) as named:
                _once(named.key, self._claimed)
                yield from self._file(replace(named, name=found.name.rpartition("/")[0] + "/" * ("/" in found.name) + named.name), context)
        except Refusal as refusal:
            self.refuse(refusal, walk.shown(path), **{**context.facts, "line": entry.row, "corpus": found.name})

    def _line(self, found: walk.Found, held: _Held, entry: Entry, context: _Context, notices: tuple[Refusal, ...]) -> None:
        text = entry.text or ""
        if not text.strip():
            held.refusal = self.refuse(Refusal("empty"), found.name, **context.facts)
            return
        row = entry.row if held.line is None else 2 if held.exhibit.media_type == sniff.CSV else 1  # a line of its own, after its header
        pieces = (Piece(0, len(text), Cell(row, "text", 0, len(text))),)
        draft = Draft(text, pieces, "utf-8", notices=(*notices, *oddities(text)))
        self._text(draft, held, context, found.name, f"{_stem(found.name)}-{entry.row}")

    def _exhibit(self, name: str, data: bytes, media_type: str, context: _Context) -> _Held:
        exhibit = Exhibit(name, media_type, len(data), hashlib.sha256(data).hexdigest(), self._terms.received_at)
        self._held.append(_Held(exhibit, data if self._terms.keep else b"", (*context.stated, self._terms.option), context.within))
        return self._held[-1]


def _stated(entry: Entry, origin: str) -> Stated:
    return Stated(origin, entry.stated, entry.protected, entry.notices)


def _protected(stated: Sequence[Stated]) -> bool:
    return any(each.protected for each in stated)


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
