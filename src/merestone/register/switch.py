"""The switch of the language model: which one the mission asks, set and taken back by an administrator with a reason. Off until then.

The law it keeps: the entry commits to address and name and holds neither, the last act holds, and no key is written anywhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from merestone.extract.model_address import check_address, check_name, house_of
from merestone.ledger.canonical import canonical
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import people, queries, vault
from merestone.register.reason import reasoned
from merestone.register.record import writing
from merestone.register.terms import Act, Mission, ModelRow, Recorded


@dataclass(frozen=True, slots=True)
class Switch:
    """The model that an act set. `entry` is the act's position."""

    url: str
    model: str
    entry: int

    @property
    def house(self) -> str:
        """Scheme, host and port: what is told. The rest of an address may be somebody's secret."""
        return house_of(self.url)


def switch(mission: Mission) -> Switch | None:
    """The model that is on now; None where none is."""
    rows = queries.models_set(mission)
    return set_by(mission, rows[-1]) if rows else None


def set_by(mission: Mission, row: ModelRow) -> Switch | None:
    """What one act set; None where it switched the model off."""
    if not row.setting:
        return None
    told = json.loads(vault.read(mission, row.setting))
    if not isinstance(told, dict) or not isinstance(told.get("url"), str) or not isinstance(told.get("model"), str):
        raise BrokenRecord(f"entry {row.entry}", "the address and name of a model", "something else")
    return Switch(told["url"], told["model"], row.entry)


@dataclass(frozen=True, slots=True)
class Set:
    """One act of the switch in words: `house` and `model` are "" where it switched the model off."""

    entry: int
    at: str
    who: str
    why: str
    house: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """One text that went out: `at` is when it was written down that it goes."""

    entry: int
    exhibit: str
    at: str
    who: str
    house: str
    model: str


def is_on(mission: Mission) -> bool:
    """Without a look at what it is: for pages that only say whether."""
    rows = queries.models_set(mission)
    return bool(rows and rows[-1].setting)


def acts_of(mission: Mission) -> dict[int, Set]:
    """Every act of the switch by its position, the first one first."""
    names = {account.id: account.name or account.id for account in queries.accounts(mission)}
    sets: dict[int, Set] = {}
    for row in queries.models_set(mission):
        found, why = set_by(mission, row), vault.open_item(mission.alias, row.reason)
        where = ("", "") if found is None else (found.house, found.model)
        at = queries.entry(mission, row.entry).at
        sets[row.entry] = Set(row.entry, at, names.get(row.actor, row.actor), "erased" if why is None else why.decode(), *where)
    return sets


def told(mission: Mission, exhibit: str = "") -> tuple[tuple[Set, ...], tuple[Sending, ...]]:
    """Every act of the switch, and every text that went out (of one exhibit, where it is named), the first ones first."""
    names = {account.id: account.name or account.id for account in queries.accounts(mission)}
    sets = acts_of(mission)
    went = (
        Sending(row.entry, row.exhibit, queries.entry(mission, row.entry).at, names.get(row.actor, row.actor), by.house, by.model)
        for row in queries.sent(mission, exhibit)
        if (by := sets.get(row.model)) is not None
    )
    return tuple(sets.values()), tuple(went)


def switch_on(mission: Mission, actor: str, url: str, model: str, reason: str) -> Recorded:
    """Refuses what is no address or name of a model, and what is set already. Nothing is sent by this act, nor is the server asked."""
    check_address(url)
    if "?" in url or "#" in url:  # where keys are put
        raise Refusal("model_url")
    check_name(model)
    return _set(mission, actor, (url, model), reason)


def switch_off(mission: Mission, actor: str, reason: str) -> Recorded:
    return _set(mission, actor, None, reason)


def _set(mission: Mission, actor: str, wanted: tuple[str, str] | None, reason: str) -> Recorded:
    why = reasoned(reason, "model_set")
    with writing(mission) as desk:
        by, now = people.who(mission, actor), switch(mission)
        if (None if now is None else (now.url, now.model)) == wanted:
            raise Refusal("nothing_changes", subject="the switch of the language model")
        items = [vault.item(mission, "reason", "", why)]
        if wanted is not None:
            items.append(vault.item(mission, "setting", "", canonical({"url": wanted[0], "model": wanted[1]})))
        state, setting = ("off", "") if wanted is None else ("on", items[1].commitment)
        body = {"state": state, "setting": setting, "reason": items[0].commitment}
        return Recorded(desk.add(Act("model_set", by.id, body, items=tuple(items))), "model_set", state)
