"""Matters: what a visitor may come for, in a few big groups with the usual ones first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from motcua.catalogue.spelling import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from motcua.catalogue import Catalogue
    from motcua.queue.procedure import Procedure
    from motcua.queue.rules import Service

_MOST_TILES = 8
"""More fields than this are shown by service: nobody chooses among forty tiles."""
_FIT = (6, 560)
_FIT_LARGER = (4, 400)
"""Procedures on a page, and letters of their names: official names can be very long."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A group of procedures: a field, or all fields of one service."""

    slug: str
    """For addresses: `ho-tich`."""
    name: str
    procedures: tuple[Procedure, ...]
    """The usual ones first."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some procedures of a longer list."""

    procedures: tuple[Procedure, ...]
    number: int
    """From 1."""
    of: int

    @property
    def before(self) -> int | None:
        """Number of the page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """Number of the page after."""
        return self.number + 1 if self.number < self.of else None


def matters(catalogue: Catalogue, services: Mapping[str, Service], day: date) -> tuple[Matter, ...]:
    """Return the groups to choose from on `day`, at most eight where the centre allows it."""
    fields = catalogue.fields(day)
    if len(fields) <= _MOST_TILES:
        return tuple(_matter(field, catalogue.in_field(field, day)) for field in fields)
    by_service: dict[str, list[Procedure]] = {letter: [] for letter in services}
    for field in fields:
        inside = catalogue.in_field(field, day)
        usual = _usual_service(inside, services)
        for procedure in inside:
            letter = procedure.service if procedure.service in by_service else usual
            by_service[letter].append(procedure)
    return tuple(
        _matter(services[letter].name_vi, inside) for letter, inside in by_service.items() if inside
    )


def general_service(services: Mapping[str, Service]) -> str:
    """Return the letter of the service for everything else: “… khác” (other), or the last."""
    others = [letter for letter, service in services.items() if "khac" in words(service.name_vi)]
    return others[-1] if others else list(services)[-1]


def list_page(procedures: Sequence[Procedure], number: int, *, larger: bool) -> ListPage:
    """Return page `number` of a list; a number outside it gives the nearest page."""
    pages: list[list[Procedure]] = []
    rest = list(procedures)
    while rest or not pages:
        pages.append(first_fitting(rest, larger=larger))
        rest = rest[len(pages[-1]) :]
    number = min(max(1, number), len(pages))
    return ListPage(tuple(pages[number - 1]), number, len(pages))


def first_fitting(procedures: Sequence[Procedure], *, larger: bool) -> list[Procedure]:
    """Return as many of the first procedures as a page has room for; at least one, if any."""
    most, letters = _FIT_LARGER if larger else _FIT
    lengths = accumulate(len(procedure.name_vi) for procedure in procedures[:most])
    room = sum(length <= letters for length in lengths)
    return list(procedures[: max(room, 1)])


def _matter(name: str, procedures: Sequence[Procedure]) -> Matter:
    # Those whose papers the centre took the trouble to write down are those most people ask for.
    usual_first = sorted(procedures, key=lambda procedure: not procedure.papers)
    return Matter("-".join(words(name)) or "-", name, tuple(usual_first))


def _usual_service(procedures: Sequence[Procedure], services: Mapping[str, Service]) -> str:
    counts = Counter(p.service for p in procedures if p.service in services)
    return counts.most_common(1)[0][0] if counts else general_service(services)
