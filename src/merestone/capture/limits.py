"""How much of anything is taken in. What is over a limit is refused by name; nothing is cut off quietly.

Defaults are code; a caller may tighten or widen them by building another `Limits`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, code points and counts. `zip_ratio` is unpacked to packed size and bites only above `zip_free` unpacked bytes."""

    file_bytes: int = 50_000_000
    corpus_bytes: int = 500_000_000
    streamed_bytes: int = 32_000_000  # from here on, lines of JSON are taken a portion at a time where they come one by one
    text_points: int = 5_000_000
    line_points: int = 10_000_000
    bad_lines: int = 1_000
    zip_members: int = 5_000
    zip_bytes: int = 200_000_000
    zip_ratio: int = 200
    zip_free: int = 10_000_000
    pdf_pages: int = 2_000
    html_depth: int = 200
    files: int = 20_000
    folder_depth: int = 40
    mail_depth: int = 5
    mail_parts: int = 300
