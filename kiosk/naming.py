"""Names as a visitor reads them: everyday words first, the official name under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.catalogue.spelling import phrase
from motcua.words import VIETNAMESE

if TYPE_CHECKING:
    from motcua.kiosk.opening import Say
    from motcua.queue.procedure import Procedure
    from motcua.queue.rules import PriorityGroup, Service

_EVERYDAY: tuple[tuple[str, str], ...] = (
    ("ho tich", "Birth, marriage, death"),
    ("chung thuc", "Certified copies"),
    ("cu tru", "Residence"),
    ("dat dai", "Land and houses"),
    ("xay dung", "House building"),
    ("nguoi co cong", "Allowances, support"),
    ("bao tro", "Allowances, support"),
    ("kinh doanh", "Small business"),
    ("khac", "Other matters"),
)
"""Words in the official name of a field → what people say for it (English, for translation)."""
_LONG = 60


@dataclass(frozen=True, slots=True)
class Name:
    """A title in the visitor's language and, where it differs, the official name."""

    title: str
    official: str = ""
    """Vietnamese, as the law has it; empty when it is the title already."""
    in_vietnamese: bool = True
    """Whether the title is Vietnamese, whatever the visitor's language."""

    @property
    def is_long(self) -> bool:
        """Return whether the title needs smaller letters to be taken in at a glance."""
        return len(self.title) > _LONG


def field_name(official: str, say: Say) -> Name:
    """Return the name of a field, or of a service."""
    spoken = f" {phrase(official)} "
    everyday = next((said for words, said in _EVERYDAY if f" {words} " in spoken), None)
    if everyday is None:
        return Name(official)
    return _name(say(everyday), official, in_vietnamese=False)


def procedure_name(procedure: Procedure, language: str) -> Name:
    """Return the name of a procedure; its first keyword is what most people say for it."""
    if language == VIETNAMESE:
        said = procedure.keywords[0] if procedure.keywords else procedure.name_vi
        return _name(said[:1].upper() + said[1:], procedure.name_vi)
    if procedure.name_en:
        return _name(procedure.name_en, procedure.name_vi, in_vietnamese=False)
    return Name(procedure.name_vi)


def own_name(named: Service | PriorityGroup, language: str) -> str:
    """Return the name the centre gave to a service or a priority group."""
    return named.name_vi if language == VIETNAMESE else named.name_en or named.name_vi


def _name(title: str, official: str, *, in_vietnamese: bool = True) -> Name:
    return Name(title, "" if phrase(title) == phrase(official) else official, in_vietnamese)
