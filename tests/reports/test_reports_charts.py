"""Pictures: what they say to somebody who cannot see them, and what they do not show."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from motcua.reports.charts import Band, waits_chart
from motcua.reports.measures import Cell, measure
from motcua.reports.wording import Wording
from motcua.words import Words
from tests.queue.queue_story import RULES
from tests.reports.report_days import HUE, TARGET_S, table, waited

_ENGLISH = Wording(Words(), "en", RULES)
_SVG = "{http://www.w3.org/2000/svg}"


def cell(*minutes: float) -> Cell:
    """Return the cell of people who waited so long."""
    return measure([table(waited(*minutes))], TARGET_S, HUE, lambda _: "").by["hour"][0]


def drawn(*bands: Band, target_s: float = TARGET_S) -> ET.Element:
    """Return the picture, read as the XML it must be."""
    picture = waits_chart("by-hour", "Waits <by> hour", bands, target_s, _ENGLISH)
    picture = picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return ET.fromstring(picture)  # noqa: S314 - our own


def words(picture: ET.Element) -> list[str]:
    """Return what is written in a picture."""
    return [text.text or "" for text in picture.iter(f"{_SVG}text")]


def marks(picture: ET.Element, kind: str) -> list[ET.Element]:
    """Return the marks of a class."""
    return [mark for mark in picture.iter() if mark.get("class") == kind]


def test_a_picture_has_a_title_and_says_its_numbers() -> None:
    picture = drawn(Band("8–9", cell(4, 4, 4, 4, 14), 5))
    title, text = picture.find(f"{_SVG}title"), picture.find(f"{_SVG}desc")
    assert title is not None
    assert text is not None
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == f"{title.get('id')} {text.get('id')}"
    assert title.text == "Waits <by> hour"
    assert text.text == "8–9: half waited at most 4.0 minutes, nine in ten at most 10."


def test_the_bar_ends_at_the_median_and_the_target_is_a_line() -> None:
    picture = drawn(Band("8–9", cell(*[7.5] * 5), 5))
    legend, bar = marks(picture, "median")
    [target, _] = marks(picture, "target")
    ground = float(bar.get("y", 0)) + float(bar.get("height", 0))
    # The target of 15 minutes stands twice as high as the bar of 7,5.
    assert ground - float(target.get("y1", 0)) == pytest.approx(
        2 * float(bar.get("height", 0)), abs=0.3
    )
    assert legend is not bar


def test_a_hidden_hour_shows_neither_its_wait_nor_its_people() -> None:
    picture = drawn(Band("8–9", cell(1, 2, 3, 4), None))
    assert words(picture).count("<5") == 2
    assert len(marks(picture, "median")) == 1  # the legend's
    assert marks(picture, "people") == []


@pytest.mark.parametrize("count", [0, 1, 9, 31, 62])
def test_marks_stay_inside_the_picture_however_many(count: int) -> None:
    told = cell(5, 10, 20, 40, 700)
    picture = drawn(*(Band(f"{n:02}/11", told, n * 7) for n in range(count)))
    width, height = map(float, str(picture.get("viewBox")).split()[2:])
    for mark in picture.iter():
        for name, limit in (("x", width), ("x1", width), ("x2", width), ("y", height)):
            assert -1 <= float(mark.get(name, 0)) <= limit
        assert float(mark.get("width", 0)) >= 0


def test_crowded_days_are_not_all_named() -> None:
    told = cell(*[5] * 5)
    names = words(drawn(*(Band(f"{n:02}/11", told, 5) for n in range(62))))
    named = [name for name in names if re.fullmatch(r"\d\d/11", name)]
    assert 5 < len(named) < 32


@pytest.mark.parametrize("target_s", [60.0, 900.0, 28800.0])
def test_axes_have_a_handful_of_round_steps(target_s: float) -> None:
    picture = drawn(Band("8–9", cell(*[7.5] * 5), 5), target_s=target_s)
    ticks = [name for name in words(picture) if name.replace(",", "").isdigit()]
    assert 2 <= len(ticks) <= 12
