"""The distribution as a picture: its lines stand where the numbers are, and a few are not told."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from motcua.reports.histogram import histogram
from motcua.reports.histogram_chart import distribution_chart
from motcua.reports.spread import spread
from motcua.reports.wording import Wording
from motcua.words import Words
from tests.queue.queue_story import RULES

_ENGLISH = Wording(Words(), "en", RULES)
_SVG = "{http://www.w3.org/2000/svg}"
_LEFT, _RIGHT = 64.0, 988.0


def drawn(*minutes: float, target: float = 15) -> ET.Element:
    """Return the picture of these waits."""
    waits = sorted(60 * one for one in minutes)
    picture = distribution_chart(
        "Waits <all>", histogram(waits), spread(waits), 60 * target, _ENGLISH
    )
    picture = picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return ET.fromstring(picture)  # noqa: S314 - our own


def marks(picture: ET.Element, kind: str) -> list[ET.Element]:
    """Return the marks of a class."""
    return [mark for mark in picture.iter() if mark.get("class") == kind]


def words(picture: ET.Element) -> list[str]:
    """Return what is written in a picture."""
    return [text.text or "" for text in picture.iter(f"{_SVG}text")]


def x_of(picture: ET.Element, kind: str) -> float:
    """Return where an upright line stands."""
    [line] = marks(picture, kind)
    assert line.get("x1") == line.get("x2")
    return float(line.get("x1", 0))


def test_the_lines_stand_at_median_target_and_nine_in_ten() -> None:
    picture = drawn(*[5] * 5, *[10] * 5, *[20] * 10)
    # Steps of 1 minute up to 20: the axis is 20 minutes long.
    wide = _RIGHT - _LEFT
    assert x_of(picture, "median-line") == pytest.approx(_LEFT + wide * 15 / 20, abs=0.1)
    assert x_of(picture, "target") == pytest.approx(_LEFT + wide * 15 / 20, abs=0.1)
    assert x_of(picture, "p90-line") == pytest.approx(_RIGHT, abs=0.1)
    assert {"half waited at most 15 min", "target 15 min", "nine in ten at most 20 min"} <= set(
        words(picture)
    )


def test_bars_are_as_high_as_people_are_many() -> None:
    picture = drawn(*[0.5] * 10, *[1.5] * 20)
    low, high = (float(bar.get("height", 0)) for bar in marks(picture, "people"))
    assert high == pytest.approx(2 * low, abs=0.2)
    assert {"10", "20"} <= set(words(picture))


def test_a_step_of_few_has_one_height_and_no_number() -> None:
    heights = {
        marks(drawn(*[0.5] * 10, *[1.5] * few), "too-few")[0].get("height") for few in (1, 4)
    }
    assert len(heights) == 1
    picture = drawn(*[0.5] * 10, *[1.5] * 3)
    assert words(picture).count("<5") == 1
    told = picture.find(f"{_SVG}desc")
    assert told is not None
    assert told.text == "0 to 1 minutes: 10. 1 to 2 minutes: under 5."


def test_a_target_beyond_all_waits_is_named_at_the_edge() -> None:
    near, far = drawn(*[10] * 9, target=15), drawn(*[2] * 9, target=60)
    assert len(marks(near, "target")) == 1
    assert marks(far, "target") == []
    assert "target 60 min →" in words(far)


@pytest.mark.parametrize("minutes", [[0.0] * 9, [0.1] * 5, [7] * 99, [*[1] * 990, *[900] * 10]])
def test_marks_stay_inside_the_picture(minutes: list[float]) -> None:
    picture = drawn(*minutes)
    width, height = map(float, str(picture.get("viewBox")).split()[2:])
    for mark in picture.iter():
        for name, limit in (("x", width), ("x1", width), ("x2", width), ("y", height)):
            assert -1 <= float(mark.get(name, 0)) <= limit
        assert float(mark.get("width", 0)) >= 0
        assert "nan" not in str(mark.attrib)
