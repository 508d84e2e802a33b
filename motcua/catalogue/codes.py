"""Procedure codes (*mã thủ tục*) as they are written by the portal, by provinces and by tables."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from motcua.catalogue.spelling import tidy

if TYPE_CHECKING:
    from collections.abc import Container

_USUAL_DECIMALS = 6
_NATIONAL = re.compile(r"\d+\.\d{4,}")
_LOCAL = re.compile(r"local\.[a-z0-9]+(?:-[a-z0-9]+)*")
_SUFFIXED = re.compile(r"(\d+\.\d{4,})((?:[.-][0-9A-Za-z]+)*)")
_DOT_LOST = re.compile(r"([1-9])(\d{6})")


def is_code(text: str) -> bool:
    """Return whether `text` is a base code: `1.001193`, or one of the centre's own, `local.x`."""
    return bool(_NATIONAL.fullmatch(text) or _LOCAL.fullmatch(text))


def base_code(text: str) -> str | None:
    """Return the base code that `text` begins with, its local suffixes cut off.

    `2.000815.000.00.00.H55` and `2.000815.01` are both `2.000815`. None when there is no code.
    """
    plain = unicodedata.normalize("NFKC", tidy(text)).replace(" ", "")
    if _LOCAL.fullmatch(plain.lower()):
        return plain.lower()
    found = _SUFFIXED.fullmatch(plain)
    return found[1] if found else None


def repaired_code(text: str, known: Container[str]) -> str | None:
    """Return the `known` code that a spreadsheet turned into `text` by taking it for a number.

    `2.00062` was `2.000620`; `1001193` and `1,001193` were `1.001193`.
    """
    plain = tidy(text).replace(",", ".")
    lost = _DOT_LOST.fullmatch(plain)
    plain = f"{lost[1]}.{lost[2]}" if lost else plain
    whole, _, decimals = plain.partition(".")
    code = f"{whole}.{decimals.ljust(_USUAL_DECIMALS, '0')}"
    return code if code in known else None
