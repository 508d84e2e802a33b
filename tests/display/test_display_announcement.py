"""What the hall hears, word for word."""

from __future__ import annotations

from typing import get_args

import pytest

from motcua.display.announcement import Language, announce, cardinal


def _words(number: int, language: Language = "vi") -> str:
    return " ".join(piece.words for piece in cardinal(number, language))


@pytest.mark.parametrize(
    ("number", "counter", "sentence"),
    [
        ("A015", 3, "Mời số A, không, một, năm, đến quầy số ba."),
        ("H121", 1, "Mời số hát, một, hai, một, đến quầy số một."),
        ("K005", 10, "Mời số ca, không, không, năm, đến quầy số mười."),
        ("L104", 15, "Mời số e-lờ, một, không, bốn, đến quầy số mười lăm."),
        ("M024", 21, "Mời số em-mờ, không, hai, bốn, đến quầy số hai mươi mốt."),
        ("N999", 44, "Mời số en-nờ, chín, chín, chín, đến quầy số bốn mươi bốn."),
        ("S1024", 55, "Mời số ét-sì, một, không, hai, bốn, đến quầy số năm mươi lăm."),
        ("Đ067", 8, "Mời số đê, không, sáu, bảy, đến quầy số tám."),
    ],
)
def test_a_call_reads_the_number_digit_by_digit_and_counts_the_counter(
    number: str, counter: int, sentence: str
) -> None:
    assert announce(number, counter).text == sentence


def test_a_recall_says_so() -> None:
    said = announce("A015", 3, is_recall=True)

    assert said.text == "Nhắc lại, mời số A, không, một, năm, đến quầy số ba."


def test_a_transfer_sends_on() -> None:
    said = announce("A015", 4, is_transfer=True)

    assert said.text == "Mời số A, không, một, năm, chuyển sang quầy số bốn."


def test_a_recall_after_a_transfer_says_both() -> None:
    said = announce("A015", 4, is_recall=True, is_transfer=True)

    assert said.text == "Nhắc lại, mời số A, không, một, năm, chuyển sang quầy số bốn."


@pytest.mark.parametrize(
    ("is_recall", "is_transfer", "sentence"),
    [
        (False, False, "Number A, zero, one, five, please go to counter twenty one."),
        (True, False, "Once more, number A, zero, one, five, please go to counter twenty one."),
        (False, True, "Number A, zero, one, five, please go on to counter twenty one."),
    ],
)
def test_english_says_the_same(*, is_recall: bool, is_transfer: bool, sentence: str) -> None:
    said = announce("A015", 21, is_recall=is_recall, is_transfer=is_transfer, language="en")

    assert said.text == sentence


def test_figures_of_a_ticket_are_never_joined_as_in_counting() -> None:
    for number in range(1000):
        said = announce(f"A{number:03d}", 1).text
        figures = said.removeprefix("Mời số A, ").removesuffix(", đến quầy số một.").split(", ")
        assert len(figures) == 3
        assert not {"mốt", "lăm", "tư", "mười", "mươi", "linh", "lẻ"} & set(figures)


_UNITS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@pytest.mark.parametrize("number", range(1, 100))
def test_a_quantity_is_counted_as_it_is_spoken(number: int) -> None:
    """After a ten 5 is lăm; from 21 on 1 is mốt; from 20 on ten itself loses its tone."""
    tens, units = divmod(number, 10)
    unit = _UNITS[units]
    if units == 1 and tens >= 2:
        unit = "mốt"
    if units == 5 and tens >= 1:
        unit = "lăm"
    ten = "" if tens == 0 else "mười" if tens == 1 else f"{_UNITS[tens]} mươi"

    assert _words(number) == f"{ten} {unit}".strip()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *[(1, "một"), (5, "năm"), (10, "mười"), (11, "mười một"), (14, "mười bốn")],
        *[(15, "mười lăm"), (20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi bốn")],
        *[(25, "hai mươi lăm"), (51, "năm mươi mốt"), (55, "năm mươi lăm"), (99, "chín mươi chín")],
    ],
)
def test_the_counters_everybody_trips_over(number: int, words: str) -> None:
    assert _words(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(7, "seven"), (10, "ten"), (13, "thirteen"), (20, "twenty"), (42, "forty two")],
)
def test_english_counts_too(number: int, words: str) -> None:
    assert _words(number, "en") == words


def test_every_letter_a_service_may_have_can_be_read() -> None:
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZĐ":
        for language in get_args(Language):
            assert announce(f"{letter}001", 1, language=language).text.endswith(".")


@pytest.mark.parametrize("counter", [-1, 0, 100])
def test_a_counter_nobody_can_have_is_refused(counter: int) -> None:
    with pytest.raises(ValueError, match="1 to 99"):
        announce("A001", counter)


@pytest.mark.parametrize("number", ["A-01", "a001", "A 01", "A٣"])
def test_a_number_nobody_prints_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="cannot be read aloud"):
        announce(number, 1)


def test_a_sentence_is_made_of_few_clips() -> None:
    """What a ward has to record: ten digits, its letters, the phrases and the words of tens."""
    clips = {
        piece.clip
        for letter in "AHK"
        for counter in range(1, 100)
        for is_recall in (False, True)
        for is_transfer in (False, True)
        for piece in announce(
            f"{letter}0123456789", counter, is_recall=is_recall, is_transfer=is_transfer
        ).pieces
    }

    assert clips == {
        *"0123456789", "10", "muoi", "mot", "lam", "a", "h", "k", "moi-so", "nhac-lai-moi-so",
        "den-quay-so", "chuyen-sang-quay-so",
    }  # fmt: skip
