"""Map and timeline: what is drawn, what is only named, and that no label covers another."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

from merestone.report import INTERNAL, PUBLIC, Edition, redact, timeline
from merestone.report import map as maps
from merestone.report.sites import frame, sites_of
from tests.report.invented import SMALL, Bundle, Paper, Told, edition


def made(*told: Told) -> Edition:
    return redact(edition(Bundle((Paper("a", told),))), INTERNAL)


def wide(found: Edition, name: str, radius: float, level: str = "settlement") -> Edition:
    """The edition with one place known only to `radius`."""

    def changed(card):  # type: ignore[no-untyped-def]
        where = tuple(replace(w, uncertainty_m=radius, level=level) if w.name == name else w for w in card.claim.where)
        return replace(card, claim=replace(card.claim, where=where))

    return replace(found, claims=tuple(changed(card) for card in found.claims))


@pytest.mark.parametrize("size", [maps.WIDE, maps.NARROW], ids=["wide", "phone"])
def test_each_place_is_named_once_and_inside_the_picture(size: maps.Size) -> None:
    picture = etree.fromstring(maps.map_svg(redact(edition(SMALL), INTERNAL), size))
    _, _, width, height = (float(n) for n in picture.get("viewBox").split())
    names = [t for t in picture.iter("{*}text") if (t.get("class") or "").startswith("place")]
    assert sorted(t.text for t in names) == ["Amberley", "Brockfen", "Caldmoor", "Dunwick"]
    for text in names:
        assert 0 < float(text.get("x")) < width
        assert 0 < float(text.get("y")) < height
    boxes = [(float(t.get("x")), float(t.get("y"))) for t in names]
    assert all(abs(ay - by) > 6 or abs(ax - bx) > 40 for n, (ax, ay) in enumerate(boxes) for bx, by in boxes[n + 1 :])


def test_uncertainty_is_drawn_to_scale() -> None:
    found = made(Told("Shots fell on Amberley."), Told("Shots fell on Caldmoor.", place=2))
    sites, _ = sites_of(found)
    view = frame(sites, maps.WIDE.width, maps.WIDE.aspect)
    radii = {float(r) for r in re.findall(r'r="([\d.]+)" class="unsure"', maps.map_svg(found, maps.WIDE))}
    assert radii == {round(view.pixels(900.0), 1)}
    assert view.pixels(10_000) / view.width == pytest.approx(10 / view.km_wide, rel=0.01), "the same scale across and down"


def test_a_wide_area_is_named_beside_the_map_and_a_vague_place_has_no_mark() -> None:
    found = made(Told("Shots fell on Amberley."), Told("Shots fell on Caldmoor.", place=2))
    assert maps.map_svg(wide(found, "Caldmoor", 7_000.0), maps.WIDE).count('class="mark"') == 1
    sites, areas = sites_of(wide(found, "Caldmoor", 40_000.0, "region"))
    assert [site.name for site in sites] == ["Amberley"]
    assert [(area.name, area.why) for area in areas] == [("Caldmoor", "region")]


def test_one_place_far_away_does_not_shrink_the_map() -> None:
    found = made(*(Told(f"Shots {n} fell on Amberley.") for n in range(4)), Told("They met at Farrowby.", kind="ceasefire_agreed", place=5))
    far = replace(
        found,
        claims=tuple(
            replace(c, claim=replace(c.claim, where=tuple(replace(w, lat=w.lat + 9) for w in c.claim.where if w.lat is not None)))
            if c.claim.kind == "ceasefire_agreed"
            else c
            for c in found.claims
        ),
    )
    sites, areas = sites_of(far)
    assert [site.name for site in sites] == ["Amberley"]
    assert [(area.name, area.why) for area in areas] == [("Farrowby", "outside the map")]


def test_lines_carry_their_letter_and_origin() -> None:
    found = redact(edition(SMALL), INTERNAL)
    assert maps.lines_drawn(found) == (("A", "Ceasefire line", "annex to the statement", None),)
    assert ">A</text>" in maps.map_svg(found, maps.WIDE)


def test_without_a_place_there_is_no_map() -> None:
    assert maps.map_svg(made(Told("Shots were heard.", place=None)), maps.WIDE) == ""


# --- timeline -----------------------------------------------------------------------------------------------------


def test_empty_days_are_cut_out_and_every_dated_incident_stands_somewhere() -> None:
    found = made(Told("One fell.", days=16), Told("Two fell.", days=15), Told("Three fell.", days=300), Told("Four fell.", days=None))
    line = timeline.timeline_of(found)
    assert len(line.stretches) == 2
    assert [panel.days for panel in timeline.panels_of(line, timeline.WIDE)] == [3]
    assert {row.incident.group.id for row in line.rows} | {i.group.id for i in line.beside} == {i.group.id for i in found.incidents}
    picture = timeline.timeline_svg(found, timeline.WIDE)
    assert picture.count('class="gap"') == 1
    assert picture.count('class="bar') == 3


def test_a_time_too_unsure_to_draw_is_listed_beside() -> None:
    found = made(Told("One fell."), Told("Two fell."))
    longer = replace(found.claims[0].claim.when, end="2031-07-30")
    cards = (replace(found.claims[0], claim=replace(found.claims[0].claim, when=longer)), *found.claims[1:])
    line = timeline.timeline_of(replace(found, claims=cards))
    assert [row.incident.group.id for row in line.rows] == ["B-002"]
    assert [incident.group.id for incident in line.beside] == ["B-001"]


@pytest.mark.parametrize("size", [timeline.WIDE, timeline.NARROW], ids=["wide", "phone"])
def test_incidents_months_apart_are_all_drawn_inside_the_picture(size: timeline.Size) -> None:
    found = made(*(Told(f"Shot {n} fell.", days=16 + 9 * n) for n in range(70)))
    line = timeline.timeline_of(found)
    assert len(line.rows) == 70
    assert line.beside == ()
    pictures = re.findall(r"<svg.*?</svg>", timeline.timeline_svg(found, size), re.DOTALL)
    assert len(pictures) == len(timeline.panels_of(line, size)) > 2
    bars = [bar for picture in pictures for bar in etree.fromstring(picture).iter("{*}rect") if (bar.get("class") or "").startswith("bar")]
    assert len(bars) == 70
    assert all(size.left <= float(bar.get("x")) and float(bar.get("x")) + float(bar.get("width")) <= size.width for bar in bars)
    assert all(float(bar.get("width")) >= 6 for bar in bars)


def test_a_version_too_unsure_to_draw_does_not_hide_the_others() -> None:
    found = redact(edition(Bundle((Paper("a", (Told("One fell."), Told("Two fell."))),), groups=(("a#1", "a#2"),))), INTERNAL)
    longer = replace(found.claims[0].claim.when, end="2031-07-30")
    cards = (replace(found.claims[0], claim=replace(found.claims[0].claim, when=longer)), *found.claims[1:])
    line = timeline.timeline_of(replace(found, claims=cards))
    assert [len(row.bars) for row in line.rows] == [1]
    assert [incident.group.id for incident in line.partly] == ["B-001"]


def test_within_three_days_the_hours_are_marked() -> None:
    assert ">12:00</text>" in timeline.timeline_svg(made(Told("One fell.")), timeline.WIDE)
    assert ">12:00</text>" not in timeline.timeline_svg(
        made(Told("One fell."), Told("Two fell.", days=11), Told("Three fell.", days=14)), timeline.WIDE
    )


def test_a_public_map_shows_no_settlement_that_is_hidden() -> None:
    told = Told("A post stands above Farrowby.", kind="position_held", role="at", what="territory", place=5)
    picture = maps.map_svg(redact(edition(Bundle((Paper("a", (told,)),))), PUBLIC), maps.WIDE)
    assert "Farrowby" not in picture
    assert "10 km cell in Southfell District" in picture
    assert 'class="mark"' not in picture
