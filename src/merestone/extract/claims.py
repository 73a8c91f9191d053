"""From acts and harms to proposed claims: one per act, doer, time, place and speaker, each value with its evidence.

Reading cannot know what assessing would like to find: nothing here depends on which party is named (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.acts import Act, asks, clause_of, find_acts, imagined
from merestone.extract.answers import answers
from merestone.extract.around import Around
from merestone.extract.attribution import OUTLETS
from merestone.extract.blame import EFFECTS_OF_FIRE, ONE_TOOK, blamed, inferred, ruled, who
from merestone.extract.breaths import apart, in_one_breath
from merestone.extract.charges import blamed_for_harm, charged, disowned, killed_by, not_himself, other_voice
from merestone.extract.company import needs_met, of_nobody
from merestone.extract.dating import dated, issued, pass_setting
from merestone.extract.entries import open_entry
from merestone.extract.figures import TAKEN, figures_of, hit_by, of_clash, seized, taken, taken_people, target_of, where_it_was
from merestone.extract.fitting import as_captured
from merestone.extract.gapped import gapped
from merestone.extract.groups import Group, find_groups
from merestone.extract.hanging import ALSO_HARMFUL, HOMES, host_of
from merestone.extract.harm import Harm, find_harms, is_loss
from merestone.extract.joined import led_together, of_places
from merestone.extract.later import with_earlier
from merestone.extract.lexicon import KindRule, Lexicon
from merestone.extract.owners import WHOSE, at_home, over_own
from merestone.extract.relative import beside_relative
from merestone.extract.retelling import without_retelling
from merestone.extract.roles import doer, done_to, stance_of
from merestone.extract.settings import hit_words, places_of, weapons_of
from merestone.extract.strays import as_monitors, of_civilians, of_those_told
from merestone.extract.taken_up import without_taken_up
from merestone.extract.terms import Casualties, Evidence, Proposal, Speaker, Target
from merestone.extract.things import nobody_taken
from merestone.extract.thread import SUBJECTS, Page, Thread, around_of, recalled, subordinate
from merestone.extract.tokens import Sentence, lying
from merestone.extract.topics import of_police, off_topic
from merestone.extract.untrue import called_untrue, of_report, report_untrue, told_apart, without_ruled_out
from merestone.extract.voice import in_passing

Told = tuple[tuple[Group, ...], str]
HARM = KindRule("harm", "casualty", "passive", (), "", ())


def find_claims(page: Page) -> tuple[Proposal, ...]:
    """The claims of a text, in text order, numbered from 1."""
    thread = Thread()
    drafts: list[Proposal] = []
    unreal: dict[int, tuple[tuple[int, int], ...]] = {}  # by sentence
    for start, end in page.unreal:
        for at in range(page.layout.sentence_at(start).index, page.layout.sentence_at(end).index + 1):
            unreal[at] = (*unreal.get(at, ()), (start, end))
    other = off_topic(page.layout, page.mentions, page.lex)
    for sentence in page.layout.sentences:
        if sentence.index in other or any(a <= sentence.start < b for a, b in page.skip):
            continue  # signatures, and what is told of a match or a storm
        open_entry(page.settings, page.layout, sentence, page.lex)
        told = _of_sentence(replace(page, unreal=unreal.get(sentence.index, ())), sentence, thread, drafts)
        if not told and not issued(page, sentence):
            pass_setting(page.settings, sentence, len(page.layout.within(sentence.start, sentence.end)))
        drafts += told
    ordered = sorted(drafts, key=lambda d: (d.start, d.end, d.kind))
    told = without_taken_up(ordered, page.layout, page.lex)
    return tuple(replace(claim, id=number) for number, claim in enumerate(told, 1))


def _of_sentence(page: Page, sentence: Sentence, thread: Thread, earlier: Sequence[Proposal]) -> list[Proposal]:
    layout, lex = page.layout, page.lex
    named = of_places(layout, led_together(layout, find_groups(layout, sentence, page.mentions, page.names, lex), lex), lex)
    found = [g for g in named if not page.attributions.masked(g.head) and not _of_time(page, g)]
    groups = without_ruled_out(layout, sentence, recalled(page, found, thread), lex)
    acts = find_acts(layout, sentence, lex, page.attributions, page.unreal)
    harms = [
        h
        for h in find_harms(layout, (sentence.start, sentence.end), groups, page.numbers, lex)
        if not page.attributions.masked(h.word[0])
        and not any(a <= h.word[0] < b for a, b in page.unreal)
        and not imagined(layout, sentence, h.word[0], lex)
    ]
    harms = [] if asks(layout, sentence, lex) else [*harms, *gapped(layout, sentence, harms, (groups, page.numbers), lex)]
    host = host_of(earlier, layout, sentence, lex.table("kinds")["families"]["harmful"])
    shared = _share_out(page, acts, harms, host is not None)
    left_over = [h for h in harms if not any(h in mine for mine in shared)]
    words = sorted({*(a.verb for a in acts), *(h.word for h in left_over)})
    if left_over and not lex.morphology.verb_last:  # "one died, five were captured": each clause is a claim of its own
        acts = tuple(replace(a, clause=clause_of(layout, sentence, a.verb, lex, words)) if a.rule.kind == "detention" else a for a in acts)
    out: list[Proposal] = []
    for number, bare in enumerate(acts):
        left = acts[number - 1].verb[1] if number else sentence.start
        right = acts[number + 1].verb[0] if number + 1 < len(acts) else sentence.end
        act = as_monitors(page, bare, groups, out)
        breath, here = in_one_breath(page, sentence, act, groups)
        around = around_of(page, sentence, thread, here, (left, right), act.verb[0])
        if (
            not needs_met(act, groups, harms, page, sentence)
            or nobody_taken(page, act, groups)
            or of_civilians(page, act, around)
            or of_those_told(page, act, around, [*earlier[-1:], *out])
            or of_police(page, act, around)
            or at_home(act, groups)
            or over_own(layout, act, lex)
        ):
            continue
        whole, around = beside_relative(layout, breath, around, lex)
        claim = _claim_of_act(page, sentence, whole, around, shared[number], thread)
        out += _by_target(page, claim, whole, around)
    out += answers(page, sentence, groups, [*earlier, *out], acts)
    home = host.target.party if host is not None and host.target.what in HOMES and host.target.party in page.parties else ""
    out += _claims_of_harm(page, sentence, (groups, home), left_over, thread, words)
    subject = next(
        (g for g in groups if g.cls in SUBJECTS and g.before not in lex.words["prepositions"] and g.party and not subordinate(page, g)),
        None,
    )
    if subject:
        thread.subject = (
            around_of(page, sentence, thread, groups, (sentence.start, sentence.end), subject.start).party(subject) or thread.subject
        )
    told = [where_it_was(page, with_earlier(c, layout, lex)) for c in out if not of_nobody(page, c)]
    return without_retelling(told, layout.text)


def _of_time(page: Page, group: Group) -> bool:
    """A noun that is part of a time ("market day", the name of Sunday) is no thing that anything is done to."""
    times = lying(page.settings.times, *page.layout.sentence_at(group.head)[:2])
    return group.cls not in ("place", "party", "country") and any(t.start <= group.head < t.end for t in times)


def _share_out(page: Page, acts: Sequence[Act], harms: Sequence[Harm], hosted: bool) -> list[list[Harm]]:
    """Give every harm to the act of the sentence that did it: a taking of people to a detention, the rest to the nearest exchange.
    What is said not to have been done harmed nobody: only what stands in the denied clause itself is of it. `hosted`: fire told right
    before did the harm that is told beside what it damaged."""
    family: Sequence[str] = page.lex.table("kinds")["families"]["fire"]
    real = [_denial(page, act) is None for act in acts]
    out: list[list[Harm]] = [[] for _ in acts]
    for harm in harms:
        wanted = ("detention",) if harm.figure.outcome == "detained" else tuple(k for k in family if k not in ("detention", "advance"))
        fits = [i for i, act in enumerate(acts) if act.rule.kind in wanted and (real[i] or act.clause[0] <= harm.word[0] < act.clause[1])]
        if not fits and harm.figure.outcome != "detained" and not (page.lex.morphology.free_order and is_loss(harm, page.lex)):
            fits = [
                i
                for i, act in enumerate(acts)
                if act.rule.kind in ALSO_HARMFUL[hosted * 3 :]
                and real[i]
                and (page.lex.morphology.verb_last or act.clause[0] <= harm.word[0])
            ]
        fits = [i for i in fits if not apart(page, acts[i].verb[0], harm.word[0])]
        if fits:
            best = min(fits, key=lambda i: abs(acts[i].verb[0] - harm.word[0]))
            out[best].append(harm)
    return out


def _claim_of_act(page: Page, sentence: Sentence, act: Act, around: Around, harms: Sequence[Harm], thread: Thread) -> Proposal:
    layout, lex = page.layout, page.lex
    chain = page.attributions.at(act.verb[0])
    said = not_himself(page, act, around, who(page, sentence, act, around, thread))
    target, group, why = done_to(layout, act, around, said[0], lex)
    if said[0] == "unknown" and target.party in page.parties and act.rule.voice in ("passive", "verb") and group is None:
        target = replace(target, party="unknown")
    denied = _denial(page, act)
    if act.rule.kind == "detention":
        group, target = _of_taken(page, act, around, said[0], (group, target))
    if act.rule.together and act.rule.kind not in EFFECTS_OF_FIRE and said[1] == said[2] and not denied and said[0] in page.parties:
        said = ("unknown", said[1], said[2], "no words say who did it")
    elif said[0] == "unknown" and not (act.rule.together and not denied):
        said = inferred(page, act, around, (group, denied), thread)
        if said[0] in page.parties and (denied or target.party not in page.parties):
            target = replace(target, party=around.opposite(said[0]))
    initiator = "unknown" if said[0] == "none" and act.rule.kind in lex.table("kinds").get("somebody", ()) else said[0]
    cue = page.attributions.cue_at(act.verb[0])
    sure = not ruled(page, around, said) or (cue is not None and cue.stance == "admits")
    named = (said[1] < said[2] and sure and said[3] != WHOSE) or _took(act, group, said, lex)
    stance = _stance(chain, initiator, named, denied is not None)
    plain = act.mood == "announced" or act.rule.kind in lex.table("kinds").get("harmless", ())
    plain = plain or (stance == "admits" and other_voice(page, act.verb[0], initiator))
    if stance == "admits" and plain and not (cue is not None and cue.stance == "admits"):
        stance = "asserts"  # nobody admits what harms nobody, or what is only planned
    untrue = charged(page, act, around, initiator) or (called_untrue(page, sentence, act) if stance == "admits" else None)
    if untrue and stance != "denies":
        stance, denied = "denies", untrue
    words = (group.start, group.end) if group else (act.verb[1], act.verb[1])
    evidence = [
        Evidence("kind", act.rule.kind, *act.verb, act.rule.id, f"“{layout.text[slice(*act.verb)]}”"),
        Evidence("initiator", initiator, said[1], said[2], act.rule.id, said[3]),
        Evidence("target", f"{target.party} {target.what}", *words, act.rule.id, why),
    ]
    if denied:
        evidence.append(Evidence("stance", stance, denied[0], denied[1], "denial", "the words say that it is not so"))
    if act.mood_at:
        evidence.append(Evidence("realised", act.mood, *act.mood_at, "mood", "the words say that it was tried or announced, not done"))
    figures = figures_of(around, harms, initiator, hit_by(page, target), chain[-1].kind if chain else "")
    figures = of_clash(page, act.rule.kind, target, figures)
    if act.mood != "done":
        figures = ()  # an attempt is not a deed: nobody is counted
    elif act.rule.kind == "detention" and not denied:
        figures = taken(page.layout, page.numbers, act, (group, around.groups), target, lex) or figures
    harmed = {f.party for f in figures} & set(page.parties)
    if lex.morphology.bends and target.party == "unknown" and len(harmed) == 1:
        target = replace(target, party=harmed.pop())  # whose people it harmed, it was done to
    if act.rule.weak and figures and said[1] == said[2] and not denied and in_passing(layout, act.rule, act.verb, figures, lex):
        return _finish(
            page, sentence, act, ("casualty", "unknown", target, stance, (), figures), evidence, thread
        )  # "in the shooting one died"
    kind, weapons, found = weapons_of(layout, act, lex, around.limit if (act.rule.kind in lex.table("kinds")["families"]["fire"]) else None)
    return _finish(page, sentence, act, (kind, initiator, target, stance, weapons, figures), evidence + found, thread)


def _of_taken(page: Page, act: Act, around: Around, initiator: str, told: tuple[Group | None, Target]) -> tuple[Group | None, Target]:
    """Who was taken, where the verb's own place names nobody of a party, or nobody."""
    lex, (group, target) = page.lex, told
    if initiator not in page.parties and (group is None or not around.party(group)):
        group = taken_people(act, around, lex, group)
        if group is not None and around.party(group) in page.parties:
            what = target.what if group.cls == "party" else lex.table("lexicon")["what"].get(group.cls, target.what)
            target = Target(around.party(group), what)
    if group is None or group.cls not in TAKEN:
        people = seized(act, around, page.numbers, initiator, lex)
        if people is not None:
            group, target = people, target_of(people, around, target, lex)
    return group, as_captured(page.layout, act, (group, target), lex)


