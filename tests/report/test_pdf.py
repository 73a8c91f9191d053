"""The PDF as strangers meet it: what the page says and nothing else, on every page under the bar, set so that it can be read."""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pypdfium2
import pypdfium2.raw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merestone.capture.terms import Known
from merestone.report import INTERNAL, PROFILES, PUBLIC, Edition, redact
from merestone.report.contents import contents_of
from merestone.report.paper import INSIDE, paper_of
from merestone.report.pdf import FONTS, breakable, data_of, pdf_of, report_pdf
from merestone.report.printable import fenced, printable
from tests.report.four_scripts import SAID, in_four_scripts
from tests.report.invented import NOW, SMALL, VE, Bundle, Paper, Told, edition
from tests.report.mission import finished
from tests.report.reread import (
    EDGE,
    EDITIONS,
    MM,
    OURS,
    Files,
    files_of,
    letters,
    lost,
    page_headings,
    page_tokens,
    page_words,
    pdf_body,
    pdf_headings,
    pdf_pages,
    reasons_of,
    squeezed,
    tokens,
)

VENDOR = Path(__file__).resolve().parents[2] / "vendor"
LONG = "Ծ" * 4000 + "W" * 6000
HOSTILE = '#read("/etc/passwd") *b* _i_ $x^2$ @x \\ `r` [l] <m> = h // c #{1+1} \u202eturned\u0000\u001b\ufffe 𝒳😀漢字 مرحبا'
SHOWN = squeezed('#read("/etc/passwd") *b* _i_ $x^2$ @x \\ `r` [l] <m> = h // c #{1+1} turned���')


def hostile() -> Edition:
    told = (Told(f"Shots {HOSTILE} were heard.", by=f"Speaker {HOSTILE}"), Told(f"A word {LONG} was said.", place=None))
    return edition(
        Bundle(
            (
                Paper(f"id {HOSTILE}", told, publisher=f"P {LONG}", url="https://example.org/[" + "a" * 300, title=f"T {HOSTILE}",
                      statements=((VE, f"S {LONG}"),), appeals=(f"A {HOSTILE}",), responses=((f"By {LONG}", "R"),), signed=(f"N {LONG}",)),
            )
        )
    )  # fmt: skip


@pytest.fixture(scope="module", params=EDITIONS)
def found(request: pytest.FixtureRequest) -> tuple[Edition, Files]:
    made = EDITIONS[request.param]()
    return made, files_of(made)


def test_the_headings_are_those_of_the_page_in_its_order(found: tuple[Edition, Files]) -> None:
    _, files = found
    title, *headings = page_headings(files.page)
    assert [(level, words) for level, words, _ in pdf_headings(files.pdf)] == headings
    assert title[1] in squeezed(pdf_pages(files.pdf)[0])


def test_all_that_the_page_says_is_said_and_nothing_else(found: tuple[Edition, Files]) -> None:
    _, files = found
    pieces = list(page_words(files.page))
    assert len(pieces) > 150
    assert lost(pieces, pdf_body(files.pdf)) == []
    assert [why for why in reasons_of(files.page) if why not in pdf_body(files.pdf)] == []
    more = tokens(" ".join(pdf_pages(files.pdf))) - page_tokens(files.page) - OURS
    assert {word for word in more if not word.isdigit()} == set(), "numbers of pages and sections alone are added"


def test_every_claim_stands_there_in_its_own_words(found: tuple[Edition, Files]) -> None:
    made, files = found
    body = pdf_body(files.pdf)
    for card in made.claims:
        assert squeezed(printable(card.before + card.claim.quote + card.after)) in body
        assert str(card.ref) in body


def test_every_page_says_whether_it_was_reviewed(found: tuple[Edition, Files]) -> None:
    made, files = found
    pages = pdf_pages(files.pdf)
    assert len(pages) > 4
    for number, words in enumerate(pages, 1):
        if made.standing is None:
            assert "Unreviewed machine reading" in words
            assert "UNREVIEWEDMACHINEREADING" in squeezed(words), "the watermark"
            assert "No person has checked what this page says." in words
        elif made.standing.state == "draft":
            assert "UNREVIEWED" in squeezed(words), "the watermark"
            assert "no person has recorded" in words
        else:
            assert "unreviewed" not in words.lower()
        assert words.count(INSIDE) == (2 if made.profile == INTERNAL else 0), "in the bar and at the foot"
        assert f"page {number} of {len(pages)}" in words
        assert f"What the documents say Veldar and Orsay · profile {made.profile}" in re.sub(r"\s+", " ", words)


def test_the_contents_name_the_pages_on_which_headings_stand(found: tuple[Edition, Files]) -> None:
    _, files = found
    entries = dict(re.findall(r"^(\d+(?:\.\d+)? .*?)[ .]*\.[ .]* ?(\d+)\s*$", pdf_pages(files.pdf)[0], re.MULTILINE))
    marks = [mark for mark in files.pdf.get_toc() if mark.level < 2]
    assert len(entries) == len(marks)
    told = {squeezed(name): int(page) for name, page in entries.items()}
    for mark in marks:
        page = mark.get_dest().get_index() + 1
        assert told[squeezed(mark.get_title()).rstrip(".")] == page
        words = re.sub(r"^\d+(\.\d+)? ", "", mark.get_title())
        assert squeezed(words) in squeezed(pdf_pages(files.pdf)[page - 1])


