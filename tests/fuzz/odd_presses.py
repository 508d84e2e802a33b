"""Presses of a button: the form filled rightly, oddly, twice, or not, or sent as another kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.fuzz.odd_values import as_bytes, odd_text, written
from tests.fuzz.pages import Form

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
WRONG_TYPES = (
    "", "text/plain", "application/json", "application/json; charset=utf-16", "image/png", "x", "/",
    "multipart/form-data", 'multipart/form-data; boundary=""', "multipart/form-data; boundary=é",
    f"{URLENCODED}; charset=utf-7", "multipart/mixed; boundary=b", MULTIPART, URLENCODED,
)  # fmt: skip
_PART = b"--b\r\nContent-Disposition: form-data"
WRONG_BODIES = (
    b"", b"--b", b"--b--", b"--b\r\n\r\n", _PART + b"\r\n\r\nx\r\n--b--",
    _PART + b'; name="act"\r\n\r\nfinish:done', b"--c\r\n\r\n--c--", b"\r\n" * 2000,
    _PART + b'; name="file"; filename="\xff\x00.csv"\r\n\r\n\x00\r\n--b--',
    b"--b\r\n" + b"X: y\r\n" * 3000 + b"\r\n\r\n--b--", _PART + b"; name=\r\n\r\n--b--",
    _PART + b'; name="act"\r\nContent-Type: text/plain; charset=utf-9\r\n\r\nopen\r\n--b--',
    b"{", b"[]", b'{"act": "call-next"}', b"act", b"act=%ff%fe&%00=%00", b"&" * 3000,
    b"act=open&" * 1500, b"\xff" * 3000, b"x" * 2_000_000,
)  # fmt: skip
FILES = (
    b"", b"\x00", b"\xff\xfe", b"code,name_vi\n", b"code;name_vi\n1.1;x", b"PK\x03\x04",
    b"PK\x05\x06" + b"\x00" * 18, b"%PDF-1.7", b"a," * 9000, b'"' * 999, b"\n" * 5000,
    "\ufeffcode,name_vi,service\n1.001193,Khai sinh,A\n".encode(),
    b"code,name_vi,where\n1.001193,Khai sinh,nowhere\n,,\n\x00,\x00,\n",
    "code,name_vi,fee_vnd\n1.1,x,-5\n1.1,x,1e9\n".encode("utf-16"),
)  # fmt: skip
FILE_NAMES = ("x.csv", "x.xlsx", "x.XLSX", "x", "", ".csv", "../../x.csv", "ệ" * 300 + ".csv")


@dataclass(frozen=True)
class Press:
    """What a browser, or something else, sends."""

    path: str
    content_type: str
    body: bytes
    headers: Mapping[str, str]


@st.composite
def presses(draw: st.DrawFn, forms: list[list[Form]]) -> Press:
    """Return presses of one of `forms`, those of one address after those of another."""
    form = draw(st.sampled_from(draw(st.sampled_from(forms))))
    headers = draw(st.sampled_from([{}, {"HX-Request": "true"}]))
    if draw(st.integers(0, 6)) == 0:
        kind, body = draw(st.sampled_from(WRONG_TYPES)), draw(st.sampled_from(WRONG_BODIES))
        as_parts = body.startswith(b"--b") and draw(st.booleans())
        return Press(form.action, MULTIPART if as_parts else kind, body, headers)
    fields = [pair for name, seen in form.fields.items() for pair in draw(_filled(name, seen))]
    fields += draw(st.lists(st.tuples(odd_text(), odd_text()), max_size=1))
    if not form.files and draw(st.integers(0, 4)):
        return Press(form.action, URLENCODED, written(fields).encode(), headers)
    parts = [(name, None, as_bytes(value)) for name, value in fields]
    files = [(name, draw(_file_names()), draw(_contents())) for name in form.files]
    return Press(form.action, MULTIPART, _multipart([*parts, *files]), headers)


def _filled(name: str, seen: list[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Return a field as it was seen, oddly, not at all, or twice; rarely another's page token."""
    usual = st.sampled_from(seen) if seen else odd_text()
    if name == "csrf_token":  # the header carries the right one
        return st.sampled_from([[]] * 12 + [[(name, "")], [(name, "x")]])
    one = st.tuples(st.just(name), usual)
    odd = st.tuples(st.just(name), odd_text())
    return st.one_of(
        st.lists(one, min_size=1, max_size=1),
        st.lists(one, min_size=1, max_size=1),
        st.lists(odd, min_size=1, max_size=1),
        st.lists(one | odd, max_size=3),
    )


def _file_names() -> st.SearchStrategy[str]:
    return st.sampled_from(FILE_NAMES) | st.text("abc.é/\\:*?%'", max_size=12)


def _contents() -> st.SearchStrategy[bytes]:
    return st.sampled_from(FILES) | st.binary(max_size=60)


def _multipart(parts: list[tuple[str, str | None, bytes]]) -> bytes:
    lines = []
    for name, file_name, content in parts:
        also = b"" if file_name is None else b'; filename="' + as_bytes(file_name) + b'"'
        lines += [_PART + b'; name="' + as_bytes(name) + b'"' + also, b"", content]
    return b"\r\n".join([*lines, b"--b--", b""])
