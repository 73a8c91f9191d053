"""What may go to a reader outside the house: letter for letter what the public may be quoted, and never more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from merestone.capture import Options, load_pack
from merestone.capture.terms import Known, Unknown
from merestone.ledger.terms import Refusal
from merestone.report import Edition, Request, brief
from merestone.report.masking import BLOCK
from merestone.report.outgoing import outgoing

MINISTRY = "Ministry of Defence of Veldar"


def edition(folder: Path, text: str, publisher: str = MINISTRY, later: bool = True) -> Edition:
    folder.mkdir()
    (folder / "one.txt").write_text(text, encoding="utf-8")
    options = Options(published="2031-05-17", publisher=publisher, language="en")
    now = datetime(2031, 5, 30 if later else 18, tzinfo=UTC)
    return brief(Request((folder,), load_pack("teaching"), now, options))


def sent(made: Edition) -> str:
    (text,) = outgoing(made).values()
    assert len(text) == len(made.documents[0].text)
    assert all(a in (b, BLOCK) for a, b in zip(text, made.documents[0].text, strict=True))
    return text


SHELLED = "On 16 May Orsayan forces shelled the village of Keldholt with mortars. Rain is expected in the hills."
HELD = "On 16 May Orsayan forces advanced to the village of Keldholt and hold positions there. Rain is expected in the hills."


def test_what_an_institution_published_goes_as_it_stands(tmp_path: Path) -> None:
    assert sent(edition(tmp_path / "a", "Rain is expected in the hills.")) == "Rain is expected in the hills."


def test_what_nobody_is_known_to_have_published_does_not_go(tmp_path: Path) -> None:
    made = edition(tmp_path / "a", SHELLED)
    (document,) = made.documents
    for publisher, goes in ((Known("A shepherd", "option"), False), (Unknown("none"), False), (document.publisher, True)):
        assert bool(outgoing(replace(made, documents=(replace(document, publisher=publisher),)))) == goes


def test_positions_do_not_go_while_they_are_fresh(tmp_path: Path) -> None:
    fresh = sent(edition(tmp_path / "a", HELD, later=False))
    assert "advanced" not in fresh
    assert "Rain is expected" in fresh
    assert "advanced" in sent(edition(tmp_path / "b", HELD))


def test_fine_places_of_positions_do_not_go_at_all(tmp_path: Path) -> None:
    assert "Keldholt" not in sent(edition(tmp_path / "a", HELD))


def test_names_of_persons_do_not_go(tmp_path: Path) -> None:
    text = "Anna Velska, a teacher of Keldholt, was wounded by shelling on 16 May. Velska was taken to hospital."
    gone = sent(edition(tmp_path / "a", text))
    assert not any(name in gone for name in ("Anna", "Velska"))
    assert "hospital" in gone


@pytest.mark.parametrize(
    "text",
    [
        "Orsayan forces shelled Keldholt on 15 May, the captive said. Rain is expected.",
        "On 16 May Orsayan forces took a shepherd away near Keldholt. He told us that they shelled Keldholt. Rain is expected.",
        "On 16 May Orsayan soldiers beat a shepherd of Keldholt. Rain is expected.",
    ],
)
def test_what_tells_of_a_captive_does_not_go(tmp_path: Path, text: str) -> None:
    assert outgoing(edition(tmp_path / "a", text)) == {}


def test_of_an_edition_with_something_protected_nothing_goes(tmp_path: Path) -> None:
    made = edition(tmp_path / "a", SHELLED)
    (document,) = made.documents
    with pytest.raises(Refusal, match="protected_in_edition"):
        outgoing(replace(made, documents=(replace(document, protected=True),)))


def test_a_text_of_which_no_word_is_left_does_not_go(tmp_path: Path) -> None:
    assert outgoing(edition(tmp_path / "a", HELD.partition(". ")[0] + ".", later=False)) == {}