def test_a_number_in_an_incident_leads_to_the_page_of_its_claim(found: tuple[Edition, Files]) -> None:
    made, files = found
    headings = pdf_headings(files.pdf)
    first = [words for _, words, _ in headings].index("Everyclaim,initsownwords")
    claims = [page for level, _, page in headings[first:] if level == 3]
    assert len(claims) == len(made.claims)
    leads = [target for page in range(headings[first][2]) for target in leads_of(files.pdf, page)]
    assert len(leads) > len(made.claims)
    assert all(0 <= target < len(files.pdf) for target in leads)
    assert set(claims) <= {target + 1 for target in leads}


def leads_of(pdf: pypdfium2.PdfDocument, number: int) -> list[int]:
    """The pages to which the links on a page lead; a link to an address is left out."""
    raw, found = pypdfium2.raw, []
    page, at, link = pdf[number], ctypes.c_int(0), pypdfium2.raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, at, link):
        target = raw.FPDFLink_GetDest(pdf.raw, link)
        if target:
            found.append(raw.FPDFDest_GetDestPageIndex(pdf.raw, target))
    return found


def test_it_tells_its_title_its_language_and_no_more_and_its_date_is_the_editions(found: tuple[Edition, Files]) -> None:
    made, files = found
    told = files.pdf.get_metadata_dict()
    assert told.pop("Creator").startswith("Typst")
    assert {name: value for name, value in told.items() if value} == {
        "Title": made.title, "Keywords": "merestone", "CreationDate": "D:20310602093000Z", "ModDate": "D:20310602093000Z",
    }  # fmt: skip
    raw = report_pdf(made)
    assert re.search(rb"/Lang ?\(en\)", raw)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(files.pdf.raw)


def test_an_hour_of_any_zone_and_with_parts_of_a_second_is_told_in_whole_seconds_of_utc() -> None:
    hour = datetime(2031, 6, 2, 13, 30, 5, 123456, tzinfo=timezone(timedelta(hours=4)))
    made = replace(redact(edition(SMALL), INTERNAL), generated_at=hour)
    files = files_of(made)
    assert files.pdf.get_metadata_dict()["CreationDate"] == "D:20310602093005Z"
    created = files.document.core_properties.created
    assert created is not None
    assert created.isoformat()[:19] == "2031-06-02T09:30:05"


AGAIN = """
import hashlib
from merestone.report import PUBLIC, redact
from merestone.report.render import render
from tests.report.invented import SMALL, edition
for name, content in render(redact(edition(SMALL), PUBLIC)).items():
    print(name, hashlib.sha256(content).hexdigest())
"""


def test_two_processes_make_the_same_bytes() -> None:
    told = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        root = Path(__file__).resolve().parents[2]
        told.append(
            subprocess.run([sys.executable, "-c", AGAIN], env=environment, cwd=root, check=True, capture_output=True, text=True).stdout
        )
    assert told[0] == told[1]
    assert {"report.pdf", "report.docx"} <= set(told[0].split())


# --- words of strangers -------------------------------------------------------------------------------------------


def test_hostile_words_are_shown_as_they_are_and_nothing_runs_over_the_edge() -> None:
    made = redact(hostile(), INTERNAL)
    pdf = pypdfium2.PdfDocument(report_pdf(made))
    body = pdf_body(pdf)
    assert body.count(SHOWN) > 6
    assert "root:" not in body
    assert squeezed(LONG) in body
    over, small = [], []
    for page in pdf:
        wide, high = page.get_width(), page.get_height()
        for letter, size, (left, bottom, right, top) in letters(page):
            if size < 35 and (left < EDGE - 3 or right > wide - EDGE + 3 or bottom < 8 * MM or top > high - 8 * MM):
                over.append((letter, left, right))
            if size < 5:
                small.append((letter, size))
    assert over == []
    assert small == [], "nobody can read it"


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1), st.text(min_size=1))
def test_no_words_break_it(title: str, said: str) -> None:
    made = replace(redact(edition(SMALL), INTERNAL), title=title)
    card = replace(made.claims[0], before=said, after=said)
    pdf = pypdfium2.PdfDocument(report_pdf(replace(made, claims=(card, *made.claims[1:]))))
    assert len(pdf) > 4
    assert next(words for _, words, _ in pdf_headings(pdf)) == "Thenumbers"


def test_words_reach_the_template_as_data_and_only_there() -> None:
    data = data_of(paper_of(contents_of(redact(hostile(), INTERNAL))), NOW)
    assert set(data) == {"title", "short", "head", "bar", "inside", "more", "foot", "date", "blocks", "pictures"}
    template = (Path(__file__).resolve().parents[2] / "src/merestone/report/templates/report.typ").read_text(encoding="utf-8")
    assert not re.search(r"#?\b(eval|import|include|read|plugin)\s*\(|#(import|include)\b|@preview", template)


