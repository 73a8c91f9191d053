"""Web pages: main text, what was put back, metadata, what stays out."""

from __future__ import annotations

import pytest

from merestone.capture import Limits
from merestone.capture.decode import decode
from merestone.capture.readers.draft import Draft
from merestone.capture.readers.webpage import read_page

PARAGRAPH = (
    "On 17 May, the ministry said, fire was opened at the positions near Upper Brask and two soldiers were wounded in the morning. " * 5
)
NAMES = ["Open Hearth Veldar", "Lantern Orsay", "Parents of Belcorre", "Mothers of Hollin", "Union", "Vauride Herders' Association"]
FRAME = """<!doctype html><html lang="en"><head><title>Joint call | Post</title>
<meta property="og:title" content="Joint call"><meta property="article:published_time" content="2031-05-21T08:00:00-02:00">
<meta property="og:site_name" content="Alder Post"><link rel="canonical" href="https://post.example.org/call">
<style>p {{color: red}}</style><script>document.write("<p>Never said.</p>")</script></head><body>
<nav><ul><li><a href="/">Home page of the paper</a></li><li><a href="/w">World news of today</a></li></ul></nav>
<div id="page-with-sidebar"><h1>Joint call of groups</h1>{body}</div>
<div class="related-posts"><h3>Read also</h3><ul><li><a href="/1">Another story about something else</a></li></ul></div>
<footer><p>Subscribe to our newsletter. All rights reserved.</p></footer></body></html>"""


def page(body: str) -> Draft:
    return read_page(decode(FRAME.format(body=body).encode()), Limits())


@pytest.mark.parametrize("length", [1, 4], ids=["short", "judged"])
@pytest.mark.parametrize(
    "names",
    [
        "<ul>" + "".join(f"<li>{name}</li>" for name in NAMES) + "</ul>",
        "<p>" + "<br>".join(NAMES) + "</p>",
        "<p>Signed by:</p><ul>"
        + "".join(f"<li><a href='https://{at}.example.org'>{name}</a></li>" for at, name in enumerate(NAMES))
        + "</ul>",
        "<table>" + "".join(f"<tr><td>{name}</td></tr>" for name in NAMES) + "</table>",
        "<div>" + "".join(f"<div><strong>{name}</strong></div>" for name in NAMES) + "</div>",
    ],
    ids=["list", "breaks", "links", "table", "divisions"],
)
def test_a_list_of_signatories_at_the_end_is_not_lost(names: str, length: int) -> None:
    draft = page(f"<p>{PARAGRAPH}</p>" * length + names)
    assert draft.text.splitlines()[-len(NAMES) :] == NAMES
    assert draft.text.startswith("Joint call of groups\n")


@pytest.mark.parametrize("length", [1, 4], ids=["short", "judged"])
def test_what_is_not_the_text_stays_out(length: int) -> None:
    draft = page(f"<p>{PARAGRAPH}</p>" * length)
    for words in ("Never said", "Home page", "Another story", "newsletter", "color"):
        assert words not in draft.text


def test_what_the_page_says_of_itself() -> None:
    about = page(f"<p>{PARAGRAPH}</p>").about
    assert (about.title, about.publisher, about.url, about.language) == ("Joint call", "Alder Post", "https://post.example.org/call", "en")
    assert about.published == "2031-05-21T08:00:00-02:00"
    assert about.created is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<script type="application/ld+json">{"@graph": [{"headline": "H", "datePublished": "2031-05-01"}]}</script>', "2031-05-01"),
        ('<script type="application/ld+json">' + "[" * 50_000 + "</script>", None),
        ('<meta name="DC.date.issued" content="2031-05-02">', "2031-05-02"),
        ('<time datetime="2031-05-03">3 May</time>', "2031-05-03"),
        ('<time datetime="2031-05-03">3 May</time><time datetime="2031-05-04">4 May</time>', None),
        ('<time datetime="2031-05-03">3 May</time><time pubdate datetime="2031-05-04">4 May</time>', "2031-05-04"),
        ('<meta name="date"', None),
    ],
)
def test_a_date_is_read_where_it_stands_and_never_chosen_among_many(head: str, expected: str | None) -> None:
    assert read_page(decode(f"<html><body>{head}<p>{PARAGRAPH}</p>".encode()), Limits()).about.published == expected


@pytest.mark.parametrize("mark", ["hidden", "style='display:none'", 'style="visibility: hidden"'])
def test_hidden_words_stay_out_and_are_counted(mark: str) -> None:
    draft = page(f"<p>{PARAGRAPH}</p><div {mark}><p>unseen</p><p>words</p></div><p>seen</p>")
    assert "unseen" not in draft.text
    assert "seen" in draft.text
    assert [(notice.code, notice.facts["left_out"]) for notice in draft.notices] == [("hidden_text", 11)]


@pytest.mark.parametrize(
    "start",
    [
        "<a b='",
        '<p x="' * 5000,
        "<!--" * 5000,
        "<!" * 5000,
        "</" * 5000,
        "<a " * 5000,
        "&" * 5000,
        "<script>" * 500,
        "<title>",
        "<![CDATA[" * 99,
    ],
    ids=lambda start: start[:8],
)
def test_what_is_never_closed_is_read_to_its_end(start: str) -> None:
    draft = read_page(decode(f"<html><body><p>{PARAGRAPH}</p>{start}".encode()), Limits())
    assert draft.text.startswith(PARAGRAPH.strip()[:100])


@pytest.mark.parametrize("length", [1, 4], ids=["short", "judged"])
def test_a_page_inside_one_form_keeps_its_text_and_a_heading_in_the_head_is_text(length: int) -> None:
    body = f"<form><header><a href='/'>Site</a><h1>The heading</h1></header><nav>Menu</nav><div>{f'<p>{PARAGRAPH}</p>' * length}</div><footer>Foot</footer></form>"
    text = read_page(decode(f"<html><body>{body}</body></html>".encode()), Limits()).text
    assert text.split("\n") == ["The heading", *[PARAGRAPH.strip()] * length]


def test_the_encoding_a_page_declares_is_used() -> None:
    from merestone.capture.identify import identify

    data = "<html><head><meta charset='windows-1254'></head><body><p>Işık, gece, ateş</p></body></html>".encode("cp1254")
    decoded = identify(data, "a.html", Limits()).decoded
    assert decoded is not None
    assert (decoded.encoding, "Işık" in decoded.text, decoded.notices) == ("cp1254", True, ())
