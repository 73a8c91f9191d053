"""The files as strangers meet them: golden, safe against hostile text, self-contained, readable without colour, mouse or network."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import itertools
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from merestone.link.terms import Ref
from merestone.report import INTERNAL, PROFILES, PUBLIC, Edition, redact, render
from merestone.report.ranges import range_svg
from merestone.report.tables import COLUMNS, digits, safe
from merestone.report.words import instants, span_of, stretch
from tests.report.golden_files import FOLDER, golden
from tests.report.invented import SMALL, VE, Bundle, Paper, Told, edition

FILES = {"report.html", "report.pdf", "report.docx", "claims.csv", "incidents.geojson", "edition.json"}
WRITTEN = (
    "report.html",
    "claims.csv",
    "incidents.geojson",
    "edition.json",
)  # the files that are text: what is set in type has tests of its own
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202ejavascript:alert(1)\u0000{{7*7}}&amp;"


def page(found: Edition) -> str:
    return render(found, ["report.html"])["report.html"].decode("utf-8")


def tree(found: Edition) -> html.HtmlElement:
    return html.fromstring(page(found))


@pytest.fixture(params=PROFILES)
def small(request: pytest.FixtureRequest) -> Edition:
    return redact(edition(SMALL), request.param)


@pytest.mark.parametrize("name", sorted(golden()))
def test_the_files_are_the_golden_ones(name: str) -> None:
    assert golden()[name] == (FOLDER / name).read_bytes(), (
        "if this is meant: python -m tests.report.golden_files, and look at the difference"
    )


def test_the_same_edition_gives_the_same_bytes(small: Edition) -> None:
    files = render(small)
    assert files == render(small)
    assert set(files) == FILES
    assert list(files)[-1] == "edition.json", "the last to be replaced in a folder that is there"


# --- the page -----------------------------------------------------------------------------------------------------


def test_every_page_says_that_nobody_reviewed_it(small: Edition) -> None:
    found = page(small)
    assert found.count("Unreviewed machine reading") >= 3
    assert '@top-left{content:"Unreviewed machine reading"' in found, "on every printed page"
    assert "position:sticky" in found
    assert ("Internal: not to leave the house" in found) == (small.profile == INTERNAL)


def test_nothing_is_loaded_and_nothing_runs(small: Edition) -> None:
    found = tree(small)
    assert not found.xpath("//script|//iframe|//object|//embed|//link|//img|//form|//base|//video|//audio|//use|//image|//foreignobject")
    assert not found.xpath("//@src|//@srcset|//@style|//@action|//@background|//@*[starts-with(name(), 'on')]")
    style = found.xpath("//style")[0].text
    assert "url(" not in style
    assert "@import" not in style
    assert "@font-face" not in style
    policy = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_links_lead_inside_or_plainly_out(small: Edition) -> None:
    found = tree(small)
    names = found.xpath("//@id")
    assert len(names) == len(set(names)), "an anchor twice"
    for link in found.xpath("//a"):
        href = link.get("href")
        if href.startswith("#"):
            assert href[1:] in names, f"{href} leads nowhere"
        else:
            assert href.startswith(("https://", "http://"))
            assert "noreferrer" in link.get("rel")
    for reference in found.xpath("//*[@fill]/@fill"):
        assert re.fullmatch(r"url\(#([\w-]+)\)", reference)[1] in names  # type: ignore[index]


def test_each_number_leads_to_its_claims_and_each_claim_to_its_words(small: Edition) -> None:
    found = tree(small)
    cards = {card.get("id"): card for card in found.xpath("//article[@class='card']")}
    assert len(cards) == len(small.claims)
    for card in cards.values():
        assert card.xpath(".//mark") or card.xpath(".//p[@class='told']")
    for bullet in found.xpath("//ul[@class='bullets']//a"):
        target = bullet.get("href")[1:]
        behind = [target] if target in cards else [a.get("href")[1:] for a in found.xpath(f"//*[@id='{target}']//a")]
        assert len(behind) == int(bullet.text)
        assert set(behind) <= set(cards)


def test_versions_stand_side_by_side_in_order_of_code_and_silence_is_said(small: Edition) -> None:
    incident = tree(small).xpath("//article[@class='incident']")[0]
    assert [h.text_content().strip() for h in incident.xpath(".//section[starts-with(@class, 'side')]/h4")] == [
        "Orsay",
        "Veldar",
        "Other voices",
    ]
    alone = redact(edition(Bundle((SMALL.papers[0],))), INTERNAL)
    assert "No version from this side among these documents" in page(alone)


def test_a_party_is_told_apart_without_colour(small: Edition) -> None:
    swatches = tree(small).xpath("//*[@id='k-h0']|//*[@id='k-h1']|//*[@id='k-ho']")
    shapes = [tuple((part.tag, part.get("d")) for part in swatch if part.get("class") in ("hatch", "dot")) for swatch in swatches]
    assert len(shapes) == len(set(shapes)) == 3


def test_an_inferred_year_is_marked() -> None:
    assert "year inferred" in page(redact(edition(SMALL), INTERNAL))


def test_headings_go_down_one_at_a_time_and_pictures_have_words(small: Edition) -> None:
    found = tree(small)
    assert found.get("lang") == "en"
    levels = [int(h.tag[1]) for h in found.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    for picture in found.xpath("//svg"):
        assert picture.get("aria-hidden") == "true" or (picture.get("role") == "img" and picture.xpath("./title")[0].text)
    assert found.xpath("//main")
    assert found.xpath("//nav[@aria-label]")
    assert all(cell.get("scope") for cell in found.xpath("//th"))


def test_pictures_are_well_formed(small: Edition) -> None:
    pictures = re.findall(r"<svg.*?</svg>", page(small), flags=re.DOTALL)
    assert len(pictures) > 6
    for picture in pictures:
        etree.fromstring(picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) if "xmlns=" not in picture else picture)


def test_elements_are_closed(small: Edition) -> None:
    assert Balance().over(page(small)) == []


class Balance(HTMLParser):
    """Elements that are open at the end, or closed without having been opened."""

    VOID = frozenset({"meta", "br", "hr", "input", "link", "img"})

    def over(self, text: str) -> list[str]:
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)
        return [*self.wrong, *self.open]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Closed in itself."""

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrong.append(tag)


