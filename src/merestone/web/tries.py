"""Wrong passwords at the door, counted in memory: guessing has to take longer than a password is worth."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

TRIES, WAIT = 5, timedelta(minutes=1)


class Tries:
    """Wrong passwords, counted by the name that was given: after five of them the name has to wait a minute."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._failed: dict[str, tuple[int, datetime]] = {}

    def waits(self, name: str, now: datetime) -> bool:
        count, last = self._failed.get(name, (0, now))
        return count >= TRIES and now - last < WAIT

    def failed(self, name: str, now: datetime) -> None:
        with self._lock:
            self._failed = {each: told for each, told in self._failed.items() if now - told[1] < WAIT}
            self._failed[name] = (self._failed.get(name, (0, now))[0] + 1, now)

    def passed(self, name: str) -> None:
        with self._lock:
            self._failed.pop(name, None)
