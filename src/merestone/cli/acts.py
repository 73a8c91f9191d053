"""Commands by which people put something into the record: claims, conclusions, what the mission perceives, what is hidden or erased."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from merestone.cli import options as asks
from merestone.cli.ground import actor, form, words
from merestone.cli.opened import opened
from merestone.cli.say import done, say
from merestone.ledger.terms import Refusal

if TYPE_CHECKING:
    from merestone.register.erase import Erased
    from merestone.register.protect import Protected
    from merestone.register.regroup import Regrouped

VERDICTS = ("same", "different", "unsure")
DECISIONS = ("adopted", "rejected", "deferred", "unverifiable", "refuted")
SUBJECT = "EXH-…#N or INC-…"


def declare(commands: Any) -> None:
    """The commands, in the order in which help lists them."""
    _claims(commands)
    one = asks.command(
        commands, "judge", judge, "say whether two claims, or an observation and an incident, are about the same happening",
        ["merestone judge EXH-7K3F-Q2MW#1 EXH-0D4T-9XNA#2 same --reason 'same hour, same hamlet' --as analyst-1"],
    )  # fmt: skip
    one.add_argument("a", metavar="A", help="EXH-…#N, or an observation OBS-…")
    one.add_argument("b", metavar="B", help="EXH-…#N, or for an observation the incident INC-…")
    one.add_argument("verdict", metavar="VERDICT", choices=VERDICTS, help=", ".join(VERDICTS))
    _ends(one)
    one = asks.command(
        commands, "merge", merge, "say that several incidents are one",
        ["merestone merge INC-2031-0142 INC-2031-0157 --reason 'one salvo, told of from both ends' --as analyst-1"],
    )  # fmt: skip
    one.add_argument("incidents", metavar="INC", nargs="+", help="INC-…, two or more")
    _ends(one)
    one = asks.command(
        commands, "split", split, "say that some claims of an incident are about another happening",
        ["merestone split INC-2031-0142 EXH-7K3F-Q2MW#1 EXH-0D4T-9XNA#2 --reason 'the second night' --as analyst-1"],
    )  # fmt: skip
    one.add_argument("incident", metavar="INC", help="INC-…")
    one.add_argument("claims", metavar="REF", nargs="+", help="EXH-…#N, the claims that are about another happening")
    _ends(one)
    one = asks.command(
        commands, "decide", decide, "conclude about a claim or an incident",
        ["merestone decide INC-2031-0142 adopted --by OBS-3M8Q-71VZ --reason 'seen by our patrol' --as reviewer-1"],
    )  # fmt: skip
    one.add_argument("subject", metavar="SUBJECT", help=SUBJECT)
    one.add_argument("verdict", metavar="VERDICT", choices=DECISIONS, help=", ".join(DECISIONS))
    one.add_argument(
        "--point",
        metavar="P",
        default="",
        help="the point of a contested incident: that, who, where, when or how_many (default: the whole)",
    )
    one.add_argument(
        "--by", metavar="ID", action="append", default=[], help="the observation or exhibit that it rests on; may be given several times"
    )
    _ends(one)
    _field(commands)
    one = asks.command(commands, "note", note, "write something beside an exhibit, a claim or an incident")
    one.add_argument("subject", metavar="SUBJECT", help=f"EXH-…, {SUBJECT}")
    one.add_argument("text", metavar="TEXT", help="what to note; - reads it from standard input")
    _ends(one, reason=False)
    _hiding(commands)


def _claims(commands: Any) -> None:
    one = asks.command(
        commands, "record", record, "put claims into the record: proposals as they are, or one of a form",
        ["merestone record EXH-7K3F-Q2MW#1 EXH-7K3F-Q2MW#2 --as analyst-1", "merestone record --form claim.json --exhibit EXH-7K3F-Q2MW --as analyst-1"],
    )  # fmt: skip
    one.add_argument("whats", metavar="WHAT", nargs="*", help="EXH-…#N… for claims, EXH-… for all that is proposed from an exhibit")
    one.add_argument("--all", action="store_true", help="all proposals that stand")
    one.add_argument("--form", metavar="FILE", help="one claim as JSON, - for standard input")
    one.add_argument("--exhibit", metavar="EXH", help="the exhibit that the form's claim is in")
    _ends(one, reason=False)
    one = asks.command(commands, "correct", correct, "put another wording in the place of a recorded claim")
    one.add_argument("ref", metavar="REF", help="EXH-…#N")
    one.add_argument("--form", metavar="FILE", required=True, help="the claim as it should be, as JSON; - for standard input")
    _ends(one)
    one = asks.command(commands, "withdraw", withdraw, "take a recorded claim back; it remains in the ledger")
    one.add_argument("ref", metavar="REF", help="EXH-…#N")
    _ends(one)


def _field(commands: Any) -> None:
    one = asks.command(commands, "patrol", patrol, "record a patrol: where it went, and that it saw nothing if so")
    one.add_argument("form", metavar="FORM.json", help="the form of a patrol; - for standard input")
    _ends(one, reason=False)
    one = asks.command(commands, "observe", observe, "record what a monitor of this mission perceived")
    one.add_argument("form", metavar="FORM.json", help="the form of an observation; - for standard input")
    one.add_argument("--patrol", metavar="PTL", default="", help="the patrol that it was perceived on")
    _ends(one, reason=False)


def _hiding(commands: Any) -> None:
    one = asks.command(
        commands, "protect", protect, "seal an exhibit and leave it out of everything, or lift that",
        ["merestone protect EXH-7K3F-Q2MW --reason - --as analyst-1 < why.txt"],
    )  # fmt: skip
    one.add_argument("exhibit", metavar="EXH", help="EXH-…")
    one.add_argument("--lift", action="store_true", help="open it again, by two persons")
    one.add_argument("--second", metavar="NAME", help="the second person, for --lift")
    _ends(one)
    one = asks.command(
        commands, "erase", erase, "destroy the bytes and keys behind what the ledger names; the ledger stays whole",
        ["merestone erase EXH-7K3F-Q2MW --authority 'order 17/2031' --reason 'asked by the person' --second reviewer-1 --as publisher-1"],
    )  # fmt: skip
    one.add_argument("subject", metavar="SUBJECT", help="EXH-…, OBS-…, PTL-…, EDN-… or ACC-…")
    asks.reason(one, name="--authority")
    one.add_argument("--second", metavar="NAME", required=True, help="the second person")
    _ends(one)


def _ends(one: argparse.ArgumentParser, reason: bool = True) -> None:
    if reason:
        asks.reason(one)
    asks.as_json(one)
    asks.mission(one)


def record(args: argparse.Namespace) -> int:
    from merestone.register.claims import record_claims, record_form

    by = actor(args)
    if (args.form is None) != (args.exhibit is None) or (args.form is not None and (args.whats or args.all)) or (args.whats and args.all):
        raise Refusal("nothing_named")
    with opened(args) as mission:
        if args.form is not None:
            return done(record_form(mission, by, args.exhibit, form(args.form)), args.json)
        return done(record_claims(mission, by, tuple(args.whats), everything=args.all), args.json)


def correct(args: argparse.Namespace) -> int:
    from merestone.register.claims import correct as corrected

    with opened(args) as mission:
        return done(corrected(mission, actor(args), args.ref, form(args.form), words(args.reason)), args.json)


def withdraw(args: argparse.Namespace) -> int:
    from merestone.register.claims import withdraw as withdrawn

    with opened(args) as mission:
        return done(withdrawn(mission, actor(args), args.ref, words(args.reason)), args.json)


def judge(args: argparse.Namespace) -> int:
    from merestone.register.judge import judge as judged

    with opened(args) as mission:
        return done(judged(mission, actor(args), args.a, args.b, args.verdict, words(args.reason)), args.json)


def merge(args: argparse.Namespace) -> int:
    from merestone.register.regroup import merge as merged

    with opened(args) as mission:
        return _regrouped(merged(mission, actor(args), tuple(args.incidents), words(args.reason)), args.json)


def split(args: argparse.Namespace) -> int:
    from merestone.register.regroup import split as parted

    with opened(args) as mission:
        return _regrouped(parted(mission, actor(args), args.incident, tuple(args.claims), words(args.reason)), args.json)


def _regrouped(made: Regrouped, as_json: bool) -> int:
    say(f"{made.judged} judgements, from entry {made.position} on. Run propose: linking then does what they say.")
    return done(made, as_json)


def decide(args: argparse.Namespace) -> int:
    from merestone.register.decide import Deciding
    from merestone.register.decide import decide as decided

    deciding = Deciding(args.subject, args.verdict, args.point, tuple(args.by), words(args.reason))
    with opened(args) as mission:
        return done(decided(mission, actor(args), deciding), args.json)


def patrol(args: argparse.Namespace) -> int:
    from merestone.register.field import patrol as patrolled

    with opened(args) as mission:
        return done(patrolled(mission, actor(args), form(args.form)), args.json)


def observe(args: argparse.Namespace) -> int:
    from merestone.register.field import observe as observed

    with opened(args) as mission:
        return done(observed(mission, actor(args), form(args.form), args.patrol), args.json)


def note(args: argparse.Namespace) -> int:
    from merestone.register.notes import note as noted

    with opened(args) as mission:
        return done(noted(mission, actor(args), args.subject, words(args.text)), args.json)


def protect(args: argparse.Namespace) -> int:
    from merestone.register import protect as hiding

    why, by = words(args.reason), actor(args)
    if args.lift and args.second is None:
        raise Refusal("second_needed", act="unprotected")
    with opened(args, asks=args.lift) as mission:
        if args.lift:
            lifted = hiding.lift(mission, by, args.second, args.exhibit, why)
            say(f"{lifted.opened} items are open again; {lifted.kept} stay sealed for the sake of another protected exhibit.")
            say("Linkings and editions that went do not come back: propose and report make them anew.")
            return done(lifted, args.json)
        protected = hiding.protect(mission, by, args.exhibit, why)
    say(f"{protected.sealed} items are sealed; {protected.gone} that were made with them (linkings, editions) are gone.")
    _left(protected)
    return done(protected, args.json)


def erase(args: argparse.Namespace) -> int:
    from merestone.register.erase import Erasing
    from merestone.register.erase import erase as erased

    erasing = Erasing(args.subject, words(args.authority), words(args.reason), args.second)
    with opened(args) as mission:
        gone = erased(mission, actor(args), erasing)
    say(f"{gone.items} items are gone. Backups, and copies that left the house, are not touched: see to them.")
    _left(gone)
    return done(gone, args.json)


def _left(hidden: Protected | Erased) -> None:
    """What somebody has to look at now."""
    if hidden.beside:
        say(f"It encloses, or is enclosed by, what stays open: {' '.join(hidden.beside)}. Look whether that is to be hidden as well.")
    if hidden.written_about:
        say(f"People wrote reasons or notes about {' '.join(hidden.written_about)}, of which it was part. Look whether they tell of it.")
    if not hidden.swept:
        say(
            "Old bytes may still stand in the database's log: somebody was reading (the next protecting or erasing sweeps them out), or it is a server's."
        )
