"""`[travel]` of `centre.toml`: what kilometres, minutes and money of a report are reckoned with.

Nothing here has a default that somebody measured elsewhere: what the centre does not know stays
blank, and a figure that would need it is not told.
"""

from __future__ import annotations

from collections import Counter
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from motcua.settings_section import Section

_NOT_WRITTEN = -1.0
_SUM_TOLERANCE = 0.005
"""Shares written with two decimals, such as thirds, may miss one by this."""
_Number = Annotated[float, Meta(ge=0)]


class Assumption(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A figure the centre states: `[low, value, high, "source"]`; `[]` is not known."""

    most: ClassVar[float] = 10_000_000
    """More than this is a slip of the pen."""
    low: _Number = _NOT_WRITTEN
    value: _Number = _NOT_WRITTEN
    high: _Number = _NOT_WRITTEN
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse a figure without range or source, or out of order.

        Raises:
            ValueError: says how to write it.
        """
        if self.low == _NOT_WRITTEN and not self.source:
            return
        if self.high == _NOT_WRITTEN or not self.source.strip():
            raise ValueError('write [low, value, high, "where it is from"], or [] when not known')
        if not self.low <= self.value <= self.high <= self.most:
            message = f"low, value and high rise, and are at most {self.most:g}"
            raise ValueError(message)

    @property
    def known(self) -> bool:
        """Whether the centre has stated it."""
        return bool(self.source)


class Kilometres(Assumption, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A distance one way, km."""

    most: ClassVar[float] = 1000


class Pace(Assumption, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Minutes for a kilometre: 60 ÷ speed in km/h."""

    most: ClassVar[float] = 60


class Trips(Assumption, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Trips to another office for each visit made here."""

    most: ClassVar[float] = 20


class Part(Assumption, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A part of a whole, 0 … 1."""

    most: ClassVar[float] = 1


class TravelPlaceSection(Section, frozen=True):
    """An office that used to do what the centre does now."""

    name: str = ""
    procedures: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    old_km: Kilometres = Kilometres()
    trips_per_visit: Trips = Trips(1, 1, 1, "giả định: số lần đi như hiện nay")

    @property
    def used(self) -> bool:
        """Whether the centre has filled it in at all."""
        return bool(self.name or self.procedures or self.fields or self.old_km.known)


class TravelMeansSection(Section, frozen=True):
    """A means people come by."""

    name: str = ""
    share: Part = Part()
    minutes_per_km: Pace = Pace()
    cost_per_km_vnd: Assumption = Assumption()
    co2_g_per_km: Assumption = Assumption()


class TravelSection(Section, frozen=True):
    """Where people come from, how, and where they used to go."""

    here_km: Kilometres = Kilometres()
    value_of_time_vnd: Assumption = Assumption()
    place: tuple[TravelPlaceSection, ...] = ()
    means: tuple[TravelMeansSection, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is fine alone but not together.

        Raises:
            ValueError: a procedure or field stands in two places, or shares do not make a whole.
        """
        for word in ("procedures", "fields"):
            named = Counter(one for place in self.place for one in getattr(place, word))
            twice = [one for one, times in named.items() if times > 1]
            if twice:
                message = f"{twice[0]} stands twice under {word}: keep one"
                raise ValueError(message)
        shares = [means.share for means in self.means]
        whole = sum(share.value for share in shares)
        if shares and all(share.known for share in shares) and abs(whole - 1) > _SUM_TOLERANCE:
            message = f"the shares of all means make {whole:g}: they must make 1"
            raise ValueError(message)
