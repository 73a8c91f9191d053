"""Documents of somebody who means harm: whatever stands in them, pages run nothing of it, load nothing for it, and keep their shape."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from merestone.web.page import NAVIGATION
from tests.browser.conftest import NARROW, WIDE, Desk, ticket_of
from tests.browser.served import PASSWORD, Served, Visitor, let_in, merestone, serving
from tests.browser.watched import Watch, nameless, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Page

ACTOR = "analyst-1"
RUN = "window.__pwned=1;alert(1)"
TAG = f"<script>{RUN}</script>"
BROKEN_OUT = f"\"'><img src=x onerror=\"{RUN}\"><svg onload='{RUN}'>"
BIDI = "\u202egnorw daer\u2066\u202b"
LONG = "W" * 5000
CONTROL = "".join(map(chr, range(1, 9))) + "\x0b\x0c\x1b]0;title\x07\x7f\x85\u2028\u2029\ufeff\ufffe"
TEMPLATE = "{{ 7*7 }}{% raw %}${7*7}"
SAID = "On 17 May 2031 at 03:10 Veldarian forces {put} fired at the village of Alta Vauride {put}, the Ministry of Defence of Orsay said.\n\n{put}\n"
LIST = [TAG, BROKEN_OUT, BIDI, LONG, CONTROL, TEMPLATE]

LOOKED_FOR = """() => {
    const told = [], all = [...document.querySelectorAll("*")];
    if (window.__pwned !== undefined) told.push("something ran");
    for (const each of all) {
        for (const { name, value } of each.attributes) {
            if (name.startsWith("on")) told.push(`${each.localName} ${name}`);
            if (/^(href|src|action|formaction|xlink:href)$/.test(name) && /^\\s*(javascript|vbscript|data:text)/i.test(value)) told.push(`${name}=${value}`);
        }
        if (each.matches("iframe, object, embed, base, meta[http-equiv], script:not([src]), style")) told.push(each.outerHTML.slice(0, 80));
    }
    const alone = (each) => /isolate|plaintext/.test(getComputedStyle(each).unicodeBidi) || each.matches("pre, textarea, option, title");
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const { data } = walk.currentNode;
        let each = walk.currentNode.parentElement;
        if (!/[\\u202a-\\u202e\\u2066-\\u2069]/.test(data) || each.closest(".given, .source, .cells, pre")) continue;
        while (each && !alone(each)) each = each.parentElement;
        if (getComputedStyle(each).display === "inline" || each.textContent.trim() === data.trim()) continue;
        told.push(`turns our words around in ${each.localName}.${each.className}: ${data.slice(0, 60)}`);
    }
    if (/[\\u0000-\\u0008\\u000b\\u000e-\\u001f\\u007f]/.test(document.documentElement.textContent)) told.push("a control character");
    return told;
}"""


def written(folder: Path) -> Path:
    """One document for each way of meaning harm in each format, and a manifest whose words mean it too."""
    folder.mkdir()
    rows = []
    for number, put in enumerate(LIST):
        text = SAID.format(put=put)
        made = {
            f"{number}.txt": text,
            f"{number}.md": f"# {put}\n\n{text}",
            f"{number}.html": f"<html><head><title>{put}</title>{TAG}</head><body onload='{RUN}'><h1>{put}</h1><p>{text}</p></body></html>",
        }
        for name, content in made.items():
            (folder / name).write_text(content, encoding="utf-8", newline="")
            rows.append((name, "2031-05-17", put.replace("\n", " "), "javascript:" + RUN, "en", ""))
    mail = (
        f"From: {ACTOR} <a@example.org>\nSubject: {TAG} {BROKEN_OUT}\nDate: Sat, 17 May 2031 08:00:00 -0200\nContent-Type: text/plain\n\n"
    )
    (folder / "letter.eml").write_text(mail + SAID.format(put=TAG), encoding="utf-8")
    rows.append(("letter.eml", "2031-05-17", BIDI + TAG, "", "en", ""))
    lines = [{"id": f"{put} {n}", "text": SAID.format(put=put), "publisher": put, "published": "2031-05-17"} for n, put in enumerate(LIST)]
    (folder / "corpus.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (folder / f"{TAG.replace('/', '')}.txt").write_text(SAID.format(put="once more"), encoding="utf-8")
    (folder / f"{BIDI}.bin").write_bytes(bytes(range(256)))  # cannot be read, and is told with its name
    with (folder.parent / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        told = csv.writer(file)
        told.writerow(("path", "published", "publisher", "url", "language", "protected"))
        told.writerows(rows)
    shutil.move(folder.parent / "manifest.csv", folder / "manifest.csv")
    return folder


@pytest.fixture(scope="module")
def hostile(demo: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration's mission, copied; into it came all that, was read and recorded, and people used such words too."""
    folder = tmp_path_factory.mktemp("hostile")
    mission, sources = folder / "mission", written(folder / "in")
    shutil.copytree(demo.folder / "demo" / "mission", mission)
    merestone("-C", mission, "receive", sources, "--manifest", sources / "manifest.csv", "--as", ACTOR)
    merestone("-C", mission, "propose", "--as", ACTOR)
    known = {row["id"]: row for row in json.loads(merestone("-C", mission, "list", "exhibits", "--json").stdout)}
    last = list(known)[-3:]
    merestone("-C", mission, "describe", last[0], "--title", TAG + BROKEN_OUT, "--publisher", LONG, "--reason", BROKEN_OUT, "--as", ACTOR)
    merestone("-C", mission, "propose", "--as", ACTOR)
    merestone("-C", mission, "note", last[1], f"{TAG} {BIDI} {LONG}", "--as", ACTOR)
    merestone("-C", mission, "user", "add", BROKEN_OUT, "--role", "monitor", "--as", ACTOR)
    let_in(mission, folder, ACTOR)
    with serving(folder, "-C", mission, "serve", "--port", 0) as served:
        yield served


