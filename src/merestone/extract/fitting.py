"""What an act can be done to at all: nobody detains a road, and a place that tells where an act was is not what it was done to.

Read from the kinds of a language (`may`) and from the case of a name; the same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from merestone.extract.acts import Act
from merestone.extract.groups import OPPOSED, Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.terms import Target
from merestone.extract.tokens import Layout
from merestone.extract.voice import OF_PEOPLE

MODIFIER = 4  # words between a noun and the noun that a participle joins it to
ARMS = ("equipment", "personnel", "forces")  # what words of weapons may be taken for


def _may_be(group: Group, may: Sequence[str], known: Mapping[str, str]) -> bool:
    """Can an act that is done to nothing but `may` be done to this group? People and a side may always stand for what is theirs."""
    if group.cls in ("place", "country"):
        return "settlement" in may or "territory" in may
    return group.cls not in known or known[group.cls] in (*may, "none")


def may_be_done_to(groups: Sequence[Group], kind: str, lex: Lexicon) -> list[Group]:
    """Those of the groups that such an act can be done to; all, where the language does not say."""
    may, known = lex.table("kinds")["targets"][kind].get("may"), lex.table("lexicon")["what"]
    takers = [g for g in groups if g.cls in known or g.cls in ("place", "party", "country", OPPOSED)]
    return [g for g in takers if not may or _may_be(g, may, known)]


def is_means(layout: Layout, clause: tuple[int, int], group: Group, kind: str, lex: Lexicon) -> bool:
    """ "Fired grenade launchers", "shelled it from tanks": a weapon that is named in a clause of fire is what it was done with, unless it
    stands where the words aim or is of a side's ("hit our tank")."""
    if kind not in lex.table("kinds")["families"]["aimed"] or group.cls not in ARMS or group.party or group.before in lex.words["aim"]:
        return False
    return any(m.start < group.end and group.head < m.end for m in lex.weapons.find(layout, *clause))


def as_captured(layout: Layout, act: Act, told: tuple[Group | None, Target], lex: Lexicon) -> Target:
    """ "Thirteen were taken prisoner", "eight people fell into captivity": it is said of soldiers, where no noun tells what those taken are."""
    group, target = told
    if act.rule.kind != "detention" or (group is not None and group.cls in ("personnel", "civilians", "monitors")):
        return target
    said = any(act.clause[0] <= m.start < act.clause[1] for m in lex.captivity.find(layout, *act.clause))
    return Target(target.party, "military_personnel") if said else target


def only_where(kind: str, group: Group, lex: Lexicon) -> bool:
    """Where the verb stands last: does a place tell where an act was, and so on whose side, but not what it was done to?"""
    where = lex.words["local"] | lex.words["role_origin"] | lex.words["of"]
    return lex.morphology.verb_last and group.cls == "place" and (kind in OF_PEOPLE or group.before in where)


def what_of(group: Group, lex: Lexicon, default: str) -> str:
    table: dict[str, str] = lex.table("lexicon")["what"]
    if group.cls in ("place", "country"):
        return "territory" if default == "territory" else ("settlement" if group.cls == "place" else default)
    what = table.get(group.cls, default)
    return default if what == "none" else what


def is_ruled(group: Group, lex: Lexicon) -> bool:
    """In a language of postpositions: is a place in a case of its own, as one that tells where and not what was hit?"""
    return bool(lex.words["postpositions"]) and group.before in lex.words["prepositions"] - lex.words["patient"]


def measured(layout: Layout, group: Group, lex: Lexicon) -> bool:
    """ "From X-town 1.5 km south": a figure right behind tells how far it was, not whence it came."""
    behind = layout.within(group.end, group.end + 24)[:1]
    number = bool(behind) and (behind[0].text[0].isdigit() or behind[0].folded in lex.words["number_words"])
    return number and layout.text[group.end : behind[0].start].isspace()


def came_from(layout: Layout, group: Group, lex: Lexicon) -> bool:
    """Is it a land or a place that what came from it names the doer of? Not one from which the way is measured ("north from X-town")."""
    led = [t.folded for t in layout.before(group.start, max(group.start - 60, 0), 3)]
    whence = group.before in lex.words["role_origin"] or any(" ".join(led[-n:]) in lex.words["role_origin"] for n in (2, 3))
    return group.cls in ("country", "place") and whence and not measured(layout, group, lex)


def of_modifier(layout: Layout, group: Group, groups: Sequence[Group], lex: Lexicon) -> bool:
    """ "Fired at near the village placed posts": does a participle between the group and the next one make it a part of what tells of that?"""
    endings = lex.morphology.participles
    behind = next((g for g in groups if g.start >= group.end), None)
    if endings is None or lex.morphology.verb_last or behind is None:
        return False
    between = layout.within(group.end, behind.start)
    at = next((n for n, t in enumerate(between) if endings.search(t.folded)), None)
    plain = not set(layout.text[group.end : behind.start]) & set(",;:.։՝()—«»")
    return at is not None and plain and len(between) <= MODIFIER and not any(t.folded in lex.words["between"] for t in between[at + 1 :])
