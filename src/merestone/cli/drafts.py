"""Commands that need no mission: demo, brief, read, link, score, explain of files."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from merestone.cli import bulk, model
from merestone.cli import options as asks
from merestone.cli.desk import port, served
from merestone.cli.ground import lines, now
from merestone.cli.opened import ground, looked_at
from merestone.cli.say import DONE, clear, counted, ended, line, message, progress, put, say, step
from merestone.ledger.terms import Refusal

if TYPE_CHECKING:
    from merestone.capture import Options

SEED = 0  # the same documents and readings give the same intervals


def declare(commands: Any) -> None:
    """The commands, in the order in which help lists them."""
    one = asks.command(
        commands,
        "demo",
        demo,
        "build the teaching mission, publish from it, verify it and serve it",
        ["merestone demo", "merestone demo --no-serve"],
    )
    one.add_argument("--dir", metavar="DIR", type=Path, default=Path("demo"), help="where it goes (default: demo)")
    one.add_argument("--no-serve", action="store_true", help="build it and end")
    port(one)

    one = asks.command(commands, "brief", brief, "from a folder of sources to a draft report, without a mission")
    asks.pack(one)
    asks.sources(one)
    asks.window(one)
    one.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        required=True,
        help="where report.html, .pdf, .docx, claims.csv, incidents.geojson and edition.json go",
    )
    one.add_argument("--profile", choices=("internal", "public"), default="internal", help="how much leaves the house (default: internal)")
    asks.jobs(one)
    asks.as_json(one, "print what was written, as JSON")

    one = asks.command(commands, "read", read, "readings only: one JSON object a document")
    asks.pack(one)
    asks.sources(one)
    one.add_argument("--jsonl", action="store_true", help="JSON Lines on standard output (the only form; said for clearness)")
    asks.jobs(one)
    model.declare(one)

    _declare_link(commands)
    one = asks.command(
        commands,
        "explain",
        explain,
        "why a claim was proposed; why claims were joined; why a grade",
        [
            "merestone explain readings.jsonl or-courier#2",
            "merestone explain out/edition.json B-001",
            "merestone -C mill explain INC-2031-0142",
        ],
    )
    one.add_argument(
        "file", metavar="FILE", nargs="?", help="READINGS.jsonl or edition.json, or - for readings on standard input; none for a mission"
    )
    one.add_argument("what", metavar="ID", help="DOC_ID#N for a claim, B-001 for an incident; of a mission INC-…, EXH-…#N, EXH-… or EDN-…")
    asks.known(one)
    asks.mission(one)

    _score(commands)


def _declare_link(commands: Any) -> None:
    one = asks.command(
        commands,
        "link",
        link,
        "join the claims of readings into incidents",
        [
            "merestone link readings.jsonl --pack teaching --jsonl > linked.jsonl",
            "merestone link claims.parquet --out incidents.parquet",
            "merestone link claims/ --out incidents/ --weights last-year/",
        ],
    )
    one.add_argument(
        "readings",
        metavar="READINGS.jsonl",
        help="what `read` wrote, or - for standard input; or a Parquet file of claims, or a folder of such, with the columns ref (or id), from"
        " (or ts), lat, lon, kind, and if there are any to, precision, uncertainty_m, publisher, target_what, weapons, killed, wounded, missing,"
        " captured, displaced. Columns of parties are never read",
    )
    asks.pack(one, required=False)
    bulk.declare(one)
    one.add_argument("--jsonl", action="store_true", help="JSON Lines on standard output (the only form; said for clearness)")
    asks.strict(one)


def _score(commands: Any) -> None:
    one = asks.command(
        commands,
        "score",
        score,
        "how near reading comes to documents that people annotated",
        ["merestone score annotated/ --pack teaching", "merestone score annotated/ --pack teaching --language en --errors 20"],
    )
    one.add_argument("gold", metavar="GOLD_DIR", type=Path, help="a folder of annotated documents, one .yaml file each")
    asks.pack(one)
    one.add_argument("--language", metavar="L", help="only the documents in this language, as a code of ISO 639-1")
    one.add_argument("--errors", metavar="N", type=int, default=0, help="show the first N slots that differ, on standard error")
    one.add_argument("--intervals", action="store_true", help="also how sure the figures by blamed party are (bootstrap over documents)")
    asks.strict(one)
    asks.as_json(one)


def demo(args: argparse.Namespace) -> int:
    from merestone.cli.demo import build

    built = build(args.dir, ground(), step)
    clear()
    say(
        f"An invented conflict, in its own June of 2031: {built.exhibits} exhibits, {built.claims} claims ({built.recorded} recorded), {built.incidents} incidents."
    )
    say(f"Its mission {built.mission} is in {args.dir / 'mission'}; published and verified: {', '.join(built.bundles)}.")
    print(built.report)
    if args.no_serve:
        return DONE
    say(f"Sign in as {built.account} with the password {built.password}")
    return served(args.dir / "mission", args.port)


def brief(args: argparse.Namespace) -> int:
    from merestone.capture import load_pack
    from merestone.ledger.words import told
    from merestone.report import Request, render, write
    from merestone.report import brief as made

    pack, options = load_pack(args.pack), _options(args)
    request = Request(
        tuple(args.paths), pack, now(), options, args.profile, since=args.since, until=args.until, progress=step, jobs=args.jobs
    )
    edition = made(request)
    refused = [Refusal(each.code, **dict(each.facts)) for each in edition.refusals]
    files = write(render(edition), args.out) if edition.documents else ()
    if args.json:
        counts = {key: len(getattr(edition, key)) for key in ("documents", "claims", "incidents", "patterns")}
        put({"files": [str(file) for file in files], **counts, "refusals": [told(each) for each in refused]})
    for file in () if args.json else files:
        print(file)
    return ended(len(edition.documents), refused, args.strict)


def read(args: argparse.Namespace) -> int:
    from merestone.capture import load_pack, receive_in_turn
    from merestone.extract.document import file_refused
    from merestone.link.lines import lines_of

    by_model, pack = model.asked(args), load_pack(args.pack)
    arriving = receive_in_turn(args.paths, _options(args))
    lines = model.lines_by_model(arriving, pack, args) if by_model else lines_of(arriving, pack, args.jobs)
    done = refused = 0
    for told in progress(lines, "documents read"):
        if isinstance(told, Refusal):
            put(file_refused(told))
            say(message(told))
            refused += 1
        else:
            print(told)
            done += 1
    return counted(done, refused, args.strict)


def link(args: argparse.Namespace) -> int:
    if bulk.meant(args.readings):
        return bulk.link(args)
    from merestone.capture import load_pack
    from merestone.link import group
    from merestone.link.dossiers import documents_in, line_out
    from merestone.report.linked import incidents_data

    if args.pack is None:
        raise Refusal("option_missing", option="pack", command="link")
    pack = load_pack(args.pack)
    entries = list(progress(documents_in(lines(args.readings)), "readings"))
    dossiers = [each for _, each in entries if not isinstance(each, Refusal)]
    linked = group(dossiers, pack=pack)
    for document, each in entries:
        put(line_out(document, each, linked))
    put({"incidents": incidents_data(linked, dossiers, pack, now())})
    return ended(len(dossiers), [each for _, each in entries if isinstance(each, Refusal)], args.strict)


def explain(args: argparse.Namespace) -> int:
    if args.file is None:
        from merestone.register.explain import explain as of_mission

        with looked_at(args) as mission:
            line(of_mission(mission, args.what))
        return DONE
    from merestone.report.explain import explain as explained

    if args.known:
        raise Refusal("option_unfit", option="as-known-on", command="explain of a file")
    line(explained("".join(lines(args.file)), args.what))
    return DONE


def score(args: argparse.Namespace) -> int:
    from random import Random
    from tempfile import TemporaryDirectory

    from merestone.capture import Options, load_pack, receive
    from merestone.extract import languages_with_rules
    from merestone.report import score as scoring
    from merestone.report import score_spread
    from merestone.report.annotated import annotated, corpus_of, read_anew

    pack, gold = load_pack(args.pack), annotated(args.gold, args.language)
    with TemporaryDirectory() as folder:
        corpus = Path(folder) / "annotated.jsonl"
        corpus.write_text(corpus_of(gold), encoding="utf-8")
        received = receive((corpus,), Options(received_at=now(), languages_with_rules=languages_with_rules()))
    read = read_anew(received, pack)
    scored = scoring.score(gold, read, args.errors)
    figures = scoring.result(scored)
    spread = score_spread.spread([scoring.score([document], read) for document in gold], Random(SEED).choice) if args.intervals else None  # noqa: S311
    for told in scored.differences:
        say(told)
    if args.json:
        put(figures if spread is None else {**figures, "intervals": asdict(spread)})
        return ended(len(read), received.refusals, args.strict)
    for told in (*scoring.lines(figures), *(score_spread.lines(spread) if spread else ())):
        line(told)
    return ended(len(read), received.refusals, args.strict)


def _options(args: argparse.Namespace) -> Options:
    from merestone.capture import Options
    from merestone.extract import languages_with_rules

    return Options(
        published=args.published,
        publisher=args.publisher,
        language=args.language,
        manifest=args.manifest,
        received_at=now(),
        languages_with_rules=languages_with_rules(),
    )
