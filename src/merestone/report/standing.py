"""What an edition says of itself: whether people have reviewed it, who answers for it, at which checkpoint it was frozen.

The law it keeps: what no person has recorded is called so wherever it is shown, and a mission of one person says that it is one. A
public edition tells neither whose account took a step nor at which entry something of a witness stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from merestone.capture.terms import Known
from merestone.link.terms import Group, Link
from merestone.report import words
from merestone.report.terms import KNOWN_THEN, PUBLISHED, RECORDED, Edition, Hand, Incident, Standing

SECTIONS = (
    "corrections",
    "numbers",
    "map",
    "incidents",
    "patterns",
    "voices",
    "statements",
    "appeals",
    "agreements",
    "balance",
    "unread",
    "claims",
    "method",
    "inputs",
    "record",
)
MARKS = {RECORDED: "recorded by a person", "proposed": "proposal, not reviewed", "deferred": "proposal, deferred"}
ALONE = "Four eyes were not used: this mission has one person."
BRIEF = {
    "kicker": "Draft report",
    "suffix": "unreviewed machine reading",
    "bar": "Unreviewed machine reading",
    "more": "No person has checked what this page says.",
    "tail": "Each side’s version stands beside the other’s; nothing here is adopted.",
    "record": "no ledger, no signature: a brief",
    "publishers": "Published by",
    "none": "No claim was found in this document.",
    "close": "Unreviewed machine reading.",
    "head": "Unreviewed machine reading",
    "class": "",
}
CHECK = (
    "This report comes in the file {bundle}, with the entries that it rests on, their proofs, the signed checkpoint and a page HOW-TO-CHECK.txt.",
    "With Merestone installed: merestone verify {bundle} --key KEY. KEY is the verifier key as the mission gave it to you by another way.",
    "No network and no mission are needed for it.",
    "It shows that these files are the ones that were published, that the entries stand in the mission’s ledger, and that it only grew since.",
    "It does not show that what the claims say is so, nor that the mission recorded all that it received.",
)
THEN = (
    "Claims that had arrived, judgements and decisions that stood at that hour; grades by the rule of today. "
    "What was protected or erased since is left out."
)
_JUDGED = "A person of this mission judged that both are about the same happening."
OBSERVATION = "OBS-"  # begins the id of one, behind a conclusion
_BEHIND = re.compile(r" \[behind it: [A-Z0-9, -]+\]")


def tally(edition: Edition) -> tuple[int, int]:
    """How many of the claims, statements, appeals, responses and lists of signatories a person has recorded, and how many there are."""
    states = [card.state for card in edition.claims]
    states.extend(
        entry.state for entries in (edition.statements, edition.appeals, edition.responses, edition.signatories) for entry in entries
    )
    return states.count(RECORDED), len(states)


def reviewed(edition: Edition) -> bool:
    recorded, whole = tally(edition)
    return edition.standing is not None and edition.standing.state == PUBLISHED and recorded == whole


def behind(ids: Iterable[str]) -> str:
    """What a person's conclusion rests on, to be written after its reason; `outside` takes it away again."""
    named = ", ".join(ids)
    return f" [behind it: {named}]" if named else ""


def inside(edition: Edition) -> Edition:
    """The edition with the entries of what it shows, and of nothing else."""
    if not edition.basis:
        return edition
    shown = {d.id for d in edition.documents} | {str(card.ref) for card in edition.claims} | {i.group.id for i in edition.incidents}
    shown |= {e.ref for entries in (edition.statements, edition.appeals, edition.responses, edition.signatories) for e in entries}
    return replace(edition, basis=tuple(pair for pair in edition.basis if pair[0] in shown))


