"""A web page as a row of blocks: what a reader would see as one paragraph, list item, cell or line, each with its place in the page.

White space is folded, entities are read, hidden text and scripts stay out; every character knows the code points it came from.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from merestone.capture.readers.markup import ENTITY, Token, tokens

_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
        "label",
    ]
)
_SKIPPED = frozenset(
    [
        "head",
        "script",
        "style",
        "textarea",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "template",
        "svg",
        "math",
        "select",
        "datalist",
        "object",
        "canvas",
        "button",
    ]
)
_SELF_CLOSING = frozenset(["p", "li", "td", "th", "tr", "dt", "dd", "option"])
_NOISE_NAMES = frozenset(["nav", "footer", "aside"])
_NOISE_PERHAPS = frozenset(["form", "menu", "dialog"])  # some pages stand in one form altogether
_NOISE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|sidebar|related|share|sharing|social|comments?|cookies?|banner|subscribe|subscription|newsletter|"
    r"breadcrumbs?|advert|ads?|promo|widget|recommend(?:ed|ations)?|popup|modal|pager|pagination|tags|skip-link)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|em|pt)?\s*(?:;|$)", re.IGNORECASE)
_LETTER = rf"(?:[^\s&\u00ad\u200b]|&(?!{ENTITY.pattern[1:]}))"
_CHUNK = re.compile(rf"(?P<words>{_LETTER}+(?: {_LETTER}+)*)|(?P<space>\s+)|(?P<entity>{ENTITY.pattern})|(?P<nothing>[\u00ad\u200b]+)")


@dataclass(slots=True)
class Node:
    """An open element.

    `noise` by its name; `named_noise` by a looser name, its class or id, weighed later against how much text it holds; `within`: the
    nearest noise that it is or stands in. A page's own heading is its text even in its head.
    """

    name: str
    parent: Node | None
    depth: int
    hidden: bool = False
    skipped: bool = False
    noise: bool = False
    within: str = ""
    named_noise: bool = False
    linked: bool = False
    points: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Text as shown, and the code points `start:end` of the page that it stands for."""

    text: str
    start: int
    end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Block:
    runs: tuple[Run, ...]
    node: Node
    linked: int  # code points inside links

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Page:
    """Blocks in page order, and what a page says of itself as raw tokens (`head` holds meta, link, html and time tags)."""

    blocks: list[Block] = field(default_factory=list)
    head: list[Token] = field(default_factory=list)
    title: tuple[int, int] | None = None
    scripts: list[tuple[int, int]] = field(default_factory=list)  # linked data only
    hidden_points: int = 0
    depth: int = 0


def page_of(text: str) -> Page:
    walk = _Walk(text)
    for token in tokens(text):
        walk.step(token)
    walk.flush()
    return walk.page


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.page = Page()
        self.node = Node("", None, 0)
        self.open: Counter[str] = Counter()
        self.runs: list[Run] = []
        self.linked = 0
        self.space: Run | None = None
        self.linked_data = False

    def step(self, token: Token) -> None:
        if token.kind == "text":
            self._text(token.start, token.end)
        elif token.kind == "open":
            self._open(token)
        elif token.kind == "close":
            self._close(token.name)
        elif token.name == "title" and self.page.title is None:
            self.page.title = (token.start, token.end)
        elif token.name == "script" and self.linked_data:
            self.page.scripts.append((token.start, token.end))

    def flush(self) -> None:
        if self.runs:
            block = Block(tuple(self.runs), self.node, self.linked)
            self.page.blocks.append(block)
            size = sum(len(run.text) for run in self.runs)
            node: Node | None = self.node
            while node is not None and node.depth < 400:
                node.points += size
                node = node.parent
        self.runs, self.linked, self.space = [], 0, None

    def _open(self, token: Token) -> None:
        name = token.name
        if name in ("meta", "link", "html", "time"):
            self.page.head.append(token)
        if name == "script":
            self.linked_data = "ld+json" in token.attributes.get("type", "").lower()
        if name not in _INLINE:
            self.flush()
            if self.node.name == "p" or (name in _SELF_CLOSING and self.node.name == name):
                self._close(self.node.name)
        if name in _VOID or (token.closed and name in ("svg", "math")):
            return
        parent = self.node
        marks = token.attributes
        unseen = "hidden" in marks or bool(_UNSEEN.search(marks.get("style", "")))
        noise = name in _NOISE_NAMES or (name == "header" and not _inside(parent, ("article", "main")))
        lifted = name == "h1" and parent.within == "header"
        self.node = Node(
            name,
            parent,
            parent.depth + 1,
            hidden=parent.hidden or unseen,
            skipped=parent.skipped or name in _SKIPPED,
            noise=noise,
            within=name if noise else "" if lifted else parent.within,
            named_noise=name in _NOISE_PERHAPS or (name not in ("html", "body", "main", "article") and _noisy(marks)),
            linked=parent.linked or name == "a",
        )
        self.open[name] += 1
        self.page.depth = max(self.page.depth, self.node.depth)

    def _close(self, name: str) -> None:
        if name not in _INLINE:
            self.flush()
        if not self.open[name]:
            return
        while self.node.parent is not None:
            closed, self.node = self.node.name, self.node.parent
            self.open[closed] -= 1
            if closed == name:
                return

    def _text(self, start: int, end: int) -> None:
        if self.node.skipped:
            return
        if self.node.hidden:
            self.page.hidden_points += len(self.text[start:end].strip())
            return
        for found in _CHUNK.finditer(self.text, start, end):
            self._chunk(found)

    def _chunk(self, found: re.Match[str]) -> None:
        kind, shown = found.lastgroup, found.group()
        if kind == "nothing":
            return
        if kind == "entity":
            shown = unescape(shown).replace("\u00ad", "").replace("\u200b", "")
            if not shown:
                return
            shown = "".join("\ufffd" if "\ud800" <= point <= "\udfff" else point for point in shown)
        if kind == "space" or shown.isspace():
            if self.runs and self.space is None:
                self.space = Run(" ", found.start(), found.end(), found.group() == " ")
            return
        if self.space is not None:
            self.runs.append(self.space)
            self.space = None
        self.runs.append(Run(shown, found.start(), found.end(), kind != "entity"))
        if self.node.linked:
            self.linked += len(shown)


def _noisy(marks: dict[str, str]) -> bool:
    return marks.get("role", "").lower() in ("navigation", "contentinfo", "search", "complementary") or any(
        _NOISE_WORDS.search(marks.get(key, "")) for key in ("class", "id")
    )


def _inside(node: Node | None, names: tuple[str, ...]) -> bool:
    while node is not None:
        if node.name in names:
            return True
        node = node.parent
    return False
