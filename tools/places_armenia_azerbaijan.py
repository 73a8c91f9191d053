"""Makes places.csv, lines.geojson and shapes.geojson of the pack `armenia-azerbaijan`.

Reads the public data beside the repository (../shared/data) and the table of places set by hand; writes the same bytes each time.
One rule for both sides: every settlement of either table within 60 km of a line, every province or district and its centre, both
countries; names that no table has in Russian or English are made by a published rule and marked, what is left is stated unknown.
    python tools/places_armenia_azerbaijan.py [--data FOLDER]
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import statistics
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shapely.geometry import LineString, MultiLineString, Point, Polygon, box, mapping, shape
from shapely.ops import linemerge, unary_union

from merestone.capture.names import fold, romanised, skeleton

sys.path.insert(0, str(Path(__file__).resolve().parent))  # the script's own neighbours, however it is started
from armenia_azerbaijan_letters import english as english_of
from armenia_azerbaijan_letters import russian as russian_of
from armenia_azerbaijan_points import NATURAL_EARTH, Found, Points, km, middle_and_reach, outlines

ROOT = Path(__file__).resolve().parent.parent
PACK = ROOT / "src/merestone/packs/conflicts/armenia-azerbaijan"
BY_HAND = Path(__file__).resolve().parent / "armenia_azerbaijan_by_hand.csv"
NEAR_KM = 60
BOX = box(43.2, 38.3, 50.2, 42.0)  # the neighbourhood that the maps show: lon, lat
GEONAMES_AM = "GeoNames (CC BY 4.0) via Armenia Election Atlas"
GEONAMES_AZ = "GeoNames postal data (CC BY 4.0)"
COLUMNS = (
    "id",
    "name",
    "level",
    "lat",
    "lon",
    "uncertainty_m",
    "within",
    "side",
    "origin",
    "approx",
    "names_en",
    "names_hy",
    "names_az",
    "names_ru",
)
LANGUAGES = ("en", "hy", "az", "ru")
# Drawn by hand from the shore settlements of the settlement table; (lon, lat), good to about 2 km.
SEVAN = (
    (44.955, 40.56), (45.0, 40.6), (45.06, 40.62), (45.11, 40.61), (45.16, 40.57), (45.2, 40.55), (45.24, 40.53), (45.26, 40.505),
    (45.28, 40.49), (45.31, 40.475), (45.36, 40.47), (45.41, 40.45), (45.45, 40.42), (45.48, 40.395), (45.52, 40.365), (45.58, 40.325),
    (45.62, 40.285), (45.63, 40.25), (45.62, 40.21), (45.59, 40.19), (45.55, 40.17), (45.5, 40.165), (45.45, 40.165), (45.4, 40.17),
    (45.35, 40.18), (45.31, 40.19), (45.27, 40.21), (45.24, 40.24), (45.22, 40.28), (45.2, 40.32), (45.21, 40.36), (45.235, 40.39),
    (45.25, 40.43), (45.24, 40.465), (45.2, 40.48), (45.17, 40.45), (45.14, 40.43), (45.1, 40.44), (45.08, 40.46), (45.05, 40.48),
    (45.02, 40.5), (44.99, 40.515), (44.97, 40.535), (44.955, 40.56),
)  # fmt: skip


@dataclass
class Row:
    id: str
    name: str
    level: str
    lat: float
    lon: float
    uncertainty_m: float
    origin: str
    within: str = ""
    side: str = ""
    approx: bool = False
    names: dict[str, list[str]] = field(default_factory=dict)
    tail: str = ""  # what tells it from a namesake
    town: bool = False
    centre: bool = False  # of its district or province: in the pack however far from the lines
    community: str = ""

    def add(self, language: str, *names: str) -> None:
        kept = self.names.setdefault(language, [])
        kept.extend(name for name in names if name and name not in kept)


def near(lines: MultiLineString, lat: float, lon: float) -> float:
    """Distance to the lines in km on a local plane: enough for a limit of 60 km."""
    flat = Point(lon * math.cos(math.radians(40)), lat)
    return float(flat.distance(lines)) * 111.2


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


# --- settlements --------------------------------------------------------------------------------------------------


def armenian_rows(data: Path) -> list[Row]:
    raw = json.loads((data / "geo_am_settlements/2026/settlements_geo.json").read_text(encoding="utf-8"))
    older: dict[tuple[str, str], set[str]] = defaultdict(set)
    for year in ("2017", "2021"):
        for entries in json.loads((data / f"geo_am_settlements/{year}/settlements_geo.json").read_text(encoding="utf-8"))[
            "by_community"
        ].values():
            for entry in entries:
                older[(entry["marz_en"], plain_hy(entry["locality_hy"]))].add(entry["locality_en"])
    rows = []
    for community, entries in sorted(raw["by_community"].items()):
        if community.startswith("AM-ER"):
            continue  # city districts of the capital
        for entry in entries:
            hy = plain_hy(entry["locality_hy"])
            rule = romanised(hy, "hy").title()
            given = [each.replace("'", "").strip() for each in (entry["locality_en"], *sorted(older[(entry["marz_en"], hy)]))]
            english = [each for each in given if each.isascii() and same_sound(each, rule)]
            row = Row(
                id="", name=english[0] if english else rule, level="settlement", lat=entry["lat"], lon=entry["lon"], uncertainty_m=2000,
                origin=GEONAMES_AM, within=f"{slug(entry['marz_en'])}-region", side="AM",
                tail=f"{slug(entry['marz_en'])} {slug(romanised(entry['community_hy'], 'hy'))}",
            )  # fmt: skip
            if not english and entry["locality_en"].isascii():  # the table joined it to another place: its point may be that one's
                row.uncertainty_m, row.approx, row.origin = 10000, True, f"{GEONAMES_AM}; the table's own English name differs"
            row.add("en", *english)
            row.add("hy", hy)
            row.town = entry["locality_hy"].endswith("քաղաք")
            row.centre = entry["same_as_community"] and row.name in CENTRES
            row.community = entry["community_hy"]
            rows.append(row)
    return rows


# The centres of the provinces; a town of such a name in another province would come in as well.
CENTRES = {"Ashtarak", "Artashat", "Armavir", "Gavar", "Hrazdan", "Vanadzor", "Gyumri", "Kapan", "Ijevan", "Yeghegnadzor"}


def communities(data: Path) -> dict[str, list[tuple[float, float]]]:
    """Points of the settlement table by community; those of the capital's districts under `yerevan`."""
    raw = json.loads((data / "geo_am_settlements/2026/settlements_geo.json").read_text(encoding="utf-8"))
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for community, entries in sorted(raw["by_community"].items()):
        province, _, name = community.partition("|")
        found["yerevan" if province == "AM-ER" else name] += [(entry["lat"], entry["lon"]) for entry in entries]
    return found


