"""What programs get is told in docs/measures.md, key by key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.queue.ticket import OUTCOMES
from motcua.reports.visits_csv import COLUMNS
from tests.reports.test_reports_forms import as_programs_get_it

_GUIDE = Path(__file__).resolve().parents[2] / "docs" / "measures.md"
_WORDS = frozenset(re.findall(r"[a-z][a-z0-9_]*", _GUIDE.read_text("utf-8")))


def keys(value: object) -> Iterator[str]:
    """Yield every key of a JSON document."""
    if isinstance(value, dict):
        yield from value
        for inside in value.values():
            yield from keys(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from keys(inside)


def test_every_key_of_the_report_is_told() -> None:
    told = set(keys(as_programs_get_it()))
    assert {"median_s", "by_weekday_hour", "share_change", "resolved_share"} <= told
    assert told <= _WORDS


@pytest.mark.parametrize("names", [COLUMNS, OUTCOMES])
def test_every_column_and_outcome_is_told(names: tuple[str, ...]) -> None:
    assert set(names) <= _WORDS
