"""Commands of what leaves the house: an edition is drafted, approved, published, and taken back."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from merestone.cli import options as asks
from merestone.cli.ground import actor, words, write
from merestone.cli.opened import looked_at, opened
from merestone.cli.say import DONE, done, line, put, say

if TYPE_CHECKING:
    from merestone.register.edition import Asking

PROFILES = ("internal", "public")


def declare(commands: Any) -> None:
    """The commands, in the order in which help lists them."""
    one = asks.command(
        commands, "report", report, "freeze an edition of the record as it stands, and write its files",
        ["merestone -C mill report --out draft --from 2031-05-01 --to 2031-05-31 --as analyst-1"],
    )  # fmt: skip
    one.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the files go")
    one.add_argument("--profile", choices=PROFILES, default="internal", help="how much leaves the house in these files (default: internal)")
    one.add_argument("--title", metavar="T", default="", help="what the edition is called (default: the mission's title)")
    asks.window(one)
    one.add_argument("--recorded", action="store_true", help="only what people recorded: no proposals")
    asks.known(one)
    _ends(one)
    one = asks.command(commands, "approve", approve, "say as a reviewer that an edition may be published")
    _edition(one)
    asks.reason(one, required=False)
    _ends(one)
    one = asks.command(
        commands, "publish", publish, "publish an edition, and write its bundle, which anybody can check",
        ["merestone -C mill publish EDN-2031-0003 --out edition.zip --as publisher-1"],
    )  # fmt: skip
    _edition(one)
    one.add_argument("--profile", choices=PROFILES, default="public", help="how much leaves the house (default: public)")
    one.add_argument("--out", metavar="FILE.zip", type=Path, help="where a copy of the bundle goes; one stays with the mission")
    _ends(one)
    one = asks.command(commands, "retract", retract, "take a published edition back; that it was published remains")
    _edition(one)
    one.add_argument("--replaced-by", metavar="EDN", default="", help="the edition to read in its place")
    asks.reason(one)
    _ends(one)


def _edition(one: argparse.ArgumentParser) -> None:
    one.add_argument("edition", metavar="EDN", help="EDN-…")


def _ends(one: argparse.ArgumentParser) -> None:
    asks.as_json(one)
    asks.mission(one)


def report(args: argparse.Namespace) -> int:
    from merestone.register.edition import Asking
    from merestone.register.editions import draft, files
    from merestone.report import write as written
    from merestone.report.render import FILES
    from merestone.report.write import room_for

    asking = Asking(args.profile, args.title, args.since, args.until, args.recorded)
    if args.known:
        return _look_back(args, asking)
    with opened(args) as mission:
        by = actor(args)
        room_for(FILES, args.out)
        drafted = draft(mission, by, asking)
        if not args.json:  # before the files: if they cannot be written, the edition stands all the same
            line(f"{drafted.id}  {drafted.state}  entry {drafted.drafted}")
        paths = written(files(mission, drafted.id, args.profile), args.out)
    if args.json:
        put({**asdict(drafted), "files": [str(path) for path in paths]})
        return DONE
    for path in paths:
        line(str(path))
    say(f"{drafted.claims} claims, of which {drafted.proposals} are proposals that nobody recorded.")
    return DONE


def _look_back(args: argparse.Namespace, asking: Asking) -> int:
    """The files of an hour that is over. Nothing is frozen: whoever looks need not say who they are."""
    from merestone.register.editions import look_back
    from merestone.report import write as written
    from merestone.report.render import FILES
    from merestone.report.words import stamp
    from merestone.report.write import room_for

    with looked_at(args) as mission:
        room_for(FILES, args.out)
        paths = [str(path) for path in written(look_back(mission, asking), args.out)]
        at = mission.known_on
    if args.json:
        put({"as_known_on": at.astimezone(UTC).isoformat() if at else "", "files": paths})
        return DONE
    for path in paths:
        line(path)
    say(f"As known on {stamp(at) if at else ''}: a look back, not an edition.")
    return DONE


def approve(args: argparse.Namespace) -> int:
    from merestone.register.editions import approve as approved

    with opened(args) as mission:
        return done(approved(mission, actor(args), args.edition, words(args.reason)), args.json)


def publish(args: argparse.Namespace) -> int:
    """The bundle is written after the act: if we stop between the two, publishing again writes the same one."""
    from merestone.register.editions import publish as published
    from merestone.register.mission import EDITIONS

    with opened(args) as mission:
        act, bundle = published(mission, actor(args), args.edition, args.profile)
        if not args.json:
            done(act, as_json=False)
        paths = [mission.folder / EDITIONS / f"{act.subject}-{args.profile}.zip", *([args.out] if args.out else [])]
        for path in paths:
            write(path, bundle)
    if args.json:
        put({**asdict(act), "files": [str(path) for path in paths]})
        return DONE
    for path in paths:
        line(str(path))
    return DONE


def retract(args: argparse.Namespace) -> int:
    from merestone.register.editions import retract as retracted

    with opened(args) as mission:
        return done(retracted(mission, actor(args), args.edition, words(args.reason), args.replaced_by), args.json)
