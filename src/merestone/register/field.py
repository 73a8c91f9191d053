"""What the mission itself does and perceives: patrols, with their nil reports, and observations signed by an account.

The law it keeps: a form lies in the vault, whole and with `unknown` where nothing was said; the entry says who, when and which patrol.
"""

from __future__ import annotations

from merestone.ledger.canonical import canonical
from merestone.ledger.terms import Refusal
from merestone.register import field_forms, ids, packs, people, queries, vault
from merestone.register.form import Form
from merestone.register.record import writing
from merestone.register.terms import Act, Mission, Recorded


def patrol(mission: Mission, actor: str, form: object) -> Recorded:
    """Refuses `form_wrong`, naming the field."""
    with writing(mission) as desk:
        by = people.who(mission, actor).id
        told = field_forms.patrol(form, packs.of(mission))
        number = ids.drawn(mission, "PTL")
        item = vault.item(mission, "form", number, canonical(told))
        return Recorded(desk.add(Act("patrolled", by, {"patrol": number, "form": item.commitment}, items=(item,))), "patrolled", number)


def observe(mission: Mission, actor: str, form: object, patrol: str = "") -> Recorded:
    """`patrol`: PTL-…, if it was on one; the form may name it as well. Refuses `form_wrong`, and a patrol that is not in the record."""
    with writing(mission) as desk:
        by = people.who(mission, actor).id
        told, during = _parted(form, patrol)
        kept = field_forms.observation(told, packs.of(mission))
        if during and all(row.id != during for row in queries.patrols(mission)):
            raise Refusal("not_in_record", asked=during)
        number = ids.drawn(mission, "OBS")
        item = vault.item(mission, "form", number, canonical(kept))
        body = {"observation": number, "patrol": during, "form": item.commitment}
        return Recorded(desk.add(Act("observed", by, body, items=(item,))), "observed", number)


def _parted(form: object, patrol: str) -> tuple[object, str]:
    """The form without the patrol that it names: that stands in the entry."""
    if not isinstance(form, dict) or "patrol" not in form:
        return form, patrol
    named = Form(form).words("patrol")
    if patrol and named and named != patrol:
        raise Form(form).wrong("patrol", f"the patrol that was given, {patrol}")
    return {key: value for key, value in form.items() if key != "patrol"}, patrol or named