def _took(act: Act, group: Group | None, said: tuple[str, int, int, str], lex: Lexicon) -> bool:
    """ "Three Xlandish soldiers were detained", in the word of the other side's officials: the words name whose people, so who took them is said."""
    if group is None or act.rule.kind != "detention" or said[3] != ONE_TOOK:
        return False
    return bool(group.party) and not group.recalled and not group.party.startswith("of:") and group.before not in lex.words["agent_from"]


def _stance(chain: tuple[Speaker, ...], initiator: str, named: bool, denied: bool) -> str:
    """An admission needs the doer in words, and the word of the doer's own officials, not one that the other side reports."""
    if not chain:
        return stance_of(initiator, "", False, denied)
    last = chain[-1]
    own_word = all(s.affiliation == last.affiliation or s.kind in OUTLETS for s in chain[:-1])
    return stance_of(initiator, last.affiliation, last.official and named and own_word, denied)


def _denial(page: Page, act: Act) -> tuple[int, int] | None:
    """Where the words deny: a "not" at the verb, a speaker who denies, or "is a lie" in the clause."""
    if act.negated:
        return act.negated
    cue = page.attributions.cue_at(act.verb[0])
    if cue is not None and cue.stance == "denies":
        return cue.start, cue.end
    told = page.lex.cues.find(page.layout, *act.clause)
    if cue is not None:  # "denying that it had fired it said that Y had": not what the same speaker denies before
        own = [k for k in page.attributions.cues[page.layout.sentence_at(cue.start).index] if k.speaker.start == cue.speaker.start]
        told = tuple(c for c in told if not any(k is not cue and k.stance == "denies" and k.start <= c.start < k.end for k in own))
    told = tuple(c for c in told if not told_apart(page, c.start, act.verb[0]))
    untold = cue is None and page.lex.morphology.head_first  # "a pilots' union denied that …": the word of somebody whom nobody knows
    said = next(((c.start, c.end) for c in told if c.tag == "denial" or (untold and c.tag.startswith("say:denies"))), None)
    return said or report_untrue(page, act)


