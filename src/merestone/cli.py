"""The command line: one function a command, no logic. It parses, calls a room, prints, and says how it ended.

Data go to standard output, words to standard error. A room is imported only by the command that needs it.
Ends with 0 (done), 1 (nothing could be done, or --strict and something was refused), 2 (could not start), 3 (the record is broken).
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from merestone import __version__
from merestone.ledger.terms import BrokenRecord, Refusal

if TYPE_CHECKING:
    from merestone.capture import Options

T = TypeVar("T")

DONE, NOTHING, NO_START, BROKEN = 0, 1, 2, 3
INTERRUPTED, PIPE_CLOSED = 130, 141  # what a shell expects of a program that was stopped

EXAMPLES = """examples:
  merestone demo --no-serve
  merestone brief statements/ --pack teaching --out out
  merestone read statements/ --pack teaching --jsonl > readings.jsonl
  merestone link readings.jsonl --pack teaching --jsonl
  merestone explain readings.jsonl or-courier#2
  merestone explain out/edition.json B-001
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    args = parser().parse_args(argv)
    if isinstance(sys.stdout, io.TextIOWrapper):  # data are UTF-8 wherever they go, and half a character is its escape
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except Refusal as refusal:
        _say(_message(refusal))
        return NO_START
    except BrokenRecord as broken:
        _say(str(broken))
        return BROKEN
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter complains once more at its end
        return PIPE_CLOSED
    except KeyboardInterrupt:
        _say("Stopped.")
        return INTERRUPTED
    return code


def parser() -> argparse.ArgumentParser:
    """All commands and options; the documentation is checked against it."""
    top = argparse.ArgumentParser(
        prog="merestone",
        description="The record, the analysis and the reports of an impartial monitoring mission on a ceasefire line.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"merestone {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    one = _command(commands, "demo", demo, "build the teaching example and write its draft report")
    one.add_argument("--dir", metavar="DIR", type=Path, default=Path("demo"), help="where the report goes (default: demo)")
    one.add_argument("--no-serve", action="store_true", help="write the report and end")

    one = _command(commands, "brief", brief, "from a folder of sources to a draft report, without a mission")
    _sources(one)
    one.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="where report.html, claims.csv, incidents.geojson and edition.json go"
    )
    one.add_argument(
        "--from", dest="since", metavar="D", default="", help="leave out what is said to have happened before this day (YYYY-MM-DD)"
    )
    one.add_argument("--to", dest="until", metavar="D", default="", help="leave out what is said to have happened after this day")
    one.add_argument("--profile", choices=("internal", "public"), default="internal", help="how much leaves the house (default: internal)")
    one.add_argument("--json", action="store_true", help="print what was written, as JSON")

    one = _command(commands, "read", read, "readings only: one JSON object a document")
    _sources(one)
    one.add_argument("--jsonl", action="store_true", help="JSON Lines on standard output (the only form; said for clearness)")

    one = _command(commands, "link", link, "join the claims of readings into incidents")
    one.add_argument("readings", metavar="READINGS.jsonl", help="what `read` wrote, or - for standard input")
    _pack(one)
    one.add_argument("--jsonl", action="store_true", help="JSON Lines on standard output (the only form; said for clearness)")
    _strict(one)

    one = _command(commands, "explain", explain, "why a claim was proposed; why claims were joined; why a grade")
    one.add_argument("file", metavar="FILE", help="READINGS.jsonl or edition.json, or - for readings on standard input")
    one.add_argument("what", metavar="ID", help="DOC_ID#N for a claim, B-001 for an incident")

    one = commands.add_parser(
        "pack", help="the packs that are there, and what one lacks", description="Packs: what a conflict brings, as data."
    )
    packs = one.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = _command(packs, "list", pack_list, "the packs that come with merestone")
    listing.add_argument("--json", action="store_true", help="as JSON")
    check = _command(packs, "check", pack_check, "what is wrong or missing in a pack")
    check.add_argument("pack", metavar="PACK", help="a name, a folder, or one .yaml file")
    check.add_argument("--json", action="store_true", help="as JSON")
    _strict(check)
    return top


def _command(commands: Any, name: str, run: Any, summary: str) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=summary[0].upper() + summary[1:] + ".", allow_abbrev=False
    )
    one.set_defaults(run=run)
    return one


