"""What the columns, channels and states of a national system's export are called.

The exact form of that file is not fixed anywhere we know of, so a column is known by its words.
Columns with other words (applicants, phones, identity numbers …) are never looked into.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from motcua.catalogue.spelling import phrase
from motcua.reports.dossiers import Channel

_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": (
        "Mã hồ sơ", "Số hồ sơ", "Mã số hồ sơ", "Số biên nhận", "Mã biên nhận", "Mã HS",
        "dossier",
    ),
    "procedure": (
        "Mã TTHC", "Mã thủ tục", "Mã thủ tục hành chính", "Mã số TTHC", "Mã số thủ tục",
        "procedure",
    ),
    "name": (
        "Thủ tục", "Tên thủ tục", "Thủ tục hành chính", "Tên thủ tục hành chính", "Tên TTHC",
        "TTHC",
    ),
    "received": (
        "Ngày tiếp nhận", "Ngày nhận", "Ngày nhận hồ sơ", "Ngày tiếp nhận hồ sơ",
        "Thời gian tiếp nhận", "Thời điểm tiếp nhận", "received",
    ),
    "due": (
        "Hạn trả", "Ngày hẹn trả", "Hẹn trả", "Hạn trả kết quả", "Ngày hẹn trả kết quả",
        "Hẹn trả kết quả", "Hạn giải quyết", "Hạn xử lý", "Ngày hẹn",
        "Thời gian hẹn trả", "due",
    ),
    "settled": (
        "Ngày hoàn thành", "Ngày có kết quả", "Ngày kết thúc", "Ngày kết thúc xử lý",
        "Ngày giải quyết xong", "Ngày hoàn thành xử lý", "Thời gian hoàn thành", "Ngày xử lý xong",
        "Ngày giải quyết", "settled",
    ),
    "handed": (
        "Ngày trả", "Ngày trả kết quả", "Ngày trả thực tế", "Thời gian trả kết quả",
        "Ngày thực trả", "handed_out",
    ),
    "channel": (
        "Hình thức nộp", "Hình thức nộp hồ sơ", "Kênh", "Kênh nộp", "Kênh tiếp nhận",
        "Hình thức tiếp nhận", "Hình thức", "Phương thức nộp", "Phương thức tiếp nhận", "channel",
    ),
    "state": ("Trạng thái", "Tình trạng", "Trạng thái hồ sơ", "Tình trạng hồ sơ", "state"),
}  # fmt: skip
NAMES: Final[Mapping[str, str]] = {column: next(iter(words)) for column, words in _SYNONYMS.items()}
"""Column → its first name in Vietnamese."""
_COLUMNS: Final = {phrase(word): column for column, words in _SYNONYMS.items() for word in words}
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")


class State(Enum):
    """What a state says."""

    SETTLED = "settled"
    OPEN = "open"
    CLOSED = "closed"
    NOT_RECEIVED = "not received"
    BY_DAYS = "by its days"
    """It says nothing the days do not say."""


_STATES: Final[Mapping[State, tuple[str, ...]]] = {
    State.SETTLED: (
        "Đã trả", "Đã trả kết quả", "Đã giải quyết", "Đã giải quyết xong", "Đã hoàn thành",
        "Hoàn thành", "Đã xử lý", "Đã xử lý xong", "Đã có kết quả", "Có kết quả", "Đã kết thúc",
        "Kết thúc", "settled",
    ),
    State.OPEN: (
        "Đang xử lý", "Đang giải quyết", "Đang thụ lý", "Đã tiếp nhận", "Mới tiếp nhận",
        "Đã phân công", "Chờ xử lý", "Chờ phê duyệt", "Chờ ký", "Chờ ký duyệt", "Trình ký",
        "Chờ bổ sung", "Chờ bổ sung hồ sơ", "Yêu cầu bổ sung", "Bổ sung hồ sơ", "Tạm dừng",
        "Đang tạm dừng", "Chờ nộp phí", "Chờ nghĩa vụ tài chính",
        "Chờ thực hiện nghĩa vụ tài chính", "Thực hiện nghĩa vụ tài chính", "Đang trình ký",
        "Chưa giải quyết", "Chưa hoàn thành", "open",
    ),
    State.CLOSED: (
        "Từ chối", "Từ chối giải quyết", "Không giải quyết", "Không đủ điều kiện", "Rút hồ sơ",
        "Đã rút", "Đã rút hồ sơ", "Công dân rút hồ sơ", "Xin rút", "Hủy", "Đã hủy", "Hủy hồ sơ",
        "Trả lại", "Trả lại hồ sơ", "Dừng xử lý", "Dừng giải quyết", "closed",
    ),
    State.NOT_RECEIVED: (
        "Chờ tiếp nhận", "Mới đăng ký", "Không tiếp nhận", "Từ chối tiếp nhận", "Chưa tiếp nhận",
    ),
    State.BY_DAYS: ("", "Chờ trả kết quả", "Chờ trả"),
}  # fmt: skip
_STATE_OF: Final = {phrase(word): state for state, words in _STATES.items() for word in words}
_TIMELINESS = re.compile(
    r"\b(?:truoc han|som han|dung han|trong han|con han|chua den han|den han|qua han|tre han)\b"
)


@dataclass(frozen=True, slots=True)
class Header:
    """Which row is the header, and where each column we know stands in it."""

    places: Mapping[str, int]
    twice: tuple[str, ...] = ()
    """Columns that stand there more than once, by their first names."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns without which nothing can be counted, by their names."""
        have = self.places.keys()
        lacking = [] if "received" in have else [NAMES["received"]]
        if not {"settled", "handed"} & have:
            lacking.append(NAMES["settled"])
        if not {"due", "procedure", "name"} & have:
            lacking.append(NAMES["due"])
        return tuple(lacking)


def read_header(cells: Sequence[object]) -> Header:
    """Return the columns a row names; none of them when it is no header."""
    places: dict[str, int] = {}
    twice = []
    for place, cell in enumerate(cells):
        column = _COLUMNS.get(_plain(cell)) if isinstance(cell, str) else None
        if column in places:
            twice.append(NAMES[column])
        elif column:
            places[column] = place
    return Header(places, tuple(twice))


def channel_of(text: str) -> Channel | None:
    """Return how a dossier came; None when these words are not known."""
    words = f" {phrase(text)} "
    if not words.strip():
        return Channel.NOT_STATED
    found = {
        channel
        for channel, marks in _CHANNELS.items()
        if any(f" {mark} " in words for mark in marks)
    }
    if found == {Channel.ONLINE} and " ho tro " in words:
        return Channel.ASSISTED
    return found.pop() if len(found) == 1 else None


_CHANNELS: Final[Mapping[Channel, tuple[str, ...]]] = {
    Channel.ONLINE: ("truc tuyen", "online", "qua mang", "dich vu cong", "dvc"),
    Channel.IN_PERSON: ("truc tiep", "mot cua", "tai trung tam", "direct", "in person"),
    Channel.POST: ("buu chinh", "buu dien", "bcci", "post"),
    Channel.ASSISTED: ("assisted",),
}


def state_of(text: str) -> State | None:
    """Return what a state says; words of timeliness (`trước hạn`, `quá hạn`) are left to the days.

    None when these words are not known.
    """
    return _STATE_OF.get(" ".join(_TIMELINESS.sub(" ", _plain(text)).split()))


def _plain(text: str) -> str:
    return phrase(_ASIDE.sub(" ", text))
