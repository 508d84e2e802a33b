"""Files that are no list of procedures: one clear sentence, nothing changed, no traceback."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from motcua.catalogue import CatalogueError
from motcua.catalogue.plan import ImportPlan

WriteList = Callable[..., Path]
Import = Callable[[Path], ImportPlan]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def _book(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _repacked(raw: bytes, **changes: bytes | None) -> bytes:
    """Return the zip `raw` with entries replaced, added, or (None) left out; `__` stands for /."""
    wanted = {name.replace("__", "/").replace("_dot_", "."): new for name, new in changes.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(packed, "w", 8) as new:
        for name in dict.fromkeys([*old.namelist(), *wanted]):
            content = wanted[name] if name in wanted else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return packed.getvalue()


_GOOD = _book(["Mã TTHC", "Tên TTHC"], ["1.004873", "Độc thân"])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "catalogue.wrong_kind"),
        (b"\xef\xbb\xbf  <html><table></table></html>", "catalogue.wrong_kind"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "catalogue.wrong_kind"),
        (b"a,b\0c\n1,2,3\n", "catalogue.wrong_kind"),
        (_OLE + "Workbook".encode("utf-16-le"), "catalogue.old_excel"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "catalogue.locked"),
        (b"", "catalogue.empty"),
        (b"\xef\xbb\xbf\r\n  \r\n", "catalogue.empty"),
        (_book(), "catalogue.empty"),
        (_book(["  "], [None, ""]), "catalogue.empty"),
        (b"PK\x03\x04 and nothing more", "catalogue.damaged"),
        (_GOOD[: len(_GOOD) // 2], "catalogue.damaged"),
        (_repacked(_GOOD, xl__workbook_dot_xml=None), "catalogue.wrong_kind"),
        (_repacked(_GOOD, xl__workbook_dot_xml=b"<workbook"), "catalogue.damaged"),
        (_repacked(_GOOD, xl__worksheets__sheet1_dot_xml=b"x"), "catalogue.damaged"),
        (_repacked(_GOOD, xl__vbaProject_dot_bin=b"macro"), "catalogue.macros"),
        (_repacked(_GOOD, bomb=b"0" * 70_000_000), "catalogue.too_large"),
        (_book(["Tên", "Ghi chú"], ["Khai sinh", ""]), "catalogue.no_header"),
        (b"ten,ghi chu\nkhai sinh,x\n", "catalogue.no_header"),
        ("Mã TTHC,Tên TTHC\n1.004873,Độc thân\n".encode("utf-16"), "catalogue.encoding"),
        (b"code,name_vi\n1.004873,\xd0\xf4c th\xe2n\n", "catalogue.encoding"),
        (b'code,name_vi\n1.004873,"x\n', "catalogue.torn"),
        (b"code,name_vi,naem_en\n1.004873,x,y\n", "catalogue.unknown_column"),
        (b"code,name_vi\n", "catalogue.no_rows"),
        (_book(["Mã TTHC", "Tên TTHC"]), "catalogue.no_rows"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_one_sentence(
    tmp_path: Path, read: Import, raw: bytes, code: str
) -> None:
    path = tmp_path / "danh-muc.xlsx"
    path.write_bytes(raw)

    with pytest.raises(CatalogueError) as caught:
        read(path)

    assert caught.value.code == code
    assert "danh-muc.xlsx" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_ten_megabytes_of_junk_are_refused(tmp_path: Path, read: Import) -> None:
    path = tmp_path / "lon.xlsx"
    path.write_bytes(hashlib.shake_256(b"junk").digest(10_000_000))

    with pytest.raises(CatalogueError):
        read(path)


def test_a_file_too_large_is_not_even_opened(tmp_path: Path, read: Import) -> None:
    path = tmp_path / "lon.csv"
    with path.open("wb") as file:
        file.truncate(11 * 1024 * 1024)

    with pytest.raises(CatalogueError, match="larger than 10 MB"):
        read(path)


def test_a_name_that_is_no_file_is_refused(tmp_path: Path, read: Import) -> None:
    os.mkfifo(tmp_path / "ong")
    for name, code in (("khong-co.xlsx", "missing"), ("", "unreadable"), ("ong", "unreadable")):
        with pytest.raises(CatalogueError) as caught:
            read(tmp_path / name)
        assert caught.value.code == f"catalogue.{code}"


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path, read: Import) -> None:
    with zipfile.ZipFile(io.BytesIO(_GOOD)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    assert b'<dimension ref="A1:B2"' in sheet
    lying = sheet.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1"')
    path = tmp_path / "doi.xlsx"
    path.write_bytes(_repacked(_GOOD, xl__worksheets__sheet1_dot_xml=lying))

    assert [entry.code for entry in read(path).entries] == ["1.004873"]


def test_a_stray_cell_at_the_end_of_the_sheet_is_no_reason_to_hang(
    tmp_path: Path, read: Import
) -> None:
    book = Workbook()
    book.worksheets[0].append(["Mã TTHC", "Tên TTHC"])
    book.worksheets[0]["XFD1048576"] = "x"
    book.save(tmp_path / "xa.xlsx")

    with pytest.raises(CatalogueError, match="delete the empty rows"):
        read(tmp_path / "xa.xlsx")


def test_an_xlsx_named_csv_and_a_csv_named_xlsx_are_read_for_what_they_are(
    tmp_path: Path, read: Import, csv_list: WriteList
) -> None:
    (tmp_path / "a.csv").write_bytes(_GOOD)
    written = csv_list("Mã TTHC;Tên TTHC", "1.004873;Độc thân", name="b.xlsx")

    for path in (tmp_path / "a.csv", written):
        assert [entry.code for entry in read(path).entries] == ["1.004873"]


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_no_damage_to_a_workbook_ends_in_a_traceback(
    tmp_path: Path, read: Import, data: st.DataObject
) -> None:
    part = data.draw(
        st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
    )
    with zipfile.ZipFile(io.BytesIO(_GOOD)) as packed:
        content = bytearray(packed.read(part))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(32, 126))
    path = tmp_path / "hong.xlsx"
    name = part.replace("/", "__").replace(".", "_dot_")
    path.write_bytes(_repacked(_GOOD, **{name: bytes(content)}))

    try:
        plan = read(path)
    except CatalogueError as error:
        assert "hong.xlsx" in str(error)  # noqa: PT017 - damage may also do no harm
    else:
        assert plan.entries
