"""A worked example: a centre that took household businesses over from an old district office.

Distances and shares are made up; names, codes and the CO₂ figure are of the domain survey.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from motcua.catalogue import Catalogue
from motcua.day_table import DayTable, Leg
from motcua.home import Home
from motcua.journal.tiny import TinyJournal
from motcua.reports.columns import collect
from motcua.reports.spared import Derived, Spared, spared
from motcua.reports.travel import Travel, travel
from motcua.settings import read_centre
from motcua.settings_travel import (
    Assumption,
    Kilometres,
    Pace,
    Part,
    TravelMeansSection,
    TravelPlaceSection,
    TravelSection,
)
from tests.queue.queue_story import Story
from tests.reports.report_days import HUE, leg, table

BUSINESS = "1.001612"
"""Household business registration."""
TRAVEL = """
[travel]
here_km = [3.6, 4.6, 5.4, "50 người, 10/2026"]
value_of_time_vnd = [20000, 25000, 30000, "ước tính của phường"]

[[travel.place]]
name = "UBND quận Phú Xuân (cũ)"
procedures = ["1.001612"]
old_km = [11, 12, 14, "đo trên bản đồ"]

[[travel.means]]
name = "Xe máy"
share = [1, 1, 1, "50 người, 10/2026"]
minutes_per_km = [2, 2.4, 3, "20 đến 30 km/giờ"]
cost_per_km_vnd = [400, 500, 700, "giá xăng"]
co2_g_per_km = [90.83, 90.83, 90.83, "Hà Nội, mô hình IVE"]
"""
_VISITOR = """
{hour}:00 V{n} takes procedure 1.001612
{hour}:01 counter 3 calls next
{hour}:02 counter 3 starts
{hour}:09 counter 3 finishes {outcome}
"""


def old_office(
    *codes: str, km: tuple[float, float, float] = (11, 12, 14), name: str = "Phú Xuân"
) -> TravelPlaceSection:
    """Return an office that used to do these procedures, so far away."""
    return TravelPlaceSection(name=name, procedures=codes, old_km=Kilometres(*km, "map"))


def assumed(*places: TravelPlaceSection, means: bool = True) -> TravelSection:
    """Return what a centre assumes: it is 3.6 to 5.4 km away, and everybody rides a motorcycle."""
    motorcycle = TravelMeansSection(
        name="Xe máy",
        share=Part(1, 1, 1, "asked"),
        minutes_per_km=Pace(2, 2.4, 3, "asked"),
        cost_per_km_vnd=Assumption(400, 500, 700, "petrol"),
        co2_g_per_km=Assumption(90.83, 90.83, 90.83, "IVE"),
    )
    return TravelSection(
        here_km=Kilometres(3.6, 4.6, 5.4, "asked"),
        value_of_time_vnd=Assumption(20_000, 25_000, 30_000, "ward"),
        place=places,
        means=(motorcycle,) if means else (),
    )


def came(outcome: str = "done", people: int = 1, procedure: str | None = BUSINESS) -> list[Leg]:
    """Return so many people who came for a procedure."""
    return [
        leg(ticket=f"{outcome}{procedure}{n}", procedure=procedure, outcome=outcome)
        for n in range(people)
    ]


def trips_of(*days: DayTable) -> Travel:
    """Return the trips of these days."""
    return travel(collect(days, HUE))


def spared_by(settings: TravelSection, *legs: Leg, fields: dict[str, str] | None = None) -> Spared:
    """Reckon what these people were spared."""
    return spared(trips_of(table(legs)), settings, lambda code: (fields or {}).get(code, ""))


def figure(told: Spared, name: str) -> Derived:
    """Return one figure."""
    return next(one for one in told.figures if one.name == name)


def write_home(path: Path, travel: str = TRAVEL) -> Home:
    """Write a centre in whose one day six finished, and one came in vain, each after a minute."""
    home = Home(path)
    home.prepare()
    rules = read_centre(home.centre).rules(Catalogue.load(home.procedures).by_code)
    story = Story("08:00 counter 3 opens", rules)
    hours = ("08", "09", "10", "11", "14", "15", "16")
    for n, hour in enumerate(hours):
        outcome = "papers_missing" if n == 0 else "received"
        story.tell(_VISITOR.format(hour=hour, n=n, outcome=outcome))
    story.tell("16:59 the day closes")
    with closing(TinyJournal(home.journal)) as journal:
        journal.append(story.records)
    starter = home.centre.read_text("utf-8")
    home.centre.write_text(starter[: starter.index("\n[travel]")] + travel, encoding="utf-8")
    return home
