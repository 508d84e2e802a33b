"""An export of the national system: forms it may have, and what is refused with its rows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.dossier_file import DossiersError, read_export
from motcua.reports.dossier_headings import channel_of, read_header, state_of
from motcua.reports.dossiers import Channel, Status, Tally
from motcua.reports.period import Period, ReportError
from tests.reports.dossier_log import lines, read, rules

JULY = Period(date(2025, 7, 1), date(2025, 7, 31))


def july(text: str | bytes) -> Tally:
    """Return what a file says of July 2025."""
    return read(text, JULY)


def problems(text: str | bytes) -> list[str]:
    """Return what is wrong with the rows of a file."""
    with pytest.raises(DossiersError) as refusal:
        july(text)
    assert refusal.value.code == "dossiers.invalid"
    return [str(problem) for problem in refusal.value.problems]


def refused(raw: str | bytes) -> tuple[str, str]:
    """Return the code and the sentence a whole file is refused with."""
    with pytest.raises(ReportError) as refusal:
        july(raw)
    return refusal.value.code, str(refusal.value)


def answer_to(raw: bytes) -> str:
    """Return the code a file is refused with, or that it is counted."""
    try:
        july(raw)
    except ReportError as error:
        return error.code
    return "dossiers.counted"


def workbook(*rows: Sequence[object], titles: Sequence[str] = ("Hồ sơ",)) -> bytes:
    """Return a workbook with these rows on each of its sheets."""
    book = openpyxl.Workbook()
    for number, title in enumerate(titles):
        sheet = book.create_sheet(title, number)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


_TWO = ("1;01/07/2025;04/07/2025;03/07/2025", "2;02/07/2025;04/07/2025;")
_STATUSES = {Status.EARLY: 1, Status.OVERDUE: 1}


@pytest.mark.parametrize(
    "text",
    [
        lines(*_TWO),
        lines(*_TWO).replace(";", ","),
        lines(*_TWO).replace(";", "\t"),
        "\ufeff" + lines(*_TWO).replace("\n", "\r\n"),
        "sep=;\n" + lines(*_TWO),
        "DANH SÁCH HỒ SƠ\nTừ ngày 01/07/2025, đến ngày 31/07/2025\n\n" + lines(*_TWO),
        lines("(1);(2);(3);(4)", *_TWO, "", ";;;", "Mã hồ sơ;Ngày tiếp nhận;Hạn trả;Ngày trả"),
        lines(*_TWO).replace("1;01/07/2025;", "1;1/7/2025 08:15;"),
        lines(*_TWO).replace("01/07/2025;", "08:15:22 01/07/2025;"),
        lines(*_TWO).replace("/07/2025", "-07-2025"),
        lines("1;2025-07-01T08:15:00+07:00;2025-07-04;2025-07-03", "2;2025-07-02;2025-07-04;"),
        lines(*_TWO, headings="DOSSIER;Received;due;Handed out").replace("Handed out", "settled"),
        lines(*_TWO, headings="Số hồ sơ;NGÀY NHẬN (dd/mm/yyyy);Ngày hẹn trả;Ngày hoàn thành"),
    ],
)  # fmt: skip
def test_a_file_may_be_saved_in_many_ways_and_says_the_same(text: str) -> None:
    assert july(text).sums().by_status == _STATUSES


def test_a_workbook_with_typed_days_titles_and_a_false_size_says_the_same() -> None:
    head = ("STT", "Mã hồ sơ", "Ngày tiếp nhận", "Hạn trả", "Ngày trả kết quả", "Hình thức nộp")
    raw = workbook(
        ("DANH SÁCH HỒ SƠ",), (), head,
        (1, "a", datetime(2025, 7, 1, 8, 15), date(2025, 7, 4), date(2025, 7, 3), "Trực tuyến"),  # noqa: DTZ001
        (2, "b", datetime(2025, 7, 2, 9, 0), date(2025, 7, 4), None, "Trực tiếp"),  # noqa: DTZ001
    )  # fmt: skip
    small = _with_dimension(raw, b'<dimension ref="A1:A1"/>')
    for file in (raw, small):
        sums = july(file).sums()
        assert sums.by_status == _STATUSES
        assert sums.by_channel == {Channel.ONLINE: 1, Channel.IN_PERSON: 1}


def _with_dimension(raw: bytes, dimension: bytes) -> bytes:
    """Return the workbook lying about how large its sheet is, as some programs do."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                begin = data.index(b"<dimension")
                data = data[:begin] + dimension + data[data.index(b"/>", begin) + 2 :]
            new.writestr(entry, data)
    return out.getvalue()


def test_the_result_counts_before_its_handing_out() -> None:
    """The applicant came for it a week after it was there: the dossier was on time."""
    heads = "Mã hồ sơ;Ngày tiếp nhận;Hạn trả;Ngày hoàn thành;Ngày trả"
    text = lines("1;01/07/2025;04/07/2025;04/07/2025;11/07/2025", headings=heads)
    assert july(text).sums().by_status == {Status.ON_DAY: 1}
    text = lines("1;01/07/2025;04/07/2025;;11/07/2025", headings=heads)
    assert july(text).sums().by_status == {Status.LATE: 1}


