"""From files to an edition with the rooms as they are, on a few lines about the teaching conflict."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from merestone.capture import Options, load_pack
from merestone.ledger.terms import Refusal
from merestone.report import INTERNAL, PROFILES, PUBLIC, Request, brief, render

NOW = datetime(2031, 6, 2, 9, 30, tzinfo=UTC)
LINES = [
    {
        "id": "ve-1",
        "publisher": "Ministry of Defence of Veldar",
        "published": "2031-05-17",
        "language": "en",
        "url": "https://example.org/ve-1",
        "text": "On 17 May at about 02:40 Orsayan forces opened fire with machine guns on Veldarian positions near Upper Brask. One soldier was wounded.",
    },
    {
        "id": "or-1",
        "publisher": "Ministry of Defence of Orsay",
        "published": "2031-05-17",
        "language": "en",
        "url": "https://example.org/or-1",
        "text": "On 17 May at 03:05 Veldarian forces opened fire with machine guns on Orsayan positions near Alta Vauride.",
    },
    {
        "id": "or-2",
        "publisher": "Ministry of Defence of Orsay",
        "published": "2031-05-25",
        "language": "en",
        "url": "https://example.org/or-2",
        "text": "On 24 May Veldarian forces shelled the village of Montasse.",
    },
]
SECRET = {
    "id": "secret",
    "published": "2031-05-18",
    "language": "en",
    "protected": True,
    "text": "On 17 May at about 02:45 Orsayan forces opened fire near Upper Brask. Nine soldiers were killed.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for line in LINES:
        (tmp_path / "in" / f"{line['id']}.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    return tmp_path / "in"


def asked(folder: Path, **more: object) -> Request:
    return Request((folder,), load_pack("teaching"), NOW, Options(), **more)  # type: ignore[arg-type]


def test_both_sides_versions_of_one_exchange_stand_in_one_incident(folder: Path) -> None:
    found = brief(asked(folder))
    assert found.profile == INTERNAL
    assert found.checkpoint is None
    sides = [{side for side, refs in i.assessment.versions if refs} for i in found.incidents]
    assert {"OR", "VE"} in sides
    assert sorted(entry.name.rpartition("/")[2] for entry in found.inputs) == sorted(f"{line['id']}.jsonl" for line in LINES)
    assert set(render(found)) == {"report.html", "report.pdf", "report.docx", "claims.csv", "incidents.geojson", "edition.json"}


@pytest.mark.parametrize("profile", PROFILES)
def test_a_protected_document_leaves_no_trace(folder: Path, profile: str) -> None:
    before = render(brief(asked(folder, profile=profile)))
    (folder / "secret.jsonl").write_text(json.dumps(SECRET) + "\n", encoding="utf-8")
    assert render(brief(asked(folder, profile=profile))) == before


def test_a_file_that_holds_a_protected_line_is_neither_named_nor_digested(folder: Path) -> None:
    whole = [json.dumps(line) for line in [*LINES, SECRET]]
    for path in folder.iterdir():
        path.unlink()
    (folder / "all.jsonl").write_text("\n".join(whole) + "\n", encoding="utf-8")
    told = render(brief(asked(folder)))["edition.json"].decode("utf-8")
    assert "secret" not in told
    assert "Nine soldiers" not in told
    assert {entry["name"] for entry in json.loads(told)["inputs"]} == {"ve-1", "or-1", "or-2"}


def test_the_window_leaves_out_what_cannot_lie_in_it(folder: Path) -> None:
    days = {c.claim.when.start[:10] for c in brief(asked(folder, since="2031-05-20", until="2031-05-31")).claims}
    assert days == {"2031-05-24"}
    with pytest.raises(Refusal, match="bad_option"):
        brief(asked(folder, since="yesterday"))
    with pytest.raises(Refusal, match="window_reversed"):
        brief(asked(folder, since="2031-05-31", until="2031-05-20"))


def test_a_report_of_ours_among_the_sources_is_no_source(folder: Path) -> None:
    before = brief(asked(folder))
    (folder / "report.html").write_bytes(render(before)["report.html"])
    after = brief(asked(folder))
    assert [refusal.code for refusal in after.refusals] == ["own_report"]
    assert after.claims == before.claims


def test_what_cannot_be_read_is_listed_and_the_rest_is_done(folder: Path) -> None:
    (folder / "blank.txt").write_text("", encoding="utf-8")
    found = brief(asked(folder))
    assert [refusal.code for refusal in found.refusals] == ["empty"]
    assert len(found.documents) == 3
    outside = brief(asked(folder, profile=PUBLIC))
    assert [(refusal.code, refusal.facts) for refusal in outside.refusals] == [("empty", ())]


def test_progress_is_told(folder: Path) -> None:
    steps: list[str] = []
    brief(asked(folder, progress=lambda step, done, whole: steps.append(step)))
    assert list(_runs(steps)) == ["receive", "read", "link", "assess", "report"]


def _runs(steps: list[str]) -> Iterator[str]:
    last = ""
    for step in steps:
        if step != last:
            yield step
        last = step
