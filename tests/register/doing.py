"""Acts for tests: for every kind one that fits the state of a mission, of invented content, drawn from a seed.

`next_act` gives None where the kind is not possible yet (nothing to protect, nobody to dismiss).
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable

from merestone.register import ids, queries, vault
from merestone.register.desk import Desk
from merestone.register.terms import KINDS, Act, ExhibitRow, Item

MONITOR, ANALYST, REVIEWER, SECOND, PUBLISHER, ADMINISTRATOR = "ACC-002", "ACC-003", "ACC-004", "ACC-005", "ACC-006", "ACC-001"
ACTOR = {"analyst": ANALYST, "reviewer": REVIEWER, "publisher": PUBLISHER, "administrator": ADMINISTRATOR, "monitor": MONITOR}
NEXT_KINDS = tuple(kind for kind in KINDS if kind != "opened")


class Doing:
    """Draws acts at a desk. What was added has to be flushed before the next is drawn."""

    def __init__(self, desk: Desk, chance: random.Random) -> None:
        self.desk, self.mission, self.chance = desk, desk.mission, chance

    def next_act(self, kind: str) -> Act | None:
        self.desk.flush()
        make: Callable[[], Act | None] = getattr(self, kind)
        return make()

    # --- what acts are made of ---

    def item(self, kind: str, owner: str, told: object, protected: bool = False) -> Item:
        data = told.encode() if isinstance(told, str) else json.dumps(told).encode()
        print_ = vault.fingerprint(self.mission, data) if kind == "original" else ""
        return vault.item(self.mission, kind, owner, data, protected, print_)

    def exhibit(self, **wanted: bool) -> ExhibitRow | None:
        wanted = {"erased": False, **wanted}
        found = [row for row in queries.exhibits(self.mission) if all(getattr(row, name) == value for name, value in wanted.items())]
        return self.chance.choice(found) if found else None

    def claim(self) -> dict[str, object]:
        kind = self.chance.choice(("shelling", "small_arms_fire", "detention"))
        start = f"2031-05-{self.chance.randrange(1, 29):02d}T03:40-02:00"
        told = {"kind": kind, "initiator": self.chance.choice(("VE", "OR", "unknown")), "when": {"start": start, "end": start}}
        if self.chance.random() < 0.5:
            return told
        spot = {"text": "the mill", "role": "at", "level": "settlement", "lat": -37.4, "lon": -22.0 + self.chance.random()}
        when = {"from": start, "to": start, "precision": self.chance.choice(("minute", "week"))}
        return {**told, "quote": "Xena heard it by the mill", "start": 0, "when": when, "where": [spot][: self.chance.randrange(2)]}

    def about(self) -> dict[str, object]:
        known = {"is": "Known", "value": self.chance.choice(("Veldar Courier", "Orsay Post")), "origin": "option"}
        return {
            "name": f"note-{self.chance.randrange(1000)}.txt",
            "publisher": known,
            "published": {"is": "Unknown", "reason": "none"},
            "language": "en",
        }

    def reason(self, owner: str) -> Item:
        return self.item("reason", owner, f"because {self.chance.random()}")

    # --- the mission and its people ---

    def appointed(self) -> Act:
        number = ids.following(self.mission, "ACC")[0]
        name = self.item("name", number, f"Person {number}")
        return Act("appointed", ADMINISTRATOR, {"account": number, "roles": ["monitor"], "name": name.commitment}, items=(name,))

    def dismissed(self) -> Act | None:
        found = [each for each in queries.accounts(self.mission) if each.open and each.id > PUBLISHER]
        return Act("dismissed", ADMINISTRATOR, {"account": found[0].id, "reason": ""}) if found else None

    def pack_adopted(self) -> Act:
        """The pack that is there, once more: another one would have to be put into the folder too."""
        row = queries.mission_row(self.mission)
        return Act("pack_adopted", ADMINISTRATOR, {"pack": row.pack, "pack_digest": row.pack_digest, "reason": ""})

    def model_set(self) -> Act:
        why = self.reason("")
        if self.chance.random() < 0.3:
            return Act("model_set", ADMINISTRATOR, {"state": "off", "setting": "", "reason": why.commitment}, items=(why,))
        setting = self.item("setting", "", {"url": f"http://127.0.0.1:{self.chance.randrange(1, 9999)}/v1", "model": "small:7b"})
        body = {"state": "on", "setting": setting.commitment, "reason": why.commitment}
        return Act("model_set", ADMINISTRATOR, body, items=(setting, why))

    # --- what arrives ---

    def received(self) -> Act:
        number, closed = ids.drawn(self.mission, "EXH"), self.chance.random() < 0.2
        told = {"original": f"bytes {number}", "text": f"text {number}", "about": self.about()}
        items = tuple(self.item(kind, number, value, closed) for kind, value in told.items())
        named = {item.kind: item.commitment for item in items}
        return Act("received", MONITOR, {"exhibit": number, **named, "unread": "", "protected": closed}, items=items)

    def refused(self) -> Act:
        name = self.item("name", "", f"file {self.chance.random()}")
        return Act("refused", MONITOR, {"name": name.commitment, "code": "unknown_format", "protected": False}, items=(name,))

    def described(self) -> Act | None:
        row = self.exhibit()
        if row is None:
            return None
        about, why = self.item("about", row.id, self.about(), row.protected), self.reason(row.id)
        body = {"exhibit": row.id, "about": about.commitment, "replaces": row.about, "reason": why.commitment}
        return Act("described", ANALYST, body, items=(about, why))

    def protected(self) -> Act | None:
        row = self.exhibit(protected=False)
        if row is None:
            return None
        held = [vault.stored_item(self.mission, commitment) for commitment, _ in vault.held(self.mission, row.id)]
        drafts = [each.content for each in queries.editions(self.mission) if each.state == "drafted"][:1]
        why = self.item("reason", row.id, f"because {self.chance.random()}", protected=True)
        items = (*(vault.sealed(self.mission, item) for item in held), why)
        return Act("protected", MONITOR, {"exhibit": row.id, "gone": drafts, "reason": why.commitment}, items=items)

    def unprotected(self) -> Act | None:
        row = self.exhibit(protected=True)
        if row is None:
            return None
        rows = vault.stored(self.mission.alias, [commitment for commitment, _ in vault.held(self.mission, row.id)])
        items = tuple(vault.stored_item(self.mission, name) for name, stored in rows.items() if stored.wrapped)
        why = self.reason(row.id)
        body = {"exhibit": row.id, "items": [item.commitment for item in items], "reason": why.commitment}
        return Act("unprotected", REVIEWER, body, SECOND, (*items, why))

    def erased(self) -> Act | None:
        row = self.exhibit()
        if row is None:
            return None
        gone = [commitment for commitment, _ in vault.held(self.mission, row.id)]
        authority, why = self.item("reason", row.id, "an order"), self.reason(row.id)
        body = {"subject": row.id, "items": gone, "authority": authority.commitment, "reason": why.commitment}
        return Act("erased", REVIEWER, body, SECOND, (authority, why))

    # --- what it says ---

    def proposed(self) -> Act | None:
        row = self.exhibit()
        if row is None:
            return None
        told = {
            "claims": [self.claim() for _ in range(self.chance.randrange(4))],
            "statements": [{}],
            "appeals": [],
            "responses": [],
            "signatories": [],
        }
        reading = self.item("reading", row.id, told, row.protected)
        after = max((claim.number for claim in queries.claims(self.mission, row.id)), default=0)
        body = {
            "exhibit": row.id,
            "rules": "en 1a2b3c4d",
            "pack_digest": "ab" * 32,
            "reading": reading.commitment,
            "claims": len(told["claims"]),
        }
        return Act("proposed", ANALYST, {**body, "others": {"s": 1}, "after": after}, items=(reading,))

    def sent(self) -> Act | None:
        row, sets = self.exhibit(protected=False), queries.models_set(self.mission)
        if row is None or not sets:
            return None
        return Act("sent", ANALYST, {"exhibit": row.id, "text": row.text, "rules": "en 1a2b3c4d", "model": sets[-1].entry})

    def linked(self) -> Act:
        fresh = list(ids.following(self.mission, "INC", self.chance.randrange(1, 4)))
        open_ones = {row.id for row in queries.exhibits(self.mission) if not row.protected and not row.erased}
        moved = {claim.ref: self.chance.choice([*fresh, ""]) for claim in queries.claims(self.mission) if claim.exhibit in open_ones}
        old = [row.id for row in queries.incidents(self.mission) if not row.leads_to][:1]
        members = self.item("members", "", {"moved": moved, "fresh": fresh, "leads": dict.fromkeys(old, fresh[0])})
        run = self.item("linking", "", {"run": self.chance.random()})
        body = {"seen": len(moved), "pack_digest": "ab" * 32, "linking": run.commitment, "members": members.commitment}
        return Act("linked", ANALYST, {**body, "incidents": len(fresh), "fresh": len(fresh)}, items=(members, run))

    def placed(self) -> Act | None:
        open_ones = {row.id for row in queries.exhibits(self.mission) if not row.protected and not row.erased}
        claims = [claim.ref for claim in queries.claims(self.mission) if claim.exhibit in open_ones]
        if not claims:
            return None
        old = [row.id for row in queries.incidents(self.mission) if not row.leads_to]
        fresh = not old or self.chance.random() < 0.5
        number = ids.following(self.mission, "INC")[0] if fresh else old[0]
        return Act("placed", ANALYST, {"claim": self.chance.choice(claims), "incident": number, "fresh": fresh})

    def recorded(self) -> Act | None:
        claims = [claim for claim in queries.claims(self.mission) if claim.state == "proposed" and not claim.part]
        row = self.exhibit()
        if row is None:
            return None
        if claims and self.chance.random() < 0.7:
            claim = self.chance.choice(claims)
            row, ref, reading = queries.exhibit(self.mission, claim.exhibit), claim.ref, claim.reading
            reading = reading if vault.stored(self.mission.alias, (reading,)) else ""
        else:
            number = max((claim.number for claim in queries.claims(self.mission, row.id)), default=0) + 1
            ref, reading = f"{row.id}#{number}", ""
        content = self.item("claim", row.id, self.claim(), row.protected)
        return Act("recorded", ANALYST, {"claim": ref, "content": content.commitment, "reading": reading}, items=(content,))

    def corrected(self) -> Act | None:
        claims = [claim for claim in queries.claims(self.mission, state="recorded") if vault.stored(self.mission.alias, (claim.content,))]
        if not claims:
            return None
        claim = self.chance.choice(claims)
        row = queries.exhibit(self.mission, claim.exhibit)
        content, why = self.item("claim", row.id, self.claim(), row.protected), self.reason(row.id)
        body = {"claim": claim.ref, "content": content.commitment, "replaces": claim.content, "reason": why.commitment}
        return Act("corrected", ANALYST, body, items=(content, why))

    def withdrawn(self) -> Act | None:
        claims = queries.claims(self.mission, state="recorded")
        if not claims:
            return None
        claim = self.chance.choice(claims)
        why = self.reason(claim.exhibit)
        return Act("withdrawn", ANALYST, {"claim": claim.ref, "reason": why.commitment}, items=(why,))

    # --- what the mission itself perceives, what people conclude ---

    def patrolled(self) -> Act:
        number = ids.drawn(self.mission, "PTL")
        form = self.item("form", number, {"hours": 3})
        return Act("patrolled", MONITOR, {"patrol": number, "form": form.commitment}, items=(form,))

    def observed(self) -> Act:
        number, patrols = ids.drawn(self.mission, "OBS"), queries.patrols(self.mission)
        form = self.item("form", number, {"means": "ear"})
        body = {"observation": number, "patrol": patrols[0].id if patrols else "", "form": form.commitment}
        return Act("observed", MONITOR, body, items=(form,))

    def judged(self) -> Act | None:
        claims = [claim for claim in queries.claims(self.mission) if not claim.part]
        if len(claims) < 2:
            return None
        a, b = self.chance.sample(claims, 2)
        why = self.reason(a.exhibit)
        verdict = self.chance.choice(("same", "different", "unsure"))
        return Act("judged", REVIEWER, {"a": a.ref, "b": b.ref, "verdict": verdict, "reason": why.commitment}, items=(why,))

    def decided(self) -> Act | None:
        subjects = [row.id for row in queries.incidents(self.mission)] + [claim.ref for claim in queries.claims(self.mission)]
        if not subjects:
            return None
        subject = self.chance.choice(subjects)
        why = self.reason(subject.partition("#")[0])
        verdict, point = self.chance.choice(("adopted", "rejected", "deferred")), self.chance.choice(("", "initiator"))
        body = {"subject": subject, "verdict": verdict, "point": point, "by": [REVIEWER], "reason": why.commitment}
        return Act("decided", REVIEWER, body, items=(why,))

    def noted(self) -> Act:
        subject = self.chance.choice([*(row.id for row in queries.exhibits(self.mission)), MONITOR])
        note = self.item("note", subject, "a note")
        return Act("noted", MONITOR, {"subject": subject, "note": note.commitment}, items=(note,))

    # --- what leaves the house ---

    def drafted(self) -> Act:
        number = ids.following(self.mission, "EDN")[0]
        content, rests = self.item("edition", number, {"edition": number}), self.item("rests", number, [])
        body = {"edition": number, "profile": "public", "content": content.commitment, "rests": rests.commitment, "size": self.desk.size}
        return Act("drafted", PUBLISHER, {**body, "root": "cd" * 32, "claims": 0, "proposals": 0}, items=(content, rests))

    def approved(self) -> Act | None:
        found = [row.id for row in queries.editions(self.mission) if row.state == "drafted"]
        return Act("approved", REVIEWER, {"edition": found[0], "reason": ""}) if found else None

    def published(self) -> Act | None:
        found = [row for row in queries.editions(self.mission) if row.state == "drafted"]
        if not found:
            return None
        body = {
            "edition": found[0].id,
            "profile": "public",
            "files": {"report.html": "ef" * 32},
            "frozen": {"size": found[0].size, "root": found[0].root},
        }
        return Act("published", PUBLISHER, {**body, "four_eyes": True, "people": 2})

    def retracted(self) -> Act | None:
        found = [row.id for row in queries.editions(self.mission) if row.state == "published"]
        if not found:
            return None
        why = self.reason(found[0])
        return Act("retracted", PUBLISHER, {"edition": found[0], "replaced_by": "", "reason": why.commitment}, items=(why,))
