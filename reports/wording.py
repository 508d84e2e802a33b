"""Figures and names in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua import formats
from motcua.queue.rules import Rules
from motcua.reports.columns import Key
from motcua.reports.period import Period
from motcua.words import VIETNAMESE, Words

_WEEKDAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
END_NAMES: Mapping[str, str] = {
    "done": "Done, result in hand",
    "received": "Dossier received",
    "advised": "Advised",
    "papers_missing": "Papers missing",
    "wrong_place": "Wrong place",
    "not_possible": "Not possible now",
    "missed": "Called, did not come",
    "cancelled": "Gave the number back",
    "unserved": "Not served by the end of the day",
    "": "Not ended yet",
}
"""How a visit ended → its name, in the order of a report."""
_PURPOSES: Mapping[str, str] = {
    "submit": "Hand in papers",
    "collect": "Collect a result",
    "ask": "Ask for guidance",
    "assist": "Help to file online",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A language, with the names the centre gave to things."""

    words: Words
    language: str
    rules: Rules

    def say(self, sentence: str, **values: object) -> str:
        """Return an English sentence in this language."""
        return self.words.say(self.language, sentence, **values)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number as people here write it."""
        return formats.number(value, self.language, decimals)

    def minutes(self, seconds: float) -> str:
        """Return a duration in minutes, one decimal below ten."""
        return formats.minutes(seconds, self.language)

    def percent(self, share: float) -> str:
        """Return a share (0 … 1) as `83,5%`."""
        return f"{self.number(share * 100, 1)}%"

    def day(self, day: str | date) -> str:
        """Return a date, `23/11/2026`."""
        return formats.day(date.fromisoformat(day) if isinstance(day, str) else day)

    def weekday(self, number: int) -> str:
        """Return the name of an ISO weekday."""
        return self.say(_WEEKDAYS[number])

    def period(self, period: Period) -> str:
        """Return a period as it stands in a sentence: `on …`, or `from … to …`."""
        if period.first == period.last:
            weekday = self.weekday(period.first.isoweekday())
            return self.say("On %(weekday)s %(day)s", weekday=weekday, day=self.day(period.first))
        return self.say(
            "From %(first)s to %(last)s", first=self.day(period.first), last=self.day(period.last)
        )

    def hours(self, hour: int) -> str:
        """Return an hour of the day as a stretch, `8–9 giờ`."""
        return self.say("%(from)s–%(to)s h", **{"from": hour, "to": hour + 1})

    def service(self, letter: str) -> str:
        """Return a service's letter and name."""
        service = self.rules.services.get(letter)
        name = service and self._name(service.name_vi, service.name_en)
        return f"{letter} – {name}" if name else letter

    def procedure(self, code: str) -> str:
        """Return a procedure's code and name; its code alone when it left the catalogue."""
        if not code:
            return self.say("Not stated")
        found = self.rules.procedures.get(code)
        name = found and self._name(found.name_vi, found.name_en)
        return f"{code} – {name}" if name else code

    def field(self, code: str) -> str:
        """Return the field of a procedure; the catalogue has it in Vietnamese only."""
        found = self.rules.procedures.get(code)
        return found.field if found else ""

    def cell(self, dimension: str, key: Key) -> str:
        """Return the name of a table's row."""
        if isinstance(key, tuple):
            return f"{self.weekday(key[0])}, {self.hours(key[1])}"
        if isinstance(key, int):
            return self.hours(key)
        if dimension == "month":
            return self.say("%(month)s/%(year)s", month=key[5:], year=key[:4])
        if dimension == "priority":
            return self._priority(key)
        if dimension == "purpose" and key in _PURPOSES:
            return self.say(_PURPOSES[key])
        name = {"service": self.service, "procedure": self.procedure}.get(dimension)
        return name(key) if name else key or self.say("Not stated")

    def _priority(self, code: str) -> str:
        if not code:
            return self.say("No priority")
        group = self.rules.priorities.get(code)
        return self._name(group.name_vi, group.name_en) if group else code

    def _name(self, vietnamese: str, english: str) -> str:
        return vietnamese if self.language == VIETNAMESE else english or vietnamese
