"""What every answer carries: this program's own files and nothing else may run, be shown, be framed or be kept.

The words on these pages come from strangers. If a template ever failed to escape one, the browser would still refuse to run it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALL: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # not no-referrer: then a browser sends `Origin: null` with our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def headers(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Outermost, so that refusals carry them too. A view may set a stricter policy of its own, never a looser one."""

    def with_headers(request: HttpRequest) -> HttpResponseBase:
        response = answer(request) if _ours(request) else HttpResponse("Another name than this machine's.\n", "text/plain", 400)
        for name, value in ALL.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")  # nothing of a mission stays in a browser after the sign-out
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    return with_headers


def _ours(request: HttpRequest) -> bool:
    """Whether it was asked under a name of this machine, before anything is looked at: the page of somebody who leads his own name here
    reads the answer, and not even what the mission is called is in it."""
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True
