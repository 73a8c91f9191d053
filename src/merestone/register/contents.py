"""What of the record goes into an edition: exhibits that are open, and of each what people recorded and what is still proposed.

The law it keeps: protected and erased exhibits are passed over before anything is opened, and no reader runs here: what was proposed
is what a reading kept in the vault says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from merestone.capture.names import fold
from merestone.capture.terms import Exhibit, ExhibitText
from merestone.extract import languages_with_rules
from merestone.extract.terms import Reading
from merestone.ledger.terms import Refusal
from merestone.link.dossiers import dossier_of
from merestone.link.terms import Dossier
from merestone.register import queries, vault
from merestone.register.about import About
from merestone.register.frozen import thaw
from merestone.register.standing import Kept, is_open
from merestone.register.terms import ClaimRow, ExhibitRow, Mission
from merestone.report.terms import RECORDED
from merestone.report.window import Window, within

WAITING = ("proposed", "deferred")


@dataclass(frozen=True, slots=True)
class Part:
    """One exhibit of an edition, with what is shown of it: `rows` are those of the reading's claims, statements and so on, in their order."""

    exhibit: ExhibitRow
    text: ExhibitText
    reading: Reading
    rows: tuple[ClaimRow, ...]

    def dossier(self) -> Dossier:
        return dossier_of(self.text, self.reading)

    def of(self, part: str) -> tuple[ClaimRow, ...]:
        return tuple(row for row in self.rows if row.part == part)


def parts(mission: Mission, recorded_only: bool, window: Window) -> tuple[tuple[Part, ...], tuple[Refusal, ...]]:
    """The exhibits that are open and were read, in the order in which they were received; and what could not be read, or was not yet."""
    states = (RECORDED,) if recorded_only else (RECORDED, *WAITING)
    rows: dict[str, list[ClaimRow]] = {}
    for row in queries.claims(mission):
        if row.state in states:
            rows.setdefault(row.exhibit, []).append(row)
    exhibits = [row for row in queries.exhibits(mission) if is_open(row)]
    names = frozenset(fold(row.publisher) for row in exhibits if row.publisher)
    found: list[Part] = []
    unread: list[Refusal] = []
    for exhibit in exhibits:
        if exhibit.text and (exhibit.reading or exhibit.id in rows):
            found.append(_part(mission, exhibit, rows.get(exhibit.id, []), (names, window)))
        elif exhibit.text or exhibit.unread:  # what only carries others is no text of its own
            unread.append(_unread(exhibit))
    unread.extend(_refused(mission))
    return tuple(found), tuple(unread)


def _unread(exhibit: ExhibitRow) -> Refusal:
    known = languages_with_rules()
    if exhibit.text and exhibit.language and exhibit.language not in known:
        languages = ", ".join(known)
        return Refusal(
            "language_without_rules", path=exhibit.name, id=exhibit.id, language=exhibit.language, origin="described", languages=languages
        )
    return Refusal(exhibit.unread or "not_read_yet", path=exhibit.name)


def _refused(mission: Mission) -> Iterator[Refusal]:
    for row in queries.refused(mission):
        name = None if row.protected else vault.open_item(mission.alias, row.name)
        if name is not None:
            yield Refusal(row.code, path=name.decode())


def _part(mission: Mission, exhibit: ExhibitRow, rows: Iterable[ClaimRow], seen: tuple[frozenset[str], Window]) -> Part:
    names, window = seen
    mine = tuple(rows)
    kept = Kept(mission, exhibit, mine)
    whole = kept.reading()
    cited = tuple(replace(each, received=fold(each.by) in names) for each in whole.citations)
    reading = replace(within(whole, window), citations=cited)
    left = {claim.id for claim in reading.claims}
    lists = [row for row in mine if row.part == "G"][:-1]  # an exhibit has one list of signatories: the latest
    shown = tuple(row for row in mine if row not in lists and (row.part or row.number in left))
    return Part(exhibit, _text(mission, exhibit, kept.text), reading, shown)


def _text(mission: Mission, exhibit: ExhibitRow, text: ExhibitText) -> ExhibitText:
    """Open as the record says, whatever it was when it was received. A line of a corpus goes by its own bytes: the digest of the whole
    file would tell of its other lines."""
    about = thaw(About, vault.read(mission, exhibit.about))
    text = replace(text, notices=about.notices, protected=False)
    if about.line is None:
        return text
    content = text.text.encode("utf-8", "surrogatepass")
    own = Exhibit(f"{about.name}, line {about.line}", about.media_type, len(content), hashlib.sha256(content).hexdigest())
    return replace(text, exhibit=own)
