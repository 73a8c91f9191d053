"""From acts and harms to proposed claims: one per act, doer, time, place and speaker, each value with its evidence.

Reading cannot know what assessing would like to find: nothing here depends on which party is named (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from merestone.extract.acts import Act, find_acts
from merestone.extract.attribution import Attributions
from merestone.extract.groups import Group, find_groups
from merestone.extract.harm import Harm, find_harms
from merestone.extract.lexicon import KindRule, Lexicon
from merestone.extract.names import Mention, Names
from merestone.extract.numbers import Number
from merestone.extract.roles import Around, doer, done_to, stance_of
from merestone.extract.settings import Settings, hit_words, places_of, time_of, weapons_of
from merestone.extract.terms import Casualties, Evidence, Proposal, Speaker, Target, When
from merestone.extract.tokens import Layout, Sentence


HARM = KindRule("harm", "casualty", "passive", (), "", ())


@dataclass(frozen=True, slots=True)
class Page:
    """Everything of one text that reading its claims needs."""

    layout: Layout
    mentions: tuple[Mention, ...]
    names: Names
    lex: Lexicon
    attributions: Attributions
    numbers: tuple[Number, ...]
    settings: Settings
    parties: tuple[str, ...]  # the two sides that the text is about, or fewer
    unreal: tuple[tuple[int, int], ...]
    skip: tuple[tuple[int, int], ...]  # signatures and the like


@dataclass(slots=True)
class _Thread:
    """What one sentence leaves for the next: who was the subject, who was blamed, when and where it was."""

    subject: str = ""
    blamed: str = ""
    blamed_paragraph: int = -1
    speaker: str = ""
    kinds: list[str] = field(default_factory=list)


def find_claims(page: Page) -> tuple[Proposal, ...]:
    """The claims of a text, in text order, numbered from 1."""
    thread = _Thread()
    drafts: list[Proposal] = []
    for sentence in page.layout.sentences:
        if any(a <= sentence.start < b for a, b in page.skip):
            continue
        drafts += _of_sentence(page, sentence, thread, drafts)
    ordered = sorted(drafts, key=lambda d: (d.start, d.end, d.kind))
    return tuple(replace(claim, id=number) for number, claim in enumerate(ordered, 1))


def _of_sentence(page: Page, sentence: Sentence, thread: _Thread, earlier: Sequence[Proposal]) -> list[Proposal]:
    layout, lex = page.layout, page.lex
    groups = tuple(g for g in find_groups(layout, sentence, page.mentions, page.names, lex) if not page.attributions.masked(g.head))
    acts = find_acts(layout, sentence, lex, page.attributions, page.unreal)
    harms = [
        h
        for h in find_harms(layout, (sentence.start, sentence.end), groups, page.numbers, lex)
        if not page.attributions.masked(h.word[0]) and not any(a <= h.word[0] < b for a, b in page.unreal)
    ]
    shared = _share_out(acts, harms, lex)
    out: list[Proposal] = []
    for number, act in enumerate(acts):
        left = acts[number - 1].verb[1] if number else sentence.start
        right = acts[number + 1].verb[0] if number + 1 < len(acts) else sentence.end
        around = _around(page, sentence, thread, groups, (left, right), act.verb[0])
        if not _needs_met(act, groups, harms, page, sentence):
            continue
        claim = _claim_of_act(page, sentence, act, around, shared[number], thread)
        if claim:
            out.append(claim)
    left_over = [h for h in harms if not any(h in mine for mine in shared)]
    out += _claims_of_harm(page, sentence, groups, left_over, thread)
    subject = next((g for g in groups if g.cls in ("forces", "personnel", "party", "equipment") and g.before not in lex.words["prepositions"] and g.party), None)
    if subject:
        thread.subject = _around(page, sentence, thread, groups, (sentence.start, sentence.end), subject.start).party(subject) or thread.subject
    return _without_retelling(out, earlier)


def _around(page: Page, sentence: Sentence, thread: _Thread, groups: tuple[Group, ...], limit: tuple[int, int], position: int) -> Around:
    chain = page.attributions.at(position)
    speaker = chain[-1].affiliation if chain and chain[-1].affiliation in page.names.parties else ""
    subject = thread.subject
    for group in groups:
        if group.end <= position and group.party in page.names.parties and group.cls in ("forces", "personnel", "party", "equipment") and group.before not in page.lex.words["prepositions"]:
            subject = group.party
    return Around(groups, limit, (sentence.start, sentence.end), subject, speaker, page.parties)


def _needs_met(act: Act, groups: Sequence[Group], harms: Sequence[Harm], page: Page, sentence: Sentence) -> bool:
    """A rule that needs company fires only in it."""
    needs = act.rule.needs
    if not needs:
        return True
    a, b = act.clause
    near = [g for g in groups if g.start < b and a < g.end] or [g for g in groups if sentence.start <= g.start < b]
    classes = {g.cls for g in near} | {"party" for g in near if g.party} | {"place" for g in near if g.places}
    if harms:
        classes.add("harmed")
    if any(a <= n.start < b and not n.unit and not n.article for n in page.numbers):
        classes.add("number")
    return bool(classes & set(needs))


def _share_out(acts: Sequence[Act], harms: Sequence[Harm], lex: Lexicon) -> list[list[Harm]]:
    """Give every harm to the act of the sentence that did it: a taking of people to a detention, the rest to the nearest exchange."""
    family: Sequence[str] = lex.table("kinds")["families"]["fire"]
    out: list[list[Harm]] = [[] for _ in acts]
    for harm in harms:
        wanted = ("detention",) if harm.figure.outcome == "detained" else tuple(k for k in family if k not in ("detention", "advance"))
        fits = [i for i, act in enumerate(acts) if act.rule.kind in wanted]
        if fits:
            best = min(fits, key=lambda i: abs(acts[i].verb[0] - harm.word[0]))
            out[best].append(harm)
    return out


def _claim_of_act(page: Page, sentence: Sentence, act: Act, around: Around, harms: Sequence[Harm], thread: _Thread) -> Proposal | None:
    layout, lex = page.layout, page.lex
    chain = page.attributions.at(act.verb[0])
    cue = page.attributions.cue_at(act.verb[0])
    evidence = [Evidence("kind", act.rule.kind, *act.verb, act.rule.id, f"“{layout.text[slice(*act.verb)]}”")]
    said = doer(layout, act, around, lex)
    if said is None or said[0] == "unknown" or not said[0]:
        said = _from_thread(thread, chain, act, sentence)
    initiator = said[0]
    evidence.append(Evidence("initiator", initiator, said[1], said[2], act.rule.id, said[3]))
    target, group, why = done_to(layout, act, around, initiator, lex)
    if initiator == "unknown" and target.party in page.parties and act.rule.voice in ("passive", "verb") and group is None:
        target = replace(target, party="unknown")
    evidence.append(Evidence("target", f"{target.party} {target.what}", group.start if group else act.verb[1], group.end if group else act.verb[1], act.rule.id, why))
    denied = act.negated is not None or (cue is not None and cue.stance == "denies") or _denial_in(page, sentence)
    stance = stance_of(initiator, chain[-1].affiliation if chain else "", bool(chain) and chain[-1].official, denied)
    if act.negated:
        evidence.append(Evidence("stance", stance, *act.negated, "negation", "the words say that it did not happen"))
    elif cue and cue.stance == "denies":
        evidence.append(Evidence("stance", stance, cue.start, cue.end, cue.rule, "the speaker denies it"))
    figures = _figures(page, around, harms, initiator, target)
    if act.rule.kind == "detention" and not figures and not denied:
        figures = _taken(page, act, around, group, target)
    kind, weapons, found = weapons_of(page.settings, layout, act, lex)
    evidence += found
    if act.mood_at:
        evidence.append(Evidence("realised", act.mood, *act.mood_at, "mood", "the words say that it was tried or announced, not done"))
    return _finish(page, sentence, act, (kind, initiator, target, stance, weapons, figures), evidence, thread)


def _finish(page: Page, sentence: Sentence, act: Act, read: tuple[str, str, Target, str, tuple[str, ...], tuple[Casualties, ...]], evidence: list[Evidence], thread: _Thread) -> Proposal:
    kind, initiator, target, stance, weapons, figures = read
    layout = page.layout
    chain = page.attributions.at(act.verb[0])
    when, repeated, told = time_of(page.settings, layout, act.clause, sentence)
    repeated = repeated or act.repeated is not None
    if repeated:
        when = _open_ended(when)
    places, where_told = places_of(page.settings, layout, act.clause, sentence, act.verb, page.lex)
    evidence += [told, where_told]
    evidence += [Evidence("said_by", s.name, s.start, s.end, "speaker", "whose word it is") for s in chain[-1:]]
    thread.kinds.append(kind)
    if initiator in page.parties:
        thread.blamed, thread.blamed_paragraph, thread.speaker = initiator, sentence.paragraph, chain[-1].name if chain else ""
    start, end = act.clause
    return Proposal(
        0, kind, start, end, layout.text[start:end], chain, act.mood, stance, initiator, target, when, places, (), weapons, figures,
        repeated, (), act.rule.id, _confidence(evidence), tuple(evidence), hit_words(layout, act.clause, page.lex),
    )  # fmt: skip


def _open_ended(when: When) -> When:
    """Repeated acts have no date of their own: what bounds them is kept, the precision is unknown."""
    return replace(when, precision="unknown") if when.precision not in ("unknown",) else when


def _confidence(evidence: Sequence[Evidence]) -> float:
    """The share of the slots that were read from words; a slot filled from a default has empty words (start == end)."""
    slots = {e.slot: e.end > e.start for e in sorted(evidence, key=lambda e: e.end > e.start)}
    return round(sum(slots.values()) / len(slots), 2) if slots else 0.0


def _from_thread(thread: _Thread, chain: tuple[Speaker, ...], act: Act, sentence: Sentence) -> tuple[str, int, int, str]:
    """Nobody is named: the one blamed just before in the same paragraph by the same speaker, else unknown."""
    same = thread.speaker == (chain[-1].name if chain else "")
    if thread.blamed and same and thread.blamed_paragraph == sentence.paragraph and act.rule.voice != "passive":
        return thread.blamed, act.verb[0], act.verb[0], "named in the sentence before, by the same speaker"
    return "unknown", act.verb[0], act.verb[0], "no words say who did it"


def _denial_in(page: Page, sentence: Sentence) -> bool:
    return any(c.tag == "denial" for c in page.lex.cues.find(page.layout, sentence.start, sentence.end))


def _figures(page: Page, around: Around, harms: Sequence[Harm], initiator: str, target: Target) -> tuple[Casualties, ...]:
    out: dict[tuple[str, str, str], Casualties] = {}
    for harm in harms:
        figure = harm.figure
        party = _party_of_harm(harm, around)
        if not party:
            party = target.party if target.party in page.parties or target.party == "both" else "unknown"
        if party == initiator and party in page.parties and not harm.figure.party:
            party = around.opposite(initiator)
        group = figure.group
        made = replace(figure, party=party, group=group)
        out.setdefault((made.outcome, made.party, made.group), made)
    return tuple(out.values())


def _party_of_harm(harm: Harm, around: Around) -> str:
    """The party of the people harmed: at the people, or in words beside the harm."""
    given = harm.figure.party
    if not given and harm.group is not None and harm.group.places:
        return ""
    if given in ("own", "opposed") or given.startswith("of:"):
        stand_in = harm.group if harm.group is not None else None
        return around.party(replace(stand_in, party=given)) if stand_in else ""
    return given


def _taken(page: Page, act: Act, around: Around, group: Group | None, target: Target) -> tuple[Casualties, ...]:
    """How many were taken: the number at the people; a bare plural is at least two."""
    people = group if group is not None and group.cls in ("personnel", "civilians", "forces") else None
    a, b = act.clause
    near = [n for n in page.numbers if a <= n.start < b and not n.unit and not n.ordinal and not n.article]
    inside = [n for n in near if people is not None and n.start < people.head and people.start - 20 <= n.start] or [n for n in near if abs(n.start - act.verb[0]) <= 25]
    if people is None and not inside:
        return ()
    kind = {"civilians": "civilian", "personnel": "military", "forces": "military"}.get(people.cls, "unspecified") if people else ("military" if target.what == "military_personnel" else "unspecified")
    low, high = (inside[0].min, inside[0].max) if inside else ((2, None) if people and people.plural else (1, 1))
    return (Casualties("detained", target.party, kind, low, high, inside[0].start if inside else act.verb[0], act.verb[1]),)


def _claims_of_harm(page: Page, sentence: Sentence, groups: tuple[Group, ...], harms: Sequence[Harm], thread: _Thread) -> list[Proposal]:
    """Harm without an act is kind `casualty`; figures told together in one clause are one claim."""
    out: list[Proposal] = []
    clauses: dict[tuple[int, int], list[Harm]] = {}
    for harm in harms:
        clauses.setdefault(_clause_around(page.layout, sentence, harm.word), []).append(harm)
    for clause, members in clauses.items():
        first = members[0]
        around = _around(page, sentence, thread, groups, (sentence.start, sentence.end), first.word[0])
        figures = _figures(page, around, members, "none", Target("unknown", "none"))
        if all(f.outcome == "detained" for f in figures):
            continue
        parties = {f.party for f in figures if f.outcome != "detained"}
        party = parties.pop() if len(parties) == 1 else "both"
        what = {"military": "military_personnel", "civilian": "civilians"}.get(figures[0].group, "none")
        act = Act(HARM, first.word, clause, True, None, "done", None, None)
        by = doer(page.layout, act, around, page.lex)
        initiator = by[0] if by and by[0] in page.parties and by[0] != party else "none"
        cue = page.attributions.cue_at(first.word[0])
        denied = cue is not None and cue.stance == "denies"
        evidence = [Evidence("kind", "casualty", *first.word, first.rule, f"“{page.layout.text[slice(*first.word)]}”")]
        evidence += [Evidence("casualties", f"{f.outcome} {f.party} {f.group} {f.min}–{f.max}", f.start, f.end, first.rule, "how many, of whom") for f in figures]
        _, weapons, found = weapons_of(page.settings, page.layout, act, page.lex)
        out.append(_finish(page, sentence, act, ("casualty", initiator, Target(party, what), "denies" if denied else "asserts", weapons, figures), evidence + found, thread))
    return out


def _clause_around(layout: Layout, sentence: Sentence, word: tuple[int, int]) -> tuple[int, int]:
    text = layout.text
    start = max(text.rfind(mark, sentence.start, word[0]) for mark in (";", ":", "—")) + 1
    ends = [e for e in (text.find(mark, word[1], sentence.end) for mark in (";", "—")) if e >= 0]
    start, end = max(start, sentence.start), min(ends, default=sentence.end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,"):
        end -= 1
    return start, end


def _without_retelling(new: Sequence[Proposal], earlier: Sequence[Proposal]) -> list[Proposal]:
    """In one sentence the same kind of the same doer in the same clause is one claim."""
    kept: list[Proposal] = []
    for claim in new:
        twin = next((k for k in kept if k.kind == claim.kind and k.start < claim.end and claim.start < k.end and k.initiator == claim.initiator), None)
        if twin is None:
            kept.append(claim)
    return kept
