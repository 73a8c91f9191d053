"""Reads the fields of a record that somebody else wrote, and names the place of whatever is wrong with it.

Nothing is guessed into existence: a field is there and of the right kind, or absent where it may be, or `malformed_reading`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from merestone.ledger.terms import Refusal

SHOWN = 40  # characters of a wrong value that a refusal repeats


@dataclass(frozen=True, slots=True)
class Fields:
    """One mapping of the document `document`, at `at` ("claims[2].target")."""

    values: Mapping[object, object]
    document: str
    at: str

    @classmethod
    def of(cls, value: object, document: str, at: str) -> Fields:
        if not isinstance(value, Mapping):
            raise Refusal("malformed_reading", document=document, at=at, expected="an object", found=_shown(value))
        return cls(value, document, at)

    def wrong(self, key: str, expected: str, found: object | None = None) -> Refusal:
        """The refusal for a field; the value is repeated only when it is short, never a passage of an exhibit."""
        told = _shown(self.values.get(key)) if found is None else str(found)
        return Refusal("malformed_reading", document=self.document, at=self._place(key), expected=expected, found=told)

    def has(self, key: str) -> bool:
        return self.values.get(key) is not None

    def text(self, key: str, absent: str | None = None) -> str:
        value = self.values.get(key)
        if value is None and absent is not None:
            return absent
        if isinstance(value, str):
            return value
        raise self.wrong(key, "words")

    def one_of(self, key: str, allowed: Iterable[str], absent: str | None = None) -> str:
        value = self.text(key, absent)
        if value not in set(allowed):
            raise self.wrong(key, "one of " + ", ".join(allowed))
        return value

    def count(self, key: str) -> int | None:
        """A whole number from 0, or None where the record has none."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise self.wrong(key, "a whole number from 0, or null")

    def number(self, key: str, low: float = float("-inf"), high: float = float("inf")) -> float | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        raise self.wrong(key, f"a number from {low:g} to {high:g}, or null")

    def flag(self, key: str, absent: bool) -> bool:
        value = self.values.get(key)
        if value is None:
            return absent
        if isinstance(value, bool):
            return value
        raise self.wrong(key, "true or false")

    def day(self, key: str, end: bool = False) -> str:
        """A date or a date and time as ISO text. A bare year or month becomes its first day (with `end`, its last)."""
        value = self.values.get(key)
        if value is None:
            return ""
        if isinstance(value, datetime):
            return value.isoformat(timespec="minutes")
        if isinstance(value, date):
            return value.isoformat()
        told = str(value).strip().replace(" ", "T", 1)
        if not told:
            return ""
        try:
            if len(told) == 4:
                return date(int(told), 12 if end else 1, 31 if end else 1).isoformat()
            if len(told) == 7:
                first = date.fromisoformat(told + "-01")
                return _month_end(first).isoformat() if end else first.isoformat()
            datetime.fromisoformat(told)
        except ValueError as error:
            raise self.wrong(key, "an ISO date, or date and time") from error
        return told

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words; absent is empty, and a single word stands for a list of one."""
        value = self.values.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if isinstance(value, (list, tuple)) and all(isinstance(entry, str) for entry in value):
            return tuple(value)
        raise self.wrong(key, "a list of words")

    def many(self, key: str) -> tuple[Fields, ...]:
        """A list of objects; absent is empty."""
        return tuple(Fields.of(entry, self.document, f"{self._place(key)}[{number}]") for number, entry in enumerate(self.listed(key)))

    def listed(self, key: str) -> tuple[object, ...]:
        value = self.values.get(key)
        if value is None:
            return ()
        if isinstance(value, (list, tuple)):
            return tuple(value)
        raise self.wrong(key, "a list")

    def part(self, key: str) -> Fields:
        """An object inside; absent is an empty one."""
        value = self.values.get(key)
        return Fields.of({} if value is None else value, self.document, self._place(key))

    def pair(self, key: str, value: object) -> tuple[int, int]:
        """`value` as a half-open span; `key` names the field it comes from."""
        if isinstance(value, (list, tuple)) and len(value) == 2:
            start, end = value
            if isinstance(start, int) and isinstance(end, int) and 0 <= start <= end:
                return start, end
        raise self.wrong(key, "[start, end] with 0 <= start <= end")

    def span(self) -> tuple[int, int]:
        """The fields `start` and `end`; both absent is an empty span at 0: no words are named."""
        start, end = self.count("start"), self.count("end")
        return (0, 0) if start is None and end is None else self.pair("start", (start, end))

    def quoted(self, text: str | None) -> tuple[int, int, str]:
        """The field `quote` and where it stands: at `start` when given, else where `text` first has these words."""
        quote, start = self.text("quote"), self.count("start")
        if not quote:
            raise self.wrong("quote", "words of the text", "no words")
        if start is None:
            if text is None:
                raise self.wrong("start", "a start, or the document's text", "neither")
            start = text.find(quote)
        if start < 0 or (text is not None and text[start : start + len(quote)] != quote):
            raise self.wrong("quote", "words that stand in the text", f"{len(quote)} characters that do not stand there")
        return start, start + len(quote), quote

    def _place(self, key: str) -> str:
        return f"{self.at}.{key}" if self.at else key


def _month_end(first: date) -> date:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return repr(value) if len(value) <= SHOWN else f"{len(value)} characters"
    if isinstance(value, (bool, int, float)):
        return str(value)
    return "a list" if isinstance(value, (list, tuple)) else "an object" if isinstance(value, Mapping) else type(value).__name__
