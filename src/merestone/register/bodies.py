"""What an entry may hold, field by field: ids, codes, counts, hours and commitments. Nothing that was typed as a sentence gets in.

A refusal names the field and what belongs there, never what was found: that may be somebody's name.
Does not catch: one lower-case word without spaces where a code is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from merestone.ledger.canonical import LARGEST
from merestone.ledger.terms import Refusal
from merestone.register.terms import BACKWARD, DECISIONS, FIELD_ITEMS, KINDS, ROLES, VERDICTS, Act

_DRAWN = "[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"
_ID = rf"(?:(?:MIS|EXH|OBS|PTL)-{_DRAWN}|ACC-[0-9]{{3,9}}|(?:INC|EDN)-[0-9]{{4}}-[0-9]{{4,9}})"
_CLAIM = rf"EXH-{_DRAWN}#[SARG]?[1-9][0-9]{{0,8}}"
_PATTERNS = {
    "id": _ID,
    "ref": rf"(?:{_ID}|{_CLAIM})",
    "code": "[a-z][a-z0-9_-]{0,63}",
    "item": "[0-9a-f]{64}",
    "digest": "[0-9a-f]{64}",
    "rules": "[a-z][a-z0-9_-]{0,39}(?: [0-9a-f]{6,64})?(?: model [0-9]{1,12})?",
    "key": rf"merestone/MIS-{_DRAWN}\+[0-9a-f]{{8}}\+[A-Za-z0-9+/]{{44}}",
}
# Fields of type `id` or `ref` that hold ids of one sort only.
_SORTS = {
    "mission": f"MIS-{_DRAWN}", "account": "ACC-[0-9]{3,9}", "exhibit": f"EXH-{_DRAWN}", "patrol": f"PTL-{_DRAWN}", "observation": f"OBS-{_DRAWN}",
    "edition": "EDN-[0-9]{4}-[0-9]{4,9}", "replaced_by": "EDN-[0-9]{4}-[0-9]{4,9}", "claim": _CLAIM,
    "incident": "INC-[0-9]{4}-[0-9]{4,9}",
}  # fmt: skip
_NAME = re.compile("[a-z0-9][a-z0-9._-]{0,63}")

# Fields whose codes we know all.
_CODES = {
    ("judged", "verdict"): frozenset(VERDICTS),
    ("decided", "verdict"): frozenset(DECISIONS),
    ("appointed", "roles"): frozenset(ROLES),
    ("proposed", "others"): frozenset("sarg"),
    ("model_set", "state"): frozenset(("on", "off")),
}

_Test = Callable[[Any], bool]


def checked(act: Act) -> dict[str, Any]:
    """The body as it goes into the entry, with `sealed` where one of the items is. `Refusal` unless it holds what its kind says."""
    if act.kind not in KINDS:
        raise Refusal("act_unknown", act=act.kind)
    tests, takes_sealed = _TESTS[act.kind]
    body = dict(act.body)
    sealed = {item.commitment: item.sealed.digest for item in act.items if item.sealed is not None}
    if sealed or takes_sealed:
        body["sealed"] = sealed
    for name, (test, wanted) in tests.items():
        if not test(body.get(name)):
            raise Refusal("act_malformed", act=act.kind, field=name, wanted=wanted)
    if len(body) > len(tests) + (bool(sealed) and not takes_sealed):
        raise Refusal("act_malformed", act=act.kind, field="a field that it does not have", wanted=", ".join(tests))
    return body


def named(kind: str, body: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Each commitment that the body names, with the kind of item that it has to be ("" for any) and whether an earlier act brought it."""
    for name, backward, what in _ITEM_FIELDS[kind]:
        value = body[name]
        if type(value) is str:
            if value:
                yield value, what, backward
        else:
            for each in value:
                yield each, what, backward


def owners(kind: str, body: Mapping[str, Any]) -> frozenset[str]:
    """Ids to which an item of this act may belong: those that the body names. "" where it names none."""
    found: set[str] = set()
    for name in _ID_FIELDS[kind]:
        value = body[name]
        if type(value) is str:
            found.add(value.partition("#")[0])
        else:
            found.update(each.partition("#")[0] for each in value)
    found.discard("")
    return frozenset(found) or _NOBODY


