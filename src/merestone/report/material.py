"""From an edition's data, as `edition.json` holds them, to what a balance is counted from.

From the file's own names and not from the edition, so that a stranger who holds the file alone counts the same. The law it keeps: what is
of both parties, or not known, is added to no side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from merestone.assess.material import NONE, OTHER, Area, Happening, Material, Sides, Source, Text, Told, Verdict
from merestone.ledger.terms import Refusal

Json = Mapping[str, Any]
RECORDED = "recorded"


def material_of(data: Json) -> Material:
    """Refuses `malformed_edition` for what is no edition's data."""
    try:
        return _Counted(data).material()
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Refusal("malformed_edition", what=f"{type(error).__name__}: {error}") from error


class _Counted:
    def __init__(self, data: Json) -> None:
        self._data, self._reach = data, data.get("reach") or {}
        self._parties: Sides = tuple(sorted(each["code"] for each in data["parties"]))
        names = self._reach.get("names") or ()
        self._affiliation = {each["name"]: each["affiliation"] for each in names}
        self._source = {each["name"]: each["source"] for each in names}
        self._claims = {each["ref"]: each for each in data["claims"]}
        self._documents = {each["id"]: each for each in data["documents"]}
        self._each = Counter(each["document"] for each in data["claims"])
        self._hours = {each["incident"]: each for each in self._reach.get("hours") or ()}

    def material(self) -> Material:
        areas, decided, went = (self._reach.get(name) for name in ("areas", "decided", "went"))
        return Material(
            parties=self._parties,
            sources=tuple(self._sources()),
            texts=tuple(self._text(each) for each in self._data["documents"]),
            claims=tuple(self._told(each) for each in self._data["claims"]),
            incidents=tuple(self._happening(each) for each in self._data["incidents"]),
            verdicts=None if decided is None else tuple(self._verdict(each) for each in decided),
            areas=None if areas is None else tuple(_area(each) for each in areas),
            looked=None if went is None else tuple((each["what"], each["day"]) for each in went),
        )

    def _side(self, code: str) -> str:
        return code if code in self._parties else NONE if code == NONE else OTHER

    def _publisher(self, document: Json) -> str:
        return self._side(self._affiliation.get(document["publisher"]["value"] or "", "unknown"))

    def _speaker(self, claim: Json) -> str:
        """The innermost speaker's side; the publisher's where it speaks itself."""
        said_by = claim["speakers"]
        return self._side(said_by[-1]["affiliation"]) if said_by else self._publisher(self._documents[claim["document"]])

    def _sources(self) -> Iterator[Source]:
        """Sources of the pack, each once however many of its names are heard; then who is heard beside them."""
        heard = {document["publisher"]["value"] for document in self._data["documents"]} - {None}
        heard = {(name, self._affiliation.get(name, "unknown")) for name in heard}
        heard |= {(s["name"], s["affiliation"]) for claim in self._data["claims"] for s in claim["speakers"] if s["received"]}
        ours = {(self._source[name], self._affiliation[name]) for name, _ in heard if self._source.get(name)}
        for code, number in sorted((self._reach.get("sources") or {}).items()):
            known = sum(1 for _, affiliation in ours if affiliation == code)
            yield from (Source(self._side(code), named=True, heard=n < known) for n in range(max(number, known)))
        others = {(name.casefold(), self._side(affiliation)) for name, affiliation in heard if not self._source.get(name)}
        yield from (Source(side, named=False, heard=True) for _, side in sorted(others))

    def _text(self, document: Json) -> Text:
        language, published = document["language"]["value"], document["published"]["value"]
        return Text(self._publisher(document), language or "", published or "", self._each[document["id"]])

    def _told(self, claim: Json) -> Told:
        return Told(
            text=claim["document"],
            side=self._speaker(claim),
            stance=claim["stance"],
            blamed=(self._side(claim["initiator"]),),
            hit=self._hit(claim),
            copy=claim["copy_of"] is not None,
            recorded=claim["state"] == RECORDED,
            quoted=bool(claim["quote"]),
        )

    def _hit(self, claim: Json) -> Sides:
        """Whom a claim says to have been hit or harmed; what it denies hit nobody. A party that is only named as the other side was not."""
        if claim["stance"] == "denies":
            return ()
        named = {figure["party"] for figure in claim["casualties"]}
        named |= {claim["target"]["party"]} if claim["target"]["what"] != "none" else set()
        return _columns(self._side(code) for code in named)

    def _happening(self, incident: Json) -> Happening:
        claims = [self._claims[ref] for ref in incident["claims"] if ref in self._claims]
        texts = [self._documents[claim["document"]] for claim in claims]
        hours = self._hours.get(incident["id"], {})
        return Happening(
            blamed=_columns(self._side(claim["initiator"]) for claim in claims if claim["stance"] == "asserts"),
            hit=_columns(side for claim in claims for side in self._hit(claim)),
            grade=incident["grade"],
            contested=any(point["point"] == "who" for point in incident["contested"]),
            voices=len(incident["voices"]),
            claims=len(claims),
            words=_words(incident),
            began=incident["period"]["from"] or "",
            published=min((at for text in texts if (at := text["published"]["value"])), default=""),
            received=hours.get("received", ""),
            graded=hours.get("graded", ""),
            decided=hours.get("decided", ""),
            state=incident["state"],
        )

    def _verdict(self, each: Json) -> Verdict:
        blamed = _columns(self._side(code) for code in each["initiators"])
        return Verdict(each["account"], each["state"], blamed, "#" in each["subject"])


def _columns(found: Iterable[str]) -> Sides:
    """Where a party is named, that is what is said; else that both are or nobody knows; else that nobody is."""
    named = set(found)
    parties = named - {NONE, OTHER}
    return tuple(sorted(parties or ({OTHER} if OTHER in named else named)))


def _area(each: Json) -> Area:
    looked = {name: (each[name][0], each[name][1]) for name in ("patrols", "nil", "refused", "cameras_down", "observations")}
    return Area(each["party"], each["places"], each["named"], **looked)


def _words(incident: Json) -> int:
    """How many words of ours stand on an incident: its reasons, and what we say of each version of a contested point."""
    told = [reason["text"] for reason in incident["reasons"]]
    told += [version["says"] for point in incident["contested"] for version in point["versions"]]
    return sum(len(text.split()) for text in told)
