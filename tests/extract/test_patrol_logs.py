"""Logs of patrols: a quiet entry, monitors who are held up, and periods told with their weekdays."""

from __future__ import annotations

import pytest

from tests.extract.reading import LAND, PEOPLE, SIDES, claims

MISSION = "Tamm Line Monitoring Mission"
QUIET = [
    ("en", "Patrol log, 15 May.\n\n09:30 Sarnby: quiet.\n13:40 Ternmoor: all quiet."),
    ("ru", "Журнал патруля, 15 мая.\n\n09:30 Сарнби: тихо.\n13:40 Тернмур: спокойно."),
    ("hy", "Պարեկի օրագիր, մայիսի 15։\n\n09:30 Սարնբի՝ հանգիստ։\n13:40 Տերնմուր՝ հանգիստ։"),
    ("az", "Patrul jurnalı, 15 may.\n\n09:30 Sarnbi: sakit.\n13:40 Ternmur: sakitlik."),
]


@pytest.mark.parametrize(("language", "text"), QUIET)
def test_an_entry_may_say_no_more_than_quiet(language: str, text: str) -> None:
    found = claims(text, publisher=MISSION, language=language)
    assert [(c.kind, c.when.start[:16], len(c.places)) for c in found] == [
        ("calm", "2031-05-15T09:30", 1),
        ("calm", "2031-05-15T13:40", 1),
    ]


def test_quiet_in_a_sentence_is_no_entry() -> None:
    assert claims("The quiet farmer from Sarnby was a keeper of bees.") == ()


@SIDES
def test_a_patrol_that_is_held_is_no_prisoner(side: str) -> None:
    text = f"The patrol was held for two hours at a post of {LAND[side]} near Sarnby. Our team was stopped near Ternmoor and not allowed to pass."
    found = claims(text, publisher=MISSION)
    assert {(c.kind, c.target.what) for c in found} == {("monitors_obstructed", "monitors")}


@SIDES
def test_a_patrol_of_a_side_may_be_taken(side: str) -> None:
    (told,) = claims(f"A patrol of {LAND[side]} was captured near Sarnby.", publisher=MISSION)
    assert told.kind == "detention"


PERIODS = [
    ("en", "Period: 06:00 on Thursday 15 May to 06:00 on Friday 16 May\n\nSarnby. At 21:40 the team heard three explosions."),
    (
        "en",
        "Reporting period from 06:00 on Thursday, 15 May, to 06:00 on Friday, 16 May.\n\nSarnby. At 21:40 the team heard three explosions.",
    ),
    ("ru", "Отчет за период с 06:00 четверга 15 мая до 06:00 пятницы 16 мая.\n\nСарнби. В 21:40 патруль слышал три взрыва."),
    ("ru", "Отчет за период с 06:00 в четверг, 15 мая, до 06:00 в пятницу, 16 мая.\n\nСарнби. В 21:40 патруль слышал три взрыва."),
    ("az", "Dövr: mayın 15-i saat 06:00-dan mayın 16-sı saat 06:00-dək.\n\nSarnbi. Saat 21:40-da patrul üç partlayış eşidib."),
    ("az", "Dövr: mayın 15-i saat 06:00-dan 16-sı saat 06:00-dək.\n\nSarnbi. Saat 21:40-da patrul üç partlayış eşidib."),
]


@pytest.mark.parametrize(("language", "text"), PERIODS)
def test_a_period_may_name_weekdays_and_ends(language: str, text: str) -> None:
    (told,) = claims(text, publisher=MISSION, language=language)
    assert told.when.start[:16] == "2031-05-15T21:40"


def test_the_date_of_a_heading_is_not_the_clock_of_its_first_entry() -> None:
    text = "LOG OF TEAM 3, 15 May\n06:50 Departed Tammen.\n08:05 Sarnby: three explosions heard.\n12:10 Back at base."
    assert [c.when.start[:16] for c in claims(text, publisher=MISSION)] == ["2031-05-15T08:05"]


@SIDES
def test_a_team_that_is_held_and_let_go(side: str) -> None:
    text = f"Log, 15 May.\n\n09:15 Sarnby: team held at the barrier by {PEOPLE[side]} guards, released at 09:55."
    assert [(c.kind, c.initiator) for c in claims(text, publisher=MISSION)] == [("monitors_obstructed", side)]
