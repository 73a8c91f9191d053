"""Commands that try the product's own laws: audit symmetry on documents, audit balance on an edition or a mission."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from merestone.cli import options as asks
from merestone.cli.ground import now
from merestone.cli.say import DONE, NOTHING, ended, line, put
from merestone.ledger.terms import Refusal

if TYPE_CHECKING:
    from merestone.capture.terms import Received


def declare(commands: Any) -> None:
    """The commands, in the order in which help lists them."""
    audits = asks.folder_of_commands(
        commands,
        "audit",
        "try the laws of this product on documents, editions and missions of your own",
        "Audits: what must hold of any document, tried on yours; and what was heard of each side, with how unsure each number is.",
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
    _balance(audits)


def _balance(audits: Any) -> None:
    one = asks.command(
        audits,
        "balance",
        balance,
        "what was heard, concluded and decided of each side, each number with its interval",
        ["merestone audit balance out/edition.json", "merestone -C mill audit balance --days 30"],
    )
    one.add_argument("file", metavar="FILE", nargs="?", type=Path, help="edition.json, or a folder that holds one; none for a mission")
    asks.mission(one)
    one.add_argument(
        "--days", metavar="N", type=_days, default=7, help="how long the present period is that stands against the one before (default: 7)"
    )
    one.add_argument(
        "--until",
        metavar="D",
        type=_day,
        help="its last day (YYYY-MM-DD; default: the latest day on which a document was published)",
    )
    asks.as_json(one)


def _days(given: str) -> int:
    number = int(given)
    if not 1 <= number <= 366:
        raise argparse.ArgumentTypeError("from 1 to 366")
    return number


def _day(given: str) -> str:
    return date.fromisoformat(given).isoformat()


def balance(args: argparse.Namespace) -> int:
    """Counted anew from the file. Ends with 1 where the file's own balance says otherwise."""
    from merestone.report.balance import audited, lines, told

    data = _of_mission(args) if args.file is None else _of_file(args.file)
    found = audited(data, args.days, args.until or "")
    if args.json:
        put({"profile": data["profile"], **found.as_data()})
    for each in () if args.json else lines(told(data, found)):
        line(each)
    if "balance" in data and data["balance"] != audited(data).as_data():
        return ended(1, [Refusal("balance_differs", path=str(args.file))], strict=True)
    return DONE


def _of_file(path: Path) -> dict[str, Any]:
    file = path / "edition.json" if path.is_dir() else path
    try:
        data = json.loads(file.read_bytes())
    except OSError as error:
        raise Refusal("missing_file", path=str(file), found=error.strerror or type(error).__name__) from error
    except (ValueError, RecursionError) as error:
        raise Refusal("malformed_edition", what=f"{type(error).__name__}: {error}") from error
    if not isinstance(data, dict):
        raise Refusal("malformed_edition", what="no JSON object")
    return data


def _of_mission(args: argparse.Namespace) -> dict[str, Any]:
    from merestone.cli.opened import looked_at
    from merestone.register.edition import Asking, edition_of
    from merestone.register.known import captives_since
    from merestone.report.redact import redact
    from merestone.report.terms import INTERNAL
    from merestone.report.written import as_data

    with looked_at(args) as mission:
        return as_data(redact(edition_of(mission, Asking()), INTERNAL, captives_since(mission)))


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
