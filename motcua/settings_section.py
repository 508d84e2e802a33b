"""What every table of `centre.toml` has in common."""

from __future__ import annotations

from msgspec import Struct


class Section(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file."""


def known_keys(whole: type[Section]) -> list[str]:
    """Return every key the file may have; `whole` is the struct of the whole file."""
    sections = [whole, *Section.__subclasses__()]
    return sorted({key for section in sections for key in section.__struct_fields__})
