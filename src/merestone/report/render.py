"""An edition as files: report.html, claims.csv, incidents.geojson, edition.json. Pure: the same edition gives the same bytes.

Only an edition that `redact` has passed is rendered; every file says that no person has reviewed it.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from merestone.ledger.terms import Refusal
from merestone.report import map as maps
from merestone.report import page, sections, svg, timeline, words
from merestone.report.sites import sites_of
from merestone.report.tables import claims_csv, incidents_geojson
from merestone.report.terms import INTERNAL, PROFILES, Edition
from merestone.report.written import edition_json

TEMPLATES = Path(__file__).resolve().parent / "templates"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
FILES = ("report.html", "claims.csv", "incidents.geojson", "edition.json")


def render(edition: Edition) -> dict[str, bytes]:
    """The files by name. Raises Refusal for an edition that has not gone through `redact`."""
    if edition.profile not in PROFILES:
        raise Refusal("edition_not_redacted", found=edition.profile or "no profile")
    return {
        "report.html": report_html(edition),
        "claims.csv": claims_csv(edition),
        "incidents.geojson": incidents_geojson(edition),
        "edition.json": edition_json(edition),
    }


def report_html(edition: Edition) -> bytes:
    template = _environment().get_template("report.html")
    return template.render(_page(edition)).encode("utf-8", "replace")


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_printable
    )  # fmt: skip
    environment.filters["listed"] = words.listed
    environment.filters["capital"] = lambda text: text[:1].upper() + text[1:]
    return environment


def _printable(value: Any) -> Any:
    """Words of strangers without control characters, which no page may hold; marked-up text of ours is left as it is."""
    return _CONTROL.sub("\ufffd", value) if type(value) is str else value


def _page(edition: Edition) -> dict[str, Any]:
    anchors = page.Anchors.of(edition)
    cards = page.Cards(edition, anchors)
    named, areas = sites_of(edition)
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    return {
        "style": Markup(style),
        "style_digest": base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii"),
        "title": sections.title_of(edition),
        "pack": edition.pack,
        "window": " – ".join(words.day(day) if day else "…" for day in edition.window) if any(edition.window) else "",
        "profile": edition.profile,
        "internal": edition.profile == INTERNAL,
        "generated": words.stamp(edition.generated_at),
        "happened": sections.happened(edition),
        "parties": [(order, name) for order, (code, name) in enumerate(edition.parties) if code in sections.concerned(edition)],
        "unheard": sections.unheard(edition),
        "publishers": sections.publishers(edition),
        "counts": {
            "documents": len(edition.documents), "claims": len(edition.claims), "incidents": len(edition.incidents),
            "patterns": len(edition.patterns), "voices": len(edition.voices), "refusals": len(edition.refusals),
        },
        "summary": page.summary(edition, anchors),
        "maps": [Markup(maps.map_svg(edition, size)) for size in (maps.WIDE, maps.NARROW)] if named else [],
        "marks": [(name, Markup(_mark(role))) for role, name in (("target", "what was hit or meant"), ("at", "where it was"), ("origin", "where it came from"))],
        "lines": maps.lines_drawn(edition),
        "sites": named,
        "areas": areas,
        "place": words.distance,
        "timelines": [Markup(timeline.timeline_svg(edition, size)) for size in (timeline.WIDE, timeline.NARROW)],
        "timeline": timeline.timeline_of(edition),
        "hatches": Markup(svg.el("svg", svg.hatches("k", len(edition.parties)), width=0, height=0, aria_hidden="true", class_="defs")),
        "incidents": sections.incidents(edition, anchors, cards),
        "patterns": sections.patterns(edition, anchors, cards),
        "loose": sections.loose(edition, cards),
        "voices": sections.voices(edition, anchors),
        "passages": sections.passages(edition, anchors),
        "statements": sections.statements(edition, anchors),
        "appeals": sections.appeals(edition, anchors),
        "signatories": sections.signatories(edition, anchors),
        "refusals": [page.refused(refusal) for refusal in edition.refusals],
        "cited": sections.cited(edition, anchors),
        "documents": page.documents(edition, anchors, cards),
        "inputs": edition.inputs,
        "method": edition.method,
        "withheld": edition.withheld,
        "kind": words.kind,
        "stretch": words.stretch,
    }  # fmt: skip


def _mark(role: str) -> str:
    return svg.el("svg", maps.mark(role, 8, 8), viewBox="0 0 16 16", width=16, height=16, aria_hidden="true", class_="map key")
