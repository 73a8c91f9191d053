"""What a page says about itself: title, date of publication, canonical address, site, language. Read, never guessed.

Order: Open Graph and article tags, Dublin Core, linked data, then the title element and a single `time`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from merestone.capture.readers.draft import About, one_line
from merestone.capture.readers.page_blocks import Page

_DATE = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
)
_DATE_LATE = ("citation_publication_date", "publishdate", "publish_date", "pubdate", "date", "parsely-pub-date", "sailthru.date")
_TITLE = ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title")
_SITE = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "citation_publisher")
_NESTING = 6


def about_page(text: str, page: Page) -> About:
    metas = _metas(page)
    linked = _linked(text, page)
    title = text[slice(*page.title)] if page.title else None
    return About(
        title=_first(metas, _TITLE) or one_line(linked.get("headline")) or one_line(unescape(title) if title else None),
        published=_first(metas, _DATE) or linked.get("datePublished") or _first(metas, _DATE_LATE) or _single_time(page),
        publisher=_first(metas, _SITE) or one_line(linked.get("publisher")),
        url=_canonical(page) or _first(metas, ("og:url",)) or None,
        language=next(
            (token.attributes.get("lang") or token.attributes.get("xml:lang") for token in page.head if token.name == "html"), None
        ),
    )


def generator_of(page: Page) -> str:
    """The program that says it made the page, "" where none says so."""
    return _metas(page).get("generator", "").strip().lower()


def _metas(page: Page) -> dict[str, str]:
    found: dict[str, str] = {}
    for token in page.head:
        if token.name == "meta":
            key = token.attributes.get("property") or token.attributes.get("name") or token.attributes.get("itemprop") or ""
            if "content" in token.attributes:
                found.setdefault(key.strip().lower(), token.attributes["content"])
    return found


def _first(metas: Mapping[str, str], keys: tuple[str, ...]) -> str | None:
    return next((value for key in keys if (value := one_line(metas.get(key)))), None)


def _canonical(page: Page) -> str | None:
    for token in page.head:
        if token.name == "link" and "canonical" in token.attributes.get("rel", "").lower().split():
            return one_line(token.attributes.get("href"))
    return None


def _single_time(page: Page) -> str | None:
    """The date of a `time` element, where all of them say the same or one is marked as the date of publication."""
    times = [token.attributes for token in page.head if token.name == "time" and token.attributes.get("datetime")]
    marked = {t["datetime"] for t in times if "pubdate" in t or t.get("itemprop", "").lower() == "datepublished"}
    stated = marked or {t["datetime"] for t in times}
    return stated.pop() if len(stated) == 1 else None


def _linked(text: str, page: Page) -> dict[str, str]:
    found: dict[str, str] = {}
    for start, end in page.scripts:
        try:
            loaded = json.loads(text[start:end])
        except (ValueError, RecursionError):
            continue
        for item in _objects(loaded, 0):
            for key in ("datePublished", "headline"):
                if isinstance(item.get(key), str):
                    found.setdefault(key, item[key])
            publisher = item.get("publisher")
            if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                found.setdefault("publisher", publisher["name"])
    return found


def _objects(loaded: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _NESTING:
        return
    if isinstance(loaded, dict):
        if "datePublished" in loaded or "headline" in loaded:
            yield loaded
        graph = loaded.get("@graph")
        if isinstance(graph, list):
            yield from _objects(graph, depth + 1)
    elif isinstance(loaded, list):
        for item in loaded:
            yield from _objects(item, depth + 1)
