"""The story of the register: how what a person does becomes part of the record.

One writing is one transaction: checks, entries, vault, tables and one signed checkpoint, or nothing of it all.

1. BEGIN IMMEDIATE; of PostgreSQL BEGIN and a lock. From here on no other process writes; what we read is what stands.
2. The head is read and held against the last signed checkpoint. A head that is not ours: `BrokenRecord`, nothing is written.
3. Each act is checked: known kind, a body without a word of prose, actor (and second person) in office and of a fitting role.
4. Entries, vault rows and folds are written in bulk, in the order of the acts (desk.py).
5. One checkpoint over all of it is signed and stored.
6. COMMIT. This is the commit point: with synchronous=FULL (synchronous_commit) it returns when the disk has it.

If we stop before 6, by an exception or because the power goes, the database throws all of it away when it is next opened: the
acts did not happen, and doing them again does them once. If we stop after 6, they did. Nothing has to be mended, and nothing is
left to do after 6 for an act to be whole. If the connection to a server breaks within 6, the server knows which of the two it was and we
do not: the refusal says that one has to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, transaction

from merestone.ledger.terms import Refusal
from merestone.register.configure import hold, refusal_of
from merestone.register.desk import Desk, sit_down
from merestone.register.terms import Act, Mission, Recorded
from merestone.report.words import stamp


@contextmanager
def writing(mission: Mission) -> Iterator[Desk]:
    """A desk to add acts at. Whatever is raised inside undoes everything; a writing inside a writing is an error of the program.

    THE CALLER MUST make its checks inside the block, not before: two processes may both have seen that something is not there yet.
    """
    if mission.known_on is not None:
        raise Refusal("record_past", at=stamp(mission.known_on))
    try:
        with transaction.atomic(using=mission.alias, durable=True):
            hold(mission.alias)
            desk = sit_down(mission)
            yield desk
            desk.close()
    except (OperationalError, InterfaceError) as problem:
        raise refusal_of(problem) or problem from problem


def record(mission: Mission, acts: Iterable[Act]) -> tuple[Recorded, ...]:
    """Acts as one batch: all of them or none."""
    with writing(mission) as desk:
        return tuple([Recorded(desk.add(act), act.kind, subject_of(act)) for act in acts])


def subject_of(act: Act) -> str:
    """The id that an act gives or speaks of, "" for none."""
    for name in ("exhibit", "claim", "subject", "account", "edition", "observation", "patrol", "mission", "a"):
        if name in act.body:
            return str(act.body[name])
    return ""