def _pack(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--pack", metavar="PACK", required=True, help="the conflict: a name (see `merestone pack list`), a folder, or one .yaml file"
    )


def _strict(one: argparse.ArgumentParser) -> None:
    one.add_argument("--strict", action="store_true", help="end with 1 when anything was refused")


def _sources(one: argparse.ArgumentParser) -> None:
    one.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files, folders, and .jsonl or .csv corpora")
    _pack(one)
    one.add_argument(
        "--published",
        metavar="T",
        help="when all of it was published (ISO date, or date and time); a line of a corpus or manifest comes first",
    )
    one.add_argument("--publisher", metavar="S", help="who published all of it; a line of a corpus or manifest comes first")
    one.add_argument(
        "--language", metavar="L", help="the language of all of it, as a code of ISO 639-1; a line of a corpus or manifest comes first"
    )
    one.add_argument("--manifest", metavar="FILE", type=Path, help="CSV or JSONL: path, published, publisher, url, language, protected")
    _strict(one)


# --- commands -----------------------------------------------------------------------------------------------------


def demo(args: argparse.Namespace) -> int:
    from merestone.capture import Options, load_pack
    from merestone.capture.pack import SHIPPED
    from merestone.report import Request, render, write
    from merestone.report import brief as made

    documents, now = SHIPPED / "teaching" / "documents", _now()
    options = Options(manifest=documents / "manifest.csv", received_at=now)
    edition = made(Request((documents,), load_pack("teaching"), now, options, progress=_step))
    report, *_ = write(render(edition), args.dir)
    _say(f"An invented conflict: {len(edition.documents)} documents, {len(edition.claims)} claims, {len(edition.incidents)} incidents.")
    _say("This version writes the draft report; the mission's ledger and the pages that serve it come in a later version.")
    print(report.resolve().as_uri())
    return DONE


def brief(args: argparse.Namespace) -> int:
    from merestone.capture import load_pack
    from merestone.ledger.words import told
    from merestone.report import Request, render, write
    from merestone.report import brief as made

    pack, options = load_pack(args.pack), _options(args)
    request = Request(tuple(args.paths), pack, _now(), options, args.profile, since=args.since, until=args.until, progress=_step)
    edition = made(request)
    refused = [Refusal(each.code, **dict(each.facts)) for each in edition.refusals]
    files = write(render(edition), args.out) if edition.documents else ()
    if args.json:
        counts = {key: len(getattr(edition, key)) for key in ("documents", "claims", "incidents", "patterns")}
        _print({"files": [str(file) for file in files], **counts, "refusals": [told(each) for each in refused]})
    for file in () if args.json else files:
        print(file)
    return _ended(len(edition.documents), refused, args.strict)


def read(args: argparse.Namespace) -> int:
    from merestone.capture import load_pack, receive
    from merestone.extract.document import document_out, file_refused
    from merestone.link.dossiers import readings_of

    pack = load_pack(args.pack)
    received = receive(args.paths, _options(args))
    refused = [refusal for refusal in received.refusals if not refusal.facts.get("protected")]
    for refusal in refused:
        _print(file_refused(refusal))
    done = 0
    for text, reading in _progress(readings_of(received.texts, pack), "documents read"):
        _print(document_out(text, reading))
        done += 1
    return _ended(done, refused, args.strict)


def link(args: argparse.Namespace) -> int:
    from merestone.capture import load_pack
    from merestone.link import group
    from merestone.link.dossiers import documents_in, line_out
    from merestone.report.linked import incidents_data

    pack = load_pack(args.pack)
    entries = list(_progress(documents_in(_lines(args.readings)), "readings"))
    dossiers = [each for _, each in entries if not isinstance(each, Refusal)]
    linked = group(dossiers, pack=pack)
    for document, each in entries:
        _print(line_out(document, each, linked))
    _print({"incidents": incidents_data(linked, dossiers, pack, _now())})
    return _ended(len(dossiers), [each for _, each in entries if isinstance(each, Refusal)], args.strict)


