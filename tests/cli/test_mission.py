"""Commands of the mission itself: what they print, what they refuse, how they end; who acts and where is never guessed."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from merestone.cli import main, parser
from tests.cli.conftest import ANALYST, MONITOR, REVIEWER, Run, lines


@pytest.mark.parametrize(
    "arguments",
    [
        ["-C", "m", "--as", "Ada", "--passphrase-file", "f", "user", "add", "Bo", "--role", "monitor"],
        ["user", "add", "Bo", "--role", "monitor", "-C", "m", "--as", "Ada", "--passphrase-file", "f"],
        ["-C", "other", "--as", "Eve", "user", "add", "Bo", "--role", "monitor", "--as", "Ada", "-C", "m", "--passphrase-file", "f"],
    ],
    ids=["before", "behind", "the later one counts"],
)
def test_the_mission_and_the_actor_stand_before_or_behind_the_command(arguments: list[str]) -> None:
    args = parser().parse_args(arguments)
    assert (args.folder, args.actor, args.passphrase_file, args.name) == (Path("m"), "Ada", Path("f"), "Bo")


def test_what_is_not_given_is_nothing() -> None:
    args = parser().parse_args(["list", "exhibits"])
    assert (args.folder, args.actor, args.passphrase_file) == (None, None, None)


def test_init_makes_a_mission_and_tells_its_key(run: Run, tmp_path: Path) -> None:
    code, out, err = run("init", tmp_path / "m", "--pack", "teaching", "--as", "Ada", "--title", "Mill valley")
    assert code == 0
    assert out.startswith("MIS-")
    assert (tmp_path / "m" / "keys" / "verifier").read_text(encoding="ascii").strip() in err
    assert "no passphrase" in err
    assert stat.S_IMODE((tmp_path / "m" / "keys" / "signing.key").stat().st_mode) == 0o600
    (account,) = json.loads(run("-C", tmp_path / "m", "list", "accounts", "--json")[1])
    assert (account["name"], len(account["roles"])) == ("Ada", 5)


def test_init_refuses_what_is_taken_and_a_pack_that_is_not_there(run: Run, made: Path, tmp_path: Path) -> None:
    assert "[folder_taken]" in run("init", made, "--pack", "teaching", "--as", "Ada")[2]
    assert "[pack_not_found]" in run("init", tmp_path / "n", "--pack", "atlantis", "--as", "Ada")[2]
    assert "[no_actor]" in run("init", tmp_path / "n", "--pack", "teaching")[2]
    assert run("init", tmp_path / "n", "--pack", "teaching", "--as", "Ada")[0] == 0


def test_the_present_folder_is_the_mission_if_it_is_one(run: Run, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)
    assert run("list", "accounts")[0] == 0
    monkeypatch.chdir(made / "keys")
    code, out, err = run("list", "accounts")
    assert (code, out) == (2, "")
    assert "-C DIR" in err
    assert "[no_mission]" in err


ACTS = [
    ["user", "add", "Bo", "--role", "monitor"],
    ["user", "close", MONITOR],
    ["receive", "."],
    ["describe", "EXH-0000-0000", "--publisher", "x", "--reason", "x"],
    ["propose"],
    ["record", "EXH-0000-0000#1"],
    ["correct", "EXH-0000-0000#1", "--form", "FORM", "--reason", "x"],
    ["withdraw", "EXH-0000-0000#1", "--reason", "x"],
    ["judge", "EXH-0000-0000#1", "EXH-0000-0000#2", "same", "--reason", "x"],
    ["decide", "INC-2031-0001", "adopted", "--reason", "x"],
    ["patrol", "FORM"],
    ["observe", "FORM"],
    ["note", "EXH-0000-0000", "x"],
    ["protect", "EXH-0000-0000", "--reason", "x"],
    ["erase", "EXH-0000-0000", "--authority", "x", "--reason", "x", "--second", REVIEWER],
    ["report", "--out", "OUT"],
    ["approve", "EDN-2031-0001"],
    ["publish", "EDN-2031-0001"],
    ["retract", "EDN-2031-0001", "--reason", "x"],
]


@pytest.fixture
def filled(tmp_path: Path) -> dict[str, str]:
    form = tmp_path / "form.json"
    form.write_text("{}", encoding="utf-8")
    return {"FORM": str(form), "OUT": str(tmp_path / "out")}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: " ".join(act[:2]))
def test_every_act_needs_somebody_who_is_there(run: Run, made: Path, filled: dict[str, str], act: list[str]) -> None:
    command = [filled.get(word, word) for word in act]
    before = (made / "record.sqlite3").read_bytes()
    code, out, err = run("-C", made, *command)
    assert (code, out) == (2, "")
    assert "[no_actor]" in err
    assert "--as NAME" in err
    code, out, err = run("-C", made, *command, "--as", "Nobody")
    assert (code, out) == (2, "")
    assert "[unknown_actor]" in err
    assert (made / "record.sqlite3").read_bytes() == before


def test_the_environment_may_name_who_acts_and_the_option_comes_first(run: Run, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MERESTONE_ACTOR", "Nobody")
    assert "[unknown_actor]" in run("-C", made, "user", "add", "Bo", "--role", "monitor")[2]
    assert run("-C", made, "user", "add", "Bo", "--role", "monitor", "--as", "Ada")[0] == 0
    monkeypatch.setenv("MERESTONE_ACTOR", "Ada")
    assert run("-C", made, "user", "add", "Cy", "--role", "monitor")[0] == 0
    monkeypatch.setenv("MERESTONE_ACTOR", "  ")
    assert "[no_actor]" in run("-C", made, "user", "add", "Di", "--role", "monitor")[2]


def test_people_come_and_go_and_one_without_the_role_is_told(run: Run, made: Path) -> None:
    code, out, _ = run("-C", made, "user", "add", "Bo", "--role", "monitor", "--role", "analyst", "--as", "Ada", "--json")
    assert code == 0
    assert json.loads(out)["roles"] == ["monitor", "analyst"]
    assert run("-C", made, "user", "add", "Cy", "--role", "monitor", "--as", "Bo")[0] == 2
    assert run("-C", made, "user", "close", "Bo", "--reason", "went home", "--as", "Ada")[0] == 0
    assert "[actor_dismissed]" in run("-C", made, "propose", "--as", "Bo")[2]
    assert "[last_administrator]" in run("-C", made, "user", "close", "Ada", "--as", "Ada")[2]
    shown = run("-C", made, "user", "list")[1]
    assert "Bo" in shown
    assert "went home" not in shown


def test_receive_tells_each_file_and_a_second_time_takes_nothing(run: Run, made: Path, folder: Path) -> None:
    (folder / "nothing.txt").write_bytes(b"")
    code, out, err = run("-C", made, "receive", folder, "--publisher", "Mill Watch", "--as", MONITOR)
    assert code == 0
    assert [line.split()[0][:4] for line in out.splitlines()] == ["EXH-", "EXH-"]
    assert "nothing.txt" in err
    assert "[empty]" in err
    assert "1 refused, 1 done" in err
    again = lines(run("-C", made, "receive", folder, "--as", MONITOR, "--json")[1])
    assert {each["state"] for each in again} == {"already here"}
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    assert run("-C", made, "receive", folder, "--as", MONITOR, "--strict")[0] == 1
    exhibits = json.loads(run("-C", made, "list", "exhibits", "--json")[1])
    assert sorted((each["name"].rpartition("/")[2], each["unread"]) for each in exhibits) == [("nothing.txt", "empty"), ("one.txt", "")]


def test_what_is_protected_is_named_on_standard_error_alone(run: Run, made: Path, folder: Path) -> None:
    (folder / "hidden-name.txt").write_bytes(b"On 17 May 2031 a woman in Alta Vauride told us so.\n")
    (folder / "hidden-empty.txt").write_bytes(b"")
    manifest = folder / "manifest.csv"
    manifest.write_text("path,protected\nhidden-name.txt,yes\nhidden-empty.txt,yes\n", encoding="utf-8")
    for form in ([], ["--json"]):
        code, out, err = run("-C", made, "receive", folder, "--manifest", manifest, "--as", MONITOR, *form)
        assert code == 0
        assert "hidden" not in out
        assert "hidden-name.txt" in err
        assert "hidden-empty.txt" in err
    for what in ("exhibits", "entries"):
        assert "hidden" not in run("-C", made, "list", what, "--json")[1]
    assert run("-C", made, "verify")[0] == 0


@pytest.mark.parametrize("what", sorted({"accounts", "claims", "decisions", "editions", "entries", "exhibits", "incidents", "judgements",
                                          "observations", "patrols", "proposals"}))  # fmt: skip
def test_every_list_is_there_for_people_and_for_machines(run: Run, read: Path, what: str) -> None:
    code, out, err = run("-C", read, "list", what)
    rows = json.loads(run("-C", read, "list", what, "--json")[1])
    assert code == 0
    assert len(out.splitlines()) == len(rows) + 1
    assert err == f"{len(rows)} {what}.\n"
    assert bool(rows) is (what in ("accounts", "claims", "entries", "exhibits", "incidents", "proposals"))


def test_more_entries_than_one_fetch_are_listed(run: Run, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = json.loads(run("-C", made, "list", "entries", "--json")[1])
    monkeypatch.setattr("merestone.cli.lists.AT_ONCE", 2)
    assert json.loads(run("-C", made, "list", "entries", "--json")[1]) == whole
    assert [entry["position"] for entry in whole] == list(range(len(whole)))


def test_verify_prints_each_step_and_a_key_of_somebody_else_breaks_it(run: Run, made: Path, tmp_path: Path) -> None:
    code, out, _ = run("verify", made)
    assert code == 0
    assert [line.split(".")[0] for line in out.splitlines()] == [str(number) for number in range(1, 13)]
    key = made / "keys" / "verifier"
    assert "NOT CHECKED" not in next(line for line in run("verify", made, "--key", key)[1].splitlines() if line.startswith("9."))
    assert run("-C", made, "verify", "--key", key.read_text(encoding="ascii"))[0] == 0
    run("init", tmp_path / "other", "--pack", "teaching", "--as", "Ada")
    assert run("verify", made, "--key", tmp_path / "other" / "keys" / "verifier")[0] == 3
    assert json.loads(run("verify", made, "--json")[1])["steps"][0]["number"] == "1"


def test_a_checkpoint_that_was_kept_is_looked_for(run: Run, made: Path, tmp_path: Path, folder: Path) -> None:
    kept = tmp_path / "kept.txt"
    assert run("-C", made, "checkpoint", "--out", kept)[0] == 0
    assert run("-C", made, "checkpoint")[1].encode() == kept.read_bytes()
    run("-C", made, "receive", folder, "--as", MONITOR)
    assert "NOT CHECKED" not in next(line for line in run("verify", made, "--since", kept)[1].splitlines() if line.startswith("7."))
    shutil.copytree(made, tmp_path / "fork")
    run("-C", made, "user", "add", "Bo", "--role", "monitor", "--as", "Ada")
    run("-C", tmp_path / "fork", "user", "add", "Cy", "--role", "monitor", "--as", "Ada")
    run("-C", made, "checkpoint", "--out", kept)
    assert run("verify", tmp_path / "fork", "--since", kept)[0] == 3


def test_tiles_are_verified_and_a_flip_in_them_is_found(run: Run, made: Path, tmp_path: Path) -> None:
    assert run("-C", made, "checkpoint", "--tiles", tmp_path / "tiles")[0] == 0
    assert run("verify", tmp_path / "tiles", "--key", made / "keys" / "verifier")[0] == 0
    entries = next((tmp_path / "tiles" / "tile" / "entries").glob("*"))
    entries = next(entries.glob("*")) if entries.is_dir() else entries
    data = bytearray(entries.read_bytes())
    data[100] ^= 1
    entries.write_bytes(data)
    assert run("verify", tmp_path / "tiles")[0] == 3


def test_what_cannot_be_verified_ends_with_2(run: Run, tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("no zip", encoding="utf-8")
    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "text.zip"):
        code, out, err = run("verify", path)
        assert (code, out) == (2, "")
        assert err


def altered(mission: Path, sql: str) -> None:
    """The database as somebody leaves it who takes the guards away first."""
    database = sqlite3.connect(mission / "record.sqlite3")
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    made = [text for (text,) in database.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    for name in names:
        database.execute(f'DROP TRIGGER "{name}"')
    database.execute(sql)
    for text in made:
        database.execute(text)
    database.commit()
    database.close()


def test_a_flipped_byte_of_an_entry_is_named_and_ends_with_3(run: Run, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    altered(made, "UPDATE ledger_entry SET data = CAST(replace(data, 'reviewer', 'reviewes') AS BLOB) WHERE position = 4")
    code, out, err = run("verify", made)
    assert (code, out) == (3, "")
    assert "entry 4" in err
    monkeypatch.setenv("MERESTONE_PASSPHRASE", "a lantern in the orchard")
    assert "entry 4" in run("verify", made)[2]


def test_rebuild_puts_right_what_somebody_changed_in_the_tables(run: Run, made: Path) -> None:
    assert run("-C", made, "rebuild")[1] == ""
    altered(made, "UPDATE account SET name = 'Eve' WHERE name = 'Mika'")
    assert run("verify", made)[0] == 3
    code, out, err = run("-C", made, "rebuild")
    assert code == 0
    assert "account" in out
    assert "1 rows" in err
    assert run("verify", made)[0] == 0


def test_guards_that_are_gone_are_made_again_only_when_asked(run: Run, made: Path) -> None:
    database = sqlite3.connect(made / "record.sqlite3")
    (name,) = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchone()
    database.execute(f'DROP TRIGGER "{name}"')
    database.commit()
    database.close()
    assert run("-C", made, "list", "accounts")[0] == 3
    assert run("-C", made, "rebuild")[0] == 3
    assert run("-C", made, "rebuild", "--repair")[0] == 0
    assert run("-C", made, "list", "accounts")[0] == 0


def test_a_passphrase_is_set_changed_and_needed_to_lift(
    run: Run, made: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("a lantern in the orchard\n", encoding="utf-8")
    new.write_text("seven grey herons\n", encoding="utf-8")
    assert run("-C", made, "passphrase", "--new-file", old)[0] == 0
    assert "[vault_locked]" in run("-C", made, "passphrase", "--new-file", new)[2]
    assert "[passphrase_wrong]" in run("-C", made, "passphrase", "--new-file", new, "--passphrase-file", new)[2]
    assert "[no_terminal]" in run("-C", made, "passphrase", "--passphrase-file", old)[2]
    assert run("-C", made, "passphrase", "--new-file", new, "--passphrase-file", old)[0] == 0
    run("-C", made, "receive", folder, "--as", MONITOR)
    (exhibit,) = json.loads(run("-C", made, "list", "exhibits", "--json")[1])
    assert run("-C", made, "protect", exhibit["id"], "--reason", "asked", "--as", ANALYST)[0] == 0
    assert "[second_needed]" in run("-C", made, "protect", exhibit["id"], "--lift", "--reason", "x", "--as", REVIEWER)[2]
    lift = ["-C", made, "protect", exhibit["id"], "--lift", "--second", "Sela", "--reason", "agreed", "--as", REVIEWER]
    assert "[vault_locked]" in run(*lift)[2]
    assert "stay closed" in run("verify", made)[1]
    monkeypatch.setenv("MERESTONE_PASSPHRASE", "seven grey herons")
    assert "opened and are right" in run("verify", made)[1]
    assert run(*lift)[0] == 0
    assert json.loads(run("-C", made, "list", "exhibits", "--json")[1])[0]["name"] == exhibit["name"]


def test_a_passphrase_is_asked_for_on_a_terminal(run: Run, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["first lantern", "second lantern", "same lantern", "same lantern"])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    monkeypatch.setattr("merestone.cli.ground.on_terminal", lambda: True)
    assert "[passphrases_differ]" in run("-C", made, "passphrase")[2]
    assert run("-C", made, "passphrase")[0] == 0
    assert list(typed) == []


def test_erasing_takes_two_an_authority_and_a_reason(run: Run, made: Path, folder: Path) -> None:
    run("-C", made, "receive", folder, "--as", MONITOR)
    (exhibit,) = json.loads(run("-C", made, "list", "exhibits", "--json")[1])
    erase = ["-C", made, "erase", exhibit["id"], "--authority", "order 17", "--reason", "asked by the person", "--as", REVIEWER]
    assert "[second_needed]" in run(*erase, "--second", REVIEWER)[2]
    assert "[unknown_actor]" in run(*erase, "--second", "Nobody")[2]
    with pytest.raises(SystemExit):
        main([str(word) for word in erase])
    code, out, _ = run(*erase, "--second", "Sela", "--json")
    assert code == 0
    assert json.loads(out)["items"] > 0
    (erased,) = json.loads(run("-C", made, "list", "exhibits", "--json")[1])
    assert erased["erased"]
    assert run("verify", made)[0] == 0


def test_a_reason_may_come_from_standard_input(run: Run, made: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("-C", made, "receive", folder, "--as", MONITOR)
    (exhibit,) = json.loads(run("-C", made, "list", "exhibits", "--json")[1])
    protect = ["-C", made, "protect", exhibit["id"], "--reason", "-", "--as", ANALYST]
    for text, code in (("", 2), ("somebody could be found by it\n", 0)):
        (tmp_path / "why").write_text(text, encoding="utf-8")
        with (tmp_path / "why").open(encoding="utf-8") as stdin:
            monkeypatch.setattr("sys.stdin", stdin)
            assert run(*protect)[0] == code


def test_a_wrong_id_is_refused_by_name(run: Run, made: Path) -> None:
    assert "EXH-0000-0000" in run("-C", made, "protect", "EXH-0000-0000", "--reason", "x", "--as", ANALYST)[2]
    assert "EXH-0000-0000" in run("-C", made, "propose", "EXH-0000-0000", "--as", ANALYST)[2]


def test_a_folder_that_cannot_be_written_is_refused(run: Run, made: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "[cannot_write]" in run("-C", made, "checkpoint", "--out", tmp_path / "file" / "note")[2]
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_what_the_machine_does_not_let_be_opened_is_said_without_a_traceback(run: Run, made: Path) -> None:
    long = "x" * 300
    for command in (["-C", long, "list", "exhibits"], ["verify", long], ["-C", made, "verify", "--key", long]):
        code, out, err = run(*command)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1
