"""Which service a procedure new to the centre waits in: told by its field."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from motcua.catalogue.errors import Remark, remark
from motcua.catalogue.spelling import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from motcua.queue.procedure import Procedure
    from motcua.queue.rules import Service

_PARTS = re.compile(r"\s[–—-]\s|[/,;]")
_OTHER = "khac"
_THEMES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("ho tich", ("khai sinh", "khai tu", "ket hon", "giam ho", "con nuoi", "quoc tich")),
    ("chung thuc", ("cong chung",)),
    ("cu tru", ("thuong tru", "tam tru", "tam vang")),
    ("dat dai", ("dia chinh", "giay chung nhan quyen su dung dat")),
    ("xay dung", ("nha o", "quy hoach", "do thi")),
    ("bao tro xa hoi", ("bao tro", "ngheo", "tre em", "nguoi cao tuoi", "khuyet tat")),
    ("nguoi co cong", ("liet si", "thuong binh", "cuu chien binh")),
    ("kinh doanh", ("thuong mai", "luu thong hang hoa", "ruou", "khi dau mo")),
)
"""Words in the name of a centre's service → words in the official names of the fields it takes."""


class Filing:
    """Knows which service takes which field, from the catalogue and the centre's services."""

    def __init__(self, procedures: Iterable[Procedure], services: Mapping[str, Service]) -> None:
        """Learn from the procedures that wait in one of `services` (letter → service)."""
        seen: dict[str, Counter[str]] = {}
        for procedure in procedures:
            if procedure.service in services:
                seen.setdefault(phrase(procedure.field), Counter())[procedure.service] += 1
        self._usual = {field: counts.most_common(1)[0][0] for field, counts in seen.items()}
        self._services = services
        self._words = [
            (words, letter) for letter, service in services.items() for words in _words(service)
        ]

    def service_for(self, field: str) -> tuple[str, tuple[Remark, ...]]:
        """Return the letter of the service that takes `field`, and what to check about it.

        A field nobody takes yet goes to the service named “… khác” (other), else to the last one.
        The letter is empty when the centre has no services.
        """
        spoken = phrase(field)
        known = self._usual.get(spoken) or next(
            (letter for words, letter in self._words if f" {words} " in f" {spoken} "), ""
        )
        if known or not self._services:
            return known, ()
        letter = self._other()
        return letter, (
            remark(
                "no service takes the field “%(field)s” yet: it waits in %(letter)s (%(service)s);"
                " write another letter in procedures.csv if that is wrong",
                field=field or "–",
                letter=letter,
                service=self._services[letter].name_vi,
            ),
        )

    def _other(self) -> str:
        others = [
            letter
            for letter, service in self._services.items()
            if _OTHER in phrase(service.name_vi).split()
        ]
        return others[-1] if others else list(self._services)[-1]


def _words(service: Service) -> Iterable[str]:
    """Yield the words in the name of a field that belong to `service`."""
    name = phrase(service.name_vi)
    for part in _PARTS.split(service.name_vi):
        if _OTHER not in phrase(part).split():
            yield phrase(part)
    for theme, fields in _THEMES:
        if f" {theme} " in f" {name} ":
            yield theme
            yield from fields
