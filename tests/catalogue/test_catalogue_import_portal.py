"""The national portal's list: merged title, header found by its words, whatever a sheet claims."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from motcua.catalogue import Catalogue
from motcua.catalogue.importing import plan_import
from motcua.catalogue.plan import Entry, ImportPlan, Kind
from motcua.queue.procedure import Procedure, Where
from motcua.queue.rules import Service

WriteList = Callable[..., Path]
Import = Callable[[Path], ImportPlan]


def _row(code: object, name: str, *, field: str = "Hộ tịch", level: str = "Cấp Xã") -> list[object]:
    return [1, code, name, field, "Công dân", "Bộ Tư pháp", level, "Công khai", ""]


def _only(plan: ImportPlan) -> Entry:
    (entry,) = plan.entries
    return entry


def _told(entry: Entry) -> str:
    return "; ".join(map(str, entry.remarks))


def test_new_procedures_are_added_after_those_we_have(portal: WriteList, read: Import) -> None:
    plan = read(
        portal(_row("1.004873", "Xác nhận tình trạng hôn nhân"), _row("1.000656", "Khai tử"))
    )

    assert [(entry.kind, entry.place) for entry in plan.entries] == [
        (Kind.ADDED, "3"),
        (Kind.ADDED, "4"),
    ]
    codes = [procedure.code for procedure in plan.catalogue.procedures]
    assert codes == ["1.001193", "2.000620", "1.001456", "1.004873", "1.000656"]
    assert plan.catalogue.by_code["1.004873"].service == "A"


def test_what_the_list_does_not_state_stays(portal: WriteList, read: Import) -> None:
    row = _row("1.001193.000.00.00.H57", "Thủ tục đăng ký khai sinh", field="Hộ tịch – Quốc tịch")
    row[-1] = "1872/QĐ-BTP"

    plan = read(portal(row))

    assert _only(plan).kind is Kind.CHANGED
    assert plan.catalogue.by_code["1.001193"] == Procedure(
        "1.001193", "Thủ tục đăng ký khai sinh", field="Hộ tịch – Quốc tịch", service="A",
        fee_vnd=0, papers=("Giấy chứng sinh",), keywords=("làm khai sinh",),
        source="Danh mục cũ; Quyết định công bố 1872/QĐ-BTP",
    )  # fmt: skip


def test_a_list_read_twice_changes_nothing_the_second_time(
    portal: WriteList, read: Import, services: Mapping[str, Service]
) -> None:
    ended = [*_row("1.001193", "Khai sinh")[:7], "Hết hiệu lực", "99/QĐ"]
    path = portal(_row("1.004873", "Độc thân"), _row("2.9999", "Sở", level="Cấp Tỉnh"), ended)
    first = read(path)

    second = plan_import(path, first.catalogue, services, date(2027, 5, 1))

    assert {entry.kind for entry in second.entries} == {Kind.UNCHANGED}
    assert second.catalogue == first.catalogue


def test_procedures_the_list_does_not_name_stay_untouched(
    portal: WriteList, read: Import, current: Catalogue
) -> None:
    plan = read(portal(_row("1.004873", "Độc thân")))

    assert plan.catalogue.procedures[:3] == current.procedures


@pytest.mark.parametrize("status", ["Hết hiệu lực", "Bãi bỏ", "Đã bị bãi bỏ", "Hủy công khai"])
def test_a_repealed_procedure_is_kept_for_history_and_hidden(
    portal: WriteList, read: Import, today: date, status: str
) -> None:
    plan = read(portal([*_row("1.001193", "Khai sinh")[:7], status, ""]))

    assert _only(plan).kind is Kind.EXPIRED
    procedure = plan.catalogue.get("1.001193")
    assert procedure is not None
    assert procedure.valid_to == date(2026, 11, 22)
    assert procedure not in plan.catalogue.in_force(today)


@pytest.mark.parametrize(
    ("status", "told"),
    [("Công khai", ""), ("Còn hiệu lực", ""), ("", ""), ("Chưa công khai", "check")],
)
def test_any_other_status_leaves_it_in_force(
    portal: WriteList, read: Import, today: date, status: str, told: str
) -> None:
    plan = read(portal([*_row("1.001193", "Khai sinh")[:7], status, ""]))

    assert plan.catalogue.by_code["1.001193"].in_force(today)
    assert told in _told(_only(plan))


def test_a_procedure_that_comes_back_into_force_is_shown_again(
    portal: WriteList, services: Mapping[str, Service], today: date
) -> None:
    old = Procedure("1.001193", "Khai sinh", "", "Hộ tịch", "A", valid_to=date(2025, 1, 1))

    plan = plan_import(portal(_row("1.001193", "Khai sinh")), Catalogue((old,)), services, today)

    assert plan.catalogue.by_code["1.001193"].valid_to is None
    assert "in force again" in _told(_only(plan))


def test_what_wards_do_not_do_becomes_a_referral(portal: WriteList, read: Import) -> None:
    plan = read(portal(_row("2.001610", "Doanh nghiệp tư nhân", level="Cấp Tỉnh; Cấp Bộ")))

    procedure = plan.catalogue.by_code["2.001610"]
    assert procedure.where is Where.ELSEWHERE
    assert procedure.place == "Cấp Tỉnh; Cấp Bộ"
    assert procedure.service == ""
    assert "not done by wards" in _told(_only(plan))


def test_nobody_is_sent_away_on_the_word_of_a_list_that_still_has_districts(
    portal: WriteList, read: Import
) -> None:
    plan = read(portal(_row("1.012796", "Đính chính", field="Đất đai", level="Cấp Huyện")))

    procedure = plan.catalogue.by_code["1.012796"]
    assert (procedure.where, procedure.service) == (Where.HERE, "M")
    assert "check where it is done" in _told(_only(plan))


@pytest.mark.parametrize(
    ("field", "letter"),
    [
        ("Hộ tịch", "A"),
        ("Khai sinh", "A"),
        ("Chứng thực", "H"),
        ("Đất đai", "M"),
        ("Hoạt động xây dựng", "M"),
        ("Thương mại", "N"),
    ],
)
def test_the_field_tells_the_service(
    portal: WriteList, read: Import, field: str, letter: str
) -> None:
    plan = read(portal(_row("1.999999", "Thủ tục mới", field=field)))

    assert plan.catalogue.by_code["1.999999"].service == letter
    assert not _only(plan).remarks


def test_a_field_nobody_takes_waits_in_the_other_service_and_is_told(
    portal: WriteList, read: Import
) -> None:
    plan = read(portal(_row("1.999999", "Cấp phép", field="Thủy lợi")))

    assert plan.catalogue.by_code["1.999999"].service == "N"
    assert "Thủy lợi" in _told(_only(plan))


def test_a_false_code_is_refused_with_the_right_one(portal: WriteList, read: Import) -> None:
    plan = read(portal(_row("1.004873", "Độc thân"), _row("1.001640", "Đăng ký khai sinh")))

    (refused,) = plan.refused
    assert (refused.place, refused.code) == ("4", "1.001640")
    assert "1.001193" in _told(refused)


def test_the_digits_of_a_false_code_are_let_in_for_another_matter_with_a_warning(
    portal: WriteList, read: Import
) -> None:
    plan = read(portal(_row("1.001640", "Cấp giấy phép xả nước thải")))

    assert _only(plan).kind is Kind.ADDED
    assert "false code for 1.001193" in _told(_only(plan))


def test_the_same_row_twice_is_merged_and_another_content_refused(
    portal: WriteList, read: Import
) -> None:
    same = _row("1.004873", "Độc thân")
    plan = read(
        portal(same, _row("1.004873.01", "Độc thân"), _row("1.004873.02", "Cấp cho người mất giấy"))
    )

    assert [entry.kind for entry in plan.entries] == [Kind.ADDED, Kind.REPEATED, Kind.REFUSED]
    assert "row 3" in _told(plan.entries[1])
    assert "row 3" in _told(plan.refused[0])


def test_a_code_that_excel_took_for_a_number_is_read_whole(portal: WriteList, read: Import) -> None:
    plan = read(portal(_row(2.00062, "Bán lẻ rượu", field="Thương mại")))

    assert _only(plan).code == "2.000620"


@pytest.mark.parametrize("code", ["2.00062", "2,000620", "2000620"])
def test_a_code_that_lost_a_zero_or_its_dot_is_read_and_told(
    portal: WriteList, read: Import, code: str
) -> None:
    plan = read(portal(_row(code, "Bán lẻ rượu", field="Thương mại")))

    assert _only(plan).code == "2.000620"
    assert f"“{code}” read as 2.000620" in _told(_only(plan))


def test_names_are_put_into_one_unicode_form_on_one_line(portal: WriteList, read: Import) -> None:
    split = unicodedata.normalize("NFD", " Xác nhận\n tình trạng\u00a0hôn nhân ")

    plan = read(portal(_row("1.004873", split)))

    assert plan.catalogue.by_code["1.004873"].name_vi == "Xác nhận tình trạng hôn nhân"


def test_section_heads_and_sums_are_passed_over_and_listed(portal: WriteList, read: Import) -> None:
    plan = read(
        portal(
            ["II", "LĨNH VỰC HỘ TỊCH"],
            [],
            _row("1.004873", "Độc thân"),
            [None, "Mã TTHC", "Tên TTHC"],
            ["Tổng số: 1 thủ tục"],
        )
    )

    kinds = [(entry.kind, entry.place) for entry in plan.entries]
    assert kinds == [(Kind.PASSED_OVER, "3"), (Kind.ADDED, "5"), (Kind.PASSED_OVER, "7")]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([1, "", "Đăng ký khai sinh"], "it has no code"),
        ([1, "chưa có", "Đăng ký khai sinh", "Hộ tịch"], "“chưa có” is no procedure code"),
        ([1, "1.004873", "", "Hộ tịch", "x"], "no Vietnamese name"),
        ([1, "1.004873", "=A1&B1", "Hộ tịch", "x"], "name: a formula stands there"),
        ([1, "1.004873", "#REF!", "Hộ tịch", "x"], "name: the spreadsheet shows an error"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_reason(
    portal: WriteList, read: Import, cells: list[object], told: str
) -> None:
    plan = read(portal(_row("1.000656", "Khai tử"), cells))

    (refused,) = plan.refused
    assert refused.place == "4"
    assert told in _told(refused)


def test_a_formula_in_a_column_nobody_reads_does_no_harm(portal: WriteList, read: Import) -> None:
    row = _row("1.004873", "Độc thân")
    row[0] = "=ROW()-2"

    assert not read(portal(row)).refused


def test_a_field_merged_over_several_rows_counts_for_each(portal: WriteList, read: Import) -> None:
    path = portal(_row("1.004873", "Độc thân"), _row("1.000656", "Khai tử", field=""))
    book = load_workbook(path)
    book.worksheets[0].merge_cells("D3:D4")
    book.save(path)

    assert read(path).catalogue.by_code["1.000656"].field == "Hộ tịch"


def test_the_sheet_with_the_header_is_found_among_others(
    portal: WriteList, read: Import, tmp_path: Path
) -> None:
    book = load_workbook(portal(_row("1.004873", "Độc thân")))
    book.create_sheet("Ghi chú", 0)["A1"] = "Xem sheet sau"
    book.worksheets[1].title = "Danh sách"
    book.save(tmp_path / "hai-sheet.xlsx")

    entry = _only(read(tmp_path / "hai-sheet.xlsx"))

    assert (entry.kind, entry.place) == (Kind.ADDED, "Danh sách!3")


def test_a_thousand_rows_are_read_whole(portal: WriteList, read: Import) -> None:
    rows = [_row(f"7.{number:06}", f"Thủ tục {number}", field="Đất đai") for number in range(1000)]

    assert len(read(portal(*rows)).of(Kind.ADDED)) == 1000
