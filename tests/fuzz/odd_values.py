"""Values nobody thought of, and some that somebody did."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote_plus

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

STEADY = settings(
    max_examples=200,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
"""The same examples every time, in one centre that grows older with each."""

_THOUGHT_OF = (
    "", " ", "0", "-1", "1", "2", "7", "99", "1.5", "1e309", "NaN", "Infinity", "+1", "0x1", "٣",
    "２", "9" * 20, "9" * 5000, "0" * 5000 + "1", "true", "null", "None", "undefined", "[]", "{}",
    "A", "Z", "a", "vi", "en", "xx", "done", "papers_missing", "submit", "older", "sanh", "kiosk",
    "1.001193", "2.000200", "9.999999", "A001", "finish:done", "hold:", ":", "call:x", "open",
    "procedure:", "service:A", "procedure:1.001193", "call-next", "reprint:x", "staff", "admin",
    "2026-11-23", "2026-11-20", "0001-01-01", "9999-12-31", "2026-02-30", "2026-W48-1", "20261123",
    "10000-01-01", "-0001-01-01", "2026-11-23T08:00", "today", "Nguyễn Thị Ánh",
    "Nguye\u0302\u0303n", "\u0301", "e" + "\u0301" * 500, "ß", "İ", "ﬁ", "\u202eABC",
    "\u200f\u200e", "\ufeff", "\ufffe",
    "\x00", "A\x00B", "\x7f", "\r\nSet-Cookie: a=b", "\n", "\t", "\x1b[31m", "\x85", "\u2028",
    "\ud800", "\udfff", "😀", "👨‍👩‍👧‍👦", "𝔘" * 50, "a" * 199, "a" * 201, "ệ" * 3000, "x" * 60_000,
    "<script>alert(1)</script>", "\"'`", "{{ 7*7 }}", "{% raw %}", "%(n)s", "%s%n", "%d", "${7*7}",
    "' OR 1=1 --", "../../etc/passwd", "/admin", "//evil.example", "https://evil.example/",
    "javascript:alert(1)", "\\\\evil", "%00", "%ff", "%u0041", ";", "&", "=", "+", "#", "a=b&a=c",
)  # fmt: skip


def odd_text() -> st.SearchStrategy[str]:
    """Return texts: thought of, or found by chance, short ones mostly."""
    return st.sampled_from(_THOUGHT_OF) | st.text(max_size=20)


def written(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names and values as a query or a form's body, half surrogate pairs among them."""
    return "&".join("=".join(quote_plus(as_bytes(text)) for text in pair) for pair in pairs)


def as_bytes(text: str) -> bytes:
    """Return UTF-8, of half surrogate pairs too, which is none."""
    return text.encode("utf-8", "surrogatepass")
