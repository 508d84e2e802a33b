"""Every form of every screen, filled by somebody who means no good or cannot type.

The forms are found by reading the pages as each role; every address that takes a POST is met too,
with any field that stands in any form. Nothing is a defect, a refusal says so in a sentence, and
what is refused leaves the journal and the people as they were.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from werkzeug.test import TestResponse

from motcua.access import Role
from motcua.app import Box
from motcua.clock import SetClock
from motcua.sheets import Sheets
from tests.fuzz.addresses import filled, key_of, keys, real, standing
from tests.fuzz.contract_roles import SCREENS
from tests.fuzz.crawler import Crawler
from tests.fuzz.home_files import people
from tests.fuzz.odd_presses import Press, presses
from tests.fuzz.odd_values import STEADY
from tests.fuzz.pages import Form, merged

Browse = Callable[..., FlaskClient]
SENTENCE = re.compile(r">\s*[^<>]{10,}[.?!:]\s*<")
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
RARELY_SHOWN = {"POST /admin/clock", "POST /admin/backup"}
"""Buttons that stand there only while the clock is in doubt, or where a second medium is set up."""
ENDS_SESSIONS = ("/signin/out", "/admin/staff", "/admin/devices", "/admin/day")


@pytest.fixture
def printing(box: Box, browse: Browse) -> Iterator[str]:
    """A centre whose printer prints, with a catalogue's plan that waits for a yes: its address."""
    box.paper.start(box.home.slips)
    Sheets(box.home.stopwatch).keep("may", b"day,came_at,called_at\n2026-05-04,8:05,8:20\n")
    table = b"code,name_vi,service\n1.001193,Khai sinh,A\n"
    file = {"file": (io.BytesIO(table), "procedures.csv")}
    planned = browse(Role.ADMIN).post("/admin/catalogue", data=file)
    assert planned.status_code == 303
    browse(Role.KIOSK).post("/kiosk/procedure/2.000200/slip")
    box.access.add_token(Role.BOARD)
    for _ in range(6):  # so that somebody has to wait, which an administrator may lift
        browse().post("/signin", data={"name": f"An ({Role.ADMIN})", "pin": "000000"})
    yield planned.location
    box.paper.stop()


def forms_of(app: Flask, box: Box, client: FlaskClient, plan: str) -> dict[str, list[Form]]:
    """Return the forms somebody finds on the pages they may read, by what they are sent to."""
    crawler = Crawler(client, app.url_map.bind("localhost"))
    pages = [key for key in keys(app) if key.startswith("GET ") and key != "GET /live"]
    places = [{**real(box), **values} for values in standing(box)]
    crawler.crawl(iter([plan, *(filled(key, place)[1] for place in places for key in pages)]))
    found: dict[str, list[Form]] = {}
    for form in merged(form for form in crawler.forms if form.method == "POST"):
        key = key_of(app, "POST", urlsplit(form.action).path)
        found.setdefault(key, []).append(form)
    return found


@pytest.mark.slow
def test_every_address_that_takes_a_press_is_met_in_a_form(
    app: Flask, box: Box, browse: Browse, printing: str
) -> None:
    stranger, admin = browse(), browse(Role.ADMIN)
    met = forms_of(app, box, stranger, printing) | forms_of(app, box, admin, printing)
    pressed = {key for key in SCREENS if key.startswith("POST ")}
    assert pressed - RARELY_SHOWN == set(met)


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.VISITOR, Role.KIOSK, Role.STAFF, Role.MANAGER, Role.ADMIN])
def test_no_form_however_filled_is_a_defect(
    app: Flask, box: Box, clock: SetClock, browse: Browse, printing: str, role: Role
) -> None:
    found = forms_of(app, box, browse(role), printing)
    anything = {
        name: values for forms in found.values() for name, values in forms[0].fields.items()
    }
    found |= {key: [Form(filled(key)[1], "POST", fields=anything)] for key in RARELY_SHOWN}
    forms = [found[key] for key in found if min(SCREENS[key], key=list(Role).index) is role]
    statuses: Counter[int] = Counter()
    clients: list[FlaskClient] = []

    @STEADY
    @given(presses(forms))
    def press(sent: Press) -> None:
        clock.advance(5)
        if not clients:
            clients.append(browse(role))
        before = box.office.seq, people(box)
        response = clients[0].post(
            sent.path, data=sent.body, content_type=sent.content_type, headers=sent.headers
        )
        if sent.path.startswith(ENDS_SESSIONS):
            clients.clear()
        statuses[response.status_code] += 1
        assert response.status_code < 500, sent
        if response.status_code >= 400:
            assert told(response), sent
            assert (box.office.seq, people(box)) == before, sent

    press()
    assert sum(count for status, count in statuses.items() if status < 400) >= 5, statuses


def told(response: TestResponse) -> bool:
    """Return whether a refusal says in a sentence what it is about."""
    if response.mimetype == "application/json":
        return SENTENCE.search(f">{response.get_json()['error']['message']}<") is not None
    led_to_sign_in = response.headers.get("HX-Redirect", "").startswith("/signin")
    return led_to_sign_in or SENTENCE.search(TITLE.sub("", response.text)) is not None
