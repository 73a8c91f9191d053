"""What leaves the house: a frozen edition, redacted by one function, rendered and written by pure ones."""

from merestone.report.brief import Request, brief
from merestone.report.edition import Findings, Particulars, assemble
from merestone.report.redact import redact
from merestone.report.render import render
from merestone.report.terms import INTERNAL, PROFILES, PUBLIC, Edition
from merestone.report.write import write

__all__ = [
    "INTERNAL",
    "PROFILES",
    "PUBLIC",
    "Edition",
    "Findings",
    "Particulars",
    "Request",
    "assemble",
    "brief",
    "redact",
    "render",
    "write",
]
