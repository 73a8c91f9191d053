"""Who may act: every person of the cast against every kind of act, and the rules of appointing and dismissing."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from merestone.ledger.terms import Refusal
from merestone.register import people, queries
from merestone.register.record import record, writing
from merestone.register.terms import KINDS, Act, Mission
from tests.register.cast import ADMINISTRATOR, ANALYST, MONITOR, PUBLISHER, REVIEWER, ROLES, SECOND
from tests.register.doing import NEXT_KINDS, Doing
from tests.register.test_rebuild import do


class _Undone(Exception):
    """Raised to leave the record as it was."""


@pytest.fixture
def lived(mission: Mission) -> Mission:
    """A state in which an act of every kind is possible."""
    do(
        mission,
        ["model_set"]
        + ["received"] * 4
        + ["proposed", "recorded", "recorded", "linked", "protected", "appointed", "drafted", "drafted", "published"],
        11,
    )
    with writing(mission) as desk:
        assert {kind for kind in NEXT_KINDS if Doing(desk, random.Random(1)).next_act(kind) is None} == set()
    return mission


@pytest.mark.parametrize("name", ROLES)
def test_each_person_may_do_what_the_role_says_and_nothing_else(lived: Mission, name: str) -> None:
    person, size = people.who(lived, name), queries.counts(lived)
    for kind in NEXT_KINDS:
        may = bool(set(KINDS[kind].roles) & set(person.roles))
        with pytest.raises(_Undone if may else Refusal) as raised, writing(lived) as desk:  # noqa: PT012
            act = Doing(desk, random.Random(1)).next_act(kind)
            assert act is not None
            other = people.who(lived, SECOND if name != SECOND else REVIEWER).id if KINDS[kind].two else ""
            desk.add(replace(act, actor=person.id, second=other))
            desk.flush()
            raise _Undone
        assert may or raised.value.code == "role_missing", kind  # type: ignore[attr-defined]
    assert queries.counts(lived) == size


def test_the_administrator_cannot_alter_the_record(lived: Mission) -> None:
    """Said once more by name: the administrator appoints, dismisses, adopts packs, sets a model, notes; nothing that the record says is within reach."""
    may = {kind for kind, told in KINDS.items() if "administrator" in told.roles}
    assert may == {"opened", "appointed", "dismissed", "pack_adopted", "model_set", "noted"}


@pytest.mark.parametrize("kind", [kind for kind, told in KINDS.items() if told.two])
def test_two_persons_are_two_and_both_of_the_role(lived: Mission, kind: str) -> None:
    for second, code in (("ACC-004", "second_needed"), ("", "unknown_actor"), ("ACC-002", "role_missing"), ("ACC-099", "unknown_actor")):
        with pytest.raises(Refusal, match=code), writing(lived) as desk:  # noqa: PT012
            act = Doing(desk, random.Random(1)).next_act(kind)
            assert act is not None
            desk.add(replace(act, second=second))


def test_one_person_needs_no_second_and_may_name_none(mission: Mission) -> None:
    with pytest.raises(Refusal, match="act_malformed"), writing(mission) as desk:
        desk.add(replace(Doing(desk, random.Random(1)).received(), second="ACC-003"))


def test_who_is_found_by_name_and_by_number(mission: Mission) -> None:
    assert people.who(mission, ANALYST).id == "ACC-003"
    assert people.who(mission, "anouk").id == "ACC-003"
    assert people.who(mission, "ACC-003").name == ANALYST
    for nobody in ("", "Nobody", "ACC-099", "ACC", " "):
        with pytest.raises(Refusal, match="unknown_actor") as raised:
            people.who(mission, nobody)
        assert ADMINISTRATOR in raised.value.facts["there_is"]


def test_a_dismissed_person_acts_no_longer(mission: Mission) -> None:
    people.dismiss(mission, ADMINISTRATOR, MONITOR, "moved on")
    with pytest.raises(Refusal, match="actor_dismissed"):
        people.who(mission, MONITOR)
    with pytest.raises(Refusal, match="actor_dismissed"), writing(mission) as desk:
        desk.add(Doing(desk, random.Random(1)).received())
    again = people.appoint(mission, ADMINISTRATOR, MONITOR, ("monitor",))
    assert (again.id, people.who(mission, MONITOR).id) == ("ACC-007", "ACC-007")


def test_acts_of_one_writing_see_who_was_dismissed_in_it(mission: Mission) -> None:
    with pytest.raises(Refusal, match="actor_dismissed"), writing(mission) as desk:  # noqa: PT012
        desk.add(Act("dismissed", "ACC-001", {"account": "ACC-002", "reason": ""}))
        desk.add(Doing(desk, random.Random(1)).received())
    assert people.who(mission, MONITOR).open


def test_the_last_administrator_stays(mission: Mission) -> None:
    with pytest.raises(Refusal, match="last_administrator"):
        people.dismiss(mission, ADMINISTRATOR, ADMINISTRATOR)
    with pytest.raises(Refusal, match="last_administrator"):
        people.appoint(mission, ADMINISTRATOR, ADMINISTRATOR, ("monitor",))
    people.appoint(mission, ADMINISTRATOR, PUBLISHER, ("publisher", "administrator"))
    people.dismiss(mission, ADMINISTRATOR, ADMINISTRATOR)
    assert not next(each for each in queries.accounts(mission) if each.id == "ACC-001").open


def test_roles_of_somebody_in_office_are_altered_under_the_same_number(mission: Mission) -> None:
    altered = people.appoint(mission, ADMINISTRATOR, ANALYST, ("reviewer", "analyst"))
    assert (altered.id, altered.roles) == ("ACC-003", ("analyst", "reviewer"))
    assert people.who(mission, ANALYST).roles == ("analyst", "reviewer")


def test_others_appoint_and_dismiss_nobody(mission: Mission) -> None:
    for name in (MONITOR, ANALYST, REVIEWER, PUBLISHER):
        with pytest.raises(Refusal, match="role_missing"):
            people.appoint(mission, name, "Somebody", ("administrator",))
        with pytest.raises(Refusal, match="role_missing"):
            people.dismiss(mission, name, MONITOR)


@pytest.mark.parametrize(("name", "roles", "code"), [("", ("monitor",), "name_unfit"), ("a\nb", ("monitor",), "name_unfit"),
                                                     ("x" * 201, ("monitor",), "name_unfit"), ("Somebody", (), "role_unknown"),
                                                     ("Somebody", ("owner",), "role_unknown")])  # fmt: skip
def test_what_cannot_be_appointed(mission: Mission, name: str, roles: tuple[str, ...], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        people.appoint(mission, ADMINISTRATOR, name, roles)


def test_no_name_stands_in_an_entry(mission: Mission) -> None:
    for row in queries.entries(mission):
        assert not any(name in str(row) for name in ROLES)


def test_a_mission_opens_once(mission: Mission) -> None:
    first = queries.entry(mission, 0)
    with pytest.raises(Refusal, match="act_malformed"):
        record(mission, [Act("opened", "ACC-001", first.body)])
