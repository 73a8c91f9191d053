"""The record as it stands, as an edition: what is open of it, linked as the last linking run found, with people's word over it.

1. What is open: exhibits that are neither protected nor erased, and of each what people recorded and what is still proposed.
2. The linking of the last run, which has to have seen the present state, for those claims alone. Nothing is linked anew.
3. What can be concluded from them, by the same ladder as in a brief.
4. People's word: incidents that were rejected go; decisions and observations stand first among the reasons.
5. The entries on which all this rests, and the checkpoint at which it was so.
Not yet redacted: `report.redact` has the last word, as everywhere. No reader runs here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from merestone import __version__
from merestone.assess import assess
from merestone.capture.terms import Pack, Received
from merestone.ledger.note import opened
from merestone.ledger.terms import Refusal
from merestone.link import group
from merestone.link.levels import Weights
from merestone.link.terms import Linked, Ref
from merestone.register import packs, queries, vault
from merestone.register.conclusions import regrouped, restricted, with_word, words_on
from merestone.register.contents import Part, parts
from merestone.register.join import last_linked, linking_of
from merestone.register.reach import reach_in
from merestone.register.relinked import since_decided
from merestone.register.standing import is_open, judgements, standing
from merestone.register.terms import ClaimRow, DecisionRow, EntryRow, JudgementRow, Mission
from merestone.report.captives import unheard
from merestone.report.edition import Findings, Particulars, assemble
from merestone.report.terms import INTERNAL, Answered, Asked, Edition, Head, Said, Signed
from merestone.report.window import window_of
from merestone.report.words import MISSION_GRADES, MISSION_LIMITS

E = TypeVar("E", Said, Asked, Answered, Signed)

# Acts after a linking run that make it out of date. Recording a proposal as it stands, withdrawing and rejecting only take claims out.
UNSETTLING = ("proposed", "corrected", "judged", "described", "unprotected", "pack_adopted")


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for. `since` and `until` are ISO days or ""; without `generated_at` the mission's clock says when it was made."""

    profile: str = INTERNAL
    title: str = ""
    since: str = ""
    until: str = ""
    recorded_only: bool = False
    generated_at: datetime | None = None


def edition_of(mission: Mission, asking: Asking) -> Edition:
    """The edition of the present moment, unredacted and without a standing. `Refusal` `linking_outdated` when `propose` has to run first."""
    pack, window = packs.of(mission), window_of(asking.since, asking.until)
    found, unread = parts(mission, asking.recorded_only, window)  # 1
    dossiers = tuple(part.dossier() for part in found)
    heard = tuple(unheard(dossier) for dossier in dossiers)
    kept = frozenset(Ref(dossier.reading.id, claim.id) for dossier in heard for claim in dossier.reading.claims)
    linked = restricted(_linking(mission, pack), kept, heard)  # 2
    concluded = assess(linked, heard, pack)  # 3
    decisions = decisions_open(mission)
    people = words_on(linked.incidents, decisions, _judgements(mission), since_decided(mission, decisions))  # 4
    out = {name for name, word in people.items() if word.whole is not None and word.whole.verdict == "rejected"}
    linked = replace(linked, incidents=tuple(incident for incident in linked.incidents if incident.id not in out))
    assessments = tuple(with_word(each, people[each.incident]) for each in concluded if each.incident not in out)
    received = Received(tuple(part.text for part in found), unread, tuple(part.text.exhibit for part in found))
    made = assemble(Findings(received, dossiers, linked, assessments), pack, _particulars(mission, asking, linked))
    made = replace(_marked(made, found), checkpoint=head_of(mission), basis=tuple(_basis(made, found, decisions)))  # 5
    return replace(made, reach=reach_in(mission, made, pack, decisions, tuple(queries.acts(mission, ("linked", "placed"), 0))))


def _particulars(mission: Mission, asking: Asking, linked: Linked) -> Particulars:
    return Particulars(
        title=asking.title or title_of(mission),
        generated_at=(asking.generated_at or mission.ground.clock()).replace(microsecond=0),
        window=(asking.since, asking.until),
        version=__version__,
        thresholds=(("starting weight of a pair", f"{Weights.read(linked.weights).prior} bits"),),
    )


def title_of(mission: Mission) -> str:
    """The mission's title, "" when it was erased."""
    title = vault.open_item(mission.alias, queries.mission_row(mission).title)
    return "" if title is None else title.decode()


def head_of(mission: Mission) -> Head:
    """The last checkpoint, as an edition names it."""
    size, note = queries.head(mission)
    told = opened(note, mission.keys.verifier)
    return Head(told.origin, size, told.root.hex())


# --- people's word ------------------------------------------------------------------------------------------------


def decisions_open(mission: Mission) -> tuple[DecisionRow, ...]:
    """Those that rest on nothing which is protected or erased by now: such a one would tell of it."""
    closed = {row.id for row in queries.exhibits(mission) if not is_open(row)} | _unseen(mission)
    return tuple(row for row in queries.decisions(mission) if not closed & set(row.by))


