"""Something written beside an exhibit, a claim, an incident, an observation, a patrol or an edition. It concludes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from merestone.ledger.terms import Refusal
from merestone.register import people, queries, vault
from merestone.register.reason import reasoned
from merestone.register.record import writing
from merestone.register.terms import Act, Mission, Recorded

_LOOK: Mapping[str, Callable[[Mission, str], Any]] = {
    "EXH": queries.exhibit,
    "INC": queries.incident,
    "EDN": queries.edition,
    "OBS": lambda mission, asked: _among(queries.observations(mission), asked),
    "PTL": lambda mission, asked: _among(queries.patrols(mission), asked),
}


def note(mission: Mission, actor: str, subject: str, words: str) -> Recorded:
    """A note about what is protected is sealed like it. Refuses `not_in_record`, `exhibit_erased`, `note_empty`."""
    if not words.strip():
        raise Refusal("note_empty")
    with writing(mission) as desk:
        by = people.who(mission, actor).id
        owner = subject.partition("#")[0]
        look = _LOOK.get(owner.partition("-")[0])
        if look is None:
            raise Refusal("not_in_record", asked=subject)
        row = look(mission, owner)
        if "#" in subject:
            queries.claim(mission, subject)
        if getattr(row, "erased", False):
            raise Refusal("exhibit_erased", exhibit=owner)
        item = vault.item(mission, "note", owner, reasoned(words, "noted"), protected=getattr(row, "protected", False))
        return Recorded(desk.add(Act("noted", by, {"subject": subject, "note": item.commitment}, items=(item,))), "noted", subject)


def _among(rows: tuple[Any, ...], asked: str) -> Any:
    for row in rows:
        if row.id == asked:
            return row
    raise Refusal("not_in_record", asked=asked)