def test_a_missing_due_day_is_reckoned_from_the_catalogue() -> None:
    """Certified copies: the same day, the next working day from 15:00 on; Friday 4 July 2025."""
    heads = "Mã hồ sơ;Mã TTHC;Tên thủ tục;Ngày tiếp nhận;Ngày trả"
    text = lines(
        "1;2.000815.000.00.00.H57;;04/07/2025 14:59;07/07/2025",
        "2;;Chứng thực bản sao từ bản chính;04/07/2025 15:00;07/07/2025",
        "3;;Việc khác;04/07/2025;07/07/2025", headings=heads,
    )  # fmt: skip
    counts, file = read_export(io.BytesIO(text.encode()), "a.csv", JULY, JULY.last, rules())
    assert counts.sums().by_status == {
        Status.LATE: 1, Status.ON_DAY: 1, Status.SETTLED_UNDATED: 1
    }  # fmt: skip
    assert {cell.procedure for cell in counts.received} == {"2.000815", "Việc khác"}
    assert (file.derived, file.dossiers) == (2, 3)


def test_states_tell_who_withdrew_and_who_was_never_received() -> None:
    heads = "Mã hồ sơ;Ngày tiếp nhận;Hạn trả;Ngày trả;Trạng thái"
    text = lines(
        "1;01/07/2025;04/07/2025;03/07/2025;Đã trả kết quả",
        "2;01/07/2025;04/07/2025;03/07/2025;Rút hồ sơ", "3;01/07/2025;04/07/2025;;Từ chối",
        "4;;;;Chờ tiếp nhận", "5;01/07/2025;31/07/2025;;Đang xử lý (trong hạn)",
        "6;01/07/2025;04/07/2025;;Quá hạn", headings=heads,
    )  # fmt: skip
    counts, file = read_export(io.BytesIO(text.encode()), "a.csv", JULY, JULY.last, rules())
    assert counts.sums().by_status == {
        Status.EARLY: 1, Status.CLOSED: 2, Status.WITHIN: 1, Status.OVERDUE: 1
    }  # fmt: skip
    assert file.not_received == 1


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["1;01/07/2025;30/06/2025;"], "Row 2: Hạn trả is before Ngày tiếp nhận."),
        (["1;01/07/2025;04/07/2025;30/06/2025"], "Row 2: Ngày trả is before Ngày tiếp nhận."),
        (["1;;04/07/2025;"], "Row 2: Ngày tiếp nhận is empty."),
        (["1;31/06/2025;04/07/2025;"], "Row 2: Ngày tiếp nhận: 31/06/2025 is no day"),
        (["1;07/25/2025;04/08/2025;"], "Row 2: Ngày tiếp nhận: 07/25/2025 is no day"),
        (["1;01/07/25;04/07/2025;"], "Row 2: Ngày tiếp nhận: 01/07/25 is no day"),
        (["1;45839;04/07/2025;"], "Row 2: Ngày tiếp nhận: 45839 is no day"),
        (["1;01/07/0025;04/07/2025;"], "Row 2: Ngày tiếp nhận: 01/07/0025 is no day"),
        (["1;01/07/2025 25:00;04/07/2025;"], "Row 2: Ngày tiếp nhận: 01/07/2025 25:00 is no day"),
        ([*_TWO, "3;2025-07-03;04/07/2025;"], "Row 4: Ngày tiếp nhận is written in another form"),
        ([*_TWO, "", "1;03/07/2025;04/07/2025;"], "Row 5: the dossier stands in row 2 already."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_right_is_told_with_its_number(rows: list[str], told: str) -> None:
    assert [problem.startswith(told) for problem in problems(lines(*rows))] == [True]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1;01/07/2025;04/07/2025;;Xong;", "Row 2: Trạng thái: Xong is not known."),
        ("1;01/07/2025;04/07/2025;;;Bồ câu", "Row 2: Hình thức nộp: Bồ câu is not known."),
        ("1;01/07/2025;04/07/2025;;Đã trả;", "Row 2: the state is Đã trả, but the day of the"),
        ("1;01/07/2025;04/07/2025;03/07/2025;Đang xử lý;", "Row 2: the state is Đang xử lý, but"),
    ],
)
def test_states_and_channels_are_known_or_told(row: str, told: str) -> None:
    heads = "Mã hồ sơ;Ngày tiếp nhận;Hạn trả;Ngày trả;Trạng thái;Hình thức nộp"
    (problem,) = problems(lines(row, headings=heads))
    assert problem.startswith(told)


def test_days_typed_and_written_in_one_column_may_be_exchanged_and_are_refused() -> None:
    """Excel turns 05/07/2025 into a day by its own lights, 7 May, and leaves 25/07/2025 as text."""
    raw = workbook(
        ("Mã hồ sơ", "Ngày tiếp nhận", "Hạn trả", "Ngày trả"),
        ("1", date(2025, 5, 7), "30/07/2025", None), ("2", "25/07/2025", "30/07/2025", None),
    )  # fmt: skip
    (problem,) = problems(raw)
    assert problem.startswith("Row 3: Ngày tiếp nhận is written in another form")


