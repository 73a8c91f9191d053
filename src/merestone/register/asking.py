"""Asks the language model that is switched on about exhibits that the rules have read, and proposes what it found beside them.

The law it keeps: nothing goes but what the public may read, and not before a COMMIT has written down that it goes, in a transaction that
looks that nothing has changed and that the model is still the one that was set. An answer takes nothing away from the rules' reading.
If we stop between that COMMIT and the proposal, the record says more than was done, never less; asking again sends the text again.
Does not catch: a name or position that the rules do not see in a text that its institution published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from merestone.capture.terms import Pack
from merestone.extract import Reader, load_rules, read
from merestone.extract.beside import beside, unblocked
from merestone.extract.grounded import Dropped, grounded
from merestone.extract.model import answer_in, question
from merestone.ledger.terms import Refusal
from merestone.locate import gazetteer, resolve
from merestone.register import packs, people, queries, vault
from merestone.register.about import About
from merestone.register.edition import Asking, edition_of
from merestone.register.frozen import thaw
from merestone.register.join import Joined, join
from merestone.register.propose import BESIDE, Fresh, Proposed, add, propose, rules_of, silent
from merestone.register.record import writing
from merestone.register.standing import is_open, text_of
from merestone.register.switch import Switch, switch
from merestone.register.terms import Act, ExhibitRow, Mission
from merestone.report.masking import BLOCK
from merestone.report.outgoing import outgoing

_AT_ONCE = 10  # exhibits that are proposed together: as many answers are lost at most
_TRIES = 5  # times that what may go is worked out anew because others write meanwhile

Send = Callable[[str, Mapping[str, Any]], bytes]  # address, the body of the question -> that of the answer, or a refusal


@dataclass(frozen=True, slots=True)
class Asked:
    """`sent`: exhibits whose text went out; `added`: claims that only the model found; `dropped`: by exhibit, what was not taken;
    `refusals`: what was not sent, and where the model failed. `joined` is None where nothing new was proposed."""

    model: Switch
    sent: tuple[str, ...] = ()
    added: int = 0
    dropped: tuple[tuple[str, Dropped], ...] = ()
    refusals: tuple[Refusal, ...] = ()
    joined: Joined | None = None


@dataclass(slots=True)
class _View:
    """What may go, as the record stood when it had `size` entries."""

    size: int
    texts: Mapping[str, str]


@dataclass(slots=True)
class _Batch:
    mission: Mission
    by: str
    pack: Pack
    model: Switch
    send: Send
    view: _View | None = None
    readers: dict[str, Reader] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    dropped: list[tuple[str, Dropped]] = field(default_factory=list)


def propose_and_ask(
    mission: Mission, actor: str, exhibits: Sequence[str], send: Send, progress: Callable[[str, int, int], None] = silent
) -> tuple[Proposed, Asked | None]:
    """`propose`, and then, where a model is switched on, the model: about exhibits that are named, that were read for the first time now,
    or were read anew and went to this model before. So switching it on sends nothing of what was read already."""
    before = {row.id: row for row in queries.exhibits(mission)}
    made = propose(mission, actor, exhibits, progress)
    on = switch(mission)
    if on is None:
        return made, None
    went = {row.exhibit for row in queries.sent(mission) if row.model == on.entry}
    wanted = [each for each in made.read if not before[each].reading or each in went] if not exhibits else list(dict.fromkeys(exhibits))
    asked = ask(mission, actor, wanted, send, progress)
    return (made if asked.joined is None else replace(made, joined=asked.joined)), asked


def ask(mission: Mission, actor: str, exhibits: Iterable[str], send: Send, progress: Callable[[str, int, int], None] = silent) -> Asked:
    """Asks about exhibits by their ids; those without a reading by the present rules are passed over. Refuses `model_off`."""
    on = switch(mission)
    if on is None:
        raise Refusal("model_off")
    batch = _Batch(mission, people.who(mission, actor).id, packs.of(mission), on, send)
    rows = [row for row in (queries.exhibit(mission, each) for each in exhibits) if _readable(row)]
    added, joined = 0, None
    for first in range(0, len(rows), _AT_ONCE):
        fresh = list(_answers(batch, rows[first : first + _AT_ONCE], lambda done, first=first: progress("model", first + done, len(rows))))  # type: ignore[misc]
        count = _proposed(batch, [each for each in fresh if each.beside["model"]["added"]])
        if count:
            added, joined, batch.view = added + count, join(mission, batch.by, batch.pack), None
    return Asked(on, tuple(batch.sent), added, tuple(batch.dropped), tuple(batch.refusals), joined)


def _readable(row: ExhibitRow) -> bool:
    return is_open(row) and bool(row.text and row.reading) and rules_of(row) == load_rules(row.language).name


def _answers(batch: _Batch, rows: Sequence[ExhibitRow], step: Callable[[int], None]) -> Iterator[Fresh]:
    """One exhibit after the other. What fails leaves the rules' reading as it stands."""
    for number, row in enumerate(rows, start=1):
        try:
            blocked = _given(batch, row)
            batch.sent.append(row.id)
            answer = answer_in(batch.send(batch.model.url, question(blocked, batch.pack, batch.model.model)))
        except Refusal as refusal:
            batch.refusals.append(Refusal(refusal.code, **{**refusal.facts, "id": row.id}))
            if refusal.code in ("model_switched", "role_missing", "actor_dismissed"):
                return
            continue
        finally:
            step(number)
        yield _read(batch, row, answer, blocked)