def plain_hy(name: str) -> str:
    """Without the words for village and town, and without what stands in brackets."""
    return re.sub(r"\s+", " ", re.sub(r"\(.*?\)|\s+(գյուղ|քաղաք)$", "", name.strip())).strip().title()


def same_sound(one: str, other: str) -> bool:
    """Whether two Latin spellings can be of one name: at most a third of the longer's letters differ in order."""
    a, b = skeleton(fold(one)).replace(" ", ""), skeleton(fold(other)).replace(" ", "")
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1] * 3 <= max(len(a), len(b))


def azerbaijani_rows(data: Path) -> list[Row]:
    lines = [line.split("\t") for line in (data / "geo_az_postal/AZ.txt").read_text(encoding="utf-8").splitlines()]
    crowd = Counter((line[9], line[10]) for line in lines)
    rows, seen = [], set()
    for line in lines:
        az, district, lat, lon = line[2].strip(), line[3].strip(), float(line[9]), float(line[10])
        if re.search(r"\d|Dgk|Vağzal|Gomruk|Poçt", az) or district == "Baki" or (az, district) in seen:
            continue  # post offices without a place's name
        seen.add((az, district))
        az = re.sub(r"\s*\(.*?\)|\s+Qəsəbə(si)?$", "", az).replace("-", " " if az != "Tər-Tər" else "")
        exact = (line[11].strip() == "4" and crowd[(line[9], line[10])] == 1) or az == district
        english = romanised(az, "az").title()
        row = Row(
            id="", name=english, level="settlement", lat=lat, lon=lon, uncertainty_m=3000 if exact else 12000, origin=GEONAMES_AZ,
            within=district_id(district), side="AZ", approx=not exact, tail=slug(romanised(district, "az")),
        )  # fmt: skip
        row.add("az", with_dotless(az), az)
        row.centre = line[2].strip() == district
        rows.append(row)
    return rows


