"""Reads a form that somebody filled in, and names the field that is wrong.

`unknown` is a value that every field but those marked as needed may have, and a field that was left out has it; a field that no form
has is refused, since a slip in a name would lose what was perceived.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from merestone.ledger.terms import Refusal

UNKNOWN = "unknown"
LONGEST = 4_000  # characters of a field of words
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Form:
    """One mapping of a form, at `at` ("position.place")."""

    values: Mapping[Any, Any]
    at: str = ""

    @classmethod
    def of(cls, value: object, at: str, fields: Iterable[str]) -> Form:
        """Refuses `form_wrong` for what is no mapping, and for a field that is not among `fields`."""
        if not isinstance(value, Mapping):
            raise wrong(at or "the form", "names and values", value)
        known = tuple(fields)
        for key in value:
            if key not in known:
                raise wrong(f"{at}.{key}" if at else str(key), "no field of this name, but one of " + ", ".join(known), value[key])
        return cls(value, at)

    def wrong(self, key: str, expected: str) -> Refusal:
        return wrong(self._place(key), expected, self.values.get(key))

    def given(self, key: str) -> bool:
        """Whether the field says more than that it is unknown."""
        return self.values.get(key) not in (None, UNKNOWN)

    def needed(self, key: str, expected: str) -> None:
        if not self.given(key):
            raise self.wrong(key, f"{expected}: it is needed")

    def words(self, key: str) -> str:
        """Free words, "" where there are none."""
        value = self.values.get(key)
        if value is None:
            return ""
        if isinstance(value, str) and len(value) <= LONGEST:
            return value.strip()
        raise self.wrong(key, f"words, at most {LONGEST} characters")

    def one_of(self, key: str, allowed: Collection[str]) -> str:
        if not self.given(key):
            return UNKNOWN
        value = self.values[key]
        if isinstance(value, str) and value in allowed:
            return value
        raise self.wrong(key, f"{UNKNOWN}, or one of " + ", ".join(allowed))

    def some_of(self, key: str, allowed: Collection[str], what: str = "") -> list[str]:
        value = self.values.get(key, [])
        if isinstance(value, (list, tuple)) and all(isinstance(each, str) and each in allowed for each in value):
            return list(dict.fromkeys(value))
        raise self.wrong(key, what or "a list of some of " + ", ".join(allowed))

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if isinstance(value, bool):
            return value
        raise self.wrong(key, "true or false")

    def whole(self, key: str, least: int) -> int | str:
        if not self.given(key):
            return UNKNOWN
        value = self.values[key]
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= 1_000_000:
            return value
        raise self.wrong(key, f"{UNKNOWN}, or a whole number from {least}")

    def count(self, key: str) -> dict[str, int] | str:
        """A number from 1, or {"about": number}, or {"min", "max"}. Nothing perceived is no observation but a nil report of a patrol."""
        if not self.given(key):
            return UNKNOWN
        value = self.values[key]
        if isinstance(value, Mapping):
            if set(value) == {"about"}:
                return {"about": _at_least_one(Form.of(value, self._place(key), ("about",)), "about")}
            inner = Form.of(value, self._place(key), ("min", "max"))
            low, high = _at_least_one(inner, "min"), _at_least_one(inner, "max")
            if low > high:
                raise inner.wrong("min", f"at most max ({high})")
            return {"min": low, "max": high}
        number = _at_least_one(self, key)
        return {"min": number, "max": number}

    def spread(self, key: str, low: float, high: float, ordered: bool = True) -> list[float] | str:
        """A number or [from, to], as [from, to]."""
        if not self.given(key):
            return UNKNOWN
        value = self.values[key]
        pair = [value, value] if _is_number(value) else list(value) if isinstance(value, (list, tuple)) else []
        if len(pair) != 2 or not all(_is_number(each) and low <= each <= high for each in pair) or (ordered and pair[0] > pair[1]):
            raise self.wrong(key, f"{UNKNOWN}, a number from {low:g} to {high:g}, or [from, to]")
        return [float(each) for each in pair]

    def hour(self, key: str) -> str:
        """An hour with its offset, "2031-05-17T02:40+04:00"."""
        if not self.given(key):
            return UNKNOWN
        value = self.values[key]
        try:
            stamp = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            stamp = None
        if stamp is None or stamp.tzinfo is None:
            raise self.wrong(key, "an hour with its offset, such as 2031-05-17T02:40+04:00")
        return str(value)

    def part(self, key: str, fields: Iterable[str]) -> Form:
        """A form inside; one that was left out is empty."""
        value = self.values.get(key)
        return Form.of({} if value is None or value == UNKNOWN else value, self._place(key), fields)

    def parts(self, key: str, fields: Iterable[str]) -> list[Form]:
        value = self.values.get(key, [])
        if not isinstance(value, (list, tuple)):
            raise self.wrong(key, "a list")
        known = tuple(fields)
        return [Form.of(each, f"{self._place(key)}[{number}]", known) for number, each in enumerate(value)]

    def _place(self, key: str) -> str:
        return f"{self.at}.{key}" if self.at else key


def wrong(field: str, expected: str, found: object) -> Refusal:
    """The refusal for a field. What was found is repeated only when it is short."""
    shown = "nothing" if found is None else repr(found) if len(repr(found)) <= _SHOWN else f"{type(found).__name__} of another form"
    return Refusal("form_wrong", field=field[:200], expected=expected, found=shown)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _at_least_one(form: Form, key: str) -> int:
    value = form.whole(key, 1)
    if isinstance(value, str):
        raise form.wrong(key, "a whole number from 1")
    return value
