"""Incidents: the list with its filters, and one with both sides’ versions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from merestone.ledger.terms import Refusal


def listed(request: HttpRequest) -> HttpResponse:
    raise Refusal("page_not_found", asked=request.path)


def one(request: HttpRequest, incident: str) -> HttpResponse:  # noqa: ARG001
    raise Refusal("page_not_found", asked=request.path)
