"""The catalogue: every procedure a visitor may ask for, found by code, field or everyday words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from motcua.catalogue.codes import base_code
from motcua.catalogue.errors import CatalogueError
from motcua.catalogue.rows import read_procedures
from motcua.catalogue.search import SearchIndex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from motcua.queue.procedure import Procedure

_CODE_INSIDE = re.compile(r"\b\d\.\d{6}\b")
_DIGITS_ALONE = re.compile(r"[\d.,\s]+")
_FEWEST_DIGITS = 4


@dataclass(frozen=True)
class Catalogue:
    """An unchanging list of procedures, in the order the centre wrote them down."""

    procedures: tuple[Procedure, ...]

    def __post_init__(self) -> None:
        """Refuse two procedures with one code.

        Raises:
            CatalogueError: `catalogue.duplicate`.
        """
        if len(self.by_code) == len(self.procedures):
            return
        seen: set[str] = set()
        for procedure in self.procedures:
            if procedure.code in seen:
                raise CatalogueError(
                    "catalogue.duplicate",
                    "The code %(code)s stands in the catalogue twice: remove one of the two rows.",
                    code=procedure.code,
                )
            seen.add(procedure.code)

    @classmethod
    def load(cls, path: Path) -> Catalogue:
        """Read a `procedures.csv`.

        Raises:
            CatalogueError: the file cannot be read or a row is wrong; names the line and the cure.
        """
        return cls(tuple(read_procedures(path)))

    @cached_property
    def by_code(self) -> Mapping[str, Procedure]:
        """Base code → procedure, expired ones too: history refers to them."""
        return {procedure.code: procedure for procedure in self.procedures}

    def get(self, code: str) -> Procedure | None:
        """Return the procedure with `code` (local suffixes are ignored), in force or not."""
        return self.by_code.get(code) or self.by_code.get(base_code(code) or "")

    def in_force(self, day: date) -> tuple[Procedure, ...]:
        """Return the procedures that may be chosen on `day`, in the catalogue's order."""
        return tuple(procedure for procedure in self.procedures if procedure.in_force(day))

    def fields(self, day: date) -> tuple[str, ...]:
        """Return the fields (*lĩnh vực*) with a procedure in force, in the catalogue's order."""
        return tuple(dict.fromkeys(procedure.field for procedure in self.in_force(day)))

    def in_field(self, field: str, day: date) -> tuple[Procedure, ...]:
        """Return the procedures of `field` in force on `day`, in the catalogue's order."""
        return tuple(procedure for procedure in self.in_force(day) if procedure.field == field)

    def search(self, text: str, limit: int, day: date) -> list[Procedure]:
        """Return at most `limit` procedures in force on `day` that fit `text`, best first.

        Case, Vietnamese marks, word order and one wrong letter a word do not matter; everyday
        words and codes are known. Nothing typed: the first of the catalogue. Never raises.
        """
        if limit <= 0:
            return []
        if not text.strip():
            return list(self.in_force(day)[:limit])
        by_code = [found for found in self._by_code_in(text) if found.in_force(day)]
        return by_code[:limit] or [
            self.procedures[place]
            for place in self._index.find(
                text, limit, lambda place: self.procedures[place].in_force(day)
            )
        ]

    @cached_property
    def _index(self) -> SearchIndex:
        return SearchIndex(self.procedures)

    def _by_code_in(self, text: str) -> list[Procedure]:
        inside = _CODE_INSIDE.search(text)
        whole = self.get(text.strip()) or (self.by_code.get(inside[0]) if inside else None)
        if whole:
            return [whole]
        digits = re.sub(r"\D", "", text)
        if len(digits) < _FEWEST_DIGITS or not _DIGITS_ALONE.fullmatch(text):
            return []
        return [found for found in self.procedures if digits in found.code.replace(".", "")]
