"""Vietnamese column headings: the same column is called differently in each list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motcua.catalogue.spelling import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motcua.catalogue.table import Row, Table

_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "code": (
        "Mã TTHC", "Mã thủ tục", "Mã số", "Mã", "Mã số TTHC", "Mã thủ tục hành chính",
        "Mã số thủ tục", "Mã số thủ tục hành chính",
    ),
    "name": (
        "Tên TTHC", "Thủ tục hành chính", "Tên thủ tục", "Tên thủ tục hành chính", "Thủ tục",
        "TTHC",
    ),
    "field": ("Lĩnh vực", "Tên lĩnh vực"),
    "level": ("Cấp thực hiện", "Cấp giải quyết"),
    "agency": (
        "Cơ quan/đơn vị giải quyết", "Cơ quan giải quyết", "Cơ quan thực hiện", "Đơn vị giải quyết",
    ),
    "decision": (
        "QĐ Công bố", "Quyết định công bố", "Quyết định ban hành/công bố", "Số quyết định công bố",
    ),
    "limit": ("Thời gian giải quyết", "Thời hạn giải quyết"),
    "shorter_limit": ("Thời gian sau rút ngắn", "Thời hạn sau rút ngắn"),
    "fee": ("Phí", "Phí, lệ phí"),
    "charge": ("Lệ phí",),
    "online": ("Dịch vụ công", "Dịch vụ công trực tuyến", "Mức độ dịch vụ công"),
    "status": ("Tình trạng", "Tình trạng hiệu lực", "Trạng thái"),
    "begins": ("Ngày hiệu lực", "Ngày có hiệu lực", "Hiệu lực từ"),
    "ends": ("Ngày hết hiệu lực/bãi bỏ", "Ngày hết hiệu lực", "Ngày bãi bỏ"),
    "last_day": ("Hiệu lực đến", "Có hiệu lực đến"),
}  # fmt: skip
_COLUMNS: Final = {
    phrase(heading): column for column, headings in _SYNONYMS.items() for heading in headings
}
_SEARCHED_ROWS = 60


def find_header(table: Table) -> tuple[int, dict[str, int]] | None:
    """Return the last row of the header, and the place of each column we know in it.

    The header is known by its words, wherever it stands: titles are merged above it. It may take
    two rows (`Phí` and `Lệ phí` under one cell).
    """
    for number, row in enumerate(table.rows[:_SEARCHED_ROWS]):
        columns = _columns(row)
        if not {"code", "name"} <= columns.keys():
            continue
        for below in table.rows[number + 1 :]:
            if not repeats_header(below, columns):
                break
            columns = _columns(below) | columns
            number += 1  # noqa: PLW2901 - the header ends one row further down
        return number, columns
    return None


def repeats_header(row: Row, columns: Mapping[str, int]) -> bool:
    """Return whether a heading stands in the code column again: a page title, a merged header."""
    cell = row.cells[columns["code"]] if columns["code"] < len(row.cells) else None
    return isinstance(cell, str) and phrase(cell) in _COLUMNS


def _columns(row: Row) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        column = _COLUMNS.get(phrase(cell)) if isinstance(cell, str) else None
        if column:
            columns.setdefault(column, place)
    return columns
