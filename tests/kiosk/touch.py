"""Somebody in front of a screen: reads the page, presses what is written on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
_NOT_READ = frozenset({"script", "style", "title"})


@dataclass
class _Form:
    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class Pressable:
    """A link or a button."""

    text: str
    href: str = ""
    form: _Form | None = None
    name: str = ""
    value: str = ""
    identity: str = ""


class _Page(HTMLParser):
    """The words of a page, what can be pressed, and its forms. What is hidden is not there."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.pressables: list[Pressable] = []
        self.forms: dict[str, _Form] = {}
        self.hidden_under: list[str] = []
        self._open: list[str] = []
        self._form: _Form | None = None
        self._now: Pressable | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = _Form(given.get("method", "get"), given["action"])
            self.forms[given.get("id", "")] = self._form
        elif tag == "input" and self._form:
            self._form.fields[given["name"]] = given.get("value", "")
        elif tag in {"a", "button"}:
            self._press(tag, given)
        if tag in _VOID:
            return
        self._open.append(tag)
        if self.hidden_under or "hidden" in given or tag in _NOT_READ:
            self.hidden_under.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("a", "button"):
            self._now = None
        if tag == "form":
            self._form = None
        self._open.pop()
        if self.hidden_under:
            self.hidden_under.pop()

    def handle_data(self, data: str) -> None:
        if self.hidden_under or not data.strip():
            return
        self.words.append(" ".join(data.split()))
        if self._now:
            self._now.text = f"{self._now.text} {' '.join(data.split())}".strip()

    def _press(self, tag: str, given: dict[str, str]) -> None:
        form = self.forms.get(given["form"]) if "form" in given else self._form
        self._now = Pressable(
            "", given.get("href", ""), form if tag == "button" else None,
            given.get("name", ""), given.get("value", ""), given.get("id", ""),
        )  # fmt: skip
        self.pressables.append(self._now)


class Touch:
    """A finger on a browser."""

    def __init__(self, client: FlaskClient) -> None:
        """Use `client`, whose POSTs carry the token already."""
        self.client = client
        self.presses = 0
        self.address = ""
        self._answer: TestResponse | None = None

    def open(self, address: str, **headers: str) -> Touch:
        """Load a page, without counting it as a press."""
        self._take(self.client.get(address, headers=headers, follow_redirects=True))
        return self

    def press(self, words: str) -> Touch:
        """Press what `words` stand on."""
        target = next((one for one in self.page.pressables if words in one.text), None)
        assert target, f"{words!r} cannot be pressed on: {self.text}"
        self.presses += 1
        if target.form is None:
            return self.open(urljoin(self.address, target.href))
        self._take(self.send(target))
        return self

    def send(self, target: Pressable) -> TestResponse:
        """Send the form of a button."""
        assert target.form
        data: dict[str, Any] = {**target.form.fields}
        if target.name:
            data[target.name] = target.value
        if target.form.method == "get":
            return self.client.get(target.form.action, query_string=data, follow_redirects=True)
        return self.client.post(target.form.action, data=data, follow_redirects=True)

    def button(self, words: str) -> Pressable:
        """Return the button `words` stand on."""
        return next(one for one in self.page.pressables if words in one.text and one.form)

    def offers(self, words: str) -> bool:
        """Return whether `words` can be pressed."""
        return any(words in one.text for one in self.page.pressables)

    @property
    def page(self) -> _Page:
        """What is on the screen."""
        return _Page(self.html)

    @property
    def html(self) -> str:
        """The page's source."""
        assert self._answer
        return self._answer.text

    @property
    def status(self) -> int:
        """Status of the page."""
        assert self._answer
        return self._answer.status_code

    @property
    def text(self) -> str:
        """What can be read."""
        return " ".join(self.page.words)

    def _take(self, answer: TestResponse) -> None:
        self._answer = answer
        self.address = answer.request.path
