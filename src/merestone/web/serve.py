"""Serving a mission to the browsers of this machine.

1. The mission is opened as every command opens it: what is missing is refused, what does not agree is remembered, and shown on every page.
2. It is opened again so that nothing can be altered; the pages see that one alone.
3. Somebody must be able to sign in: without any password nobody is let in, and nothing is served.
4. Pages and the program's own files are answered on the loopback address, and on no other.
Nothing is written anywhere; when the program ends, all sign-ins end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from waitress.server import create_server
from whitenoise import WhiteNoise

from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import queries, vault
from merestone.register.mission import close, in_use, open_broken, open_mission
from merestone.register.terms import Ground, Mission
from merestone.report.pdf import FONTS
from merestone.report.render import TEMPLATES
from merestone.web.headers import ALL
from merestone.web.house import KEY, House
from merestone.web.passwords import hashes
from merestone.web.settings import HERE, LOOPBACK, lay

THREADS = 4
SLOWEST = 20  # seconds for which a connection may say nothing: half a request holds a place that others want
CONNECTIONS = 200
LARGEST = 1 << 17  # bytes of a request: a sign-in is all that anybody sends
MAPLIBRE = next(
    (each for each in (HERE / "maplibre-gl", HERE.parents[2] / "vendor" / "maplibre-gl") if each.is_dir()), HERE / "maplibre-gl"
)
OURS = ((HERE / "static", "static/"), (FONTS, "static/fonts/"), (MAPLIBRE, "static/maplibre-gl/"))
Answer = Callable[[dict[str, Any], Any], Any]


@contextmanager
def house_at(folder: Path, ground: Ground, passphrase: bytes | None = None) -> Iterator[House]:
    """Steps 1 to 3."""
    lay(ground.chance(32))
    broken = None
    try:
        close(open_mission(folder, ground, passphrase))  # 1
    except BrokenRecord as found:
        broken = found
    except Refusal as refusal:
        if refusal.code != "cannot_write":
            raise
    with in_use(open_broken(folder, ground, passphrase)) as mission:  # 2
        if not hashes(mission):  # 3
            raise Refusal("nobody_can_sign_in", name=_somebody(mission))
        yield House(mission, _title(mission), broken)


def application(house: House) -> Answer:
    """The pages of one house, as WSGI."""
    pages = WSGIHandler()

    def answer(environ: dict[str, Any], start: Any) -> Any:
        environ[KEY] = house
        return pages(environ, start)

    files = WhiteNoise(
        answer, max_age=0, allow_all_origins=False, add_headers_function=_headers, mimetypes={".mjs": "text/javascript", ".ttf": "font/ttf"}
    )
    for folder, prefix in OURS:
        if folder.is_dir():
            files.add_files(folder, prefix)
    files.add_file_to_dictionary("/static/look.css", str(TEMPLATES / "look.css"))
    told: Answer = files
    return told


def serve(house: House, port: int, ready: Callable[[str], None]) -> None:
    """Step 4, until the program is stopped. `ready` is told the address when it can be asked. Refuses `port_taken`."""
    try:
        server = create_server(
            application(house), host=LOOPBACK, port=port, threads=THREADS, ident=None, max_request_body_size=LARGEST, clear_untrusted_proxy_headers=True,
            channel_timeout=SLOWEST, cleanup_interval=5, connection_limit=CONNECTIONS,
        )  # fmt: skip
    except OSError as error:
        raise Refusal("port_taken", port=port, found=error.strerror or type(error).__name__) from error
    try:
        ready(f"http://{LOOPBACK}:{server.effective_port}/")
        server.run()
    finally:
        server.close()


def _headers(headers: Any, path: str, url: str) -> None:  # noqa: ARG001 - WhiteNoise gives them
    for name, value in ALL.items():
        headers[name] = value


def _title(mission: Mission) -> str:
    data = vault.open_item(mission.alias, queries.mission_row(mission).title)
    return mission.id if data is None else data.decode()


def _somebody(mission: Mission) -> str:
    return next((each.name or each.id for each in queries.accounts(mission) if each.open), "NAME")
