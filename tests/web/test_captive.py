"""What a captive is called stands on no page: not in the reasons of people, not in what a monitor noted, not in the bytes of an exhibit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

from merestone.capture.receive import Options
from merestone.register import packs, queries
from merestone.register.claims import record_form
from merestone.register.decide import Deciding, decide
from merestone.register.edition import Asking, edition_of
from merestone.register.field import observe
from merestone.register.judge import judge
from merestone.register.mission import close
from merestone.register.propose import propose
from merestone.register.receive import receive
from merestone.register.standing import text_of
from merestone.web.passwords import set_password
from merestone.web.serve import house_at
from merestone.web.settings import lay
from tests.faults.makers import STORY
from tests.register.cast import ANALYST, MONITOR, REVIEWER
from tests.register.conftest import founded, ground
from tests.web.conftest import visitor
from tests.web.odd import PASSWORD

NAME = "Quorin Pravotsky"
TAKEN = f"On 17 May armed men led away {NAME} near Lower Brask."
KNOWN = "Nothing else is known of that night."
KNOWN_THEN = (
    "/map/",
    "/incidents/",
    "/patterns/",
    "/statements/",
    "/appeals/",
    "/exhibits/",
)  # pages that can be asked for as known on an hour
FILES = {
    "taken.txt": f"{STORY} {TAKEN}\n",
    "plain.txt": f"{STORY} {KNOWN}\n",
    f"{NAME}.txt": f"{STORY} A second report.\n",
    f"{NAME}.pdf": "%PDF-1.4 that is none",
    "menu.html": f"<html><head><title>Night</title></head><body><nav>PRAVOTSKY ON FILM</nav><article><p>{STORY}</p></article></body></html>",
}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, list[str]]]:
    """Signed in, and the addresses of all pages about a thing of the record."""
    folder = tmp_path_factory.mktemp("captive")
    (folder / "sources").mkdir()
    for name, words in FILES.items():
        (folder / "sources" / name).write_text(words, encoding="utf-8")
    lay(b"x" * 32)
    mission = founded(folder / "mission")
    arrived = list(receive(mission, MONITOR, [folder / "sources"], Options(published="2031-05-18")))
    taken = next(each.exhibit for each in arrived if each.name.endswith("taken.txt"))
    propose(mission, ANALYST)
    before = queries.entry(mission, queries.head(mission)[0] - 1).at  # when nobody had said yet that this is a captive's name
    start = text_of(mission, queries.exhibit(mission, taken)).text.index(NAME)
    form = {
        "kind": "detention",
        "quote": TAKEN,
        "when": {"from": "2031-05-17", "precision": "day"},
        "persons": [[start, start + len(NAME)]],
    }
    record_form(mission, ANALYST, taken, form)
    propose(mission, ANALYST)
    incident = max(edition_of(mission, Asking()).incidents, key=lambda each: len(each.group.claims)).group
    decide(mission, REVIEWER, Deciding(incident.id, "deferred", reason=f"{NAME} himself was there, they say."))
    judge(mission, ANALYST, str(incident.claims[0]), str(incident.claims[1]), "same", "Both name Pravotsky.")
    seen = {"position": {"place": packs.of(mission).places[-1].id}, "means": "heard", "what": "explosion"}
    told = observe(mission, MONITOR, seen | {"window": {"from": "2031-05-17T10:00:00+00:00"}, "words": f"Somebody called for {NAME}."})
    judge(mission, ANALYST, told.subject, incident.id, "same", "The same hour.")
    propose(mission, ANALYST)
    set_password(mission, ANALYST, PASSWORD)
    exhibits, incidents, size = queries.exhibits(mission), queries.incidents(mission), queries.head(mission)[0]
    close(mission)
    pages = ["/", "/map/", "/map/data.json", "/incidents/", "/incidents/?format=csv", "/patterns/", "/statements/", "/appeals/"]
    pages += [
        "/exhibits/",
        "/exhibits/?format=csv",
        "/reports/",
        "/audit/",
        "/audit/ledger/",
        "/audit/model/",
        *(f"/audit/ledger/{n}/" for n in range(size)),
    ]
    pages += [f"/incidents/{row.id}/{form}" for row in incidents for form in ("", "?format=csv", "?format=geojson")]
    pages += [f"/exhibits/{row.id}/{what}" for row in exhibits for what in ("", "original", "pages/1.png")]
    then = urlencode({"known": before})
    pages += [f"{path}{'&' if '?' in path else '?'}{then}" for path in pages if path.startswith(KNOWN_THEN) and "INC-" not in path]
    with house_at(folder / "mission", ground(seed=8)) as house:
        client = visitor(house)
        assert client.post("/sign-in/", {"name": ANALYST, "password": PASSWORD}).status_code == 302
        yield client, pages


def test_no_page_and_no_file_says_what_a_captive_is_called(held: tuple[Client, list[str]]) -> None:
    client, pages = held
    assert sum("known=" in path and client.get(path).status_code == 200 for path in pages) > 10
    for path in pages:
        told = client.get(path).content.decode("utf-8", "replace")
        assert not re.search("pravotsky|quorin", unescape(re.sub("<[^>]*>", "", told)) + told, re.IGNORECASE), path


def test_the_reasons_are_told_all_the_same(held: tuple[Client, list[str]]) -> None:
    client, pages = held
    told = "".join(client.get(path).content.decode() for path in pages if re.fullmatch("/incidents/INC-[^/]+/", path))
    assert "himself was there, they say." in told
    assert "Somebody called for" in told
    assert "Both name" in told


def test_what_does_not_speak_of_a_captive_is_given(held: tuple[Client, list[str]]) -> None:
    client, pages = held
    given = [client.get(path) for path in pages if "/original" in path]
    assert [told.content.decode() for told in given if told.status_code == 200] == [FILES["plain.txt"]] * 2
