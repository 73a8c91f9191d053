"""The audit and the ledger at the desk: what each page says, what it keeps to itself, and what it says of a record that is broken."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import pytest
from django.test import Client
from lxml import html

from merestone.cli.demo import Built
from merestone.ledger.terms import Verified
from merestone.register import queries, vault
from merestone.register.decide import Deciding, decide
from merestone.register.describe import describe
from merestone.register.erase import Erasing, erase
from merestone.register.field import patrol
from merestone.register.mission import close, open_mission
from merestone.register.people import appoint
from merestone.register.propose import propose
from merestone.register.protect import protect
from merestone.web import entries
from merestone.web import house as houses
from merestone.web.house import House
from merestone.web.serve import house_at
from tests.register.conftest import ground
from tests.register.test_field import WENT
from tests.web.conftest import visitor

HOSTILE = "<script>document.title='taken'</script>"


def words_of(told: object) -> str:
    return " ".join(html.fromstring(told.content).text_content().split())  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Worked:
    """A mission in which things were closed and decided, and somebody signed in at its desk."""

    house: House
    client: Client
    protected: str
    erased: str
    rejected: str
    secret: str


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory, built: tuple[Path, Built]) -> Iterator[Worked]:
    folder = tmp_path_factory.mktemp("worked") / "mission"
    shutil.copytree(built[0], folder)
    mission = open_mission(folder, ground(seed=12))
    rows = [row for row in queries.exhibits(mission) if row.reading and row.publisher]
    proposed = [row for row in queries.claims(mission, state="proposed") if not row.part and row.initiator in ("OR", "VE")]
    waiting, hidden = proposed[0], next(row for row in proposed if row.exhibit != proposed[0].exhibit)
    closed, gone = queries.exhibit(mission, hidden.exhibit), next(row for row in rows if row.id not in (waiting.exhibit, hidden.exhibit))
    appoint(mission, "analyst-1", HOSTILE, ("reviewer",))
    patrol(mission, "analyst-1", WENT)
    decide(mission, "reviewer-1", Deciding(waiting.ref, "rejected", reason="A sentence that nobody outside may see."))
    decide(mission, "reviewer-1", Deciding(hidden.ref, "rejected", reason="Nor this one."))
    protect(mission, "reviewer-1", closed.id, "A witness could be known by it.")
    erase(mission, "reviewer-1", Erasing(gone.id, "An order of the court", "A person asked for it.", "publisher-1"))
    propose(mission, "analyst-1")
    close(mission)
    with house_at(folder, ground(seed=13)) as house:
        client = visitor(house)
        assert client.post("/sign-in/", {"name": built[1].account, "password": built[1].password}).status_code == 302
        yield Worked(house, client, closed.id, gone.id, waiting.ref, closed.name)


@pytest.fixture
def altered(tmp_path: Path, built: tuple[Path, Built]) -> Iterator[tuple[Client, House]]:
    """One byte of entry 100 is another one, and the guards are gone."""
    shutil.copytree(built[0], tmp_path / "mission")
    connection = sqlite3.connect(tmp_path / "mission" / "record.sqlite3")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    (data,) = connection.execute("SELECT data FROM ledger_entry WHERE position = 100").fetchone()
    connection.execute("UPDATE ledger_entry SET data = ? WHERE position = 100", (bytes(data).replace(b"ACC-001", b"ACC-002"),))
    connection.commit()
    connection.close()
    with house_at(tmp_path / "mission", ground()) as house:
        client = visitor(house)
        client.post("/sign-in/", {"name": built[1].account, "password": built[1].password})
        yield client, house


# --- the audit ------------------------------------------------------------------------------------------------------------


def test_the_audit_has_balance_effort_and_the_ledger_at_a_glance(desk: Client, house: House) -> None:
    told = desk.get("/audit/")
    assert told.status_code == 200
    page = html.fromstring(told.content)
    assert [h.text_content() for h in page.xpath("//main//h2")] == ["Balance between the sides", "Effort", "Ledger"]
    assert page.xpath("//section[@aria-labelledby='balance']//a[@href='/audit/balance/']")
    assert page.xpath("//pattern[@id='k-h1']")
    size, note = queries.head(house.mission)
    said = words_of(told)
    for each in (f"{size} entries", house.mission.keys.verifier, *note.decode().split()):
        assert each in said
    balance = words_of(desk.get("/audit/balance/"))
    for line in house.sight().edition.method.parity:
        assert " ".join(line.split()) in balance


def test_the_numbers_are_those_of_the_edition(desk: Client, house: House) -> None:
    page = html.fromstring(desk.get("/audit/").content)
    tiles = {dt.text_content(): dt.getnext().text_content() for dt in page.xpath("//dl[@class='tiles']//dt")}
    assert tiles["Exhibits"] == str(sum(1 for row in queries.exhibits(house.mission)))
    assert (tiles["Patrols"], tiles["Observations"]) == ("0", "0")


def test_no_number_tells_of_what_is_protected_or_erased(worked: Worked) -> None:
    said = words_of(worked.client.get("/audit/"))
    page = html.fromstring(worked.client.get("/audit/").content)
    assert worked.protected not in said
    assert worked.erased not in said
    tiles = {dt.text_content(): [dd.text_content() for dd in dt.itersiblings()] for dt in page.xpath("//dl[@class='tiles']//dt")}
    assert tiles["Exhibits"][0] == str(len(queries.exhibits(worked.house.mission)) - 2)
    assert tiles["Patrols"] == ["1", "1 of them perceived nothing"]
    assert "A barrier" not in said
    told = words_of(worked.client.get("/audit/balance/"))
    assert worked.protected not in told
    assert worked.erased not in told
    assert "A barrier" not in told
    balance = html.fromstring(worked.client.get("/audit/balance/").content)
    (row,) = balance.xpath("//table[@class='audit']//tr[th[normalize-space()='Decisions on single claims']]")
    assert sum(int(cell.text_content()) for cell in row.xpath("td/span[@class='n']")) == 1  # not the protected one
    assert "nobody outside may see" not in said


def test_without_an_edition_the_rest_is_told(tmp_path: Path, built: tuple[Path, Built]) -> None:
    shutil.copytree(built[0], tmp_path / "mission")
    mission = open_mission(tmp_path / "mission", ground(seed=14))
    row = next(row for row in queries.exhibits(mission) if row.reading)
    describe(mission, "analyst-1", row.id, {"published": "2031-05-11"}, "The date was wrong.")
    close(mission)
    with house_at(tmp_path / "mission", ground()) as house:
        client = visitor(house)
        client.post("/sign-in/", {"name": built[1].account, "password": built[1].password})
        said = words_of(client.get("/audit/"))
        assert "propose" in said
        assert "Day by day" in said
        assert house.mission.keys.verifier in said
        assert client.get("/audit/ledger/").status_code == 200


# --- verifying ------------------------------------------------------------------------------------------------------------


def test_verifying_shows_each_step_and_what_was_not_checked(desk: Client, house: House) -> None:
    house.verified_at = None
    assert "not verified in full since the desk was opened" in words_of(desk.get("/incidents/"))
    told = desk.post("/audit/verify/")
    assert told.status_code == 200
    assert f"verified in full after entry {queries.head(house.mission)[0] - 1}" in words_of(desk.get("/incidents/"))
    steps = html.fromstring(told.content).xpath("//ol[@class='steps']/li")
    assert [step.xpath("string(span[@class='number'])") for step in steps] == [str(n) for n in range(1, 13)]
    marks = [step.xpath("string(span[@class='mark'])").strip() for step in steps]
    assert {n for n, mark in enumerate(marks, 1) if mark == "not checked"} == {7, 9}
    said = words_of(told)
    assert "not compared with a key from elsewhere" in said
    assert f"{queries.head(house.mission)[0]} entries replayed" in said


def test_verifying_is_asked_for_by_a_button_and_by_nothing_else(desk: Client, house: House, built: tuple[Path, Built]) -> None:
    told = desk.get("/audit/verify/")
    assert (told.status_code, told["Location"]) == (302, "/audit/#ledger")
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False, **{houses.KEY: house, "SERVER_NAME": "127.0.0.1"})
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', strict.get("/sign-in/").content.decode())
    assert token is not None
    strict.post("/sign-in/", {"name": built[1].account, "password": built[1].password, "csrfmiddlewaretoken": token[1]})
    assert strict.post("/audit/verify/").status_code == 403


def test_two_do_not_verify_at_once(desk: Client, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = Event(), Event()

    def slow(_: object) -> Verified:
        begun.set()
        assert go_on.wait(30)
        return Verified("x", ())

    monkeypatch.setattr(houses, "verify", slow)
    first: list[Verified | None] = []
    thread = Thread(target=lambda: first.append(house.verified()))
    thread.start()
    assert begun.wait(30)
    told = desk.post("/audit/verify/")
    go_on.set()
    thread.join(30)
    assert told.status_code == 409
    assert "being verified already" in words_of(told)
    assert first == [Verified("x", ())]
    monkeypatch.undo()
    assert desk.post("/audit/verify/").status_code == 200


def test_a_broken_record_is_shown_with_its_place(altered: tuple[Client, House]) -> None:
    client, house = altered
    told = client.post("/audit/verify/")
    assert told.status_code == 500
    page = html.fromstring(told.content)
    found = {dt.text_content(): dt.getnext().text_content() for dt in page.xpath("//div[@role='alert']//dt")}
    assert found["Where"] == "entry 100"
    assert found["Expected"].startswith("hashes ")
    assert found["Found"].startswith("hashes ")
    assert not page.xpath("//ol[@class='steps']")
    assert client.get("/audit/").status_code == 200
    assert client.get("/audit/ledger/").status_code == 200
    assert house.broken is not None


def test_an_entry_that_does_not_hold_is_not_told(altered: tuple[Client, House]) -> None:
    told = altered[0].get("/audit/ledger/100/")
    assert told.status_code == 500
    said = words_of(told)
    assert "This entry does not hold" in said
    assert "checked just now" not in said
    assert "Who answers for it" not in said
    assert "This entry does not hold" not in words_of(altered[0].get("/audit/ledger/60/"))


# --- the ledger -----------------------------------------------------------------------------------------------------------


def listed(told: object) -> list[int]:
    return [int(each) for each in html.fromstring(told.content).xpath("//table[@class='entries']//td[@class='at']/a/text()")]  # type: ignore[attr-defined]


def test_entries_stand_newest_first_and_all_are_found_page_by_page(desk: Client, house: House) -> None:
    size, _ = queries.head(house.mission)
    seen: list[int] = []
    address = "/audit/ledger/"
    while address:
        told = desk.get(address)
        page = listed(told)
        assert len(page) <= entries.PAGE
        seen += page
        older = html.fromstring(told.content).xpath("//a[@rel='next']/@href")
        address = f"/audit/ledger/{older[0]}" if older else ""
    assert seen == list(reversed(range(size)))


def test_a_line_says_when_who_and_what(desk: Client, house: House) -> None:
    decision = queries.decisions(house.mission)[0]
    told = desk.get(f"/audit/ledger/?before={decision.entry + 1}")
    (row,) = html.fromstring(told.content).xpath(f"//tr[td[@class='at']/a='{decision.entry}']")
    said = " ".join(row.text_content().split())
    assert f"Decided: {decision.verdict} {decision.subject}" in said
    assert "reviewer-1 reviewer" in said
    assert row.xpath("string(.//time/@datetime)") == queries.entry(house.mission, decision.entry).at
    assert row.xpath(f".//a[@href='/incidents/{decision.subject}/']")
    assert "at UTC−2" in said


@pytest.mark.parametrize("query", ["act=recorded", "who=ACC-002", "act=published&who=ACC-003"])
def test_a_filter_finds_what_it_says_and_nothing_else(desk: Client, house: House, query: str) -> None:
    asked = dict(each.split("=") for each in query.split("&"))
    size, _ = queries.head(house.mission)
    right = [
        entry.position
        for entry in reversed(queries.entries(house.mission, 0, size))
        if asked.get("act") in (None, entry.act) and asked.get("who") in (None, entry.actor, entry.second)
    ]
    assert right
    assert listed(desk.get(f"/audit/ledger/?{query}")) == right[: entries.PAGE]


def test_a_subject_is_found_with_what_was_done_to_its_claims(desk: Client, house: House) -> None:
    exhibit = next(row.exhibit for row in queries.claims(house.mission, state="recorded") if not row.part)
    found = {queries.entry(house.mission, position).act for position in listed(desk.get(f"/audit/ledger/?about={exhibit.lower()}"))}
    assert {"received", "proposed", "recorded"} <= found
    claim = next(row.ref for row in queries.claims(house.mission, exhibit, "recorded"))
    told = desk.get("/audit/ledger/", {"about": claim})
    assert {queries.entry(house.mission, position).act for position in listed(told)} <= {"recorded", "judged", "decided", "noted"}


def test_a_long_record_is_looked_through_in_parts(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "CHUNK", 10)
    monkeypatch.setattr(entries, "MOST", 30)
    told = desk.get("/audit/ledger/?act=opened")
    assert listed(told) == []
    assert "looked through 30 entries" in words_of(told)
    address, found = "/audit/ledger/?act=opened", list[int]()
    for _ in range(100):
        told = desk.get(address)
        found += listed(told)
        older = html.fromstring(told.content).xpath("//a[@rel='next']/@href")
        if not older:
            break
        address = f"/audit/ledger/{older[0]}"
    assert found == [0]


@pytest.mark.parametrize(
    ("query", "status"),
    [("before=x", 400), ("before=-1", 400), ("before=²", 400), ("act=burnt", 400), ("who=ACC-999", 404), ("about=everything", 404), ("about=INC-2031-9999", 200),
     ("before=99999999", 200), ("before=0", 200)],
)  # fmt: skip
def test_what_nobody_could_mean_is_refused(desk: Client, query: str, status: int) -> None:
    assert desk.get(f"/audit/ledger/?{query}").status_code == status


def test_what_is_closed_is_told_by_its_acts_and_led_to_by_none(worked: Worked) -> None:
    for ident in (worked.protected, worked.erased):
        told = worked.client.get("/audit/ledger/", {"about": ident})
        page = html.fromstring(told.content)
        assert {"Received", "Protected", "Erased"} & {each.text_content().strip() for each in page.xpath("//span[@class='act']")}
        assert not page.xpath(f"//a[contains(@href, '/exhibits/{ident}')]")
    said = words_of(worked.client.get("/audit/ledger/"))
    for secret in ("known by it", "order of the court", "asked for it", worked.secret, "nobody outside may see", "A barrier"):
        assert secret not in said
    assert "second person" in said
    erasing = next(entry for entry in queries.entries(worked.house.mission, 0, 1000) if entry.act == "erased")
    assert listed(worked.client.get(f"/audit/ledger/?act=erased&who={erasing.second}")) == [erasing.position]


def test_names_of_accounts_are_escaped(worked: Worked) -> None:
    told = worked.client.get("/audit/ledger/?act=appointed").content.decode()
    assert HOSTILE not in told
    assert "&lt;script&gt;document.title=" in told
    assert HOSTILE not in worked.client.get("/audit/ledger/").content.decode()


# --- one entry ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("position", [0, 1, 77, -1])
def test_an_entry_is_shown_with_its_exact_bytes_and_its_proof(desk: Client, house: House, position: int) -> None:
    size, note = queries.head(house.mission)
    at = position % size
    told = desk.get(f"/audit/ledger/{at}/")
    assert told.status_code == 200
    page = html.fromstring(told.content)
    exact = page.xpath("string(//pre[@class='exact'])").encode()
    assert exact == queries.data(house.mission, at)
    leaf = sha256(b"\x00" + exact).hexdigest()
    assert leaf in page.text_content()
    assert "checked just now" in page.text_content()
    assert page.xpath("string(//pre[@class='note-text'])") == note.decode()
    siblings = page.xpath("//table[@class='whole-proof']/tbody/tr[td[1]!='']")
    found = bytes.fromhex(leaf)
    for row in siblings:  # as a stranger would do it
        side, sibling = row.xpath("string(td[1])"), bytes.fromhex(row.xpath("string(td[2])"))
        found = sha256(b"\x01" + (sibling + found if side == "left" else found + sibling)).digest()
    assert found.hex() == page.xpath("string(//table[@class='whole-proof']/tbody/tr[th='Root']/td[2])")


def test_what_became_of_what_an_entry_names_is_told_and_nothing_of_it(worked: Worked) -> None:
    mission = worked.house.mission

    def items(ident: str) -> tuple[list[str], str]:
        row = queries.exhibit(mission, ident)
        told = worked.client.get(f"/audit/ledger/{row.received}/")
        page = html.fromstring(told.content)
        return [" ".join(each.text_content().split()) for each in page.xpath("//table[@class='items']/tbody/tr/td[2]")], page.text_content()

    states, said = items(worked.protected)
    assert set(states) == {"held, sealed"}
    assert worked.secret not in said
    by = next(entry for entry in queries.entries(mission, 0, 1000) if entry.act == "erased")
    states, said = items(worked.erased)
    assert set(states) == {f"taken away for good by entry {by.position}"}
    other = next(row.id for row in queries.exhibits(mission) if not row.protected and not row.erased and row.text)
    assert set(items(other)[0]) == {"held, open"}
    told = words_of(worked.client.get(f"/audit/ledger/{by.position}/"))
    assert "order of the court" not in told
    assert vault.open_item(mission.alias, by.body["reason"]) is not None


def test_there_is_no_entry_beyond_the_last(desk: Client, house: House) -> None:
    size, _ = queries.head(house.mission)
    assert desk.get(f"/audit/ledger/{size}/").status_code == 404
    assert desk.get("/audit/ledger/99999999999999999999999/").status_code == 404


def test_every_entry_has_a_page(worked: Worked) -> None:
    size, _ = queries.head(worked.house.mission)
    kinds = {entry.act: entry.position for entry in queries.entries(worked.house.mission, 0, size)}
    assert len(kinds) > 12
    for position in kinds.values():
        assert worked.client.get(f"/audit/ledger/{position}/").status_code == 200
