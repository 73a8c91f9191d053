"""The map with its timeline, and the data that the browser draws it from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from merestone.ledger.terms import Refusal


def chart(request: HttpRequest) -> HttpResponse:
    raise Refusal("page_not_found", asked=request.path)


def data(request: HttpRequest) -> HttpResponse:
    raise Refusal("page_not_found", asked=request.path)
