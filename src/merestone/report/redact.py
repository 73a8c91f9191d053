"""THE function that decides what leaves the house, for screen, file and program alike.

`internal` shows everything but what a captive said or is called. `public` shows what design.md's "Do no harm" lets out, and
neither tells that something protected exists nor where something was left out. Redacting twice is redacting once, and a public
edition never becomes an internal one again.
"""

from __future__ import annotations

from dataclasses import replace

from merestone.ledger.terms import Refusal
from merestone.report import masking, speakers, standing
from merestone.report.blackout import blacked_out, places_hidden, without_papers
from merestone.report.captives import without_captives
from merestone.report.corrections import opened
from merestone.report.numbering import kept, renumbered
from merestone.report.reach import public_reach
from merestone.report.terms import INTERNAL, PROFILES, PUBLIC, Edition
from merestone.report.withhold import names_of, plan_of, unnamed


def redact(edition: Edition, profile: str, since: frozenset[str] = frozenset()) -> Edition:
    """The edition as `profile` may see it. Raises Refusal for a profile that does not exist, and for an edition that was made
    with protected documents: a grade or a number worked out with them would tell, so the edition has to be made without them. `since`: what captives are called by what came later than an
    edition of an hour that is over: what may not be said now was not to be said then."""
    if profile not in PROFILES:
        raise Refusal("profile_unknown", asked=profile, there_is=", ".join(PROFILES))
    if any(document.protected for document in edition.documents):
        raise Refusal("protected_in_edition", do="make the edition again without the protected documents")
    heard = without_captives(edition, since)
    if profile == INTERNAL:
        return standing.inside(replace(heard, profile=PUBLIC if edition.profile == PUBLIC else INTERNAL))
    return standing.inside(replace(_public(heard), profile=PUBLIC))


def _public(edition: Edition) -> Edition:
    """1 decide; 2 take out by where the words stand; 3 take out what says the same elsewhere; 4 leave out claims; 5 renumber, so
    that no gap tells."""
    plan = plan_of(edition)
    black = masking.rewrite(blacked_out(edition, plan), masking.unblocked)
    nameless = masking.rewrite(black, masking.sweeping(names_of(edition), masking.LABELS[masking.NAME]))
    unvoiced = masking.rewrite(nameless, masking.sweeping(unnamed(edition, plan), speakers.UNNAMED))
    placeless = places_hidden(unvoiced, plan)
    held = edition.withheld
    quoted = {card.ref for card in edition.claims if card.claim.quote}
    counted = replace(
        held,
        recent=held.recent + len(plan.out),
        told=held.told + len((plan.told & quoted) - plan.out),
        coarsened=held.coarsened + len(plan.changed - plan.out),
    )
    told = opened(edition.corrections, plan.out)
    shown = renumbered(standing.outside(without_papers(kept(replace(placeless, withheld=counted, corrections=told), plan.out))))
    return replace(shown, reach=public_reach(edition.reach, shown))
