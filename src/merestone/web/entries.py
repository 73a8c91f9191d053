"""Entries of the ledger as people read them: who did what, when, to what; found without looking through all of a long record at once.

The law it keeps: what is told of an act is told from its entry alone, never from the vault, so that of what is protected or erased
nothing is told beyond the act. A thing is a link where it is open, and its bare id elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from merestone.ledger.entry import entry_of
from merestone.ledger.terms import Refusal
from merestone.link.terms import Ref
from merestone.register import queries
from merestone.register.editions import clocks
from merestone.register.history import what
from merestone.register.standing import is_open
from merestone.register.terms import KINDS, Account, EntryRow, Mission
from merestone.report import words
from merestone.web.hrefs import claim_href, exhibit_href, incident_href

PAGE = 50  # entries on a page
CHUNK, MOST = 2_500, 10_000  # entries that are looked through at once, and for one page
_ID = re.compile(r"(?:MIS|ACC|EXH|INC|OBS|PTL|EDN)-[0-9A-Z]+(?:-[0-9A-Z]+)?(?:#[SARG]?[0-9]+)?")
_STANDING = ("recorded", "proposed", "deferred")  # states of a claim that is shown where its exhibit is
_UNKNOWN = "an act that this version of the program does not know"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The entries before position `before`, newest first: of a kind, by an account (as either person), about an id. "" asks for all."""

    before: int
    act: str = ""
    who: str = ""
    about: str = ""

    @property
    def filters(self) -> Mapping[str, str]:
        return {name: value for name, value in (("act", self.act), ("who", self.who), ("about", self.about)) if value}


@dataclass(frozen=True, slots=True)
class Found:
    """`rows` newest first: the entry, or None where the bytes at that position are none. `looked` entries were looked through, down to
    position `low`; 0 means that there are no more."""

    rows: tuple[tuple[int, EntryRow | None], ...]
    looked: int
    low: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of ours, or an id with its page ("" where it has none or is not open)."""

    text: str
    href: str = ""
    id: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """`who`: name and roles of the person, then of the second one. `clocks`: the hour on the mission's own clocks, in words."""

    position: int
    act: str
    at: str
    day: str
    clock: str
    clocks: tuple[str, ...]
    who: tuple[tuple[str, str, tuple[str, ...]], ...]
    told: tuple[Piece, ...]
    about: tuple[Piece, ...]


def wanted(query: Mapping[str, str], size: int, accounts: Mapping[str, Account]) -> Wanted:
    """From an address. Refuses what nobody could mean: a page would else answer another question."""
    before, act, who = (query.get(name, "").strip() for name in ("before", "act", "who"))
    about = query.get("about", "").strip().upper()
    if (before and (not before.isascii() or not before.isdecimal() or len(before) > 15)) or (act and act not in KINDS):
        raise Refusal("request_malformed")
    if who and who not in accounts:
        raise Refusal("not_in_record", asked=who[:60])
    if about and not _ID.fullmatch(about):
        raise Refusal("not_in_record", asked=about[:60])
    return Wanted(min(int(before), size) if before else size, act, who, about)


def found(mission: Mission, asked: Wanted) -> Found:
    """One page of them. With filters it looks through so many entries and no more: the page says so, and the next one goes on."""
    if not asked.filters:
        low = max(0, asked.before - PAGE)
        rows = tuple((position, _read(position, data)) for position, data in reversed(queries.stored(mission, low, asked.before)))
        return Found(rows, len(rows), low)
    out: list[tuple[int, EntryRow | None]] = []
    high = asked.before
    while high > 0 and asked.before - high < MOST:
        low = max(0, high - CHUNK)
        for position, data in reversed(queries.stored(mission, low, high)):
            entry = _read(position, data) if all(needle in data for needle in _needles(asked)) else None
            if entry is not None and _matches(entry, asked):
                out.append((position, entry))
                if len(out) == PAGE:
                    return Found(tuple(out), asked.before - position, position)
        high = low
    return Found(tuple(out), asked.before - high, high)


def _needles(asked: Wanted) -> Iterator[bytes]:
    if asked.act:
        yield f'"act":"{asked.act}"'.encode()
    for each in (asked.who, asked.about):
        if each:
            yield each.encode()