# --- hostile text -------------------------------------------------------------------------------------------------


def hostile() -> Bundle:
    told = Told(f"Shots {HOSTILE} were heard.", by=f"Speaker {HOSTILE}", speaker="ministry", kind="small_arms_fire")
    return Bundle(
        (
            Paper(
                f"id {HOSTILE}", (told, Told(f"=HYPERLINK(1) {HOSTILE}", place=None)), publisher=f"P {HOSTILE}", url="javascript:alert(1)",
                title=f"T {HOSTILE}", statements=((VE, f"S {HOSTILE}"),), appeals=(f"A {HOSTILE}",), responses=((f"By {HOSTILE}", f"R {HOSTILE}"),),
                signed=(f"N {HOSTILE}",),
            ),
        )
    )  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES)
def test_hostile_text_is_shown_and_does_nothing(profile: str) -> None:
    found = redact(edition(hostile()), profile)
    parsed = tree(found)
    assert not parsed.xpath("//script|//img")
    assert not parsed.xpath("//@*[starts-with(name(), 'on')]")
    assert not [href for href in parsed.xpath("//a/@href") if not href.startswith("#")]
    assert "49" not in "".join(parsed.xpath("//h1//text()"))
    assert Balance().over(page(found)) == []
    json.loads(render(found, ["edition.json"])["edition.json"])
    json.loads(render(found, ["incidents.geojson"])["incidents.geojson"])


def test_text_that_turns_the_direction_is_fenced() -> None:
    found = tree(redact(edition(hostile()), INTERNAL))
    for node in found.xpath("//body//text()[contains(., '\u202e')]"):
        assert [a for a in node.getparent().iterancestors() if a.tag == "bdi"] or node.getparent().tag == "bdi"
    assert not [t for t in found.xpath("//svg//text()") if "\u202e" in t]


def test_lone_surrogates_of_damaged_text_are_no_obstacle() -> None:
    files = render(redact(edition(Bundle((Paper("a", (Told("Shots \ud800 were heard."),)),))), INTERNAL), WRITTEN)
    for content in files.values():
        content.decode("utf-8")


# --- tables -------------------------------------------------------------------------------------------------------