@given(st.text(alphabet="aWմ\u0301 ", min_size=0, max_size=400), st.floats(20, 500))
def test_only_a_word_that_is_too_wide_gets_places_to_break(text: str, room: float) -> None:
    made = breakable(text, room)
    assert made.replace("\u200b", "") == text
    for before, after in zip(text.split(" "), made.split(" "), strict=True):
        if len(before) * 4 <= room / 10:
            assert before == after
        if len(before) * 5 > room:
            assert max(map(len, after.split("\u200b"))) <= 8 or "\u0301" in before


@pytest.mark.parametrize(
    ("given_", "shown"), [("a\x00b", "a�b"), ("a\ud800b", "a�b"), ("a \n\t b", "a b"), ("a\u202eb\u2069", "ab"), ("é Ə ₼ և", "é Ə ₼ և")]
)
def test_what_no_page_can_hold_is_shown_for_what_it_is(given_: str, shown: str) -> None:
    assert printable(given_) == shown


def test_letters_from_right_to_left_turn_nothing_beside_them() -> None:
    assert fenced("abc ծ щ") == "abc ծ щ"
    assert fenced("a مرحبا 1") == "\u200ea مرحبا 1\u200e"
    made = replace(
        redact(edition(SMALL), INTERNAL),
        documents=tuple(replace(d, title=Known("Title שלום", "metadata")) for d in edition(SMALL).documents),
    )
    pdf = pypdfium2.PdfDocument(report_pdf(made))
    (line,) = [at for at in letters(pdf[0]) if at[0] == "ש"][:1]
    number = [box for letter, _, box in letters(pdf[0]) if letter.isdigit() and abs(box[1] - line[2][1]) < 4]
    assert max(box[0] for box in number) > line[2][2], "the number of the page stays at the right"


def test_what_is_withheld_is_white_on_dark_wherever_it_stands() -> None:
    pdf = pypdfium2.PdfDocument(report_pdf(redact(finished(), PUBLIC)))
    seen = 0
    for page in pdf:
        text = page.get_textpage()
        whole = "".join(chr(pypdfium2.raw.FPDFText_GetUnicode(text.raw, n)) for n in range(text.count_chars()))
        for found in re.finditer(r"place withheld", whole):
            colour = [ctypes.c_uint() for _ in range(4)]
            pypdfium2.raw.FPDFText_GetFillColor(text.raw, found.start(), *colour)
            seen += tuple(part.value for part in colour[:3]) == (255, 255, 255)
    assert seen > 6


# --- type and pictures --------------------------------------------------------------------------------------------


def test_the_fonts_are_those_that_we_say_unaltered() -> None:
    told = re.findall(r"^\| `([^`]+)` \| (\d+) \| `([0-9a-f]{64})` \|$", (VENDOR / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    files = {path.relative_to(VENDOR).as_posix(): path for path in VENDOR.rglob("*") if path.is_file() and path.name != "README.md"}
    assert {name for name, _, _ in told} == set(files)
    for name, size, digest in told:
        content = files[name].read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (int(size), digest)
    assert FONTS.resolve() == (VENDOR / "fonts").resolve()


def test_four_scripts_are_set_in_the_fonts_that_we_ship() -> None:
    pdf = pypdfium2.PdfDocument(report_pdf(redact(in_four_scripts(), INTERNAL)))
    body = pdf_body(pdf)
    for words in SAID:
        assert squeezed(words.rstrip(".")) in body
    fonts: dict[str, set[str]] = {}
    for page in pdf:
        for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage()):
            name = thing.get_font().get_base_name()
            for letter in thing.extract():
                fonts.setdefault(letter, set()).add(name.partition("+")[2] or name)
    for letter in "Əə₼ğıİşЩёы«»abc":
        assert fonts[letter] <= {"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "DejaVuSansMono"}
        assert "NotoSans-Regular" in fonts[letter]
    for letter in "Գիշ":
        assert fonts[letter] <= {"NotoSansArmenian-Regular", "NotoSansArmenian-Bold"}


@pytest.mark.parametrize("profile", PROFILES)
def test_pictures_on_paper_load_nothing_and_name_no_style_that_is_not_theirs(profile: str) -> None:
    data = data_of(paper_of(contents_of(redact(edition(SMALL), profile))), NOW)
    assert len(data["pictures"]) > 5
    for drawn in data["pictures"]:
        assert re.match("<svg[^>]*><style>", drawn)
        assert "href" not in drawn
        assert "var(" not in drawn
        for used in re.findall(r"url\(#([\w-]+)\)", drawn):
            assert f'id="{used}"' in drawn


def test_an_edition_without_claims_is_printed() -> None:
    made = redact(edition(Bundle((Paper("empty", ()),))), PUBLIC)
    body = pdf_body(pypdfium2.PdfDocument(pdf_of(contents_of(made), made.generated_at)))
    assert squeezed("No claim was found") in body
    assert squeezed("No claim names a place that could be drawn.") in body