LEAST_POINTS = 4  # places of a district whose middle stands for its own
DISTRICTS_OF_ONE = {f"{name}-district" for name in ("lachin", "gubadly", "shusha", "khojaly", "khojavend", "zangilan")}


def district_id(district: str) -> str:
    known = {"Tər-Tər": "tartar", "Göy-Göl": "goygol", "Qubadli": "gubadly", "Laçin": "lachin", "Xocavənd": "khojavend", "Xocali": "khojaly", "Ağdam": "agdam", "Ağstafa": "agstafa"}  # fmt: skip
    return f"{known.get(district, slug(romanised(district, 'az')))}-district"


def with_dotless(az: str) -> str:
    """The table writes i for ı; after a, ı, o, u in the same word the letter can only be ı."""
    out, back = [], False
    for letter in az:
        if letter == " ":
            back = False
        if letter.lower() in "aıou":
            back = True
        elif letter.lower() in "eəöü":
            back = False
        out.append("ı" if letter == "i" and back else letter)
    return "".join(out)


# --- areas --------------------------------------------------------------------------------------------------------


def provinces(data: Path) -> list[Row]:
    rows = []
    for feature in json.loads((data / "geo_am_settlements/armenia-marz.geojson").read_text(encoding="utf-8"))["features"]:
        name = feature["properties"]["shapeName"]
        if name == "Yerevan":
            continue
        area = shape(feature["geometry"])
        middle = area.representative_point() if not area.contains(area.centroid) else area.centroid
        reach = max(km((middle.y, middle.x), (lat, lon)) for part in getattr(area, "geoms", [area]) for lon, lat in part.exterior.coords)
        row = Row(
            id=f"{slug(name)}-region", name=name, level="region", lat=round(middle.y, 4), lon=round(middle.x, 4),
            uncertainty_m=round(reach, 0) * 1000, origin="middle and reach of the geoBoundaries outline (CC BY 4.0)", within="armenia", side="AM",
        )  # fmt: skip
        row.add("en", name, f"{name} Region", f"{name} Province")
        rows.append(row)
    return rows


