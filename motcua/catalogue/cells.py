"""What a single cell says: a day, a sum, a yes, a list; and what to write back into one."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from motcua.catalogue.errors import Remark, remark
from motcua.catalogue.spelling import fold, tidy
from motcua.catalogue.table import Unreadable
from motcua.queue.procedure import Where

if TYPE_CHECKING:
    from motcua.catalogue.table import Cell

SEPARATOR = " | "
"""Between the items of a list; the mark `|` cannot stand inside one."""

_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_LOCAL_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00(?::00)?)?")
_SUM = re.compile(r"\d{1,9}|\d{1,3}(?:[.,\u00a0 ]\d{3}){1,2}")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?")
_MOST_NATIONAL = 1_000
_YES = frozenset({"yes", "co", "true", "x", "1"})
_NO = frozenset({"no", "khong", "false", "0"})


class CellError(Exception):
    """A cell does not say what its column asks for."""

    def __init__(self, what: Remark) -> None:
        """Keep what is wrong."""
        self.remark = what
        super().__init__(what.text())


def plain(cell: Cell) -> str:
    """Return the cell as a person reads it, on one line, in NFC.

    Raises:
        CellError: the cell is a formula or an error value.
    """
    if isinstance(cell, Unreadable):
        raise CellError(remark(cell.sentence))
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell))


def plain_code(cell: Cell) -> str:
    """Return a code cell as text, also where a spreadsheet took it for a number and cut its zeros.

    Raises:
        CellError: the cell is a formula or an error value.
    """
    if isinstance(cell, float) and 0 < cell < _MOST_NATIONAL:
        return f"{cell:.6f}"
    return plain(cell)


def read_day(text: str) -> date | None:
    """Return the day written as `2026-07-01` or `01/07/2026`; None when blank.

    Raises:
        CellError: it is neither, or there is no such day.
    """
    if not text:
        return None
    iso, local = _ISO_DAY.fullmatch(text), _LOCAL_DAY.fullmatch(text)
    parts = iso.groups() if iso else local.groups()[::-1] if local else None
    try:
        if parts:
            return date(*map(int, parts))
    except ValueError:
        pass
    raise CellError(remark("“%(text)s” is no day: write it like 01/07/2026", text=text))


def read_sum(text: str) -> int | None:
    """Return the sum in dong, `8000` or `8.000`; None when blank.

    Raises:
        CellError: it is not a whole number.
    """
    if not text:
        return None
    if _SUM.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    raise CellError(remark("“%(text)s” is no sum in dong: write it like 8000", text=text))


def read_choice(text: str) -> bool | None:
    """Return the yes or no; None when blank.

    Raises:
        CellError: it is neither.
    """
    folded = fold(text)
    if not folded:
        return None
    if folded in _YES or folded in _NO:
        return folded in _YES
    raise CellError(remark("“%(text)s” is neither yes nor no", text=text))


def read_clock(text: str) -> str:
    """Return the time of day as `HH:MM`; empty when blank.

    Raises:
        CellError: there is no such time.
    """
    found = _CLOCK.fullmatch(text)
    if found:
        return f"{int(found[1]):02}:{found[2]}"
    if not text:
        return ""
    raise CellError(remark("“%(text)s” is no time of day: write it like 15:00", text=text))


def read_where(text: str) -> Where:
    """Return where the procedure is done; here when blank.

    Raises:
        CellError: it is not one of the three words.
    """
    try:
        return Where(fold(text) or Where.HERE)
    except ValueError:
        raise CellError(
            remark("“%(text)s” must be one of here, received_here, elsewhere", text=text)
        ) from None


def read_list(text: str) -> tuple[str, ...]:
    """Return the items between the `|` marks, blank ones left out."""
    return tuple(item for part in text.split("|") if (item := part.strip()))


def written(value: object) -> str:
    """Return `value` as it stands in a cell of our CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    return value.isoformat() if isinstance(value, date) else str(value)
