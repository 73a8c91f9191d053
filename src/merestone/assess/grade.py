"""What can be concluded on each incident of a linking run.

The law it keeps: the grade is of the happening. Who began is a contested point and never graded; no text is an
observation; only a party's own officials acknowledge; patterns get no grade.
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.assess.contested import contested
from merestone.assess.figures import figures
from merestone.assess.heard import NOT_A_PARTY, Heard, Hearing, Names, by_voice, names_of, refs
from merestone.assess.ladder import climb
from merestone.assess.terms import Assessment, Reason
from merestone.capture.terms import Pack
from merestone.link.terms import Dossier, Group, Linked, Ref


def assess(linked: Linked, dossiers: Sequence[Dossier], pack: Pack) -> tuple[Assessment, ...]:
    """One assessment an incident, in the order of the incidents. `linked` must be the linking of these `dossiers`."""
    names = names_of(pack)
    hearing = Hearing(linked, dossiers, names)
    return tuple(_assess(incident, hearing.of(incident), names) for incident in linked.incidents)


def _assess(incident: Group, heard: Sequence[Heard], names: Names) -> Assessment:
    grade, reasons = climb(heard, names)
    counts = figures(heard, names)
    return Assessment(
        incident=incident.id,
        grade=grade,
        reasons=tuple(Reason(n, text, claims, supports) for n, (text, claims, supports) in enumerate(reasons, 1)),
        contested=contested(heard, counts, names),
        figures=counts,
        versions=_versions(heard),
        voices=tuple(voice.id for voice, _ in by_voice(heard)),
    )


def _versions(heard: Sequence[Heard]) -> tuple[tuple[str, tuple[Ref, ...]], ...]:
    sides: dict[str, list[Heard]] = {}
    for each in heard:
        code = each.voice.affiliation
        sides.setdefault("other" if code in NOT_A_PARTY else code, []).append(each)
    return tuple((code, refs(sides[code])) for code in sorted(sides, key=lambda code: (code == "other", sides[code][0].ref)))
