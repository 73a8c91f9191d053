"""From received to published with the real readers and linkers, then protected, lifted and erased: what is left of it in any file."""

from __future__ import annotations

from pathlib import Path

from merestone.capture import Options
from merestone.register import claims, editions, propose, queries, receive, vault
from merestone.register import protect as protecting
from merestone.register.edition import Asking
from merestone.register.erase import Erasing, erase
from merestone.register.terms import Mission
from tests.register.cast import ANALYST, MONITOR, PUBLISHER, REVIEWER, SECOND
from tests.register.conftest import whole
from tests.register.told import traces

SOURCES = Path(__file__).parent.parent / "teaching" / "sources"


def drafted(mission: Mission) -> str:
    propose.propose(mission, ANALYST)
    return editions.draft(mission, ANALYST, Asking(recorded_only=True)).id


def test_of_a_document_that_was_read_linked_and_published(mission: Mission) -> None:
    list(receive.receive(mission, MONITOR, [SOURCES], Options()))
    propose.propose(mission, ANALYST)
    claims.record_claims(mission, ANALYST, [row.id for row in queries.exhibits(mission)])
    edition = drafted(mission)
    editions.approve(mission, REVIEWER, edition, "read twice")
    _, bundle = editions.publish(mission, PUBLISHER, edition, "internal")
    (mission.folder / "editions" / f"{edition}-internal.zip").write_bytes(bundle)
    waiting = drafted(mission)
    one = next(row for row in queries.exhibits(mission) if len(queries.claims(mission, exhibit=row.id)) > 4)
    lines = _its_own(mission, one.id)
    assert {line for _, line in traces(mission.folder, lines)} == set(lines)

    protecting.protect(mission, MONITOR, one.id, "somebody in it is in danger")
    assert traces(mission.folder, lines) == []
    assert list((mission.folder / "editions").iterdir()) == []
    assert queries.edition(mission, waiting).state == "void"
    without = vault.read(mission, queries.edition(mission, drafted(mission)).content)
    assert one.id.encode() not in without
    whole(mission)

    protecting.lift(mission, REVIEWER, SECOND, one.id, "no longer")
    ref = next(row.ref for row in queries.claims(mission, exhibit=one.id) if row.state == "recorded")
    erase(mission, REVIEWER, Erasing(ref, "the speaker's wish", "asked by letter", SECOND))
    assert one.id.encode() in vault.read(mission, queries.edition(mission, drafted(mission)).content)
    whole(mission)

    erase(mission, REVIEWER, Erasing(one.id, "the speaker's wish", "asked by letter", SECOND))
    assert traces(mission.folder, lines) == []
    assert one.id.encode() not in vault.read(mission, queries.edition(mission, drafted(mission)).content)


def _its_own(mission: Mission, exhibit: str) -> list[str]:
    """Lines that no other exhibit has."""
    texts = {row.id: vault.read(mission, row.original).decode() for row in queries.exhibits(mission)}
    found = [line.strip() for line in texts.pop(exhibit).splitlines() if 30 <= len(line.strip()) <= 300]
    found = [line for line in found if not any(line in other for other in texts.values())]
    assert len(found) > 3
    return found
