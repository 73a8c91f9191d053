"""Exhibits at the desk: each word of a claim lit where it stands, the original beside it and never run, and nothing that is withheld."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from merestone.register import queries, vault
from merestone.web import pictures, shown
from merestone.web.house import House
from merestone.web.hrefs import claim_href, entry_href
from merestone.web.pages.exhibits import LOCKED
from merestone.web.serve import house_at
from tests.faults.makers import STORY
from tests.register.cast import ANALYST
from tests.register.conftest import ground
from tests.web.conftest import visitor
from tests.web.odd import PASSWORD, SPOKEN, Odd, odd_mission, unusual


class Page(HTMLParser):
    """A page's ids, what stands within each of them, and the text of its panes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.words: dict[str, str] = {}
        self.links: list[str] = []
        self.tags: list[str] = []
        self._open: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        assert "style" not in told
        assert not [name for name in told if name.startswith("on")]
        self.tags.append(tag)
        self.ids.extend([told["id"]] if "id" in told else [])
        self.links.extend([told["href"]] if "href" in told else [])
        if tag not in ("meta", "link", "br", "img", "input", "path", "rect"):
            names = {told.get("id", ""), told.get("data-of", "") and f"in {told['data-of']}", *told.get("class", "").split()} - {""}
            self._open.append((tag, tuple(names)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for name in {name for _, names in self._open for name in names}:
            self.words[name] = self.words.get(name, "") + data


CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def lines(text: str) -> str:
    """As a browser reads them: it knows one end of a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def opened(client: Client, path: str) -> Page:
    told = client.get(path)
    assert told.status_code == 200, told.content[:600]
    return Page(told.content.decode())


def of(house: House, name: str) -> str:
    return next(document.id for document in house.sight().edition.documents if document.input == name)


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Odd:
    return odd_mission(tmp_path_factory.mktemp("odd"))


@pytest.fixture(scope="session")
def odd_house(odd: Odd) -> Iterator[House]:
    with house_at(odd.folder, ground(seed=9)) as made:
        yield made


@pytest.fixture
def odd_desk(odd_house: House) -> Client:
    client = visitor(odd_house)
    assert client.post("/sign-in/", {"name": ANALYST, "password": PASSWORD}).status_code == 302
    return client


# --- one exhibit, of the teaching mission ---------------------------------------------------------------------------


def test_each_text_stands_as_the_edition_has_it_and_each_claim_is_found_by_its_address(desk: Client, house: House) -> None:
    edition = house.sight().edition
    for document in edition.documents:
        page = opened(desk, f"/exhibits/{document.id}/")
        assert lines(page.words["given"]) == lines(document.text)
        assert len(page.ids) == len(set(page.ids)), document.id
        for card in edition.claims:
            if card.ref.document == document.id:
                assert claim_href(card.ref) == f"/exhibits/{document.id}/#c{card.ref.claim}"
                assert page.words[f"c{card.ref.claim}"] == card.claim.quote
                assert f"k-c{card.ref.claim}" in page.ids
                assert f"#k-c{card.ref.claim}" in page.links


def test_statements_appeals_responses_and_signatories_are_lit_too(desk: Client, house: House) -> None:
    edition = house.sight().edition
    told = {
        **{entry.ref: entry.statement.quote for entry in edition.statements},
        **{entry.ref: entry.appeal.quote for entry in edition.appeals},
        **{entry.ref: entry.response.quote for entry in edition.responses},
        **{entry.ref: entry.names[0] for entry in edition.signatories},
    }
    assert {ref.partition("#")[2][0] for ref in told} == {"S", "A", "R", "G"}
    for ref, quote in told.items():
        exhibit, _, number = ref.partition("#")
        words = opened(desk, f"/exhibits/{exhibit}/").words
        assert words[f"in {number}"].startswith(quote)  # in parts where it lies across others; signatories are as many as signed
        assert quote.startswith(words[number])


def test_a_card_says_what_was_read_why_and_where_it_stands(desk: Client, house: House) -> None:
    sight = house.sight()
    card = next(card for card in sight.edition.claims if card.incident.startswith("INC-") and card.claim.evidence)
    page = opened(desk, f"/exhibits/{card.ref.document}/")
    words = page.words[f"k-c{card.ref.claim}"]
    for told in (str(card.ref), card.incident, card.claim.rule, sight.cards[card.ref]["mark"], sight.cards[card.ref]["act"]):
        assert told in words
    assert f"/incidents/{card.incident}/" in page.links
    assert entry_href(sight.basis[str(card.ref)]) in page.links


@pytest.mark.parametrize(
    ("name", "look"), [("meridian-2031-05-17.html", "source"), ("or-mod-2031-05-19.txt", "source"), ("outlets.csv, line 3", "cells"),
                       ("wire.jsonl, line 3", "cells"), ("or-ombudsperson-2031-05-19.eml", "source"), ("or-courier-montasse-2031-05-20.docx", "source")]
)  # fmt: skip
def test_the_original_shows_the_same_words_where_they_stand_in_it(desk: Client, house: House, name: str, look: str) -> None:
    document = of(house, name)
    page = opened(desk, f"/exhibits/{document}/")
    for card in house.sight().edition.claims:
        if card.ref.document == document:
            assert f"o{card.ref.claim}" in page.ids
            assert f"#o{card.ref.claim}" in page.links
            twice = re.sub(r"\s+", "", page.words[f"in c{card.ref.claim}"])
            once = re.sub(r"\s+", "", card.claim.quote)
            assert twice == once + once  # in the text, and in the original
    assert page.words[look].strip()


def test_the_pages_of_a_pdf_are_pictures_with_the_words_of_claims_lit_on_them(desk: Client, house: House) -> None:
    document = of(house, "tlmm-2031-05-19.pdf")
    html = desk.get(f"/exhibits/{document}/").content.decode()
    claims = [card for card in house.sight().edition.claims if card.ref.document == document]
    for card in claims:
        assert re.search(
            rf'<a href="#c{card.ref.claim}" id="o{card.ref.claim}"[^>]*>.*?<rect x="\d+" y="\d+" width="\d+" height="\d+"/>', html
        )
    told = desk.get(f"/exhibits/{document}/pages/1.png")
    picture = Image.open(BytesIO(told.content))
    assert (told["Content-Type"], picture.format) == ("image/png", "PNG")
    sizes = re.search(r'<svg viewBox="0 0 (\d+) (\d+)" preserve', html)
    assert sizes is not None
    assert abs(picture.width / picture.height - int(sizes[1]) / int(sizes[2])) < 0.01
    rects = [tuple(map(int, found)) for found in re.findall(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/>', html)]
    scale = picture.width / int(sizes[1])
    for x, y, w, h in rects:  # ink lies under each box
        box = picture.convert("L").crop((int(x * scale), int(y * scale), int((x + w) * scale), int((y + h) * scale)))
        assert min(box.tobytes()) < 100
    for number in ("0", "2", "999999"):
        assert desk.get(f"/exhibits/{document}/pages/{number}.png").status_code == 404
    assert desk.get(f"/exhibits/{of(house, 'or-mod-2031-05-19.txt')}/pages/1.png").status_code == 404


def test_the_original_is_given_to_be_saved_and_never_shown(desk: Client, house: House) -> None:
    mission = house.mission
    for document in house.sight().edition.documents:
        told = desk.get(f"/exhibits/{document.id}/original")
        assert told.content == vault.read(mission, queries.exhibit(mission, document.id).original)
        assert told["Content-Type"] == "application/octet-stream"
        assert re.fullmatch(rf'attachment; filename="{document.id}\.(txt|md|html|pdf|docx|eml|jsonl|csv)"', told["Content-Disposition"])
        assert told["Content-Security-Policy"] == LOCKED
        assert LOCKED.startswith("sandbox; default-src 'none'")
        assert told["X-Content-Type-Options"] == "nosniff"


def test_a_page_says_whose_bytes_they_are(desk: Client, house: House) -> None:
    document = of(house, "valley-notice-2031-05-21.pdf")
    page = opened(desk, f"/exhibits/{document}/")
    data = vault.read(house.mission, queries.exhibit(house.mission, document).original)
    about = page.words["about"]
    for told in (
        f"{len(data):,} bytes",
        hashlib.sha256(data).hexdigest(),
        "text/html",
        "its name says application/pdf",
        "aligned with Orsay",
    ):
        assert told in about
    assert entry_href(queries.exhibit(house.mission, document).received) in page.links


# --- the list -------------------------------------------------------------------------------------------------------


def test_the_list_has_every_exhibit_of_the_edition_and_what_could_not_be_read(desk: Client, house: House) -> None:
    edition = house.sight().edition
    page = opened(desk, "/exhibits/")
    assert {link for link in page.links if link.startswith("/exhibits/EXH-")} == {f"/exhibits/{d.id}/" for d in edition.documents}
    for refusal in edition.refusals:
        assert dict(refusal.facts)["path"] in page.words["unread"]


def test_the_list_is_narrowed_by_side_publisher_language_and_time_and_is_the_same_as_csv(desk: Client, house: House) -> None:
    def rows(query: str) -> list[dict[str, str]]:
        told = desk.get(f"/exhibits/?{query}&format=csv")
        assert told["Content-Type"].startswith("text/csv")
        table = list(csv.DictReader(io.StringIO(told.content.decode("utf-8-sig"))))
        page = opened(desk, f"/exhibits/?{query}")
        assert [row["id"] for row in table] == [link.split("/")[2] for link in page.links if link.startswith("/exhibits/EXH-")]
        return table

    whole = rows("")
    assert len(whole) == len(house.sight().edition.documents)
    sides = {side: {row["id"] for row in rows(f"party={side}")} for side in ("VE", "OR", "none", "unknown")}
    assert sides["VE"]
    assert sides["OR"]
    assert not sides["VE"] & sides["OR"]
    assert {row["affiliation"] for row in rows("party=VE")} == {"VE"}
    assert {row["publisher"] for row in rows("publisher=Vauride+Echo")} == {"Vauride Echo"}
    days = rows("from=2031-05-20&to=2031-05-20")
    assert days
    assert all(row["published"].startswith("2031-05-20") for row in days)
    assert rows("language=en")
    assert "No exhibit fits" in desk.get("/exhibits/?from=1990-01-01&to=1990-01-02").content.decode()


@pytest.mark.parametrize("query", ["party=XX", "language=qq", "publisher=Nobody", "from=soon", "page=0", "page=x", "kind=shelling"])
def test_a_filter_that_nobody_understands_is_refused(desk: Client, query: str) -> None:
    told = desk.get(f"/exhibits/?{query}")
    assert (told.status_code, b"filter_malformed" in told.content) == (400, True)


# --- what strangers send --------------------------------------------------------------------------------------------


def test_whatever_was_received_has_a_page_that_runs_nothing_of_it(odd_desk: Client, odd_house: House) -> None:
    documents = odd_house.sight().edition.documents
    assert len(documents) > 25
    for document in documents:
        page = opened(odd_desk, f"/exhibits/{document.id}/")
        assert page.tags.count("script") == 1
        assert not {"iframe", "object", "embed", "base", "style"} & set(page.tags)
        assert all(link.startswith(("/", "#", "?")) for link in page.links), document.input
        assert len(page.ids) == len(set(page.ids)), document.input
        if len(document.text) <= shown.MOST:
            assert lines(page.words["given"]) == lines(CONTROL.sub("\ufffd", document.text)), document.input
    listed = odd_desk.get("/exhibits/").content.decode()
    assert "<b>Mill" not in listed
    assert "&lt;b&gt;Mill&lt;/b&gt; Press" in listed
    table = list(csv.DictReader(io.StringIO(odd_desk.get("/exhibits/?format=csv").content.decode("utf-8-sig"))))
    assert "'=HYPERLINK(1)" in {row["publisher"] for row in table}


def test_a_web_page_is_shown_as_the_words_that_it_is_written_in(odd_desk: Client, odd: Odd) -> None:
    html = odd_desk.get(f"/exhibits/{odd.ids['hostile.html']}/").content.decode()
    assert "&lt;script&gt;document.title=&#39;taken&#39;&lt;/script&gt;" in html
    assert "<script>document" not in html
    assert "onerror=&#34;" in html


def test_what_turns_words_round_or_is_not_seen_is_named(odd_desk: Client, odd: Odd) -> None:
    html = odd_desk.get(f"/exhibits/{odd.ids['turned_words.txt']}/").content.decode()
    for point, look in (("202E", "turning"), ("2067", "turning"), ("200B", "unseen"), ("0007", "unseen"), ("00AD", "unseen")):
        assert re.search(rf'<span class="{look}" title="U\+{point} [^"]+" data-point="U\+{point}">', html)
    assert "\x07" not in html


def test_no_page_of_a_pdf_is_too_large_or_too_broken_to_be_shown(odd_desk: Client, odd: Odd) -> None:
    wide = Image.open(BytesIO(odd_desk.get(f"/exhibits/{odd.ids['wide.pdf']}/pages/1.png").content))
    assert max(wide.size) <= 4000
    assert wide.width * wide.height <= 3_600_000
    spoilt = odd_desk.get(f"/exhibits/{odd.ids['spoilt.pdf']}/pages/2.png")
    assert spoilt.status_code == 200
    assert Image.open(BytesIO(spoilt.content)).size == (595, 842)
    assert opened(odd_desk, f"/exhibits/{odd.ids['spoilt.pdf']}/").words["sheets"].count("Page ") == 2


def test_a_page_that_takes_too_long_is_not_drawn_to_its_end(odd_desk: Client, odd: Odd, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/exhibits/{odd.ids['paper.pdf']}/pages/1.png"
    drawn = odd_desk.get(path).content
    assert drawn != pictures.undrawn()
    monkeypatch.setattr(pictures, "TIME", timedelta(seconds=-1))
    assert odd_desk.get(path).content == pictures.undrawn()


def test_words_on_a_page_that_is_turned_and_cut_are_lit_where_they_are_seen(odd_desk: Client, odd: Odd) -> None:
    html = odd_desk.get(f"/exhibits/{odd.ids['turned.pdf']}/").content.decode()
    picture = Image.open(BytesIO(odd_desk.get(f"/exhibits/{odd.ids['turned.pdf']}/pages/1.png").content)).convert("L")
    view = re.search(r'<svg viewBox="0 0 (\d+) (\d+)" preserve', html)
    rects = [tuple(map(int, found)) for found in re.findall(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/>', html)]
    assert view is not None
    assert (int(view[1]), int(view[2])) == (4420, 4950)
    assert rects
    scale = picture.width / int(view[1])
    for x, y, w, h in rects:
        assert min(picture.crop((int(x * scale), int(y * scale), int((x + w) * scale), int((y + h) * scale))).tobytes()) < 100


def test_of_a_long_text_a_page_shows_what_lies_around_claims_and_leads_to_the_rest(odd_desk: Client, odd: Odd, odd_house: House) -> None:
    exhibit = odd.ids["long.txt"]
    told = odd_desk.get(f"/exhibits/{exhibit}/")
    page, claims = Page(told.content.decode()), [card for card in odd_house.sight().edition.claims if card.ref.document == exhibit]
    assert len(claims) > 20
    assert len(page.words["given"]) < shown.MOST + 5_000
    assert "characters not shown here" in page.words["given"]
    assert all(f"c{card.ref.claim}" in page.ids for card in claims)
    last = claims[-1]
    portion = opened(odd_desk, f"/exhibits/{exhibit}/?at={last.claim.start - 300}")
    assert portion.words[f"c{last.ref.claim}"] == last.claim.quote
    assert f"c{claims[0].ref.claim}" in portion.ids  # its card, which leads to its words
    assert any(link.startswith("?at=") for link in portion.links)
    assert odd_desk.get(f"/exhibits/{exhibit}/?at=999999999").status_code == 200
    assert odd_desk.get(f"/exhibits/{exhibit}/?at=-1").status_code == 400


# --- what may not be shown ------------------------------------------------------------------------------------------


def test_protected_erased_and_never_there_are_the_same(odd_desk: Client, odd: Odd) -> None:
    never = "EXH-0000-0000"
    for way in ("", "original", "pages/1.png"):
        answers = set()
        for exhibit in (odd.ids["closed.txt"], odd.ids["gone.txt"], odd.ids["empty.txt"], never):
            told = odd_desk.get(f"/exhibits/{exhibit}/{way}")
            answers.add((told.status_code, told.content.replace(exhibit.encode(), b"EXH"), tuple(sorted(told.headers.items()))))
        assert len({(status, re.sub(rb'value="\w+"', b"", content)) for status, content, _ in answers}) == 1
        assert {status for status, _, _ in answers} == {404}
    listed = odd_desk.get("/exhibits/").content.decode() + odd_desk.get("/exhibits/?format=csv").content.decode()
    for name in ("closed.txt", "gone.txt"):
        assert name not in listed
        assert odd.ids[name] not in listed


@pytest.mark.parametrize("name", ["captive.txt", "below.html"])
def test_where_a_captives_words_stand_neither_pane_nor_bytes_are_given(odd_desk: Client, odd: Odd, name: str) -> None:
    """In the text they are blocked; the second has them outside its text alone, where only its bytes would tell them."""
    exhibit = odd.ids[name]
    assert SPOKEN.encode() in unusual()[name]
    html = odd_desk.get(f"/exhibits/{exhibit}/").content.decode()
    assert "The original is withheld, because part of it may not be shown." in html
    assert "ordered to dig" not in html
    assert hashlib.sha256(unusual()[name]).hexdigest() not in html
    assert f"/exhibits/{exhibit}/original" not in html
    told = odd_desk.get(f"/exhibits/{exhibit}/original")
    assert (told.status_code, b"original_not_given" in told.content, b"ordered to dig" in told.content) == (403, True, False)
    assert odd_desk.get(f"/exhibits/{exhibit}/pages/1.png").status_code == 403
    page = Page(html)
    assert STORY in page.words["given"] or "█" in page.words["given"]


def test_only_what_speaks_of_it_is_withheld(odd_desk: Client, odd: Odd) -> None:
    for name in ("plain.txt", "hostile.html", "letter.docx", "paper.pdf"):
        assert odd_desk.get(f"/exhibits/{odd.ids[name]}/original").status_code == 200, name


def test_a_mail_that_encloses_files_is_not_given_as_a_whole(odd_desk: Client, odd: Odd) -> None:
    html = odd_desk.get(f"/exhibits/{odd.ids['enclosing.eml']}/").content.decode()
    assert "each of them is an exhibit of its own" in html
    assert odd_desk.get(f"/exhibits/{odd.ids['enclosing.eml']}/original").status_code == 403
    inner = odd_desk.get(f"/exhibits/{odd.ids['enclosed.md']}/").content.decode()
    assert f'enclosed in <a href="/exhibits/{odd.ids["enclosing.eml"]}/">' in inner
