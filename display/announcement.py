"""The sentences of the hall, as words and as the recorded clips they can be put together from.

Numbers of tickets are read digit by digit and never as a quantity: 15 is "một, năm". Counters are
counted, so their numbers change as spoken numbers do: 15 is "mười lăm", 21 "hai mươi mốt".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, Language] = ("vi", "en")

_DIGITS: dict[Language, tuple[str, ...]] = {
    "vi": ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
_LETTERS_VI = {
    "A": "A", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "F": "ép", "G": "giê",
    "H": "hát", "I": "i", "J": "di", "K": "ca", "L": "e-lờ", "M": "em-mờ", "N": "en-nờ", "O": "o",
    "P": "pê", "Q": "quy", "R": "e-rờ", "S": "ét-sì", "T": "tê", "U": "u", "V": "vê",
    "W": "vê kép", "X": "ích-xì", "Y": "i dài", "Z": "dét",
}  # fmt: skip
_TEENS_EN = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)  # fmt: skip
_TENS_EN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_CALL: dict[Language, tuple[str, str]] = {
    "vi": ("moi-so", "Mời số"),
    "en": ("number", "Number"),
}
_RECALL: dict[Language, tuple[str, str]] = {
    "vi": ("nhac-lai-moi-so", "Nhắc lại, mời số"),
    "en": ("once-more-number", "Once more, number"),
}
_TO: dict[Language, tuple[str, str]] = {
    "vi": ("den-quay-so", "đến quầy số"),
    "en": ("please-go-to-counter", "please go to counter"),
}
_ON_TO: dict[Language, tuple[str, str]] = {
    "vi": ("chuyen-sang-quay-so", "chuyển sang quầy số"),
    "en": ("please-go-on-to-counter", "please go on to counter"),
}
_TEN = 10
_COUNTERS = range(1, 100)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence that is recorded once and used in many."""

    clip: str
    """Name of its recording, without folder and ending."""
    words: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """A sentence for the hall."""

    language: Language
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The sentence as it is written and synthesised."""
        return " ".join(piece.words for piece in self.pieces)


def announce(
    number: str,
    counter: int,
    *,
    is_recall: bool = False,
    is_transfer: bool = False,
    language: Language = "vi",
) -> Announcement:
    """Return the sentence that calls a number to a counter.

    Args:
        number: as printed, e.g. `A015`.
        counter: 1 to 99.
        is_recall: the number was called before.
        is_transfer: the visitor comes from another service.
        language: of the sentence.

    Raises:
        ValueError: a counter outside 1 to 99, or a number of other signs than letters and digits.
    """
    call = (_RECALL if is_recall else _CALL)[language]
    to = (_ON_TO if is_transfer else _TO)[language]
    signs = (Piece(sign.clip, f"{sign.words},") for sign in _spelt(number, language))
    *tens, last = cardinal(counter, language)
    ending = Piece(last.clip, f"{last.words}.")
    return Announcement(language, (Piece(*call), *signs, Piece(*to), *tens, ending))


def cardinal(number: int, language: Language = "vi") -> tuple[Piece, ...]:
    """Return the words of a quantity.

    Raises:
        ValueError: it is not 1 to 99.
    """
    if number not in _COUNTERS:
        message = f"a counter's number is 1 to 99, not {number}"
        raise ValueError(message)
    return tuple(_cardinal_vi(number) if language == "vi" else _cardinal_en(number))


def _cardinal_vi(number: int) -> Iterator[Piece]:
    tens, units = divmod(number, _TEN)
    if tens == 1:
        yield Piece("10", "mười")
    elif tens:
        yield _digit(tens, "vi")
        yield Piece("muoi", "mươi")
    if tens > 1 and units == 1:
        yield Piece("mot", "mốt")
    elif tens and units == 5:  # noqa: PLR2004 - năm is lăm after a ten
        yield Piece("lam", "lăm")
    elif units:
        yield _digit(units, "vi")


def _cardinal_en(number: int) -> Iterator[Piece]:
    tens, units = divmod(number, _TEN)
    if tens == 1:
        yield Piece(str(number), _TEENS_EN[units])
        return
    if tens:
        yield Piece(str(tens * _TEN), _TENS_EN[tens - 2])
    if units:
        yield _digit(units, "en")


def _digit(value: int, language: Language) -> Piece:
    return Piece(str(value), _DIGITS[language][value])


def _spelt(number: str, language: Language) -> Iterator[Piece]:
    for sign in number:
        if sign in "0123456789":
            yield _digit(int(sign), language)
        elif sign in _LETTERS_VI:
            clip = "dd" if sign == "Đ" else sign.lower()
            yield Piece(clip, _LETTERS_VI[sign] if language == "vi" else _english(sign))
        else:
            message = f"{number} cannot be read aloud: {sign!r} is no letter or digit"
            raise ValueError(message)


def _english(letter: str) -> str:
    return "D" if letter == "Đ" else letter
