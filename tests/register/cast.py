"""The cast: who works at the test mission. Rights are tested person by person; the administrator must fail to alter the record."""

from __future__ import annotations

from merestone.register import people
from merestone.register.terms import Mission

ADMINISTRATOR, MONITOR, ANALYST, REVIEWER, SECOND, PUBLISHER = "Ada", "Mika", "Anouk", "Rune", "Sela", "Pavo"

ROLES = {
    ADMINISTRATOR: ("administrator",),
    MONITOR: ("monitor",),
    ANALYST: ("analyst",),
    REVIEWER: ("reviewer",),
    SECOND: ("reviewer",),
    PUBLISHER: ("publisher",),
}


def appoint_all(mission: Mission) -> None:
    """The administrator opened the mission; everybody else is appointed in this order, so that numbers are the same in every test."""
    for name, roles in ROLES.items():
        if name != ADMINISTRATOR:
            people.appoint(mission, ADMINISTRATOR, name, roles)
