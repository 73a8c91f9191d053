"""What linking found, as the incidents of interface.md: for `link`, which has readings and no exhibits.

Nothing is redacted here: it gives back to its user what the user brought. What leaves the house is an edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from merestone.assess import assess
from merestone.capture.terms import Pack, Received
from merestone.link.terms import Dossier, Linked
from merestone.report.edition import Findings, Particulars, assemble
from merestone.report.written import as_data


def incidents_data(linked: Linked, dossiers: Sequence[Dossier], pack: Pack, now: datetime) -> list[dict[str, Any]]:
    """The incidents with grade, reasons, contested points, figures and voices, in the shape that `edition.json` has."""
    findings = Findings(Received((), (), ()), tuple(dossiers), linked, assess(linked, dossiers, pack))
    told: list[dict[str, Any]] = as_data(assemble(findings, pack, Particulars(title="", generated_at=now)))["incidents"]
    return told