def check_items(act: Act, body: Mapping[str, Any]) -> None:
    """Each item of the act is named by the body where an item of its kind belongs, and belongs to somebody whom the body names;
    and each that the body names as new comes with it. `body` is what `checked` gave."""
    moved = act.kind in ("protected", "unprotected")  # these come back under a commitment that they had before
    wanted: dict[str, str] = {commitment: kind for commitment, kind, backward in named(act.kind, body) if moved or not backward}
    if act.kind == "protected":
        wanted |= {commitment: wanted.get(commitment, "") for commitment in body["sealed"]}
    whose = owners(act.kind, body)
    for item in act.items:
        kind = wanted.pop(item.commitment, None)
        if kind is None or (kind and kind != item.kind):
            place = "an item that the body names, of the kind of its field"
            raise Refusal("act_malformed", act=act.kind, field=f"an item of kind {item.kind}", wanted=place)
        if item.owner not in whose and (not moved or item.commitment == body["reason"]):  # what is sealed with it may be another's too
            place = "an id that the body names, or none where it names none"
            raise Refusal("act_malformed", act=act.kind, field=f"the owner of an item of kind {item.kind}", wanted=place)
    if wanted and any(commitment in wanted for commitment, _, backward in named(act.kind, body) if not backward):
        raise Refusal("act_malformed", act=act.kind, field="an item", wanted="an item that comes with the act")


def spoken_of(act: Act, body: Mapping[str, Any]) -> Iterator[str]:
    """Commitments of items that an earlier act brought and that do not come again with this one: they must be in the vault."""
    if not _SPEAKS[act.kind]:
        return
    brought = {item.commitment for item in act.items}
    for commitment, _, backward in named(act.kind, body):
        if backward and commitment not in brought:
            yield commitment


def _test(kind: str, name: str, wanted: str) -> _Test:
    if wanted.startswith("?"):
        inner = _test(kind, name, wanted[1:])
        return lambda value: value == "" or inner(value)
    if wanted.endswith("*"):
        each = _test(kind, name, wanted[:-1])
        return lambda value: isinstance(value, (list, tuple)) and all(map(each, value)) and len(set(value)) == len(value)
    if wanted.endswith("{}"):
        inside, keys = _test(kind, "", wanted[:-2]), _CODES.get((kind, name))
        plain: _Test = _NAME.fullmatch if keys is None else keys.__contains__  # type: ignore[assignment]
        return lambda value: (
            isinstance(value, Mapping) and all(type(key) is str and plain(key) for key in value) and all(map(inside, value.values()))
        )
    if wanted == "count":
        return lambda value: type(value) is int and 0 <= value <= LARGEST
    if wanted == "flag":
        return lambda value: type(value) is bool
    if wanted == "frozen":
        digest = re.compile(_PATTERNS["digest"]).fullmatch
        return lambda value: (
            isinstance(value, Mapping) and value.keys() == {"size", "root"} and type(value["size"]) is int and value["size"] > 0
            and type(value["root"]) is str and digest(value["root"]) is not None
        )  # fmt: skip
    known = _CODES.get((kind, name))
    if known is not None:
        return lambda value: type(value) is str and value in known
    match = re.compile(_SORTS.get(name, _PATTERNS[wanted]) if wanted in ("id", "ref") else _PATTERNS[wanted], re.ASCII).fullmatch
    return lambda value: type(value) is str and match(value) is not None


# kind -> (field -> its test and the type's name; whether `sealed` is among the fields)
_TESTS: dict[str, tuple[dict[str, tuple[_Test, str]], bool]] = {
    kind: ({name: (_test(kind, name, wanted), wanted) for name, wanted in told.body.items()}, "sealed" in told.body)
    for kind, told in KINDS.items()
}
_ID_FIELDS: dict[str, tuple[str, ...]] = {
    kind: tuple(name for name, wanted in told.body.items() if wanted.lstrip("?").rstrip("*") in ("id", "ref"))
    for kind, told in KINDS.items()
}
_NOBODY = frozenset(("",))
# kind -> fields that name items: the field, whether an earlier act brought them, and the kind of item ("" for any)
_ITEM_FIELDS: dict[str, tuple[tuple[str, bool, str], ...]] = {
    kind: tuple(
        (
            name,
            name in BACKWARD or f"{kind}.{name}" in BACKWARD,
            "" if name in ("replaces", "gone", "items") else FIELD_ITEMS.get(f"{kind}.{name}", FIELD_ITEMS.get(name, "")),
        )
        for name, wanted in told.body.items()
        if wanted.lstrip("?").rstrip("*") == "item"
    )
    for kind, told in KINDS.items()
}
_SPEAKS = {kind: any(backward for _, backward, _ in fields) for kind, fields in _ITEM_FIELDS.items()}
