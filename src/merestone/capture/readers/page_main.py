"""Which blocks of a page are its text. trafilatura judges, our own blocks are kept: so every character keeps its place.

What it drops inside the body that it chose (a list of signatories at the end, for one) is put back; short pages are kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from types import ModuleType

from merestone.capture.readers.page_blocks import Block, Node, Page

_SHORT_PAGE = 1_500
_LONG_LINE = 24
_BUDGET = 4_000_000_000  # blocks times judged characters: above it only whole lines are compared
_NOISE_SHARE = 0.4
_LINK_SHARE = 0.6
_UNJUDGED_SHARE = 0.25
_NOT_WORD = re.compile(r"[\W_]+")


def main_blocks(text: str, page: Page, depth_limit: int) -> list[Block]:
    """The blocks that are the page's text, in page order. All of them when nothing tells them apart."""
    if page.depth > depth_limit:
        return page.blocks
    quiet = _quiet_nodes(page)
    shown = [block for block in page.blocks if not quiet(block.node)]
    if sum(len(block.text) for block in shown) < _SHORT_PAGE:
        return shown or page.blocks
    judged = _trafilatura().extract(text, include_comments=False, include_tables=True, favor_recall=True)
    kept = _matched(page.blocks, judged or "")
    held = sum(len(page.blocks[index].text) for index in kept)
    if held < _UNJUDGED_SHARE * sum(len(block.text) for block in shown):
        return shown
    return _put_back(page.blocks, kept, {id(block) for block in shown})


@cache
def _trafilatura() -> ModuleType:
    import trafilatura  # 350 ms

    return trafilatura


class _quiet_nodes:  # noqa: N801 - called like a function
    """Whether a block's element is navigation, a footer or the like, by itself or by one it stands in."""

    def __init__(self, page: Page) -> None:
        self.total = max(1, sum(len(block.text) for block in page.blocks))
        self.known: dict[int, bool] = {}

    def __call__(self, node: Node | None) -> bool:
        chain = []
        while node is not None and id(node) not in self.known:
            chain.append(node)
            node = node.parent
        answer = self.known[id(node)] if node is not None else False
        for item in reversed(chain):
            lifted = item.name == "h1" and not item.within
            answer = (answer and not lifted) or item.noise or (item.named_noise and item.points < _NOISE_SHARE * self.total)
            self.known[id(item)] = answer
        return answer


def squeezed(text: str) -> str:
    return _NOT_WORD.sub("", text).lower()


def _matched(blocks: Sequence[Block], judged: str) -> list[int]:
    lines = {squeezed(line.lstrip("- ")) for line in judged.splitlines()}
    lines |= {squeezed(cell) for line in judged.splitlines() if "|" in line for cell in line.split("|")}
    lines.discard("")
    whole = squeezed(judged)
    affordable = len(blocks) * len(whole) < _BUDGET
    kept = []
    for index, block in enumerate(blocks):
        short = squeezed(block.text)
        if short and (short in lines or (affordable and len(short) >= _LONG_LINE and short in whole)):
            kept.append(index)
    return kept


def _put_back(blocks: Sequence[Block], kept: Sequence[int], shown: set[int]) -> list[Block]:
    """The kept blocks, and those of the same body that are text: not navigation, not mainly links unless a list is announced."""
    chosen = set(kept)
    body = _shared(blocks, kept)
    announced = False
    for index in range(_heading(blocks, kept[0], shown), len(blocks)):
        block = blocks[index]
        text = block.text
        if index in chosen:
            announced = text.rstrip().endswith(":") or (announced and block.node.name == "li")
            continue
        if id(block) not in shown or not (block.node.name == "h1" or _under(block.node, body)):
            continue
        if block.linked < _LINK_SHARE * len(text) or announced:
            chosen.add(index)
            announced = text.rstrip().endswith(":") or (announced and block.node.name == "li")
    return [blocks[index] for index in sorted(chosen)]


def _heading(blocks: Sequence[Block], first: int, shown: set[int]) -> int:
    """Where the page's own heading stands before the first kept block, if it does."""
    return next((at for at in range(first) if blocks[at].node.name == "h1" and id(blocks[at]) in shown), first)


def _shared(blocks: Sequence[Block], kept: Sequence[int]) -> Node | None:
    """The innermost element that holds nearly all (19 in 20 characters) of what was kept."""
    held: dict[int, int] = {}
    nodes: dict[int, Node] = {}
    total = 0
    for index in kept:
        size = len(blocks[index].text)
        total += size
        node: Node | None = blocks[index].node
        while node is not None:
            held[id(node)] = held.get(id(node), 0) + size
            nodes[id(node)] = node
            node = node.parent
    wide = [nodes[key] for key, size in held.items() if size * 20 >= total * 19]
    return max(wide, key=lambda node: node.depth, default=None)


def _under(node: Node | None, body: Node | None) -> bool:
    while node is not None:
        if node is body:
            return True
        node = node.parent
    return body is None
