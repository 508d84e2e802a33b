"""Reading a page aloud: the sound's address carries the text, signed, so it cannot be forged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer

Speak = Callable[[str, str], bytes | None]
"""Text and language → a WAV file; None when it cannot be spoken now."""

_PAUSE = ". "
_LONGEST = 1000


def sound_address(sentences: Sequence[str], language: str) -> str:
    """Return the address at which `sentences` can be heard."""
    text = _PAUSE.join(sentence.rstrip(" .") for sentence in sentences if sentence)
    return url_for("kiosk.voice", of=_signer().dumps([text[:_LONGEST], language]))


def text_of(signed: str) -> tuple[str, str] | None:
    """Return text and language of an address made here; None when it was not."""
    try:
        text, language = _signer().loads(signed)
    except BadSignature:
        return None
    return str(text), str(language)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="kiosk-voice")
