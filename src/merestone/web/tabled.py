"""The same address as a page, as a table for a spreadsheet, or as places for a map program: `?format=` or the Accept header decides."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from merestone.ledger.terms import Refusal
from merestone.report.tables import claims_csv, incidents_geojson
from merestone.report.terms import Edition

PAGE = "html"
_TYPES = {PAGE: "text/html", "csv": "text/csv", "geojson": "application/geo+json"}
_MAKE: dict[str, Callable[[Edition], bytes]] = {"csv": claims_csv, "geojson": incidents_geojson}


def form_asked(request: HttpRequest) -> str:
    """`html`, `csv` or `geojson`. The address goes before the header, so that a link can be kept and handed on."""
    asked = request.GET.get("format", "")
    if asked and asked not in _TYPES:
        raise Refusal("filter_malformed", option="format", found=asked[:40], allowed=", ".join(_TYPES))
    preferred = request.get_preferred_type(list(_TYPES.values()))
    return asked or next((form for form, kind in _TYPES.items() if kind == preferred), PAGE)


def table(edition: Edition, form: str, name: str) -> HttpResponse:
    """An edition's claims or places as a file; `name` is without its ending, of letters, digits and dashes."""
    response = HttpResponse(_MAKE[form](edition), content_type=_TYPES[form] + ("; charset=utf-8" if form == "csv" else ""))
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Vary"] = "Accept"
    return response