def test_the_table_has_a_row_a_claim(small: Edition) -> None:
    rows = list(csv.DictReader(io.StringIO(render(small, ["claims.csv"])["claims.csv"].decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["ref"] for row in rows] == [str(card.ref) for card in small.claims]
    assert {row["status"] for row in rows} == {"unreviewed machine reading"}


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    cell = safe(text)
    assert not cell.lstrip(" \u00a0\u200b\ufeff").startswith(("=", "+", "-", "@", "\t", "\r"))
    plain = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "\ufffd", text)
    assert cell in (plain, "'" + plain)


def test_coordinates_are_no_finer_than_what_is_known(small: Edition) -> None:
    collection = json.loads(render(small, ["incidents.geojson"])["incidents.geojson"])
    assert collection["features"]
    for feature in collection["features"]:
        if feature["geometry"] is None:
            continue
        for value in feature["geometry"]["coordinates"]:
            assert round(value, digits(feature["properties"]["uncertainty_m"])) == value
        assert feature["properties"]["role"] in ("at", "origin", "target")
    assert digits(50_000.0) == 1
    assert digits(900.0) == 3


# --- edition.json -------------------------------------------------------------------------------------------------


def test_the_data_has_the_shape_that_is_promised(small: Edition) -> None:
    data = json.loads(render(small, ["edition.json"])["edition.json"])
    assert data["checkpoint"] is None
    assert data["profile"] == small.profile
    for entry in data["inputs"]:
        assert list(entry) == ["name", "bytes", "sha256"]
    refs = {claim["ref"] for claim in data["claims"]}
    for incident in data["incidents"]:
        assert {"id", "kind", "period", "places", "versions", "grade", "reasons", "contested", "figures", "voices"} <= set(incident)
        assert set(incident["versions"]) <= {"VE", "OR", "other"}
        assert {ref for side in incident["versions"].values() for ref in side} <= refs
        for figure in incident["figures"]:
            assert list(figure) == ["outcome", "party", "group", "min", "max", "voices"]
    assert ("text" in data["documents"][0]) == (small.profile == INTERNAL)


def test_spans_lead_to_the_words_in_the_text() -> None:
    data = json.loads(render(redact(edition(SMALL), INTERNAL), ["edition.json"])["edition.json"])
    texts = {document["id"]: document["text"] for document in data["documents"]}
    for claim in data["claims"]:
        text, start = texts[claim["document"]], claim["start"]
        assert text[start : start + len(claim["quote"])] == claim["quote"]
        assert text[:start].endswith(claim["before"])
        assert text[start + len(claim["quote"]) :].startswith(claim["after"])


# --- symmetry -----------------------------------------------------------------------------------------------------


def test_the_parties_exchanged_give_the_page_with_the_parties_exchanged() -> None:
    """Codes and names exchanged everywhere: the same page, but for the order of the columns, which is that of the codes."""

    def exchanged(text: str) -> str:
        for a, b in (("Veldar", "Orsay"), ("VE", "OR")):
            text = text.replace(a, "\0").replace(b, a).replace("\0", b)
        return text

    def over(told: Told) -> Told:
        return replace(told, words=exchanged(told.words), by=exchanged(told.by), side=exchanged(told.side))

    papers = tuple(
        replace(
            p, told=tuple(map(over, p.told)), publisher=exchanged(p.publisher), statements=tuple((exchanged(b), q) for b, q in p.statements)
        )
        for p in SMALL.papers
    )
    before = json.loads(render(redact(edition(SMALL), INTERNAL), ["edition.json"])["edition.json"])
    after = json.loads(render(redact(edition(replace(SMALL, papers=papers)), INTERNAL), ["edition.json"])["edition.json"])
    for a, b in zip(before["incidents"], after["incidents"], strict=True):
        assert (a["grade"], a["period"], a["places"], a["kinds"]) == (b["grade"], b["period"], b["places"], b["kinds"])
        assert {exchanged(side): refs for side, refs in a["versions"].items()} == b["versions"]


# --- words and pictures of numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "told"), [(0, 0, "0"), (None, None, "number not known"), (None, 10, "up to 10"), (3, None, "at least 3"), (3, 5, "3–5")]
)
def test_a_range_stays_a_range_and_zero_is_a_number(low: int | None, high: int | None, told: str) -> None:
    assert span_of(low, high) == told
    dots = range_svg(low, high, 10, "wounded", "f").count("<circle")
    assert dots == len({n for n in (low, high) if n is not None})


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("", "", "date not known"),
        ("2031-05-17", "2031-05-17", "17 May 2031"),
        ("2031-05-17T02:40-02:00", "2031-05-17T03:30-02:00", "17 May 2031, 02:40–03:30"),
        ("2031-05-17", "2031-05-19", "17 – 19 May 2031"),
        ("2030-12-30", "2031-01-02", "30 December 2030 – 2 January 2031"),
        ("2031-05-17", "", "not before 17 May 2031"),
    ],
)
def test_a_period_in_words(start: str, end: str, told: str) -> None:
    assert stretch(start, end) == told


def test_an_edition_without_claims_is_rendered() -> None:
    found = redact(edition(Bundle((Paper("empty", ()),))), PUBLIC)
    assert "No claim was found" in page(found)
    assert found.claims == ()
    assert Ref("empty", 1) not in {card.ref for card in found.claims}


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("2031-05-17 and 2031-05-17T02:40-02:00 to 2031-05-17T08:40-02:00: one", "17 May 2031 and 17 May 2031, 02:40–08:40 UTC−2: one"),
        ("2031-05-18T21:15+00:00/2031-05-19T03:15+00:00", "18 May, 21:15 – 19 May 2031, 03:15 UTC"),
        ("2031-05-17T12:00+03:00 to 2031-05-17T12:00-02:00", "17 May 2031, 12:00 UTC+3 to 17 May 2031, 12:00 UTC−2"),
        ("2031-05-17T08:00:00.353251Z", "17 May 2031, 08:00 UTC"),
        ("scan-2031-05-20.pdf has “2031-05-20T10:00”, 2031-13-45", "scan-2031-05-20.pdf has “2031-05-20T10:00”, 2031-13-45"),
    ],
)
def test_days_and_hours_in_our_words_are_said_as_a_person_says_them(raw: str, told: str) -> None:
    assert instants(raw) == told
