"""How a page is made: the templates' environment, and what every page shows besides its own: whose mission, who looks, what is wrong."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context

from merestone.ledger.terms import Refusal
from merestone.ledger.words import message
from merestone.register.terms import Account
from merestone.report import words
from merestone.report.render import printable
from merestone.web import hrefs
from merestone.web.house import Sight, house_of

NAVIGATION = (
    ("/", "Today"), ("/map/", "Map"), ("/incidents/", "Incidents"), ("/patterns/", "Patterns"), ("/statements/", "Statements"), ("/appeals/", "Appeals"),
    ("/agreements/", "Agreements"), ("/exhibits/", "Exhibits"), ("/reports/", "Reports"), ("/audit/", "Audit"),
)  # fmt: skip
ALWAYS_NOW = ("/", "/reports/", "/audit/")
ACCOUNT = "merestone.account"


def environment(**options: Any) -> Environment:
    """As the report's: every value is escaped, a name that is missing is an error, and no control character of a stranger reaches a page.

    `at` and `spot` are what the macros shared with the report ask where a claim is to be found: here by address."""
    ours = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "finalize": printable}
    made = Environment(**{**options, **ours})  # noqa: S701 - it is True, two lines above
    made.filters |= {
        "listed": words.listed,
        "capital": lambda text: text[:1].upper() + text[1:],
        "at": _at,
        "spot": lambda href: href.rpartition("#")[2],
        "staying": _staying,
        "exhibit": pass_context(lambda context, name: _staying(context, hrefs.exhibit_href(name))),
        "incident": pass_context(lambda context, name: _staying(context, hrefs.incident_href(name))),
        "entry": hrefs.entry_href,
    }
    made.globals |= {"stretch": words.stretch, "kind": words.kind, "day": words.day, "stamp": words.stamp}
    return made


@pass_context
def _staying(context: Context, href: str) -> str:
    """In the hour that the page is of."""
    return hrefs.staying(href, str(context.get("then", "")))


@pass_context
def _at(context: Context, href: str) -> str:
    return _staying(context, hrefs.incident_href(href)) if not href.startswith(("/", "#")) else href


def account_of_page(request: HttpRequest, account: Account | None) -> None:
    """Remembers for this request who looks."""
    request.META[ACCOUNT] = account


def plain(request: HttpRequest, template: str, status: int = 200, **shown: Any) -> HttpResponse:
    """A page that needs no edition."""
    house = house_of(request)
    account: Account | None = request.META.get(ACCOUNT)
    path = request.path
    around = {
        "mission": house.title,
        "account": account,
        "broken": "" if house.broken is None else str(house.broken),
        "navigation": _navigation(path, str(shown.get("then", ""))) if account else [],
        "warning": "",
        "verified": house.verified_at,
        "as_of": "",
        "known_on": None,
        "then": "",
        "path": path,
    }
    html = render_to_string(template, {**around, **shown}, request)
    return HttpResponse(html.encode("utf-8", "replace"), status=status, content_type="text/html; charset=utf-8")


def _navigation(path: str, then: str) -> list[tuple[str, str, bool]]:
    """Address, name, and whether the page is of it. What speaks for an hour that is over leads on to that hour, where there is one."""
    return [
        (href if href in ALWAYS_NOW else hrefs.staying(href, then), name, path == href or (href != "/" and path.startswith(href)))
        for href, name in NAVIGATION
    ]


def page(request: HttpRequest, template: str, sight: Sight | Refusal, **shown: Any) -> HttpResponse:
    """A page of the desk. It says at which entry it was so; or, where the edition could not be made, why not."""
    if isinstance(sight, Refusal):
        return plain(request, template, warning=message(sight), **shown)
    edition = sight.edition
    orders = [(order, name) for order, (_, name) in enumerate(edition.parties)]
    told = {"known_on": sight.known, "then": sight.then, "orders": orders, "sides": len(edition.parties), **shown}
    return plain(request, template, as_of=sight.size, **told)
