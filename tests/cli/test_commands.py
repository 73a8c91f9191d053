"""The commands from end to end on the teaching documents: what they print, what they refuse, how they end."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from merestone.capture.pack import list_packs
from merestone.cli import main
from merestone.extract.wire import from_json
from tests.cli.conftest import TEACHING, TEXT, Run, lines


def test_read_prints_one_object_a_document_and_nothing_else(run: Run, folder: Path) -> None:
    code, out, err = run("read", folder, "--pack", "teaching", "--jsonl", "--published", "2031-05-17", "--publisher", "Mill Watch")
    (document,) = lines(out)
    assert (code, err) == (0, "")
    assert (document["published"], document["publisher"], document["language"]) == ("2031-05-17", "Mill Watch", "en")
    assert document["origins"]["published"] == "option"
    assert document["text"] == TEXT
    claim = document["claims"][0]
    assert document["text"][claim["start"] :].startswith(claim["quote"])
    assert (claim["incident"], claim["copy_of"]) == (None, None)


def test_what_was_refused_is_counted_and_listed_and_strict_fails(run: Run, folder: Path) -> None:
    (folder / "nothing.txt").write_bytes(b"")
    code, out, err = run("read", folder, "--pack", "teaching")
    assert code == 0
    refused = next(document for document in lines(out) if document["refusals"])
    assert refused["path"] == "nothing.txt"
    assert refused["claims"] == []
    assert refused["refusals"][0]["code"] == "empty"
    assert refused["refusals"][0]["message"] in err
    assert "1 refused, 1 done" in err
    assert run("read", folder, "--pack", "teaching", "--strict")[0] == 1
    assert run("read", folder / "nothing.txt", "--pack", "teaching")[0] == 1


@pytest.mark.parametrize("extra", [["--pack", "atlantis"], ["--pack", "teaching", "--published", "soon"]], ids=" ".join)
def test_what_concerns_the_whole_batch_ends_with_2_and_says_what_to_do(run: Run, folder: Path, extra: list[str]) -> None:
    code, out, err = run("read", folder, *extra)
    assert (code, out) == (2, "")
    assert extra[-1] in err


def test_a_protected_document_is_left_out(run: Run, folder: Path, tmp_path: Path) -> None:
    manifest = folder / "manifest.csv"
    manifest.write_text("path,protected\none.txt,true\n", encoding="utf-8")
    code, out, _ = run("read", folder, "--manifest", manifest, "--pack", "teaching")
    assert (code, out) == (1, "")


@pytest.fixture(scope="session")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The teaching documents, read once."""
    found = tmp_path_factory.mktemp("readings") / "readings.jsonl"
    with found.open("w", encoding="utf-8") as out, contextlib.redirect_stdout(out):
        assert main(["read", str(TEACHING), "--pack", "teaching"]) == 0
    return found


def test_several_processes_read_what_one_reads(readings: Path, run: Run) -> None:
    code, out, _ = run("read", TEACHING, "--pack", "teaching", "--jobs", "2")
    assert code == 0
    assert out == readings.read_text(encoding="utf-8")
    with pytest.raises(SystemExit):
        run("read", TEACHING, "--pack", "teaching", "--jobs", "0")


def test_every_reading_comes_back_as_it_went_out(readings: Path) -> None:
    read = [document for document in lines(readings.read_text(encoding="utf-8")) if not document["refusals"]]
    assert len(read) >= 10
    for document in read:
        assert len(from_json(document).claims) == len(document["claims"])


def test_link_gives_the_same_objects_with_incidents(run: Run, readings: Path) -> None:
    before = [document for document in lines(readings.read_text(encoding="utf-8")) if not document["refusals"]]
    code, out, _ = run("link", readings, "--pack", "teaching", "--jsonl")
    *documents, last = lines(out)
    linked = [document for document in documents if not document["refusals"]]
    assert code == 0
    assert [document["id"] for document in linked] == [document["id"] for document in before]
    given = {f"{d['id']}#{c['id']}": c["incident"] for d in linked for c in d["claims"] if c["incident"]}
    told = {ref: incident["id"] for incident in last["incidents"] for ref in incident["claims"]}
    assert given == told
    assert told
    keys = {"id", "kind", "period", "places", "versions", "grade", "reasons", "contested", "figures", "voices"}
    assert all(keys <= set(incident) for incident in last["incidents"])
    assert {incident["grade"] for incident in last["incidents"]}.isdisjoint({"observed", "refuted"})
    for document, original in zip(linked, before, strict=True):
        for claim, untouched in zip(document["claims"], original["claims"], strict=True):
            assert {k: v for k, v in claim.items() if k not in ("incident", "copy_of", "pattern")} == {
                k: v for k, v in untouched.items() if k not in ("incident", "copy_of")
            }


