"""Receiving: bytes once, a file at a time, what is protected sealed from the start and named to nobody but the giver."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from email.message import EmailMessage
from pathlib import Path

import pytest

from merestone.capture import Options
from merestone.capture.pack import SHIPPED
from merestone.capture.terms import Cell, ExhibitText, Known
from merestone.ledger.terms import Refusal
from merestone.register import mission as missions
from merestone.register import queries, vault
from merestone.register.about import About
from merestone.register.frozen import thaw
from merestone.register.receive import ALREADY, RECEIVED, REFUSED, UNREAD, receive
from merestone.register.terms import Mission
from tests.register.cast import ADMINISTRATOR, ANALYST, MONITOR
from tests.register.conftest import founded, ground, whole
from tests.register.desk_work import LATER, ORSAY, VELDAR, acts, give

TEACHING = SHIPPED / "teaching" / "documents"


def mail(*enclosed: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Date"], made["Subject"] = "a@example.org", "b@example.org", "Mon, 19 May 2031 10:00:00 +0000", "Report"
    made.set_content(LATER)
    for n, words in enumerate(enclosed):
        made.add_attachment(words.encode(), maintype="text", subtype="plain", filename=f"note{n}.txt")
    return made.as_bytes()


def test_the_teaching_documents_arrive_with_bytes_text_and_what_is_known(mission: Mission) -> None:
    arrived = list(receive(mission, MONITOR, [TEACHING], Options(manifest=TEACHING / "manifest.csv")))
    assert {each.state for each in arrived} == {RECEIVED, UNREAD}
    assert len({each.exhibit for each in arrived}) == len(arrived) == len(queries.exhibits(mission))
    rows = {row.id: row for row in queries.exhibits(mission)}
    for each in arrived:
        row = rows[each.exhibit]
        about = thaw(About, vault.read(mission, row.about))
        original = vault.read(mission, row.original)
        assert about.size == len(original)
        assert (row.name, row.unread) == (about.name, "" if each.refusal is None else each.refusal.code)
        if about.line is None:
            assert original == (TEACHING / about.name).read_bytes()
        if row.text:
            text = thaw(ExhibitText, vault.read(mission, row.text))
            assert (text.id, text.echoed) == (row.id, {})
            assert (text.publisher, text.published) == (about.publisher, about.published)
        else:
            assert row.unread
    lines = [thaw(ExhibitText, vault.read(mission, row.text)) for row in rows.values() if row.name == "wire.jsonl"]
    assert {piece.origin.row for text in lines for piece in text.pieces if isinstance(piece.origin, Cell)} == {1}
    size = queries.counts(mission)["entries"]
    again = list(receive(mission, ANALYST, [TEACHING], Options(manifest=TEACHING / "manifest.csv")))
    assert [(each.exhibit, each.state, each.refusal) for each in again] == [(each.exhibit, ALREADY, None) for each in arrived]
    assert queries.counts(mission)["entries"] == size


def test_the_same_bytes_under_another_name_are_here_already(mission: Mission, tmp_path: Path) -> None:
    (first,) = give(mission, tmp_path / "a", {"one.txt": VELDAR})
    twice = give(mission, tmp_path / "b", {"other.txt": VELDAR, "same.md": VELDAR})
    assert [(each.exhibit, each.state, each.refusal) for each in twice] == [(first.exhibit, ALREADY, None)] * 2


def test_what_is_stated_otherwise_of_the_same_bytes_is_said(mission: Mission, tmp_path: Path) -> None:
    (first,) = give(mission, tmp_path / "a", {"one.txt": VELDAR}, publisher="A", published="2031-05-17")
    (same,) = give(mission, tmp_path / "a", {}, publisher="A")
    (other,) = give(mission, tmp_path / "a", {}, publisher="B", published="2031-05-18")
    assert same.refusal is None
    assert other.refusal is not None
    assert (other.exhibit, other.refusal.code, other.refusal.facts) == (
        first.exhibit, "stated_otherwise", {"exhibit": first.exhibit, "fields": "published, publisher"},
    )  # fmt: skip
    assert queries.exhibit(mission, first.exhibit).publisher == "A"


def test_a_text_in_a_language_without_rules_is_received(mission: Mission, tmp_path: Path) -> None:
    (arrived,) = give(mission, tmp_path / "a", {"fr.txt": "Le 17 mai, des soldats ont ouvert le feu sur le village."}, language="fr")
    assert (arrived.state, queries.exhibit(mission, arrived.exhibit).language) == (RECEIVED, "fr")


def test_what_cannot_be_read_is_kept_and_what_cannot_be_taken_is_written_down_once(mission: Mission, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "link.txt").symlink_to("elsewhere")
    lines = [json.dumps({"text": ORSAY}), "no json", json.dumps({"path": "gone.txt"})]
    files: dict[str, str | bytes] = {"broken.pdf": b"%PDF-1.4 broken", "wire.jsonl": "\n".join(lines)}
    for time in range(2):
        arrived = {each.name: each for each in give(mission, folder, files)}
        assert (arrived["link.txt"].state, arrived["wire.jsonl, line 2"].state) == (REFUSED, REFUSED)
        assert arrived["broken.pdf"].state == (ALREADY if time else UNREAD)
    rows = queries.refused(mission)
    assert sorted((row.code, vault.read(mission, row.name).decode()) for row in rows) == [
        ("malformed_line", "wire.jsonl, line 2"),
        ("missing_file", "gone.txt"),
        ("symlink", "link.txt"),
    ]
    broken = queries.exhibit(mission, arrived["broken.pdf"].exhibit)
    assert (broken.unread, broken.text, vault.read(mission, broken.original)) == ("broken_pdf", "", b"%PDF-1.4 broken")
    assert [notice.code for notice in thaw(About, vault.read(mission, broken.about)).notices] == ["broken_pdf"]


def test_a_mail_and_what_it_encloses_arrive_in_one_transaction(mission: Mission, tmp_path: Path) -> None:
    before = queries.counts(mission)["checkpoints"]
    arrived = give(mission, tmp_path / "a", {"m.eml": mail(VELDAR, ORSAY)})
    assert queries.counts(mission)["checkpoints"] == before + 1
    outer, *inner = arrived
    assert [thaw(About, vault.read(mission, queries.exhibit(mission, each.exhibit).about)).within for each in inner] == [outer.exhibit] * 2


def protected_files(tmp_path: Path) -> tuple[Path, dict[str, str | bytes]]:
    manifest = "path,publisher,protected\nsecret.eml,The quiet witness,true\nbroken.pdf,The quiet witness,true\nmissing-witness.txt,,true\n"
    files: dict[str, str | bytes] = {
        "secret.eml": mail(ORSAY),
        "broken.pdf": b"%PDF-1.4 broken",
        "open.txt": VELDAR,
        "manifest.csv": manifest,
    }
    return tmp_path / "given", files


@pytest.mark.parametrize("fixture", ["mission", "locked"])
def test_what_is_protected_is_sealed_from_the_start(fixture: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    mission: Mission = request.getfixturevalue(fixture)
    folder, files = protected_files(tmp_path)
    arrived = {each.name: each for each in give(mission, folder, files)}
    hidden = {name for name, each in arrived.items() if each.protected}
    assert hidden == {"secret.eml", "secret.eml/note0.txt", "broken.pdf", "missing-witness.txt"}
    for name in hidden - {"missing-witness.txt"}:
        row = queries.exhibit(mission, arrived[name].exhibit)
        assert (row.protected, row.name, row.publisher, row.language) == (True, "", "", "")
        for commitment in filter(None, (row.original, row.text, row.about)):
            assert vault.is_sealed(mission.alias, commitment)
    assert queries.exhibit(mission, arrived["broken.pdf"].exhibit).unread == "withheld"
    assert [(row.code, row.protected) for row in queries.refused(mission)] == [("withheld", True)]
    missions.close(mission)
    stored = b"".join(path.read_bytes() for path in (mission.folder).glob("record.sqlite3*"))
    for needle in ("secret.eml", "note0.txt", "witness", "shelled", "fired small arms", "broken.pdf", "%PDF-1.4"):
        assert needle.encode() not in stored, needle
    assert b"opened fire" in stored


def test_others_are_not_told_of_what_is_protected(mission: Mission, tmp_path: Path) -> None:
    folder, files = protected_files(tmp_path)
    given = {each.name: each for each in give(mission, folder, files)}
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "found.pdf").write_bytes(files["broken.pdf"])  # type: ignore[arg-type]
    (theirs,) = receive(mission, MONITOR, [tmp_path / "again"], Options())
    (others,) = receive(mission, ANALYST, [tmp_path / "again"], Options())
    assert (theirs.exhibit, theirs.state, theirs.protected) == (given["broken.pdf"].exhibit, ALREADY, True)
    assert (others.exhibit, others.state, others.protected, others.refusal) == ("", ALREADY, False, None)


def test_what_is_open_already_is_not_sealed_in_silence(mission: Mission, tmp_path: Path) -> None:
    (first,) = give(mission, tmp_path / "a", {"one.txt": VELDAR})
    (again,) = give(mission, tmp_path / "b", {"one.txt": VELDAR, "manifest.csv": "path,protected\none.txt,true\n"})
    assert again.refusal is not None
    assert (again.exhibit, again.refusal.code, again.protected) == (first.exhibit, "open_already", True)
    assert not queries.exhibit(mission, first.exhibit).protected


def test_who_may_not_receive_writes_nothing(mission: Mission, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text(VELDAR, encoding="utf-8")
    before = acts(mission)
    for actor, code in ((ADMINISTRATOR, "role_missing"), ("Nobody", "unknown_actor")):
        with pytest.raises(Refusal, match=code):
            list(receive(mission, actor, [tmp_path / "a"], Options()))
    assert acts(mission) == before


def test_a_language_is_stated_by_its_code(mission: Mission, tmp_path: Path) -> None:
    (arrived,) = give(mission, tmp_path / "a", {"one.pdf": b"%PDF-1.4 broken"}, language="English", publisher="A")
    about = thaw(About, vault.read(mission, queries.exhibit(mission, arrived.exhibit).about))
    assert (about.language, about.publisher) == (Known("en", "option"), Known("A", "option"))


TWICE = textwrap.dedent("""
    import sys
    from pathlib import Path
    from merestone.capture import Options
    from merestone.register import mission as missions
    from merestone.register.receive import receive
    from tests.register.conftest import ground

    folder, files, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    mission = missions.open_mission(folder, ground(seed))
    print("ready", flush=True)
    sys.stdin.readline()
    for arrived in receive(mission, "Mika", [files], Options()):
        print(arrived.state)
