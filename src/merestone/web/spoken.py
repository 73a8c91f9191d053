"""What was said and asked, as pages show it: statements by type and by date, and appeals with what meets them.

Pure. The law it keeps: statements of every side in the same form, columns in order of the parties' codes; an answer older than the ask
meets nothing, and an ask that nothing meets is said to be unanswered, which is not a refusal.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from merestone.extract.terms import STATEMENTS
from merestone.ledger.terms import Refusal
from merestone.report import sections, words
from merestone.report.edition import value_of
from merestone.report.page import Anchors
from merestone.report.tables import safe
from merestone.report.terms import Edition
from merestone.web.filters import Filter, asked

OTHER = words.OTHER
VIEWS = {"type": "side by side, by type", "date": "in order of date"}
MET = {"yes": "answered", "no": "unanswered"}
COLUMNS = ("ref", "type", "by", "party", "published", "told_by", "quote", "document", "status")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which party ("other" for those of none), of which type, in which days; "" for all. `view` is one of VIEWS."""

    days: Filter
    party: str = ""
    type: str = ""
    view: str = "type"

    @property
    def given(self) -> bool:
        return bool(self.party or self.type or self.days.without("known").given)


def wanted(query: Mapping[str, str], edition: Edition) -> Wanted:
    """From an address. Refuses `filter_malformed`."""
    days = asked(query, edition, names=("from", "to", "known"), beside=("party", "type", "view", "format"))
    parties = (*(code for code, _ in edition.parties), OTHER)
    return Wanted(
        days, _one(query, "party", parties), _one(query, "type", STATEMENTS), _one(query, "view", tuple(VIEWS)) or next(iter(VIEWS))
    )


def _one(query: Mapping[str, str], option: str, allowed: tuple[str, ...]) -> str:
    found = query.get(option, "").strip()
    if found and found not in allowed:
        raise Refusal("filter_malformed", option=option, found=found[:200], allowed=words.listed(allowed))
    return found


# --- statements ---------------------------------------------------------------------------------------------------


def statements(edition: Edition, anchors: Anchors, asked_for: Wanted) -> list[Json]:
    """In order of date, those without one last. What bears no date cannot be said to lie outside the days asked for, so it stays."""
    shown = sections.statements(edition, anchors)
    published = _published(edition)
    codes = [code for code, _ in edition.parties]
    made = []
    for entry, values in zip(edition.statements, shown, strict=True):
        said = entry.statement
        side = said.party if said.party in codes else OTHER
        if (asked_for.party and side != asked_for.party) or (asked_for.type and said.type != asked_for.type):
            continue
        day = published[entry.document]
        if asked_for.days.holds_days(day, day):
            order = codes.index(side) if side in codes else -1
            made.append(
                {
                    **values,
                    "document": _lit(values["document"], entry.ref),
                    "code": said.type,
                    "side": side,
                    "order": order,
                    "date": day,
                    "day": _told(day),
                    "ref": entry.ref,
                }
            )
    return sorted(made, key=_by_date)


def by_type(edition: Edition, entries: Iterable[Json], party: str = "") -> tuple[list[Json], list[str]]:
    """Each type that is there, with the same columns throughout, and the names of parties that say nothing here at all.

    A party that these documents concern has its column whether it says anything or not, as long as fewer than two parties say something;
    else who is silent throughout is named once."""
    every = list(entries)
    heard = {entry["side"] for entry in every}
    parties = [(code, name, n) for n, (code, name) in enumerate(edition.parties) if code in sections.concerned(edition)]
    speaking = [each for each in parties if each[0] in heard]
    columns = [each for each in parties if each[0] == party] if party else speaking if len(speaking) > 1 else parties
    if party == OTHER or (not party and OTHER in heard):
        columns.append((OTHER, "Others", -1))
    found = []
    for code in STATEMENTS:
        here = [entry for entry in every if entry["code"] == code]
        if here:
            sides = [{"name": name, "order": n, "entries": [each for each in here if each["side"] == side]} for side, name, n in columns]
            found.append({"name": here[0]["type"], "count": len(here), "columns": sides})
    return found, [] if party else [name for code, name, n in parties if (code, name, n) not in columns]


def statements_csv(edition: Edition, anchors: Anchors, asked_for: Wanted) -> bytes:
    """One row a statement, for a spreadsheet: UTF-8 with a byte order mark; no cell can be read as a formula."""
    told = {entry.ref: entry for entry in edition.statements}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in statements(edition, anchors, asked_for):
        said = told[entry["ref"]].statement
        row = (
            entry["ref"],
            said.type,
            said.by,
            said.party,
            entry["date"],
            entry["told_by"],
            said.quote,
            told[entry["ref"]].document,
            entry["mark"],
        )
        writer.writerow([safe(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


# --- appeals ------------------------------------------------------------------------------------------------------


def appeals(edition: Edition, anchors: Anchors) -> Json:
    """`asks` in order of date, each with its answers: `before` tells those that are dated before the ask and so meet nothing; `met`
    whether any other does. `unmatched` are responses of nobody who was asked."""
    shown = sections.appeals(edition, anchors)
    published = _published(edition)
    asks = []
    for entry, values in zip(edition.appeals, shown["asks"], strict=True):
        day = published[entry.document]
        answers = [
            {**_answer(edition, n, answer), "before": _before(edition.responses[n].response.date, day)}
            for n, answer in zip(entry.answers, values["answers"], strict=True)
        ]
        met = any(not answer["before"] for answer in answers)
        asks.append(
            {**values, "document": _lit(values["document"], entry.ref), "answers": answers, "met": met, "date": day, "day": _told(day)}
        )
    met_here = {n for entry in edition.appeals for n in entry.answers}
    left = [n for n in range(len(edition.responses)) if n not in met_here]
    unmatched = [_answer(edition, n, answer) for n, answer in zip(left, shown["unmatched"], strict=True)]
    return {"asks": sorted(asks, key=_by_date), "unmatched": unmatched}


def signatories(edition: Edition, anchors: Anchors) -> list[Json]:
    shown = zip(edition.signatories, sections.signatories(edition, anchors), strict=True)
    return [{**values, "document": _lit(values["document"], entry.ref)} for entry, values in shown]


def _answer(edition: Edition, number: int, values: Json) -> Json:
    return {**values, "document": _lit(values["document"], edition.responses[number].ref)}


def _lit(document: Mapping[str, str], ref: str) -> dict[str, str]:
    """Where its words are lit in the text that they come from; the document alone where it has no number."""
    return {"href": f"{document['href']}#{ref.rpartition('#')[2]}", "name": ref} if ref and document["href"] else dict(document)


def met_asked(query: Mapping[str, str]) -> str:
    for name in query:
        if name not in {"met", "known"}:
            raise Refusal("filter_malformed", option="name", found=name[:200], allowed="met, known")
    return _one(query, "met", tuple(MET))


def _before(answered: str, asked_on: str) -> bool:
    """Whether an answer is surely older than the ask: by calendar days, and only where both are known."""
    first, last = words.date_of(answered), words.date_of(asked_on)
    return first is not None and last is not None and first < last


def _published(edition: Edition) -> Mapping[str, str]:
    return {document.id: value_of(document.published) for document in edition.documents}


def _told(day: str) -> str:
    return words.day(day) if words.date_of(day) else "date not known"


def _by_date(entry: Json) -> tuple[bool, str]:
    return words.date_of(entry["date"]) is None, entry["date"][:10]
