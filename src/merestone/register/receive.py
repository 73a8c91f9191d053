"""Receives files into the mission: one transaction for each, with all that it encloses.

The law it keeps: bytes are received once. The COMMIT of a portion is the commit point. If we stop before it, nothing of the portion is
there; if we stop after it, all is, and receiving the same files again finds it and goes on with the rest.
What a manifest protects is sealed before it is on the disk, and only the person who gives it is told its name.

Does not catch: an open mail that encloses what is protected already; the mail's own bytes hold it still.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from merestone.capture import Options, receive_each
from merestone.capture.terms import Portion, Taken
from merestone.ledger.terms import Refusal
from merestone.register import ids, people, queries, vault
from merestone.register.about import About, about_of, otherwise
from merestone.register.configure import rows
from merestone.register.desk import Desk
from merestone.register.frozen import freeze, thaw
from merestone.register.record import writing
from merestone.register.terms import Act, Item, Mission

RECEIVED, ALREADY, UNREAD, REFUSED = "received", "already here", "kept unread", "refused"
_REFUSED = b"refused\0"
_WITHHELD = "withheld"  # in place of a code that would tell what sort of thing is protected; the item tells it


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of one thing that was given. For the eyes of the person who gave it: a protected one is named here alone.

    `exhibit` is "" where there is none, and where the bytes are here already, protected, from somebody else. `refusal` says why it was
    refused or kept unread, or what is to be done about one that was here already. `protected`: its name is for nobody else.
    """

    name: str
    exhibit: str
    state: str
    refusal: Refusal | None = None
    protected: bool = False


def receive(mission: Mission, actor: str, paths: Sequence[Path], options: Options) -> Iterator[Arrived]:
    """Takes all that is under `paths`, in any language. THE CALLER MUST take every one from the iterator: what is not asked for is not received.

    Raises `Refusal` as capture does, for what concerns all of it, and when the actor may not receive; what was received stands.
    """
    by = people.who(mission, actor).id
    for portion in receive_each(paths, replace(options, languages_with_rules=None)):
        with writing(mission) as desk:
            arrived = _portion(desk, by, portion)
        yield from arrived


def _portion(desk: Desk, actor: str, portion: Portion) -> list[Arrived]:
    arrived = [_refused(desk, actor, refusal) for refusal in portion.refusals]
    here: dict[str, str] = {}  # fingerprint -> exhibit, of those that came in this portion
    owners: list[str] = []
    for taken in portion.taken:
        within = owners[taken.within] if taken.within is not None else ""
        print_ = vault.fingerprint(desk.mission, taken.data)
        standing = here.get(print_) or vault.by_fingerprint(desk.mission, print_)
        if standing:
            owners.append(standing)
            arrived.append(_again(desk, actor, taken, standing, new=print_ in here))
        else:
            owners.append(ids.drawn(desk.mission, "EXH"))
            here[print_] = owners[-1]
            arrived.append(_taken(desk, actor, taken, (owners[-1], print_, within)))
    return arrived


def _taken(desk: Desk, actor: str, taken: Taken, place: tuple[str, str, str]) -> Arrived:
    exhibit, print_, within = place
    protected = taken.document.protected

    def item(kind: str, data: bytes, known_by: str = "") -> Item:
        return vault.item(desk.mission, kind, exhibit, data, protected, known_by)

    items = [item("original", taken.data, print_), item("about", freeze(about_of(taken, within)))]
    if taken.document.text:
        items.append(item("text", freeze(replace(taken.document, id=exhibit, echoed={}))))
    named = {each.kind: each.commitment for each in items}
    unread = "" if taken.refusal is None else _WITHHELD if protected else taken.refusal.code
    body = {"exhibit": exhibit, "original": named["original"], "text": named.get("text", ""), "about": named["about"]}
    desk.add(Act("received", actor, {**body, "unread": unread, "protected": protected}, items=tuple(items)))
    return Arrived(_name(taken), exhibit, RECEIVED if taken.refusal is None else UNREAD, taken.refusal, protected)


def _again(desk: Desk, actor: str, taken: Taken, exhibit: str, *, new: bool) -> Arrived:
    """The same bytes once more: nothing is written. What is said of them otherwise is for a person to settle."""
    if new:
        return Arrived(_name(taken), exhibit, ALREADY, None, taken.document.protected)
    row = queries.exhibit(desk.mission, exhibit)
    if row.protected:
        theirs = queries.entry(desk.mission, row.received).actor == actor
        return Arrived(_name(taken), exhibit if theirs else "", ALREADY, None, theirs)
    if taken.document.protected:
        return Arrived(_name(taken), exhibit, ALREADY, Refusal("open_already", exhibit=exhibit), protected=True)
    data = vault.open_item(desk.mission.alias, row.about)
    told = otherwise(thaw(About, data), about_of(taken)) if data is not None else ()
    refusal = Refusal("stated_otherwise", exhibit=exhibit, fields=", ".join(told)) if told else None
    return Arrived(_name(taken), exhibit, ALREADY, refusal)


def _refused(desk: Desk, actor: str, refusal: Refusal) -> Arrived:
    """What has no bytes here. The same name refused for the same reason is written down once."""
    name = str(refusal.facts["path"])
    if refusal.code == "malformed_line":  # elsewhere a line is that of the corpus or manifest which names the file
        name = f"{name}, line {refusal.facts['line']}"
    protected = bool(refusal.facts.get("protected"))
    print_ = vault.fingerprint(desk.mission, _REFUSED + f"{refusal.code}\0{name}".encode())
    # asked of the table itself: such an item is no exhibit's, so there is no id to be given back
    if not rows(desk.mission.alias, "SELECT 1 FROM vault_item WHERE fingerprint = %s", (print_,)):
        item = vault.item(desk.mission, "name", "", name.encode(), protected, print_)
        desk.add(
            Act(
                "refused",
                actor,
                {"name": item.commitment, "code": _WITHHELD if protected else refusal.code, "protected": protected},
                items=(item,),
            )
        )
        desk.flush()
    return Arrived(name, "", REFUSED, refusal, protected)


def _name(taken: Taken) -> str:
    return taken.exhibit.name if taken.line is None else f"{taken.exhibit.name}, line {taken.line}"