def districts(settlements: list[Row]) -> list[Row]:
    """Districts as the postal table has them: the middle of their settlements; hand rows of the same id take their place."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in settlements:
        held[row.within].append(row)
    rows = []
    for ident, inside in sorted(held.items()):
        if len(inside) == 1 and ident not in DISTRICTS_OF_ONE:
            inside[0].within = "azerbaijan"  # a city of its own, or a district of which the table has one place
            continue
        points = sorted({(row.lat, row.lon) for row in inside})
        lat, lon, reach = middle_and_reach(points, least_km=20)
        known = len(points) >= LEAST_POINTS
        name = ident.removesuffix("-district").replace("-", " ").title()
        row = Row(
            id=ident, name=f"{name} District", level="district", lat=lat, lon=lon, uncertainty_m=reach if known else 0.0,
            origin=f"middle and reach of {len(inside)} places of {GEONAMES_AZ}" if known else f"its centre ({GEONAMES_AZ}), with the usual reach of such a district",
            within="azerbaijan", side="AZ",
        )  # fmt: skip
        row.add("en", f"{name} District", name)
        centre = next((row.names["az"] for row in inside if row.centre), [])
        row.add("az", *centre[:1], *(f"{each} rayonu" for each in centre[:1]))
        rows.append(row)
    usual = statistics.median(row.uncertainty_m for row in rows if row.uncertainty_m)
    for row in rows:
        row.uncertainty_m = row.uncertainty_m or usual
    return rows


def border_rows(state: MultiLineString, contact: MultiLineString) -> list[Row]:
    """Sections of the border as areas: the middle of the stretch in the Natural Earth line, with a reach that covers it."""
    west_of_corridor = [line for line in state.geoms if line.centroid.x < 46.1 and line.centroid.y < 39.8]
    main = [line for line in state.geoms if line not in west_of_corridor]
    stretch = {
        "am-az-border": (state, box(40, 38, 50, 42)),
        "border-north-east": (MultiLineString(main), box(44.5, 40.1, 47, 41.5)),
        "border-east": (MultiLineString(main), box(45, 39.35, 47, 40.45)),
        "border-south-east": (MultiLineString(main), box(45, 38.7, 47, 39.6)),
        "border-nakhchivan": (MultiLineString(west_of_corridor), box(44, 38.5, 46.5, 40)),
        "contact-line-nk": (contact, box(44, 38, 49, 42)),
    }
    rows = []
    for ident, (lines, frame) in stretch.items():
        part = lines.intersection(frame)
        points = [point for line in getattr(part, "geoms", [part]) for point in line.coords]
        middle = part.centroid
        reach = max(km((middle.y, middle.x), (lat, lon)) for lon, lat in points)
        row = Row(
            id=ident, name="", level="border_section", lat=round(middle.y, 4), lon=round(middle.x, 4), uncertainty_m=math.ceil(reach) * 1000,
            origin=f"middle and reach of the stretch in {NATURAL_EARTH}",
        )  # fmt: skip
        for language, names in BORDER_NAMES[ident].items():
            row.add(language, *names)
        row.add("en", *toward(TOWARD.get(ident, ())))
        row.name = row.names["en"][0]
        rows.append(row)
    return rows


TOWARD = {
    "border-north-east": ("north-eastern", "northeastern", "north-east", "northeast"),
    "border-east": ("eastern", "east"),
    "border-south-east": ("south-eastern", "southeastern", "south-east", "southeast"),
    "border-nakhchivan": ("south-western", "southwestern", "south-west", "southwest"),
}
WHOLE_EN = ("border", "state border", "border zone", "Armenian-Azerbaijani border", "Azerbaijani-Armenian border", "Armenia-Azerbaijan border", "Azerbaijan-Armenia border")  # fmt: skip
PARTS_EN = ("section", "segment", "part", "sector", "stretch", "direction")
# Provinces and districts of both states that lie on the line, west to east and north to south.
ON_THE_BORDER = (
    "tavush-region", "gegharkunik-region", "vayots-dzor-region", "syunik-region", "ararat-region",
    "gazakh-district", "agstafa-district", "tovuz-district", "gadabay-district", "dashkasan-district", "kalbajar-district", "lachin-district",
    "gubadly-district", "zangilan-district", "sadarak-district", "sharur-district", "babek-district", "shahbuz-district", "julfa-district", "ordubad-district",
)  # fmt: skip


def toward(words: tuple[str, ...]) -> list[str]:
    """ "eastern section of the state border", "eastern border zone" ...: each way to say it in English."""
    return [f"{word} {part} of the {whole}" for word in words for part in PARTS_EN for whole in WHOLE_EN] + [
        f"{word} {whole}" for word in words for whole in WHOLE_EN
    ]


def sections_by_area(state: MultiLineString, table: dict[str, Row]) -> list[Row]:
    """ "The A section of the border": the stretch of the line within A's reach, so that both sides' way to say it lands on the line."""
    rows = []
    for ident in ON_THE_BORDER:
        area = table[ident]
        along = [(lat, lon) for line in state.geoms for lon, lat in line.segmentize(0.02).coords]
        far = [km(point, (area.lat, area.lon)) for point in along]
        limit = max(area.uncertainty_m / 1000, min(far) + 8)  # an area whose middle lies away from the line has its nearest stretch
        points = [point for point, apart in zip(along, far, strict=True) if apart <= limit]
        lat, lon = sum(point[0] for point in points) / len(points), sum(point[1] for point in points) / len(points)
        reach = max(km((lat, lon), point) for point in points)
        row = Row(
            id=f"border-{ident.rsplit('-', 1)[0]}", name=f"{area.name.removesuffix(' District')} section of the border", level="border_section",
            lat=round(lat, 4), lon=round(lon, 4), uncertainty_m=max(5, math.ceil(reach)) * 1000, within=ident, approx=True,
            origin=f"stretch of {NATURAL_EARTH} within the reach of {area.name}",
        )  # fmt: skip
        bare = [name for name in area.names["en"] if " " not in name or name == "Vayots Dzor"]
        row.add("en", row.name, *(f"{name} {part} of the {whole}" for name in bare for part in PARTS_EN for whole in WHOLE_EN[:2]),
                *(f"{name} {part}" for name in bare for part in PARTS_EN if part != "part"), *(f"border of the {name} {kind}" for name in bare for kind in ("Region", "Province", "District")))  # fmt: skip
        row.add(
            "hy",
            *(f"{name}ի {part}" for name in area.names.get("hy", ()) if " " not in name for part in ("հատված", "հատուած", "ուղղություն")),
        )
        row.add("az", *(f"{name} {part}" for name in area.names.get("az", ()) for part in ("istiqaməti", "sahəsi", "hissəsi")))
        row.add("ru", *(re.sub(r"ск(ий район|ая область)$", f"ск{part}", name) for name in area.names.get("ru", ()) if re.search(r"ск(ий район|ая область)$", name)
                        for part in ("ий участок", "ое направление", "ий участок границы", "ое направление границы")))  # fmt: skip
        rows.append(row)
    return rows


BORDER_NAMES: dict[str, dict[str, list[str]]] = {
    "am-az-border": {
        "en": ["Armenia–Azerbaijan border", "Armenian-Azerbaijani border", "Azerbaijani-Armenian border", "Azerbaijan-Armenia border",
               "Armenian-Azerbaijani state border", "Azerbaijani-Armenian state border", "Armenia-Azerbaijan state border", "Azerbaijan-Armenia state border",
               "border between Armenia and Azerbaijan", "border between Azerbaijan and Armenia", "border of Armenia and Azerbaijan",
               "border of Azerbaijan and Armenia", "border with Armenia", "border with Azerbaijan", "Armenian border", "Azerbaijani border", "Armenia's border", "Azerbaijan's border", "international border", "state border", "border zone", "border areas",
               "border area", "border of the two countries", "border between the two countries", "border",
               "line of contact between the two states"],
        "hy": ["հայ-ադրբեջանական սահման", "հայ-ադրբեջանական պետական սահման", "ՀՀ պետական սահման", "պետական սահման", "սահմանային գոտի", "սահմանագոտի", "հայ-ատրպէյճանական սահման", "սահման"],
        "az": ["Ermənistan-Azərbaycan sərhədi", "Azərbaycan-Ermənistan sərhədi", "Ermənistan-Azərbaycan dövlət sərhədi", "Azərbaycan-Ermənistan dövlət sərhədi", "dövlət sərhədi", "iki ölkənin sərhədi", "sərhəd"],
        "ru": ["армяно-азербайджанская граница", "азербайджано-армянская граница", "граница Армении и Азербайджана", "граница Азербайджана и Армении",
               "государственная граница", "госграница", "граница с Арменией", "граница с Азербайджаном", "граница двух стран", "граница"],
    },
    "border-north-east": {
        "en": ["north-eastern section of the border", "northeastern section of the border", "north-eastern segment of the border", "northeastern border zone", "north-eastern direction of the border",
               "north-eastern border"],
        "hy": ["սահմանի հյուսիսարևելյան հատված", "սահմանագոտու հյուսիսարևելյան հատված", "հյուսիսարևելյան սահմանագոտի", "հյուսիսարևելյան սահման"],
        "az": ["sərhədin şimal-şərq hissəsi"],
        "ru": ["северо-восточный участок границы", "северо-восточное направление границы"],
    },
    "border-east": {
        "en": ["eastern section of the border", "eastern segment of the border", "eastern segment of the Armenian-Azerbaijani border", "eastern part of the border", "eastern section of the Armenian-Azerbaijani border",
               "eastern border zone", "eastern direction of the border", "eastern border of Armenia", "eastern border", "Eastern segment", "eastern section"],
        "hy": ["սահմանի արևելյան հատված", "հայ-ադրբեջանական սահմանի արևելյան հատված", "սահմանագոտու արևելյան հատված", "արևելյան սահմանագոտի", "արևելյան սահման"],
        "az": ["sərhədin şərq hissəsi"],
        "ru": ["восточный участок границы", "восточное направление границы"],
    },
    "border-south-east": {
        "en": ["south-eastern section of the border", "southeastern section of the border", "south-eastern segment of the border", "southeastern border", "south-eastern border"],
        "hy": ["սահմանի հարավարևելյան հատված"],
        "az": ["sərhədin cənub-şərq hissəsi"],
        "ru": ["юго-восточный участок границы"],
    },
    "border-nakhchivan": {
        "en": ["Nakhchivan section of the border", "Nakhichevan section of the border", "south-western section of the border", "Nakhchivan direction of the border", "Yeraskh section of the border",
               "border with Nakhchivan", "border with Nakhichevan"],
        "hy": ["սահմանի Նախիջևանի հատված", "Նախիջևանի ուղղություն"],
        "az": ["sərhədin Naxçıvan istiqaməti", "Naxçıvan istiqaməti"],
        "ru": ["нахичеванский участок границы", "нахичеванское направление"],
    },
    "contact-line-nk": {
        "en": ["Line of contact in Nagorno-Karabakh", "line of contact", "contact line", "border with Artsakh", "Artsakh-Azerbaijan line of contact", "Karabakh line of contact"],
        "hy": ["շփման գիծ", "արցախա-ադրբեջանական շփման գիծ"],
        "az": ["təmas xətti"],
        "ru": ["линия соприкосновения", "линия контакта"],
    },
}  # fmt: skip


# --- lines and land -----------------------------------------------------------------------------------------------


def features(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return found


def merged(parts: list[Any]) -> MultiLineString:
    joined = unary_union(parts)
    whole = joined if isinstance(joined, LineString) else linemerge(joined)
    return whole if isinstance(whole, MultiLineString) else MultiLineString([whole])


def read_lines(data: Path) -> dict[str, tuple[str, str, str, MultiLineString]]:
    ne = data / "geo_ne10m"
    pair = {"Armenia", "Azerbaijan"}
    state = [shape(each["geometry"]) for each in features(ne / "ne_10m_admin_0_boundary_lines_land.json")
             if {each["properties"]["adm0_left"], each["properties"]["adm0_right"]} == pair]  # fmt: skip
    reference: dict[str, list[Any]] = defaultdict(list)
    for each in features(ne / "ne_10m_admin_0_boundary_lines_disputed_areas.json"):
        name = each["properties"]["name"] or ""
        if "Karabakh" in json.dumps(each["properties"]):
            reference[name].append(shape(each["geometry"]))
    outline = [shape(each["geometry"]).exterior for each in features(ne / "ne_10m_admin_0_disputed_areas.json")
               if each["properties"]["BRK_NAME"] == "Nagorno-Karabakh"]  # fmt: skip
    return {
        "state-boundary-ne": ("State boundary as Natural Earth draws it", "boundary", f"{NATURAL_EARTH}: boundary lines, land", merged(state)),
        "ceasefire-1994-ne": ("Ceasefire Line 1994", "ceasefire", f"{NATURAL_EARTH}: boundary lines, disputed areas", merged(reference["Ceasefire Line 1994"])),
        "oblast-1991-ne": ("Nagorno-Karabakh Autonomous Oblast, about 1991", "reference", f"{NATURAL_EARTH}: boundary lines, disputed areas", merged(reference["Former USSR oblast in 1991"])),
        "disputed-area-ne": ("Outline of the disputed area as Natural Earth draws it", "disputed_area", f"{NATURAL_EARTH}: disputed areas", merged([LineString(ring) for ring in outline])),
    }  # fmt: skip


def write_lines(lines: dict[str, tuple[str, str, str, MultiLineString]]) -> None:
    out = []
    for ident, (name, kind, origin, geometry) in lines.items():
        simple = geometry.simplify(0.001)
        out.append(
            {"type": "Feature", "properties": {"id": ident, "name": name, "kind": kind, "origin": origin}, "geometry": rounded(simple, 4)}
        )
    write_geojson(PACK / "lines.geojson", out)


def write_shapes(data: Path) -> None:
    """Land without inner borders: the country polygons joined, so that no line is adopted by the ground it stands on."""
    parts = [shape(each["geometry"]).buffer(0.004) for code in ("ARM", "AZE", "GEO", "IRN", "TUR", "RUS")
             if (path := data / f"geo_borders/countries/10m/{code}.geojson").is_file() for each in as_features(path)]  # fmt: skip
    frame = BOX.buffer(0.5)
    land = unary_union(parts).buffer(-0.004).intersection(frame)
    # No polygon of Russia is at hand: what lies north of Georgia and Azerbaijan within the frame is land as well, up to the sea.
    north = Polygon([(42.7, 41.2), (42.7, 42.5), (48.6, 42.5), (48.35, 42.0), (48.6, 41.82), (47.0, 41.2)]).difference(land)
    land = unary_union([land.buffer(0.01), north.buffer(0.01)]).buffer(-0.01).intersection(BOX)
    polygons = [each for each in getattr(land, "geoms", [land]) if each.area > 0.002]
    whole = [Polygon(each.exterior).simplify(0.004) for each in polygons]  # no hole: what the polygons at hand leave open there is land
    out = [
        {
            "type": "Feature",
            "properties": {"kind": "land", "name": "", "origin": f"{NATURAL_EARTH}, joined and simplified"},
            "geometry": rounded(each, 3),
        }
        for each in whole
    ]
    lake = {"kind": "lake", "name": "Lake Sevan", "origin": "drawn by hand for this pack, to about 2 km"}
    out.append({"type": "Feature", "properties": lake, "geometry": rounded(Polygon(SEVAN), 3)})
    write_geojson(PACK / "shapes.geojson", out)


def as_features(path: Path) -> list[dict[str, Any]]:
    raw = json.loads(path.read_text(encoding="utf-8"))
    return raw.get("features", [raw])


def rounded(geometry: Any, digits: int) -> dict[str, Any]:
    def cut(value: Any) -> Any:
        return round(value, digits) if isinstance(value, float) else [cut(each) for each in value]

    raw = mapping(geometry)
    return {"type": raw["type"], "coordinates": cut(raw["coordinates"])}


def write_geojson(path: Path, out: list[dict[str, Any]]) -> None:
    body = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in out)
    path.write_text('{"type":"FeatureCollection","features":[\n' + body + "\n]}\n", encoding="utf-8")


# --- all together -------------------------------------------------------------------------------------------------


def with_ids(rows: list[Row]) -> list[Row]:
    stems = Counter(slug(row.name) for row in rows)
    taken: Counter[str] = Counter()
    for row in sorted(rows, key=lambda each: (slug(each.name), not each.town, each.tail, each.lat, each.lon)):
        stem = slug(row.name)
        first, _, second = row.tail.partition(" ")
        choices = [stem] if stems[stem] == 1 else [f"{stem}-{first}", f"{stem}-{first}-{second}"]
        row.id = next((each for each in choices if each not in taken and each.strip("-")), f"{choices[-1]}-{taken[choices[-1]] + 1}")
        taken[row.id] += 1
        taken[choices[-1]] += row.id != choices[-1]
    return rows


def by_hand(rows: list[Row], points: Points) -> list[Row]:
    """Rows by hand with a way to their point take the place of a row with their id; those without add names to it."""
    table = {row.id: row for row in rows}
    points.row = lambda ident: Found(table[ident].lat, table[ident].lon, table[ident].uncertainty_m, table[ident].origin)
    with BY_HAND.open(encoding="utf-8", newline="") as file:
        given = list(csv.DictReader(file, strict=True))
    order = ("outline", "page", "one", "postal", "city", "communities", "", "centre", "areas", "near", "between", "area")
    for raw in sorted(given, key=lambda each: order.index(each["point"].partition(" ")[0])):
        if raw["point"].startswith("area "):
            widened(table)
        old = table.get(raw["id"])
        if raw["point"]:
            at = points.find(raw["point"])
            new = Row(
                id=raw["id"], name=raw["name"], level=raw["level"], lat=at.lat, lon=at.lon, uncertainty_m=at.uncertainty_m,
                origin=at.origin, within=raw["within"], side=raw["side"], approx=at.approx,
            )  # fmt: skip
        elif old is None:
            raise SystemExit(f"{BY_HAND.name}: {raw['id']} is in no table and has no point")
        else:
            new = old
            new.name, new.within = raw["name"], raw["within"] or old.within
            new.side = "" if raw["side"] == "-" else old.side  # "-": who administers it is itself disputed in the period
        new.uncertainty_m = float(raw["uncertainty_m"]) if raw["uncertainty_m"] else new.uncertainty_m
        kept = new.names
        new.names = {}
        for language in LANGUAGES:
            new.add(language, *(each.strip() for each in raw[f"names_{language}"].split(";")), *kept.get(language, []))
        table[new.id] = new
    return [inside(row, table) for row in table.values()]


def widened(table: dict[str, Row]) -> None:
    """A district whose reach is only usual reaches at least as far as the places of it that have a point of their own."""
    for row in table.values():
        holder = table.get(row.within)
        if holder is not None and USUAL in holder.origin and row.level == "settlement" and not row.approx:
            apart = math.ceil(km((row.lat, row.lon), (holder.lat, holder.lon))) * 1000
            holder.uncertainty_m = max(holder.uncertainty_m, apart)


USUAL = "the usual reach of such a district"


def made_or_unknown(rows: list[Row]) -> None:
    """The same for both sides: what a table lacks in Russian or English is made from the state's own language and marked with `~`;
    what is then left is `?`. Border sections, whose names are phrases, are not made."""
    for row in rows:
        own, language = next(((row.names[each][0], each) for each in ("hy", "az") if row.names.get(each)), ("", ""))
        if row.side in SPOKEN and row.names.get(SPOKEN[row.side]):
            own, language = row.names[SPOKEN[row.side]][0], SPOKEN[row.side]
        if own and row.level != "border_section":
            for wanted, make in (("ru", russian_of), ("en", english_of)):
                if not row.names.get(wanted):
                    row.names[wanted] = [f"~{make(own, language)}"]
        for each in LANGUAGES:
            if not row.names.get(each):
                row.names[each] = ["?"]


SPOKEN = {"AM": "hy", "AZ": "az"}


def inside(row: Row, table: dict[str, Row]) -> Row:
    """A point of the postal table that lies outside its own district is a mistake there: the district's middle stands for it."""
    holder = table.get(row.within)
    if row.origin == GEONAMES_AZ and holder is not None and holder.level == "district":
        apart = km((row.lat, row.lon), (holder.lat, holder.lon))
        if apart * 1000 > holder.uncertainty_m + row.uncertainty_m:
            row.lat, row.lon, row.uncertainty_m, row.approx = holder.lat, holder.lon, holder.uncertainty_m, True
            row.origin = f"middle of its district: the point of {GEONAMES_AZ} lies {apart:.0f} km away, outside it"
    return row