def outside(edition: Edition) -> Edition:
    """The edition as the public may see it, to be called before its claims are numbered anew.

    No account; no entry of a claim, since it names the number that the claim has inside, and a gap in those tells what is left out; an
    entry of an exhibit only where its publisher is named. Ids of observations and exhibits behind a conclusion go.
    """
    if edition.standing is None:
        return edition
    open_ = {d.id for d in edition.documents if isinstance(d.publisher, Known)} | {i.group.id for i in edition.incidents}
    mine = edition.standing
    return replace(
        edition,
        standing=replace(
            mine, **{name: replace(getattr(mine, name), account="") for name in ("drafted_by", "approved_by", "published_by")}
        ),
        basis=tuple(pair for pair in edition.basis if pair[0] in open_),
        incidents=tuple(_incident(incident) for incident in edition.incidents),
        patterns=tuple(_group(pattern) for pattern in edition.patterns),
        statements=tuple(replace(entry, ref="") for entry in edition.statements),
        appeals=tuple(replace(entry, ref="") for entry in edition.appeals),
        responses=tuple(replace(entry, ref="") for entry in edition.responses),
        signatories=tuple(replace(entry, ref="") for entry in edition.signatories),
    )


def _incident(incident: Incident) -> Incident:
    reasons = tuple(replace(reason, text=_BEHIND.sub("", reason.text)) for reason in incident.assessment.reasons)
    return Incident(_group(incident.group), replace(incident.assessment, reasons=reasons))


def _group(group: Group) -> Group:
    return replace(group, links=tuple(_link(link) for link in group.links))


def _link(link: Link) -> Link:
    """A person's judgement without the person and the person's words."""
    return replace(link, levels=tuple(replace(level, why=_JUDGED) if level.feature == "judgement" else level for level in link.levels))


# --- as it is shown and written -----------------------------------------------------------------------------------


def mark(edition: Edition, state: str) -> str:
    """The words beside a claim: who stands behind it. A brief, which has no ledger, says of the whole that it is a machine's reading."""
    return "" if edition.standing is None and edition.checkpoint is None else MARKS.get(state, state)


def shown_of(edition: Edition) -> dict[str, Any]:
    """What a page says of itself. `rows` (name, words) and `check` are empty in a brief; `numbers` are those of the sections."""
    if edition.standing is None:
        return {**BRIEF, "mission": False, "rows": (), "check": (), "numbers": dict.fromkeys(SECTIONS, "")}
    mine = edition.standing
    recorded, whole = tally(edition)
    final = reviewed(edition)
    told = "" if final else _unread(recorded, whole)
    short = ALONE.split(":", maxsplit=1)[0]
    if mine.state == KNOWN_THEN:
        return _then(edition, mine, told)
    return {
        "mission": True,
        "kicker": f"{'Report' if final else 'Draft report'} {mine.edition}",
        "suffix": mine.edition if final else f"{mine.edition}, unreviewed",
        "bar": "" if final else "Unreviewed",
        "more": " ".join(part for part in (told, ALONE if alone(mine) else "") if part),
        "tail": "Each side’s version stands beside the other’s.",
        "record": f"edition {mine.edition} of mission {mine.mission}, under a signed checkpoint",
        "publishers": "Documents published by",
        "none": "No claim of this document is shown.",
        "close": "Published." if final else "Unreviewed.",
        "head": " · ".join(part for part in ("" if final else "Unreviewed", short if alone(mine) else "") if part),
        "class": f"mission {'published' if final else 'draft'}{' alone' if alone(mine) else ''}",
        "rows": tuple(_rows(edition, mine, recorded, whole)),
        "check": _check(mine, edition.profile),
        "numbers": _numbered(edition),
    }


def _numbered(edition: Edition) -> dict[str, str]:
    """A pack may hold no agreement, a release of before kept no balance, and the first edition has nothing to correct: there is no such section
    then, and no number for it."""
    gone = {"balance"} if edition.reach is None else set()
    gone |= set() if edition.agreements else {"agreements"}
    gone |= {"corrections"} if edition.corrections is None else set()
    there = [name for name in SECTIONS if name not in gone]
    return dict.fromkeys(gone, "") | {name: f"{number}. " for number, name in enumerate(there, 1)}


def _then(edition: Edition, mine: Standing, unread: str) -> dict[str, Any]:
    on = f"as known on {_hour(mine.as_of)}"
    return {
        "mission": True,
        "kicker": "A look back, not an edition",
        "suffix": on,
        "bar": on[0].upper() + on[1:],
        "more": f"{THEN} {unread}".strip(),
        "tail": "Each side’s version stands beside the other’s.",
        "record": f"mission {mine.mission} {on}: no edition, signed by nobody",
        "publishers": "Documents published by",
        "none": "No claim of this document is shown.",
        "close": f"{on[0].upper() + on[1:]}; not an edition.",
        "head": f"{on[0].upper() + on[1:]} · not an edition",
        "class": "mission draft",
        "rows": tuple(_rows_then(edition, mine)),
        "check": (),
        "numbers": _numbered(edition),
    }


