"""Exhibits that people have worked on, told in words that stand nowhere else: for tests which search what is left of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from merestone.capture import Options
from merestone.register import ids, people, queries, receive, vault
from merestone.register.record import writing
from merestone.register.terms import Act, Mission
from tests.register.cast import ANALYST, MONITOR, PUBLISHER, REVIEWER


@dataclass(frozen=True)
class Told:
    """An exhibit and the words by which each part of it can be found again."""

    exhibit: str
    words: tuple[str, ...]
    draft: str = ""
    published: str = ""


def words(tag: str) -> dict[str, str]:
    return {
        "text": f"Xena Ypsil of {tag}-Alderhamn saw two mortars behind the dairy; Ñandú-{tag} heard them",
        "file": f"from-{tag}-resident.txt",
        "publisher": f"Household of {tag} Ypsil",
        "quote": f"saw two mortars behind the dairy of {tag}, by night",
        "claim": f"two mortars, as {tag} recalls",
        "note": f"{tag} must not be called by day",
        "judged": f"both tell of the dairy of {tag}",
        "linking": f"joined by the dairy of {tag}",
        "edition": f"a household of {tag} tells of mortars",
    }


def received(mission: Mission, folder: Path, tag: str) -> Told:
    """Through the front door, by a monitor."""
    told = words(tag)
    path = folder / told["file"]
    path.write_text(told["text"], encoding="utf-8")
    arrived = list(receive.receive(mission, MONITOR, [path], Options(publisher=told["publisher"])))
    path.unlink()
    return Told(arrived[0].exhibit, (told["text"], told["text"][5:40], told["file"], told["publisher"]))


def worked_on(mission: Mission, folder: Path, tag: str) -> Told:
    """Received, read, recorded, noted on, linked, and in two editions of which one left the house."""
    began = received(mission, folder, tag)
    told, exhibit = words(tag), began.exhibit
    with writing(mission) as desk:
        analyst, monitor = people.who(mission, ANALYST).id, people.who(mission, MONITOR).id
        publisher, reviewer = people.who(mission, PUBLISHER).id, people.who(mission, REVIEWER).id

        def item(kind: str, owner: str, what: object) -> vault.Item:
            data = what if isinstance(what, str) else json.dumps(what, ensure_ascii=False)
            return vault.item(mission, kind, owner, data.encode())

        claims = [{"kind": "shelling", "initiator": "VE", "quote": told["quote"]}, {"kind": "detention", "initiator": "OR"}]
        rest = {"statements": [{}], "appeals": [], "responses": [], "signatories": []}
        reading = item("reading", exhibit, {"claims": claims, **rest})
        body = {"exhibit": exhibit, "rules": "en 1a2b3c4d", "pack_digest": "ab" * 32, "reading": reading.commitment, "claims": 2}
        desk.add(Act("proposed", analyst, {**body, "others": {"s": 1}, "after": 0}, items=(reading,)))
        content = item("claim", exhibit, {"kind": "shelling", "initiator": "VE", "said": told["claim"]})
        body = {"claim": f"{exhibit}#1", "content": content.commitment, "reading": reading.commitment}
        desk.add(Act("recorded", analyst, body, items=(content,)))
        note = item("note", exhibit, told["note"])
        desk.add(Act("noted", monitor, {"subject": exhibit, "note": note.commitment}, items=(note,)))
        incident = ids.following(mission, "INC")[0]
        members = item("members", "", {"moved": {f"{exhibit}#1": incident}, "fresh": [incident], "leads": {}})
        run = item("linking", "", {"documents": [exhibit], "why": told["linking"]})
        body = {"seen": 1, "pack_digest": "ab" * 32, "linking": run.commitment, "members": members.commitment}
        desk.add(Act("linked", analyst, {**body, "incidents": 1, "fresh": 1}, items=(run, members)))
        editions = []
        for _ in range(2):
            number = ids.following(mission, "EDN")[0]
            frozen = item("edition", number, {"documents": [{"id": exhibit, "quote": told["edition"]}]})
            rests = item("rests", number, [exhibit])
            body = {"edition": number, "profile": "internal", "content": frozen.commitment, "rests": rests.commitment, "size": desk.size}
            desk.add(Act("drafted", publisher, {**body, "root": "cd" * 32, "claims": 1, "proposals": 1}, items=(frozen, rests)))
            desk.flush()
            editions.append(number)
        desk.add(Act("approved", reviewer, {"edition": editions[1], "reason": ""}))
        frozen_at = {"size": queries.edition(mission, editions[1]).size, "root": "cd" * 32}
        body = {"edition": editions[1], "profile": "internal", "files": {"report.html": "ef" * 32}, "frozen": frozen_at, "people": 3}
        desk.add(Act("published", publisher, {**body, "four_eyes": True}))
    return Told(exhibit, (*began.words, *(told[name] for name in ("quote", "claim", "note", "linking", "edition"))), *editions)


def judged(mission: Mission, one: Told, other: Told, tag: str) -> str:
    """A judgement about two exhibits, with a reason that tells of both; its commitment."""
    with writing(mission) as desk:
        why = vault.item(mission, "reason", one.exhibit, words(tag)["judged"].encode())
        body = {"a": f"{one.exhibit}#1", "b": f"{other.exhibit}#1", "verdict": "same", "reason": why.commitment}
        desk.add(Act("judged", people.who(mission, ANALYST).id, body, items=(why,)))
    return why.commitment


def traces(folder: Path, texts: Iterable[str]) -> list[tuple[str, str]]:
    """(file, text) for each text that some file below the folder holds, in whatever way a program might write it down."""
    found = []
    stored = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    assert any(stored.values())
    for text in texts:
        ways = {text.encode(way) for way in ("utf-8", "utf-16-le", "utf-16-be")} | {json.dumps(text)[1:-1].encode()}
        ways |= {way.hex().encode() for way in ways}
        found += [(name, text) for name, data in stored.items() if any(way in data for way in ways)]
    return found
