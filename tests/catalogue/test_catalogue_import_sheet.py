"""The ward's posting sheet: 29 columns, dates, fees in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from motcua.catalogue.cells import written
from motcua.catalogue.plan import Entry, ImportPlan, Kind
from motcua.queue.procedure import Procedure, Where

WriteList = Callable[..., Path]
Import = Callable[[Path], ImportPlan]


def _row(**cells: object) -> dict[str, object]:
    """Return a row about the marital-status certificate; `_` in a heading stands for a space."""
    stated = {
        "STT": 1,
        "Mã TTHC": "1.004873",
        "Thủ tục hành chính": "Xác nhận tình trạng hôn nhân",
        "Lĩnh vực": "Hộ tịch",
        "Cấp thực hiện": "Cấp xã",
    }
    return stated | {heading.replace("_", " "): cell for heading, cell in cells.items()}


def _only(plan: ImportPlan) -> tuple[Entry, Procedure]:
    (entry,) = plan.entries
    assert entry.procedure is not None, [str(remark) for remark in entry.remarks]
    return entry, entry.procedure


def _told(entry: Entry) -> str:
    return "; ".join(map(str, entry.remarks))


def test_every_column_we_know_is_read(posting_sheet: WriteList, read: Import) -> None:
    row = _row(
        Thời_gian_giải_quyết="3 ngày làm việc",
        Phí="Không",
        Lệ_phí="8.000 đồng",
        Dịch_vụ_công="Toàn trình",
        Tình_trạng_hiệu_lực="Còn hiệu lực",
        Ngày_hiệu_lực="01/07/2025",
    ) | {"Quyết định ban hành/công bố": "1872/QĐ-BTP"}

    entry, procedure = _only(read(posting_sheet(row)))

    assert (entry.kind, entry.place, entry.remarks) == (Kind.ADDED, "5", ())
    assert procedure == Procedure(
        "1.004873", "Xác nhận tình trạng hôn nhân", field="Hộ tịch", service="A", fee_vnd=8000,
        fee_note="Phí: Không; lệ phí: 8.000 đồng", limit="3 ngày làm việc", online=True,
        valid_from=date(2025, 7, 1), source="Quyết định công bố 1872/QĐ-BTP",
    )  # fmt: skip


def test_the_shortened_time_limit_wins(posting_sheet: WriteList, read: Import) -> None:
    row = _row(Thời_gian_giải_quyết="3 ngày", Thời_gian_sau_rút_ngắn="2 ngày")

    assert _only(read(posting_sheet(row)))[1].limit == "2 ngày"


@pytest.mark.parametrize(
    ("fees", "kept"),
    [
        (("", ""), (None, "")),
        (("", "Miễn phí"), (0, "Miễn phí")),
        (("", 8000), (8000, "")),
        (("8.000 đ", ""), (8000, "8.000 đ")),
        (("Không", "Không"), (0, "Phí: Không; lệ phí: Không")),
        (("5000", "5000"), (None, "Phí: 5000; lệ phí: 5000")),
        (("", "2.000 đ/trang; từ trang 3: 1.000 đ"), (None, "2.000 đ/trang; từ trang 3: 1.000 đ")),
        (("", "400.000 đồng, miễn cho hộ nghèo"), (None, "400.000 đồng, miễn cho hộ nghèo")),
    ],
)
def test_a_fee_is_kept_in_its_words_and_as_a_sum_only_where_it_is_one(
    posting_sheet: WriteList,
    read: Import,
    fees: tuple[object, object],
    kept: tuple[int | None, str],
) -> None:
    _, procedure = _only(read(posting_sheet(_row(Phí=fees[0], Lệ_phí=fees[1]))))

    assert (procedure.fee_vnd, procedure.fee_note) == kept


def test_a_new_fee_replaces_the_old_one_whole(posting_sheet: WriteList, read: Import) -> None:
    row = _row(Lệ_phí="theo hồ sơ") | {"Mã TTHC": "1.001193"}

    _, procedure = _only(read(posting_sheet(row)))

    assert (procedure.fee_vnd, procedure.fee_note) == (None, "theo hồ sơ")


@pytest.mark.parametrize(
    ("told", "kept"),
    [("Toàn trình", "yes"), ("Một phần", "yes"), ("Còn lại", "no"), ("", ""), ("DVC", "")],
)
def test_whether_it_can_be_filed_online_is_told_in_words(
    posting_sheet: WriteList, read: Import, told: str, kept: str
) -> None:
    assert written(_only(read(posting_sheet(_row(Dịch_vụ_công=told))))[1].online) == kept


@pytest.mark.parametrize(
    "ends", ["01/01/2027", "1/1/2027", "2027-01-01", "01-01-2027", date(2027, 1, 1)]
)
def test_the_last_day_in_force_is_the_one_before_it_ceases(
    posting_sheet: WriteList, read: Import, ends: object
) -> None:
    row = _row() | {"Ngày hết hiệu lực/bãi bỏ": ends}

    entry, procedure = _only(read(posting_sheet(row)))

    assert entry.kind is Kind.ADDED
    assert procedure.valid_to == date(2026, 12, 31)


def test_an_end_in_the_past_wins_over_a_hopeful_status(
    posting_sheet: WriteList, read: Import, today: date
) -> None:
    row = _row(Tình_trạng_hiệu_lực="Còn hiệu lực") | {"Ngày hết hiệu lực/bãi bỏ": "19/05/2026"}

    entry, procedure = _only(read(posting_sheet(row)))

    assert entry.kind is Kind.EXPIRED
    assert procedure.valid_to == date(2026, 5, 18)
    assert not procedure.in_force(today)


@pytest.mark.parametrize("day", ["30/02/2026", "2026", "mai", 45839])
def test_a_day_that_is_none_is_refused(posting_sheet: WriteList, read: Import, day: object) -> None:
    plan = read(posting_sheet(_row(Ngày_hiệu_lực=day)))

    (refused,) = plan.refused
    assert f"“{day}” is no day" in _told(refused)


def test_an_end_before_the_beginning_is_refused(posting_sheet: WriteList, read: Import) -> None:
    row = _row(Ngày_hiệu_lực="01/07/2025") | {"Ngày hết hiệu lực/bãi bỏ": "01/06/2025"}

    assert "ends before it begins" in _told(read(posting_sheet(row)).refused[0])


def test_a_procedure_decided_by_another_office_names_that_office(
    posting_sheet: WriteList, read: Import
) -> None:
    row = _row(Cấp_thực_hiện="Cấp tỉnh") | {"Cơ quan/đơn vị giải quyết": "Sở Tư pháp"}

    _, procedure = _only(read(posting_sheet(row)))

    assert (procedure.where, procedure.place) == (Where.ELSEWHERE, "Sở Tư pháp")


def test_several_faults_of_a_row_are_all_told(posting_sheet: WriteList, read: Import) -> None:
    row = _row(Ngày_hiệu_lực="mai") | {"Mã TTHC": "mới", "Lệ phí": "=1+1"}

    told = _told(read(posting_sheet(row)).refused[0])

    assert "“mai” is no day" in told
    assert "“mới” is no procedure code" in told
    assert "charge: a formula" in told


def test_a_header_in_two_rows_is_read_as_one(tmp_path: Path, read: Import) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Mã TTHC", "Tên TTHC", "Lĩnh vực", "Mức thu", None],
        [None, None, None, "Phí", "Lệ phí"],
        ["1.004873", "Độc thân", "Hộ tịch", "", 8000],
    ):
        sheet.append(row)
    for merged in ("A1:A2", "B1:B2", "C1:C2", "D1:E1"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "hai-dong.xlsx")

    assert _only(read(tmp_path / "hai-dong.xlsx"))[1].fee_vnd == 8000
