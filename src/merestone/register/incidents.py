"""Which number an incident bears when linking runs again: the one that most of its claims had.

Pure. The law it keeps: a number is given once. An incident that somebody judged or decided keeps its number before any other; a number
that is left without claims leads on to the incident that took most of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from merestone.link.terms import Group, Linked, Ref


@dataclass(frozen=True, slots=True)
class Numbered:
    """A linking run under the mission's numbers. `fresh` were given now; `leads` maps a number without claims to the one that follows it."""

    linked: Linked
    fresh: tuple[str, ...]
    leads: Mapping[str, str]

    def home(self) -> dict[Ref, str]:
        """The incident of each claim that has one."""
        return {ref: incident.id for incident in self.linked.incidents for ref in incident.claims}


def numbered(linked: Linked, standing: Mapping[Ref, str], held: Collection[str], following: Callable[[], str]) -> Numbered:
    """`standing`: the incident of each claim until now; `held`: numbers that a person judged or decided; `following` gives the next new one.

    The same linking with the same standing gives the same numbers, whatever order anything came in.
    """
    shares = [Counter(standing[ref] for ref in incident.claims if ref in standing) for incident in linked.incidents]
    kept = _kept(linked.incidents, shares, held)
    fresh: list[str] = []
    incidents: list[Group] = []
    for place, incident in enumerate(linked.incidents):
        if place not in kept:
            fresh.append(following())
        incidents.append(replace(incident, id=kept[place] if place in kept else fresh[-1]))
    return Numbered(replace(linked, incidents=tuple(incidents)), tuple(fresh), _leads(incidents, standing))


def _kept(incidents: Sequence[Group], shares: Sequence[Counter[str]], held: Collection[str]) -> dict[int, str]:
    """Place of an incident -> the number that it keeps: held numbers first, then the largest share, then the older number."""
    wishes = sorted(
        (
            (number not in held, -share, number, min(incidents[place].claims), place)
            for place, counted in enumerate(shares)
            for number, share in counted.items()
        ),
    )
    kept: dict[int, str] = {}
    given: set[str] = set()
    for _, _, number, _, place in wishes:
        if place not in kept and number not in given:
            kept[place] = number
            given.add(number)
    return kept


def _leads(incidents: Sequence[Group], standing: Mapping[Ref, str]) -> dict[str, str]:
    """Numbers whose claims have all gone elsewhere. One whose claims are in no incident any more leads nowhere."""
    home = {ref: incident.id for incident in incidents for ref in incident.claims}
    took: dict[str, Counter[str]] = {}
    for ref, number in standing.items():
        if ref in home:
            took.setdefault(number, Counter())[home[ref]] += 1
    still = set(home.values())
    return {
        number: min(counted, key=lambda each: (-counted[each], each)) for number, counted in sorted(took.items()) if number not in still
    }


def moves(numbered: Numbered, before: Mapping[Ref, str]) -> dict[str, str]:
    """The claims whose incident is another than the tables say (`before`: every claim with an incident), "" for none."""
    home = numbered.home()
    changed = {ref: home.get(ref, "") for ref in {*home, *before} if home.get(ref, "") != before.get(ref, "")}
    return {str(ref): changed[ref] for ref in sorted(changed)}
