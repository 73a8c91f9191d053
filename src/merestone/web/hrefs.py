"""Where each thing has its page: written once, for templates, data and redirects. Addresses hold ids alone, so that a link may be shown."""

from __future__ import annotations

from merestone.link.terms import Ref


def staying(href: str, then: str) -> str:
    """The address in the hour that is looked at. `then` is that hour as a query (`?known=…`), "" for the present."""
    path, mark, spot = href.partition("#")
    return path + (f"&{then[1:]}" if then and "?" in path else then) + mark + spot


def exhibit_href(exhibit: str) -> str:
    return f"/exhibits/{exhibit}/"


def claim_href(ref: Ref) -> str:
    """Where its words are lit in the text that they come from."""
    return f"/exhibits/{ref.document}/#c{ref.claim}"


def incident_href(incident: str) -> str:
    """Of an incident, or of a pattern."""
    return f"/incidents/{incident}/" if incident.startswith("INC-") else f"/patterns/#{incident}"


def entry_href(position: int) -> str:
    return f"/audit/ledger/{position}/"
