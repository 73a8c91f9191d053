"""The texts of a public edition: names, places and closed words taken out of quotes and of the words around them.

A quote is read anew from its document with the marks of all claims on it, so that the words that one claim hides do not show in
the surroundings of another. Without the document's text (an edition that is public already) a text stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from merestone.capture.terms import Unknown
from merestone.extract.terms import Appeal, Proposal
from merestone.link.terms import Group, Ref
from merestone.report import coarsen, masking, speakers
from merestone.report.terms import Card, Document, Edition, Incident, Said, Unread
from merestone.report.withhold import Plan

Words = Callable[[str, int, int, str], str]  # document, start, end, the words now -> the words to show


def blacked_out(edition: Edition, plan: Plan) -> Edition:
    """Every quote and context as public may read it; claims that are only told lose their words, speakers and reasons."""
    sheets = {document.id: _sheet(document, edition, plan) for document in edition.documents if document.text}
    kinds = dict(edition.sources)
    outlets = {document.id for document in edition.documents if speakers.published_itself(document, kinds)}
    known = speakers.known_institutions(edition)

    def words(document: str, start: int, end: int, now: str) -> str:
        return sheets[document].read(start, end) if document in sheets else now

    def quote(document: str, start: int, end: int, now: str) -> str:
        return words(document, start, end, now) if document in outlets else ""

    return replace(
        edition,
        claims=tuple(_card(card, plan, words) for card in edition.claims),
        statements=tuple(_statement(said, known, quote) for said in edition.statements),
        appeals=tuple(replace(a, appeal=_appeal(a.document, a.appeal, quote)) for a in edition.appeals),
        responses=tuple(
            replace(r, response=replace(r.response, quote=quote(r.document, r.response.start, r.response.end, r.response.quote)))
            for r in edition.responses
        ),
        citations=tuple(replace(c, words=quote(c.document, c.citation.start, c.citation.end, c.words)) for c in edition.citations),
        passages=tuple(
            replace(s, words=quote(s.passage.earlier, s.passage.start, s.passage.end, s.words) if s.passage.later in outlets else "")
            for s in edition.passages
        ),
    )


def _sheet(document: Document, edition: Edition, plan: Plan) -> masking.Sheet:
    """1 close speeches and the sentences of claims that may not be quoted; 2 open what institutions say; 3 close the claims
    themselves; 4 mark places, then persons."""
    sheet = masking.Sheet(document.text)
    cards = [card for card in edition.claims if card.ref.document == document.id]
    shut = [card for card in cards if card.ref in plan.told or card.ref in plan.out]
    for start, end in masking.speeches(document.text):
        sheet.mark(start, end, masking.WORDS)
    for card in shut:
        sheet.mark(*masking.sentence(document.text, card.claim.start, card.claim.end), masking.WORDS)
    known = speakers.known_institutions(edition)
    spoken = [(s.statement.start, s.statement.end) for s in edition.statements if s.document == document.id and s.statement.by in known]
    spoken.extend((a.appeal.start, a.appeal.end) for a in edition.appeals if a.document == document.id)
    for start, end in [*spoken, *((c.claim.start, c.claim.end) for c in cards if c not in shut)]:
        sheet.mark(start, end, 0)
    for card in shut:
        sheet.mark(card.claim.start, card.claim.end, masking.WORDS)
    for card in cards:
        for before, after in zip(card.claim.where, plan.coarse[card.ref], strict=True):
            if before != after:
                sheet.place(before.start, before.end)
    for person in (*document.persons, *(p for card in cards for p in card.claim.persons)):
        if not person.office:
            sheet.name(person.start, person.end)
    return sheet


def closed_text(document: Document, edition: Edition, plan: Plan) -> str:
    """The document's text with a block for each character that may not be quoted; offsets stay."""
    return _sheet(document, edition, plan).blocked()


def _card(card: Card, plan: Plan, words: Words) -> Card:
    claim = replace(card.claim, where=plan.coarse[card.ref], places=(), persons=())
    if card.ref in plan.told:
        return replace(card, claim=_untold(claim), before="", after="")
    document, start, end = card.ref.document, claim.start, claim.end
    before = words(document, start - len(card.before), start, card.before)
    after = words(document, end, end + len(card.after), card.after)
    claim = replace(claim, quote=words(document, start, end, claim.quote))
    if card.ref in plan.changed:
        claim = replace(claim, evidence=tuple(e for e in claim.evidence if e.slot not in ("where", "places", "place")))
    return replace(card, claim=claim, before=before, after=after)


