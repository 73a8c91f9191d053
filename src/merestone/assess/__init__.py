"""What can be concluded from linked claims, and how surely; the grade is of the happening, never of who began."""

from __future__ import annotations

from merestone.assess.grade import assess
from merestone.assess.terms import GRADES, POINTS, Assessment, Contested, Figure, Reason, Version, Word

__all__ = ["GRADES", "POINTS", "Assessment", "Contested", "Figure", "Reason", "Version", "Word", "assess"]
