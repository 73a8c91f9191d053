"""Millions of claims at once: columns in, an incident for each claim out.

The law it keeps: no column of a party is ever read, so exchanging the sides of any claim changes no incident (law 2).
"""

from __future__ import annotations

from merestone.link.bulk.claims import Claims
from merestone.link.bulk.incidents import Incidents, incidents
from merestone.link.bulk.model import Model

__all__ = ["Claims", "Incidents", "Model", "incidents"]