def _untold(claim: Proposal) -> Proposal:
    """In our words: no quote, no speaker's name or role, nothing that the words alone could have given."""
    chain = tuple(
        s if s.name == speakers.UNNAMED else replace(s, name=speakers.UNNAMED, kind="other", start=0, end=0) for s in claim.said_by
    )
    return replace(claim, quote="", start=0, end=0, said_by=chain[:1], hit=(), evidence=())


def _statement(said: Said, known: frozenset[str], quote: Words) -> Said:
    statement = said.statement
    if statement.by not in known:
        return replace(said, statement=replace(statement, by=speakers.UNNAMED, quote=""))
    return replace(said, statement=replace(statement, quote=quote(said.document, statement.start, statement.end, statement.quote)))


def _appeal(document: str, appeal: Appeal, quote: Words) -> Appeal:
    """The ask is made of the appeal's own words and goes with them."""
    told = quote(document, appeal.start, appeal.end, appeal.quote)
    return replace(appeal, quote=told, ask=appeal.ask if told else "")


def places_hidden(edition: Edition, plan: Plan) -> Edition:
    """The names of places that are told coarsely or left out, swept from every text that speaks of those claims."""
    label = masking.LABELS[masking.PLACE]

    def sweep(refs: Iterable[Ref]) -> masking.Sweep:
        return masking.sweeping((name for ref in refs for name in plan.hidden.get(ref, ())), label)

    of = {document.id: [card.ref for card in edition.claims if card.ref.document == document.id] for document in edition.documents}
    gone = {name: [ref for ref in refs if ref in plan.out] for name, refs in of.items()}
    texts = {name: sweep(refs) for name, refs in of.items()}
    return replace(
        edition,
        documents=tuple(masking.rewrite(document, texts[document.id]) for document in edition.documents),
        claims=tuple(_swept(card, sweep([card.ref, *gone[card.ref.document]])) for card in edition.claims),
        incidents=tuple(_incident(incident, sweep(incident.group.claims)) for incident in edition.incidents),
        patterns=tuple(_group(pattern, sweep(pattern.claims)) for pattern in edition.patterns),
        voices=tuple(masking.rewrite(voice, sweep(voice.claims)) for voice in edition.voices),
        statements=tuple(masking.rewrite(entry, texts[entry.document]) for entry in edition.statements),
        appeals=tuple(masking.rewrite(entry, texts[entry.document]) for entry in edition.appeals),
        responses=tuple(masking.rewrite(entry, texts[entry.document]) for entry in edition.responses),
        citations=tuple(masking.rewrite(entry, texts[entry.document]) for entry in edition.citations),
        passages=tuple(masking.rewrite(entry, texts[entry.passage.earlier]) for entry in edition.passages),
    )


def _swept(card: Card, sweep: masking.Sweep) -> Card:
    """A card's texts; its `where` is told as the plan says and is not swept."""
    return replace(masking.rewrite(card, sweep), claim=replace(masking.rewrite(card.claim, sweep), where=card.claim.where))


def _incident(incident: Incident, sweep: masking.Sweep) -> Incident:
    return replace(incident, group=_group(incident.group, sweep), assessment=masking.rewrite(incident.assessment, sweep))


def _group(group: Group, sweep: masking.Sweep) -> Group:
    return replace(group, links=masking.rewrite(group.links, sweep))


def without_papers(edition: Edition) -> Edition:
    """No text, no list of persons, nothing on documents that no institution published, no file names of what was not read."""
    kinds = dict(edition.sources)
    open_ = {d.id for d in edition.documents if speakers.published_itself(d, kinds)}
    named = {d.input for d in edition.documents if d.id in open_} - {d.input for d in edition.documents if d.id not in open_}
    return replace(
        edition,
        inputs=tuple(entry for entry in edition.inputs if entry.name in named),
        documents=tuple(_document(document, document.id in open_) for document in edition.documents),
        refusals=tuple(Unread(refusal.code, ()) for refusal in edition.refusals),
        base=replace(
            edition.base, places=tuple(place for place in edition.base.places if place.level in coarsen.WIDE or _shown(place.id, edition))
        ),
    )


def _shown(place: str, edition: Edition) -> bool:
    return any(located.place == place for card in edition.claims for located in card.claim.where)


def _document(document: Document, outlet: bool) -> Document:
    bare = replace(document, text="", persons=(), notices=tuple(Unread(notice.code, ()) for notice in document.notices))
    if outlet:
        return bare
    withheld = Unknown("not published by an institution or outlet: not shown")
    return replace(bare, title=withheld, publisher=withheld, url=withheld, input="")
