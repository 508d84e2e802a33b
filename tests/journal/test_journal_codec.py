"""A record as a JSON document: nothing is lost on the way, whatever stands in it."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.journal.codec import VERSION, to_document, to_record
from motcua.queue.events import EVENTS, Event, ReferralGiven
from motcua.queue.moment import Moment
from motcua.queue.record import Record
from tests.journal.journal_days import MONDAY, issue, record

_VALUES: dict[str, st.SearchStrategy[object]] = {
    "str": st.text(),
    "int": st.integers(-(2**31), 2**31),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "tuple[str, ...]": st.lists(st.text()).map(tuple),
}
_SECONDS = st.floats(0, 1e9)


def _events(name: str) -> st.SearchStrategy[Event]:
    kind = EVENTS[name]
    values = {}
    for field in fields(kind):
        plain = str(field.type).removesuffix(" | None")
        maybe = st.none() if plain != field.type else st.nothing()
        values[field.name] = _VALUES[plain] | maybe
    return st.builds(kind, **values)


_records = st.builds(
    Record,
    seq=st.integers(1, 2**53),
    day=st.just(MONDAY),
    at=st.builds(
        Moment,
        wall=st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        boot=st.text(),
        mono=_SECONDS,
    ),
    event=st.sampled_from(sorted(EVENTS)).flatmap(_events),
    command=st.text(),
    request=st.none() | st.text(),
    left=st.integers(0, 500),
)


@given(_records)
def test_a_record_comes_back_from_its_json_and_the_json_from_the_record(kept: Record) -> None:
    text = msgspec.json.encode(to_document(kept))
    again = to_record(msgspec.json.decode(text))
    assert again == kept
    assert msgspec.json.encode(to_document(again)) == text


def test_a_place_nobody_knows_is_kept_as_such() -> None:
    kept = record(1, ReferralGiven("1.9", ""))
    assert to_record(to_document(kept)) == kept


def test_fields_a_later_version_added_are_passed_over() -> None:
    document = to_document(issue(1))
    document["weather"] = "mưa"
    document["data"]["umbrella"] = True
    assert to_record(document) == issue(1)


@pytest.mark.parametrize("name", ["v", "seq", "day", "at", "boot", "mono", "event", "data"])
def test_a_document_needs_all_its_parts(name: str) -> None:
    document = to_document(issue(1))
    del document[name]
    with pytest.raises(ValueError, match=name):
        to_record(document)


def test_a_form_of_a_later_version_is_not_guessed_at() -> None:
    document = to_document(issue(1)) | {"v": VERSION + 1}
    with pytest.raises(ValueError, match="newer version"):
        to_record(document)