@pytest.fixture(scope="module")
def pages(hostile: Served) -> tuple[str, ...]:
    """All that show something of it: those of the bar, each exhibit, each incident of it, the last entries of the ledger."""
    visitor = Visitor(hostile.port)
    assert visitor.signs_in(ACTOR, PASSWORD) == 302
    size = json.loads(merestone("-C", hostile.folder / "mission", "list", "entries", "--json").stdout)[-1]["position"] + 1
    exhibits = [row["id"] for row in json.loads(merestone("-C", hostile.folder / "mission", "list", "exhibits", "--json").stdout)]
    came = [
        f"/exhibits/{exhibit}/"
        for exhibit in exhibits
        if any(word in visitor.get(f"/exhibits/{exhibit}/")[1] for word in ("pwned", "WWWW", "Veldarian forces"))
    ]
    incidents = sorted({found for page in came for found in re.findall(r"/incidents/INC-[\d-]+/", visitor.get(page)[1])})
    assert len(came) >= len(LIST) * 3
    assert incidents
    entries = [f"/audit/ledger/{at}/" for at in range(size - 6, size)]
    return (*(href for href, _ in NAVIGATION), "/audit/ledger/", *incidents, *came, *entries)


@pytest.fixture
def watch(hostile: Served) -> Watch:
    return Watch(hostile.address)


@pytest.fixture(scope="module")
def pass_of_it(hostile: Served) -> str:
    return ticket_of(hostile, ACTOR, PASSWORD)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_runs_and_nothing_breaks_out(opens: Desk, hostile: Served, pages: tuple[str, ...], pass_of_it: str, width: int) -> None:
    page = opens(pass_of_it, width)
    found = []
    for path in pages:
        answer = page.goto(hostile.address + path[1:])
        assert answer
        told = [answer.status] if answer.status != 200 else []
        told += page.evaluate(LOOKED_FOR)
        told += [f"too wide: {wide}"] if (wide := too_wide(page)) else []
        if told:
            found.append(f"{path}: {told}")
    assert not found, "\n".join(found)


def test_the_words_are_there_to_be_read(opens: Desk, hostile: Served, pages: tuple[str, ...], pass_of_it: str) -> None:
    """They are shown as words, not left out: who reads the record has to see what was sent."""
    page = opens(pass_of_it)
    seen = set()
    for path in (path for path in pages if path.startswith("/exhibits/EXH-")):
        page.goto(hostile.address + path[1:])
        text = page.locator("main").inner_text()
        seen |= {word for word in (TAG, "onerror=", LONG[:400], "{{ 7*7 }}") if word in text}
    assert seen == {TAG, "onerror=", LONG[:400], "{{ 7*7 }}"}


def test_the_map_is_drawn_all_the_same(opens: Desk, hostile: Served, pass_of_it: str) -> None:
    page = opens(pass_of_it)
    page.goto(f"{hostile.address}map/")
    page.locator("#map.live").wait_for(timeout=30_000)
    assert page.evaluate(LOOKED_FOR) == []
    assert nameless(page) == []


def test_what_is_asked_for_in_an_address_is_shown_as_words(opens: Desk, hostile: Served, pass_of_it: str, watch: Watch) -> None:
    page = opens(pass_of_it)
    refused = [
        f"/incidents/?place={TAG}",
        f"/incidents/?{TAG}=1",
        f"/exhibits/{TAG}/",
        f"/audit/ledger/?about={BROKEN_OUT}",
        f"/map/?from={TAG}",
        f"/{TAG}",
    ]
    for path in refused:
        answer = page.goto(hostile.address + path[1:])
        assert answer
        if answer.status != 200:
            watch.seen[:] = [each for each in watch.seen if str(answer.status) not in each]
        assert answer.status in (200, 400, 404)
        assert page.evaluate(LOOKED_FOR) == []
        assert too_wide(page) == ""


def test_what_is_looked_for_would_be_found(opens: Desk, hostile: Served, pass_of_it: str, watch: Watch) -> None:
    """And the policy refuses to run what a template would have let through."""
    page: Page = opens(pass_of_it)
    page.goto(hostile.address)
    page.evaluate("""(turned) => {
        const link = Object.assign(document.createElement("a"), { href: "javascript:void 0" }), words = document.createElement("p");
        link.setAttribute("onclick", "void 0");
        words.append("Ours: ", turned);
        document.body.append(link, words, document.createElement("iframe"));
        window.__pwned = 1;
    }""", BIDI)  # fmt: skip
    assert len(page.evaluate(LOOKED_FOR)) == 5
    said = [each for each in watch.seen if "inline event handler violates" in each]
    assert len(said) == 1
    watch.seen.remove(said[0])
