#!/usr/bin/env python3
"""How long the PDF and the DOCX of a large edition take, start and first use counted apart: the goal is under 1.5 s for 26 pages after start.

benchmarks/pdf.py [PAPERS] [SENTENCES]      an invented edition of PAPERS documents (9) with SENTENCES claims each (5)
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pypdfium2 import PdfDocument

from merestone.report import INTERNAL, Edition, redact
from merestone.report.contents import contents_of
from merestone.report.docx import report_docx
from merestone.report.pdf import report_pdf
from merestone.report.render import report_html
from tests.report.invented import OR, VE, WIRE, Bundle, Paper, Told, edition

KINDS = ("small_arms_fire", "shelling", "position_held", "drone_flight", "theft")
SAID = "In hour {n} units of the other side fired towards the houses at the edge of the village for some minutes and the school was hit ({paper}.{n})."


def large(papers: int, sentences: int) -> Edition:
    made = []
    for at in range(papers):
        by, side, speaker = ((VE, "VE", "ministry"), (OR, "OR", "ministry"), (WIRE, "none", "media"))[at % 3]
        told = tuple(
            Told(
                SAID.format(n=n, paper=at),
                kind=KINDS[n % 5],
                by=by,
                side=side,
                speaker=speaker,
                place=(at // 3 + n) % 6,
                days=5 + at // 3 + n,
            )
            for n in range(sentences)
        )
        made.append(
            Paper(f"paper-{at}", told, publisher=by, title=f"Bulletin {at}", statements=((by, f"We shall answer in kind ({at})."),))
        )
    groups = tuple(
        tuple(f"paper-{at + k}#{n}" for k in range(min(3, papers - at))) for at in range(0, papers, 3) for n in range(1, sentences + 1)
    )
    return redact(edition(Bundle(tuple(made), groups)), INTERNAL)


def seconds(name: str, work: Callable[[], bytes], runs: int = 5) -> bytes:
    took = []
    made = b""
    for _ in range(runs + 1):
        start = time.perf_counter()
        made = work()
        took.append(time.perf_counter() - start)
    print(
        f"{name:12} first {took[0]:.3f} s, then median {statistics.median(took[1:]):.3f} s, slowest of {runs} {max(took[1:]):.3f} s, {len(made)} bytes"
    )
    return made


def main() -> None:
    papers, sentences = (int(sys.argv[n]) if len(sys.argv) > n else usual for n, usual in ((1, 9), (2, 5)))
    found = large(papers, sentences)
    print(f"{len(found.documents)} documents, {len(found.claims)} claims, {len(found.incidents)} incidents")
    seconds("values", lambda: str(contents_of(found)).encode())
    seconds("report.html", lambda: report_html(found))
    pdf = seconds("report.pdf", lambda: report_pdf(found))
    seconds("report.docx", lambda: report_docx(found))
    print(f"{len(PdfDocument(io.BytesIO(pdf)))} pages")


if __name__ == "__main__":
    main()