def _unseen(mission: Mission) -> set[str]:
    """Observations whose form was erased: nobody can read any more what was perceived, so nothing rests on them."""
    return {row.id for row in queries.observations(mission) if vault.open_item(mission.alias, row.form) is None}


def _judgements(mission: Mission) -> tuple[JudgementRow, ...]:
    """An observation that was found to be of an incident is of the one to which that led on."""
    unseen = _unseen(mission)
    leads = {row.id: row.leads_to for row in queries.incidents(mission) if row.leads_to}

    def now(name: str) -> str:
        while name in leads:
            name = leads[name]
        return name

    return tuple(replace(row, a=now(row.a), b=now(row.b)) for row in queries.judgements(mission) if not unseen & {row.a, row.b})


# --- the last linking run -----------------------------------------------------------------------------------------


def _linking(mission: Mission, pack: Pack) -> Linked:
    """What it found. `Refusal` when there is none, when something has changed since, and when it was taken away with what it had seen.
    At an hour that is over, what was linked by then is what stood, whatever came after it."""
    last, found = last_linked(mission), linking_of(mission)
    if mission.known_on is not None:
        return found if found is not None else _by_the_tables(mission, pack)
    if last is None or found is None:
        raise Refusal("linking_outdated")
    later = queries.acts(mission, (*UNSETTLING, "recorded"), int(last.body["seen"]))
    if any(_unsettles(entry) for entry in later) and not _as_now(mission, pack, found):
        raise Refusal("linking_outdated")
    return found


def _by_the_tables(mission: Mission, pack: Pack) -> Linked:
    """For an hour whose run was taken out with something that it held: incidents are what the tables of then say; who repeats whom is found anew."""
    stands = standing(mission)
    heard = [unheard(dossier) for dossier in stands.dossiers]
    return regrouped(
        group(heard, judgements(queries.judgements(mission), stands), pack), heard, {stands.now(r): n for r, n in stands.home.items()}
    )


def _unsettles(entry: EntryRow) -> bool:
    """A claim from a form is new, a proposal was linked as it stands; an observation of an incident links nothing."""
    if entry.act == "judged":
        return "#" in str(entry.body["a"])
    return entry.act != "recorded" or not entry.body["reading"]


def _as_now(mission: Mission, pack: Pack, found: Linked) -> bool:
    """Whether linking would find the same: a run that finds nothing new leaves no entry, so the last entry may be older than its word."""
    stands = standing(mission)
    now = group([unheard(dossier) for dossier in stands.dossiers], judgements(queries.judgements(mission), stands), pack)
    names = {incident.claims: incident.id for incident in found.incidents}
    return replace(now, incidents=tuple(replace(each, id=names.get(each.claims, "")) for each in now.incidents)) == found


def linked_at(mission: Mission) -> int:
    """The position of the last linking run."""
    last = last_linked(mission)
    if last is None:
        raise Refusal("linking_outdated")
    return last.position


# --- who stands behind it, and where it stands --------------------------------------------------------------------


def _marked(edition: Edition, found: Sequence[Part]) -> Edition:
    """Each claim with its state; statements and the like with their number too."""
    states = {row.ref: row.state for part in found for row in part.rows}
    rows_of = {letter: [row for part in found for row in part.of(letter)] for letter in "SARG"}
    return replace(
        edition,
        claims=tuple(replace(card, state=states[str(card.ref)]) for card in edition.claims),
        statements=_told(edition.statements, rows_of["S"]),
        appeals=_told(edition.appeals, rows_of["A"]),
        responses=_told(edition.responses, rows_of["R"]),
        signatories=_told(edition.signatories, rows_of["G"]),
        method=replace(edition.method, known_limits=MISSION_LIMITS, grades=MISSION_GRADES),
    )


def _told(entries: tuple[E, ...], rows: Sequence[ClaimRow]) -> tuple[E, ...]:
    """Entries of an edition stand in the order of the exhibits and of their numbers, as the rows do."""
    return tuple(replace(entry, ref=row.ref, state=row.state) for entry, row in zip(entries, rows, strict=True))


def _basis(edition: Edition, found: Sequence[Part], decisions: Sequence[DecisionRow]) -> Iterator[tuple[str, int]]:
    """The entry that brought an exhibit, that last spoke of a claim, that last decided on an incident."""
    for part in found:
        yield part.exhibit.id, part.exhibit.received
    for part in found:
        yield from ((row.ref, row.entry) for row in part.rows)
    decided = {row.subject: row.entry for row in decisions}
    yield from ((incident.group.id, decided[incident.group.id]) for incident in edition.incidents if incident.group.id in decided)


def rests_on(edition: Edition) -> dict[str, list[str]]:
    """The ids of all that it shows."""
    shown: Iterable[str] = (name for name, _ in edition.basis if "#" in name)
    return {
        "exhibits": sorted(document.id for document in edition.documents),
        "claims": sorted(shown),
        "incidents": sorted(incident.group.id for incident in edition.incidents),
    }
