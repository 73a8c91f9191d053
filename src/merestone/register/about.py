"""What is known about an exhibit beside its text: who published it, when, under which name it came. Kept apart from the text, so that
a person can describe it anew without anything else being written again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from merestone.capture.terms import ExhibitText, Known, Taken, Unknown
from merestone.ledger.terms import Refusal

STATED = ("published", "publisher", "url", "language", "title")
BY_PEOPLE = ("option", "manifest", "corpus", "described")  # origins that are somebody's word and not the file's own


@dataclass(frozen=True, slots=True)
class About:
    """`line` is the line of the corpus `name` that it is; `given` the id that somebody gave it there; `within` the exhibit that encloses it."""

    name: str
    media_type: str
    size: int
    published: Known | Unknown
    publisher: Known | Unknown
    url: Known | Unknown
    language: Known | Unknown
    title: Known | Unknown
    encoding: str
    notices: tuple[Refusal, ...] = ()
    line: int | None = None
    given: str = ""
    within: str = ""


def about_of(taken: Taken, within: str = "") -> About:
    document, exhibit = taken.document, taken.exhibit
    given = document.echoed.get("id")
    return About(
        name=exhibit.name,
        media_type=exhibit.media_type,
        size=exhibit.size,
        published=document.published,
        publisher=document.publisher,
        url=document.url,
        language=document.language,
        title=document.title,
        encoding=document.encoding,
        notices=document.notices if taken.refusal is None else (*document.notices, taken.refusal),
        line=taken.line,
        given="" if given is None else str(given),
        within=within,
    )


def known_as(text: ExhibitText, about: About) -> ExhibitText:
    """The text as it is described now."""
    return replace(text, **{name: getattr(about, name) for name in STATED})


def otherwise(standing: About, stated: About) -> tuple[str, ...]:
    """Fields of which somebody now says something else than what stands. What a file says of itself does not count."""
    told = [(name, getattr(standing, name), getattr(stated, name)) for name in STATED]
    return tuple(name for name, old, new in told if isinstance(new, Known) and new.origin in BY_PEOPLE and value(old) != new.value)


def value(said: Known | Unknown) -> str:
    return said.value if isinstance(said, Known) else ""
