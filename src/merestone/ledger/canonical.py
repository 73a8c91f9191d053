"""One value, one row of bytes: JSON as RFC 8785 writes it.

Whoever has the value can write the same bytes again, so a hash over them is a hash over the value. Nothing is mended here:
what has no canonical form, or is not in it, is refused.
"""

from __future__ import annotations

import json
import math
from typing import Any

from merestone.ledger.terms import Refusal

DEPTH = 64  # nests deeper than this are nobody's act and somebody's attack
LARGEST = 2**53 - 1  # beyond it readers that keep numbers as doubles disagree about the value

_WRITE = json.JSONEncoder(ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Any) -> bytes:
    """The bytes of dict, list, tuple, str, int, float, bool and None, however nested. Else `Refusal` `not_canonical`."""
    try:
        if _ordinary(value, DEPTH):
            return _WRITE(value).encode()
        return "".join(_written(value, DEPTH)).encode()
    except UnicodeEncodeError:
        raise Refusal("not_canonical", found="half of a character pair (a lone surrogate)") from None


def parsed(data: bytes) -> Any:
    """The value of canonical bytes. Bytes that `canonical` would not have written are refused: doubles of a key, spaces,
    other forms of a number or of a letter, and whatever is no JSON at all."""
    try:
        value = _READ(data.decode())
    except UnicodeDecodeError:
        raise Refusal("not_canonical", found="bytes that are not UTF-8") from None
    except RecursionError:
        raise Refusal("not_canonical", found=f"more than {DEPTH} levels of nesting") from None
    except ValueError:
        raise Refusal("not_canonical", found="no JSON") from None
    if canonical(value) != data:
        raise Refusal("not_canonical", found="JSON that is written in another form")
    return value


def _whole(digits: str) -> int | float:
    """A double writes 2**60 in digits too. `float` also keeps us from reading an integer of a million digits."""
    return int(digits) if len(digits) <= 17 and abs(int(digits)) <= LARGEST else float(digits)


def _no_number(name: str) -> Any:
    raise Refusal("not_canonical", found=f"{name}, which is no number")


_READ = json.JSONDecoder(parse_int=_whole, parse_constant=_no_number).decode


def _ordinary(value: Any, left: int) -> bool:
    """Whether the standard encoder writes exactly RFC 8785 here: no float, keys in ASCII, integers that all can read."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return -LARGEST <= value <= LARGEST  # type: ignore[no-any-return]
    if not left:
        return False
    if kind is dict:
        for key, inner in value.items():
            if type(key) is not str or not key.isascii():
                return False
            if type(inner) is not str and not _ordinary(inner, left - 1):
                return False
        return True
    return (kind is list or kind is tuple) and all(type(inner) is str or _ordinary(inner, left - 1) for inner in value)


def _written(value: Any, left: int) -> list[str]:
    """The slow way, which covers every value and says what is wrong with it."""
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return [_WRITE(value)]
    if kind is int:
        if not -LARGEST <= value <= LARGEST:
            raise Refusal("not_canonical", found="an integer beyond 2^53 - 1")
        return [str(value)]
    if kind is float:
        return [number(value)]
    if kind not in (dict, list, tuple):
        raise Refusal("not_canonical", found=f"a value of type {kind.__name__}")
    if not left:
        raise Refusal("not_canonical", found=f"more than {DEPTH} levels of nesting")
    parts: list[str] = []
    if kind is not dict:
        for inner in value:
            parts += [",", *_written(inner, left - 1)]
        return ["[", *parts[1:], "]"]
    if any(type(key) is not str for key in value):
        raise Refusal("not_canonical", found="a key that is not text")
    for key in sorted(value, key=lambda each: each.encode("utf-16-be")):
        parts += [",", _WRITE(key), ":", *_written(value[key], left - 1)]
    return ["{", *parts[1:], "}"]


def number(value: float) -> str:
    """A double as ECMAScript writes it: the shortest digits that lead back to it, in the layout of `Number::toString`."""
    if not math.isfinite(value):
        raise Refusal("not_canonical", found="a number without end, or no number")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, part = mantissa.partition(".")
    point = len(whole) + int(exponent or "0")
    leading = len(whole + part) - len((whole + part).lstrip("0"))
    digits, point = (whole + part).strip("0"), point - leading
    count = len(digits)
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if count > 1 else ""
    return f"{sign}{digits[0]}{tail}e{point - 1:+d}"
