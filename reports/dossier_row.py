"""One row of a national system's export: from cells to a dossier, or to what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Final, NamedTuple

from motcua.catalogue.codes import base_code
from motcua.catalogue.spelling import phrase, tidy
from motcua.queue.errors import Detail
from motcua.queue.hours import Hours
from motcua.queue.procedure import Procedure
from motcua.reports.dossier_due import DueDays
from motcua.reports.dossier_headings import NAMES, State, channel_of, read_header, state_of
from motcua.reports.dossiers import Dossier
from motcua.reports.period import CENTURIES
from motcua.reports.visits_row import Problem

_CLOCK = r"(\d{1,2}):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?"
_DAY_FIRST = re.compile(
    rf"(?:{_CLOCK},?\s+)?(\d{{1,2}})([/.-])(\d{{1,2}})\4(\d{{4}})(?:,?\s+{_CLOCK})?"
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}})(?:[T ]{_CLOCK})?")
_OFFSET = re.compile(r"(Z|[+-]\d\d:?\d\d)$")
_SHOWN, _LABEL = 40, 120
_DAYS: Final = ("received", "due", "settled", "handed")
_KNOWN_DAYS = 20_000


class _WrongRowError(Exception):
    def __init__(self, sentence: str, **details: Detail) -> None:
        super().__init__(sentence)
        self.sentence = "Row %(row)s: " + sentence
        self.details = details


Picked = dict[str, object]
"""The cells of the columns looked at."""


class _Moment(NamedTuple):
    day: date
    clock: time | None
    form: str
    """How it is written: a column keeps to one form."""


class RowReader:
    """Reads the rows of one file; of a row it looks only at the columns it knows."""

    def __init__(
        self, places: Mapping[str, int], procedures: Mapping[str, Procedure], dues: DueDays,
        hours: Hours,
    ) -> None:  # fmt: skip
        """Read rows whose known columns stand at `places`."""
        self._places = places
        self._dues = dues
        self._hours = hours
        self._forms: dict[str, str] = {}
        self._moment = lru_cache(_KNOWN_DAYS)(self._read_text)
        self._channel = cache(channel_of)
        self._state = cache(state_of)
        names = {phrase(one.name_vi): code for code, one in procedures.items()}
        self._label = cache(lambda code, name: _label(code, name, names))
        self.derived = 0
        """Due days reckoned from the catalogue, because the file has none."""

    def pick(self, cells: Sequence[object]) -> Picked | None:
        """Return the columns looked at; None when the row is no dossier's.

        Titles, headings repeated on each page and totals have none of a dossier's days and no code.
        """
        count = len(cells)
        picked = {
            column: cell.strip() if isinstance(cell := cells[place], str) else cell
            for column, place in self._places.items()
            if place < count
        }
        received = picked.get("received")
        if isinstance(received, str) and received[:1].isdigit():
            return picked
        if not any(picked.get(column) for column in ("code", *_DAYS)):
            return None
        return None if "received" in read_header([received]).places else picked

    def read(self, row: int, cells: Picked) -> Dossier | Problem | None:
        """Return the dossier of a row, or the problem with it; None when it was not received."""
        try:
            return self._dossier(cells)
        except _WrongRowError as error:
            return Problem(row, error.sentence, {"row": row, **error.details})

    def _dossier(self, cells: Picked) -> Dossier | None:
        state = self._state(said := _text(cells, "state"))
        if state is State.NOT_RECEIVED:
            return None
        if state is None:
            raise _unknown("state", said)
        moments = {column: self._day(column, cells.get(column)) for column in _DAYS}
        received = moments["received"]
        if received is None:
            raise _WrongRowError("%(column)s is empty.", column=NAMES["received"])
        _check_order({column: one.day for column, one in moments.items() if one})
        settled = _settled(moments, state, said)
        channel = self._channel(came := _text(cells, "channel"))
        if channel is None:
            raise _unknown("channel", came)
        label = self._label(_text(cells, "procedure"), _text(cells, "name"))
        due = moments["due"]
        due_day = due.day if due else self._due(label, received)
        return Dossier(label, received.day, channel, due_day, settled, closed=state is State.CLOSED)

    def _due(self, procedure: str, received: _Moment) -> date | None:
        due = self._dues.due(procedure, received.day, received.clock)
        self.derived += due is not None
        return due

    def _day(self, column: str, cell: object) -> _Moment | None:
        if cell is None or cell == "":
            return None
        moment = self._moment(cell) if isinstance(cell, str) else _typed(cell)
        if moment is None or moment.day.year not in CENTURIES:
            raise _WrongRowError(
                "%(column)s: %(value)s is no day: write it like 31/12/2026.",
                column=NAMES[column], value=str(cell)[:_SHOWN],
            )  # fmt: skip
        if self._forms.setdefault(column, moment.form) != moment.form:
            raise _WrongRowError(
                "%(column)s is written in another form than in the rows before: day and month may "
                "be exchanged. Write all of them like 31/12/2026, as text.", column=NAMES[column],
            )  # fmt: skip
        return moment

    def _read_text(self, text: str) -> _Moment | None:
        if _OFFSET.search(text) and "T" in text:
            return self._with_offset(text)
        if found := _DAY_FIRST.fullmatch(text):
            hour, minute, day, _, month, year, hour_after, minute_after = found.groups()
            return _moment((year, month, day), hour or hour_after, minute or minute_after, "d/m/y")
        if found := _YEAR_FIRST.fullmatch(text):
            year, month, day, hour, minute = found.groups()
            return _moment((year, month, day), hour, minute, "y-m-d")
        return None

    def _with_offset(self, text: str) -> _Moment | None:
        try:
            at = self._hours.local(datetime.fromisoformat(text))
        except (ValueError, OverflowError):
            return None
        return _Moment(at.date(), at.time(), "y-m-d")


def _text(cells: Picked, column: str) -> str:
    cell = cells.get(column)
    return "" if cell is None else str(cell)


def _moment(
    parts: tuple[str, str, str], hour: str | None, minute: str | None, form: str
) -> _Moment | None:
    try:
        clock = time(int(hour), int(minute or 0)) if hour else None
        return _Moment(date(*map(int, parts)), clock, form)
    except ValueError:
        return None


def _typed(cell: object) -> _Moment | None:
    """Return the moment in a cell a spreadsheet holds as a date; midnight is no time of day."""
    if isinstance(cell, datetime):
        return _Moment(cell.date(), cell.time() if cell.time() != time.min else None, "cell")
    return _Moment(cell, None, "cell") if isinstance(cell, date) else None


def _check_order(days: Mapping[str, date]) -> None:
    """Refuse days in an order that cannot be."""
    for earlier, later in (
        ("received", "due"), ("received", "settled"), ("received", "handed"), ("settled", "handed"),
    ):  # fmt: skip
        if earlier in days and later in days and days[later] < days[earlier]:
            raise _WrongRowError(
                "%(later)s is before %(earlier)s.", later=NAMES[later], earlier=NAMES[earlier]
            )


def _settled(moments: Mapping[str, _Moment | None], state: State, said: str) -> date | None:
    """Return the day of the result; the day it was handed out where that is all there is."""
    found = moments["settled"] or moments["handed"]
    if state is State.SETTLED and found is None:
        raise _WrongRowError(
            "the state is %(state)s, but the day of the result is empty.", state=said[:_SHOWN]
        )
    if state is State.OPEN and found is not None:
        raise _WrongRowError(
            "the state is %(state)s, but there is a day of the result.", state=said[:_SHOWN]
        )
    return found and found.day


def _unknown(column: str, said: str) -> _WrongRowError:
    sentence = "%(column)s: %(value)s is not known."
    return _WrongRowError(sentence, column=NAMES[column], value=said[:_SHOWN])


def _label(code: str, name: str, names: Mapping[str, str]) -> str:
    """Return a procedure's base code; its name where that is all there is."""
    return base_code(code) or names.get(phrase(name)) or tidy(name or code)[:_LABEL]