def _by_target(page: Page, claim: Proposal, act: Act, around: Around) -> list[Proposal]:
    """ "not only at posts but also at villages": another sort of target of the same fire is a claim of its own."""
    what: dict[str, str] = page.lex.table("lexicon")["what"]
    if act.passive or claim.kind not in page.lex.table("kinds")["families"]["aimed"] or claim.target.what == "none":
        return [claim]
    text = page.layout.text
    for group in around.groups:
        known = what.get(group.cls, claim.target.what)
        if (
            not (group.start >= act.verb[1] and group.head < around.limit[1] and group.before in page.lex.words["aim"])
            or known == claim.target.what
        ):
            continue
        joints = [t for t in page.layout.within(act.verb[1], group.start) if t.folded in page.lex.words["joints"]]
        if joints:
            party = around.party(group) or claim.target.party
            fellows = [
                g for g in around.groups if g.cls == group.cls and group.end <= g.start and page.layout.steps(group.end, g.start) <= 2
            ]
            end = max([group.end, min(claim.end, around.limit[1]), *(g.end for g in fellows[:1])])
            first = text[claim.start : joints[-1].start].rstrip(" ,;")
            at = (group.start, group.end)
            told = Evidence("target", f"{party} {known}", *at, act.rule.id, f"“{text[slice(*at)]}” is named as what it was done to")
            second = replace(
                claim,
                start=joints[-1].start,
                end=end,
                quote=text[joints[-1].start : end],
                target=Target(party, known),
                casualties=(),
                evidence=(*(e for e in claim.evidence if e.slot != "target"), told),
            )
            return [replace(claim, end=claim.start + len(first), quote=first), second]
    return [claim]


