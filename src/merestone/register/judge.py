"""A person says whether two claims are about the same happening, or whether an observation is of an incident.

The law it keeps: both the judgement before and the one after are kept, the later counts, and none enters that contradicts those that stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from merestone.ledger.terms import Refusal
from merestone.link.terms import Judgement, Ref
from merestone.register import people, queries, vault
from merestone.register.reason import reasoned
from merestone.register.record import writing
from merestone.register.standing import STANDS, Standing, judgements, open_exhibit, present, ref_of
from merestone.register.terms import VERDICTS, Act, JudgementRow, Mission, Recorded


def judge(mission: Mission, actor: str, a: str, b: str, verdict: str, reason: str) -> Recorded:
    """`a` and `b`: two claims EXH-…#N, or an observation OBS-… and an incident INC-… in either order. `verdict`: same, different, unsure.

    Refuses `judgements_contradict` (naming the two claims), claims that do not stand, and pairs of another sort.
    """
    if verdict not in VERDICTS:
        raise Refusal("unknown_verdict", verdict=verdict, known=", ".join(VERDICTS))
    why = reasoned(reason, "judged")
    with writing(mission) as desk:
        by = people.who(mission, actor).id
        first, second = _pair(mission, a, b)
        new = JudgementRow(first, second, verdict, by, "", desk.size)
        if "#" in first:
            agree(mission, (new,))
        item = vault.item(mission, "reason", first.partition("#")[0], why)
        body = {"a": first, "b": second, "verdict": verdict, "reason": item.commitment}
        return Recorded(desk.add(Act("judged", by, body, items=(item,))), "judged", first)


def _pair(mission: Mission, a: str, b: str) -> tuple[str, str]:
    """The pair in the order in which it is kept. A pair is the same pair in either order."""
    if "#" in a and "#" in b and a != b:
        for each in (a, b):
            _stands(mission, each)
        first, second = sorted((a, b), key=ref_of)
        return first, second
    kinds = {each.partition("-")[0]: each for each in (a, b)}
    if kinds.keys() != {"OBS", "INC"}:
        raise Refusal("pair_unfit", a=a, b=b)
    if all(row.id != kinds["OBS"] for row in queries.observations(mission)):
        raise Refusal("not_in_record", asked=kinds["OBS"])
    standing_incident(mission, kinds["INC"])
    return kinds["OBS"], kinds["INC"]


def _stands(mission: Mission, ref: str) -> None:
    open_exhibit(mission, ref.partition("#")[0])
    row = queries.claim(mission, ref)
    if row.part:
        raise Refusal("pair_unfit", a=ref, b="a claim")
    if row.state not in STANDS:
        raise Refusal("claim_not_standing", claim=ref, state=row.state)


def standing_incident(mission: Mission, asked: str) -> None:
    """Refuses `not_in_record`, and `incident_led_on` for a number whose claims went to another."""
    row = queries.incident(mission, asked)
    if row.leads_to:
        raise Refusal("incident_led_on", incident=asked, now=row.leads_to)


def agree(mission: Mission, new: Sequence[JudgementRow]) -> None:
    """Refuses `judgements_contradict` where new judgements on claims and those that stand cannot all be so."""
    rows = (*queries.judgements(mission), *new)
    refs = [ref_of(each) for row in rows if "#" in row.a for each in (row.a, row.b)]
    stands = Standing((), {}, present(mission, refs))
    apart = contradiction(judgements(rows, stands))
    if apart is not None:
        raise Refusal("judgements_contradict", a=str(apart[0]), b=str(apart[1]))


def contradiction(judged: Sequence[Judgement]) -> tuple[Ref, Ref] | None:
    """Two claims that some judgements together make the same and another holds apart; None where all agree."""
    home: dict[Ref, Ref] = {}
    for each in judged:
        if each.verdict == "same":
            a, b = _root(home, each.a), _root(home, each.b)
            home[max(a, b)] = min(a, b)
    for each in judged:
        if each.verdict == "different" and _root(home, each.a) == _root(home, each.b):
            return each.a, each.b
    return None


def _root(home: Mapping[Ref, Ref], ref: Ref) -> Ref:
    while home.get(ref, ref) != ref:
        ref = home[ref]
    return ref
