"""Commands of the mission itself, of what arrives in it and of what its claims are: each calls one function of the register."""

from __future__ import annotations

import argparse
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from merestone.cli import options as asks
from merestone.cli.ground import actor, now, passphrase, text_of, typed, words
from merestone.cli.opened import folder_of, ground, looked_at, opened
from merestone.cli.say import DONE, clear, done, ended, line, message, progress, put, say, step
from merestone.ledger.terms import Refusal

if TYPE_CHECKING:
    from merestone.register.join import Joined

ROLES = ("monitor", "analyst", "reviewer", "publisher", "administrator")


def declare(commands: Any) -> None:
    """The commands, in the order in which help lists them."""
    one = asks.command(
        commands, "init", init, "a new mission, with keys of its own", ["merestone init mill --pack teaching --as analyst-1"]
    )
    one.add_argument("dir", metavar="DIR", type=Path, help="the folder of the mission, which is made")
    asks.pack(one)
    one.add_argument("--title", metavar="T", default="", help="what the mission is called (default: the pack's title)")
    one.add_argument(
        "--database", metavar="URL", default="sqlite", help="sqlite (default, a file in the folder) or postgres://user@host:port/name"
    )
    asks.mission(one)
    _users(commands)

    one = asks.command(
        commands,
        "receive",
        receive,
        "take exhibits into the mission",
        ["merestone -C mill receive statements/ --manifest m.csv --as analyst-1"],
    )
    asks.sources(one)
    asks.as_json(one)
    asks.mission(one)
    one = asks.command(
        commands,
        "describe",
        describe,
        "say who published an exhibit, and when; 'unknown' takes back what was said",
        ["merestone describe EXH-7K3F-Q2MW --publisher 'Mill Watch' --reason 'masthead'"],
    )
    one.add_argument("exhibit", metavar="EXH", help="EXH-…")
    one.add_argument("--publisher", metavar="S", help="who published it")
    one.add_argument("--published", metavar="T", help="when it was published (ISO date, or date and time)")
    one.add_argument("--language", metavar="L", help="its language, as a code of ISO 639-1")
    one.add_argument("--url", metavar="U", help="where it was published")
    one.add_argument("--title", metavar="T", help="its title")
    asks.reason(one)
    asks.as_json(one)
    asks.mission(one)
    one = asks.command(
        commands,
        "propose",
        propose,
        "read exhibits and join what they claim: proposals, until somebody records them",
        ["merestone -C mill propose --as analyst-1", "merestone -C mill propose EXH-7K3F-Q2MW --beside"],
    )
    one.add_argument("exhibits", metavar="EXH", nargs="*", help="EXH-… (default: all that were not read yet)")
    one.add_argument(
        "--beside", action="store_true", help="put what is new beside the claims that stand, without linking all of them again"
    )
    one.add_argument("--difference", action="store_true", help="tell what linking would change, and read and write nothing")
    asks.as_json(one)
    asks.mission(one)
    _passphrase(commands)


def _users(commands: Any) -> None:
    users = asks.folder_of_commands(commands, "user", "the people of the mission", "The people of the mission, and what each may do.")
    one = asks.command(users, "list", user_list, "who may do what")
    asks.as_json(one)
    asks.mission(one)
    one = asks.command(users, "add", user_add, "let somebody act", ["merestone -C mill user add reviewer-1 --role reviewer --as analyst-1"])
    one.add_argument("name", metavar="NAME", help="the name that acts will carry")
    one.add_argument(
        "--role",
        dest="roles",
        metavar="R",
        action="append",
        choices=ROLES,
        required=True,
        help=f"one of {', '.join(ROLES)}; may be given several times",
    )
    asks.as_json(one)
    asks.mission(one)
    one = asks.command(
        users,
        "password",
        user_password,
        "set the password with which somebody signs in at the desk",
        ["merestone -C mill user password analyst-1"],
    )
    one.add_argument("name", metavar="NAME", help="a name or ACC-…")
    one.add_argument("--new-file", metavar="FILE", help="holds it (default: it is asked for on the terminal)")
    asks.mission(one)
    one = asks.command(users, "close", user_close, "let somebody act no more; what was done remains")
    one.add_argument("name", metavar="NAME", help="a name or ACC-…")
    asks.reason(one, required=False)
    asks.as_json(one)
    asks.mission(one)


def _passphrase(commands: Any) -> None:
    one = asks.command(commands, "passphrase", passphrase_set, "set or change the passphrase of the vault")
    one.add_argument("--new-file", metavar="FILE", help="holds the new one (default: it is asked for on the terminal)")
    asks.mission(one)


def init(args: argparse.Namespace) -> int:
    from merestone.register.address import password_in
    from merestone.register.mission import close, create
    from merestone.register.terms import Founding

    founding = Founding(args.pack, actor(args), words(args.title), args.database, passphrase(args))
    mission = create(args.dir, founding, ground())
    close(mission)
    line(mission.id)
    say(f"Its key, to be told to others by another way than the one by which they get editions: {mission.keys.verifier}")
    if password_in(args.database):
        say("The database's password is not kept: from now on it is read from ~/.pgpass, PGPASSWORD or a service.")
    if founding.passphrase is None:
        say(
            f"The vault has no passphrase: whoever copies the folder can read what is protected. Set one: merestone -C {shlex.quote(str(args.dir))} passphrase"
        )
    return DONE


def user_list(args: argparse.Namespace) -> int:
    from merestone.cli.lists import listed

    with looked_at(args) as mission:
        return listed(mission, "accounts", args.json)


def user_add(args: argparse.Namespace) -> int:
    from merestone.register.people import appoint

    with opened(args) as mission:
        return done(appoint(mission, actor(args), args.name, tuple(args.roles)), args.json)


