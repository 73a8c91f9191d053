"""One exhibit text from a draft and from what was stated about it.

Order, the nearest to the document first: its corpus line, its manifest line, the options of the batch, the file's own metadata.
Nothing here looks at the date of receipt, and nothing is guessed: what nobody says is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from merestone.capture.dates import from_pdf, iso
from merestone.capture.language import language_code, language_of
from merestone.capture.limits import Limits
from merestone.capture.readers.draft import Draft
from merestone.capture.terms import Exhibit, ExhibitText, Known, Unknown
from merestone.ledger.terms import Refusal


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody said about a document. `origin` is `corpus`, `manifest` or `option`."""

    origin: str
    fields: Mapping[str, str]
    protected: bool = False
    notices: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighing:
    """`stated` in the order of precedence. `rules`: languages that can be read further, None when that does not matter here."""

    stated: tuple[Stated, ...]
    rules: tuple[str, ...] | None
    limits: Limits
    echoed: Mapping[str, object] = field(default_factory=dict)
    inherited: Draft | None = None  # of the mail that a file was enclosed in


def weighed(draft: Draft, exhibit: Exhibit, weighing: Weighing) -> ExhibitText:
    """The text without its id (""). Raises `Refusal` without `path`: no_text, too_large, language_without_rules, language_unknown."""
    if not draft.text.strip():
        raise Refusal("no_text", found=exhibit.media_type)
    if len(draft.text) > weighing.limits.text_points:
        raise Refusal("too_large", what="text", found=len(draft.text), limit=weighing.limits.text_points)
    notices = [notice for stated in weighing.stated for notice in stated.notices]
    notices += draft.notices
    language = _language(draft, weighing.stated, notices)
    if weighing.rules is not None:
        _refuse_language(language, weighing.rules)
    return ExhibitText(
        id="",
        exhibit=exhibit,
        text=draft.text,
        pieces=draft.pieces,
        language=language,
        encoding=draft.encoding,
        published=_published(draft, weighing, notices),
        publisher=_said("publisher", draft.about.publisher or _inherited(weighing, "publisher"), weighing.stated),
        title=_said("title", draft.about.title, weighing.stated),
        url=_said("url", draft.about.url, weighing.stated),
        protected=any(stated.protected for stated in weighing.stated),
        notices=tuple(notices),
        echoed=weighing.echoed,
    )


def stated_alone(exhibit: Exhibit, stated: Sequence[Stated]) -> ExhibitText:
    """What is stated of an exhibit that has no text: without an id, without a text."""
    nothing = Weighing(tuple(stated), None, Limits())
    draft = Draft("", (), "")
    notices = [notice for each in stated for notice in each.notices]
    return ExhibitText(
        id="",
        exhibit=exhibit,
        text="",
        pieces=(),
        language=next(
            (Known(code, each.origin) for each in stated if (code := language_code(each.fields.get("language", "")))), Unknown("not stated")
        ),
        encoding="",
        published=_published(draft, nothing, notices),
        publisher=_said("publisher", None, stated),
        title=_said("title", None, stated),
        url=_said("url", None, stated),
        protected=any(each.protected for each in stated),
        notices=tuple(notices),
    )


def _said(name: str, own: str | None, stated: Sequence[Stated]) -> Known | Unknown:
    for source in stated:
        if source.fields.get(name):
            return Known(source.fields[name], source.origin)
    return Known(own, "metadata") if own else Unknown("not stated")


def _inherited(weighing: Weighing, name: str) -> str | None:
    return getattr(weighing.inherited.about, name) if weighing.inherited is not None else None


def _published(draft: Draft, weighing: Weighing, notices: list[Refusal]) -> Known | Unknown:
    for source in weighing.stated:
        given = source.fields.get("published")
        if given:
            read = iso(given)
            if read is not None:
                return Known(read, source.origin)
            notices.append(Refusal("bad_date", stated=given[:80], origin=source.origin))
    for own in (draft.about.published, _inherited(weighing, "published")):
        if own:
            read = iso(own)
            if read is not None:
                return Known(read, "metadata")
            notices.append(Refusal("bad_date", stated=own[:80], origin="metadata"))
    created = from_pdf(draft.about.created) if draft.about.created else None
    if created is not None:
        notices.append(Refusal("date_of_file", found=created))
        return Known(created, "metadata")
    return Unknown("not stated")


def _language(draft: Draft, stated: Sequence[Stated], notices: list[Refusal]) -> Known | Unknown:
    for source in stated:
        given = source.fields.get("language")
        code = language_code(given) if given else None
        if given and code is None:
            notices.append(Refusal("bad_language", stated=given[:40], origin=source.origin))
        if code is not None:
            found = language_of(draft.text, statistics=False)
            if isinstance(found, Known) and found.value != code:
                notices.append(Refusal("language_contradiction", stated=code, origin=source.origin, found=found.value))
            return Known(code, source.origin)
    found = language_of(draft.text)
    own = language_code(draft.about.language) if draft.about.language else None
    return Known(own, "metadata") if isinstance(found, Unknown) and own is not None else found


def _refuse_language(language: Known | Unknown, rules: tuple[str, ...]) -> None:
    if isinstance(language, Unknown):
        raise Refusal("language_unknown", found=language.reason, languages=", ".join(rules))
    if language.value not in rules:
        raise Refusal("language_without_rules", language=language.value, origin=language.origin, languages=", ".join(rules))