def write_places(rows: list[Row]) -> None:
    order = {"country": 0, "region": 1, "district": 2, "border_section": 3, "feature": 4, "settlement": 5}
    with (PACK / "places.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for row in sorted(rows, key=lambda each: (order[each.level], each.id)):
            names = ["; ".join(row.names.get(language, [])) for language in LANGUAGES]
            out.writerow([row.id, row.name, row.level, f"{row.lat:.4f}", f"{row.lon:.4f}", f"{row.uncertainty_m:.0f}", row.within, row.side, row.origin,
                          "yes" if row.approx else "", *names])  # fmt: skip


def call_districts_regions(rows: list[Row]) -> None:
    """English texts say "region" for a district as often as "district"; both sides' districts go by both."""
    for row in rows:
        if row.level == "district":
            row.add("en", *(f"{name.removesuffix(' District')} Region" for name in row.names["en"] if name.endswith(" District")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    data = parser.parse_args().data
    lines = read_lines(data)
    write_lines(lines)
    write_shapes(data)
    squeeze = math.cos(math.radians(40))
    flat = MultiLineString([[(lon * squeeze, lat) for lon, lat in line.coords] for entry in lines.values() for line in entry[3].geoms])
    am, az = armenian_rows(data), azerbaijani_rows(data)
    settled = with_ids([row for row in am + az if row.centre or near(flat, row.lat, row.lon) <= NEAR_KM])
    held = districts(az)
    areas = provinces(data) + held + border_rows(lines["state-boundary-ne"][3], lines["ceasefire-1994-ne"][3])
    usual = statistics.median(row.uncertainty_m for row in held)
    rows = by_hand(areas + settled, Points(data, outlines(data, SEVAN), communities(data), usual))
    sections = sections_by_area(lines["state-boundary-ne"][3], {row.id: row for row in rows})
    call_districts_regions(rows)
    made_or_unknown(rows + sections)
    write_places(rows + sections)


if __name__ == "__main__":
    main()
