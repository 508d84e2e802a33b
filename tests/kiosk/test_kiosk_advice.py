"""Is it done here? Only what the catalogue states is told, and what will matter in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from motcua.kiosk.advice import Advice, advise
from motcua.kiosk.line import ServiceLine, line_sentence, wait_sentence
from motcua.kiosk.opening import Opening
from motcua.queue.procedure import Procedure, Where
from motcua.words import Words

_WORDS = Words()
_NOBODY = ServiceLine()
_COPY = Procedure("2.000815", "Chứng thực bản sao", "Certified copy", "Chứng thực", "H")
_OPEN = Opening(
    datetime.fromisoformat("2026-11-23T14:00+07:00"),
    is_open=True,
    closes=datetime.fromisoformat("2026-11-23T17:00+07:00"),
)


def _say(sentence: str, /, **values: object) -> str:
    return _WORDS.say("vi", sentence, **values)


def _advise(procedure: Procedure, line: ServiceLine = _NOBODY, opening: Opening = _OPEN) -> Advice:
    return advise(procedure, line, opening, _say, "vi")


def _told(advice: Advice) -> dict[str, str]:
    return {fact.label: fact.text for fact in advice.facts}


def test_what_is_not_verified_is_left_out_and_the_staff_named() -> None:
    advice = _advise(_COPY)

    assert _told(advice) == {"Đang chờ": "chưa có ai"}
    assert advice.ask_staff
    assert advice.papers == ()


def test_all_that_is_known_is_told() -> None:
    known = replace(_COPY, papers=("Bản chính",), fee_vnd=2000, limit="Trong ngày", online=False)

    advice = _advise(known)

    assert _told(advice) == {
        "Lệ phí": "2.000 đ",
        "Thời hạn": "Trong ngày",
        "Trực tuyến": "Nộp trực tiếp tại quầy",
        "Đang chờ": "chưa có ai",
    }
    assert not advice.ask_staff


@pytest.mark.parametrize(
    ("fee_vnd", "fee_note", "told"),
    [
        (0, "", "Miễn phí"),
        (0, "Miễn phí", "Miễn phí"),
        (8000, "", "8.000 đ"),
        (20000, "20.000 đ nộp trực tiếp; 10.000 đ nộp trực tuyến",
         "20.000 đ nộp trực tiếp; 10.000 đ nộp trực tuyến"),
        (400000, "Có đối tượng được miễn", "400.000 đ. Có đối tượng được miễn"),
        (None, "Do Hội đồng nhân dân quy định", "Do Hội đồng nhân dân quy định"),
    ],
)  # fmt: skip
def test_a_fee_and_its_note_say_nothing_twice(
    fee_vnd: int | None, fee_note: str, told: str
) -> None:
    assert _told(_advise(replace(_COPY, fee_vnd=fee_vnd, fee_note=fee_note)))["Lệ phí"] == told


@pytest.mark.parametrize(
    ("where", "place", "answer"),
    [
        (Where.HERE, "", "Việc này làm tại đây."),
        (Where.RECEIVED_HERE, "Công an phường", "Nhận tại đây, giải quyết ở: Công an phường."),
        (Where.RECEIVED_HERE, "", "Nhận tại đây, giải quyết ở cơ quan khác."),
        (Where.ELSEWHERE, "Tòa án", "Việc này không làm ở phường."),
    ],
)
def test_the_answer_is_one_sentence(where: Where, place: str, answer: str) -> None:
    assert _advise(replace(_COPY, where=where, place=place)).answer == answer


@pytest.mark.parametrize(
    ("hour", "wait_min", "warned"),
    [
        ("14:00", None, ""),
        ("14:00", 30, ""),
        ("14:00", 59, ""),
        ("14:00", 60, "Có thể sau 15:00 mới đến lượt ông/bà"),
        ("14:59", None, ""),
        ("15:00", None, "Hồ sơ nộp sau 15:00"),
        ("16:10", 5, "Hồ sơ nộp sau 15:00"),
    ],
)
def test_the_hour_that_moves_the_result_to_the_next_day_is_told_in_time(
    hour: str, wait_min: int | None, warned: str
) -> None:
    now = datetime.fromisoformat(f"2026-11-23T{hour}+07:00")
    line = ServiceLine(3, 60.0, wait_min * 60.0) if wait_min else ServiceLine(3)

    advice = _advise(replace(_COPY, same_day_cutoff="15:00"), line, replace(_OPEN, now=now))

    assert len(advice.warnings) == bool(warned)
    assert all(warning.startswith(warned) for warning in advice.warnings)


def test_a_line_longer_than_the_shift_is_told() -> None:
    late = replace(_OPEN, now=datetime.fromisoformat("2026-11-23T16:40+07:00"))

    advice = _advise(_COPY, ServiceLine(9, 600.0, 1500.0), late)

    assert advice.warnings == ("Có thể đến giờ nghỉ 17:00 mà chưa đến lượt ông/bà.",)


def test_a_closed_centre_warns_of_nothing_else() -> None:
    closed = Opening(datetime.fromisoformat("2026-11-23T18:00+07:00"), is_open=False)

    assert _advise(replace(_COPY, same_day_cutoff="15:00"), opening=closed).warnings == ()


def test_of_another_office_only_what_is_known_is_told() -> None:
    passport = replace(
        _COPY, where=Where.ELSEWHERE, place="Công an tỉnh", hours="Giờ hành chính",
        online=True, online_url="https://dichvucong.test/ho-chieu/", fee_vnd=200000,
    )  # fmt: skip

    advice = _advise(passport)

    assert _told(advice) == {
        "Giờ làm việc": "Giờ hành chính",
        "Trực tuyến": "Có thể nộp trực tuyến",
    }
    assert advice.site == "dichvucong.test/ho-chieu"
    assert advice.warnings == ()


@pytest.mark.parametrize(
    ("low_s", "high_s", "told"),
    [
        (0, 50, "Ước tính chờ chưa đến 1 phút"),
        (59, 400, "Ước tính chờ chưa đến 7 phút"),
        (600, 900, "Ước tính chờ khoảng 10–15 phút"),
        (605, 895, "Ước tính chờ khoảng 10–15 phút"),
        (600, 600, "Ước tính chờ khoảng 10 phút"),
    ],
)
def test_a_wait_is_a_range_of_whole_minutes_rounded_outwards(
    low_s: float, high_s: float, told: str
) -> None:
    assert wait_sentence(low_s, high_s, _say, "vi") == told


def test_a_line_is_told_in_people_and_minutes() -> None:
    assert line_sentence(ServiceLine(), _say, "vi") == "chưa có ai"
    assert line_sentence(ServiceLine(1), _say, "vi") == "1 người"
    assert line_sentence(ServiceLine(4, 600, 900), _say, "vi") == (
        "4 người. Ước tính chờ khoảng 10–15 phút"
    )
