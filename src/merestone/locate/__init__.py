"""Where: gazetteer in all scripts, candidates with uncertainty."""

from merestone.locate.gazetteer import Gazetteer, NameTable, gazetteer
from merestone.locate.geometry import distance_m
from merestone.locate.resolve import resolve
from merestone.locate.scan import Scanner

__all__ = ["Gazetteer", "NameTable", "Scanner", "distance_m", "gazetteer", "resolve"]