def _matches(entry: EntryRow, asked: Wanted) -> bool:
    return (
        asked.act in ("", entry.act)
        and asked.who in ("", entry.actor, entry.second)
        and (not asked.about or any(asked.about in (each, each.partition("#")[0]) for each in ids_of(entry)))
    )


def _read(position: int, data: bytes) -> EntryRow | None:
    try:
        told = entry_of(data)
    except Refusal:
        return None
    return EntryRow(position, told.act, told.version, told.actor, told.second, told.at, told.body)


def known(entry: EntryRow) -> bool:
    """Whether its kind is one of ours and it has the fields of that kind."""
    kind = KINDS.get(entry.act)
    return kind is not None and kind.version == entry.version and kind.body.keys() <= entry.body.keys()


def ids_of(entry: EntryRow) -> tuple[str, ...]:
    """What it is about, in the order of its kind's fields, each once."""
    if not known(entry):
        return ()
    out: dict[str, None] = {}
    for name, sort in KINDS[entry.act].body.items():
        if sort.lstrip("?").rstrip("*") in ("id", "ref"):
            value = entry.body[name]
            out.update(dict.fromkeys(str(each) for each in (value if isinstance(value, list) else [value]) if each))
    return tuple(out)


@dataclass
class Telling:
    """Puts entries into words for one page: names, hours and addresses are asked for once."""

    mission: Mission
    zones: tuple[str, ...]
    accounts: Mapping[str, Account]
    _hrefs: dict[str, str] = field(default_factory=dict)

    def line(self, entry: EntryRow) -> Line:
        at = datetime.fromisoformat(entry.at)
        said = what(entry) if known(entry) else _UNKNOWN
        inside = _ID.findall(said)
        return Line(
            position=entry.position,
            act=entry.act,
            at=entry.at,
            day=words.day(entry.at),
            clock=f"{at:%H:%M:%S}",
            clocks=tuple(dict.fromkeys(_clock(iso, entry.at) for _, iso in clocks(at, self.zones))),
            who=tuple(self._who(each) for each in (entry.actor, entry.second) if each),
            told=tuple(self._pieces(said)),
            about=tuple(self.piece(each) for each in ids_of(entry) if each not in inside),
        )

    def _who(self, account: str) -> tuple[str, str, tuple[str, ...]]:
        row = self.accounts.get(account)
        return (account, row.name or account, row.roles) if row is not None else (account, account, ())

    def _pieces(self, said: str) -> Iterator[Piece]:
        done = 0
        for each in _ID.finditer(said):
            if each.start() > done:
                yield Piece(said[done : each.start()])
            yield self.piece(each.group())
            done = each.end()
        if done < len(said):
            yield Piece(said[done:])

    def piece(self, ident: str) -> Piece:
        """An account is called by its name."""
        row = self.accounts.get(ident)
        return Piece(row.name or ident, "", id=True) if row is not None else Piece(ident, self.href(ident), id=True)

    def href(self, ident: str) -> str:
        if ident not in self._hrefs:
            try:
                self._hrefs[ident] = self._href(ident)
            except Refusal:  # `not_in_record`: an entry may name what the tables do not have (any more)
                self._hrefs[ident] = ""
        return self._hrefs[ident]

    def _href(self, ident: str) -> str:
        if ident.startswith("EXH-"):
            return self._exhibit(*ident.partition("#")[::2])
        if ident.startswith("INC-"):
            row = queries.incident(self.mission, ident)
            here = {each.exhibit for each in queries.claims(self.mission, incident=ident) if each.state in _STANDING}
            shown = row.state != "rejected" and not row.leads_to and any(self._exhibit(exhibit, "") for exhibit in sorted(here))
            return incident_href(ident) if shown else ""
        return f"/reports/#{ident}" if ident.startswith("EDN-") else ""

    def _exhibit(self, exhibit: str, number: str) -> str:
        row = queries.exhibit(self.mission, exhibit)
        if not is_open(row) or not row.text or not row.reading:
            return ""
        if number.isdecimal() and queries.claim(self.mission, f"{exhibit}#{number}").state in _STANDING:
            return claim_href(Ref(exhibit, int(number)))
        return exhibit_href(exhibit)


def _clock(iso: str, utc: str) -> str:
    """ "06:00 at UTC-2", with the day where it is another one there."""
    return f"{'' if iso[:10] == utc[:10] else words.day(iso) + ', '}{words.clock(iso)} at {words.offset(datetime.fromisoformat(iso))}"
