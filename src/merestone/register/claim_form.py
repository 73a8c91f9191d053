"""A claim as a person writes it: the fields of a claim in a reading, held against the exhibit's text and the pack. Pure.

The law it keeps: a claim by hand has its words in the exhibit like any other. Nothing is guessed for whoever fills in the form: a quote
that stands in several places needs its start, and a place is one of the pack's or has coordinates.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from merestone.capture.place_index import places_by_id
from merestone.capture.terms import Pack
from merestone.extract.speakers import speaker_of_source
from merestone.extract.terms import Speaker
from merestone.extract.wire import WhoIs, from_json, to_json
from merestone.ledger.terms import Refusal
from merestone.register.form import Form, wrong
from merestone.register.proposals import KEYS

BY_HAND = "written by hand"
FIELDS: Mapping[str, tuple[str, ...]] = {
    "": (
        "kind", "quote", "start", "said_by", "speakers", "realised", "stance", "initiator", "target", "when", "where", "mentions", "weapons",
        "casualties", "hit", "repeated", "persons",
    ),
    "S": ("type", "by", "party", "quote", "start"),
    "A": ("by", "to", "ask", "quote", "start"),
    "R": ("by", "type", "date", "quote", "start"),
    "G": ("signatories", "signatory_spans"),
}  # fmt: skip
_NOBODY = ("both", "none", "unknown")
_OURS = ("incident", "copy_of")  # what only linking knows

Json = dict[str, Any]


def claim_of_form(form: object, pack: Pack, text: str) -> Json:
    """The claim as the record keeps it, without its number. Refuses `form_wrong`, naming the field."""
    given = Form.of(form, "", FIELDS[""])
    for key, expected in (("kind", "one of the vocabulary"), ("quote", "words of the exhibit")):
        given.needed(key, expected)
    return _checked("", {**given.values, "rule": BY_HAND}, pack, text)


def corrected(part: str, standing: Mapping[str, Any], form: object, pack: Pack, text: str) -> Json:
    """What stands, with the fields of `form` in place of its own."""
    given = Form.of(form, "", FIELDS[part]).values
    changed = {**standing, **given}
    if "said_by" in given and "speakers" not in given:
        changed.pop("speakers", None)
    if "quote" in given and "start" not in given:
        changed.pop("start", None)
    if "signatories" in given and "signatory_spans" not in given:
        changed.pop("signatory_spans", None)
    number = {"id": standing["id"]} if not part else {}
    return _checked(part, changed, pack, text) | number


def _checked(part: str, told: Mapping[Any, Any], pack: Pack, text: str) -> Json:
    quote = told.get("quote")
    if told.get("start") is None and isinstance(quote, str) and quote and text.count(quote) > 1:
        raise wrong("start", f"where the quote begins: it stands there {text.count(quote)} times", None)
    given = {**told, "where": _placed(told.get("where"), pack)} if not part and told.get("where") else dict(told)
    document = {"id": "the form", **(given if part == "G" else {KEYS[part]: [given]})}
    try:
        reading = from_json(document, text, _who_is(pack))
    except Refusal as refusal:
        at = str(refusal.facts["at"]).removeprefix(f"{KEYS[part]}[0].")
        raise Refusal("form_wrong", field=at, expected=refusal.facts["expected"], found=refusal.facts["found"]) from refusal
    whole = to_json(reading)
    if part == "G":
        return {"signatories": whole["signatories"], "signatory_spans": whole["signatory_spans"]}
    made: Json = whole[KEYS[part]][0]
    _known(part, made, pack)
    return {key: value for key, value in made.items() if key not in (*_OURS, "id")}


def _placed(where: object, pack: Pack) -> list[Any]:
    """Places given by their id alone, with what the pack says of them."""
    if not isinstance(where, (list, tuple)):
        raise wrong("where", "a list of places", where)
    known = places_by_id(pack.places)
    out: list[Any] = []
    for each in where:
        place = known.get(each["place"]) if isinstance(each, Mapping) and isinstance(each.get("place"), str) else None
        if place is None or each.get("lat") is not None:
            out.append(each)
            continue
        told = {"name": place.name, "level": place.level, "lat": place.lat, "lon": place.lon, "uncertainty_m": place.uncertainty_m}
        out.append({**told, "why": f"the pack's place {place.id}", **each})
        if not out[-1].get("text"):
            out[-1]["text"] = place.name
    return out


def _known(part: str, made: Json, pack: Pack) -> None:
    """Codes are the pack's."""
    parties: Collection[str] = {*(party.code for party in pack.parties), *_NOBODY}
    places: Collection[str] = places_by_id(pack.places)
    asked: list[tuple[str, object, Collection[str]]] = []
    if part == "S":
        asked.append(("party", made["party"], parties))
    if not part:
        asked += [("initiator", made["initiator"], parties), ("target.party", made["target"]["party"], parties)]
        asked += [(f"casualties[{n}].party", each["party"], parties) for n, each in enumerate(made["casualties"])]
        asked += [(f"speakers[{n}].affiliation", each["affiliation"], parties) for n, each in enumerate(made["speakers"])]
        asked += [(f"where[{n}].place", each["place"], places) for n, each in enumerate(made["where"]) if each["place"] is not None]
        asked += [(f"mentions[{n}].ids", each, places) for n, mention in enumerate(made["mentions"]) for each in mention["ids"]]
    for field, found, allowed in asked:
        if found not in allowed:
            raise wrong(field, "the id of a place in the pack" if allowed is places else "one of " + ", ".join(sorted(allowed)), found)


def _who_is(pack: Pack) -> WhoIs:
    """A speaker given by name alone: a source of the pack with its affiliation, or one of whom nothing is known."""
    sources = {name.casefold(): source for source in pack.sources for names in ((source.name,), *source.aliases.values()) for name in names}

    def who_is(name: str, start: int, end: int) -> Speaker:
        source = sources.get(name.casefold())
        if source is None:
            return Speaker(name, "other", "unknown", official=False, start=start, end=end)
        return speaker_of_source(source, start, end)

    return who_is
