"""Dates as they stand in metadata, manifests and options, made into ISO dates or datetimes.

Nothing is guessed: a date without an offset keeps none, and what cannot be read is not a date.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_PDF = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z)|([+-])(\d{2})'?(\d{2})?'?)?'?\Z")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+(\d{1,2}):(\d{2}))?\Z")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?\Z", re.IGNORECASE)


def iso(value: str) -> str | None:
    """`value` as an ISO date or datetime; None when it is neither ISO, nor a mail date, nor `DD.MM.YYYY`.

    Seconds of nought and fractions of a second are not kept; an offset is kept as it was given.
    """
    value = value.strip()
    if _ISO.match(value):
        return _checked(value.replace(",", ".").upper())
    dotted = _DOTTED.match(value)
    if dotted:
        day, month, year, hour, minute = dotted.groups()
        clock = f"T{int(hour):02d}:{minute}" if hour else ""
        return _checked(f"{year}-{int(month):02d}-{int(day):02d}{clock}")
    return _mail(value)


def from_pdf(value: str) -> str | None:
    """A PDF date (`D:20210728034000+04'00'`): as much of it as is there, down to the day."""
    found = _PDF.match(value.strip())
    if found is None or not found.group(3):
        return iso(value)
    year, month, day, hour, minute, second, zulu, sign, off_hours, off_minutes = found.groups()
    text = f"{year}-{month}-{day}"
    if hour and minute:
        text += f"T{hour}:{minute}" + (f":{second}" if second else "")
        if zulu:
            text += "+00:00"
        elif sign:
            text += f"{sign}{off_hours}:{off_minutes or '00'}"
    return _checked(text)


def _checked(value: str) -> str | None:
    head, tail = value[:10], value[11:].strip().replace(" ", "")
    try:
        if not tail:
            date.fromisoformat(head)
            return head
        moment = datetime.fromisoformat(f"{head}T{tail}")
    except ValueError:
        return None
    return _written(moment)


def _mail(value: str) -> str | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _written(moment)


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")
