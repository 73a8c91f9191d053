"""Acts on claims and incidents, and editions, from the command line: what they print, and that an edition can be checked by anybody."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ADMINISTRATOR, ANALYST, MONITOR, PUBLISHER, REVIEWER, Run

PATROL = {"kind": "foot", "window": {"from": "2031-05-17T05:00-02:00", "to": "2031-05-17T09:00-02:00"}, "nil": True}


def rows(run: Run, mission: Path, what: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("-C", mission, "list", what, "--json")[1])
    return found


def written(folder: Path, form: object) -> Path:
    path = folder / "form.json"
    path.write_text(json.dumps(form), encoding="utf-8")
    return path


def two_of_one_incident(run: Run, mission: Path) -> tuple[str, str, str]:
    told: dict[str, dict[str, str]] = {}
    for row in rows(run, mission, "claims"):
        if row["incident"] and not row["part"]:
            told.setdefault(row["incident"], {}).setdefault(row["exhibit"], row["ref"])
    incident = max(told, key=lambda number: len(told[number]))
    a, b, *_ = told[incident].values()
    return incident, a, b


def test_proposals_are_recorded_by_name_by_exhibit_and_all(run: Run, read: Path) -> None:
    waiting = rows(run, read, "proposals")
    first = waiting[0]
    code, out, _ = run("-C", read, "record", first["ref"], "--as", ANALYST)
    assert code == 0
    assert out.startswith(f"{first['ref']}  recorded  entry ")
    assert "[claim_recorded]" in run("-C", read, "record", first["ref"], "--as", ANALYST)[2]
    assert "[batch_refused]" in run("-C", read, "record", first["ref"], "EXH-0000-0000", "--as", ANALYST)[2]
    exhibit = waiting[-1]["exhibit"]
    acts = json.loads(run("-C", read, "record", exhibit, "--as", ANALYST, "--json")[1])
    assert [act["subject"].partition("#")[0] for act in acts] == [exhibit] * len(acts)
    assert run("-C", read, "record", "--all", "--as", ANALYST)[0] == 0
    assert rows(run, read, "proposals") == []
    assert "[nothing_waiting]" in run("-C", read, "record", "--all", "--as", ANALYST)[2]
    assert {row["state"] for row in rows(run, read, "claims")} == {"recorded"}


@pytest.mark.parametrize(
    "arguments",
    [[], ["--form", "f"], ["--exhibit", "EXH-1"], ["EXH-1", "--all"], ["EXH-1", "--form", "f", "--exhibit", "EXH-1"]],
    ids=" ".join,
)
def test_what_is_to_be_recorded_is_said_in_one_way(run: Run, made: Path, arguments: list[str]) -> None:
    assert "[nothing_named]" in run("-C", made, "record", *arguments, "--as", ANALYST)[2]


def test_a_claim_is_recorded_by_a_form_corrected_and_withdrawn(run: Run, made: Path, folder: Path, tmp_path: Path) -> None:
    run("-C", made, "receive", folder, "--language", "en", "--as", MONITOR)
    (exhibit,) = rows(run, made, "exhibits")
    form = written(
        tmp_path, {"kind": "small_arms_fire", "quote": "Veldarian forces fired at the village of Alta Vauride", "initiator": "VE"}
    )
    code, out, err = run("-C", made, "record", "--form", form, "--exhibit", exhibit["id"], "--as", ANALYST)
    assert (code, err) == (0, "")
    ref = out.split()[0]
    corrected = written(tmp_path, {"initiator": "OR"})
    assert run("-C", made, "correct", ref, "--form", corrected, "--reason", "read again", "--as", ANALYST)[0] == 0
    assert rows(run, made, "claims")[0]["initiator"] == "OR"
    assert "[nothing_changes]" in run("-C", made, "correct", ref, "--form", corrected, "--reason", "x", "--as", ANALYST)[2]
    assert run("-C", made, "withdraw", ref, "--reason", "not in the text", "--as", ANALYST)[0] == 0
    assert rows(run, made, "claims")[0]["state"] == "withdrawn"
    assert run("-C", made, "withdraw", ref, "--reason", "twice", "--as", ANALYST)[0] == 2
    assert run("verify", made)[0] == 0


@pytest.mark.parametrize(("text", "code"), [("{", "malformed_form"), ("[1]", "form_wrong"), ('{"kind": "peace"}', "form_wrong")])
def test_a_form_that_is_wrong_is_refused(run: Run, made: Path, tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "form.json").write_text(text, encoding="utf-8")
    before = rows(run, made, "entries")
    for command in ("patrol", "observe"):
        assert f"[{code}]" in run("-C", made, command, tmp_path / "form.json", "--as", MONITOR)[2]
    assert "[missing_file]" in run("-C", made, "patrol", tmp_path / "none.json", "--as", MONITOR)[2]
    assert rows(run, made, "entries") == before


def test_judging_deciding_and_noting(run: Run, read: Path) -> None:
    incident, a, b = two_of_one_incident(run, read)
    assert run("-C", read, "judge", a, b, "same", "--reason", "same hour", "--as", ANALYST)[0] == 0
    assert [(row["verdict"], {row["a"], row["b"]}) for row in rows(run, read, "judgements")] == [("same", {a, b})]
    assert run("-C", read, "judge", a, b, "same", "--reason", "x", "--as", PUBLISHER)[0] == 2
    assert "[linking_outdated]" in run("-C", read, "report", "--out", read / "x", "--as", ANALYST)[2]
    assert run("-C", read, "propose", "--as", ANALYST)[0] == 0
    decide = ["-C", read, "decide", incident, "adopted", "--reason", "several sources"]
    assert run(*decide, "--as", ANALYST)[0] == 2
    assert run(*decide, "--as", REVIEWER)[0] == 0
    assert [row["subject"] for row in rows(run, read, "decisions")] == [incident]
    assert "[refuting_rests_on_nothing]" in run("-C", read, "decide", incident, "refuted", "--reason", "x", "--as", REVIEWER)[2]
    assert run("-C", read, "decide", a, "rejected", "--reason", "not so", "--as", REVIEWER)[0] == 0
    assert a not in [row["ref"] for row in rows(run, read, "proposals")]
    assert run("-C", read, "note", incident, "to be asked again", "--as", MONITOR)[0] == 0
    assert "[not_in_record]" in run("-C", read, "note", "INC-1999-0001", "x", "--as", MONITOR)[2]
    assert run("verify", read)[0] == 0


def test_patrols_and_observations(run: Run, made: Path, tmp_path: Path) -> None:
    place = next(line.split(",")[0] for line in next((made / "pack").glob("*/places.csv")).read_text(encoding="utf-8").splitlines()[1:])
    patrol = run("-C", made, "patrol", written(tmp_path, PATROL), "--as", MONITOR)[1].split()[0]
    assert patrol.startswith("PTL-")
    seen = {"position": {"place": place}, "means": "heard", "what": "explosion", "count": 2, "window": {"from": "2031-05-17T05:10-02:00"}}
    observe = ["-C", made, "observe", written(tmp_path, seen), "--patrol", patrol]
    assert run(*observe, "--as", ANALYST)[0] == 2
    code, out, err = run(*observe, "--as", MONITOR)
    assert (code, err) == (0, "")
    assert [(row["id"], row["patrol"]) for row in rows(run, made, "observations")] == [(out.split()[0], patrol)]


def test_an_exhibit_is_described(run: Run, made: Path, folder: Path) -> None:
    run("-C", made, "receive", folder, "--language", "en", "--as", MONITOR)
    (exhibit,) = rows(run, made, "exhibits")
    describe = ["-C", made, "describe", exhibit["id"], "--publisher", "Mill Watch", "--published", "2031-05-18", "--as", ANALYST]
    assert run(*describe, "--reason", "masthead")[0] == 0
    (now,) = rows(run, made, "exhibits")
    assert (now["publisher"], now["published"], now["language"]) == ("Mill Watch", "2031-05-18", "en")
    assert "[nothing_changes]" in run(*describe, "--reason", "masthead")[2]
    assert "[bad_option]" in run("-C", made, "describe", exhibit["id"], "--published", "soon", "--reason", "x", "--as", ANALYST)[2]


@pytest.mark.usefixtures("light")
def test_an_edition_from_draft_to_retraction(run: Run, read: Path, tmp_path: Path) -> None:
    exhibit = rows(run, read, "proposals")[0]["exhibit"]
    run("-C", read, "record", exhibit, "--as", ANALYST)
    code, out, err = run("-C", read, "report", "--out", tmp_path / "all", "--as", ANALYST)
    whole, *paths = out.splitlines()
    assert code == 0
    assert "that nobody recorded" in err
    assert {Path(path).name for path in paths} >= {"report.html", "report.pdf", "report.docx", "claims.csv", "edition.json"}
    assert "[edition_unreviewed]" in run("-C", read, "publish", whole.split()[0], "--as", PUBLISHER)[2]
    drafted = json.loads(
        run("-C", read, "report", "--out", tmp_path / "some", "--recorded", "--title", "May", "--as", ANALYST, "--json")[1]
    )
    assert drafted["proposals"] == 0
    assert json.loads((tmp_path / "some" / "edition.json").read_bytes())["checkpoint"]
    edition = drafted["id"]
    assert run("-C", read, "publish", edition, "--as", ANALYST)[0] == 2
    assert run("-C", read, "approve", edition, "--as", ANALYST)[0] == 2
    assert run("-C", read, "approve", edition, "--reason", "looked through", "--as", REVIEWER)[0] == 0
    bundle = tmp_path / "edition.zip"
    code, out, _ = run("-C", read, "publish", edition, "--out", bundle, "--as", PUBLISHER)
    assert code == 0
    assert str(bundle) in out
    again = json.loads(run("-C", read, "publish", edition, "--as", PUBLISHER, "--json")[1])
    assert again["subject"] == edition
    assert (read / "editions" / f"{edition}-public.zip").read_bytes() == bundle.read_bytes()
    assert run("verify", bundle, "--key", read / "keys" / "verifier")[0] == 0
    assert run("-C", read, "retract", edition, "--reason", "a wrong date", "--as", PUBLISHER)[0] == 0
    assert {row["id"]: row["state"] for row in rows(run, read, "editions")} == {whole.split()[0]: "drafted", edition: "retracted"}
    assert "[not_in_record]" in run("-C", read, "approve", "EDN-1999-0001", "--as", REVIEWER)[2]
    changed(bundle, tmp_path / "changed.zip")
    assert run("verify", tmp_path / "changed.zip")[0] == 3


@pytest.mark.usefixtures("light")
def test_explain_tells_of_what_a_mission_has(run: Run, read: Path, tmp_path: Path) -> None:
    incident, a, _ = two_of_one_incident(run, read)
    run("-C", read, "record", a, "--as", ANALYST)
    edition = run("-C", read, "report", "--out", tmp_path / "out", "--as", ANALYST)[1].split()[0]
    for what, told in ((incident, a), (a, "recorded"), (a.partition("#")[0], "received"), (edition, "drafted")):
        code, out, err = run("-C", read, "explain", what)
        assert (code, err) == (0, "")
        assert what in out
        assert told in out
    assert "[not_in_record]" in run("-C", read, "explain", "INC-1999-0001")[2]
    assert "[not_in_record]" in run("-C", read, "explain", "B-001")[2]
    assert "[no_mission]" in run("explain", incident)[2]


def changed(bundle: Path, other: Path) -> None:
    """The same zip with one character of a table altered, as a zip of any program would write it."""
    from merestone.ledger.archive import written as zipped

    with zipfile.ZipFile(bundle) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in files if name.endswith("claims.csv"))
    files[name] = files[name].replace(b",", b";", 1)
    other.write_bytes(zipped(files))


def test_another_pack_is_adopted_by_the_administrator(run: Run, read: Path, tmp_path: Path) -> None:
    pack = tmp_path / "teaching"
    shutil.copytree(next((read / "pack").iterdir()), pack)
    (pack / "pack.yaml").write_text((pack / "pack.yaml").read_text(encoding="utf-8") + "\n# looked through\n", encoding="utf-8")
    adopt = ["-C", read, "pack", "adopt", pack, "--reason", "looked through"]
    assert run(*adopt, "--as", ANALYST)[0] == 2
    assert run(*adopt, "--as", ADMINISTRATOR)[0] == 0
    assert run("verify", read)[0] == 0
    assert "exhibits read" in run("-C", read, "propose", "--as", ANALYST)[1]
