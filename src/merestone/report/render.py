"""An edition as files: report.html, report.pdf, report.docx, claims.csv, incidents.geojson, edition.json. Pure: the same edition gives the same bytes.

Only an edition that `redact` has passed is rendered; every file says that no person has reviewed it.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from merestone.ledger.terms import Refusal
from merestone.report import words
from merestone.report.contents import contents_of
from merestone.report.tables import claims_csv, incidents_geojson
from merestone.report.terms import PROFILES, Edition
from merestone.report.written import edition_json

TEMPLATES = Path(__file__).resolve().parent / "templates"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
FILES = ("report.html", "report.pdf", "report.docx", "claims.csv", "incidents.geojson", "edition.json")


def render(edition: Edition, names: Sequence[str] = FILES) -> dict[str, bytes]:
    """The files by name, or those of `names`. Raises Refusal for an edition that has not gone through `redact`."""
    from merestone.report.docx import docx_of  # typst and python-docx are loaded by those who print
    from merestone.report.pdf import pdf_of

    _passed(edition)
    shown = contents_of(edition) if any(name.startswith("report.") for name in names) else {}
    makers = {
        "report.html": lambda: html_of(shown),
        "report.pdf": lambda: pdf_of(shown, edition.generated_at),
        "report.docx": lambda: docx_of(shown, edition.generated_at),
        "claims.csv": lambda: claims_csv(edition),
        "incidents.geojson": lambda: incidents_geojson(edition),
        "edition.json": lambda: edition_json(edition),
    }
    return {name: makers[name]() for name in names}


def report_html(edition: Edition) -> bytes:
    _passed(edition)
    return html_of(contents_of(edition))


def _passed(edition: Edition) -> None:
    if edition.profile not in PROFILES:
        raise Refusal("edition_not_redacted", found=edition.profile or "no profile")


def html_of(shown: dict[str, Any]) -> bytes:
    """The page. Style and pictures are ours, made from escaped words; everything else is escaped by the template."""
    style = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("look.css", "report.css"))
    markup = {
        "style": Markup(style),
        "style_digest": base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii"),
        "maps": [Markup(picture) for picture in shown["maps"]],
        "marks": [(name, Markup(mark)) for name, mark in shown["marks"]],
        "timelines": [Markup(picture) for picture in shown["timelines"]],
        "hatches": Markup(shown["hatches"]),
        "place": words.distance,
        "kind": words.kind,
        "stretch": words.stretch,
    }
    return _environment().get_template("report.html").render({**shown, **markup}).encode("utf-8", "replace")


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=printable
    )  # fmt: skip
    environment.filters["listed"] = words.listed
    environment.filters["at"] = lambda anchor: f"#{anchor}"  # the macros are the desk's as well, where a claim has an address
    environment.filters["spot"] = lambda anchor: anchor
    environment.filters["capital"] = lambda text: text[:1].upper() + text[1:]
    return environment


def printable(value: Any) -> Any:
    """Words of strangers without control characters, which no page may hold; marked-up text of ours is left as it is."""
    return _CONTROL.sub("\ufffd", value) if type(value) is str else value
