"""A person says who published an exhibit, when, in which language: what nobody stated when it came, or what was stated wrongly.

The law it keeps: the bytes and the text stay; what is said about them is replaced by an act that points back. The next `propose` reads the
exhibit anew, since who speaks and when colours what a text claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from merestone.capture.dates import iso
from merestone.capture.language import language_code
from merestone.capture.terms import Known, Unknown
from merestone.ledger.terms import Refusal
from merestone.register import people, vault
from merestone.register.about import STATED, About
from merestone.register.form import UNKNOWN
from merestone.register.frozen import freeze, thaw
from merestone.register.reason import reasoned
from merestone.register.record import writing
from merestone.register.standing import open_exhibit
from merestone.register.terms import Act, Mission, Recorded

ORIGIN = "described"


def describe(mission: Mission, actor: str, exhibit: str, stated: Mapping[str, str], reason: str) -> Recorded:
    """`stated`: any of published (ISO), publisher, url, language (a code), title; "unknown" takes back what was said of it.

    Refuses `bad_option`, `nothing_changes`, and an exhibit that is not open.
    """
    why = reasoned(reason, "described")
    said: dict[str, Any] = {name: _said(name, given) for name, given in stated.items()}
    with writing(mission) as desk:
        by = people.who(mission, actor).id
        row = open_exhibit(mission, exhibit)
        standing = thaw(About, vault.read(mission, row.about))
        about = replace(standing, **said)
        if _values(about) == _values(standing):
            raise Refusal("nothing_changes", subject=exhibit)
        items = (vault.item(mission, "about", exhibit, freeze(about)), vault.item(mission, "reason", exhibit, why))
        body = {"exhibit": exhibit, "about": items[0].commitment, "replaces": row.about, "reason": items[1].commitment}
        return Recorded(desk.add(Act("described", by, body, items=items)), "described", exhibit)


def _said(name: str, given: str) -> Known | Unknown:
    words = " ".join(given.split())
    if name not in STATED or not words:
        raise Refusal("bad_option", option=name, found=given)
    if words == UNKNOWN:
        return Unknown("taken back by a person")
    read = iso(words) if name == "published" else language_code(words) if name == "language" else words
    if read is None:
        raise Refusal("bad_option", option=name, found=given)
    return Known(read, ORIGIN)


def _values(about: About) -> list[str]:
    return [said.value if isinstance(said, Known) else "" for said in (getattr(about, name) for name in STATED)]
