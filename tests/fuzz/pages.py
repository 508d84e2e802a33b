"""What a page leads to and what it lets be sent, read off its HTML as a browser would."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]
_FIELDS = ("input", "select", "textarea", "button")


@dataclass
class Form:
    """Something that can be sent: an address, how, and the values seen for each field."""

    action: str
    method: str
    enctype: str = "application/x-www-form-urlencoded"
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """One page, read."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._loose: list[tuple[str, str, Attributes]] = []
        """Fields that belong to a form by its id, which may come later."""
        self._open: Form | None = None
        self._select = ""
        self.feed(html)
        self.close()
        for owner, tag, attributes in self._loose:
            self._add(self._by_id[owner], tag, attributes)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.links += [attributes[name] for name in ("href", "src", "hx-get") if name in attributes]
        if tag == "form":
            self._begin(attributes)
        elif "hx-post" in attributes:
            values = json.loads(attributes.get("hx-vals", "{}"))
            named = {name: [str(value)] for name, value in values.items()}
            self.forms.append(Form(attributes["hx-post"], "POST", fields=named))
        if tag in _FIELDS and attributes.get("form"):
            self._loose.append((attributes["form"], tag, attributes))
        elif tag in _FIELDS and self._open:
            self._add(self._open, tag, attributes)
        elif tag == "option" and self._open and self._select:
            self._open.fields[self._select].append(attributes.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""

    def _begin(self, attributes: Attributes) -> None:
        action = attributes.get("action") or self.address
        method = attributes.get("method", "get").upper()
        self._open = Form(action, method, attributes.get("enctype", Form.enctype))
        self.forms.append(self._open)
        if "id" in attributes:
            self._by_id[attributes["id"]] = self._open

    def _add(self, form: Form, tag: str, attributes: Attributes) -> None:
        name = attributes.get("name")
        if not name:
            return
        if attributes.get("type") == "file":
            form.files.append(name)
            return
        values = form.fields.setdefault(name, [])
        if tag == "select":
            self._select = name
        elif attributes.get("value") not in (None, *values):
            values.append(attributes["value"])


def merged(forms: Iterable[Form]) -> list[Form]:
    """Return one form for each address, with all fields and values seen anywhere."""
    known: dict[str, Form] = {}
    for form in forms:
        one = known.setdefault(form.action, Form(form.action, form.method, form.enctype))
        one.files = [*one.files, *(name for name in form.files if name not in one.files)]
        for name, values in form.fields.items():
            seen = one.fields.setdefault(name, [])
            seen += [value for value in values if value not in seen]
    return list(known.values())