""")


def test_two_processes_that_receive_the_same_files_take_each_once(mission: Mission, tmp_path: Path, root: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for n in range(30):
        (files / f"{n:02d}.txt").write_text(f"{VELDAR} Number {n}.", encoding="utf-8")
    both = [
        subprocess.Popen(
            [sys.executable, "-c", TWICE, str(mission.folder), str(files), str(seed)],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in (31, 32)
    ]
    for each in both:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    told = [each.communicate("go\n")[0].split("\n")[:-1] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert sorted(told[0] + told[1]) == sorted([RECEIVED] * 30 + [ALREADY] * 30)
    assert len(queries.exhibits(mission)) == 30


KILLED = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    from merestone.capture import Options
    from merestone.register import mission as missions
    from merestone.register import desk
    from merestone.register.receive import receive
    from tests.register.conftest import ground

    folder, files, at = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    mission = missions.open_mission(folder, ground(11))
    steps = iter(range(10**6))

    def watched(frame, event, arg):
        # every call into our rooms is a moment; at the chosen one the process is gone without a word
        if event == "call" and "/merestone/register/" in frame.f_code.co_filename and next(steps) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watched)
    for arrived in receive(mission, "Mika", [files], Options()):
        pass
    sys.setprofile(None)
    print("whole")
""")


def test_killed_at_any_moment_what_was_received_stands_and_the_rest_follows(tmp_path: Path, root: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for n in range(12):
        (files / f"{n:02d}.txt").write_text(f"{VELDAR} Number {n}.", encoding="utf-8")
    folder = tmp_path / "mission"
    missions.close(founded(folder))
    killed = 0
    for at in (3, 90, 260, 300, 640, 800, 100_000):
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(folder), str(files), str(at)], cwd=root, env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        killed += done.returncode != 0
        mission = missions.open_mission(folder, ground(12))
        whole(mission)
        rows = queries.exhibits(mission)
        assert len({row.name for row in rows}) == len(rows)
        for row in rows:
            assert thaw(ExhibitText, vault.read(mission, row.text)).text.encode() == (files / row.name).read_bytes()
        missions.close(mission)
    assert killed >= 4
    assert len(rows) == 12
