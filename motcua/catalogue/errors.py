"""What the catalogue has to say about a file: sentences, and the refusal that carries one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from motcua.mendable import MendableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence for the person who keeps the catalogue.

    `sentence` is English with `%(name)s` places filled from `details`; translated when shown.
    """

    sentence: str
    details: Mapping[str, str | int | Remark] = field(default_factory=dict)

    def text(self, translate: Callable[[str], str] = str) -> str:
        """Return the sentence in the language of `translate`, its places filled."""
        filled = {
            name: value.text(translate) if isinstance(value, Remark) else value
            for name, value in self.details.items()
        }
        return translate(self.sentence) % filled

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.text()


def remark(sentence: str, /, **details: str | int | Remark) -> Remark:
    """Return the remark `sentence` about `details`."""
    return Remark(sentence, details)


class CatalogueError(MendableError):
    """A catalogue, or a file to be read into it, was refused; nothing has been changed.

    `code` is stable: programs may rely on it.
    """

    def __init__(self, code: str, sentence: str, /, **details: str | int | Remark) -> None:
        """Keep the code and the sentence."""
        self.code = code
        self.remark = Remark(sentence, details)
        super().__init__(self.remark.text())
