"""All that a report shows, as plain values with one name each: what the page, the PDF and the DOCX are made of, in the order of the page.

Whatever stands in one of the three stands in all, because none of them asks an edition for anything else. Pictures are SVG as text;
words of strangers are as they came, and each of the three makes them harmless in its own way.
"""

from __future__ import annotations

from typing import Any

from merestone.report import agreements, corrections, page, sections, standing, svg, timeline, words
from merestone.report import map as maps
from merestone.report.balance import audited, told
from merestone.report.sites import sites_of
from merestone.report.terms import INTERNAL, Edition
from merestone.report.written import as_data

MAP_ON_PAPER = maps.Size(
    "mp", 720, maps.WIDE.aspect, 14.5, 10
)  # as wide as a page at a size that can be read; shows what the wide map shows
LINE_ON_PAPER = timeline.Size("tp", 720, 215, 30, 13, most=16)
ROLES = (("target", "what was hit or meant"), ("at", "where it was"), ("origin", "where it came from"))


def contents_of(edition: Edition) -> dict[str, Any]:
    anchors = page.Anchors.of(edition)
    return {**_head(edition), **_numbers(edition, anchors), **_where_and_when(edition), **_body(edition, anchors)}


def _head(edition: Edition) -> dict[str, Any]:
    """What stands above the contents: whose report, of what, how it came about."""
    return {
        "title": sections.title_of(edition),
        "own": standing.shown_of(edition),
        "pack": edition.pack,
        "window": " – ".join(words.day(day) if day else "…" for day in edition.window) if any(edition.window) else "",
        "profile": edition.profile,
        "internal": edition.profile == INTERNAL,
        "generated": words.stamp(edition.generated_at),
        "happened": sections.happened(edition),
        "parties": [(order, name) for order, (code, name) in enumerate(edition.parties) if code in sections.concerned(edition)],
        "sides": len(edition.parties),
        "unheard": sections.unheard(edition),
        "publishers": sections.publishers(edition),
    }


def _numbers(edition: Edition, anchors: page.Anchors) -> dict[str, Any]:
    return {
        "counts": {
            "documents": len(edition.documents),
            "claims": len(edition.claims),
            "incidents": len(edition.incidents),
            "patterns": len(edition.patterns),
            "voices": len(edition.voices),
            "refusals": len(edition.refusals),
        },
        "corrections": corrections.told(edition, anchors),
        "summary": page.summary(edition, anchors),
        "withheld": edition.withheld,
    }


def _where_and_when(edition: Edition) -> dict[str, Any]:
    """Each picture for a wide page, for a phone, and for paper."""
    named, areas = sites_of(edition)
    return {
        "maps": [maps.map_svg(edition, size) for size in (maps.WIDE, maps.NARROW)] if named else [],
        "map_on_paper": maps.map_svg(edition, MAP_ON_PAPER) if named else "",
        "marks": [(name, _mark(role)) for role, name in ROLES],
        "lines": maps.lines_drawn(edition),
        "sites": named,
        "areas": areas,
        "timelines": [timeline.timeline_svg(edition, size) for size in (timeline.WIDE, timeline.NARROW)],
        "timeline_on_paper": timeline.timeline_svg(edition, LINE_ON_PAPER),
        "timeline": timeline.timeline_of(edition),
        "hatches": svg.swatches(len(edition.parties)),
    }


def _body(edition: Edition, anchors: page.Anchors) -> dict[str, Any]:
    cards = page.Cards(edition, anchors)
    return {
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
        "agreements": agreements.shown(edition, anchors),
        "balance": _balance(edition),
        "method": edition.method,
        "inputs": edition.inputs,
    }


def _balance(edition: Edition) -> dict[str, Any] | None:
    """None for an edition that was frozen without what it takes."""
    if edition.reach is None:
        return None
    data = as_data(edition)
    return told(data, audited(data))


def _mark(role: str) -> str:
    return svg.el("svg", maps.mark(role, 8, 8), viewBox="0 0 16 16", width=16, height=16, aria_hidden="true", class_="map key")
