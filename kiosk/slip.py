"""The slip (*phiếu*): what a visitor carries away, a queue number or the way to another office.

View models are plain values; drawing needs the fonts and a translation, nothing of the web side.
Vietnamese stands first and English small under it; a visitor who chose English finds English under
every sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from motcua.formats import clock, day, number
from motcua.kiosk.slip_page import Page, Style, Words
from motcua.words import ENGLISH, VIETNAMESE

if TYPE_CHECKING:
    from PIL import Image

    from motcua.kiosk.slip_type import SlipFonts

Translate = Callable[[str], str]
"""English message to Vietnamese; placeholders like `%(n)s` are filled in afterwards."""

_Values = Mapping[str, str | int]
_PAIR_GAP = 6
"""Dots under an English line, so that it is read with the Vietnamese above it."""
_MAX_PAPERS = 12
"""A longer list is cut with a sentence that says so: a slip is no catalogue."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in Vietnamese and, where we have them, in English."""

    vi: str
    en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A queue number on paper."""

    centre: Bilingual
    number: str
    """As called, e.g. `A015`."""
    service: Bilingual
    issued_at: datetime
    """Local time."""
    procedure: Bilingual | None = None
    ahead: int | None = None
    """People before the visitor; None is unknown and left out."""
    low_min: int | None = None
    """The wait's range in minutes; left out unless both ends are known."""
    high_min: int | None = None
    papers: tuple[str, ...] = ()
    """Papers to bring, in the ward's own words."""
    follow_url: str | None = None
    """The ticket's link for a phone; the QR code holds this and nothing else."""
    warnings: tuple[Bilingual, ...] = ()
    """Sentences the visitor must know before waiting, see `after_cutoff`."""
    language: Literal["vi", "en"] = "vi"
    again: bool = False
    """Whether another copy may be on paper already: this one says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralSlip:
    """The way to the office that does a procedure which is not done here. Empty is unknown."""

    centre: Bilingual
    procedure: Bilingual
    given_on: date
    place: str
    address: str = ""
    hours: str = ""
    papers: tuple[str, ...] = ()
    online_url: str = ""
    language: Literal["vi", "en"] = "vi"
    again: bool = False


def after_cutoff(cutoff: str, translate: Translate) -> Bilingual:
    """Return the warning that papers taken after `cutoff` (`HH:MM`) have their result next day."""
    message = "Papers handed in after %(time)s: the result comes on the next working day."
    return Bilingual(translate(message) % {"time": cutoff}, message % {"time": cutoff})


def draw_slip(
    slip: Slip | ReferralSlip, *, paper_mm: int, fonts: SlipFonts, translate: Translate
) -> Image.Image:
    """Draw a slip for a thermal printer of 203 dpi.

    Args:
        slip: what it says.
        paper_mm: 80 (576 dots wide) or 58 (384 dots wide).
        fonts: kept from slip to slip, so that letters are loaded once.
        translate: English message to Vietnamese.

    Returns:
        An image of 1 bit a pixel, black on white.

    Raises:
        ValueError: another paper width.
    """
    page = Page(paper_mm, fonts)
    both = _Speaker(page, translate, english=slip.language == ENGLISH)
    page.text(slip.centre.vi, Style.CENTRE)
    if both.english and slip.centre.en:
        page.text(slip.centre.en, Style.SMALL)
    page.rule()
    if slip.again:
        both.say("Printed again", Style.STRONG, always=True)
        page.gap(10)
    if isinstance(slip, Slip):
        _ticket(page, both, slip)
    else:
        _referral(page, both, slip)
    return page.image()


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Says a message in Vietnamese, and in English under it where that is wanted."""

    page: Page
    translate: Translate
    english: bool

    def say(
        self,
        message: str,
        style: Style,
        values: _Values = MappingProxyType({}),
        *,
        always: bool = False,
    ) -> None:
        """Set an English message; `always` sets the English line for every visitor."""
        self.page.text(self.translate(message) % _written(values, VIETNAMESE), style)
        if self.english or always:
            self.page.text(message % _written(values, ENGLISH), Style.SMALL)
            self.page.gap(_PAIR_GAP)

    def name(self, words: Bilingual, style: Style) -> None:
        """Set a name from the centre's own data."""
        self.page.text(words.vi, style)
        if self.english and words.en:
            self.page.text(words.en, Style.SMALL)
            self.page.gap(_PAIR_GAP)

    def heading(self, message: str) -> None:
        """Set a heading over a list, on the left."""
        self.page.text(self.translate(message), Style.STRONG, "left")
        if self.english:
            self.page.text(message, Style.SMALL, "left")

    def code_words(self, message: str) -> Words:
        """Return the words that stand with a QR code."""
        return ((self.translate(message), Style.BODY), (message, Style.SMALL))


