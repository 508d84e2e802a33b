"""A procedure (*thủ tục*): what a visitor may come for, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Where(StrEnum):
    """Where a procedure is done, seen from this centre."""

    HERE = "here"
    """Received and decided here."""
    RECEIVED_HERE = "received_here"
    """Received here, decided elsewhere."""
    ELSEWHERE = "elsewhere"
    """Not done here: the visitor is referred to `place`."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One row of the catalogue. An empty string or None means "not verified": never guess."""

    code: str
    """Base code as published, e.g. `1.001193`; local suffixes are stripped on import."""
    name_vi: str
    name_en: str = ""
    field: str = ""
    """The field (*lĩnh vực*) in Vietnamese, e.g. `Hộ tịch`."""
    service: str = ""
    """Letter of the service it waits in; empty when `where` is elsewhere."""
    where: Where = Where.HERE
    place: str = ""
    """The office that does it, when not decided here."""
    address: str = ""
    hours: str = ""
    papers: tuple[str, ...] = ()
    """Papers to bring, one sentence each, in the ward's own words."""
    fee_vnd: int | None = None
    """Fee in dong; 0 is free; None is not verified."""
    fee_note: str = ""
    limit: str = ""
    """Time limit in words, e.g. `3 ngày làm việc`."""
    same_day_cutoff: str = ""
    """`HH:MM`: taken after this, the result comes the next working day."""
    online: bool | None = None
    """Whether it can be filed online; None is not verified."""
    online_url: str = ""
    keywords: tuple[str, ...] = ()
    """Everyday words people use for it, e.g. `sổ đỏ`."""
    valid_from: date | None = None
    valid_to: date | None = None
    """Last day it is in force; later days it is hidden from visitors and kept for history."""
    source: str = ""
    """Where the row's facts come from."""

    def in_force(self, day: date) -> bool:
        """Return whether the procedure may be chosen on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    @property
    def elsewhere(self) -> bool:
        """Return whether the visitor is referred to another place."""
        return self.where is Where.ELSEWHERE
