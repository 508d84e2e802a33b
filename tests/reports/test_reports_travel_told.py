"""How trips and what was spared are told: in every form, of few people, with nothing filled in."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from motcua.queue.procedure import Procedure
from motcua.reports.render import render
from motcua.reports.report import Report, report
from motcua.reports.spared_tables import spared_sentences, spared_tables
from motcua.reports.trips import travel
from motcua.reports.wording import Wording
from motcua.settings import Centre
from motcua.settings_travel import TravelPlaceSection, TravelSection
from tests.queue.queue_story import RULES
from tests.reports.report_days import ListeningWords, centre, table, waited
from tests.reports.test_reports_forms import _MONTH, _PERIOD, GivenArchive, leg_as
from tests.reports.travel_home import BUSINESS, TRAVEL, assumed, came, old_office

_DAY = _MONTH[12]
_GUIDE = Path(__file__).resolve().parents[2] / "docs" / "measures.md"
_NAMED = Procedure(BUSINESS, "Đăng ký thành lập hộ kinh doanh", field="Hộ kinh doanh")


_RULES = replace(RULES, procedures={**RULES.procedures, BUSINESS: _NAMED})


def made(settings: TravelSection, people: int = 214, others: int = 60) -> Report:
    """Return a report of one day: people who had their business registered, and others in vain."""
    finished = [leg_as(one, day=_DAY.isoformat()) for one in came("done", people)]
    vain = waited(
        *[7] * others, day=_DAY, procedure="1.001193", outcome="papers_missing", service="A"
    )
    day = table([*finished, *vain], _DAY, referrals={("2.000200", "Công an"): 12})
    ward = msgspec.structs.replace(centre(), travel=settings)
    return report(GivenArchive(day), _PERIOD, _RULES, ward)


def as_json(told: Report) -> Any:  # noqa: ANN401
    """Return the trips of a report as programs get them."""
    return json.loads(render(told, "json", "vi"))["travel"]


def filled() -> TravelSection:
    """Return the travel section of the worked example."""
    return msgspec.convert(tomllib.loads(TRAVEL), Centre).travel


def test_the_formula_stands_beside_the_figure_with_its_range_and_sources() -> None:
    text = str(render(made(filled()), "text", "vi"))
    [km] = [line for line in text.splitlines() if line.startswith("Km tiết kiệm")]
    assert re.sub(r" {2,}", "|", km) == (
        "Km tiết kiệm, trước đây đến: UBND quận Phú Xuân (cũ)|3.167,2|2.396,8|4.451,2|km|"
        "214 lượt × 2 × (12 − 4,6) km = 3.167,2 km"
    )
    assert "3.167,2 km × (1 × 2,4) phút ÷ 60 = 126,7 giờ" in text
    assert "3.167,2 km × (1 × 500) đồng = 1.583.600 đồng" in text
    assert "3.167,2 km × (1 × 2,4) phút ÷ 60 × 25.000 đồng = 3.167.200 đồng" in text
    assert "3.167,2 km × (1 × 90,83) g ÷ 1.000 = 287,7 kg" in text
    assert "60 lượt × 2 × 4,6 km = 552,0 km" in text
    assert "12 người × thời gian chờ trung vị của ngày đó = 1,4 giờ" in text
    for source in ("50 người, 10/2026", "đo trên bản đồ", "giá xăng", "mô hình IVE"):
        assert source in text
    assert "không bớt được quãng đường nào, chỉ khỏi xếp hàng" in text
    assert "lẽ ra đã nộp trực tuyến" in text


def test_the_answer_tells_a_range_and_never_one_number() -> None:
    first = str(render(made(filled()), "text", "en")).split("\n\n")[0]
    assert "people travelled less by an estimated 2,397 to 4,451 km" in first
    nearer = made(assumed(old_office(BUSINESS, km=(1, 2, 3))))
    assert "people travelled more by an estimated 257 to 1,883 km" in str(
        render(nearer, "text", "en")
    )
    either = made(assumed(old_office(BUSINESS, km=(4, 5, 6))))
    assert "whether people travelled less cannot be said" in str(render(either, "text", "en"))
    assert "travelled" not in str(render(made(TravelSection()), "text", "en")).split("\n\n")[0]


def test_a_longer_way_is_told_with_a_minus() -> None:
    text = str(render(made(assumed(old_office(BUSINESS, km=(1, 2, 3)))), "text", "vi"))
    assert "214 lượt × 2 × (2 − 4,6) km = −1.112,8 km" in text
    assert "Dấu trừ nghĩa là nơi đây xa hơn" in text


def test_nothing_filled_in_names_the_keys() -> None:
    text = str(render(made(TravelSection()), "text", "vi"))
    assert (
        text.count("Chưa tính: cần điền [[travel.place]] ở mục [travel] của tệp centre.toml.") == 1
    )
    assert "Chưa tính: cần điền here_km ở mục [travel]" in text
    assert "Các giả định" not in text
    derived = as_json(made(TravelSection()))["derived"]
    assert derived["km"]["fill_in"] == ["place"]
    assert derived["in_vain_km"] == {
        "unit": "km", "low": None, "value": None, "high": None, "formula": "",
        "fill_in": ["here_km"], "hidden": False,
    }  # fmt: skip


def test_a_starter_left_as_it_is_shows_no_assumptions_of_nothing() -> None:
    text = str(render(made(centre().travel), "text", "vi"))
    assert "90,83" not in text
    assert "đi và về từ nhà" not in text
    assert "khỏi xếp hàng" in text


def test_programs_get_every_figure_with_range_formula_and_source() -> None:
    told = as_json(made(filled()))
    assert {key: told[key] for key in ("referrals", "papers_missing", "served", "in_vain")} == {
        "referrals": 12, "papers_missing": 60, "served": 274, "in_vain": 60,
    }  # fmt: skip
    assert (told["visits_per_finished_case"], told["resolved_share"]) == (1.2804, 0.781)
    assert told["resolved_share_if_all_return"] == 0.7196  # (214 − 60) ÷ 214
    assert told["derived"]["km"] == {
        "unit": "km", "low": 2396.8, "value": 3167.2, "high": 4451.2, "formula": "3167.2 km",
        "fill_in": [], "hidden": False,
    }  # fmt: skip
    assert told["places"][0]["formula"] == "214 visits × 2 × (12 − 4.6) km = 3167.2 km"
    assert told["queueing"] == {"people": 12, "days": 1, "left_out": 0}
    assert told["derived"]["queueing_hours"]["value"] == 1.4
    co2 = [one for one in told["assumptions"] if one["key"] == "co2_g_per_km"]
    assert co2 == [
        {"key": "co2_g_per_km", "of": "Xe máy", "low": 90.83, "value": 90.83, "high": 90.83,
         "source": "Hà Nội, mô hình IVE"}
    ]  # fmt: skip


def test_a_workbook_holds_numbers_to_reckon_with() -> None:
    book = openpyxl.load_workbook(BytesIO(bytes(render(made(filled()), "xlsx", "vi"))))  # type: ignore[arg-type]
    sheet = book["Đi lại tiết kiệm được"]
    assert [cell.value for cell in sheet[2]][1:5] == [3167.2, 2396.8, 4451.2, "km"]
    assert [cell.number_format for cell in sheet[2]][1:4] == ["#,##0.0"] * 3
    assert sheet["B4"].number_format == "#,##0"  # dong
    notes = [row[0].value for row in sheet.iter_rows(min_row=10) if row[0].value]
    assert sum("giả định" in str(note) for note in notes) == 1
    assert isinstance(book["Các giả định"]["B2"].value, float)


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_procedure_of_few_is_not_told(form: str) -> None:
    told = str(render(made(filled(), people=4, others=60), form, "vi"))
    assert "Dưới 5 người: không nêu." in told
    assert "4 lượt × 2" not in told
    assert "Đăng ký thành lập hộ kinh doanh" not in told
    data = as_json(made(filled(), people=4, others=60))
    assert data["places"][0]["visits"] is None
    hidden = {one["procedure"]: one["hidden"] for one in data["by_procedure"]}
    assert hidden[BUSINESS] is True
    assert [one["served"] for one in data["by_procedure"] if one["hidden"]] == [None] * len(
        [one for one in hidden.values() if one]
    )


def test_few_in_vain_inside_a_procedure_are_not_told() -> None:
    three = came("papers_missing", 3)
    legs = [*came("done", 20), *three, *came("done", 30, "1.001193")]
    people = [leg_as(one, day=_DAY.isoformat()) for one in legs]
    ward = msgspec.structs.replace(centre(), travel=filled())
    told = report(GivenArchive(table(people, _DAY)), _PERIOD, _RULES, ward)
    [business] = [one for one in as_json(told)["by_procedure"] if one["procedure"] == BUSINESS]
    assert (business["served"], business["finished"], business["papers_missing"]) == (23, 20, None)
    [trips] = [
        one for one in str(render(told, "text", "vi")).split("\n\n") if "theo thủ tục\n" in one
    ]
    [row] = [line for line in trips.splitlines() if line.startswith(f"{BUSINESS} – ")]
    assert re.split(r" {2,}", row)[1:5] == ["23", "20", "dưới 5", "0"]


@pytest.mark.parametrize(
    "settings",
    [
        TravelSection(),
        filled(),
        assumed(old_office(BUSINESS, km=(1, 2, 3))),
        assumed(old_office(BUSINESS, km=(4, 5, 6))),
        assumed(old_office(BUSINESS), old_office("1.001193", name="b"), means=False),
        assumed(old_office(BUSINESS), TravelPlaceSection(name="c", fields=("Hộ tịch",))),
    ],
)
def test_every_sentence_has_its_vietnamese(settings: TravelSection) -> None:
    words = ListeningWords()
    wording = Wording(words, "vi", _RULES)
    for people in (0, 3, 214):
        told = made(settings, people)
        assert travel(told.measures, wording).rows
        assert all(one.title for one in spared_tables(told, wording))
        list(spared_sentences(told, wording))
    assert words.unknown == set()


def test_what_is_left_out_is_counted() -> None:
    six = came("done", 6, None)
    people = [leg_as(one, day=_DAY.isoformat()) for one in [*six, *waited(1, 2, 3, 4, day=_DAY)]]
    ward = msgspec.structs.replace(centre(), travel=filled())
    day = table(people, _DAY, referrals={("2.000200", "Công an"): 8})
    text = str(render(report(GivenArchive(day), _PERIOD, _RULES, ward), "text", "vi"))
    assert "10 lượt xong việc không ghi thủ tục" in text
    assert "8 người được báo tại máy lấy số vào những ngày có quá ít lượt chờ" in text
    assert "Chưa có gì để tính." in text


def test_the_example_of_the_guide_gives_the_figures_it_tells() -> None:
    guide = _GUIDE.read_text("utf-8")
    [example] = [
        one for one in re.findall(r"```toml\n(.*?)```", guide, re.DOTALL) if "[travel" in one
    ]
    settings = msgspec.convert(tomllib.loads(example), Centre).travel
    derived = as_json(made(settings))["derived"]
    for name, decimals in (("km", 1), ("hours", 1)):
        for end in ("low", "value", "high"):
            assert f"{derived[name][end]:,.{decimals}f}" in guide
