"""What happened in the last days, counted: alike for both parties, 0 as a number, what bears no date apart; and the page that shows it."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from merestone.capture import Options
from merestone.capture.terms import Known, Unknown
from merestone.cli.demo import LEFT, Built
from merestone.extract.terms import KINDS
from merestone.ledger.terms import Refusal
from merestone.register import queries
from merestone.register.mission import close, create, open_mission
from merestone.register.notes import note
from merestone.register.protect import protect
from merestone.register.receive import receive
from merestone.register.terms import Account, EntryRow, Founding
from merestone.report import words
from merestone.report.redact import redact
from merestone.report.standing import tally
from merestone.report.terms import Edition, Incident
from merestone.web.daily import FEWER, FIRE, GROUPS, MORE, NO_COMPARISON, SIMILAR, Days, compared, daily, days_of
from merestone.web.doings import COUNTED, latest
from merestone.web.filters import Filter, matching
from merestone.web.house import House
from merestone.web.passwords import set_password
from merestone.web.pending import Rows, news, waiting
from merestone.web.serve import house_at
from tests.register.conftest import ground
from tests.report.invented import OR, SMALL, VE, WIRE, Bundle, Paper, Told
from tests.report.invented import edition as invented
from tests.web.conftest import visitor

ENTERED = date(2031, 6, 2)
PASSWORD = "a quiet night in may"


@pytest.fixture(scope="module")
def edition(house: House) -> Edition:
    return house.sight().edition


def made(*told: tuple[str, int, str], heard: tuple[tuple[str, str], ...] = ()) -> Edition:
    """Incidents of a kind, so many days before 2 June 2031, told by a source; `heard`: days on which further papers of a source came."""
    papers = [
        Paper(f"d-{n}", (Told(f"It was so at Amberley, number {n}.", kind=kind, days=days, by=by, side={VE: "VE", OR: "OR"}.get(by, "none"),
                              speaker="ministry" if by != WIRE else "media"),), publisher=by)
        for n, (kind, days, by) in enumerate(told)
    ]  # fmt: skip
    empty = [Paper(f"h-{n}", (), publisher=by) for n, (by, _) in enumerate(heard)]
    whole = invented(Bundle(tuple(papers + empty)))
    days = {paper.id: day for paper, (_, day) in zip(empty, heard, strict=True)}
    days |= {paper.id: (ENTERED - timedelta(days=told[n][1])).isoformat() for n, paper in enumerate(papers)}
    return replace(whole, documents=tuple(replace(each, published=Known(days[each.id], "manifest")) for each in whole.documents))


# --- counting -----------------------------------------------------------------------------------------------------


def test_every_kind_stands_in_one_group() -> None:
    listed = [kind for _, kinds in GROUPS for kind in kinds]
    assert sorted(listed) == sorted(KINDS)


def test_the_last_days_are_those_of_the_record() -> None:
    told = daily(made(("shelling", 12, VE), ("blast", 10, OR), ("theft", 15, VE)), 3, ENTERED)
    assert told is not None
    assert told.days == Days(date(2031, 5, 21), date(2031, 5, 23))
    assert told.earlier == Days(date(2031, 5, 18), date(2031, 5, 20))
    assert (told.all.now, told.all.before) == (2, 1)
    assert told.silent is not None
    assert told.silent[0] == Days(date(2031, 5, 24), ENTERED)
    assert told.silent[1].sources == 0
    assert [(day.incidents, day.fire) for day in told.strip[-3:]] == [(1, 1), (0, 0), (1, 1)]


def test_what_is_said_of_days_to_come_does_not_move_the_last_days() -> None:
    told = daily(replace(made(("shelling", 12, VE), ("withdrawal", -30, OR)), documents=()), 3, ENTERED)
    assert told is not None
    assert told.days.last == date(2031, 5, 21)
    assert (told.all.now, told.later) == (1, 1)


def test_without_a_date_nothing_is_counted_and_it_is_said() -> None:
    whole = made(("shelling", 12, VE), ("blast", 10, OR))
    first, second = whole.incidents
    undated = Incident(replace(second.group, start="", end=""), second.assessment)
    told = daily(replace(whole, incidents=(first, undated)), 3, ENTERED)
    assert told is not None
    assert (told.all.now, told.undated) == (1, 1)
    assert daily(replace(whole, incidents=(undated,)), 3, ENTERED) is None


def test_what_may_lie_elsewhere_is_told_apart_and_stands_on_no_day() -> None:
    whole = made(("shelling", 12, VE), ("blast", 10, OR))
    first, second = whole.incidents
    month = Incident(replace(second.group, start="2031-05-01", end="2031-05-31"), second.assessment)
    told = daily(replace(whole, incidents=(first, month)), 3, ENTERED)
    assert told is not None
    assert told.days.last == date(2031, 5, 21), "a month does not say which were the last days"
    assert (told.all.now, told.all.before, told.loose) == (2, 1, 1)
    assert sum(day.incidents for day in told.strip) == 1


def test_a_time_of_which_nobody_was_heard_is_compared_with_nothing() -> None:
    told = daily(made(("shelling", 12, VE), ("shelling", 12, OR)), 3, ENTERED)
    assert told is not None
    assert told.all.word == NO_COMPARISON
    assert {row.word for group, rows in told.groups for row in (group, *rows)} == {NO_COMPARISON}
    heard = daily(made(("shelling", 12, VE), ("shelling", 12, OR), heard=((WIRE, "2031-05-17"),)), 3, ENTERED)
    assert heard is not None
    assert heard.all.word == MORE
    assert heard.heard_before.sources == 1


@given(now=st.integers(0, 500), before=st.integers(0, 500))
def test_more_and_fewer_are_each_others_mirror(now: int, before: int) -> None:
    turned = {MORE: FEWER, FEWER: MORE, SIMILAR: SIMILAR}
    assert compared(now, before, True) == turned[compared(before, now, True)]
    assert compared(now, now, True) == SIMILAR
    assert compared(now, before, False) == NO_COMPARISON


def test_one_beside_none_is_no_trend() -> None:
    assert [compared(*pair, True) for pair in ((1, 0), (2, 0), (3, 1), (4, 1), (0, 0))] == [SIMILAR, MORE, SIMILAR, MORE, SIMILAR]


WHO = st.sampled_from((VE, OR, WIRE))
ACTS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(4, 20), WHO), min_size=1, max_size=12)


@given(told=ACTS, count=st.sampled_from((1, 3, 7)))
def test_exchanged_parties_are_counted_alike(told: list[tuple[str, int, str]], count: int) -> None:
    turn = {VE: OR, OR: VE, WIRE: WIRE}
    one, other = daily(made(*told), count, ENTERED), daily(made(*((kind, days, turn[by]) for kind, days, by in told)), count, ENTERED)
    assert one is not None
    assert other is not None
    assert (one.all, one.groups, one.strip, one.loose, one.days) == (other.all, other.groups, other.strip, other.loose, other.days)
    orders = {name: number for name, _, number in one.tellers}
    assert {{"Veldar": "Orsay", "Orsay": "Veldar"}.get(name, name): number for name, number in orders.items()} == {
        n: c for n, _, c in other.tellers
    }
    heard = {name: number for name, _, number in one.heard.sides}
    assert {{"Veldar": "Orsay", "Orsay": "Veldar"}.get(name, name): number for name, number in heard.items()} == {
        name: number for name, _, number in other.heard.sides
    }


def test_a_publisher_that_nobody_knows_is_no_source_but_an_exhibit() -> None:
    whole = made(("shelling", 12, VE), ("blast", 12, OR))
    documents = (whole.documents[0], replace(whole.documents[1], publisher=Unknown("none given")))
    told = daily(replace(whole, documents=documents), 3, ENTERED)
    assert told is not None
    assert (told.heard.exhibits, told.heard.sources, told.heard.nameless) == (2, 1, 1)


@pytest.mark.parametrize("count", [1, 3, 7, 14])
def test_each_number_is_that_of_the_list_to_which_it_leads(edition: Edition, count: int) -> None:
    told = daily(edition, count, ENTERED)
    assert told is not None
    for days, numbers in ((told.days, "now"), (told.earlier, "before")):
        there = [each for each in matching(edition, Filter(days.first, days.last)) if days_of(each) is not None]
        assert getattr(told.all, numbers) == len(there)
        for _, rows in told.groups:
            for row in rows:
                found = [each for each in matching(edition, Filter(days.first, days.last, kind=row.kind)) if days_of(each) is not None]
                assert getattr(row, numbers) == len(found), row


# --- what waits, what is new, who did what ------------------------------------------------------------------------


def rows_of(house: House) -> Rows:
    m = house.mission
    return Rows(queries.exhibits(m), queries.claims(m), queries.incidents(m), queries.decisions(m), queries.refused(m))


def test_what_waits_is_what_the_edition_says_of_it(house: House, edition: Edition) -> None:
    told = waiting(rows_of(house), edition)
    assert told.unread == len(edition.refusals) > 0
    assert told.undecided == len(edition.incidents) - 1  # `demo` decided on one
    recorded, whole = tally(edition)
    assert told.proposals == whole - recorded > 0
    assert told.exhibits == LEFT
    assert told.contested == sum(len(each.assessment.contested) for each in edition.incidents)
    without = waiting(rows_of(house), None)
    assert (without.proposals, without.undecided, without.contested) == (told.proposals, None, None)


def test_of_a_protected_exhibit_nothing_is_counted(house: House, edition: Edition) -> None:
    rows = rows_of(house)
    hidden = next(row.exhibit for row in rows.claims if row.state == "proposed")
    closed = replace(rows, exhibits=tuple(replace(row, protected=row.id == hidden) for row in rows.exhibits))
    before, after = waiting(rows, edition), waiting(closed, edition)
    assert before.proposals - after.proposals == sum(1 for row in rows.claims if (row.exhibit, row.state) == (hidden, "proposed"))
    assert news(rows, 0, (), ()).received - news(closed, 0, (), ()).received == 1


def test_what_is_new_counts_from_where_the_edition_was_frozen(house: House, edition: Edition) -> None:
    rows = rows_of(house)
    shown = {each.group.id for each in edition.incidents}
    runs = [{"fresh": sorted(shown)[:2], "moved": {"EXH-0000-0000#1": sorted(shown)[2], "EXH-0000-0000#2": ""}}]
    told = news(rows, 0, runs, shown)
    assert told.received == len(rows.exhibits)
    assert told.fresh == tuple(sorted(shown)[:2])
    assert sorted(shown)[2] in (told.changed or ())
    assert not set(told.fresh or ()) & set(told.changed or ())
    size = queries.head(house.mission)[0]
    assert news(rows, size, (), shown).nothing
    assert news(rows, size, (), None).fresh is None


def entry(position: int, act: str, actor: str = "ACC-001", **body: object) -> EntryRow:
    return EntryRow(position, act, 1, actor, "", "2031-06-01T08:00:02.337520Z", body)


PEOPLE = (Account("ACC-001", "analyst-1", ("analyst",), True, 1), Account("ACC-002", "", ("reviewer",), True, 2))


def test_acts_of_one_kind_in_a_row_are_told_as_one() -> None:
    acts = [entry(4, "recorded", claim="EXH-AAAA-AAAA#1"), entry(5, "recorded", claim="EXH-AAAA-AAAA#2"), entry(6, "recorded", claim="EXH-AAAA-AAAA#S1"),
            entry(7, "recorded", "ACC-002", claim="EXH-AAAA-AAAA#3"), entry(8, "decided", "ACC-002", subject="INC-2031-0001", verdict="adopted", point="", by=[])]  # fmt: skip
    told = latest(acts, PEOPLE, (), 8)
    assert [(doing.who[0], doing.told, doing.first, doing.last) for doing in told] == [
        ("ACC-002", "decided: adopted", 8, 8), ("ACC-002", "recorded 1 claim", 7, 7), ("analyst-1", "recorded 2 claims and 1 statement or appeal", 4, 6),
    ]  # fmt: skip
    assert told[0].about == "INC-2031-0001"
    assert len(latest(acts, PEOPLE, (), 1)) == 1


@pytest.mark.parametrize(
    "hidden",
    [
        entry(5, "protected", exhibit="EXH-BBBB-BBBB"), entry(5, "erased", subject="EXH-AAAA-AAAA"), entry(5, "unprotected", exhibit="EXH-AAAA-AAAA"),
        entry(5, "received", exhibit="EXH-CCCC-CCCC", protected=True), entry(5, "refused", protected=True), entry(5, "recorded", claim="EXH-BBBB-BBBB#1"),
        entry(5, "judged", a="EXH-AAAA-AAAA#1", b="EXH-BBBB-BBBB#2", verdict="same"), entry(5, "noted", subject="EXH-BBBB-BBBB#S1"),
        entry(5, "decided", subject="INC-2031-0001", verdict="refuted", point="", by=["EXH-BBBB-BBBB"]),
    ],
)  # fmt: skip
def test_no_act_tells_of_what_is_protected_or_erased(hidden: EntryRow) -> None:
    assert latest([hidden], PEOPLE, {"EXH-BBBB-BBBB"}, 8) == ()


def test_what_is_told_by_number_is_an_act_that_there_is() -> None:
    from merestone.register.terms import KINDS as ACTS_THERE_ARE

    assert set(COUNTED) <= set(ACTS_THERE_ARE)


# --- the page -----------------------------------------------------------------------------------------------------


def test_the_page_says_at_which_entry_and_of_which_days(desk: Client, house: House) -> None:
    told = desk.get("/").content.decode()
    size = queries.head(house.mission)[0]
    assert f'<a href="/audit/ledger/{size - 1}/">entry {size - 1}</a>' in told
    assert "<dt>Local time (UTC−2)</dt>" in told
    assert "Georgia" not in told, "clocks are told by their distance from UTC, not by a town"
    counted = daily(house.sight().edition, 3, date(2031, 6, 1))
    assert counted is not None
    assert counted.days.told in told
    assert f'<a href="{counted.days.href.replace("&", "&amp;")}">{counted.all.now} incidents</a>' in told
    assert "Since then, 23 May – 1 June 2031: nothing reported." in told
    assert "No source was heard in these days" in told
    assert "EDN-2031-0002" in told
    assert FIRE in told
    assert told.index("<bdi>Orsay</bdi>") < told.index("<bdi>Veldar</bdi>")


@pytest.mark.parametrize(("asked", "status"), [("", 200), ("7", 200), ("14", 200), ("0", 400), ("2", 400), ("x", 400), ("-3", 400)])
def test_how_many_days_may_be_asked_for(desk: Client, asked: str, status: int) -> None:
    told = desk.get("/", {"days": asked})
    assert told.status_code == status
    if status == 400:
        assert "filter_malformed" in told.content.decode()


@pytest.fixture
def worked(tmp_path: Path, built: tuple[Path, Built]) -> Path:
    """A copy to work in, between two looks at it."""
    shutil.copytree(built[0], tmp_path / "mission")
    return tmp_path / "mission"


def look(folder: Path, path: str = "/") -> str:
    with house_at(folder, ground(seed=9)) as house:
        set_password(house.mission, "analyst-1", PASSWORD)
        client = visitor(house)
        assert client.post("/sign-in/", {"name": "analyst-1", "password": PASSWORD}).status_code == 302
        content: bytes = client.get(path).content
        return content.decode()


def test_while_linking_is_out_of_date_the_page_shows_what_it_can(worked: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("On 23 May 2031 units of Orsay shelled Keldholt.", encoding="utf-8")
    mission = open_mission(worked, ground(seed=12))
    list(receive(mission, "analyst-1", [tmp_path / "new.txt"], Options()))
    note(mission, "analyst-1", "INC-2031-0001", "to be looked at again")
    hidden = next(row.id for row in queries.exhibits(mission) if row.publisher == "Portelaine Courier")
    protect(mission, "analyst-1", hidden, "somebody is afraid")
    number = queries.head(mission)[0]
    close(mission)
    told = look(worked)
    assert "1</strong> exhibit received" in told
    assert "wrote 1 note" in told
    assert "protected" not in told, "nor that there was something to protect"
    assert hidden not in told
    assert f"entry {number - 1}" in told


def test_linking_that_is_out_of_date_is_said(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def outdated(_: House) -> Refusal:
        return Refusal("linking_outdated")

    monkeypatch.setattr(House, "sight_or_reason", outdated)
    told = desk.get("/")
    assert told.status_code == 200
    page = told.content.decode()
    assert "Linking is out of date" in page
    assert "Run propose" in page
    assert "proposals not reviewed" in page
    assert "incidents not decided" not in page
    assert "Latest acts" in page


def test_a_new_mission_says_what_to_do_first(tmp_path: Path) -> None:
    close(create(tmp_path / "mission", Founding("teaching", "analyst-1"), ground(seed=3)))
    mission = open_mission(tmp_path / "mission", ground(seed=4))
    set_password(mission, "analyst-1", PASSWORD)
    close(mission)
    for path in ("/", "/patterns/", "/statements/", "/appeals/", "/reports/", "/map/", "/incidents/", "/exhibits/"):
        told = look(tmp_path / "mission", path)
        assert "Nothing here yet" in told, path
        assert "merestone -C DIR re" in told, path
        assert 'class="alarm"' not in told, path


def test_words_of_strangers_are_escaped(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from merestone.web.house import Sight

    hostile = "<script>alert(1)</script>"
    whole = invented(SMALL)
    edition = redact(replace(whole, parties=(("OR", hostile), ("VE", "Veldar"))), "internal")
    monkeypatch.setattr(House, "sight_or_reason", lambda _: Sight(7, edition))
    told = desk.get("/").content.decode()
    assert hostile not in told
    assert "&lt;script&gt;alert(1)" in told
    assert not re.search(r"<script|\son\w+=|style=", told)


def test_contested_incidents_lead_to_a_list_of_as_many(desk: Client) -> None:
    page = html.fromstring(desk.get("/").content)
    (line,) = page.xpath("//a[@href='/incidents/?state=contested']/..")
    number = re.search(r"in (\d+) incidents", line.text_content())
    assert number is not None
    rows = html.fromstring(desk.get("/incidents/?state=contested").content).xpath(
        "//table[@class='incidents']//tr[not(@class='day')]/td[@class='contested']"
    )
    assert len(rows) == int(number[1])
    assert all("contested" in row.text_content() for row in rows)


@pytest.mark.parametrize(("zone", "told"), [("Asia/Kathmandu", "UTC+5:45"), ("Etc/UTC", "UTC"), ("Atlantic/South_Georgia", "UTC−2")])
def test_a_clock_is_told_by_its_distance_from_utc(zone: str, told: str) -> None:
    assert words.offset(datetime(2031, 6, 1, 8, tzinfo=ZoneInfo(zone))) == told
