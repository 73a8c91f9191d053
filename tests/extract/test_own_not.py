"""A "not" at a verb of its own denies nothing behind that verb; one at the act, or at who did it, does. For both sides."""

from __future__ import annotations

import functools
from dataclasses import replace

import pytest

from merestone.capture.terms import Known
from merestone.extract.read import Reader
from tests.extract.reading import exhibit, pack

BOTH = pytest.mark.parametrize("people", ["Орсейские", "Велдарские"])
OF_ANOTHER = (
    "{P} солдаты задержанных не поили и били шлангом.",
    "{P} солдаты ничего не объяснили, забрали овец и ушли.",
)
DENIED = (
    "{P} солдаты не стреляли и не угоняли овец.",
    "{P} солдаты в тот день не обстреливали и не минировали поля у Холлина.",
    "Не солдаты, конечно, обстреляли Холлин.",
)


@functools.cache
def reader() -> Reader:
    return Reader(pack(), "ru")


def stances(text: str) -> dict[str, str]:
    read = reader().read(replace(exhibit(text), language=Known("ru", "manifest")))
    return {claim.kind: claim.stance for claim in read.claims}


@BOTH
@pytest.mark.parametrize(("text", "kind"), [(OF_ANOTHER[0], "ill_treatment"), (OF_ANOTHER[1], "theft")])
def test_a_not_of_the_verb_before_denies_nothing(text: str, kind: str, people: str) -> None:
    assert stances(text.format(P=people))[kind] == "asserts"


@BOTH
@pytest.mark.parametrize("text", DENIED)
def test_a_not_of_the_act_denies_it(text: str, people: str) -> None:
    assert set(stances(text.format(P=people)).values()) == {"denies"}
