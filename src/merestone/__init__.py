"""Merestone keeps the record of a ceasefire line impartially: who claims what, where, when, and how surely it can be said."""

__version__ = "0.1.0"
