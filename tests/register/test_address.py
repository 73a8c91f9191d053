"""Where a record is kept: what is taken for an address, and that a password goes no further."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.ledger.terms import Refusal
from merestone.register.address import Address, checked, parsed

NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1, max_size=12)
HOSTS = st.sampled_from(("", "db.example.org", "127.0.0.1", "::1"))


@given(name=NAMES, user=NAMES, password=NAMES, host=HOSTS, port=st.sampled_from(("", "5432")), mode=st.sampled_from(("", "require")))
def test_what_is_written_is_read_again_without_the_password(name: str, user: str, password: str, host: str, port: str, mode: str) -> None:
    given_ = Address(name, user, "", host, port if host else "", {"sslmode": mode} if mode else {})
    text = given_.text()
    assert parsed(text) == given_
    from urllib.parse import quote

    with_password = text.replace(f"{quote(user, safe='')}@", f"{quote(user, safe='')}:{quote(password, safe='')}@", 1)
    assert parsed(with_password).password == password
    assert checked(with_password) == text
    assert "password" not in repr(parsed(with_password))


@pytest.mark.parametrize("given_", ["postgres://ada:secret@db/mill", "postgresql://ada:secret@db/mill"])
def test_both_spellings_are_one(given_: str) -> None:
    assert checked(given_) == "postgres://ada@db/mill"


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ("mysql://ada:secret@db/mill", "database_unknown"),
        ("sqlite:///mill.sqlite3", "database_unknown"),
        ("postgress", "database_unknown"),
        ("", "database_unknown"),
        ("postgres://ada:secret@db/", "database_malformed"),
        ("postgres://ada:secret@db", "database_malformed"),
        ("postgres://ada:secret@db:port/mill", "database_malformed"),
        ("postgres://ada:secret@db/mill/more", "database_malformed"),
        ("postgres://ada:secret@db/mill#part", "database_malformed"),
        ("postgres://ada:secret@db/mi%00ll", "database_malformed"),
        ("postgres://ada:secret@db/mill?password=secret", "database_malformed"),
        ("postgres://ada:secret@db/mill?options=-csearch_path%3Dx", "database_malformed"),
        ("postgres://ada:secret@db/mill?secret", "database_malformed"),
        ("postgres://ada:sec]ret@[db/mill", "database_malformed"),
    ],
)
def test_anything_else_is_refused_and_the_password_not_told(given_: str, code: str) -> None:
    with pytest.raises(Refusal) as raised:
        checked(given_)
    assert raised.value.code == code
    assert "secret" not in str(raised.value)


def test_a_service_names_all_by_itself() -> None:
    assert checked("postgres:///?service=mill") == "postgres:///?service=mill"
    assert checked("postgres:///mill?host=/run/postgresql") == "postgres:///mill?host=%2Frun%2Fpostgresql"
