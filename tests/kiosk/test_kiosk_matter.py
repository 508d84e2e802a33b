"""A few big groups to choose from, whatever list the ward loads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from motcua.app import Box
from motcua.catalogue import Catalogue
from motcua.kiosk.device import find_device, size_sheet
from motcua.kiosk.matter import general_service, list_page, matters
from motcua.kiosk.naming import Name, field_name, procedure_name
from motcua.kiosk.opening import opening, shifts_today
from motcua.queue.day import Day
from motcua.queue.hours import Hours, Shift
from motcua.queue.moment import Moment
from motcua.queue.procedure import Procedure, Where
from motcua.queue.rules import Service
from motcua.settings import KioskSection
from motcua.words import Words
from tests.kiosk.touch import Touch

_DAY = date(2026, 11, 23)
_WORDS = Words()
_SERVICES = {
    "A": Service("A", "Hộ tịch", "Civil status"),
    "M": Service("M", "Đất đai – Xây dựng", "Land"),
    "N": Service("N", "Lĩnh vực khác", "Other"),
}


def _say(sentence: str, /, **values: object) -> str:
    return _WORDS.say("vi", sentence, **values)


def _national_list() -> Catalogue:
    """A list of twelve fields, as the portal has it, with one matter of another office."""
    fields = [("Hộ tịch", "A"), ("Đất đai", "M"), *((f"Ngành {n}", "N") for n in range(10))]
    rows = [
        Procedure(f"1.00{n:04}", f"Thủ tục {n}", field=field, service=service)
        for n, (field, service) in enumerate(fields)
    ]
    divorce = Procedure("x.ly-hon", "Ly hôn", field="Hộ tịch", where=Where.ELSEWHERE)
    return Catalogue((*rows, divorce))


def test_few_fields_are_shown_as_the_ward_names_them(box: Box) -> None:
    groups = matters(box.catalogue, box.office.rules.services, _DAY)

    assert [group.name for group in groups][:3] == ["Hộ tịch", "Chứng thực", "Cư trú"]
    assert len(groups) == 7
    assert groups[0].slug == "ho-tich"


def test_many_fields_are_gathered_by_service_and_nothing_is_lost() -> None:
    groups = matters(_national_list(), _SERVICES, _DAY)

    assert [group.name for group in groups] == ["Hộ tịch", "Đất đai – Xây dựng", "Lĩnh vực khác"]
    assert [len(group.procedures) for group in groups] == [2, 1, 10]
    assert [one.code for one in groups[0].procedures] == ["1.000000", "x.ly-hon"]


def test_those_with_papers_written_down_come_first(box: Box) -> None:
    [civil, *_] = matters(box.catalogue, box.office.rules.services, _DAY)

    known = [bool(procedure.papers) for procedure in civil.procedures]
    assert known == sorted(known, reverse=True)
    assert civil.procedures[0].code == "1.001193"


def test_an_expired_procedure_is_not_offered() -> None:
    old = Procedure("1.000000", "Cũ", field="Hộ tịch", service="A", valid_to=date(2026, 11, 22))

    assert matters(Catalogue((old,)), _SERVICES, _DAY) == ()
    assert len(matters(Catalogue((old,)), _SERVICES, date(2026, 11, 22))) == 1


def test_whoever_does_not_know_goes_to_the_service_for_everything_else() -> None:
    assert general_service(_SERVICES) == "N"
    assert general_service({"A": _SERVICES["A"], "M": _SERVICES["M"]}) == "M"


@pytest.mark.parametrize(
    ("asked", "shown", "codes"),
    [(1, 1, [0, 1, 2, 3, 4, 5]), (2, 2, [6]), (9, 2, [6]), (0, 1, None)],
)
def test_a_list_is_shown_a_page_at_a_time(asked: int, shown: int, codes: list[int] | None) -> None:
    seven = [Procedure(str(n), str(n)) for n in range(7)]

    page = list_page(seven, asked, larger=False)

    assert (page.number, page.of) == (shown, 2)
    assert codes is None or [int(one.code) for one in page.procedures] == codes
    assert (page.before, page.after) == ((None, 2) if shown == 1 else (1, None))


def test_long_official_names_make_shorter_pages() -> None:
    long = [Procedure(str(n), "Thủ tục " * 30) for n in range(3)]

    assert [len(list_page(long, n, larger=False).procedures) for n in (1, 2)] == [2, 1]
    assert list_page(long, 1, larger=True).of == 3


def test_an_empty_list_is_one_empty_page() -> None:
    assert (list_page([], 1, larger=True).of, list_page([], 1, larger=True).after) == (1, None)


def test_everyday_words_stand_before_the_official_name() -> None:
    copy = Procedure("1", "Chứng thực bản sao", "Certified copy", keywords=("sao y", "photo"))

    assert procedure_name(copy, "vi") == Name("Sao y", "Chứng thực bản sao")
    assert procedure_name(copy, "en") == Name(
        "Certified copy", "Chứng thực bản sao", in_vietnamese=False
    )
    assert procedure_name(replace(copy, keywords=(), name_en=""), "vi") == Name(
        "Chứng thực bản sao"
    )
    assert procedure_name(replace(copy, name_en=""), "en") == Name("Chứng thực bản sao")
    assert field_name("Lĩnh vực Hộ tịch", _say).title == "Khai sinh, kết hôn, khai tử"
    assert field_name("Thủy lợi", _say) == Name("Thủy lợi")


def test_every_procedure_of_the_catalogue_has_its_page(kiosk: Touch, box: Box) -> None:
    for language in ("vi", "en"):
        kiosk.open(f"/kiosk?lang={language}")
        for procedure in box.catalogue.in_force(_DAY):
            kiosk.open(f"/kiosk/procedure/{procedure.code}")
            assert kiosk.status == 200, procedure.code
            assert procedure.name_vi in kiosk.text or procedure.keywords


def test_every_page_of_every_group_can_be_reached(kiosk: Touch, box: Box) -> None:
    shown = 0
    for group in matters(box.catalogue, box.office.rules.services, _DAY):
        kiosk.open(f"/kiosk/field/{group.slug}")
        shown += kiosk.html.count("/kiosk/procedure/")
        while kiosk.offers("Trang sau"):
            kiosk.press("Trang sau")
            shown += kiosk.html.count("/kiosk/procedure/")

    assert shown == len(box.catalogue.in_force(_DAY))


def test_each_kiosk_has_its_own_width() -> None:
    devices = [KioskSection(name="cua", screen_width_mm=344), KioskSection(name="lau")]

    assert find_device(devices, "lau").name == "lau"
    assert find_device(devices, "khong-co").name == "cua"
    assert find_device([], "cua").screen_width_mm == 476
    assert "100vw / 344" in size_sheet(devices[0], larger=False)


def _doors(hours: Hours, at: datetime) -> str:
    """Return what is told of the doors on a day like any other."""
    return opening(Day(at.date().isoformat()), hours, Moment(at, "boot", 0.0)).sentence(_say)


def test_the_doors_are_told_with_the_lunch_break() -> None:
    shifts = tuple(
        Shift(datetime.fromisoformat(f"2026-01-01T{a}").time(),
              datetime.fromisoformat(f"2026-01-01T{b}").time())
        for a, b in (("07:30", "11:30"), ("13:30", "17:00"))
    )  # fmt: skip
    hours = Hours(week=(shifts,) * 5 + ((), ()))
    friday = datetime.fromisoformat("2026-11-27T11:29+00:00")

    assert _doors(hours, friday) == "Trung tâm cấp số đến 11:30."
    lunch = _doors(hours, friday + timedelta(minutes=1))
    assert lunch == "Hiện trung tâm không cấp số. Hôm nay cấp số lại từ 13:30."
    evening = _doors(hours, friday + timedelta(hours=6))
    assert evening == "Hiện trung tâm không cấp số. Cấp số lại từ 07:30 ngày 30/11/2026."
    assert shifts_today(hours, friday) == "07:30–11:30, 13:30–17:00"
    assert shifts_today(hours, friday + timedelta(days=1)) == ""


def test_a_centre_without_opening_days_promises_nothing() -> None:
    never = _doors(Hours(week=((),) * 7), datetime.fromisoformat("2026-11-27T09:00Z"))

    assert never == "Hiện trung tâm không cấp số."