def test_link_reads_standard_input_and_lists_lines_that_cannot_be_used(
    run: Run, readings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = next(line for line in readings.read_text(encoding="utf-8").splitlines() if '"refusals": []' in line)
    given = tmp_path / "given.jsonl"
    given.write_text(f"{first}\nno object\n{first}\n\n", encoding="utf-8")
    with given.open(encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        code, out, err = run("link", "-", "--pack", "teaching", "--strict")
    documents = lines(out)
    assert code == 1
    assert [[refusal["code"] for refusal in document["refusals"]] for document in documents[:-1]] == [
        [],
        ["malformed_reading"],
        ["duplicate_id"],
    ]
    assert [document["refusals"][0]["facts"]["line"] for document in documents[1:-1]] == [2, 3]
    assert "2 refused, 1 done" in err


def test_explain_tells_each_slot_with_its_words_and_rule(run: Run, readings: Path) -> None:
    document = next(d for d in lines(readings.read_text(encoding="utf-8")) if d["claims"])
    claim = document["claims"][0]
    code, out, _ = run("explain", readings, f"{document['id']}#{claim['id']}")
    assert code == 0
    for row in claim["evidence"]:
        assert row["slot"].replace("_", " ") in out
        assert row["rule"] in out
    assert claim["said_by"][0] in out
    assert "nobody has reviewed it" in out


@pytest.mark.parametrize(
    ("asked", "code"), [("nobody#1", "document_not_found"), ("x#y", "malformed_reference"), ("B-001", "not_an_edition")]
)
def test_explain_refuses_what_is_not_there(run: Run, readings: Path, asked: str, code: str) -> None:
    ended, out, err = run("explain", readings, asked)
    assert (ended, out) == (2, "")
    assert f"[{code}]" in err


def test_a_file_that_is_not_there_and_one_that_is_not_text(run: Run, tmp_path: Path) -> None:
    assert "[missing_file]" in run("explain", tmp_path / "none.jsonl", "a#1")[2]
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\xff")
    assert "[undecodable]" in run("link", tmp_path / "bytes", "--pack", "teaching")[2]


def test_pack_list_names_each_pack(run: Run) -> None:
    code, out, _ = run("pack", "list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == list(list_packs())
    assert [pack["name"] for pack in json.loads(run("pack", "list", "--json")[1])] == list(list_packs())


def test_a_closed_pipe_and_an_interrupt_end_quietly(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("merestone.capture.load_pack", stopped)
    code, out, err = run("read", folder, "--pack", "teaching")
    assert (code, out, err) == (130, "", "Stopped.\n")


def test_a_reader_that_goes_away_ends_it_without_a_word(readings: Path) -> None:
    program = [
        sys.executable,
        "-c",
        "import sys; from merestone.cli import main; sys.exit(main())",
        "link",
        str(readings),
        "--pack",
        "teaching",
    ]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert len(readings.read_bytes()) > 200_000  # more than a pipe holds
        running.stdout.read(1)
        running.stdout.close()
        assert running.stderr.read() == ""
    assert running.returncode == 141


def test_no_control_character_of_a_stranger_reaches_the_terminal(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "red\x1b[31m.txt").write_bytes(b"")
    _, out, err = run("read", folder, "--pack", "teaching")
    assert "[empty]" in err
    quote = "fired\x1b[31m at"
    reading = {"id": "a", "text": quote, "claims": [{"kind": "calm", "quote": quote}]}
    (tmp_path / "readings.jsonl").write_text(json.dumps(reading), encoding="utf-8")
    _, explained, _ = run("explain", tmp_path / "readings.jsonl", "a#1")
    assert "fired" in explained
    assert "\x1b" not in out + err + explained


def test_data_are_utf_8_whatever_the_terminal_is(tmp_path: Path) -> None:
    line = {"id": "a", "text": "On 17 May 2031 Veldarian forces fired at Alta Vauride – twice.", "note": "\ud800"}
    (tmp_path / "one.jsonl").write_text(json.dumps(line), encoding="utf-8")
    program = [sys.executable, "-c", "import sys; from merestone.cli import main; sys.exit(main())"]
    arguments = ["read", str(tmp_path / "one.jsonl"), "--pack", "teaching"]
    ran = subprocess.run([*program, *arguments], capture_output=True, env={**os.environ, "PYTHONIOENCODING": "latin-1"}, check=False)
    assert ran.stderr == b""
    assert "–" in json.loads(ran.stdout.decode("utf-8"))["text"]


def test_what_is_no_json_is_refused_and_not_passed_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text('{"id": "a", "text": "x", "claims": [], "note": NaN}\n', encoding="utf-8")
    code, out, _ = run("link", tmp_path / "one.jsonl", "--pack", "teaching")
    assert code == 1
    assert lines(out)[0]["refusals"][0]["code"] == "malformed_reading"


def test_progress_is_shown_on_a_terminal_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    assert main(["read", str(folder), "--pack", "teaching"]) == 0
    assert "1 documents read" in shown.getvalue()


def test_explain_tells_of_an_incident_and_of_its_claims_from_the_edition_alone(run: Run, demo: Path) -> None:
    edition = json.loads((demo / "edition.json").read_text(encoding="utf-8"))
    incident = max(edition["incidents"], key=lambda each: len(each["claims"]))
    code, out, _ = run("explain", demo / "edition.json", incident["id"])
    assert code == 0
    assert f"Grade: {incident['grade']}" in out
    assert all(ref in out for ref in incident["claims"])
    assert all(reason["text"] in out for reason in incident["reasons"])
    assert all(level["why"].rstrip(".") in out for link in incident["why"] for level in link["levels"])
    assert run("explain", demo / "edition.json", incident["claims"][0])[1].startswith(incident["claims"][0])
    assert "[incident_not_found]" in run("explain", demo / "edition.json", "B-999")[2]
    for pattern in edition["patterns"]:
        assert "no grade" in run("explain", demo / "edition.json", pattern["id"])[1]


def test_brief_writes_six_files_and_names_them(run: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, told, err = run("brief", folder, "--pack", "teaching", "--out", out, "--from", "2031-05-01", "--to", "2031-05-31")
    assert (code, err) == (0, "")
    names = ["report.html", "report.pdf", "report.docx", "claims.csv", "incidents.geojson", "edition.json"]
    assert [Path(line).name for line in told.splitlines()] == names
    assert all(Path(line).stat().st_size for line in told.splitlines())
    counted = json.loads(run("brief", folder, "--pack", "teaching", "--out", out, "--json", "--profile", "public")[1])
    assert (counted["documents"], counted["refusals"]) == (1, [])


def test_brief_leaves_out_what_lies_outside_the_window(run: Run, folder: Path, tmp_path: Path) -> None:
    def claims(*window: str) -> int:
        told = run("brief", folder, "--pack", "teaching", "--out", tmp_path / "out", "--json", *window)[1]
        return int(json.loads(told)["claims"])

    assert claims() == claims("--from", "2031-05-17", "--to", "2031-05-17") > claims("--from", "2031-05-18") == claims("--to", "2031-05-16")


def test_brief_refuses_by_name_and_strict_fails(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "nothing.txt").write_bytes(b"")
    code, _, err = run("brief", folder, "--pack", "teaching", "--out", tmp_path / "out")
    assert code == 0
    assert "[empty]" in err
    assert run("brief", folder, "--pack", "teaching", "--out", tmp_path / "out", "--strict")[0] == 1
    assert run("brief", folder / "nothing.txt", "--pack", "teaching", "--out", tmp_path / "none")[0] == 1
    assert not (tmp_path / "none").exists()
    assert run("brief", folder, "--pack", "teaching", "--out", folder / "one.txt")[0] == 2
    assert run("brief", folder, "--pack", "teaching", "--out", tmp_path / "out", "--from", "soon")[0] == 2


def test_pack_check_tells_each_party_and_fails_only_when_strict(run: Run) -> None:
    code, out, _ = run("pack", "check", "teaching")
    checked = json.loads(run("pack", "check", "teaching", "--json")[1])
    assert code == 0
    assert all(finding["what"] in out for finding in checked["findings"])
    assert {"VE", "OR"} <= {tally["party"] for tally in checked["tallies"]}
    assert run("pack", "check", "teaching", "--strict")[0] == (1 if checked["findings"] else 0)
    assert "[pack_not_found]" in run("pack", "check", "atlantis")[2]


def test_read_and_link_arrive_where_brief_arrives(run: Run, readings: Path, tmp_path: Path) -> None:
    run("brief", TEACHING, "--pack", "teaching", "--out", tmp_path / "out")
    edition = json.loads((tmp_path / "out" / "edition.json").read_text(encoding="utf-8"))
    linked = lines(run("link", readings, "--pack", "teaching")[1])[-1]
    assert linked["incidents"] == edition["incidents"]
