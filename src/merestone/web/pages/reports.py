"""Editions: what was drafted and published, and the bundles of what was."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from merestone.ledger.archive import bytes_at
from merestone.ledger.bundle import verify_bytes
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import queries
from merestone.register.editions import given_out
from merestone.register.mission import EDITIONS
from merestone.register.queries import acts
from merestone.register.terms import Mission
from merestone.web.house import house_of
from merestone.web.issued import ACTS, issues
from merestone.web.page import plain


def listed(request: HttpRequest) -> HttpResponse:
    """Needs no edition of the present moment, so it is whole while linking is out of date."""
    mission = house_of(request).mission
    rows = queries.editions(mission)
    entries = acts(mission, ACTS, rows[0].drafted) if rows else ()
    shown = issues(rows, entries, queries.accounts(mission))
    kept = {(each.row.id, profile): _size(mission, each.row.id, profile) for each in shown for profile in each.fetched}
    hours = {step.at: datetime.fromisoformat(step.at).replace(microsecond=0) for each in shown for step in each.steps}
    return plain(
        request, "reports.html", issues=shown, kept=kept, hours=hours, verifier=mission.keys.verifier, as_of=queries.head(mission)[0]
    )


def bundle(request: HttpRequest, edition: str, profile: str) -> HttpResponse:
    """The bundle as it was kept when it was published. Nothing is made anew here: what does not hold is not handed out."""
    mission = house_of(request).mission
    entry = given_out(mission, edition, profile)
    name = _name(str(entry.body["edition"]), str(entry.body["profile"]))
    data = _checked(mission, name, edition, profile)
    return HttpResponse(data, content_type="application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _name(edition: str, profile: str) -> str:
    """Of words that the record itself gave: no address leads to another file."""
    return f"{edition}-{profile}.zip"


def _checked(mission: Mission, name: str, edition: str, profile: str) -> bytes:
    """Checked as a stranger would, with the mission's own key: files, entries and proofs are those that were published.

    Does not catch: another HOW-TO-CHECK.txt, which nothing signs."""
    path = mission.folder / EDITIONS / name
    if not path.is_file():
        raise Refusal("bundle_not_kept", edition=edition, profile=profile)
    try:
        data = bytes_at(path)
        found = verify_bytes(data, mission.keys.verifier).subject
    except Refusal as problem:
        raise Refusal("bundle_altered", edition=edition, profile=profile, found=problem.facts.get("found", problem.code)) from problem
    except BrokenRecord as broken:
        raise Refusal("bundle_altered", edition=edition, profile=profile, found=f"{broken.where} is not {broken.expected}") from broken
    if found != name.removesuffix(".zip"):
        raise Refusal("bundle_altered", edition=edition, profile=profile, found=f"it is that of {found}")
    return data


def _size(mission: Mission, edition: str, profile: str) -> int | None:
    """Bytes of the bundle that is kept, None where none is."""
    path = mission.folder / EDITIONS / _name(edition, profile)
    return path.stat().st_size if path.is_file() else None
