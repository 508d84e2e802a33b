"""Every word of the administrator's pages is said in Vietnamese."""

from __future__ import annotations

import re
from pathlib import Path

from motcua import admin, admin_catalogue, admin_desk, audit
from motcua.catalogue.plan import Kind
from motcua.words import VIETNAMESE, Words

_ROOT = Path(__file__).resolve().parents[2]
_SAID = re.compile(r"""\b_\(\s*(?:"([^"]+)"|'([^']+)')""")
_SENTENCE = re.compile(r'"([A-Z%][^"\n]* [^"\n]*[.:])"')


def test_every_word_of_the_pages_is_said_in_vietnamese() -> None:
    words = Words()
    said = {
        double or single
        for file in (_ROOT / "templates" / "admin").glob("*.html")
        for double, single in _SAID.findall(file.read_text("utf-8"))
    }
    tables = (
        admin.SECTIONS,
        admin.SLIP_STATES,
        admin_desk.ROLES,
        admin_catalogue.WHERE,
        audit.ACTS,
    )
    said |= {label for table in tables for label in table.values()}
    said |= {kind.value for kind in Kind}
    assert "Overview" in said
    assert [text for text in sorted(said) if not words.knows(VIETNAMESE, text)] == []


def test_every_sentence_of_its_code_is_said_in_vietnamese() -> None:
    words = Words()
    said = {
        text
        for file in (_ROOT / "motcua").glob("admin*.py")
        for text in _SENTENCE.findall(re.sub(r'"""(?s:.*?)"""', "", file.read_text("utf-8")))
    }
    assert "The business day is closed." in said
    assert [text for text in sorted(said) if not words.knows(VIETNAMESE, text)] == []
