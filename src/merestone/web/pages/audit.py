"""The audit: balance between the sides, effort, and the ledger with its proofs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from merestone.ledger.terms import Refusal


def balance(request: HttpRequest) -> HttpResponse:
    raise Refusal("page_not_found", asked=request.path)


def ledger(request: HttpRequest) -> HttpResponse:
    raise Refusal("page_not_found", asked=request.path)


def entry(request: HttpRequest, position: int) -> HttpResponse:  # noqa: ARG001
    raise Refusal("page_not_found", asked=request.path)


def verified(request: HttpRequest) -> HttpResponse:
    raise Refusal("page_not_found", asked=request.path)
