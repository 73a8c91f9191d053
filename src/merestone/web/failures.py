"""What a page says when it cannot be shown: the words of the refusal, or that the record is broken. Never a trace of the program."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.ledger.words import found_and_next
from merestone.register import queries
from merestone.register.configure import trouble
from merestone.register.standing import is_open
from merestone.web.house import house_of
from merestone.web.page import plain

FOUND = (Refusal, BrokenRecord, DatabaseError)
STATUS = {
    "not_in_record": 404, "incident_not_found": 404, "page_not_found": 404, "linking_outdated": 409, "form_expired": 403,
}  # fmt: skip

UNBEGUN = {
    "/map/": "Map",
    "/incidents/": "Incidents",
    "/exhibits/": "Exhibits",
}  # lists of a mission that has received nothing are empty, not out of date


def failures(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Views raise `Refusal` and `BrokenRecord` as every room does; here they become pages."""

    def through(request: HttpRequest) -> HttpResponseBase:
        return answer(request)

    def of_a_view(request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return shown(request, problem) if isinstance(problem, FOUND) else None

    through.process_exception = of_a_view  # type: ignore[attr-defined]  # Django looks for this name
    return through


def shown(request: HttpRequest, problem: Refusal | BrokenRecord | DatabaseError) -> HttpResponse:
    told = trouble(problem) if isinstance(problem, DatabaseError) else problem
    if isinstance(told, BrokenRecord):
        following = "Stop writing and keep the mission’s folder as it is; merestone verify says more."
        return plain(request, "failure.html", 500, found=f"The record is broken. {told}", following=following, code="broken_record")
    name = UNBEGUN.get(request.path)
    if (
        name
        and told.code == "linking_outdated"
        and "format" not in request.GET
        and not any(map(is_open, queries.exhibits(house_of(request).mission)))
    ):
        return plain(request, "nothing.html", name=name)
    found, following = found_and_next(told)
    return plain(request, "failure.html", STATUS.get(told.code, 400), found=found, following=following, code=told.code)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django gives it
    """A form that did not come from a page of ours, or one from before the program was started anew."""
    return shown(request, Refusal("form_expired"))


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:  # noqa: ARG001 - Django gives it
    return shown(request, Refusal("page_not_found", asked=request.path))


def malformed(request: HttpRequest, exception: BadRequest | SuspiciousOperation | PermissionDenied) -> HttpResponse:  # noqa: ARG001 - as above
    return shown(request, Refusal("request_malformed"))


def of_the_program(request: HttpRequest) -> HttpResponse:
    return plain(
        request, "failure.html", 500, found="This page failed, and the fault is the program’s. Nothing was altered.",
        following="What went wrong stands where the program was started. Please report it, without words of the mission in it.", code="program_error",
    )  # fmt: skip
