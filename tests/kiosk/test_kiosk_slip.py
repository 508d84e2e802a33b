"""The slip: what a visitor can read, scan and carry away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import groupby
from pathlib import Path

import pytest
import segno
import zxingcpp
from PIL import Image, ImageOps

from motcua.folders import data_folder
from motcua.kiosk.slip import Bilingual, ReferralSlip, Slip, after_cutoff, draw_slip
from motcua.kiosk.slip_page import PAPER_DOTS
from motcua.kiosk.slip_type import SlipFonts
from motcua.words import Words

_HUE = timezone(timedelta(hours=7))
_LINK = "http://192.168.1.20:8080/t/7hQ2mXw9TzKc4vR1"
_BOTH_PAPERS = pytest.mark.parametrize("paper_mm", [80, 58])

_SLIP = Slip(
    centre=Bilingual("Trung tâm Phục vụ hành chính công phường Kim Long", "Kim Long Centre"),
    number="A015",
    service=Bilingual("Hộ tịch – Chứng thực", "Civil status and certification"),
    procedure=Bilingual("Đăng ký khai sinh", "Birth registration"),
    issued_at=datetime(2026, 11, 23, 14, 5, tzinfo=_HUE),
    ahead=4,
    low_min=10,
    high_min=15,
    papers=("Giấy chứng sinh", "Văn bản ủy quyền (nếu ủy quyền đăng ký khai sinh)"),
    follow_url=_LINK,
)
_REFERRAL = ReferralSlip(
    centre=_SLIP.centre,
    procedure=Bilingual("Cấp đổi giấy phép lái xe", "Driving licence exchange"),
    given_on=date(2026, 11, 23),
    place="Trung tâm Phục vụ hành chính công thành phố Huế",
    address="Số 1 đường Lê Lai, phường Thuận Hóa, thành phố Huế",
    hours="Thứ Hai đến thứ Sáu: 7:30–11:30, 13:30–17:00",
    papers=("Giấy phép lái xe đang dùng",),
    online_url="https://example.vn/thu-tuc?ma=1.002835",
)


class _Translator:
    """Translates as the product does and remembers what it was asked to say."""

    def __init__(self, vietnamese: dict[str, str] | None = None) -> None:
        self._words = Words()
        self._instead = vietnamese or {}
        self.said: list[str] = []

    def __call__(self, sentence: str) -> str:
        self.said.append(sentence)
        return self._instead.get(sentence) or self._words.say("vi", sentence)


@pytest.fixture(scope="module")
def fonts() -> SlipFonts:
    return SlipFonts(data_folder("static") / "vendor")


def _draw(
    slip: Slip | ReferralSlip,
    fonts: SlipFonts,
    paper_mm: int = 80,
    translate: _Translator | None = None,
) -> Image.Image:
    translator = translate or _Translator()
    return draw_slip(slip, paper_mm=paper_mm, fonts=fonts, translate=translator)


def _codes(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]


def _inked_runs(image: Image.Image) -> list[int]:
    """Return the heights of the stretches of rows that hold any ink, from top to bottom."""
    rows = image.convert("L").resize((1, image.height), Image.Resampling.BOX).tobytes()
    return [len(list(run)) for inked, run in groupby(row < 255 for row in rows) if inked]


@_BOTH_PAPERS
def test_a_phone_reads_the_follow_link_and_nothing_else_off_the_slip(
    fonts: SlipFonts, paper_mm: int
) -> None:
    assert _codes(_draw(_SLIP, fonts, paper_mm)) == [_LINK]


@_BOTH_PAPERS
@pytest.mark.parametrize("link", [_LINK, "http://box/t/x", _LINK + "?" + "x" * 100])
def test_the_code_has_modules_worn_heads_can_print_and_white_all_round(
    fonts: SlipFonts, paper_mm: int, link: str
) -> None:
    drawn = _draw(replace(_SLIP, follow_url=link), fonts, paper_mm).convert("L")
    image = ImageOps.expand(drawn, 32, fill=255)  # what no printer can reach of the paper's edges
    (code,) = zxingcpp.read_barcodes(image)
    corner, far = code.position.top_left, code.position.bottom_right
    modules = len(segno.make_qr(link, error="m", boost_error=False).matrix)
    dots = round((far.x - corner.x) / modules)
    quiet = 4 * dots - 2  # the reader's corners are right to a dot or two

    assert dots >= 4
    left, top, right, bottom = corner.x - 2, corner.y - 2, far.x + 2, far.y + 2
    for side in (
        (left - quiet, top - quiet, left, bottom + quiet),
        (right, top - quiet, right + quiet, bottom + quiet),
        (left, top - quiet, right, top),
        (left, bottom, right, bottom + quiet),
    ):
        assert image.crop(side).getextrema() == (255, 255), side


@_BOTH_PAPERS
def test_the_slip_is_as_wide_as_the_paper_and_pure_black_and_white(
    fonts: SlipFonts, paper_mm: int
) -> None:
    image = _draw(_SLIP, fonts, paper_mm)

    assert (image.mode, image.width) == ("1", PAPER_DOTS[paper_mm])


@_BOTH_PAPERS
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_word_of_a_long_name_runs_off_the_paper(
    fonts: SlipFonts, paper_mm: int, language: str
) -> None:
    endless = "Đăng ký khai sinh kết hợp nhận cha, mẹ, con có yếu tố nước ngoài " * 6
    slips = (
        replace(_SLIP, number="A1015", procedure=Bilingual(endless, endless), papers=(endless,)),
        replace(_REFERRAL, procedure=Bilingual(endless, endless), place=endless, address=endless),
        replace(_SLIP, service=Bilingual("x" * 300), centre=Bilingual("W" * 120)),
    )
    for slip in slips:
        chosen = replace(slip, language="en" if language == "en" else "vi")
        image = _draw(chosen, fonts, paper_mm).convert("L").point(lambda dot: 255 - dot)
        left, top, right, bottom = image.getbbox() or (0, 0, 0, 0)
        assert left >= 8
        assert top >= 8
        assert right <= image.width - 8
        assert bottom <= image.height - 8


@_BOTH_PAPERS
def test_the_number_is_by_far_the_largest_thing(fonts: SlipFonts, paper_mm: int) -> None:
    runs = sorted(_inked_runs(_draw(replace(_SLIP, follow_url=None), fonts, paper_mm)))

    assert runs[-1] >= 3 * runs[-2]


def test_without_a_link_there_is_no_code(fonts: SlipFonts) -> None:
    assert _codes(_draw(replace(_SLIP, follow_url=None), fonts)) == []


def test_a_wait_nobody_can_estimate_is_left_out(fonts: SlipFonts) -> None:
    translate = _Translator()

    _draw(replace(_SLIP, ahead=None, low_min=None), fonts, translate=translate)

    assert not [said for said in translate.said if "wait" in said or "ahead" in said]


@pytest.mark.parametrize(
    ("ahead", "low_min", "high_min", "sentences"),
    [
        (0, 0, 5, ["You are next", "Estimated wait less than %(high)s minutes"]),
        (1, 3, 3, ["1 person ahead of you", "Estimated wait about %(high)s minutes"]),
        (4, 10, 15, ["%(n)s people ahead of you", "Estimated wait about %(low)s–%(high)s minutes"]),
    ],
)
def test_the_line_ahead_is_told_in_people_and_minutes(
    fonts: SlipFonts, ahead: int, low_min: int, high_min: int, sentences: list[str]
) -> None:
    translate = _Translator()

    slip = replace(_SLIP, ahead=ahead, low_min=low_min, high_min=high_min)
    _draw(slip, fonts, translate=translate)

    assert [said for said in translate.said if said in sentences] == sentences


def test_numbers_are_written_the_vietnamese_way(fonts: SlipFonts) -> None:
    slip = replace(_SLIP, ahead=1234)
    by_hand = {"%(n)s people ahead of you": "Còn 1.234 người trước ông/bà"}

    as_drawn = _draw(slip, fonts)

    assert as_drawn.tobytes() == _draw(slip, fonts, translate=_Translator(by_hand)).tobytes()


def test_the_slip_says_that_it_is_no_receipt(fonts: SlipFonts) -> None:
    translate = _Translator()

    _draw(_SLIP, fonts, translate=translate)

    sentence = "This slip is only a queue number, not a receipt for your papers."
    assert sentence in translate.said
    assert translate(sentence) == "Phiếu này chỉ là số thứ tự, không phải giấy tiếp nhận hồ sơ."


@pytest.mark.parametrize("slip", [_SLIP, _REFERRAL])
def test_another_copy_says_that_it_is_one(fonts: SlipFonts, slip: Slip | ReferralSlip) -> None:
    first, translate = _Translator(), _Translator()
    _draw(slip, fonts, translate=first)
    _draw(replace(slip, again=True), fonts, translate=translate)

    assert "Printed again" not in first.said
    assert "Printed again" in translate.said
    assert Words().say("vi", "Printed again") == "Phiếu in lại"


def test_who_comes_after_the_cutoff_is_warned_in_a_frame(fonts: SlipFonts) -> None:
    warning = after_cutoff("15:00", _Translator())
    assert warning.vi == "Hồ sơ nộp sau 15:00 được trả kết quả vào ngày làm việc tiếp theo."

    plain, warned = _draw(_SLIP, fonts), _draw(replace(_SLIP, warnings=(warning,)), fonts)

    assert warned.height > plain.height


def test_who_chose_english_finds_it_under_every_sentence(fonts: SlipFonts) -> None:
    vietnamese, english = _draw(_SLIP, fonts), _draw(replace(_SLIP, language="en"), fonts)

    assert english.height > vietnamese.height + 150


def test_a_long_list_of_papers_is_cut_and_says_so(fonts: SlipFonts) -> None:
    translate = _Translator()
    twelve, fifty = (("Căn cước",) * count for count in (12, 50))

    short = _draw(replace(_SLIP, papers=twelve), fonts)
    cut = _draw(replace(_SLIP, papers=fifty), fonts, translate=translate)

    assert cut.height < short.height + 100
    assert "and %(n)s more: please ask the staff" in translate.said


@_BOTH_PAPERS
def test_a_referral_leads_to_the_office_and_its_online_service(
    fonts: SlipFonts, paper_mm: int
) -> None:
    translate = _Translator()

    image = _draw(_REFERRAL, fonts, paper_mm, translate)

    assert _codes(image) == [_REFERRAL.online_url]
    assert {"Please go to", "Address", "Opening hours", "Papers to bring"} <= set(translate.said)


def test_a_referral_of_which_little_is_known_still_prints(fonts: SlipFonts) -> None:
    bare = ReferralSlip(
        centre=_SLIP.centre,
        procedure=_REFERRAL.procedure,
        given_on=_REFERRAL.given_on,
        place="",
        online_url="https://[not-an-address/",
    )

    assert _draw(bare, fonts).height < _draw(_REFERRAL, fonts).height


@_BOTH_PAPERS
def test_a_link_too_long_for_a_code_is_printed_in_letters(fonts: SlipFonts, paper_mm: int) -> None:
    endless = "https://example.vn/" + "thu-tuc/" * 400

    image = _draw(replace(_REFERRAL, online_url=endless), fonts, paper_mm)

    assert _codes(image) == []


def test_only_papers_we_know_are_drawn_on(fonts: SlipFonts) -> None:
    with pytest.raises(ValueError, match="58, 80"):
        _draw(_SLIP, fonts, 76)


def test_every_sentence_of_a_slip_has_its_vietnamese(fonts: SlipFonts) -> None:
    words, translate = Words(Path()), _Translator()
    for ahead, low_min, papers in ((0, 0, ("x",) * 20), (1, 5, ()), (4, 1, ())):
        slip = replace(_SLIP, ahead=ahead, low_min=low_min, high_min=5, papers=papers)
        _draw(slip, fonts, translate=translate)
    _draw(_REFERRAL, fonts, translate=translate)

    assert [said for said in translate.said if not words.knows("vi", said)] == []
