"""The small edition as a mission would make it: ids of its own, a standing, a basis, people's word beside the machine's."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from merestone.assess.terms import Reason
from merestone.link.terms import Level, Link
from merestone.report import Edition
from merestone.report.standing import behind
from merestone.report.terms import Hand, Head, Standing
from tests.report.invented import SMALL, Bundle, Paper, Told, edition

OPEN, OTHER, WITNESS = "EXH-1AAA-2BBB", "EXH-3CCC-4DDD", "EXH-5EEE-6FFF"
INC = "INC-2031-0007"
OBSERVATION = "OBS-7GGG-8HHH"
ACCOUNTS = ("ACC-001", "ACC-002", "ACC-003")

HEARD = Told("A neighbour heard shots at Elmsett.", by="resident of Elmsett", speaker="resident", place=4)
PAPERS = (
    replace(SMALL.papers[0], id=OPEN),
    replace(SMALL.papers[1], id=OTHER),
    Paper(WITNESS, (HEARD,), publisher="", url="", title="What I heard"),
)
STANDING = Standing(
    edition="EDN-2031-0003", mission="MIS-9JJJ-0KKK", title="Mission on the ceasefire line", state="draft", verifier="MIS-9JJJ-0KKK+0a1b2c3d+AQID",
    as_of="2031-06-02T09:29:00+00:00", local=(("Etc/GMT-4", "2031-06-02T13:29:00+04:00"),), drafted_by=Hand("analyst", "ACC-001"),
    approved_by=Hand("reviewer", "ACC-002"), published_by=Hand("publisher", "ACC-003"), four_eyes=True, people=3,
)  # fmt: skip


def drafted(standing: Standing = STANDING, bundle: Bundle | None = None) -> Edition:
    """Not redacted. Incident B-001 is INC here; its grade is a person's; half of the claims are recorded."""
    made = _named(edition(bundle or Bundle(PAPERS, ((f"{OPEN}#1", f"{OTHER}#1", f"{OTHER}#2"),))), {"B-001": INC})
    first, *rest = made.incidents
    judged = Link(
        first.group.claims[0], first.group.claims[1], 40.0, (Level("judgement", "same", 40.0, "ACC-002 judged it: as the widow said."),)
    )
    by_person = Reason(1, f"Observed: an observation of this mission is of this happening.{behind([OBSERVATION, WITNESS])}", (), True)
    assessment = replace(first.assessment, grade="observed", state="adopted", reasons=(by_person, *first.assessment.reasons))
    group = replace(first.group, links=(judged, *first.group.links))
    basis = [(document.id, 10 + n) for n, document in enumerate(made.documents)]
    basis += [(str(card.ref), 30 + n) for n, card in enumerate(made.claims)]
    basis += [(INC, 90), (f"{OPEN}#S1", 91), ("EXH-GONE-GONE", 92)]
    return replace(
        made,
        claims=tuple(replace(card, state="recorded" if n % 2 == 0 else "proposed") for n, card in enumerate(made.claims)),
        statements=tuple(replace(s, ref=f"{s.document}#S1", state="recorded") for s in made.statements),
        incidents=(replace(first, group=group, assessment=assessment), *rest),
        checkpoint=Head("MIS-9JJJ-0KKK", 100, "ab" * 32),
        standing=standing,
        basis=tuple(basis),
    )


def finished(standing: Standing = STANDING) -> Edition:
    """All of it recorded, and published."""
    made = drafted(replace(standing, state="published"))
    parts = {
        name: tuple(replace(entry, state="recorded") for entry in getattr(made, name))
        for name in ("claims", "statements", "appeals", "responses", "signatories")
    }
    return replace(made, **parts)


def _named(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, tuple):
        return tuple(_named(each, names) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _named(getattr(value, f.name), names) for f in fields(value)})
    return value
