"""Exhibits: the list, one with its text beside the original, and the original itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from merestone.ledger.terms import Refusal


def listed(request: HttpRequest) -> HttpResponse:
    raise Refusal("page_not_found", asked=request.path)


def one(request: HttpRequest, exhibit: str) -> HttpResponse:  # noqa: ARG001
    raise Refusal("page_not_found", asked=request.path)


def original(request: HttpRequest, exhibit: str) -> HttpResponse:  # noqa: ARG001
    raise Refusal("page_not_found", asked=request.path)


def picture(request: HttpRequest, exhibit: str, number: int) -> HttpResponse:  # noqa: ARG001
    raise Refusal("page_not_found", asked=request.path)
