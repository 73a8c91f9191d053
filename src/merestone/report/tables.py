"""`claims.csv` and `incidents.geojson`: the edition for a spreadsheet and for a map program, with no precision that nobody gave."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from typing import Any

from merestone.extract.terms import Located
from merestone.ledger.words import escaped
from merestone.report import words
from merestone.report.edition import value_of
from merestone.report.standing import ALONE, alone, mark, tally
from merestone.report.terms import Card, Document, Edition
from merestone.report.written import places_of, versions_of

COLUMNS = (
    "ref", "document", "publisher", "published", "claim", "incident", "kind", "stance", "realised", "said_by", "initiator", "target_party",
    "target_what", "from", "to", "precision", "inferred", "places", "lat", "lon", "uncertainty_m", "weapons", "casualties", "quote", "copy_of",
    "rule", "confidence", "status",
)  # fmt: skip
UNREVIEWED = "unreviewed machine reading"
_NUMBERS = frozenset({"lat", "lon"})  # ours, and a minus sign south of the equator is no formula
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def claims_csv(edition: Edition) -> bytes:
    """One row a claim, UTF-8 with a byte order mark so that spreadsheets take it as such; no cell can be read as a formula."""
    names = dict(edition.parties)
    documents = {document.id: document for document in edition.documents}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for card in edition.claims:
        row = zip(COLUMNS, _row(card, documents[card.ref.document], names, mark(edition, card.state) or UNREVIEWED), strict=True)
        writer.writerow([cell if column in _NUMBERS else safe(cell) for column, cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def safe(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is quoted with an apostrophe; control characters have no place in a table."""
    bare = _CONTROL.sub("\ufffd", cell)
    return f"'{bare}" if bare.lstrip(" \u00a0\u200b\ufeff").startswith(_STARTS) else bare


def _row(card: Card, document: Document, names: dict[str, str], mark: str) -> list[str]:
    claim = card.claim
    located = _located(claim.where)
    at = (located.lat, located.lon, located.uncertainty_m) if located else (None, None, None)
    return [
        str(card.ref), card.ref.document, value_of(document.publisher), value_of(document.published), str(claim.id), card.incident, claim.kind,
        claim.stance, claim.realised, words.chain(claim), claim.initiator, claim.target.party, claim.target.what, claim.when.start,
        claim.when.end, claim.when.precision, " ".join(claim.when.inferred), "; ".join(f"{p.name} ({p.role})" for p in claim.where),
        *(_shown(value, at[2]) for value in at[:2]), "" if at[2] is None else str(round(at[2])), " ".join(claim.weapons),
        "; ".join(words.casualties(figure, names) for figure in claim.casualties), claim.quote, str(card.copy_of or ""), claim.rule,
        f"{claim.confidence:.2f}", mark,
    ]  # fmt: skip


def _located(where: tuple[Located, ...]) -> Located | None:
    """The place to show in one pair of columns: what was hit before where it was before where it came from."""
    placed = [located for located in where if located.lat is not None and located.lon is not None]
    order = {"target": 0, "at": 1, "origin": 2}
    return min(placed, key=lambda located: order.get(located.role, 3)) if placed else None


def digits(uncertainty_m: float | None) -> int:
    """How many decimals of a degree an uncertainty bears: a place known to 10 km is not told to the metre."""
    if uncertainty_m is None or uncertainty_m <= 0:
        return 2
    return max(0, min(5, math.ceil(math.log10(111_320 / uncertainty_m))))


def _shown(value: float | None, uncertainty_m: float | None) -> str:
    return "" if value is None else f"{value:.{digits(uncertainty_m)}f}"


def incidents_geojson(edition: Edition) -> bytes:
    """One feature a place and role of an incident (RFC 7946). A place that cannot be placed has a null geometry."""
    cards = {card.ref: card for card in edition.claims}
    features = [
        _feature(edition, number, place)
        for number, incident in enumerate(edition.incidents)
        for place in (
            places_of(incident.group, cards)
            or [{"name": None, "role": None, "level": None, "lat": None, "lon": None, "uncertainty_m": None}]
        )
    ]
    collection = {
        "type": "FeatureCollection",
        "title": edition.title,
        "status": _status(edition),
        "profile": edition.profile,
        "generated_at": edition.generated_at.isoformat(),
        "features": features,
    }
    return escaped(json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _status(edition: Edition) -> str:
    if edition.standing is None and edition.checkpoint is None:
        return UNREVIEWED
    recorded, whole = tally(edition)
    told = f"{recorded} of {whole} claims, statements and appeals recorded by a person"
    if edition.standing is None:
        return f"not an edition: the mission’s record as it stood; {told}"
    state = f"{edition.standing.edition}, {edition.standing.state}: {told}"
    return f"{state}; {ALONE}" if alone(edition.standing) else state


def _feature(edition: Edition, number: int, place: dict[str, Any]) -> dict[str, Any]:
    incident = edition.incidents[number]
    geometry = None
    if place["lat"] is not None and place["lon"] is not None:
        places = digits(place["uncertainty_m"])
        geometry = {"type": "Point", "coordinates": [round(place["lon"], places), round(place["lat"], places)]}
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": {
            "incident": incident.group.id,
            "kind": incident.group.kind,
            "grade": incident.assessment.grade,
            "state": incident.assessment.state,
            "from": incident.group.start or None,
            "to": incident.group.end or None,
            "precision": incident.group.precision,
            "place": place["name"],
            "role": place["role"],
            "level": place["level"],
            "uncertainty_m": place["uncertainty_m"],
            "contested": [entry.point for entry in incident.assessment.contested],
            **versions_of(edition, incident.assessment),
        },
    }
