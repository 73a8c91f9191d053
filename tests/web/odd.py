"""A mission that received what nobody wants to receive: the museum, hostile pages, pages that cannot be drawn, a captive's words."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from merestone.capture.limits import Limits
from merestone.capture.receive import Options
from merestone.register import queries
from merestone.register.claims import record_form
from merestone.register.erase import Erasing, erase
from merestone.register.mission import close
from merestone.register.propose import propose
from merestone.register.protect import protect
from merestone.register.receive import receive
from merestone.web.passwords import set_password
from merestone.web.settings import lay
from tests.faults.makers import STORY, docx, page_of, paragraph, pdf
from tests.faults.museum import build
from tests.register.cast import ANALYST, MONITOR, REVIEWER, SECOND
from tests.register.conftest import founded

PASSWORD = "a quiet night in may"
SPOKEN = "The captured soldier said that he had been ordered to dig a trench at Lower Brask."
SECOND_STORY = "On 18 May the ministry said that fire was opened at the positions near Lower Brask and that one soldier was wounded."
LONG = 400_000
_FORM = {"kind": "engineering_works", "quote": SPOKEN, "when": {"from": "2031-05-17", "precision": "day"}, "said_by": ["captured soldier"]}


def hostile_page() -> bytes:
    return (
        "<!doctype html><html lang=en><head><title>News</title><base href='https://elsewhere.example/'><style>body{display:none}</style></head>"
        f"<body onload='alert(1)'><p>{STORY}</p><script>document.title='taken'</script><p>&lt;script&gt;document.title='taken'&lt;/script&gt; "
        "<img src=x onerror=\"document.title='taken'\"><svg onload=\"document.title='taken'\"></svg></p><iframe src='/audit/'></iframe></body></html>"
    ).encode()


def mail() -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Date"] = "Press <press@example.org>", "Night", "Sat, 17 May 2031 10:00:00 +0000"
    made.set_content(STORY)
    made.add_attachment(SECOND_STORY.encode(), maintype="text", subtype="markdown", filename="enclosed.md")
    return made.as_bytes()


def long_text() -> str:
    """Claims far apart from each other, in words that say nothing."""
    filling = "The weather was mild and the mill stood still. "
    blocks = [
        f"On {day} April the Ministry of Defence of Veldar said that Orsayan units opened fire at positions near Upper Brask."
        for day in range(2, 30)
    ]
    each = LONG // len(blocks) // len(filling)
    return "\n".join(block + " " + filling * each for block in blocks)


def unusual() -> dict[str, bytes]:
    """By name: what can be read and is hard to show."""
    wide = pdf([page_of([STORY[:70], STORY[70:]])]).replace(b"[0 0 595 842]", b"[0 0 14400 14400]")
    turned = pdf([page_of([STORY[:70], STORY[70:]])]).replace(
        b"/MediaBox [0 0 595 842]", b"/Rotate 90 /MediaBox [0 0 595 842] /CropBox [50 400 545 842]"
    )
    spoilt = pdf([page_of([STORY[:70], STORY[70:]]), page_of([SECOND_STORY[:70], SECOND_STORY[70:]])])
    last = spoilt.index(b"]", spoilt.index(b"/Kids ["))
    kid = spoilt.rindex(b" ", 0, last - 4) + 1
    return {
        "hostile.html": hostile_page(),
        "turned_words.txt": f"{STORY}\nRead \u202egnihton\u202c of \u2067this\u2069, a\u200bb\x07c\u00add.\n".encode(),
        "markup.txt": f"</div></main><script>document.title='taken'</script> {STORY}\n".encode(),
        "wide.pdf": wide,
        "turned.pdf": turned,
        "spoilt.pdf": spoilt[:kid] + b"1 0 R" + spoilt[last:],
        "odd_parts.docx": docx(paragraph(STORY), {"word/<script>.xml": "<a/>", "../up.xml": "<a/>", "word/vbaProject.bin": b"Sub"}),
        "enclosing.eml": mail(),
        "long.txt": long_text().encode(),
        "captive.txt": f"{SECOND_STORY} {SPOKEN}\n".encode(),
        "below.html": f"<html><body><article><p>{STORY}</p><p>{SECOND_STORY}</p></article><footer>{SPOKEN}</footer></body></html>".encode(),
        "closed.txt": (STORY + " And nobody may know of it.").encode(),
        "gone.txt": (STORY + " And this was burnt.").encode(),
        "formula.csv": f"id,text,publisher\nx,{STORY.replace(',', '')},=HYPERLINK(1)\n".encode(),
    }


@dataclass(frozen=True)
class Odd:
    """The mission's folder, and the exhibit that each file became."""

    folder: Path
    ids: dict[str, str]


def odd_mission(folder: Path) -> Odd:
    lay(b"x" * 32)
    sources = folder / "sources"
    sources.mkdir(parents=True)
    build(sources)
    for name, data in unusual().items():
        (sources / name).write_bytes(data)
    mission = founded(folder / "mission")
    try:
        limits = Limits(file_bytes=1_000_000)
        arrived = list(receive(mission, MONITOR, [sources], Options(limits=limits, published="2031-05-18", publisher="<b>Mill</b> Press")))
        ids = {row.id: row.name for row in queries.exhibits(mission)}
        named = {each.name.rpartition("/")[2]: each.exhibit for each in arrived if each.exhibit in ids}
        propose(mission, ANALYST)
        record_form(mission, ANALYST, named["captive.txt"], _FORM)
        protect(mission, MONITOR, named["closed.txt"], "Somebody could be found by it.")
        erase(mission, REVIEWER, Erasing(named["gone.txt"], "The rule of the mission", "Its own wish.", SECOND))
        propose(mission, ANALYST)
        set_password(mission, ANALYST, PASSWORD)
    finally:
        close(mission)
    return Odd(folder / "mission", named)
