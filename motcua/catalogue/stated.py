"""What one row of a file states about a procedure, whatever the form of the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motcua.catalogue.errors import Remark


@dataclass(frozen=True, slots=True)
class Stated:
    """A row that is about a procedure."""

    place: str
    """Where a person finds the row: `12`, or `Sheet2!12`."""
    code: str
    """As written there."""
    values: Mapping[str, Any]
    """Attribute of `Procedure`, except the code → what the row states for it."""
    level: str = ""
    """Who carries it out, e.g. `Cấp xã`; blank when the form does not tell."""
    agency: str = ""
    """The office that decides."""
    status: str = ""
    """Whether it is in force, in words."""
    wrong: tuple[Remark, ...] = ()
    """What cannot be read in it."""
    notes: tuple[Remark, ...] = field(default=())

    @property
    def name(self) -> str:
        """Return the Vietnamese name, blank when the row states none."""
        return str(self.values.get("name_vi", ""))


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A row that is about no procedure: a section head, a sum, a signature."""

    place: str
    text: str
