"""Which claims are about the same happening, and who repeats whom; never by who is blamed."""

from __future__ import annotations

from merestone.link.compare import link
from merestone.link.group import group
from merestone.link.passages import passages
from merestone.link.terms import Dossier, Edge, Group, Judgement, Level, Link, Linked, Passage, Ref, Voice
from merestone.link.told import look

__all__ = [
    "Dossier",
    "Edge",
    "Group",
    "Judgement",
    "Level",
    "Link",
    "Linked",
    "Passage",
    "Ref",
    "Voice",
    "group",
    "link",
    "look",
    "passages",
]
