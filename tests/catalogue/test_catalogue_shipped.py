"""The catalogue that comes along: every verified procedure, nothing guessed."""

from __future__ import annotations

import re
from datetime import date

import pytest

from motcua.catalogue import Catalogue
from motcua.catalogue.false_codes import FALSE_CODES
from motcua.catalogue.rows import HEADER, as_csv
from motcua.folders import data_folder
from motcua.queue.procedure import Where
from motcua.settings import read_centre

_FILE = data_folder("config") / "procedures.csv"
_DAY = date(2026, 11, 23)

_CODES = re.findall(
    r"\S+",
    """
1.001193 1.000689 1.004772 1.004884 2.000528 1.003583 1.000894 1.004746 2.000806 1.000593 1.004873
1.000656 1.005461 1.000419 1.001022 1.004837 1.004845 3.000323 1.004859 2.000635 2.002189 2.001263
2.000815 2.000884 2.000992 2.001008 2.001035 2.001019 2.001016 2.001406 2.000913 2.000927 2.000942
1.004222 1.004194 1.002755 1.010028 1.003197 1.010038 1.003677 1.013314 1.013313
1.001612 2.000720 1.001570 1.001266 2.000575 2.000620 2.001240 2.000615 2.000633 1.001279 2.000629
2.001283 2.001270 2.001261
1.014027 1.014028 1.001776 1.001731 1.001699 1.001653 2.000286 1.010833 1.010803 1.010824 2.002307
2.002308 1.011606 1.011607 1.011608 1.011609
1.013978 1.013949 1.013950 1.013952 1.013953 1.012796 1.012817 1.012818 1.012812 1.013225 1.013226
1.013227 1.013228 1.003622 1.013702 1.013703 1.013796 1.013797 1.013798 1.002211 2.000950 2.000930
3.000182
""",
)
_ELSEWHERE_CODES = (
    *("2.000200", "3.000333", "1.001456", "3.000346", "2.001610", "1.001613", "1.002759"),
    *("1.012783", "1.012784"),
)
_UNSETTLED_BUNDLES = ("2.000986", "2.002621", "3.000722", "2.002622", "2.002913")


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    """The catalogue in `config/`."""
    return Catalogue.load(_FILE)


def test_every_verified_procedure_is_there_and_done_here(shipped: Catalogue) -> None:
    assert len(_CODES) == 95
    for code in _CODES:
        procedure = shipped.get(code)
        assert procedure is not None, code
        assert procedure.where in (Where.HERE, Where.RECEIVED_HERE)


def test_what_wards_do_not_do_is_answered_with_a_place(shipped: Catalogue) -> None:
    for code in (*_ELSEWHERE_CODES, "local.ly-hon", "local.khai-thue"):
        procedure = shipped.get(code)
        assert procedure is not None, code
        assert procedure.elsewhere
        assert procedure.place
        assert not procedure.service


def test_nothing_else_is_there(shipped: Catalogue) -> None:
    known = {*_CODES, *_ELSEWHERE_CODES, "local.ly-hon", "local.khai-thue"}
    assert {procedure.code for procedure in shipped.procedures} == known


def test_no_false_code_is_there_but_the_one_that_is_true_of_something_else(
    shipped: Catalogue,
) -> None:
    suspicious = FALSE_CODES & shipped.by_code.keys()

    assert suspicious == {"1.001612"}
    household_business = shipped.get("1.001612")
    assert household_business is not None
    assert household_business.service == "L"


def test_bundles_whose_codes_contradict_each_other_cannot_be_chosen(shipped: Catalogue) -> None:
    assert not [code for code in _UNSETTLED_BUNDLES if shipped.get(code)]


def test_every_row_has_both_names_a_field_everyday_words_and_a_source(shipped: Catalogue) -> None:
    for procedure in shipped.procedures:
        assert procedure.name_vi, procedure.code
        assert procedure.name_en, procedure.code
        assert procedure.field, procedure.code
        assert procedure.keywords, procedure.code
        assert procedure.source, procedure.code


def test_every_service_in_the_catalogue_is_one_of_the_shipped_centre(shipped: Catalogue) -> None:
    centre = read_centre(data_folder("config") / "centre.toml")
    used = {procedure.service for procedure in shipped.procedures} - {""}

    assert used == set(centre.rules({}).services)


def test_names_are_all_different(shipped: Catalogue) -> None:
    names = [procedure.name_vi for procedure in shipped.procedures]

    assert len(names) == len(set(names))


def test_what_is_not_verified_is_left_blank(shipped: Catalogue) -> None:
    by_code = shipped.by_code

    assert by_code["1.001193"].fee_vnd is None  # the portal's 0 is not the local fee
    assert by_code["1.000656"].fee_vnd is None
    assert by_code["2.000884"].limit == ""
    assert by_code["1.014027"].online is None
    assert not any(procedure.address or procedure.hours for procedure in shipped.procedures)


def test_what_is_verified_is_stated(shipped: Catalogue) -> None:
    by_code = shipped.by_code

    assert by_code["1.000894"].fee_vnd == 0
    assert by_code["2.000635"].fee_vnd == 8000
    assert by_code["2.001035"].fee_vnd == 50000
    assert by_code["2.001035"].online is False
    assert by_code["1.004222"].fee_vnd == 20000
    assert by_code["1.004222"].limit == "7 ngày làm việc"
    same_day = {code for code, procedure in by_code.items() if procedure.same_day_cutoff}
    assert same_day == {"1.001193", "2.000635", "2.000815", "2.000992"}
    assert {by_code[code].same_day_cutoff for code in same_day} == {"15:00"}


def test_the_file_is_written_just_as_the_product_writes_it(shipped: Catalogue) -> None:
    text = _FILE.read_text("utf-8")

    assert text.splitlines()[0] == ",".join(HEADER)
    assert as_csv(shipped.procedures) == text


def test_the_kiosk_has_no_more_than_nine_fields_to_show(shipped: Catalogue) -> None:
    assert len(shipped.fields(_DAY)) == 7