def test_many_wrong_rows_are_told_up_to_twenty_and_counted() -> None:
    text = lines(*(f"{n};01/07/2025;30/06/2025;" for n in range(50)), "1;01/07/2025;04/07/2025;")
    with pytest.raises(DossiersError) as refusal:
        july(text)
    assert (len(refusal.value.problems), refusal.value.count) == (20, 51)
    rows = [problem.row for problem in refusal.value.problems]
    assert rows == sorted(rows)


@pytest.mark.parametrize(
    ("raw", "code", "told"),
    [
        (b"", "dossiers.unreadable", "empty"),
        (b"\x00\x01\x02", "dossiers.unreadable", "no table"),
        (b"%PDF-1.7", "dossiers.unreadable", "choose the right file"),
        (b"PK\x03\x04 no zip at all", "dossiers.unreadable", "damaged"),
        ("Mã hồ sơ;Ngày tiếp nhận\n".encode("utf-16"), "dossiers.unreadable", "UTF-8"),
        ("Mã hồ sơ;Ngày tiếp nhận;Hạn trả;Ngày trả\n\u00e9".encode("latin-1", "replace"),
         "dossiers.unreadable", "UTF-8"),
        (b"a;b;c\n1;2;3\n", "dossiers.columns", "no row of headings"),
        (lines(headings="Mã hồ sơ;Ngày tiếp nhận").encode(), "dossiers.columns",
         "lacks the columns: Ngày hoàn thành, Hạn trả"),
        (lines(headings="Mã hồ sơ;Hạn trả;Ngày trả").encode(), "dossiers.columns",
         "lacks the columns: Ngày tiếp nhận"),
        (lines(headings="Ngày tiếp nhận;Ngày nhận;Hạn trả;Ngày trả").encode(), "dossiers.columns",
         "two columns for Ngày tiếp nhận"),
        (lines('1;"01/07/2025;04/07/2025;\n' + "x" * 200_000).encode(), "dossiers.unreadable",
         "quotation marks"),
        (workbook(("Ngày tiếp nhận", "Hạn trả", "Ngày trả"), titles=("Một", "Hai")),
         "dossiers.columns", "several sheets"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_dossiers_is_refused_in_a_sentence(
    raw: bytes, code: str, told: str
) -> None:
    found, sentence = refused(raw)
    assert found == code
    assert told in sentence


def test_a_header_alone_is_an_honest_nothing() -> None:
    counts = july(lines())
    assert (counts.sums().dossiers, counts.sums_carried().dossiers, counts.latest) == (0, 0, None)


def test_names_phones_and_numbers_of_persons_come_into_nothing_kept() -> None:
    heads = "Mã hồ sơ;Chủ hồ sơ;Số CCCD;Điện thoại;Ngày tiếp nhận;Hạn trả;Ngày trả;Tên thủ tục"
    text = lines(
        "H57.77;Trần Thị Kín;046199001234;0905123456;01/07/2025;04/07/2025;;Khai sinh",
        headings=heads,
    )
    counts, file = read_export(io.BytesIO(text.encode()), "a.csv", JULY, JULY.last, rules())
    wrong = text.replace(";04/07/2025", ";30/06/2025").replace(";0905123456", ";aa")
    for told in (
        repr(counts),
        repr(file),
        *problems(wrong),
        *problems(text + text[text.index("H57") :]),
    ):
        for secret in ("Kín", "0461990", "0905", "H57.77"):
            assert secret not in told


def test_too_many_procedures_are_no_procedures() -> None:
    heads = "Tên thủ tục;Ngày tiếp nhận;Hạn trả;Ngày trả"
    rows = (f"Nguyễn Văn {n};01/07/2025;04/07/2025;" for n in range(5_001))
    code, sentence = refused(lines(*rows, headings=heads))
    assert (code, "right column" in sentence) == ("dossiers.columns", True)


@given(st.binary(max_size=300))
def test_no_bytes_are_a_defect(raw: bytes) -> None:
    for begun in (raw, lines("1;01/07/2025;").encode() + raw, b"PK\x03\x04" + raw):
        assert answer_to(begun).startswith("dossiers.")


@given(st.lists(st.text(max_size=20), max_size=6), st.lists(st.text(max_size=30), max_size=6))
def test_no_words_in_a_cell_are_a_defect(heads: list[str], cells: list[str]) -> None:
    read_header(heads)
    for cell in cells:
        channel_of(cell)
        state_of(cell)
    wanted = ["code", "received", "due", "settled", "state", "channel"]
    columns = {"dossier": "code"} | {name: name for name in wanted[1:]}
    row = dict(zip(columns, cells, strict=False))
    text = io.StringIO()
    text.write("\t".join(columns) + "\n")
    text.write("\t".join(" ".join(row.get(name, "").split()) for name in columns) + "\n")
    assert answer_to(text.getvalue().encode("utf-8", "replace")).startswith("dossiers.")