def _ticket(page: Page, both: _Speaker, slip: Slip) -> None:
    both.say("Queue number", Style.LABEL, always=True)
    page.gap(20)
    page.headline(slip.number)
    page.gap(22)
    both.name(slip.service, Style.STRONG)
    if slip.procedure:
        both.name(slip.procedure, Style.BODY)
    _wait(page, both, slip)
    for warning in slip.warnings:
        with page.frame():
            both.name(warning, Style.BODY)
    _papers(page, both, slip.papers)
    if slip.follow_url:
        page.rule()
        page.code(slip.follow_url, both.code_words("Scan to follow your number on a phone"))
    page.rule()
    sentence = "This slip is only a queue number, not a receipt for your papers."
    both.say(sentence, Style.BODY, always=True)
    page.gap(10)
    moment = {"time": clock(slip.issued_at), "day": day(slip.issued_at)}
    both.say("Taken at %(time)s on %(day)s", Style.SMALL, moment)


def _wait(page: Page, both: _Speaker, slip: Slip) -> None:
    sentences = [_ahead(slip.ahead), _range(slip.low_min, slip.high_min)]
    known = [sentence for sentence in sentences if sentence]
    if known:
        page.rule()
    for message, values in known:
        both.say(message, Style.STRONG, values)


def _ahead(people: int | None) -> tuple[str, _Values] | None:
    if people is None:
        return None
    if people == 0:
        return "You are next", {}
    if people == 1:
        return "1 person ahead of you", {}
    return "%(n)s people ahead of you", {"n": people}


def _range(low_min: int | None, high_min: int | None) -> tuple[str, _Values] | None:
    if low_min is None or high_min is None:
        return None
    if low_min == 0:
        return "Estimated wait less than %(high)s minutes", {"high": max(high_min, 1)}
    if low_min == high_min:
        return "Estimated wait about %(high)s minutes", {"high": high_min}
    return "Estimated wait about %(low)s–%(high)s minutes", {"low": low_min, "high": high_min}


def _papers(page: Page, both: _Speaker, papers: tuple[str, ...]) -> None:
    if not papers:
        return
    page.rule()
    both.heading("Papers to bring")
    for paper in papers[:_MAX_PAPERS]:
        page.item(paper, Style.BODY)
    if len(papers) > _MAX_PAPERS:
        message = both.translate("and %(n)s more: please ask the staff")
        rest: _Values = {"n": len(papers) - _MAX_PAPERS}
        page.item(message % _written(rest, VIETNAMESE), Style.BODY)


def _referral(page: Page, both: _Speaker, slip: ReferralSlip) -> None:
    both.say("This is not done here", Style.LABEL, always=True)
    page.gap(6)
    both.name(slip.procedure, Style.TITLE)
    page.rule()
    if slip.place:
        both.say("Please go to", Style.LABEL, always=True)
        page.text(slip.place, Style.TITLE)
    for message, words in (("Address", slip.address), ("Opening hours", slip.hours)):
        if words:
            page.gap(10)
            both.heading(message)
            page.text(words, Style.BODY, "left")
    _papers(page, both, slip.papers)
    if slip.online_url:
        page.rule()
        beside = both.code_words("Or apply online: scan this code")
        page.code(slip.online_url, (*beside, (_site(slip.online_url), Style.BODY)))
    page.rule()
    both.say("You need no number here for this.", Style.BODY, always=True)
    page.gap(10)
    both.say("Guidance given on %(day)s", Style.SMALL, {"day": day(slip.given_on)})


def _site(url: str) -> str:
    """Return the part of a link that a person can type; empty where it makes no sense."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _written(values: _Values, language: str) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else number(value, language)
        for name, value in values.items()
    }
