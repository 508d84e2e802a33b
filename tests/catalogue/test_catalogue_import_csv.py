"""Our own CSV read into the catalogue: what it states is taken as it stands, blanks too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from motcua.catalogue import Catalogue, CatalogueError
from motcua.catalogue.importing import plan_import
from motcua.catalogue.plan import ImportPlan, Kind
from motcua.catalogue.rows import as_csv
from motcua.folders import data_folder
from motcua.queue.rules import Service

WriteList = Callable[..., Path]
Import = Callable[[Path], ImportPlan]


def _told(plan: ImportPlan) -> str:
    return "; ".join(str(remark) for entry in plan.entries for remark in entry.reasons())


def test_the_shipped_catalogue_read_into_itself_changes_nothing(today: date) -> None:
    path = data_folder("config") / "procedures.csv"
    shipped = Catalogue.load(path)
    letters = {procedure.service for procedure in shipped.procedures} - {""}

    plan = plan_import(path, shipped, {letter: Service(letter, "") for letter in letters}, today)

    assert {entry.kind for entry in plan.entries} == {Kind.UNCHANGED}


def test_a_column_that_is_there_is_taken_and_one_that_is_not_stays(
    csv_list: WriteList, read: Import
) -> None:
    plan = read(csv_list("code,name_vi,fee_vnd,papers", "1.001193,Đăng ký khai sinh,,Tờ khai"))

    procedure = plan.catalogue.by_code["1.001193"]
    assert procedure.fee_vnd is None
    assert procedure.papers == ("Tờ khai",)
    assert procedure.keywords == ("làm khai sinh",)
    assert "fee_vnd: “0” → “”" in _told(plan)
    assert "papers: “Giấy chứng sinh” → “Tờ khai”" in _told(plan)


def test_a_new_row_without_a_service_is_filed_by_its_field(
    csv_list: WriteList, read: Import
) -> None:
    plan = read(csv_list("code,name_vi,field", "2.000815,Sao y,Chứng thực"))

    assert plan.catalogue.by_code["2.000815"].service == "H"


def test_a_service_the_centre_does_not_have_is_refused(csv_list: WriteList, read: Import) -> None:
    plan = read(csv_list("code,name_vi,service", "2.000815,Sao y,X"))

    assert plan.refused
    assert "the centre has no service “X”; it has A, H, M, N" in _told(plan)


def test_a_local_code_of_the_centre_is_welcome(csv_list: WriteList, read: Import) -> None:
    plan = read(csv_list("code,name_vi,where,place", "local.vay-von,Vay vốn,elsewhere,Ngân hàng"))

    assert plan.catalogue.by_code["local.vay-von"].place == "Ngân hàng"


def test_a_suffixed_code_a_semicolon_and_a_byte_order_mark_are_read(
    csv_list: WriteList, read: Import
) -> None:
    path = csv_list("code;name_vi;service", "2.000815.000.00.00.H55;Sao y;H", encoding="utf-8-sig")

    assert "2.000815" in read(path).catalogue.by_code


def test_a_short_code_nobody_knows_is_taken_with_a_question(
    csv_list: WriteList, read: Import
) -> None:
    plan = read(csv_list("code,name_vi,service", "2.00081,Sao y,H"))

    assert [entry.code for entry in plan.of(Kind.ADDED)] == ["2.00081"]
    assert "has a zero been lost?" in _told(plan)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1.004734,Đăng ký kết hôn,A,", "the right one is 1.000894"),
        ("2.000815,Sao y,H,tám nghìn", "fee_vnd: “tám nghìn” is no sum"),
        ("2.000815,Sao y,H", "it has 3 cells, the header 4"),
        (",Sao y,H,", "it has no code"),
    ],
)
def test_one_wrong_row_is_refused_and_the_file_with_it(
    csv_list: WriteList, read: Import, tmp_path: Path, row: str, told: str
) -> None:
    kept = tmp_path / "procedures.csv"
    kept.write_text("as it was", encoding="utf-8")

    plan = read(csv_list("code,name_vi,service,fee_vnd", "1.000656,Khai tử,A,", row))

    assert [entry.place for entry in plan.refused] == ["3"]
    assert told in _told(plan)
    with pytest.raises(CatalogueError, match="nothing was written") as caught:
        plan.apply(kept)
    assert caught.value.code == "catalogue.refused"
    assert kept.read_text("utf-8") == "as it was"


def test_vietnamese_headings_are_understood_in_a_csv_too(csv_list: WriteList, read: Import) -> None:
    path = csv_list("STT;Mã thủ tục;Tên thủ tục;Lĩnh vực", "1;2.000815;Sao y;Chứng thực")

    assert read(path).catalogue.by_code["2.000815"].name_vi == "Sao y"


def test_a_plan_carried_out_is_what_is_read_afterwards(
    csv_list: WriteList, read: Import, tmp_path: Path
) -> None:
    plan = read(csv_list("code,name_vi,service", "2.000815,Sao y,H", "1.000656,Khai tử,A"))

    plan.apply(tmp_path / "procedures.csv")

    assert Catalogue.load(tmp_path / "procedures.csv") == plan.catalogue


def test_a_plan_leaves_nothing_but_the_catalogue_in_the_folder(
    csv_list: WriteList, read: Import, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()

    read(csv_list("code,name_vi,service", "2.000815,Sao y,H")).apply(home / "procedures.csv")

    assert [path.name for path in home.iterdir()] == ["procedures.csv"]


def test_a_plan_that_changes_nothing_does_not_touch_the_file(
    csv_list: WriteList, current: Catalogue, services: Mapping[str, Service], today: date
) -> None:
    path = csv_list(as_csv(current.procedures).rstrip("\n"))
    before = path.stat().st_ino

    plan_import(path, current, services, today).apply(path)

    assert path.stat().st_ino == before


def test_a_folder_that_is_not_there_is_told_in_a_sentence(
    csv_list: WriteList, read: Import, tmp_path: Path
) -> None:
    plan = read(csv_list("code,name_vi,service", "2.000815,Sao y,H"))

    with pytest.raises(CatalogueError, match="cannot be written") as caught:
        plan.apply(tmp_path / "nowhere" / "procedures.csv")

    assert caught.value.code == "catalogue.unwritable"
