"""The map with its timeline, and the values that its script asks for. Both show the same edition, redacted as every page's is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from markupsafe import Markup

from merestone.report import map as report_map
from merestone.report import svg
from merestone.web.house import KNOWN, Sight, sight_asked
from merestone.web.hrefs import incident_href, staying
from merestone.web.mapdata import listed_in, map_data, window_asked
from merestone.web.page import page

ROLES = (("target", "what was hit or meant"), ("at", "where it was"), ("origin", "where it came from"))


def chart(request: HttpRequest) -> HttpResponse:
    """Whole without a script: the map is the report's picture, the list is of the days that the address asks for."""
    window = window_asked(request.GET.get("from", ""), request.GET.get("to", ""))
    sight = sight_asked(request)
    shown = _shown(sight)
    pictures = [Markup(report_map.map_svg(sight.edition, size)) for size in (report_map.WIDE, report_map.NARROW)]  # noqa: S704 - written by report/svg.py, which escapes every value
    return page(
        request,
        "map.html",
        sight,
        data=shown,
        names={**{party["code"]: party["name"] for party in shown["parties"]}, "other": "other voices"},
        window=window,
        known=request.GET.get(KNOWN, ""),
        lists=listed_in(shown, window),
        pictures=[picture for picture in pictures if picture],
        marks=[(words, _mark(role)) for role, words in ROLES],
        attribution=sight.edition.method.attribution,
    )


def data(request: HttpRequest) -> HttpResponse:
    """All incidents, whatever window the page shows: its script narrows them without asking again."""
    return JsonResponse(_shown(sight_asked(request)), json_dumps_params={"ensure_ascii": False})


def _shown(sight: Sight) -> dict[str, Any]:
    return map_data(sight.edition, lambda group: staying(incident_href(group), sight.then))


def _mark(role: str) -> Markup:
    drawn = svg.el("svg", report_map.mark(role, 8, 8), viewBox="0 0 16 16", width=16, height=16, aria_hidden="true", class_="map key")
    return Markup(drawn)  # noqa: S704 - as above
