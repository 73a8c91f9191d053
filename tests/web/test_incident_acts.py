"""The page of an incident after acts of people: rejected, led on to another, perceived by the mission, and of what is protected nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from merestone.cli.demo import Built
from merestone.register import queries
from merestone.register.decide import Deciding, decide
from merestone.register.field import observe
from merestone.register.judge import judge
from merestone.register.mission import close, open_mission
from merestone.register.notes import note
from merestone.register.packs import of
from merestone.register.propose import propose
from merestone.register.protect import protect
from merestone.report.terms import Edition
from merestone.web.house import House
from merestone.web.hrefs import incident_href
from merestone.web.serve import house_at
from tests.register.conftest import ground
from tests.web.conftest import visitor

ANALYST, REVIEWER = "analyst-1", "reviewer-1"
BECAUSE = "Heard from the roof of the post, and nothing else was heard."


@dataclass(frozen=True)
class After:
    """The desk after the acts, and which incident each was about."""

    client: Client
    house: House
    rejected: str
    seen: str
    gone: str
    onward: str
    hidden: str
    alone: str
    shared: str
    observation: str


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory, built: tuple[Path, Built], house: House) -> Iterator[After]:
    folder = tmp_path_factory.mktemp("acts") / "mission"
    shutil.copytree(built[0], folder)
    edition = house.sight().edition
    hidden, alone, shared = chosen(edition)
    free = [each.group for each in edition.incidents if hidden not in {ref.document for ref in each.group.claims}]
    rejected, seen, first, second = (group.id for group in (*free[:2], *sorted(free[2:], key=lambda group: len(group.claims))[:2]))
    claims = {each.group.id: each.group.claims for each in edition.incidents}
    mission = open_mission(folder, ground(seed=21))
    place = of(mission).places[0].id
    form = {"position": {"place": place}, "means": "heard", "what": "burst", "window": {"from": "2031-05-17T02:41-02:00"}, "count": 12}
    observation = observe(mission, ANALYST, form).subject
    judge(mission, ANALYST, observation, seen, "same", BECAUSE)
    judge(mission, ANALYST, str(claims[first][0]), str(claims[second][0]), "same", "One and the same, as both say.")
    note(mission, ANALYST, shared, "Ask the post about it.")
    decide(mission, REVIEWER, Deciding(rejected, "rejected", reason="It is told of another year."))
    decide(mission, REVIEWER, Deciding(shared, "deferred", by=(hidden,), reason="Until more is known."))
    protect(mission, ANALYST, hidden, "It names a witness.")
    propose(mission, ANALYST)
    leads = {row.id: row.leads_to for row in queries.incidents(mission) if row.leads_to}
    close(mission)
    gone = next(each for each in (first, second) if each in leads)
    with house_at(folder, ground(seed=8)) as opened:
        client = visitor(opened)
        client.post("/sign-in/", {"name": built[1].account, "password": built[1].password})
        yield After(client, opened, rejected, seen, gone, leads[gone], hidden, alone, shared, observation)


def chosen(edition: Edition) -> tuple[str, str, str]:
    """An exhibit that alone tells of one incident and with others of a second."""
    of_documents = {each.group.id: {ref.document for ref in each.group.claims} for each in edition.incidents}
    for id_, documents in of_documents.items():
        if len(documents) == 1:
            (document,) = documents
            for other, more in of_documents.items():
                if document in more and len(more) > 2:
                    return document, id_, other
    raise AssertionError("no exhibit of the demonstration stands so")


def read(after: After, incident: str, status: int = 200) -> str:
    told = after.client.get(incident_href(incident))
    assert told.status_code == status
    return str(told.content.decode())


def test_a_rejected_one_says_so_and_stands_in_no_list(after: After) -> None:
    html = read(after, after.rejected)
    assert f"{after.rejected} was rejected" in html
    assert "It is told of another year." in html
    assert "Its claims" in html
    assert after.rejected not in after.client.get("/incidents/").content.decode()


def test_one_that_led_on_sends_to_the_other(after: After) -> None:
    told = after.client.get(incident_href(after.gone))
    assert (told.status_code, told["Location"]) == (302, incident_href(after.onward))
    assert f"{after.gone} leads on to it" in read(after, after.onward)
    assert "One and the same, as both say." in read(after, after.onward)


def test_what_this_mission_perceived_stands_on_the_page(after: After) -> None:
    html = read(after, after.seen)
    assert "Why “observed”" in html
    assert "What this mission perceived" in html
    assert after.observation in html
    assert re.search(r"<dt>Means</dt><dd><bdi>heard</bdi></dd>", html)
    assert "Not known: " in html
    assert BECAUSE in html


def test_of_a_protected_exhibit_nothing_is_told(after: After) -> None:
    read(after, after.alone, 404)
    html = read(after, after.shared)
    assert after.hidden not in html
    assert "Decided: deferred" not in html
    assert "Until more is known." not in html  # the decision rests on what is protected, and would tell of it
    assert "It names a witness." not in html
    assert "Ask the post about it." in html
    for incident in after.house.sight().edition.incidents:
        assert after.hidden not in read(after, incident.group.id)
    for form in ("html", "csv", "geojson"):
        assert after.hidden.encode() not in after.client.get(f"/incidents/?format={form}").content


def test_what_is_hidden_looks_like_what_never_was(after: After) -> None:
    def bare(html: str, name: str) -> str:
        return re.sub(r'value="\w+"', "", html.replace(name, "INC"))  # the token of the form for signing out is new each time

    assert bare(read(after, after.alone, 404), after.alone) == bare(read(after, "INC-2031-9999", 404), "INC-2031-9999")
