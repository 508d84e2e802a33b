"""Lists with Vietnamese headings: the national portal's export and the ward's posting sheet.

A blank cell states nothing: what the catalogue knows already stays.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from motcua.catalogue.cells import CellError, plain, plain_code, read_day, read_sum
from motcua.catalogue.errors import Remark, remark
from motcua.catalogue.headings import repeats_header
from motcua.catalogue.spelling import phrase
from motcua.catalogue.stated import PassedOver, Stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from motcua.catalogue.table import Row, Table

DECISION = "Quyết định công bố"
"""How the source of a fact from such a list begins."""

_FREE = frozenset({"khong", "mien phi", "khong thu", "khong thu phi", "mien", "0"})
_ONLINE = ("toan trinh", "mot phan", "muc do 3", "muc do 4")
_OFFLINE = ("con lai", "cung cap thong tin", "truc tiep")
_COLUMN_NUMBER = re.compile(r"\(?\d{1,3}\)?")
_ORDINAL = re.compile(r"\d+")
_LIKE_A_CODE = re.compile(r"\d[.,]\d{3}")
_HEAD_CELLS = 2
_MONEY_WORD = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)\s*$", re.IGNORECASE)


def read_sheet(
    table: Table, header: int, columns: Mapping[str, int]
) -> Iterator[Stated | PassedOver]:
    """Yield what the rows below row `header` state, in their order."""
    for row in table.rows[header + 1 :]:
        if row.blank or repeats_header(row, columns) or _numbers_columns(row):
            continue
        reader = _RowReader(row, columns)
        yield reader.passed_over() or reader.stated()


def _numbers_columns(row: Row) -> bool:
    texts = [str(cell) for cell in row.cells if cell is not None]
    return len(texts) > 1 and all(_COLUMN_NUMBER.fullmatch(text.strip()) for text in texts)


class _RowReader:
    """Reads the cells of one row by column, and keeps what it could not read."""

    def __init__(self, row: Row, columns: Mapping[str, int]) -> None:
        self._row = row
        self._columns = columns
        self._wrong: list[Remark] = []
        self._notes: list[Remark] = []
        self._texts = {column: self._text(column, place) for column, place in columns.items()}

    def _text(self, column: str, place: int) -> str:
        cell = self._row.cells[place] if place < len(self._row.cells) else None
        try:
            return plain_code(cell) if column == "code" else plain(cell)
        except CellError as error:
            self._wrong.append(remark("%(column)s: %(what)s", column=column, what=error.remark))
            return ""

    def passed_over(self) -> PassedOver | None:
        """Return the row as a section head or footer, when it is one."""
        texts = [str(cell).strip() for cell in self._row.cells if cell is not None]
        texts = list(dict.fromkeys(text for text in texts if text))
        code, name = self._texts["code"], self._texts["name"]
        numbered = bool(name) and any(_ORDINAL.fullmatch(text) for text in texts)
        claims_code = bool(code and name and re.search(r"\d", code)) or _LIKE_A_CODE.search(code)
        if len(texts) > _HEAD_CELLS or numbered or claims_code or self._wrong:
            return None
        return PassedOver(self._row.place, " ".join(texts))

    def stated(self) -> Stated:
        """Return what the row states."""
        texts = self._texts
        values: dict[str, Any] = {
            "name_vi": texts["name"],
            "field": texts.get("field"),
            "limit": texts.get("shorter_limit") or texts.get("limit"),
            "online": self._online(texts.get("online", "")),
            "valid_from": self._day("begins"),
            "valid_to": self._last_day(),
            "source": f"{DECISION} {texts['decision']}" if texts.get("decision") else "",
        }
        known = {name: value for name, value in values.items() if value not in (None, "")}
        return Stated(
            self._row.place,
            texts["code"],
            known | self._fees(),
            texts.get("level", ""),
            texts.get("agency", ""),
            texts.get("status", ""),
            tuple(self._wrong),
            tuple(self._notes),
        )

    def _day(self, column: str) -> Any:  # noqa: ANN401 - one of the values of a Procedure
        try:
            return read_day(self._texts.get(column, ""))
        except CellError as error:
            self._wrong.append(error.remark)
            return None

    def _last_day(self) -> Any:  # noqa: ANN401 - one of the values of a Procedure
        """Return the last day in force: the day before it ceases to have effect."""
        ends = self._day("ends")
        return ends - timedelta(days=1) if ends else self._day("last_day")

    def _online(self, text: str) -> bool | None:
        told = phrase(text)
        if any(word in told for word in _ONLINE):
            return True
        if any(word in told for word in _OFFLINE):
            return False
        if told:
            self._notes.append(remark("“%(text)s” does not tell if it is online", text=text))
        return None

    def _fees(self) -> dict[str, Any]:
        """Return the fee as it is worded, and as a sum where the wording is one sum."""
        fee, charge = self._texts.get("fee", ""), self._texts.get("charge", "")
        if not fee and not charge:
            return {}
        worded = [text for text in (fee, charge) if text]
        sums = [_sum(text) for text in worded]
        due = [dong for dong in sums if dong != 0]
        note = f"Phí: {fee}; lệ phí: {charge}" if len(worded) > 1 else worded[0]
        return {
            "fee_vnd": due[0] if len(due) == 1 else None if due else 0,
            "fee_note": "" if note.isdecimal() else note,
        }


def _sum(text: str) -> int | None:
    if phrase(text) in _FREE:
        return 0
    try:
        return read_sum(_MONEY_WORD.sub("", text))
    except CellError:
        return None
