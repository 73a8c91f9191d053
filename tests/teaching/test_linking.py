"""Linking and assessing over the hand-made claims: what a perfect reading of the teaching documents would lead to.

It holds link and assess to the expectation, whatever the reader does today.
"""

from __future__ import annotations

import functools

from merestone.assess import Assessment, assess
from merestone.capture.pack import load_pack
from merestone.extract.terms import Speaker
from merestone.extract.wire import from_json
from merestone.link import Dossier, Linked, group
from tests.teaching.expectation import documents, expected, to_gold, told
from tests.teaching.plain_texts import plain_texts
from tests.teaching.scoring import b_cubed

# Measured: 0.873 and 31 of 43; may rise, and falls only with a reason in the commit. With the 29 documents in en alone it was 0.947 and
# 25 of 29. Joined wrongly: a threat and a blocked road near the detentions; quiet by day with shots and fires of that day; fires and drones of
# one evening over opposite villages; explosions with graves of the same night. Two sightings of who holds a height stand apart from its admission.
FLOOR_INCIDENTS = 0.84
FLOOR_GRADES = 0.69

PACK = load_pack("teaching")
OFFICIAL = {"government", "ministry", "armed_forces", "office_holder"}


def who_is(name: str, start: int, end: int) -> Speaker:
    for source in PACK.sources:
        if source.name == name:
            return Speaker(name, source.kind, source.affiliation, source.kind in OFFICIAL, start, end)
    home = name.rpartition(" of ")[2]
    side = next(place.side for place in PACK.places if place.name == home)
    return Speaker(name, "resident", side, official=False, start=start, end=end)


@functools.cache
def linked() -> tuple[Linked, tuple[Assessment, ...]]:
    texts = plain_texts()
    dossiers = []
    for document in documents():
        text = texts[document["id"]]
        about = told()[document["id"]]
        reading = from_json(to_gold(document, text, about["published"]), text, who_is)
        dossiers.append(Dossier(reading, text, about["published"], document["publisher"], about["language"]))
    found = group(dossiers, (), PACK)
    return found, assess(found, dossiers, PACK)


def joined() -> dict[tuple[str, int], str]:
    return {(ref.document, ref.claim): incident.id for incident in linked()[0].incidents for ref in incident.claims}


def wanted() -> dict[tuple[str, int], str]:
    return {
        (document["id"], claim["id"]): claim["incident"] for document in documents() for claim in document["claims"] if claim["incident"]
    }


def grades() -> dict[str, str]:
    """Expected incident -> the grade of the found incident that holds most of its claims."""
    grade = {each.incident: each.grade for each in linked()[1]}
    home = joined()
    out = {}
    for name in expected()["incidents"]:
        held = [home[key] for key, incident in wanted().items() if incident == name and key in home]
        out[name] = grade[max(sorted(set(held)), key=held.count)] if held else "not found"
    return out


def test_incidents_are_found() -> None:
    assert b_cubed(wanted(), joined()) >= FLOOR_INCIDENTS


def test_grades_follow() -> None:
    found = grades()
    right = [name for name, incident in expected()["incidents"].items() if incident["grade"] == found[name]]
    assert len(right) / len(found) >= FLOOR_GRADES, {name: grade for name, grade in found.items() if name not in right}


def test_both_sides_versions_of_one_exchange_are_one_incident() -> None:
    home = joined()
    for name in ("20310517-brask", "20310518-keldholt", "20310520-grell"):
        ministries = {key for key, incident in wanted().items() if incident == name and "-mod-" in key[0]}
        assert len({key[0][:2] for key in ministries}) == 2
        assert len({home[key] for key in ministries}) == 1, name


def test_who_began_is_contested_where_the_sides_differ_and_nowhere_else() -> None:
    """Of found incidents that hold one happening and no other; what is joined wrongly is the business of the floors."""
    points = {each.incident: {point.point for point in each.contested} for each in linked()[1]}
    home, about = joined(), wanted()
    holds = {found: {about[key] for key in about if home[key] == found} for found in home.values()}
    alone = 0
    for name, incident in expected()["incidents"].items():
        homes = {home[key] for key in about if about[key] == name}
        if all(holds[found] == {name} for found in homes):
            alone += 1
            assert ("who" in {point for found in homes for point in points[found]}) == ("who" in incident["contested"]), name
    assert alone >= 20


def test_what_is_told_of_one_evening_in_four_languages_is_one_incident() -> None:
    """Of each language the greater part, and both sides' versions."""
    home = joined()
    told_of = [key for key, incident in wanted().items() if incident == "20310518-keldholt"]
    for language in ("en", "ru", "hy", "az"):
        heard = [key for key in told_of if told()[key[0]]["language"] == language]
        both = [key for key in heard if home[key] == home["ve-mod-2031-05-19", 2] == home["or-mod-2031-05-19", 2]]
        assert len(both) > len(heard) / 2, language
        assert {"ve", "or"} <= {key[0][:2] for key in both}


def test_two_mines_of_one_day_stay_two() -> None:
    home = joined()
    assert home["bvn-2031-05-20", 1] != home["echo-2031-05-20", 1]


def test_repeated_acts_are_patterns_and_never_graded() -> None:
    found, assessed = linked()
    patterned = {(document["id"], claim["id"]) for document in documents() for claim in document["claims"] if "pattern" in claim}
    assert patterned == {(ref.document, ref.claim) for pattern in found.patterns for ref in pattern.claims}
    assert not {pattern.id for pattern in found.patterns} & {each.incident for each in assessed}


def test_who_repeats_whom() -> None:
    edges = {(edge.repeater, edge.origin) for voice in linked()[0].voices for edge in voice.edges}
    for repeat in expected()["repeats"]:
        assert any(repeat["repeater"] == a and b in {repeat["origin"], "Veldar", "Orsay"} for a, b in edges), (repeat, sorted(edges))
