"""Plain English for the codes of the record, and nothing that is not in them.

The same words for every party; no word here says who is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from merestone.assess.terms import Figure, Word
from merestone.extract.terms import Casualties, Located, Proposal, When
from merestone.link.terms import Ref

KINDS = {
    "small_arms_fire": "Small-arms fire",
    "shelling": "Shelling",
    "air_attack": "Air attack",
    "drone_flight": "Drone flight",
    "blast": "Blast",
    "minelaying": "Mine-laying",
    "ground_attack": "Ground attack",
    "armed_clash": "Armed clash",
    "advance": "Advance",
    "position_held": "Position held",
    "withdrawal": "Withdrawal",
    "engineering_works": "Engineering works",
    "force_buildup": "Build-up of forces",
    "threat_with_weapon": "Threat with a weapon",
    "detention": "Detention",
    "release": "Release",
    "property_damage": "Damage to property",
    "theft": "Theft",
    "arson": "Arson",
    "movement_restricted": "Movement restricted",
    "utility_cut": "Supply cut",
    "ill_treatment": "Ill-treatment",
    "casualty": "Casualties",
    "monitors_obstructed": "Monitors obstructed",
    "ceasefire_agreed": "Ceasefire agreed",
    "calm": "Calm",
    "information_withheld": "Information withheld",
    "heritage_damage": "Damage to heritage",
    "water_or_land_fouled": "Water or land fouled",
}
STANCES = {"asserts": "says", "denies": "denies", "admits": "says of its own side"}
REALISED = {"done": "", "attempted": "attempted", "announced": "announced"}
TARGETS = {
    "military_positions": "military positions",
    "military_personnel": "military personnel",
    "civilians": "civilians",
    "settlement": "settlement",
    "property": "property",
    "infrastructure": "infrastructure",
    "territory": "territory",
    "monitors": "monitors",
}
WEAPONS = {"mlrs": "rocket launcher", "uav": "drone", "other": "other weapon"}
ROLES = {"at": "at", "origin": "from", "target": "towards"}
POINTS = {"that": "That it happened", "who": "Who began", "where": "Where", "when": "When", "how_many": "How many"}
STATEMENTS = {"territorial_claim": "Territorial claim"}
PRECISIONS = {"part_of_day": "part of the day", "unknown": "not known"}
HOW = {
    "speaks_for": "speaks for",
    "according_to": "cites",
    "shared_passage": "has the same words as",
    "reprint": "reprints",
    "links_to": "links to",
    "restates": "tells again what it has from",
}
ORIGINS = {
    "metadata": "from the file's own metadata",
    "manifest": "from the manifest",
    "option": "given by the operator",
    "corpus": "from the corpus line",
    "text": "inferred from the text",
}
GRADE_RULE = (
    ("observed", "Seen or heard by an account of this mission and signed by it. A brief has no such observations."),
    ("acknowledged", "The very party that is blamed says that its own forces did the act. Its report of its own losses is no such thing."),
    ("corroborated", "Two or more independent voices, at least one of them of no party and aligned with none."),
    ("reported by both", "Two parties that are not aligned with one another report it. This says nothing about who began."),
    ("reported", "One voice, or several that do not meet a rung above."),
)
KNOWN_LIMITS = (
    "A machine read these texts by rules. No person has checked what it found, and it misses what its rules do not cover.",
    "The grade is of the happening. Who began is never graded: it stands as a contested point with its versions.",
    "A voice is a source with all that repeat it. A party and everything that speaks for it is one voice.",
    "Numbers are claims found in the documents given, not counts of what happened.",
    "A year or date that the text leaves out and that was filled in is marked as inferred.",
)
OTHER = "other"  # whose versions are of no party
MISSION_GRADES = (
    (
        "observed",
        "Seen or heard by an account of this mission, signed by it, and judged by a person to be this happening. No text gives it.",
    ),
    *GRADE_RULE[1:],
    ("refuted", "A person decided, on a named observation or exhibit, that it did not happen. Silence never refutes."),
)
MISSION_LIMITS = (
    "A machine read these texts by rules and misses what its rules do not cover. What is not marked as recorded no person has reviewed.",
    *KNOWN_LIMITS[1:],
    "Claims were joined into incidents by a machine, level by level as shown, but where a person judged otherwise.",
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_CLOCK = re.compile(r"T(\d\d:\d\d)")
_DAY = re.compile(r"^(\d{4})-(\d\d)-(\d\d)")
_ISO = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?"
_SPAN = re.compile(rf"(?<![\w“/.-])({_ISO})(?:(?:/| to )({_ISO}))?(?![\w”/-]|\.\w)")


def plain(code: str, table: dict[str, str]) -> str:
    """The words for a code; a code without words is shown as it is, with its underscores as spaces."""
    return table.get(code, code.replace("_", " "))


def kind(code: str) -> str:
    return KINDS.get(code, code.replace("_", " ").capitalize())


def party(code: str, names: dict[str, str]) -> str:
    return names.get(code, {"both": "both parties", "none": "no party", "unknown": "not said", "other": "Other voices"}.get(code, code))


def day(iso: str) -> str:
    """'2021-07-28T03:40+04:00' as '28 July 2021', '' as 'date not known'."""
    found = _DAY.match(iso)
    if found is None:
        return iso or "date not known"
    return f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}"


def clock(iso: str) -> str:
    found = _CLOCK.search(iso)
    return found[1] if found else ""


def instants(text: str) -> str:
    """Words of ours with days and hours as a person says them. What stands in quotes, or is part of a name, stays as it is."""
    return _SPAN.sub(_instant, text)


def _instant(found: re.Match[str]) -> str:
    start, end = found[1], found[2] or found[1]
    try:
        zones = [offset(moment) if moment.tzinfo else "" for moment in map(datetime.fromisoformat, (start, end))]
    except ValueError:  # looks like a day and is none
        return found[0]
    if zones[0] != zones[1]:
        return f"{stretch(start, start)} {zones[0]} to {stretch(end, end)} {zones[1]}".rstrip()
    return f"{stretch(start, end)} {zones[0]}".rstrip()


def stretch(start: str, end: str) -> str:
    """A period in as few words as it takes: the day once where both bounds share it."""
    if not start and not end:
        return "date not known"
    first, last, begins, ends = day(start) if start else "", day(end) if end else "", clock(start), clock(end)
    if not first or not last:
        return f"not before {first}{_at(begins)}" if first else f"not after {last}{_at(ends)}"
    if first == last:
        hours = begins if begins == ends else f"{begins}–{ends}"
        return f"{first}, {hours}" if begins else first
    if first[-4:] == last[-4:]:
        month = first.split(" ", 1)[1]
        first = first.split(" ", 1)[0] if month == last.split(" ", 1)[1] and not begins else first[:-5]
    return f"{first}{_at(begins)} – {last}{_at(ends)}"


def _at(hour: str) -> str:
    return f", {hour}" if hour else ""


def when(moment: When) -> str:
    """The time of a happening with its precision; what was filled in is marked."""
    if moment.precision == "unknown" and not moment.start and not moment.end:
        return "date not known"
    said = stretch(moment.start, moment.end)
    if moment.precision in ("part_of_day", "hour", "week"):
        said += f" (known to the {plain(moment.precision, PRECISIONS)})"
    marks = [f"{part} inferred" for part in moment.inferred]
    if moment.zone_stated:
        marks.append(f"{moment.zone_stated} as stated")
    return f"{said} [{', '.join(marks)}]" if marks else said


def stamp(moment: datetime) -> str:
    offset = moment.strftime("%z")
    zone = "UTC" if offset == "+0000" else f"UTC{offset[:3]}:{offset[3:]}"
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} {zone}"


def offset(moment: datetime) -> str:
    """How far a clock stands from UTC. Clocks are told by this and not by a town of one of the sides."""
    sign, hours, minutes = moment.strftime("%z")[:1], int(moment.strftime("%z")[1:3]), moment.strftime("%z")[3:5]
    if not hours and minutes == "00":
        return "UTC"
    return f"UTC{'−' if sign == '-' else '+'}{hours}{'' if minutes == '00' else ':' + minutes}"


def span_of(low: int | None, high: int | None) -> str:
    """A figure as a range; a bound that nobody gives is not a zero."""
    if low is None:
        return "number not known" if high is None else f"up to {high}"
    if high is None:
        return f"at least {low}" if low else "0 or more"
    return str(low) if low == high else f"{low}–{high}"


def changes(figure: Figure) -> list[tuple[str, tuple[Ref, ...]]]:
    """A sentence for each voice that said something else before, with the claims of all its words."""
    told: dict[str, list[Word]] = {}
    for word in figure.changed:
        told.setdefault(word.voice, []).append(word)
    return [
        (
            f"{voice} said {', then '.join(f'{span_of(each.min, each.max)} ({_since(each.since)})' for each in said)}; its last word counts.",
            tuple(sorted({ref for each in said for ref in each.claims})),
        )
        for voice, said in told.items()
    ]


def _since(published: str) -> str:
    return f"from {day(published)}{_at(clock(published))}" if published else "date of publication not known"


def casualties(figure: Casualties, names: dict[str, str]) -> str:
    one = figure.min == figure.max == 1
    group = {"unspecified": "", "civilian": " civilian" if one else " civilians"}.get(figure.group, f" {figure.group}")
    side = "" if figure.party in ("unknown", "none") else f", {party(figure.party, names)}"
    return f"{span_of(figure.min, figure.max)}{group} {figure.outcome}{side}"


def place(located: Located) -> str:
    """A place with its role and how surely it is placed; metres are never shown finer than 100."""
    name = located.name or located.text
    if located.lat is None or located.uncertainty_m is None:
        return f"{name} (not placed)"
    return f"{name} (±{distance(located.uncertainty_m)})"


def distance(metres: float) -> str:
    return f"{metres / 1000:.0f} km" if metres >= 950 else f"{max(100, round(metres, -2)):.0f} m"


def chain(claim: Proposal) -> str:
    return ", citing ".join(speaker.name for speaker in claim.said_by) if claim.said_by else "not attributed"


def act(claim: Proposal, names: dict[str, str]) -> str:
    """What the claim says was done, by whom, to whom: our words, from its slots alone."""
    told = kind(claim.kind)
    if claim.realised in ("attempted", "announced"):
        told = f"{told} ({claim.realised})"
    if claim.initiator == "unknown":
        told += ", by whom is not said"
    elif claim.initiator != "none":
        told += f", said to be by {party(claim.initiator, names)}"
    return told + _towards(claim, names)


def _towards(claim: Proposal, names: dict[str, str]) -> str:
    what, side = claim.target.what, claim.target.party
    owner = f" of {party(side, names)}" if side not in ("unknown", "none") else ""
    if what == "none":
        return f"; the other side named: {party(side, names)}" if owner and claim.initiator not in (side, "none") else ""
    return f"; what was hit or meant: {TARGETS.get(what, what)}{owner}"


def date_of(iso: str) -> date | None:
    """The calendar day of an ISO date or time, None where there is none."""
    found = _DAY.match(iso)
    return date(int(found[1]), int(found[2]), int(found[3])) if found else None


def listed(words: Iterable[str]) -> str:
    items = [word for word in words if word]
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + f" and {items[-1]}" if items else ""