def user_close(args: argparse.Namespace) -> int:
    from merestone.register.people import dismiss

    with opened(args) as mission:
        return done(dismiss(mission, actor(args), args.name, words(args.reason)), args.json)


def receive(args: argparse.Namespace) -> int:
    """What is protected is named on standard error alone: output ends in files."""
    from merestone.capture import Options
    from merestone.ledger.words import told
    from merestone.register.receive import receive as taken

    options = Options(args.published, args.publisher, args.language, args.manifest, received_at=now())
    refused, count, by = [], 0, actor(args)
    with opened(args) as mission:
        for arrived in progress(taken(mission, by, args.paths, options), "files received"):
            if arrived.refusal is None:
                count += 1
            else:
                refused.append(Refusal(arrived.refusal.code, **{"path": arrived.name, **arrived.refusal.facts}))
            if arrived.protected:
                say(f"{arrived.name}: {arrived.state}, protected. {arrived.exhibit}".rstrip())
            if arrived.protected and not arrived.exhibit:
                continue
            name = "" if arrived.protected else arrived.name
            if args.json:
                reason = None if arrived.refusal is None or arrived.protected else told(arrived.refusal)
                put({"exhibit": arrived.exhibit, "state": arrived.state, "protected": arrived.protected, "name": name, "refusal": reason})
            else:
                line(f"{arrived.exhibit or '-':13}  {arrived.state:12}  {name or '(protected)'}")
    return ended(count, refused, args.strict)


def pack_adopt(args: argparse.Namespace) -> int:
    from merestone.register.packs import adopt

    with opened(args) as mission:
        return done(adopt(mission, actor(args), args.pack, words(args.reason)), args.json)


def describe(args: argparse.Namespace) -> int:
    from merestone.register.describe import describe as described

    said = {name: given for name in ("publisher", "published", "language", "url", "title") if (given := getattr(args, name)) is not None}
    with opened(args) as mission:
        return done(described(mission, actor(args), args.exhibit, said, words(args.reason)), args.json)


def propose(args: argparse.Namespace) -> int:
    from merestone.cli.switch import sender, told_of
    from merestone.ledger.words import told
    from merestone.register.asking import propose_and_ask
    from merestone.register.propose import propose as by_rules

    if args.difference:
        return _difference(args)
    with opened(args) as mission:
        if args.beside:
            made, asked = by_rules(mission, actor(args), tuple(args.exhibits), step, whole=False), None
        else:
            made, asked = propose_and_ask(mission, actor(args), tuple(args.exhibits), sender(mission), progress=step)
    clear()
    joined = made.joined
    if args.json:
        model = {} if asked is None else {"model": told_of(asked)}
        put({**asdict(made), "refusals": [told(each) for each in made.refusals], **model})
    else:
        line(f"{len(made.read)} exhibits read: {made.claims} claims and {made.others} other things are proposed.")
        line(f"{joined.incidents} incidents, {len(joined.fresh)} of them new.")
        if args.beside:
            for ref, _, now_in in joined.moved:
                line(f"{ref}: in {now_in}")
        else:
            _tell(joined, "was in", "is in")
        if asked is not None:
            line(
                f"{len(asked.sent)} texts went to {asked.model.house}: {asked.added} claims more are proposed, {len(asked.dropped)} values dropped."
            )
    for refusal in (*made.refusals, *(() if asked is None else asked.refusals)):
        say(message(refusal))
    return DONE


def _difference(args: argparse.Namespace) -> int:
    """What linking would change; who only looks need not say who they are."""
    from merestone.register import packs
    from merestone.register.join import difference

    if args.exhibits:
        raise Refusal("option_unfit", option="difference", command="propose of some exhibits")
    with looked_at(args) as mission:
        found = difference(mission, packs.of(mission))
    if args.json:
        put(asdict(found))
        return DONE
    line(f"{found.incidents} incidents, {len(found.fresh)} of them new.")
    _tell(found, "is in", "would be in")
    say("Nothing was read and nothing was written.")
    return DONE


def _tell(joined: Joined, stood: str, stands: str) -> None:
    for ref, before, now_in in joined.moved:
        if before:
            line(f"{ref}: {stood} {before}, {stands} {now_in or 'none'}")
    for number, other in joined.leads:
        line(f"{number} leads on to {other}")
    for number in joined.decided:
        line(f"{number}: somebody had decided on it. Look at it again")


def user_password(args: argparse.Namespace) -> int:
    from merestone.web.passwords import set_password
    from merestone.web.settings import lay

    with opened(args) as mission:
        lay(mission.ground.chance(32))
        new = _new(args, "password")
        account = set_password(mission, args.name, new.decode())
    say(f"{account.name or account.id} can sign in: merestone -C {shlex.quote(str(folder_of(args)))} serve")
    return DONE


def passphrase_set(args: argparse.Namespace) -> int:
    from merestone.register.keys import change_passphrase

    with opened(args, asks=True) as mission:
        change_passphrase(mission, _new(args, "passphrase"))
    say("The vault's key is under the new passphrase. Copies of the old key file (backups) still open with the old one, or with none.")
    return DONE


def _new(args: argparse.Namespace, what: str) -> bytes:
    """From --new-file, else typed twice on the terminal."""
    from merestone.register.keys import passphrase_of

    if args.new_file is not None:
        return passphrase_of(text_of(args.new_file))
    new = typed(f"New {what}: ")
    if new is None:
        raise Refusal("no_terminal", option="--new-file")
    if typed("The same once more: ") != new:
        raise Refusal("passphrases_differ")
    return new
