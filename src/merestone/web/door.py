"""The door: nobody sees a page of a mission who has not signed in as an account of it that is open, with its password.

Closed by default: every page is behind it but those in `OUTSIDE`. An account that was closed, or whose password was set anew, is out at its next step.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from merestone.ledger.terms import Refusal
from merestone.ledger.words import message
from merestone.register import queries
from merestone.register.terms import Account, Mission
from merestone.web.failures import FOUND, shown
from merestone.web.house import house_of
from merestone.web.page import account_of_page, plain
from merestone.web.passwords import account_of, hashes

SIGN_IN = "/sign-in/"
OUTSIDE = (SIGN_IN, "/healthz")
LONGEST = 2_000  # characters of an address that is remembered while somebody signs in
WHO, MARK = "account", "mark"  # in a session: whose it is, and a mark of the password that it was begun with


def door(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Asks who it is, and gives the page one state of the record for all its questions."""

    def through(request: HttpRequest) -> HttpResponseBase:
        mission = house_of(request).mission
        try:
            with transaction.atomic(using=mission.alias):
                account = _who(request, mission)
                if account is None and request.path not in OUTSIDE:
                    request.session.flush()
                    asked = request.get_full_path()
                    told = request.method == "GET" and request.path != "/" and len(asked) <= LONGEST
                    return HttpResponseRedirect(f"{SIGN_IN}?{urlencode({'next': asked})}" if told else SIGN_IN)
                account_of_page(request, account)
                return answer(request)
        except FOUND as problem:  # of the door's own questions; a view's are told before they come here
            return shown(request, problem)

    return through


def _who(request: HttpRequest, mission: Mission) -> Account | None:
    account = next((each for each in queries.accounts(mission) if each.open and each.id == request.session.get(WHO)), None)
    if account is None or request.session.get(MARK) != _mark(hashes(mission).get(account.id, "")):
        return None
    return account


def _mark(stored: str) -> str:
    return sha256(stored.encode()).hexdigest()


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and what was typed into it. Afterwards to the page that was asked for, if it is one of ours."""
    house = house_of(request)
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    onward = asked if len(asked) <= LONGEST and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else "/"
    if request.method == "GET":
        return plain(request, "sign-in.html", onward=onward, refused="")
    name, password, now = request.POST.get("name", "").strip(), request.POST.get("password", ""), house.mission.ground.clock()
    if house.tries.waits(name, now):
        return plain(request, "sign-in.html", 429, onward=onward, refused=message(Refusal("sign_in_waits")))
    account = account_of(house.mission, name, password)
    if account is None:
        house.tries.failed(name, now)
        return plain(request, "sign-in.html", 403, onward=onward, refused=message(Refusal("sign_in_failed")))
    house.tries.passed(name)
    request.session.flush()  # a session that somebody else began is not gone on with
    rotate_token(request)
    request.session[WHO], request.session[MARK] = account.id, _mark(hashes(house.mission)[account.id])
    return HttpResponseRedirect(onward)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    return HttpResponseRedirect(SIGN_IN)


def healthz(request: HttpRequest) -> HttpResponse:
    """That the program answers and its mission can be asked. Says nothing else to somebody who did not sign in."""
    queries.head(house_of(request).mission)
    return HttpResponse("ok\n", content_type="text/plain")
