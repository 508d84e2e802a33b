"""`procedures.csv`: read strictly, written so that it reads back the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue import Catalogue, CatalogueError
from motcua.catalogue.rows import HEADER, as_csv, faults
from motcua.catalogue.spelling import tidy
from motcua.queue.procedure import Procedure, Where

_HEAD = ",".join(HEADER)
WriteList = Callable[..., Path]


def _line(**cells: str) -> str:
    """Return a row of the full form, right but for `cells`."""
    stated = {"code": "1.001193", "name_vi": "Khai sinh", "service": "A"} | cells
    return ",".join(stated.get(column, "") for column in HEADER)


def _refusal(path: Path) -> CatalogueError:
    with pytest.raises(CatalogueError) as caught:
        Catalogue.load(path)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert path.name in sentence
    return caught.value


def test_a_full_row_is_read_cell_by_cell(csv_list: WriteList) -> None:
    path = csv_list(
        _HEAD,
        "2.000635,Bản sao trích lục,Extract,Hộ tịch,A,received_here,Sở Tư pháp,Số 1,Sáng,"
        "Tờ khai | Căn cước,8.000,mỗi bản,Trong ngày,15:00,yes,https://dichvucong.example,"
        "trích lục | bản sao,2026-01-01,31/12/2026,Danh mục",
    )

    assert Catalogue.load(path).procedures == (
        Procedure(
            "2.000635", "Bản sao trích lục", "Extract", "Hộ tịch", "A", Where.RECEIVED_HERE,
            "Sở Tư pháp", "Số 1", "Sáng", ("Tờ khai", "Căn cước"), 8000, "mỗi bản", "Trong ngày",
            "15:00", online=True, online_url="https://dichvucong.example",
            keywords=("trích lục", "bản sao"), valid_from=date(2026, 1, 1),
            valid_to=date(2026, 12, 31), source="Danh mục",
        ),
    )  # fmt: skip


def test_a_blank_cell_means_not_verified(csv_list: WriteList) -> None:
    (found,) = Catalogue.load(csv_list(_HEAD, _line())).procedures

    assert found == Procedure("1.001193", "Khai sinh", service="A")
    assert found.fee_vnd is None
    assert found.online is None


def test_columns_may_be_left_out_and_stand_in_any_order(csv_list: WriteList) -> None:
    path = csv_list("service,name_vi,code", "A,Đăng ký khai sinh,1.001193", "", "  ,,")

    assert Catalogue.load(path).procedures == (
        Procedure("1.001193", "Đăng ký khai sinh", service="A"),
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["code;name_vi;service;papers", "1.001193;Khai sinh;A;Tờ khai, ảnh | Căn cước"],
        ["sep=;", "code;name_vi;papers;service", "1.001193;Khai sinh;Tờ khai, ảnh|Căn cước;A"],
        ["code\tname_vi\tservice\tpapers", "1.001193\tKhai sinh\tA\tTờ khai, ảnh | Căn cước"],
        ["code,name_vi,service,papers", '1.001193,Khai sinh,A,"Tờ khai, ảnh | Căn cước"'],
    ],
)  # fmt: skip
def test_what_a_vietnamese_excel_saves_is_read(csv_list: WriteList, lines: list[str]) -> None:
    path = csv_list(*lines, encoding="utf-8-sig")

    assert Catalogue.load(path).procedures == (
        Procedure("1.001193", "Khai sinh", service="A", papers=("Tờ khai, ảnh", "Căn cước")),
    )


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"code": "khai-sinh"}, "“khai-sinh” is no procedure code"),
        ({"code": "2.000815.01"}, "without its suffix: 2.000815"),
        ({"name_vi": ""}, "no Vietnamese name"),
        ({"name_vi": "dài " * 200}, "longer than 500 letters"),
        ({"name_vi": "=cmd()"}, "begins with “=”"),
        ({"service": ""}, "write the letter of the service"),
        ({"where": "elsewhere", "service": ""}, "write the place"),
        ({"where": "elsewhere", "place": "Sở"}, "leave its service blank"),
        ({"where": "somewhere"}, "where: “somewhere” must be one of"),
        ({"fee_vnd": "miễn phí"}, "fee_vnd: “miễn phí” is no sum"),
        ({"fee_vnd": "-5"}, "fee_vnd: “-5” is no sum"),
        ({"same_day_cutoff": "25:00"}, "same_day_cutoff: “25:00” is no time"),
        ({"online": "maybe"}, "online: “maybe” is neither"),
        ({"online_url": "javascript:1"}, "must begin with https://"),
        ({"valid_from": "2026-02-30"}, "“2026-02-30” is no day"),
        ({"valid_from": "2026-03-02", "valid_to": "2026-03-01"}, "ends before it begins"),
        ({"source": "hai, ba"}, "it has 21 cells, the header 20"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line_and_the_cure(
    csv_list: WriteList, cells: dict[str, str], told: str
) -> None:
    error = _refusal(csv_list(_HEAD, _line(code="1.000656"), _line(**cells)))

    assert error.code == "catalogue.row"
    assert "line 3" in str(error)
    assert told in str(error)


def test_a_row_that_breaks_off_is_refused(csv_list: WriteList) -> None:
    error = _refusal(csv_list(_HEAD, "1.001193,Khai sinh"))

    assert "it has 2 cells, the header 20" in str(error)


def test_a_row_over_several_lines_is_named_by_its_first(csv_list: WriteList) -> None:
    path = csv_list("code,name_vi,service", '1.001193,"Khai\nsinh\n",A', "x,Khai tử,A")

    assert "line 5" in str(_refusal(path))


def test_a_code_that_stands_twice_is_refused_with_both_lines(csv_list: WriteList) -> None:
    error = _refusal(csv_list(_HEAD, _line(), "", _line()))

    assert error.code == "catalogue.duplicate_line"
    assert "line 4" in str(error)
    assert "line 2" in str(error)


def test_two_procedures_with_one_code_make_no_catalogue() -> None:
    with pytest.raises(CatalogueError, match=r"1\.001193") as caught:
        Catalogue((Procedure("1.001193", "Một"), Procedure("1.001193", "Hai")))

    assert caught.value.code == "catalogue.duplicate"


def test_a_misspelt_column_is_refused_with_the_right_spelling(csv_list: WriteList) -> None:
    error = _refusal(csv_list("code,name_vi,servise", "1.001193,Khai sinh,A"))

    assert error.code == "catalogue.unknown_column"
    assert "“servise”" in str(error)
    assert "“service”" in str(error)


def test_a_file_without_the_header_is_refused(csv_list: WriteList) -> None:
    assert _refusal(csv_list("mã,tên", "1.001193,Khai sinh")).code == "catalogue.no_header"


def test_a_quotation_mark_left_open_is_refused_with_its_line(csv_list: WriteList) -> None:
    error = _refusal(csv_list("code,name_vi,service", '1.001193,"Khai sinh,A', "1.000656,Tử,A"))

    assert error.code == "catalogue.torn"
    assert "line 2" in str(error)


def test_windows_1258_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "procedures.csv"
    path.write_bytes("code,name_vi,service\n1.001193,Đăng ký,A\n".encode("cp1258", "replace"))

    error = _refusal(path)

    assert error.code == "catalogue.encoding"
    assert "line 2" in str(error)


_TEXT = st.text(max_size=30).map(tidy).filter(lambda text: "|" not in text and text[:1] != "=")
_ITEMS = st.lists(_TEXT.filter(bool), max_size=3).map(tuple)
_DAYS = st.none() | st.dates()
_PROCEDURES = st.builds(
    Procedure,
    code=st.from_regex(r"[1-9]\.[0-9]{6}", fullmatch=True),
    name_vi=_TEXT,
    name_en=_TEXT,
    field=_TEXT,
    service=st.sampled_from(["", "A", "H"]),
    where=st.sampled_from(Where),
    place=_TEXT,
    papers=_ITEMS,
    fee_vnd=st.none() | st.integers(0, 999_999_999),
    fee_note=_TEXT,
    same_day_cutoff=st.sampled_from(["", "15:00", "09:30"]),
    online=st.sampled_from([None, True, False]),
    keywords=_ITEMS,
    valid_from=_DAYS,
    valid_to=_DAYS,
).filter(lambda procedure: not list(faults(procedure)))


@given(st.lists(_PROCEDURES, max_size=4, unique_by=lambda procedure: procedure.code))
def test_what_is_written_reads_back_the_same(procedures: list[Procedure]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "procedures.csv"
        path.write_text(as_csv(procedures), encoding="utf-8")

        assert Catalogue.load(path).procedures == tuple(procedures)


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reading_fail_but_with_a_sentence(raw: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "procedures.csv"
        path.write_bytes(raw)

        assert "\n" not in str(_refusal(path))
