"""Readings by a language model at a URL that somebody names: asks, hands the answer to `grounded`, tells what was dropped.

The law it keeps: nothing is sent unless `--model-url` and `--model` were both given (of a mission: unless its administrator switched it
on), protected documents never, and nowhere but to that URL: no redirect is followed and no proxy of the environment is used. A server that fails is the refusal of that document alone.
Does not catch: a server that sends its headers one letter at a time may take longer than `WAIT`.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from merestone.cli.say import say
from merestone.ledger.terms import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merestone.capture.terms import Pack, Received

KEY = "MERESTONE_MODEL_KEY"
WAIT = 120.0  # seconds for a part of an answer, and again for the whole
MOST = 4_000_000  # bytes of an answer
_KEY = re.compile(r"[!-~]{1,4000}")


class _Here(urllib.request.HTTPRedirectHandler):
    """Follows nothing: what is sent goes to the one address that was named."""

    def redirect_request(self, *_: Any) -> None:
        return None


def declare(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--model-url",
        metavar="URL",
        help="send the text of each document that is not protected to this address (chat completions) and read by its answer",
    )
    one.add_argument("--model", metavar="NAME", help="the model to ask there; its key, if it needs one, stands in MERESTONE_MODEL_KEY")


def asked(args: argparse.Namespace) -> bool:
    """Was the model switched on? Refuses one half of the switch, and an address that cannot be meant."""
    if args.model_url is None and args.model is None:
        return False
    if args.model_url is None or args.model is None:
        raise Refusal("model_unset")
    from merestone.extract.model_address import check_address, check_name

    check_name(args.model)
    if args.jobs != 1:
        raise Refusal("model_jobs", jobs=args.jobs)
    check_address(args.model_url)
    key()
    return True


def key() -> str:
    """What stands in the environment, "" for none. Refuses `model_key`."""
    found = os.environ.get(KEY, "")
    if found and not _KEY.fullmatch(found):
        raise Refusal("model_key")
    return found


def lines_by_model(
    arriving: Iterable[tuple[Received, frozenset[str] | None]], pack: Pack, args: argparse.Namespace, wait: float = WAIT
) -> Iterator[str | Refusal]:
    """As `link.lines.lines_of`, read by the model. Says on standard error where documents go, and how many went."""
    from merestone.extract.model_address import house_of
    from merestone.link.lines import lines_of_model

    counted = [0]

    def send(question: dict[str, Any]) -> bytes:
        counted[0] += 1
        return answer(args.model_url, question, key(), wait)

    where = house_of(args.model_url)
    say(f"The text of documents that are not protected goes to {where}, to be read by {args.model}.")
    try:
        yield from lines_of_model(arriving, pack, args.model, send)
    finally:
        say(f"{counted[0]} documents were sent to {where}.")


def answer(url: str, question: Mapping[str, Any], key: str, wait: float = WAIT) -> bytes:
    """The body of what the server answers. Refuses `model_unreachable` and `model_answer_malformed`."""
    body = json.dumps(question).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "merestone"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Here())
    end = time.monotonic() + wait
    try:
        with opener.open(urllib.request.Request(url, body, headers, method="POST"), timeout=wait) as response:  # noqa: S310  # `check_address` looked at the scheme
            return _whole(response, end)
    except urllib.error.HTTPError as error:
        error.close()
        raise Refusal("model_unreachable", found=f"the server answered with status {error.code}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Refusal("model_unreachable", found=type(error).__name__) from error


def _whole(response: Any, end: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := response.read1(65_536):
        parts.append(part)
        size += len(part)
        if size > MOST:
            raise Refusal("model_answer_malformed", found=f"more than {MOST} bytes")
        if time.monotonic() > end:
            raise Refusal("model_unreachable", found="the answer takes too long")
    return b"".join(parts)
