"""What folds and checks may see of the vault while acts are being written: rows of the database, and items that are on their way there."""

from __future__ import annotations

from collections.abc import Iterable

from merestone.register.configure import rows
from merestone.register.terms import Item


class Shelf:
    """`lay` puts items on their way; `clear` says that they have arrived, and whether rows were taken out so that nothing is sure."""

    def __init__(self, alias: str) -> None:
        self._alias = alias
        self._coming: dict[str, Item] = {}
        self._known: set[str] = set()

    def lay(self, items: Iterable[Item]) -> None:
        for item in items:
            self._coming[item.commitment] = item

    def clear(self, forget: bool) -> None:
        self._known.update(self._coming)
        self._coming.clear()
        if forget:
            self._known.clear()

    def held(self, commitment: str) -> tuple[str, bytes] | None:
        """Kind and bytes of an open item; None for a sealed or erased one, and one that nobody knows."""
        coming = self._coming.get(commitment)
        if coming is not None:
            return None if coming.sealed is not None else (coming.kind, coming.data)
        found = rows(self._alias, "SELECT kind, data, wrapped FROM vault_item WHERE commitment = %s", (commitment,))
        return (found[0][0], bytes(found[0][1])) if found and not bytes(found[0][2]) else None

    def knows(self, commitment: str) -> bool:
        """Whether the item is kept, open or sealed, or on its way."""
        if commitment in self._coming or commitment in self._known:
            return True
        if not self.knows_before(commitment):
            return False
        self._known.add(commitment)
        return True

    def knows_before(self, commitment: str) -> bool:
        """Whether the database keeps it."""
        return bool(rows(self._alias, "SELECT 1 FROM vault_item WHERE commitment = %s", (commitment,)))
