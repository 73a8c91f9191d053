"""Editions and their bundles: each with what became of it; nothing is handed out that the record does not know as published, as it was."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.test import Client

from merestone.cli.demo import Built
from merestone.ledger.bundle import verify_bundle
from merestone.register import editions, queries
from merestone.register.edition import Asking
from merestone.register.mission import close, open_mission
from merestone.register.protect import protect
from merestone.register.terms import Account, EditionRow, EntryRow
from merestone.web.house import House
from merestone.web.issued import issues
from merestone.web.passwords import set_password
from merestone.web.serve import house_at
from tests.register.conftest import ground
from tests.web.conftest import visitor

EDITION = "EDN-2031-0002"
PASSWORD = "a quiet night in may"


def test_each_edition_stands_with_its_state_and_hands(desk: Client, house: House) -> None:
    page = desk.get("/reports/").content.decode()
    for row in queries.editions(house.mission):
        assert f'id="{row.id}"' in page
        assert f"{row.size} entries" in page
        assert row.root in page
    assert page.index(EDITION) < page.index("EDN-2031-0001"), "the newest first"
    published = page.partition(f'id="{EDITION}"')[2].partition("</article>")[0]
    for words in (
        "Drafted",
        "analyst-1",
        "Approved",
        "reviewer-1",
        "Published, public",
        "publisher-1",
        f"/audit/ledger/{queries.edition(house.mission, EDITION).entry}/",
    ):
        assert words in published, words
    assert len(re.findall(r"1 June 2031, \d\d:\d\d UTC", published)) == 4
    draft = page.partition('id="EDN-2031-0001"')[2].partition("</article>")[0]
    assert "Not published, so there is none." in draft
    assert f"{queries.edition(house.mission, 'EDN-2031-0001').proposals} are proposals" in draft
    assert ".zip" not in draft


@pytest.mark.parametrize("profile", ["public", "internal"])
def test_the_bundle_is_the_one_that_was_kept_and_a_stranger_can_check_it(desk: Client, house: House, tmp_path: Path, profile: str) -> None:
    told = desk.get(f"/reports/{EDITION}/{profile}.zip")
    assert told.status_code == 200
    assert told["Content-Type"] == "application/zip"
    assert told["Content-Disposition"] == f'attachment; filename="{EDITION}-{profile}.zip"'
    assert told.content == (house.mission.folder / "editions" / f"{EDITION}-{profile}.zip").read_bytes()
    (tmp_path / "given.zip").write_bytes(told.content)
    assert verify_bundle(tmp_path / "given.zip", house.mission.keys.verifier).subject == f"{EDITION}-{profile}"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("EDN-2031-0001/public.zip", 400, "edition_state"), ("EDN-2031-0009/public.zip", 404, "not_in_record"), (f"{EDITION}/liaison.zip", 400, "edition_not_published"),
        ("../mission/public.zip", 404, "page_not_found"), ("%2e%2e/public.zip", 404, ""), (f"{EDITION}/..%2f..%2fkeys%2fsigning.zip", 404, ""),
        ("EXH-0000-0000/public.zip", 404, "not_in_record"),
    ],
)  # fmt: skip
def test_nothing_else_is_handed_out(desk: Client, path: str, status: int, code: str) -> None:
    told = desk.get(f"/reports/{path}")
    assert told.status_code == status
    assert code in told.content.decode()
    assert b"PK\x03\x04" not in told.content, "the beginning of a zip"


def test_a_stranger_gets_no_bundle(stranger: Client) -> None:
    assert stranger.get(f"/reports/{EDITION}/public.zip").status_code == 302


# --- a copy in which something happens ----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, built: tuple[Path, Built]) -> Path:
    shutil.copytree(built[0], tmp_path / "mission")
    return tmp_path / "mission"


def look(folder: Path, path: str) -> tuple[int, str, bytes]:
    with house_at(folder, ground(seed=9)) as house:
        set_password(house.mission, "analyst-1", PASSWORD)
        client = visitor(house)
        client.post("/sign-in/", {"name": "analyst-1", "password": PASSWORD})
        told = client.get(path)
        return told.status_code, told.content.decode("utf-8", "replace"), told.content


def test_a_bundle_that_is_not_kept_is_said(folder: Path) -> None:
    (folder / "editions" / f"{EDITION}-public.zip").unlink()
    status, page, _ = look(folder, f"/reports/{EDITION}/public.zip")
    assert (status, "bundle_not_kept" in page) == (400, True)
    _, listed, _ = look(folder, "/reports/")
    assert "no bundle is kept here" in listed
    assert f"/reports/{EDITION}/internal.zip" in listed
    assert f"/reports/{EDITION}/public.zip" not in listed


@pytest.mark.parametrize("how", ["flipped", "other", "none"])
def test_a_bundle_that_was_altered_is_not_handed_out(folder: Path, how: str) -> None:
    """A byte of it, the bundle of the other profile in its place (which would tell outside what is for the house), and no bundle."""
    kept = folder / "editions" / f"{EDITION}-public.zip"
    data = kept.read_bytes()
    flipped = data[:200_000] + bytes([data[200_000] ^ 1]) + data[200_001:]
    inside = (folder / "editions" / f"{EDITION}-internal.zip").read_bytes()
    kept.write_bytes({"flipped": flipped, "other": inside, "none": b"nothing"}[how])
    status, page, content = look(folder, f"/reports/{EDITION}/public.zip")
    assert (status, "bundle_altered" in page) == (400, True)
    assert inside[:400] not in content


def test_a_retracted_edition_says_so_and_by_what_it_was_replaced(folder: Path) -> None:
    mission = open_mission(folder, ground(seed=21))
    following = editions.draft(mission, "analyst-1", Asking(recorded_only=True))
    editions.approve(mission, "reviewer-1", following.id, "")
    _, bundle = editions.publish(mission, "publisher-1", following.id, "public")
    (folder / "editions" / f"{following.id}-public.zip").write_bytes(bundle)
    editions.retract(mission, "publisher-1", EDITION, "A name was wrong.", following.id)
    close(mission)
    _, page, _ = look(folder, "/reports/")
    old = page.partition(f'id="{EDITION}"')[2].partition("</article>")[0]
    assert "retracted" in old
    assert f'Read <a href="#{following.id}">' in old
    assert ".zip" not in old
    new = page.partition(f'id="{following.id}"')[2].partition("</article>")[0]
    assert f'In place of <a href="#{EDITION}">' in new
    status, refused, _ = look(folder, f"/reports/{EDITION}/public.zip")
    assert (status, "edition_state" in refused) == (400, True)
    assert look(folder, f"/reports/{following.id}/public.zip")[2] == bundle
    _, today, _ = look(folder, "/")
    assert f"New since {following.id}" in today


def test_what_rests_on_something_that_is_protected_now_is_not_handed_out(folder: Path) -> None:
    mission = open_mission(folder, ground(seed=21))
    hidden = next(row.exhibit for row in queries.claims(mission) if row.state == "recorded")
    protect(mission, "analyst-1", hidden, "somebody is afraid")
    close(mission)
    status, page, _ = look(folder, f"/reports/{EDITION}/public.zip")
    assert (status, "edition_void" in page) == (400, True)
    assert hidden not in page
    status, listed, _ = look(folder, "/reports/")
    assert status == 200, "although linking is out of date"
    assert hidden not in listed
    assert not re.search(r"protect\w* by|somebody is afraid", listed)


# --- pure ---------------------------------------------------------------------------------------------------------


def test_a_profile_published_is_told_once_and_names_are_those_of_accounts() -> None:
    row = EditionRow("EDN-2031-0001", "internal", "published", "c", "r", 5, "0" * 64, "ACC-001", "", "ACC-002", 3, 0, 5, 7)

    def act(position: int, kind: str, actor: str, **body: str) -> EntryRow:
        return EntryRow(position, kind, 1, actor, "", "2031-06-01T08:00:00.000000Z", {"edition": row.id, **body})

    entries = [act(5, "drafted", "ACC-001"), act(6, "published", "ACC-002", profile="public"), act(7, "published", "ACC-002", profile="internal"),
               EntryRow(8, "noted", 1, "ACC-001", "", "2031-06-01T08:00:00Z", {"subject": row.id})]  # fmt: skip
    made = issues([row], entries, [Account("ACC-001", "analyst-1", ("analyst",), True, 1)])[0]
    assert made.published == ("public", "internal") == made.fetched
    assert [(step.what, step.who) for step in made.steps] == [("drafted", "analyst-1"), ("published", "ACC-002"), ("published", "ACC-002")]
    assert (made.replaced_by, made.replaces) == ("", ())
