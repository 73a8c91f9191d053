"""The commands about the language model that a mission may ask: what is set and what was sent, switching it on, switching it off."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from merestone.cli import options as asks
from merestone.cli.ground import actor, words
from merestone.cli.opened import looked_at, opened
from merestone.cli.say import DONE, done, line, put, say

if TYPE_CHECKING:
    from merestone.register.asking import Asked
    from merestone.register.switch import Switch
    from merestone.register.terms import Mission


def declare(commands: Any) -> None:
    ours = asks.folder_of_commands(
        commands,
        "model",
        "a language model that reads beside the rules: off until an administrator switches it on",
        "A language model that reads beside the rules. Off until an administrator switches it on; what was sent to it is told for ever.",
    )
    one = asks.command(ours, "show", show, "which model is on, who set it and why, and what was sent", ["merestone -C mill model show"])
    asks.as_json(one)
    asks.mission(one)
    one = asks.command(
        ours, "on", on, "let propose ask this model about what an institution or outlet has published",
        ["merestone -C mill model on --url http://127.0.0.1:8080/v1/chat/completions --model NAME --reason 'weighed on 9 May' --as admin-1"],
    )  # fmt: skip
    one.add_argument(
        "--url", metavar="URL", required=True, help="the address of its chat completions: https, or http of this machine; no password in it"
    )
    one.add_argument("--model", metavar="NAME", required=True, help="the model to ask there; its key stands in MERESTONE_MODEL_KEY")
    asks.reason(one)
    asks.as_json(one)
    asks.mission(one)
    one = asks.command(ours, "off", off, "send nothing any more; what was read stays")
    asks.reason(one)
    asks.as_json(one)
    asks.mission(one)


def show(args: argparse.Namespace) -> int:
    from merestone.register.switch import switch, told

    with looked_at(args) as mission:
        now, sets, went = switch(mission), *told(mission)
    if args.json:
        on_now = None if now is None else {"house": now.house, "model": now.model, "entry": now.entry}
        put({"on": on_now, "set": [asdict(each) for each in sets], "sent": [asdict(each) for each in went]})
        return DONE
    line("off" if now is None else f"on: {now.model} at {now.house}, by entry {now.entry}")
    for each in sets:
        line(
            f"entry {each.entry}, {each.at[:19]}Z, {each.who}: {f'on, {each.model} at {each.house}' if each.house else 'off'} ({each.why})"
        )
    for sending in went:
        line(f"{sending.exhibit}  {sending.at[:19]}Z  {sending.house}  {sending.model}  {sending.who}  entry {sending.entry}")
    say(f"{len(went)} texts were sent.")
    return DONE


def on(args: argparse.Namespace) -> int:
    from merestone.register.switch import switch, switch_on

    with opened(args) as mission:
        made = switch_on(mission, actor(args), args.url, args.model, words(args.reason))
        now = switch(mission)
    if now is not None:
        say(
            f"From now on propose sends to {now.house} what institutions and outlets published, as the public may read it. Nothing was sent yet."
        )
    return done(made, args.json)


def off(args: argparse.Namespace) -> int:
    from merestone.register.switch import switch_off

    with opened(args) as mission:
        return done(switch_off(mission, actor(args), words(args.reason)), args.json)


# --- what propose does with it --------------------------------------------------------------------------------------


def sender(mission: Mission) -> Any:
    """What brings a question to the model. Where one is on, says before anything goes where to; refuses `model_key`."""
    from merestone.cli import model
    from merestone.register.switch import switch

    now = switch(mission)
    if now is not None:
        model.key()
        say(f"What institutions and outlets published goes to {now.house}, as the public may read it, to be read by {now.model} too.")

    def send(url: str, question: Mapping[str, Any]) -> bytes:
        return model.answer(url, question, model.key())

    return send


def told_of(asked: Asked) -> dict[str, Any]:
    """For a machine. The address is told as far as its host."""
    from merestone.ledger.words import told

    dropped = [{"exhibit": exhibit, **asdict(each)} for exhibit, each in asked.dropped]
    on_now: Switch = asked.model
    return {
        "house": on_now.house, "model": on_now.model, "entry": on_now.entry, "sent": list(asked.sent), "added": asked.added,
        "dropped": dropped, "refusals": [told(each) for each in asked.refusals],
    }  # fmt: skip