def _finish(
    page: Page,
    sentence: Sentence,
    act: Act,
    read: tuple[str, str, Target, str, tuple[str, ...], tuple[Casualties, ...]],
    evidence: list[Evidence],
    thread: Thread,
) -> Proposal:
    kind, initiator, target, stance, weapons, figures = read
    layout = page.layout
    chain = page.attributions.at(act.verb[0])
    when, repeated, told = dated(page, sentence, act, kind)
    kinds = page.lex.table("kinds")
    places, where_told = places_of(page.settings, act.clause, sentence, kind in kinds["from_somewhere"], kind not in kinds["placeless"])
    evidence += [told, where_told]
    evidence += [Evidence("said_by", s.name, s.start, s.end, "speaker", "whose word it is") for s in chain[-1:]]
    if initiator in page.parties:
        blamed(thread, chain, initiator, sentence, kind)
    start, end = act.clause
    return Proposal(
        0, kind, start, end, layout.text[start:end], chain, act.mood, stance, initiator, target, when, places, (), weapons, figures,
        repeated, (), act.rule.id, _confidence(evidence), tuple(evidence), hit_words(layout, act.clause, page.lex),
    )  # fmt: skip


def _confidence(evidence: Sequence[Evidence]) -> float:
    """The share of the slots that were read from words; a slot filled from a default has empty words (start == end)."""
    slots = {e.slot: e.end > e.start for e in sorted(evidence, key=lambda e: e.end > e.start)}
    return round(sum(slots.values()) / len(slots), 2) if slots else 0.0


