"""Where a language model may be asked, and what it may be called. Nothing is reached from here.

The law it keeps: in the clear a text goes to this machine alone, and no name or password stands in an address, since addresses are
written down. Does not catch: a secret in the path; a name that is looked up as this machine's here and as another's elsewhere.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from merestone.ledger.terms import Refusal

LONGEST = 2000
_MODEL = re.compile(r"[\w][\w.:/@+-]{0,99}", re.ASCII)
_ADDRESS = re.compile("[!-~]+")


def check_name(model: str) -> None:
    """Refuses `model_unset`."""
    if not _MODEL.fullmatch(model):
        raise Refusal("model_unset")


def check_address(url: str) -> None:
    """Refuses `model_url`, `model_plain`."""
    parts = _parts(url)
    if parts is None or "@" in parts.netloc:
        raise Refusal("model_url")
    if parts.scheme == "http" and not is_here(parts.hostname or ""):
        raise Refusal("model_plain")


def _parts(url: str) -> SplitResult | None:
    """What an http or https address with a host falls into."""
    if not _ADDRESS.fullmatch(url) or len(url) > LONGEST or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return parts if fits else None


def is_here(host: str) -> bool:
    """Is it this machine, written as one writes it? Other spellings of its numbers are taken for names of other machines."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def house_of(url: str) -> str:
    """Scheme, host and port, of an address that `check_address` let through."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
