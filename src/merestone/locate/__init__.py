"""Where: gazetteer in all scripts, candidates with uncertainty."""

from merestone.locate.gazetteer import Gazetteer, NameTable, gazetteer
from merestone.locate.geometry import distance_m
from merestone.locate.resolve import resolve

__all__ = ["Gazetteer", "NameTable", "distance_m", "gazetteer", "resolve"]
