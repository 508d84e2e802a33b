"""Long reports come in two pieces: that they are on their way, at once, and then they."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from flask.testing import FlaskClient

from motcua.access import Role

Browse = Callable[[Role], FlaskClient]
_LONG = "/reports?from=2017-01-01&to=2026-11-23"


def test_a_long_report_says_at_once_that_it_is_being_reckoned(browse: Browse) -> None:
    page = browse(Role.MANAGER).get(_LONG).text
    assert "Đang tính báo cáo" in page
    assert "<table" not in page
    [address] = re.findall(r'<main id="report"[^>]* hx-get="([^"]+)" hx-trigger="load"', page)
    part = browse(Role.MANAGER).get(unescape(address), headers={"HX-Request": "true"}).text
    assert part.startswith('<main id="report"')
    assert "Cách tính" in part
    assert "sse:message" not in part  # it does not grow while one looks


def test_who_has_no_script_gets_it_in_one_piece(browse: Browse) -> None:
    page = browse(Role.MANAGER).get(_LONG).text
    [address] = re.findall(r'<p><a href="([^"]+)"', page)
    whole = browse(Role.MANAGER).get(unescape(address)).text
    assert "Cách tính" in whole
    assert "Đang tính báo cáo" not in whole


def test_a_year_comes_in_one_piece(browse: Browse) -> None:
    page = browse(Role.MANAGER).get("/reports?from=2026-01-01&to=2026-12-31").text
    assert "Đang tính báo cáo" not in page
