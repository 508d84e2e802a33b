"""Reads pages, and follows what they lead to."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

from tests.fuzz.pages import Form, Page

SAME_PLACE = 6
"""Linked addresses of one route that are looked at: a report leads to every other day."""


class Crawler:
    """Reads pages as one role and follows what they lead to."""

    def __init__(self, client: FlaskClient, adapter: MapAdapter) -> None:
        self._client = client
        self._adapter = adapter
        self._seen: set[str] = set()
        self._places: Counter[str] = Counter()
        self.read = 0
        self.forms: list[Form] = []

    def crawl(self, starts: Iterator[str]) -> None:
        """Read `starts` and what is linked from there."""
        todo = deque(starts)
        while todo:
            address = todo.popleft()
            if address not in self._seen:
                self._seen.add(address)
                todo.extend(self._linked(address, self.get(address)))

    def get(self, address: str) -> TestResponse:
        """Read one address as a browser, a bare one as htmx and only its head too."""
        response = self._client.get(address)
        answers = [response]
        if "?" not in address:
            answers.append(self._client.head(address))
            answers.append(self._client.get(address, headers={"HX-Request": "true"}))
        for same in answers:
            assert same.status_code < 500, address
            same.get_data()
            same.close()
        self.read += 1
        return response

    def _linked(self, address: str, response: TestResponse) -> Iterator[str]:
        page = Page(address, response.text if response.mimetype == "text/html" else "")
        self.forms += page.forms
        asked = [form.action for form in page.forms if form.method == "GET"]
        for link in [*page.links, *asked, response.location or ""]:
            there = urlsplit(urljoin(f"http://localhost{address}", link))
            if there.netloc == "localhost" and self._wanted(there.path):
                yield f"{there.path}?{there.query}" if there.query else there.path

    def _wanted(self, path: str) -> bool:
        if not self._adapter.test(path, "GET") or path == "/live":
            return False
        endpoint, _ = self._adapter.match(path, "GET")
        self._places[endpoint] += 1
        return self._places[endpoint] <= SAME_PLACE
