"""A client's id for a wish: known again when it comes again, and nothing of its text is kept.

Programs choose their request ids themselves; a careless one may put a visitor's name or identity
number in. So the journal gets a keyed checksum of the text, from which it cannot be had back.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import blake2b

from flask import current_app

from motcua.queue.errors import check_text

_MOST_CHARS = 100
_KEPT_BYTES = 15


def concealed(request_id: str | None) -> str | None:
    """Return what is kept of a request id of the centre that answers now; None stays None.

    Raises:
        QueueError: `request.invalid`.
    """
    check_text("request", request_id, _MOST_CHARS)
    return conceal(request_id, str(current_app.secret_key)) if request_id else None


def conceal(request_id: str, secret: str) -> str:
    """Return what is kept of a request id: letters, digits, `-` and `_`, always as many."""
    key = secret.encode()[: blake2b.MAX_KEY_SIZE]
    kept = blake2b(request_id.encode(), digest_size=_KEPT_BYTES, key=key)
    return urlsafe_b64encode(kept.digest()).decode()
