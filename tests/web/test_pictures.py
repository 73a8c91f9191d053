"""One file that keeps PDFium busy for hours stops nobody who asks for something else."""

from __future__ import annotations

import pytest

from merestone.web import pictures
from tests.faults.makers import STORY, page_of, pdf
from tests.register.conftest import ground


def test_who_cannot_have_a_turn_goes_without(monkeypatch: pytest.MonkeyPatch) -> None:
    data, clock = pdf([page_of([STORY])]), ground().clock
    monkeypatch.setattr(pictures, "turns", pictures.Turns())
    monkeypatch.setattr(pictures, "WAIT", 0.01)
    drawn = pictures.picture(data, 1, clock)
    assert drawn != pictures.undrawn()
    with pictures.turns.taken() as ours:  # a page that does not end
        assert ours
        assert pictures.picture(data, 1, clock) == pictures.undrawn()
        monkeypatch.setattr(pictures, "WAIT", 10_000)  # nobody waits where somebody has waited in vain
        assert pictures.sheets(data, (), 40) == ((), 0)
        assert pictures.page_words(data) is None
    assert pictures.picture(data, 1, clock) == drawn
    assert pictures.sheets(data, (), 40)[1] == 1
    assert STORY in str(pictures.page_words(data))


def test_what_nobody_could_look_through_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a captive's words stand in it is not known then."""
    from merestone.web import originals
    from merestone.web.pages import exhibits

    monkeypatch.setattr(originals, "words_in", lambda *_: None)
    assert exhibits.speaks(b"", None, frozenset({"Quorin"}))  # type: ignore[arg-type]
    assert not exhibits.speaks(b"", None, frozenset())  # type: ignore[arg-type]
