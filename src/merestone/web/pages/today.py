"""Today at the mission: what is new, what waits for a person, and what there is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from merestone.web.house import house_of
from merestone.web.page import page


def today(request: HttpRequest) -> HttpResponse:
    return page(request, "today.html", house_of(request).sight_or_reason())
