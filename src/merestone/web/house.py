"""What the pages are about: one mission, opened so that nothing can be altered, and its edition at the present head.

The edition is the one for `internal`, as `report.redact` gives it: no page has another way to what the mission holds, except to the
bytes of exhibits that stand in that edition, and to words of people about them. What a captive is called is taken out of those as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from merestone.assess.series import DAYS
from merestone.capture.terms import Pack
from merestone.ledger.terms import BrokenRecord, Refusal, Verified
from merestone.register import packs, queries
from merestone.register.audit import verify
from merestone.register.edition import Asking, edition_of
from merestone.register.known import as_known, captives_since, hour_asked, size_at
from merestone.report.balance import audited, told
from merestone.report.masking import BLOCK, Sweep, sweeping
from merestone.report.page import Anchors, Cards
from merestone.report.redact import redact
from merestone.report.speakers import captives_named
from merestone.report.terms import INTERNAL, Document, Edition, Incident
from merestone.report.withhold import parts_of
from merestone.report.written import as_data
from merestone.web.hrefs import claim_href, exhibit_href, staying
from merestone.web.tries import Tries

if TYPE_CHECKING:
    from django.http import HttpRequest

    from merestone.register.terms import Mission

KNOWN = "known"  # in an address: as known on that hour
KEPT = 4  # hours that are over, whose editions are held
KEY = "merestone.house"  # under which the server hands the house to each request


@dataclass(frozen=True)
class Sight:
    """The edition after `size` entries, and what is looked up in it again and again. Computed once a head, read by all. `known` is the
    hour for which it speaks, None for the present; `then` what keeps an address in that hour."""

    size: int
    edition: Edition
    unsaid: frozenset[str] = frozenset()  # what captives are called, and the parts of it: never shown, only looked for
    known: datetime | None = None
    then: str = ""

    @cached_property
    def hushed(self) -> Sweep:
        """Words that stand in no edition (reasons, what a monitor noted), as the edition would have them."""
        return sweeping(self.unsaid, BLOCK)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The edition as its file would hold it."""
        return as_data(self.edition)

    def balance(self, days: int = DAYS) -> dict[str, Any]:
        """The balance audit in words, as the report has it."""
        return told(self.data, audited(self.data, days))

    @cached_property
    def anchors(self) -> Anchors:
        """Addresses of pages where the report has places on its own page."""
        documents = {document.id: staying(exhibit_href(document.id), self.then) for document in self.edition.documents}
        claims = {card.ref: staying(claim_href(card.ref), self.then) for card in self.edition.claims}
        return Anchors(claims, documents, {ref: n for n, ref in enumerate(claims, 1)})

    @cached_property
    def cards(self) -> Cards:
        return Cards(self.edition, self.anchors)

    @cached_property
    def incidents(self) -> Mapping[str, Incident]:
        return {incident.group.id: incident for incident in self.edition.incidents}

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        return {document.id: document for document in self.edition.documents}

    @cached_property
    def basis(self) -> Mapping[str, int]:
        """Id of an exhibit, claim or incident -> position of the entry on which what is shown of it rests."""
        return dict(self.edition.basis)


class House:
    """One mission while it is served. `broken` is what was found wrong with its record: then it is still read, and every page says so."""

    def __init__(self, mission: Mission, title: str, broken: BrokenRecord | None = None) -> None:
        self.mission, self.title, self.broken = mission, title, broken
        self.verified_at: tuple[int, datetime] | None = None  # entries, and when: of the last whole verification since the desk was opened
        self.tries = Tries()
        self._lock = Lock()
        self._verifying = Lock()
        self._seen: Sight | None = None
        self._then: dict[tuple[int, int], Sight] = {}  # by the size then and now: what is closed later is closed then too
        self._outdated = -1  # the size at which there was no edition to be made: finding that out takes as long as making one
        self._pack: Pack | None = None

    def sight(self) -> Sight:
        """The present one. Raises `Refusal` `linking_outdated` while `propose` has to run first."""
        size, _ = queries.head(self.mission)
        with self._lock:  # one at a time: ten readers after an act would make ten editions
            if self._outdated == size:
                raise Refusal("linking_outdated")
            if self._seen is None or self._seen.size != size:
                self._seen = self._made(size)
            return self._seen

    def then(self, asked: str) -> Sight:
        """The one of an hour that is over. Refuses what `known.hour_asked` and `known.size_at` refuse."""
        at = hour_asked(asked, self.pack().timezones)
        now, _ = queries.head(self.mission)
        with self._lock:
            of = size_at(self.mission, at), now
            if of not in self._then:
                with as_known(self.mission, at) as past:
                    found = _sight(past, of[0])
                self._then = {**dict(list(self._then.items())[1 - KEPT :]), of: found}
            return replace(self._then[of], known=at, then=f"?{urlencode({KNOWN: asked})}")

    def _made(self, size: int) -> Sight:
        try:
            return _sight(self.mission, size)
        except Refusal as refusal:
            if refusal.code == "linking_outdated":
                self._outdated = size
            raise

    def sight_or_reason(self) -> Sight | Refusal:
        """For pages that have something to show without an edition as well."""
        try:
            return self.sight()
        except Refusal as refusal:
            if refusal.code != "linking_outdated":
                raise
            return refusal

    def pack(self) -> Pack:
        """The mission's pack, opened again only when the record names another: it takes longer than a page may."""
        digest = queries.mission_row(self.mission).pack_digest
        with self._lock:
            if self._pack is None or self._pack.digest != digest:
                self._pack = packs.of(self.mission)
            return self._pack

    def verified(self) -> Verified | None:
        """The whole record verified, step by step; None while somebody else has it done: two at once would take twice as long and say
        the same. Raises `BrokenRecord`."""
        if not self._verifying.acquire(blocking=False):
            return None
        try:
            found = verify(self.mission)
        except BrokenRecord as broken:
            self.broken = broken  # no opening reads every bit: from now on every page says it
            raise
        else:
            self.broken = None
            self.verified_at = queries.head(self.mission)[0], self.mission.ground.clock()
            return found
        finally:
            self._verifying.release()


def _sight(mission: Mission, size: int) -> Sight:
    whole = edition_of(mission, Asking())
    since = captives_since(mission)
    names = captives_named(whole) | since
    return Sight(size, redact(whole, INTERNAL, since), names | parts_of(whole, names))


def sight_asked(request: HttpRequest) -> Sight:
    """The present edition, or the one as known on the hour that stands in the address."""
    asked, house = request.GET.get(KNOWN, ""), house_of(request)
    return house.then(asked) if asked else house.sight()


def house_of(request: HttpRequest) -> House:
    house: House = request.META[KEY]
    return house
