"""What screens and slips say: English in the code, Vietnamese in `config/translations`.

A centre may put files of its own into `HOME/translations/vi/`; they win over those that came along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.folders import data_folder

if TYPE_CHECKING:
    from pathlib import Path

    from motcua.queue.errors import QueueError

VIETNAMESE = "vi"
ENGLISH = "en"


class Words:
    """All sentences, in every language."""

    def __init__(self, *folders: Path) -> None:
        """Read `LANGUAGE/*.po` from the package, then from `folders`; later files win."""
        self._catalogues: dict[str, dict[str, str]] = {}
        for folder in (data_folder("config") / "translations", *folders):
            for path in sorted(folder.glob("*/*.po")):
                self._catalogues.setdefault(path.parent.name, {}).update(_read(path))

    def say(self, language: str, sentence: str, /, **values: object) -> str:
        """Return `sentence` (English, with `%(name)s` places) in `language`, places filled."""
        text = self._catalogues.get(language, {}).get(sentence, sentence)
        return text % values if values else text.replace("%%", "%")

    def knows(self, language: str, sentence: str) -> bool:
        """Return whether `sentence` is translated."""
        return sentence in self._catalogues.get(language, {})

    def refusal(self, language: str, error: QueueError) -> str:
        """Return a refusal of the rules as a sentence for people."""
        return self.say(language, error.sentence, **error.details)


def _read(path: Path) -> dict[str, str]:
    import polib

    entries = polib.pofile(str(path), encoding="utf-8")
    return {entry.msgid: entry.msgstr for entry in entries if entry.msgstr}
