"""Numbers of things. Drawn by chance where a gap would tell of something hidden, running where people count; never given twice.

Ask for them inside the writing block that uses them: before it, another process may be given the same.
"""

from __future__ import annotations

from merestone.register.configure import rows
from merestone.register.terms import Ground, Mission

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U, which are read as others
_TABLE = {"EXH": "exhibit", "OBS": "observation", "PTL": "patrol", "ACC": "account", "INC": "incident", "EDN": "edition"}


def random_id(ground: Ground, prefix: str) -> str:
    """Eight letters by chance, "EXH-7K3F-Q2MW"."""
    drawn = int.from_bytes(ground.chance(5), "big")
    text = "".join(LETTERS[drawn >> shift & 31] for shift in range(35, -5, -5))
    return f"{prefix}-{text[:4]}-{text[4:]}"


def drawn(mission: Mission, prefix: str) -> str:
    """As `random_id`, and not one that is in the tables. Of two acts of one batch that draw the same the second is refused by its
    primary key, and the batch with it: 40 bits make that a curiosity."""
    while True:
        found = random_id(mission.ground, prefix)
        if not rows(mission.alias, f"SELECT 1 FROM {_TABLE[prefix]} WHERE id = %s", (found,)):  # noqa: S608 - names of ours
            return found


def following(mission: Mission, prefix: str, count: int = 1) -> tuple[str, ...]:
    """The next numbers: ACC-001, or of the clock's year INC-2031-0142. The caller has flushed the desk."""
    stem = prefix if prefix == "ACC" else f"{prefix}-{mission.ground.clock().year:04d}"
    width = 3 if prefix == "ACC" else 4
    sql = f"SELECT id FROM {_TABLE[prefix]} WHERE id LIKE %s ORDER BY LENGTH(id) DESC, id DESC LIMIT 1"  # noqa: S608 - names of ours
    last = rows(mission.alias, sql, (f"{stem}-%",))
    first = int(last[0][0].rpartition("-")[2]) + 1 if last else 1
    return tuple(f"{stem}-{number:0{width}d}" for number in range(first, first + count))
