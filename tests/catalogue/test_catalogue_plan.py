"""The printed table: every row that does something, in Vietnamese and in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polib

import motcua.catalogue
from motcua.catalogue import Catalogue, CatalogueError
from motcua.catalogue.importing import plan_import
from motcua.catalogue.plan import ImportPlan, Kind
from motcua.folders import data_folder
from motcua.queue.procedure import Procedure
from motcua.words import Words

WriteList = Callable[..., Path]
Import = Callable[[Path], ImportPlan]

_LIST = (
    "code,name_vi,service,valid_to",
    "1.001193,Khai sinh,A,2026-01-01",
    "2.000620,Bán lẻ rượu,N,2027-01-01",
    "1.000656,Khai tử,A,",
    "1.000656,Khai tử,A,",
    "1.001640,Đăng ký khai sinh,A,",
)
_SENTENCE_AT = {"remark": 0, "Remark": 0, "Unreadable": 0, "CatalogueError": 1, "_refusal": 1}
_PLACE = re.compile(r"%\((\w+)\)s")


def test_each_row_is_a_line_with_its_reason_refused_ones_last(
    csv_list: WriteList, read: Import
) -> None:
    lines = read(csv_list(*_LIST)).text_table("en").splitlines()

    assert [line.split()[0] for line in lines] == ["Row", "4", "3", "2", "5", "6", "danh-muc.csv:"]
    assert re.match(r"4 +added +1\.000656 +Khai tử$", lines[1])
    assert re.match(r"3 +changed +2\.000620 .*valid_to: “” → “2027-01-01”", lines[2])
    assert re.match(r"2 +expired +1\.001193 .*valid_to: “” → “2026-01-01”", lines[3])
    assert re.match(r"5 +repeated +1\.000656 .*row 4$", lines[4])
    assert re.match(r"6 +refused +1\.001640 .*the right one is 1\.001193$", lines[5])
    assert lines[6].endswith(
        "1 added, 1 changed, 1 expired, 0 unchanged, 1 repeated, 0 passed over, 1 refused."
    )


def test_the_table_is_vietnamese_for_those_who_read_it(csv_list: WriteList, read: Import) -> None:
    lines = read(csv_list(*_LIST)).text_table("vi").splitlines()

    assert lines[0].split() == ["Dòng", "Việc", "Mã", "Tên", "Vì", "sao"]
    assert "1.001640 là mã sai của thủ tục này; mã đúng là 1.001193" in lines[5]
    assert lines[6].startswith("danh-muc.csv: 1 thêm mới, 1 thay đổi, 1 hết hiệu lực")


def test_columns_stand_under_each_other(csv_list: WriteList, read: Import) -> None:
    head, *lines, _ = read(csv_list(*_LIST)).text_table("vi").splitlines()

    places = [re.search(r"\d\.\d{6}", line) for line in lines]
    assert {place.start() for place in places if place} == {head.index("Mã")}


def test_rows_that_change_nothing_are_only_counted(csv_list: WriteList, read: Import) -> None:
    table = read(csv_list("code,name_vi", "1.001193,Đăng ký khai sinh")).text_table("en")

    assert "\n" not in table
    assert "0 changed, 0 expired, 1 unchanged, 0 repeated" in table


def test_a_long_value_is_shown_from_where_it_differs(today: date, csv_list: WriteList) -> None:
    same = "giấy tờ " * 20
    old = Procedure("1.001193", "Khai sinh", service="A", limit=f"{same}hai ngày")
    path = csv_list("code,name_vi,limit", f"1.001193,Khai sinh,{same}ba ngày")

    plan = plan_import(path, Catalogue((old,)), {}, today)

    assert "limit: “hai ngày” → “ba ngày”" in plan.text_table("en")


def test_a_sentence_about_a_file_can_be_said_in_vietnamese(tmp_path: Path) -> None:
    words = Words()
    try:
        Catalogue.load(tmp_path / "thieu.csv")
    except CatalogueError as error:
        told = error.remark.text(lambda sentence: words.say("vi", sentence))
        assert told.startswith("Không có tệp")
        assert told.endswith("hãy kiểm tra tên tệp.")


def _sentences() -> Iterator[str]:
    """Yield every sentence of the catalogue's code that is shown to people."""
    yield from ("Row", "What", "Code", "Name", "Why")
    yield from (kind.value for kind in Kind)
    for folder in motcua.catalogue.__path__:
        for path in Path(folder).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    at = _SENTENCE_AT.get(node.func.id, len(node.args))
                    argument = node.args[at] if at < len(node.args) else None
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


def test_every_sentence_has_a_vietnamese_one_with_the_same_places() -> None:
    path = data_folder("config") / "translations" / "vi" / "catalogue.po"
    translated = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}
    sentences = set(_sentences())

    assert len(sentences) > 60
    assert sentences == set(translated)
    for sentence, vietnamese in translated.items():
        assert vietnamese, sentence
        assert sorted(_PLACE.findall(sentence)) == sorted(_PLACE.findall(vietnamese))
