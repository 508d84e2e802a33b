"""A clerk and their screen, as the tests of the counter tell of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

BIRTH = "1.001193"
TRUE_COPY = "2.000815"


@dataclass
class Screen:
    """A page of the desk as it came."""

    html: str

    def at(self, mark: str) -> str:
        """Return the words of the element with the id `mark`, empty when there is none."""
        found = re.search(
            rf'id="{re.escape(mark)}"[^>]*>(.*?)</(?:p|b|span|h1)>', self.html, re.DOTALL
        )
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""

    @property
    def number(self) -> str:
        """The number on the card."""
        return self.at("visitor-number")

    @property
    def notice(self) -> str:
        """What the clerk was told."""
        return self.at("notice")

    @property
    def main(self) -> str:
        """The act of the big button."""
        return re.findall(r'id="main-act"[^>]*data-act="([^"]+)"', self.html)[0] or ""

    @property
    def request_id(self) -> str:
        """The id baked into the page."""
        return re.findall(r'name="request_id" value="([^"]+)"', self.html)[0] or ""

    @property
    def seen(self) -> str:
        """What the page says of the counter it was painted of."""
        return "".join(re.findall(r'name="seen" value="([^"]*)"', self.html))

    def waiting(self, name: str = "waiting") -> list[str]:
        """Return the numbers of a list, in order."""
        part = self.html.split(f'id="rows-{name}"')[1].split("</ol>")[0]
        return re.findall(r'<span class="number">([^<]+)</span>', part)

    def may_press(self, value: str) -> bool:
        """Return whether the button that sends `value` is there and can be pressed."""
        buttons = re.findall(rf'<button[^>]*value="{re.escape(value)}"[^>]*>', self.html)
        return any(" disabled" not in button for button in buttons)


@dataclass
class Clerk:
    """Somebody of the staff who looks at a desk and presses its buttons."""

    client: FlaskClient
    counter: int = 1

    @property
    def address(self) -> str:
        """Where the desk is."""
        return f"/counter/{self.counter}"

    def look(self) -> Screen:
        """Load the desk."""
        answer = self.client.get(self.address)
        assert answer.status_code == 200
        return Screen(answer.text)

    def send(self, value: str, request_id: str = "", **more: object) -> TestResponse:
        """Press a button as a browser without script does."""
        form = {"act": value, "request_id": request_id or self.look().request_id, **more}
        return self.client.post(self.address, data=form)

    def press(self, value: str, request_id: str = "", **more: object) -> Screen:
        """Press a button as htmx does; return the desk that comes back."""
        form = {"act": value, "request_id": request_id or self.look().request_id, **more}
        answer = self.client.post(self.address, data=form, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        assert "<html" not in answer.text
        return Screen(answer.text)

    def work(self, *values: str) -> Screen:
        """Press one button after the other; every press must be accepted."""
        for value in values:
            screen = self.press(value)
            assert screen.notice == "", value
        return screen


def token_of(client: FlaskClient, address: str = "/signin") -> str:
    """Return the token against forgery that a page carries."""
    return re.findall(r'name="csrf_token" value="([^"]+)"', client.get(address).text)[0] or ""