def explain(args: argparse.Namespace) -> int:
    from merestone.report.explain import explain as explained

    print(_shown(explained("".join(_lines(args.file)), args.what)))
    return DONE


def pack_list(args: argparse.Namespace) -> int:
    from merestone.capture import list_packs, load_pack

    packs = [load_pack(name) for name in list_packs()]
    if args.json:
        _print([{"name": pack.name, "title": pack.title, "parties": [party.code for party in pack.parties]} for pack in packs])
    for pack in [] if args.json else packs:
        print(_shown(f"{pack.name:24} {pack.title}"))
    return DONE if packs else NOTHING


def pack_check(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from merestone.capture.pack_check import check
    from merestone.capture.pack_check import told as lines_of

    checked = check(args.pack)
    if args.json:
        _print(asdict(checked))
    for line in () if args.json else lines_of(checked):
        print(_shown(line))
    return NOTHING if args.strict and checked.findings else DONE


# --- what is said, and how it ends --------------------------------------------------------------------------------


def _step(step: str, done: int, whole: int) -> None:
    """The progress of a brief, on a terminal only."""
    if sys.stderr.isatty():
        last = step == "report"
        shown = "" if last else f"{step} {done} of {whole}"
        print(f"\r{shown:60}" + ("\r" if last else ""), end="", file=sys.stderr, flush=True)


def _options(args: argparse.Namespace) -> Options:
    from merestone.capture import Options
    from merestone.extract import languages_with_rules

    return Options(
        published=args.published,
        publisher=args.publisher,
        language=args.language,
        manifest=args.manifest,
        received_at=_now(),
        languages_with_rules=languages_with_rules(),
    )


def _now() -> datetime:
    return datetime.now(UTC)


def _lines(name: str) -> Iterator[str]:
    """The lines of a file, or of standard input for `-`. Refuses `missing_file`, and what is not UTF-8."""
    try:
        with Path(name).open(encoding="utf-8") if name != "-" else open(sys.stdin.fileno(), encoding="utf-8", closefd=False) as lines:
            yield from lines
    except OSError as error:
        raise Refusal("missing_file", path=name, found=error.strerror or type(error).__name__) from error
    except UnicodeDecodeError as error:
        raise Refusal("undecodable", path=name, found=f"byte {error.start}") from error


def _print(value: object) -> None:
    from merestone.ledger.words import escaped

    print(escaped(json.dumps(value, ensure_ascii=False, allow_nan=False)))


def _say(words: str) -> None:
    print(_shown(words), file=sys.stderr)


def _shown(words: str) -> str:
    """Words of strangers (names of files, quotes) for a terminal, which would obey a control character."""
    return "".join(mark if mark in "\n\t" or unicodedata.category(mark) != "Cc" else "\ufffd" for mark in words)


def _message(refusal: Refusal) -> str:
    from merestone.ledger.words import message

    words, line = message(refusal), refusal.facts.get("line")
    where = next((f"{refusal.facts[key]}: " for key in ("path", "id") if refusal.facts.get(key)), "")
    told = "" if line is None or f"ine {line}" in words else f"line {line}: "
    return f"{where}{told}{words} [{refusal.code}]"


def _ended(done: int, refused: Sequence[Refusal], strict: bool) -> int:
    """Counts the refusals in words; nothing done at all, or any refusal under --strict, is a failure."""
    for refusal in refused:
        _say(_message(refusal))
    if refused:
        _say(f"{len(refused)} refused, {done} done.")
    elif not done:
        _say("Nothing was found to read.")
    return NOTHING if not done or (strict and refused) else DONE


def _progress(items: Iterable[T], what: str) -> Iterator[T]:
    """Passes the items on and counts them on a terminal; says nothing when standard error is a file or a pipe."""
    shown = sys.stderr.isatty()
    for number, item in enumerate(items, start=1):
        if shown:
            print(f"\r{number} {what}", end="", file=sys.stderr, flush=True)
        yield item
    if shown:
        print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)
