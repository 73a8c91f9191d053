"""The texts that may go to a reader outside the house: what the public may be quoted, letter for letter where it stands.

The law it keeps: it is decided by what `redact` decides by. A text goes only where an institution or outlet put it out itself and where
it tells of no captive; names of persons, words of those who are not quoted, fine places of positions and all that is too fresh are
blocked, one block a character.
"""

from __future__ import annotations

from collections.abc import Mapping

from merestone.ledger.terms import Refusal
from merestone.report import masking, speakers
from merestone.report.blackout import closed_text
from merestone.report.captives import without_captives
from merestone.report.terms import Edition
from merestone.report.withhold import names_of, plan_of, unnamed


def outgoing(edition: Edition) -> Mapping[str, str]:
    """By document, its text with blocks in it; without those that may not go, or of which no word is left. Of an edition with protected
    documents nothing goes: raises Refusal as `redact` does."""
    if any(document.protected for document in edition.documents):
        raise Refusal("protected_in_edition", do="make the edition again without the protected documents")
    heard = without_captives(edition)
    plan, kinds = plan_of(heard), dict(edition.sources)
    sweeps = (
        masking.sweeping(names_of(edition), masking.BLOCK),
        masking.sweeping(names_of(heard), masking.BLOCK),
        masking.sweeping(unnamed(heard, plan), masking.BLOCK),
    )
    found: dict[str, str] = {}
    for document in heard.documents:
        mine = [card for card in edition.claims if card.ref.document == document.id]
        if not speakers.published_itself(document, kinds) or speakers.tells_of_captives(mine, document.text):
            continue
        text = closed_text(document, heard, plan)
        for sweep in sweeps:
            text = sweep(text)
        text = masking.sweeping({name for card in mine for name in plan.hidden.get(card.ref, ())}, masking.BLOCK)(text)
        if any(letter.isalpha() for letter in text):
            found[document.id] = text
    return found
