"""What the screen says of the slip on its way out of the printer."""

from __future__ import annotations

import pytest

from motcua.app import Box
from motcua.queue.commands import IssueTicket
from tests.kiosk.conftest import TalkingPaper
from tests.kiosk.touch import Touch

ASKING = {"HX-Request": "true"}


@pytest.fixture
def number(box: Box) -> str:
    """Address of a number just taken."""
    ticket = box.office.execute(IssueTicket(procedure="1.001193")).ticket
    assert ticket
    return f"/kiosk/number/{ticket.id}"


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("printing", "Đang in phiếu …"),
        ("printed", "Mời ông/bà lấy phiếu ↓"),
        ("sent", "Không thấy phiếu? Xin ghi nhớ hoặc chụp lại số này."),
        ("failed", "Máy in đang hỏng. Xin ghi nhớ hoặc chụp lại số này."),
        ("none", "Xin ghi nhớ hoặc chụp lại số này."),
    ],
)
def test_the_number_page_tells_where_the_slip_is(
    beside_paper: Touch, paper: TalkingPaper, number: str, says: str, told: str
) -> None:
    paper.says = says

    beside_paper.open(number)

    assert told in beside_paper.text
    assert "A001" in beside_paper.text
    assert beside_paper.offers("In lại phiếu") is (says != "none")


def test_the_page_asks_again_only_while_the_slip_is_being_printed(
    beside_paper: Touch, paper: TalkingPaper, number: str
) -> None:
    paper.says = "printing"
    assert 'hx-trigger="every 1s"' in beside_paper.open(number).html
    address = f"{number}/slip?seen=printing"
    same = beside_paper.client.get(address, headers=ASKING)
    assert (same.text, same.headers["HX-Reswap"]) == ("", "none")

    paper.says = "failed"
    changed = beside_paper.client.get(address, headers=ASKING).text

    assert "Máy in đang hỏng" in changed
    assert "every 1s" not in changed


def test_another_copy_is_one_press(
    beside_paper: Touch, paper: TalkingPaper, number: str, box: Box
) -> None:
    before = box.office.seq

    beside_paper.open(number).press("In lại phiếu")

    assert beside_paper.address == number
    assert paper.reprints == [number.rsplit("/", 1)[1]]
    assert box.office.seq == before


def test_a_slip_nobody_has_is_not_printed(beside_paper: Touch, paper: TalkingPaper) -> None:
    answer = beside_paper.client.post("/kiosk/number/khong-co/slip")

    assert (answer.status_code, paper.reprints) == (404, [])
