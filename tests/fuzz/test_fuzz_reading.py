"""Reading changes nothing: a crawler on every GET as every role, and what it finds linked there.

The last number of the journal and every byte of the home are the same afterwards, whatever the
parameters, on a morning at work, on the night after, and on the next working day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from motcua.access import Role
from motcua.app import Box
from motcua.clock import SetClock
from tests.fuzz.addresses import NOBODYS, filled, keys, real
from tests.fuzz.contract_roles import MAY
from tests.fuzz.crawler import Crawler
from tests.fuzz.home_files import kept
from tests.fuzz.odd_values import STEADY, as_bytes, odd_text, written

Browse = Callable[..., FlaskClient]
Headers = Callable[[Role], dict[str, str]]
QUERIES = (
    "seen=1", "q=khai%20sinh", "q=", "limit=5", "lang=en", "lang=xx", "screen=sanh", "text=larger",
    "of=kiosk", "given=x", "next=/admin", "next=//evil.example", "plan=x", "slip=x", "page=2",
    "from=2026-11-20&to=2026-11-23", "from=2026-11-23&to=2026-11-20", "from=x", "counters=yes",
    "from=2026-11-23&compare_from=2026-11-20&compare_to=2026-11-20", "key=delete", "procedure=x",
    "service=A&purpose=collect", "service=Z&purpose=fun", "procedure=1.001193", "look=x", "p=-1",
    "table=service", "table=x",
)  # fmt: skip
NAMES = sorted({part.partition("=")[0] for query in QUERIES for part in query.split("&")})


def starts(app: Flask, box: Box, role: Role) -> Iterator[str]:
    """Yield every GET address with values that are there, that are not, and with queries."""
    for key in keys(app):
        if key.startswith("GET ") and key != "GET /live":
            there, nowhere = filled(key, real(box))[1], filled(key, NOBODYS)[1]
            yield from (there, nowhere)
            yield from (f"{there}?{query}" for query in QUERIES if role in MAY[key])


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_a_crawler_on_every_address_changes_nothing(
    app: Flask, box: Box, browse: Browse, role: Role
) -> None:
    crawler = Crawler(browse(role), app.url_map.bind("localhost"))
    before = box.office.seq, kept(box)
    crawler.crawl(starts(app, box, role))
    assert crawler.read > 80
    assert (box.office.seq, kept(box)) == before


@pytest.mark.parametrize("hours", [15, 24], ids=["that night", "the next morning"])
def test_a_page_looked_at_when_the_day_is_over_ends_no_day(
    app: Flask, box: Box, clock: SetClock, browse: Browse, bearer: Headers, hours: int
) -> None:
    program = browse()  # sessions end with the day, tokens do not
    program.environ_base["HTTP_AUTHORIZATION"] = bearer(Role.ADMIN)["Authorization"]
    crawler = Crawler(program, app.url_map.bind("localhost"))
    addresses = [filled(key, real(box))[1] for key in keys(app) if key.startswith("GET ")]
    before = box.office.seq, kept(box)
    clock.advance(hours * 3600)
    for address in addresses:
        if address != "/live":
            crawler.get(address)
    assert (box.office.seq, kept(box)) == before


def test_a_stream_that_is_opened_and_left_changes_nothing(box: Box, browse: Browse) -> None:
    board = browse(Role.BOARD)
    before = box.office.seq, kept(box)
    response = board.get("/live")
    assert next(iter(response.response)) == f"data: {box.office.seq}\n\n".encode()
    response.close()
    assert (box.office.seq, kept(box)) == before


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.VISITOR, Role.KIOSK, Role.ADMIN])
def test_no_question_however_odd_is_a_defect_or_changes_anything(
    app: Flask, box: Box, browse: Browse, role: Role
) -> None:
    client = browse(role)
    asked = [key for key in keys(app) if key.startswith("GET ") and key != "GET /live"]
    there = real(box)
    before = box.office.seq, kept(box)

    @STEADY
    @given(
        st.sampled_from(asked),
        st.dictionaries(st.sampled_from(sorted(there)), odd_text(), max_size=1),
        st.lists(st.tuples(st.sampled_from(NAMES) | odd_text(), odd_text()), max_size=4),
    )
    def ask(key: str, places: dict[str, str], query: list[tuple[str, str]]) -> None:
        path = filled(key, {**there, **places})[1]
        as_sent = {"PATH_INFO": as_bytes(path).decode("latin-1")}
        response = client.get("/", query_string=written(query), environ_overrides=as_sent)
        assert response.status_code < 500, (path, query)
        response.close()

    ask()
    assert (box.office.seq, kept(box)) == before
