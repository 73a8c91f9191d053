"""Editions: what was drafted and published, and the files of what was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from merestone.ledger.terms import Refusal


def listed(request: HttpRequest) -> HttpResponse:
    raise Refusal("page_not_found", asked=request.path)


def bundle(request: HttpRequest, edition: str, profile: str) -> HttpResponse:  # noqa: ARG001
    raise Refusal("page_not_found", asked=request.path)