def _claims_of_harm(
    page: Page, sentence: Sentence, told: Told, harms: Sequence[Harm], thread: Thread, words: Sequence[tuple[int, int]]
) -> list[Proposal]:
    """Harm without an act is kind `casualty`; figures told together in one clause are one claim. `words`: all that tells something; `told`:
    the groups of the sentence and whose houses or people the fire hit that was told before."""
    out: list[Proposal] = []
    groups, home = told
    clauses: dict[tuple[int, int], list[Harm]] = {}
    for harm in harms:
        others = [w for w in words if not any(w == h.word for h in harms) or w == harm.word]
        clauses.setdefault(clause_of(page.layout, sentence, harm.word, page.lex, others, whole=True), []).append(harm)
    for clause, members in clauses.items():
        first = members[0]
        around = replace(around_of(page, sentence, thread, groups, clause, first.word[0]), home=home)
        killer = disowned(page, first.word[0]) or killed_by(page, first, clause, around)
        blamed_for = killer[0] if killer else blamed_for_harm(page, first.word[0], around)
        figures = figures_of(
            around,
            members,
            blamed_for,
            Target("unknown", "none"),
            "",  # of which group they are shows when the act is known (see hanging.py)
        )
        if all(f.outcome == "detained" for f in figures):
            continue
        parties = {f.party for f in figures if f.outcome != "detained"}
        party = parties.pop() if len(parties) == 1 else "both"
        what = {"military": "military_personnel", "civilian": "civilians"}.get(figures[0].group, "none")
        act = Act(HARM, first.word, clause, True, None, "done", None, None)
        lost = is_loss(first, page.lex) and not page.lex.morphology.bends  # who loses is the subject
        by = killer or (None if lost else doer(page.layout, act, around, page.lex))
        initiator = by[0] if by and by[0] in page.parties and by[0] != party else blamed_for
        cue = page.attributions.cue_at(first.word[0])
        denied = (cue is not None and cue.stance == "denies") or charged(page, act, around, blamed_for) is not None
        denied = denied or (_denial(page, act) is not None and of_report(page, act))  # "the report that ten were killed is false"
        named = by is not None and initiator == by[0] and by[1] < by[2] and not ruled(page, around, by)
        stance = _stance(page.attributions.at(first.word[0]), initiator, named, denied)
        if named and (killer or not page.lex.morphology.bends):  # nobody kills his own: those of whom no words say whose they are
            figures = tuple(replace(f, party=around.opposite(initiator)) if f.party == "unknown" else f for f in figures)
            party = around.opposite(initiator) if party == "unknown" else party
        evidence = [Evidence("kind", "casualty", *first.word, first.rule, f"“{page.layout.text[slice(*first.word)]}”")]
        evidence += [
            Evidence("casualties", f"{f.outcome} {f.party} {f.group} {f.min}–{f.max}", f.start, f.end, first.rule, "how many, of whom")
            for f in figures
        ]
        _, weapons, found = weapons_of(page.layout, act, page.lex)
        out.append(
            _finish(
                page,
                sentence,
                act,
                ("casualty", initiator, Target(party, what), stance, weapons, figures),
                evidence + found,
                thread,
            )
        )
    return out
