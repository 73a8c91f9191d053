"""The page about the language model: whether it is on, by whom and why, and what was sent, even of what was protected since."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from merestone.cli.demo import Built
from merestone.register import queries
from merestone.register.asking import ask
from merestone.register.mission import close, open_mission
from merestone.register.protect import protect
from merestone.register.switch import switch_on
from merestone.web.serve import house_at
from tests.register.conftest import ground
from tests.web.conftest import visitor

HOSTILE = "<script>document.title='taken'</script>"


@dataclass
class Told:
    client: Client
    sent: tuple[str, ...]


@pytest.fixture
def told(built: tuple[Path, Built], tmp_path: Path) -> Iterator[Told]:
    folder = tmp_path / "mission"
    shutil.copytree(built[0], folder)
    mission = open_mission(folder, ground(seed=21))
    who = built[1].account
    switch_on(mission, who, "https://models.example/secret/v1/chat", "small:7b", HOSTILE)
    nothing = json.dumps({"choices": [{"message": {"content": '{"claims": []}'}}]}).encode()
    asked = ask(mission, who, [row.id for row in queries.exhibits(mission)][:3], lambda *_: nothing)
    protect(mission, who, asked.sent[0], "a witness")
    close(mission)
    with house_at(folder, ground(seed=22)) as house:
        client = visitor(house)
        assert client.post("/sign-in/", {"name": who, "password": built[1].password}).status_code == 302
        yield Told(client, asked.sent)


def test_it_says_what_is_on_and_what_went(told: Told) -> None:
    page = told.client.get("/audit/model/")
    shown = page.content.decode()
    assert page.status_code == 200
    assert "<strong>On.</strong>" in shown
    assert shown.count("small:7b at https://models.example") == 1 + len(told.sent)
    assert "secret" not in shown
    assert HOSTILE not in shown
    assert "document.title=" in shown
    hidden, *others = told.sent
    assert hidden in shown
    assert f'href="/exhibits/{hidden}/"' not in shown
    assert len(others) == 2
    assert all(f'href="/exhibits/{each}/"' in shown for each in others)
    assert "Language model: on" in told.client.get("/audit/").content.decode()


def test_a_mission_that_has_none_says_so(desk: Client) -> None:
    shown = desk.get("/audit/model/").content.decode()
    assert "<strong>Off.</strong> No language model has ever read here" in shown
    assert "Language model: off" in desk.get("/audit/").content.decode()