def _rows_then(edition: Edition, mine: Standing) -> Iterator[tuple[str, str]]:
    head, (recorded, whole) = edition.checkpoint, tally(edition)
    yield "Mission", f"{mine.title} ({mine.mission})" if mine.title else mine.mission
    yield "State", "a look back: nobody froze it, and it has no number"
    asked = datetime.fromisoformat(mine.as_of)
    local = (f"{_hour(at)} ({zone})" for zone, at in mine.local if at != mine.as_of)
    yield "As known on", "; ".join(dict.fromkeys([words.stamp(asked), words.stamp(asked.astimezone(UTC)), *local]))
    yield "Recorded by then", _recorded(recorded, whole)
    if head is not None:
        yield "Checkpoint of then", f"{head.size} entries, root {head.root}, of {head.origin}"
    yield "Verifier key", mine.verifier


def alone(standing: Standing) -> bool:
    return not standing.four_eyes and standing.people <= 1


def _unread(recorded: int, whole: int) -> str:
    if recorded == whole:
        return "All that is claimed here a person has recorded; the edition is not published."
    return f"{whole - recorded} of {whole} claims, statements and appeals no person has recorded."


def _rows(edition: Edition, mine: Standing, recorded: int, whole: int) -> Iterator[tuple[str, str]]:
    head = edition.checkpoint
    yield "Edition", mine.edition
    yield "Mission", f"{mine.title} ({mine.mission})" if mine.title else mine.mission
    yield "State", "published" if mine.state == PUBLISHED else "draft"
    yield "Information as of", "; ".join([_hour(mine.as_of), *(f"{_hour(at)} ({zone})" for zone, at in mine.local)])
    yield "Recorded", _recorded(recorded, whole)
    if head is not None:
        yield "Checkpoint", f"{head.size} entries, root {head.root}, of {head.origin}"
    yield "Verifier key", mine.verifier
    for name, hand in (("Drafted by", mine.drafted_by), ("Approved by", mine.approved_by), ("Published by", mine.published_by)):
        yield name, _hand(hand, "nobody" if mine.state == PUBLISHED else "nobody so far")
    yield "Four eyes", _four_eyes(mine)


def _recorded(recorded: int, whole: int) -> str:
    if recorded == whole:
        return f"all {whole} claims, statements and appeals are recorded by a person"
    return f"{recorded} of {whole} claims, statements and appeals are recorded by a person; the rest are proposals of a machine"


def _hour(iso: str) -> str:
    return words.stamp(datetime.fromisoformat(iso)) if iso else "not known"


def _hand(hand: Hand, nobody: str) -> str:
    if not hand.role:
        return nobody
    return f"{'an' if hand.role[0] in 'aeiou' else 'a'} {hand.role}" + (f" ({hand.account})" if hand.account else "")


def _four_eyes(mine: Standing) -> str:
    if mine.four_eyes:
        return "The person who published it is not the one who drafted it."
    return ALONE if alone(mine) else "Not yet: another person than the drafter has to publish it."


def _check(mine: Standing, profile: str) -> tuple[str, ...]:
    if mine.state != PUBLISHED:
        return (
            "A draft comes without proofs. What is published comes with the entries that it rests on, and with what it takes to check them.",
        )
    return tuple(line.format(bundle=f"{mine.edition}-{profile}.zip") for line in CHECK)


def as_data(edition: Edition) -> dict[str, Any]:
    """What `edition.json` says of it; nothing for a brief."""
    if edition.standing is None:
        return {}
    mine = edition.standing
    recorded, whole = tally(edition)
    return {
        "edition": mine.edition,
        "standing": {
            **asdict(mine),
            "local": [{"zone": zone, "at": at} for zone, at in mine.local],
            "recorded": recorded,
            "proposals": whole - recorded,
        },
        "basis": [{"id": name, "position": position} for name, position in edition.basis],
    }
