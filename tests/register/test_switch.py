"""The switch of the language model: an administrator's act with a reason, off until then, and nothing of the address in the ledger."""

from __future__ import annotations

import pytest

from merestone.ledger.terms import Refusal
from merestone.register import mission as missions
from merestone.register import people, queries
from merestone.register.history import what
from merestone.register.rebuild import rebuild
from merestone.register.switch import switch, switch_off, switch_on, told
from merestone.register.terms import Mission
from tests.register.cast import ADMINISTRATOR, ANALYST, REVIEWER
from tests.register.conftest import ground

BOTH = True
URL = "http://127.0.0.1:8080/v1/chat/completions"
WHY = "weighed by the two of us on 9 May"


def test_it_is_off_until_an_administrator_sets_it(mission: Mission) -> None:
    assert switch(mission) is None
    switch_on(mission, ADMINISTRATOR, URL, "small:7b", WHY)
    now = switch(mission)
    assert now is not None
    assert (now.url, now.model, now.house) == (URL, "small:7b", "http://127.0.0.1:8080")
    switch_off(mission, ADMINISTRATOR, "no longer")
    assert switch(mission) is None
    sets, went = told(mission)
    assert [(each.who, each.house, each.why) for each in sets] == [(ADMINISTRATOR, now.house, WHY), (ADMINISTRATOR, "", "no longer")]
    assert went == ()


def test_the_entry_holds_neither_address_nor_name_nor_reason(mission: Mission) -> None:
    done = switch_on(mission, ADMINISTRATOR, URL, "small:7b", WHY)
    stored = queries.data(mission, done.position).decode()
    assert not any(word in stored for word in ("127.0.0.1", "small", "weighed"))
    assert what(queries.entry(mission, done.position)) == "switched the language model on"


@pytest.mark.parametrize("name", [ANALYST, REVIEWER])
def test_nobody_else_sets_it(mission: Mission, name: str) -> None:
    with pytest.raises(Refusal, match="role_missing"):
        switch_on(mission, name, URL, "small:7b", WHY)
    switch_on(mission, ADMINISTRATOR, URL, "small:7b", WHY)
    with pytest.raises(Refusal, match="role_missing"):
        switch_off(mission, name, WHY)


@pytest.mark.parametrize(
    ("url", "model", "reason", "code"),
    [
        ("file:///one", "m", WHY, "model_url"),
        ("ftp://127.0.0.1/v1", "m", WHY, "model_url"),
        ("http:///v1", "m", WHY, "model_url"),
        ("https://name:word@models.example/v1", "m", WHY, "model_url"),
        ("https://@models.example/v1", "m", WHY, "model_url"),
        ("https://models.example/v1?key=sesame", "m", WHY, "model_url"),
        ("https://models.example/v1#sesame", "m", WHY, "model_url"),
        ("https://models.example\\@127.0.0.1/v1", "m", WHY, "model_url"),
        ("https://models.example/v 1", "m", WHY, "model_url"),
        ("https://[::1/v1", "m", WHY, "model_url"),
        ("http://models.example/v1", "m", WHY, "model_plain"),
        ("http://169.254.169.254/latest", "m", WHY, "model_plain"),
        ("http://0x7f000001/v1", "m", WHY, "model_plain"),
        ("http://127.1/v1", "m", WHY, "model_plain"),
        ("http://localhost.models.example/v1", "m", WHY, "model_plain"),
        (URL, "a b", WHY, "model_unset"),
        (URL, "", WHY, "model_unset"),
        (URL, "m", "  ", "reason_missing"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_never_repeated(mission: Mission, url: str, model: str, reason: str, code: str) -> None:
    size = queries.counts(mission)
    with pytest.raises(Refusal, match=code) as raised:
        switch_on(mission, ADMINISTRATOR, url, model, reason)
    assert "sesame" not in str(raised.value)
    assert "word" not in str(raised.value)
    assert queries.counts(mission) == size


@pytest.mark.parametrize("url", ["https://models.example/v1", "http://localhost:1/v1", "http://[::1]:8/v1", "http://127.8.9.1/"])
def test_what_is_encrypted_or_stays_on_this_machine_is_taken(mission: Mission, url: str) -> None:
    switch_on(mission, ADMINISTRATOR, url, "m", WHY)
    now = switch(mission)
    assert now is not None
    assert now.url == url


def test_setting_the_same_again_writes_nothing(mission: Mission) -> None:
    with pytest.raises(Refusal, match="nothing_changes"):
        switch_off(mission, ADMINISTRATOR, WHY)
    switch_on(mission, ADMINISTRATOR, URL, "m", WHY)
    size = queries.counts(mission)
    with pytest.raises(Refusal, match="nothing_changes"):
        switch_on(mission, ADMINISTRATOR, URL, "m", "another reason")
    assert queries.counts(mission) == size


def test_of_two_administrators_the_later_word_holds_and_both_stand(mission: Mission) -> None:
    people.appoint(mission, ADMINISTRATOR, "Abel", ["administrator"])
    switch_on(mission, ADMINISTRATOR, URL, "one", WHY)
    switch_on(mission, "Abel", URL, "two", "the other reads better")
    now = switch(mission)
    assert now is not None
    assert now.model == "two"
    assert [(each.who, each.model) for each in told(mission)[0]] == [(ADMINISTRATOR, "one"), ("Abel", "two")]
    switch_off(mission, ADMINISTRATOR, "no")
    assert switch(mission) is None


def test_it_stands_after_a_rebuild_and_after_opening_again(mission: Mission) -> None:
    switch_on(mission, ADMINISTRATOR, URL, "m", WHY)
    before = switch(mission)
    assert rebuild(mission).differences == ()
    assert switch(mission) == before
    missions.close(mission)
    again = missions.open_mission(mission.folder, ground(8))
    assert switch(again) == before
    missions.close(again)
