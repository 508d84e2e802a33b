"""Not done here: the way to the other office, no number, and one fact for the report."""

from __future__ import annotations

import pytest

from motcua.app import Box
from tests.kiosk.conftest import TalkingPaper
from tests.kiosk.touch import Touch

ID_CARD = "/kiosk/procedure/2.000200"
SHOWN = {"HX-Request": "true"}


def _referrals(box: Box) -> dict[tuple[str, str], int]:
    with box.office.today() as day:
        assert not day.tickets
        return dict(day.referrals)


def _shown(kiosk: Touch) -> int:
    """Do what the page does by itself when it is shown."""
    return kiosk.client.post(f"{ID_CARD}/referral", headers=SHOWN).status_code


def test_the_page_says_where_to_go_and_offers_no_number(kiosk: Touch) -> None:
    kiosk.press("Hộ khẩu, tạm trú").press("Trang sau").press("Căn cước")

    assert "Việc này không làm ở phường." in kiosk.text
    assert "Mời ông/bà đến Công an tỉnh, thành phố" in kiosk.text
    assert "Ông/bà không cần lấy số tại đây cho việc này." in kiosk.text
    assert not kiosk.offers("Lấy số")
    assert f'hx-post="{ID_CARD}/referral" hx-trigger="load"' in kiosk.html


def test_it_is_recorded_once_however_often_it_is_shown(kiosk: Touch, box: Box) -> None:
    kiosk.open(ID_CARD)
    before = box.office.seq

    assert [_shown(kiosk) for _ in range(3)] == [200, 200, 200]
    kiosk.open(ID_CARD).press("In giấy chỉ dẫn")

    assert _referrals(box) == {("2.000200", "Công an tỉnh, thành phố"): 1}
    assert box.office.seq == before + 2  # the day opened, one referral


def test_the_next_visitor_counts_again(kiosk: Touch, box: Box) -> None:
    for _ in range(2):
        kiosk.open(ID_CARD)
        _shown(kiosk)
        kiosk.client.post("/kiosk/leave")

    assert list(_referrals(box).values()) == [2]


def test_two_matters_of_one_visitor_are_two_referrals(kiosk: Touch, box: Box) -> None:
    kiosk.open(ID_CARD)
    _shown(kiosk)
    kiosk.client.post("/kiosk/procedure/1.001456/referral", headers=SHOWN)

    assert len(_referrals(box)) == 2


def test_without_a_script_the_button_records_it(kiosk: Touch, box: Box) -> None:
    kiosk.open(ID_CARD).press("In giấy chỉ dẫn")

    assert kiosk.address == ID_CARD
    assert list(_referrals(box).values()) == [1]


def test_what_is_done_here_cannot_be_referred(kiosk: Touch, box: Box) -> None:
    answer = kiosk.client.post("/kiosk/procedure/1.001193/referral")

    assert answer.status_code == 409
    assert box.office.seq == 0


def test_a_number_for_it_is_refused_with_the_way(kiosk: Touch, box: Box) -> None:
    answer = kiosk.client.post("/kiosk/take", data={"procedure": "2.000200"}, follow_redirects=True)

    assert answer.request.path == ID_CARD
    assert "Công an tỉnh, thành phố" in answer.text
    assert box.office.seq == 0


def test_the_way_is_printed_and_printed_again(beside_paper: Touch, paper: TalkingPaper) -> None:
    beside_paper.open(ID_CARD).press("In giấy chỉ dẫn")
    assert "Mời ông/bà lấy phiếu" in beside_paper.text
    assert paper.referrals == [("2.000200", "vi", "sanh")]

    beside_paper.press("In lại phiếu")

    assert (len(paper.referrals), paper.reprints) == (1, ["referral-1"])


def test_a_broken_printer_leaves_the_way_on_the_screen(
    beside_paper: Touch, paper: TalkingPaper
) -> None:
    paper.says = "failed"

    beside_paper.open(ID_CARD).press("In giấy chỉ dẫn")

    assert "Máy in đang hỏng. Xin chụp lại trang này." in beside_paper.text
    assert "Công an tỉnh, thành phố" in beside_paper.text


def test_without_a_printer_nothing_is_said_of_slips(
    beside_paper: Touch, paper: TalkingPaper
) -> None:
    paper.says = "none"

    beside_paper.open(ID_CARD).press("In giấy chỉ dẫn")

    assert "phiếu" not in beside_paper.text


@pytest.mark.parametrize("code", ["1.004222", "1.004194"])
def test_received_here_and_decided_elsewhere_gives_a_number(
    kiosk: Touch, box: Box, code: str
) -> None:
    kiosk.open(f"/kiosk/procedure/{code}")
    assert "Nhận tại đây, giải quyết ở: Công an phường." in kiosk.text

    kiosk.press("Lấy số")

    with box.office.today() as day:
        assert [ticket.number for ticket in day.tickets.values()] == ["K001"]
        assert not day.referrals
