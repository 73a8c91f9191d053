"""Values of ours as canonical JSON, and back: what the vault keeps of a text, a linking run, an edition.

The type hints of the frozen dataclasses are the format. What was written comes back equal; what does not fit its type is no value
of ours, and the record is broken there. A field added later has a default, so that bytes written before still come back.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from merestone.ledger.canonical import canonical, parsed
from merestone.ledger.terms import BrokenRecord, Refusal

T = TypeVar("T")

TAG = "is"  # the name of the class, where a hint allows several: no field can be called by a word of the language

_Out = Callable[[Any], Any]
_In = Callable[[Any, str], Any]  # the value, and where it stands


def freeze(value: Any) -> bytes:
    """The canonical bytes of an instance of a frozen dataclass. Refuses `not_canonical`: half a character pair, a number too large."""
    kind: Any = type(value)
    return canonical(_writer(kind)(value))


def thaw(cls: type[T], data: bytes) -> T:
    """The value whose frozen bytes these are. Raises `BrokenRecord` for bytes that no `freeze` of this class wrote."""
    try:
        plain = parsed(data)
    except Refusal as refusal:
        raise BrokenRecord(cls.__name__, "canonical JSON", str(refusal)) from refusal
    kind: Any = cls
    made: T = _reader(kind)(plain, cls.__name__)
    return made


# --- out ----------------------------------------------------------------------------------------------------------


@functools.cache
def _writer(hint: Any) -> _Out:
    if hint in (str, int, float, bool, None, types.NoneType):
        return _as_it_is
    if hint in (datetime, date):
        return lambda value: value.isoformat()
    if hint is Refusal:
        return lambda value: {"code": value.code, "facts": _plain(value.facts)}
    if hint in (Any, object):
        return _plain
    if is_dataclass(hint):
        return _fields_out(hint)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _tuple_out(inner)
    if origin in (Mapping, dict):
        within = _writer(inner[1])
        return lambda value: {key: within(each) for key, each in value.items()}
    return _union_out(_members(hint))


def _as_it_is(value: Any) -> Any:
    return value


def _plain(value: Any) -> Any:
    """What has no type of its own: plain data, with lists for tuples. Equal when it comes back, but for tuples."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def _fields_out(cls: Any) -> _Out:
    hints: dict[str, Any] = get_type_hints(cls)
    parts = [(each.name, _writer(hints[each.name])) for each in fields(cls)]
    return lambda value: {name: out(getattr(value, name)) for name, out in parts}


def _tuple_out(inner: tuple[Any, ...]) -> _Out:
    if inner[-1] is Ellipsis:
        each_out = _writer(inner[0])
        return lambda value: [each_out(each) for each in value]
    outs = [_writer(each) for each in inner]
    return lambda value: [out(each) for out, each in zip(outs, value, strict=True)]


def _union_out(members: tuple[Any, ...]) -> _Out:
    several = sum(1 for each in members if is_dataclass(each)) > 1
    outs = {each: _writer(each) for each in members}

    def out(value: Any) -> Any:
        if value is None:
            return None
        kind = type(value)
        written = outs[kind](value) if kind in outs else outs[members[0]](value)
        return {TAG: kind.__name__, **written} if several and kind in outs and is_dataclass(kind) else written

    return out


# --- in -----------------------------------------------------------------------------------------------------------


@functools.cache
def _reader(hint: Any) -> _In:
    if hint in (Any, object):
        return _as_given
    if hint in (None, types.NoneType):
        return functools.partial(_exactly, types.NoneType)
    if hint in (str, int, bool):
        return functools.partial(_exactly, hint)
    if hint is float:
        return _number
    if hint in (datetime, date):
        return functools.partial(_day, hint)
    if hint is Refusal:
        return _refusal
    if is_dataclass(hint):
        return _fields_in(hint)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _tuple_in(inner)
    if origin in (Mapping, dict):
        return _mapping_in(_reader(inner[1]))
    return _union_in(_members(hint))


