"""One visitor after the other: language, size of text and voice are each visitor's own."""

from __future__ import annotations

import re
from html import unescape

from tests.kiosk.touch import Touch

_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_OFFICIAL = re.compile(r'<(\w+)[^>]* lang="vi"[^>]*>.*?</\1>', re.DOTALL)


def test_english_is_one_press_and_leaves_official_names_alone(kiosk: Touch) -> None:
    kiosk.press("English")
    pages = ["/kiosk", "/kiosk/field/ho-tich", "/kiosk/procedure/1.001193", "/kiosk/collect",
             "/kiosk/procedure/1.000894", "/kiosk/procedure/2.000200", "/kiosk/help",
             "/kiosk/service/A/collect", "/kiosk/priority?procedure=1.001193"]  # fmt: skip

    for address in pages:
        kiosk.open(address)
        english = _OFFICIAL.sub("", kiosk.html)
        assert 'lang="en"' in kiosk.html
        assert not _VIETNAMESE.findall(english), address


def test_the_ticket_remembers_english(kiosk: Touch) -> None:
    kiosk.press("English").press("Birth, marriage, death").press("Birth registration")

    kiosk.press("Take a number")

    assert "Your number is A001" in kiosk.text
    assert "You are next" in kiosk.text


def test_larger_text_stays_until_the_visitor_leaves(kiosk: Touch) -> None:
    kiosk.press("Chữ to hơn").press("Sao y, chứng thực")
    assert 'class="kiosk larger"' in kiosk.html
    assert "text=larger" in kiosk.html
    assert kiosk.offers("Chữ thường")

    kiosk.client.post("/kiosk/leave")

    assert 'class="kiosk larger"' not in kiosk.open("/kiosk").html


def test_the_next_visitor_finds_vietnamese(kiosk: Touch) -> None:
    kiosk.press("English").press("Birth, marriage, death")

    answer = kiosk.client.post("/kiosk/leave", follow_redirects=True)

    assert answer.request.path == "/kiosk"
    assert "Ông/bà cần làm việc gì?" in answer.text


def test_a_page_keeps_its_place_when_the_language_changes(kiosk: Touch) -> None:
    kiosk.open("/kiosk/field/ho-tich?page=2").press("English")

    assert "Page 2 of 4" in kiosk.text


def test_larger_text_means_fewer_things_a_page(kiosk: Touch) -> None:
    kiosk.open("/kiosk/field/ho-tich").press("Chữ to hơn")

    assert "Trang 1/6" in kiosk.text


def test_a_page_number_that_is_not_there_gives_the_nearest(kiosk: Touch) -> None:
    assert "Trang 4/4" in kiosk.open("/kiosk/field/ho-tich?page=99").text
    assert "Trang 1/4" in kiosk.open("/kiosk/field/ho-tich?page=-3").text
    assert "Trang 1/4" in kiosk.open("/kiosk/field/ho-tich?page=x").text


def test_addresses_of_the_tools_carry_nothing_a_stranger_wrote(kiosk: Touch) -> None:
    kiosk.open("/kiosk?_scheme=javascript&_external=1&next=//evil.test&q=a%22b")

    assert "javascript:" not in kiosk.html
    assert "evil.test" not in kiosk.html


def test_a_page_can_be_heard(beside_paper: Touch) -> None:
    beside_paper.open("/kiosk/procedure/1.001193")
    address = unescape(re.findall(r'data-sound="([^"]+)"', beside_paper.html)[0])

    sound = beside_paper.client.get(address)

    assert sound.mimetype == "audio/wav"
    said = sound.data.decode()
    assert said.startswith("RIFF vi Làm khai sinh. Việc này làm tại đây. Tờ khai")


def test_a_number_is_read_digit_by_digit(beside_paper: Touch) -> None:
    beside_paper.open("/kiosk/procedure/1.001193").press("Lấy số")
    address = unescape(re.findall(r'data-sound="([^"]+)"', beside_paper.html)[0])

    assert "Số của ông/bà. A 0 0 1." in beside_paper.client.get(address).data.decode()


def test_only_what_the_kiosk_wrote_is_read_aloud(beside_paper: Touch) -> None:
    assert beside_paper.client.get("/kiosk/voice?of=anything").status_code == 404
    assert beside_paper.client.get("/kiosk/voice").status_code == 404


def test_a_voice_that_fails_is_not_found(beside_paper: Touch) -> None:
    beside_paper.open("/kiosk/procedure/2.000200")
    address = unescape(re.findall(r'data-sound="([^"]+)"', beside_paper.html)[0])

    assert beside_paper.client.get(address).status_code == 404


def test_sizes_are_millimetres_of_this_very_screen(kiosk: Touch) -> None:
    sheet = kiosk.client.get("/kiosk/size.css?screen=sanh")
    assert sheet.mimetype == "text/css"
    assert "--mm: calc(100vw / 476)" in sheet.text
    assert "calc(1 * max(24px, 6 * var(--mm)))" in sheet.text

    larger = kiosk.client.get("/kiosk/size.css?screen=khong-co&text=larger").text

    assert "calc(1.25 * max(24px, 6 * var(--mm)))" in larger
    assert "--mm: calc(100vw / 476)" in larger


def test_nothing_of_the_visitor_is_kept_but_wishes(kiosk: Touch) -> None:
    kiosk.press("English").press("Larger text").open("/kiosk/procedure/2.000200?screen=sanh")
    kiosk.client.post("/kiosk/procedure/2.000200/referral", headers={"HX-Request": "true"})

    with kiosk.client.session_transaction() as session:
        kept = set(session)
    assert kept <= {
        "_permanent",
        "csrf_token",
        "device",
        "kept",
        "language",
        "kiosk_larger",
        "kiosk_screen",
        "kiosk_visit",
    }
