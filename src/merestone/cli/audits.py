"""Commands that try the product's own laws on documents: audit symmetry."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from merestone.cli import options as asks
from merestone.cli.ground import now
from merestone.cli.say import DONE, NOTHING, ended, line, put

if TYPE_CHECKING:
    from merestone.capture.terms import Received


def declare(commands: Any) -> None:
    """The commands, in the order in which help lists them."""
    audits = asks.folder_of_commands(
        commands,
        "audit",
        "try the laws of this product on documents of your own",
        "Audits: what must hold of any document, tried on yours.",
    )
    one = asks.command(
        audits,
        "symmetry",
        symmetry,
        "exchange two parties in documents, read both, and tell every difference",
        ["merestone audit symmetry statements/ --pack teaching", "merestone audit symmetry corpus.jsonl --pack mine.yaml --between XA,XB"],
    )
    one.add_argument(
        "paths", metavar="DOCS", nargs="+", type=Path, help="files, folders, corpora, or a folder of annotated documents (.yaml)"
    )
    asks.pack(one)
    one.add_argument("--between", metavar="XA,XB", default="", help="the codes of the two parties (default: the first two of the pack)")
    asks.strict(one)
    asks.as_json(one)


def symmetry(args: argparse.Namespace) -> int:
    from merestone.capture import load_pack
    from merestone.report.symmetry import audit, lines

    pack = load_pack(args.pack)
    received = _received(args.paths)
    found = audit(received.texts, pack, tuple(filter(None, args.between.split(","))))
    if args.json:
        put({**asdict(found), "holds": found.holds})
    for told in () if args.json else lines(found):
        line(told)
    code = ended(found.documents, received.refusals, args.strict)
    return code if code != DONE or found.holds else NOTHING


def _received(paths: list[Path]) -> Received:
    """As `read` receives them; a folder of annotated documents is handed in without what people annotated."""
    from merestone.capture import Options, receive
    from merestone.extract import languages_with_rules
    from merestone.report.annotated import annotated, corpus_of

    options = Options(received_at=now(), languages_with_rules=languages_with_rules())
    with TemporaryDirectory() as folder:
        plain = []
        for number, path in enumerate(paths):
            if any(path.glob("*.yaml")) or any(path.glob("documents/*.yaml")):
                corpus = Path(folder) / f"{number}.jsonl"
                corpus.write_text(corpus_of(annotated(path)), encoding="utf-8")
                plain.append(corpus)
            else:
                plain.append(path)
        return receive(plain, options)
