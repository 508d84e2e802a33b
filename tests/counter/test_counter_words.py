"""Every sentence a clerk can meet is said in Vietnamese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.counter import acts
from motcua.refusals import HTTP_REFUSALS
from motcua.words import VIETNAMESE, Words

_ROOT = Path(__file__).resolve().parents[2]
_SAID = re.compile(r"""\b_\(\s*(?:"([^"]+)"|'([^']+)')""")
_SENTENCE = re.compile(r"[A-Z%].* .*[.?!]", re.DOTALL)


def _assert_said(sentences: dict[str, str]) -> None:
    """Fail with the place and words of every sentence that is not translated."""
    words = Words()
    missing = [
        f"{place}: {text}" for text, place in sentences.items() if not words.knows("vi", text)
    ]
    if missing:
        pytest.fail("not said in Vietnamese:\n" + "\n".join(missing), pytrace=False)


def _sentences(file: Path) -> Iterator[tuple[str, int]]:
    """Yield the texts of a file that are sentences, docstrings left out."""
    tree = ast.parse(file.read_text("utf-8"))
    notes = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or node in notes:
            continue
        if isinstance(node.value, str) and _SENTENCE.fullmatch(node.value):
            yield node.value, node.lineno


def _in_code(*files: Path) -> dict[str, str]:
    return {
        text: f"{file.relative_to(_ROOT)}:{line}"
        for file in files
        for text, line in _sentences(file)
    }


def _in_templates(*folders: str) -> dict[str, str]:
    files = [file for name in folders for file in sorted((_ROOT / "templates").glob(name))]
    return {
        double or single: str(file.relative_to(_ROOT))
        for file in files
        for double, single in _SAID.findall(file.read_text("utf-8"))
    }


def test_every_refusal_of_the_rules_is_said_in_vietnamese() -> None:
    said = _in_code(*sorted((_ROOT / "queue").glob("*.py")), _ROOT / "motcua" / "office.py")
    assert "There is no counter %(counter)s." in said
    _assert_said(said)


def test_every_refusal_of_the_box_is_said_in_vietnamese() -> None:
    said = _in_code(_ROOT / "motcua" / "refusals.py", _ROOT / "motcua" / "web.py")
    assert {sentence for _, sentence in HTTP_REFUSALS.values()} <= said.keys()
    _assert_said(said)


def test_every_refusal_of_the_api_is_said_in_vietnamese() -> None:
    files = [_ROOT / "motcua" / "api" / name for name in ("bodies.py", "routes.py")]
    said = {text: place for text, place in _in_code(*files).items() if "The " in text}
    assert "The field %(field)s is missing." in said
    _assert_said(said)


def test_every_sentence_of_the_counter_s_code_is_said_in_vietnamese() -> None:
    files = sorted((_ROOT / "counter").glob("*.py"))
    _assert_said(_in_code(*files, _ROOT / "motcua" / "welcome.py"))


def test_every_button_is_said_in_vietnamese() -> None:
    tables = (
        acts.LABELS, acts.OUTCOMES, acts.REASONS, acts.PURPOSES, acts.TAKEN_BACK, acts.STATES,
        acts.PHASES,
    )  # fmt: skip
    _assert_said({label: "counter/acts.py" for table in tables for label in table.values()})


def test_every_word_of_the_pages_is_said_in_vietnamese() -> None:
    said = _in_templates("*.html", "counter/*.html", "signin/*.html", "welcome/*.html")
    assert "Call again" not in said  # a button's label comes from the table of acts
    assert "Which screen is this?" in said
    _assert_said(said)


def test_the_same_sentence_is_said_the_same_way_by_every_screen() -> None:
    import polib

    seen: dict[str, tuple[str, str]] = {}
    for file in sorted((_ROOT / "config" / "translations" / VIETNAMESE).glob("*.po")):
        for entry in polib.pofile(str(file)):
            first, where = seen.setdefault(entry.msgid, (entry.msgstr, file.name))
            assert entry.msgstr == first, f"{entry.msgid}: {where} and {file.name} differ"
