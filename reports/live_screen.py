"""The live day as a screen, kept up to date by the stream of one number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from flask import Response, request

from motcua import web
from motcua.day_table import DayTable
from motcua.reports.choice import Question, choice
from motcua.reports.live_day import live_day
from motcua.reports.live_hall import hall
from motcua.reports.live_page import LivePage, live_page
from motcua.reports.live_usual import UsualDays
from motcua.reports.period import Period

if TYPE_CHECKING:
    from motcua.archive import Archive
    from motcua.office import Office
    from motcua.reports.wording import Wording
    from motcua.settings import Centre

_SECONDS_A_MINUTE = 60
_RANGE = frozenset({"from", "to", "compare_from", "compare_to"})


def names_a_range() -> bool:
    """Return whether the current request asks for a report of some days."""
    return not _RANGE.isdisjoint(request.args)


class LiveScreen:
    """Shows the hall at this moment and the day so far."""

    def __init__(
        self,
        office: Office,
        archive: Archive,
        centre: Centre,
        machines: Callable[[], Sequence[str]],
    ) -> None:
        """Show the day that `office` lends.

        Args:
            office: knows the day, the time and the rules.
            archive: has the running day's table, and the days that say what is usual.
            centre: its target.
            machines: tells what is wrong with the printers, one English sentence each.
        """
        self._office = office
        self._archive = archive
        self._target_s = centre.wait_target_min * _SECONDS_A_MINUTE
        self._machines = machines
        self._usual = UsualDays(archive)

    def show(self, wording: Wording) -> str | Response:
        """Return the page, or for htmx its moving part: nothing when it would look the same."""
        page = self._page(wording)
        if request.args.get("look") == page.look and (known := web.nothing_new(page.seq)):
            return known
        today = Question(Period(page.today, page.today))
        return web.page("reports/now.html", page=page, choice=choice(today, page.today, wording))

    def _page(self, wording: Wording) -> LivePage:
        at, rules = self._office.now(), self._office.rules
        with self._office.today() as day:
            seen = hall(day, rules, at, self._office.foretell)
        today = seen.now.date()
        table = self._archive.running() or DayTable(today.isoformat(), ())
        usual = self._usual.of(today, rules.hours)
        live = live_day(seen, table, usual, self._target_s, rules.hours)
        return live_page(live, wording, tuple(self._machines()))
