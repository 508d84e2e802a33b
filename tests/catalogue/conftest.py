"""A small catalogue, the centre's services, and lists as offices send them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from motcua.catalogue import Catalogue
from motcua.catalogue.importing import plan_import
from motcua.catalogue.plan import ImportPlan
from motcua.queue.procedure import Procedure, Where
from motcua.queue.rules import Service

TODAY = date(2026, 11, 23)
PORTAL_HEADINGS = (
    "STT", "Mã TTHC", "Tên TTHC", "Lĩnh vực", "Đối tượng", "Cơ quan công khai", "Cấp thực hiện",
    "Tình trạng", "QĐ Công bố",
)  # fmt: skip
SHEET_HEADINGS = (
    "STT", "Mã TTHC", "Thủ tục hành chính", "Lĩnh vực", "Bộ/ngành quản lý", "Cơ quan công bố",
    "Cơ quan/đơn vị giải quyết", "Cấp thực hiện", "Quyết định ban hành/công bố", "Quy trình nội bộ",
    "Thời gian giải quyết", "Thời gian sau rút ngắn", "Phí", "Lệ phí", "Dịch vụ công",
    "Quy trình ISO", "Tình trạng hiệu lực", "Ngày hiệu lực", "Ngày hết hiệu lực/bãi bỏ", "Ghi chú",
    *(f"Cột khác {number}" for number in range(1, 10)),
)  # fmt: skip

Cells = Sequence[object]
WriteList = Callable[..., Path]
Import = Callable[[Path], ImportPlan]


@pytest.fixture
def today() -> date:
    """The day the lists are read."""
    return TODAY


@pytest.fixture
def services() -> Mapping[str, Service]:
    """Four services; the last takes what no other takes."""
    names = {"A": "Hộ tịch", "H": "Chứng thực", "M": "Đất đai – Xây dựng", "N": "Lĩnh vực khác"}
    return {letter: Service(letter, name) for letter, name in names.items()}


@pytest.fixture
def current() -> Catalogue:
    """Two procedures done here and one done elsewhere."""
    return Catalogue(
        (
            Procedure(
                "1.001193", "Đăng ký khai sinh", field="Hộ tịch", service="A", fee_vnd=0,
                papers=("Giấy chứng sinh",), keywords=("làm khai sinh",), source="Danh mục cũ",
            ),
            Procedure(
                "2.000620", "Bán lẻ rượu", field="Thương mại", service="N", keywords=("bán rượu",)
            ),
            Procedure("1.001456", "Hộ chiếu", where=Where.ELSEWHERE, place="Công an tỉnh"),
        )
    )  # fmt: skip


@pytest.fixture
def read(current: Catalogue, services: Mapping[str, Service]) -> Import:
    """Plan the reading of a file into the small catalogue."""
    return lambda path: plan_import(path, current, services, TODAY)


@pytest.fixture
def portal(tmp_path: Path) -> WriteList:
    """Write a list as the national portal exports it: rows of nine cells under a merged title."""

    def write(*rows: Cells) -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet["A1"] = "DANH SÁCH THỦ TỤC HÀNH CHÍNH"
        sheet.merge_cells("A1:I1")
        for row in (PORTAL_HEADINGS, *rows):
            sheet.append(list(row))
        path = tmp_path / "DanhSachTTHC.xlsx"
        book.save(path)
        return path

    return write


@pytest.fixture
def posting_sheet(tmp_path: Path) -> WriteList:
    """Write the ward's posting sheet of 29 columns: one dictionary, heading → cell, a row."""

    def write(*rows: Mapping[str, object]) -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["ỦY BAN NHÂN DÂN PHƯỜNG"])
        sheet.append([])
        sheet.append(list(SHEET_HEADINGS))
        sheet.append([f"({number})" for number in range(1, len(SHEET_HEADINGS) + 1)])
        for row in rows:
            sheet.append([row.get(heading) for heading in SHEET_HEADINGS])
        path = tmp_path / "NiemYet.xlsx"
        book.save(path)
        return path

    return write


@pytest.fixture
def csv_list(tmp_path: Path) -> WriteList:
    """Write the lines of a CSV as they stand."""

    def write(*lines: str, encoding: str = "utf-8", name: str = "danh-muc.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    return write
