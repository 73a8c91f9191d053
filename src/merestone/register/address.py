"""Where a record is kept, as a URL says it: the one place that takes such a URL apart.

The law it keeps: a password is taken out here and goes no further than the connection. It is never in a text that is shown or written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from merestone.ledger.terms import Refusal

SQLITE, SCHEMES = "sqlite", ("postgres", "postgresql")
# What libpq takes beside the address; no password among them. `host`: the folder of a socket.
OPTIONS = ("host", "service", "passfile", "sslmode", "sslrootcert", "sslcert", "sslkey")


@dataclass(frozen=True, slots=True)
class Address:
    """A database of a PostgreSQL server. "" for what was not given: then libpq's own variables and files say it."""

    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """As a URL, without the password."""
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port else ""
        more = f"?{urlencode(self.options)}" if self.options else ""
        return f"postgres://{user}{host}{port}/{quote(self.name, safe='')}{more}"


def is_url(database: str) -> bool:
    return "://" in database


def checked(database: str) -> str:
    """What mission.json will say: "sqlite", or the URL without its password. Refuses `database_unknown`, `database_malformed`."""
    if is_url(database):
        return parsed(database).text()
    if database != SQLITE:
        raise Refusal("database_unknown", found=database.partition(":")[0])
    return database


def password_in(database: str) -> bool:
    return is_url(database) and bool(parsed(database).password)


def parsed(url: str) -> Address:
    scheme = url.partition(":")[0]
    if scheme not in SCHEMES:
        raise Refusal("database_unknown", found=scheme)
    try:
        parts = urlsplit(url)
        port = "" if parts.port is None else str(parts.port)
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        raise Refusal("database_malformed", part="the port or what follows the question mark") from None
    name, user, password = unquote(parts.path[1:]), unquote(parts.username or ""), unquote(parts.password or "")
    strangers = sorted(options.keys() - set(OPTIONS))
    if strangers:
        raise Refusal("database_malformed", part=f"the option {strangers[0]}")
    if not (name or "service" in options) or "/" in name or parts.fragment:
        raise Refusal("database_malformed", part="the name of the database")
    if "\0" in "".join((name, user, password, *options.values())):
        raise Refusal("database_malformed", part="a sign that no name holds")
    return Address(name, user, password, parts.hostname or "", port, options)
