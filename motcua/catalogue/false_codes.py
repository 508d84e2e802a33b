"""Codes that circulate for procedures they do not belong to.

Lists copied by hand, and lists made up, carry them. A code is false only together with the matter
it is claimed for: the same digits may be the true code of something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from motcua.catalogue.errors import Remark, remark
from motcua.catalogue.spelling import phrase


@dataclass(frozen=True, slots=True)
class FalseCode:
    """A code wrongly given to some matter."""

    code: str
    right: str
    """The matter's true code."""
    matters: tuple[str, ...] = ()
    """Folded words in a name that show the false use; none: every use is false."""


_RESIDENCE = ("cu tru", "ho khau")
_TABLE = (
    FalseCode("1.001640", "1.001193", ("khai sinh",)),
    FalseCode("1.001108", "1.001193", ("khai sinh",)),
    FalseCode("1.004800", "1.004884", ("khai sinh",)),
    FalseCode("1.004734", "1.000894", ("ket hon",)),
    FalseCode("1.013124", "1.000894", ("ket hon",)),
    FalseCode("1.004792", "1.000656", ("khai tu",)),
    FalseCode("1.001064", "2.000635", ("trich luc", "khai sinh", "ho tich")),
    FalseCode("1.003559", "1.004873", ("hon nhan", "doc than")),
    FalseCode("1.004621", "1.000881"),
    FalseCode("1.001229", "1.004222", ("thuong tru", *_RESIDENCE)),
    FalseCode("1.003306", "1.004194", ("tam tru", *_RESIDENCE)),
    FalseCode("1.001612", "1.004194", ("tam tru",)),
    FalseCode("1.001612", "1.004222", ("thuong tru", *_RESIDENCE)),
    FalseCode("2.001682", "1.001612", ("kinh doanh",)),
    FalseCode("1.004850", "1.013225", ("xay dung",)),
)
FALSE_CODES: Final = frozenset(entry.code for entry in _TABLE)
_TRUE_ELSEWHERE: Final = frozenset(entry.right for entry in _TABLE) & FALSE_CODES


def refusal(code: str, name: str) -> Remark | None:
    """Return why `code` cannot be the code of the procedure called `name`, or None."""
    spoken = f" {phrase(name)} "
    for entry in _TABLE:
        claimed = not entry.matters or any(f" {matter} " in spoken for matter in entry.matters)
        if entry.code == code and claimed:
            return remark(
                "%(code)s is a false code for this; the right one is %(right)s",
                code=code,
                right=entry.right,
            )
    return None


def warning(code: str) -> Remark | None:
    """Return what to look at before trusting `code`, when it is in circulation as a false one."""
    for entry in _TABLE:
        if entry.code == code and code not in _TRUE_ELSEWHERE:
            return remark(
                "%(code)s is also in circulation as a false code for %(right)s: check the name",
                code=code,
                right=entry.right,
            )
    return None
