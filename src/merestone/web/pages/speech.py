"""Patterns, statements and appeals: what has no date or is no happening."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from merestone.ledger.terms import Refusal


def patterns(request: HttpRequest) -> HttpResponse:
    raise Refusal("page_not_found", asked=request.path)


def statements(request: HttpRequest) -> HttpResponse:
    raise Refusal("page_not_found", asked=request.path)


def appeals(request: HttpRequest) -> HttpResponse:
    raise Refusal("page_not_found", asked=request.path)