def _as_given(value: Any, _at: str) -> Any:
    return value


def _wrong(at: str, expected: str, value: Any) -> BrokenRecord:
    return BrokenRecord(at, expected, type(value).__name__)


def _exactly(kind: type, value: Any, at: str) -> Any:
    if type(value) is not kind:
        raise _wrong(at, kind.__name__, value)
    return value


def _number(value: Any, at: str) -> float:
    """Canonical JSON writes 3.0 as 3: the hint says what it was."""
    if type(value) not in (int, float):
        raise _wrong(at, "a number", value)
    return float(value)


def _day(kind: type[date], value: Any, at: str) -> date:
    try:
        return kind.fromisoformat(_exactly(str, value, at))
    except ValueError as error:
        raise BrokenRecord(at, f"an ISO {kind.__name__}", "other words") from error


def _refusal(value: Any, at: str) -> Refusal:
    if type(value) is not dict or value.keys() != {"code", "facts"} or type(value["facts"]) is not dict:
        raise _wrong(at, "a refusal's code and facts", value)
    return Refusal(_exactly(str, value["code"], at), **value["facts"])


def _fields_in(cls: Any) -> _In:
    hints: dict[str, Any] = get_type_hints(cls)
    parts = {each.name: _reader(hints[each.name]) for each in fields(cls)}
    needed = {each.name for each in fields(cls) if each.default is MISSING and each.default_factory is MISSING}

    def read(value: Any, at: str) -> Any:
        if type(value) is not dict:
            raise _wrong(at, cls.__name__, value)
        if not needed <= value.keys() <= parts.keys():
            raise BrokenRecord(at, f"the fields of {cls.__name__}", ", ".join(sorted(needed ^ value.keys()))[:200])
        return cls(**{name: parts[name](each, f"{at}.{name}") for name, each in value.items()})

    return read


def _tuple_in(inner: tuple[Any, ...]) -> _In:
    endless = inner[-1] is Ellipsis
    readers = [_reader(each) for each in inner if each is not Ellipsis]

    def read(value: Any, at: str) -> Any:
        if type(value) is not list or not (endless or len(value) == len(readers)):
            raise _wrong(at, "a list" if endless else f"a list of {len(readers)}", value)
        return tuple((readers[0] if endless else readers[n])(each, f"{at}[{n}]") for n, each in enumerate(value))

    return read


def _mapping_in(within: _In) -> _In:
    def read(value: Any, at: str) -> Any:
        return {key: within(each, f"{at}.{key}") for key, each in _exactly(dict, value, at).items()}

    return read


def _union_in(members: tuple[Any, ...]) -> _In:
    named: dict[str, Any] = {_name(each): each for each in members if is_dataclass(each)}
    optional = types.NoneType in members
    plain: dict[Any, _In] = {each: _reader(each) for each in members if each is not types.NoneType}

    def read(value: Any, at: str) -> Any:
        if value is None and optional:
            return None
        if len(named) > 1 and type(value) is dict:
            kind = named.get(value.get(TAG, ""))
            if kind is None:
                raise BrokenRecord(at, "one of " + ", ".join(named), str(value.get(TAG))[:80])
            return _reader(kind)({key: each for key, each in value.items() if key != TAG}, at)
        if len(plain) == 1:
            return next(iter(plain.values()))(value, at)
        if type(value) is dict and named:
            return _reader(next(iter(named.values())))(value, at)
        if type(value) not in plain:
            raise _wrong(at, " or ".join(_name(each) for each in plain), value)
        return plain[type(value)](value, at)

    return read


def _members(hint: Any) -> tuple[Any, ...]:
    """What a union allows. Any other hint has no form here: an error of ours, which a test finds and no record can meet."""
    if get_origin(hint) not in (Union, types.UnionType):
        raise TypeError(f"no frozen form for {hint}")
    return get_args(hint)


def _name(hint: Any) -> str:
    return str(getattr(hint, "__name__", hint))
