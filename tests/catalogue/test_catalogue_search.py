"""People type what they say at home; the procedure they mean stands first."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue import Catalogue
from motcua.catalogue.vocabulary import Vocabulary
from motcua.folders import data_folder
from motcua.queue.procedure import Procedure, Where

_SHIPPED = Catalogue.load(data_folder("config") / "procedures.csv")
_DAY = date(2026, 11, 23)


def _found(text: str, limit: int = 8) -> list[str]:
    return [procedure.code for procedure in _SHIPPED.search(text, limit, _DAY)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("sao y", "2.000815"),
        ("công chứng bản sao", "2.000815"),
        ("giay doc than", "1.004873"),
        ("xác nhận độc thân", "1.004873"),
        ("so do", "1.013978"),
        ("sổ hồng", "1.013978"),
        ("lam khai sinh", "1.001193"),
        ("khai sinh", "1.001193"),
        ("giấy khai sinh", "1.001193"),
        ("trích lục", "2.000635"),
        ("cải chính hộ tịch", "1.004859"),
        ("giấy chứng tử", "1.000656"),
        ("hộ khẩu", "1.004222"),
        ("tạm trú", "1.004194"),
        ("lên lớp 6", "3.000182"),
        ("trợ cấp người già", "1.014027"),
        ("giấy phép kinh doanh", "1.001612"),
        ("xây nhà", "1.013225"),
        ("tranh chấp đất", "1.012812"),
        ("hợp đồng mua bán đất", "2.001035"),
        ("di chúc", "2.001019"),
        ("làm căn cước", "2.000200"),
        ("sang tên sổ đỏ", "1.012783"),
        ("ly hôn", "local.ly-hon"),
        ("death registration", "1.000656"),
        ("passport", "1.001456"),
    ],
)
def test_everyday_words_bring_the_procedure_first(typed: str, code: str) -> None:
    assert _found(typed)[0] == code


@pytest.mark.parametrize(
    "typed",
    [
        "SỔ ĐỎ",
        "sổ đỏ",
        unicodedata.normalize("NFD", "sổ đỏ"),
        "so do",
        "So  Do!",
        "sổ-đỏ",
    ],
)
def test_case_marks_and_unicode_form_do_not_matter(typed: str) -> None:
    assert _found(typed) == _found("sổ đỏ")
    assert _found(typed)[0] == "1.013978"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("sinh khai đăng ký", "1.001193"),
        ("doc than giay", "1.004873"),
        ("kai sinh", "1.001193"),
        ("khai sin", "1.001193"),
        ("khia sinh", "1.001193"),
        ("khaisinh", "1.001193"),
        ("khai s", "1.001193"),
        ("dang ki thuong chu", "1.004222"),
        ("giay doc tham", "1.004873"),
        ("li hon", "local.ly-hon"),
        ("uỷ quyền", "2.000884"),
        ("tôi muốn làm giấy khai sinh cho con", "1.001193"),
    ],
)
def test_word_order_a_wrong_letter_and_fillers_do_not_matter(typed: str, code: str) -> None:
    assert _found(typed)[0] == code


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("kai", {"khai"}),
        ("kkhai", {"khai"}),
        ("khoi", {"khai"}),
        ("khia", {"khai"}),
        ("ihak", set()),
        ("kia", set()),
        ("kh", set()),
        ("khai", {"khai"}),
        ("6", {"6"}),
        ("7", set()),
    ],
)
def test_one_letter_may_be_missing_added_mistaken_or_swapped(typed: str, known: set[str]) -> None:
    vocabulary = Vocabulary(["khai", "thuong", "6"])

    assert set(vocabulary.meant(typed, unfinished=False, sure=False)) == known


@pytest.mark.parametrize(
    "typed",
    ["1.001193", " 1.001193 ", "1.001193.000.00.00.H57", "1001193", "mã 1.001193", "1,001193"],
)
def test_a_code_brings_its_procedure_alone(typed: str) -> None:
    assert _found(typed) == ["1.001193"]


def test_the_beginning_of_a_code_brings_all_that_begin_so() -> None:
    assert set(_found("1.01322")) == {"1.013225", "1.013226", "1.013227", "1.013228"}


@pytest.mark.parametrize(
    "typed", ["xyzzy", "xyzzy giấy plugh", "???", "ảảả", "!" * 50, "日本語", "\ud800"]
)
def test_words_nobody_knows_bring_nothing(typed: str) -> None:
    assert _found(typed) == []


def test_a_blank_search_brings_the_first_of_the_catalogue() -> None:
    assert _SHIPPED.search("  ", 3, _DAY) == list(_SHIPPED.procedures[:3])


@pytest.mark.parametrize(("limit", "count"), [(-1, 0), (0, 0), (1, 1), (3, 3)])
def test_no_more_are_brought_than_asked_for(limit: int, count: int) -> None:
    assert len(_found("khai sinh", limit)) == count


def test_what_is_out_of_force_is_not_found_by_words_nor_by_code() -> None:
    catalogue = Catalogue(
        (
            Procedure("1.000001", "Chuyển trường", service="N", valid_to=date(2026, 5, 18)),
            Procedure("1.000002", "Chuyển trường mới", service="N", valid_from=date(2026, 5, 19)),
        )
    )

    assert [found.code for found in catalogue.search("chuyen truong", 5, _DAY)] == ["1.000002"]
    assert catalogue.search("1.000001", 5, _DAY) == []
    assert catalogue.search("1.000001", 5, date(2026, 5, 18))[0].code == "1.000001"
    assert catalogue.get("1.000001") is not None


def test_of_two_that_fit_alike_the_one_done_here_stands_first() -> None:
    catalogue = Catalogue(
        (
            Procedure("1.000001", "Cấp sổ", where=Where.ELSEWHERE, place="Sở"),
            Procedure("1.000002", "Cấp sổ", service="N"),
        )
    )

    assert [found.code for found in catalogue.search("cap so", 5, _DAY)] == ["1.000002", "1.000001"]


def test_an_empty_catalogue_finds_nothing() -> None:
    assert Catalogue(()).search("khai sinh", 5, _DAY) == []


@given(st.text(max_size=300), st.integers(-2, 20))
def test_no_text_makes_the_search_fail(text: str, limit: int) -> None:
    found = _SHIPPED.search(text, limit, _DAY)

    assert len(found) <= max(limit, 0)
    assert len({procedure.code for procedure in found}) == len(found)


@given(st.sampled_from(_SHIPPED.procedures))
def test_every_procedure_is_found_by_its_full_name_without_marks(procedure: Procedure) -> None:
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFD", procedure.name_vi.lower().replace("đ", "d"))
        if not unicodedata.combining(letter)
    )

    assert procedure.code in _found(plain, 3)


@given(st.sampled_from(_SHIPPED.procedures), st.data())
def test_every_procedure_is_found_by_each_of_its_everyday_words(
    procedure: Procedure, data: st.DataObject
) -> None:
    keyword = data.draw(st.sampled_from(procedure.keywords))

    assert procedure.code in _found(keyword, 8)