def _given(batch: _Batch, row: ExhibitRow) -> str:
    """The text that may go, once it is written down that it goes. Refuses `model_withheld`, `model_switched`."""
    for _ in range(_TRIES):
        view = _seen(batch)
        with writing(batch.mission) as desk:
            if desk.size != view.size:  # what others did meanwhile may have closed something
                batch.view = None
                continue
            if switch(batch.mission) != batch.model:
                raise Refusal("model_switched")
            text = view.texts.get(row.id)
            if text is None or _within_closed(batch.mission, row):
                raise Refusal("model_withheld")
            body = {"exhibit": row.id, "text": row.text, "rules": rules_of(row), "model": batch.model.entry}
            desk.add(Act("sent", batch.by, body))
            view.size = desk.size
        return text
    raise Refusal("record_busy")


def _seen(batch: _Batch) -> _View:
    if batch.view is None:
        size = queries.head(batch.mission)[0]
        try:
            edition = edition_of(batch.mission, Asking())
        except Refusal as refusal:
            if refusal.code != "linking_outdated":
                raise
            join(batch.mission, batch.by, batch.pack)
            size = queries.head(batch.mission)[0]
            edition = edition_of(batch.mission, Asking())
        batch.view = _View(size, outgoing(edition))
    return batch.view


def _within_closed(mission: Mission, row: ExhibitRow) -> bool:
    """Did it come enclosed in something that is protected or erased?"""
    within = thaw(About, vault.read(mission, row.about)).within
    while within:
        around = queries.exhibit(mission, within)
        if not is_open(around):
            return True
        within = thaw(About, vault.read(mission, around.about)).within
    return False


def _read(batch: _Batch, row: ExhibitRow, answer: Sequence[object], blocked: str) -> Fresh:
    mission, on = batch.mission, batch.model
    if row.language not in batch.readers:
        received = {each.publisher for each in queries.exhibits(mission) if is_open(each) and each.publisher}
        batch.readers[row.language] = Reader(batch.pack, row.language, received)
    reader, text, places = batch.readers[row.language], text_of(mission, row), gazetteer(batch.pack)
    theirs, lost = grounded(unblocked(answer, blocked, text.text, BLOCK), text, reader, on.model)
    ours = resolve(read(text, reader), places, text.text)
    whole, same = beside(ours, resolve(theirs, places, text.text), f"{rules_of(row)}{BESIDE}{on.entry}")
    dropped = (*lost, *same)
    batch.dropped.extend((row.id, each) for each in dropped)
    told = {"entry": on.entry, "name": on.model, "house": on.house, "added": len(whole.claims) - len(ours.claims)}
    return Fresh(row, whole, {"model": {**told, "dropped": [asdict(each) for each in dropped]}})


def _proposed(batch: _Batch, fresh: Sequence[Fresh]) -> int:
    """How many claims were added. Nothing of a model that was switched off while it was asked."""
    count = 0
    if not fresh:
        return count
    with writing(batch.mission) as desk:
        if switch(batch.mission) != batch.model:
            batch.refusals.extend(Refusal("model_switched", id=each.row.id) for each in fresh)
            return count
        for each in fresh:
            if add(desk, batch.by, batch.pack, each) is not None:
                count += each.beside["model"]["added"]
    return count
