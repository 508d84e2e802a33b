"""Sending an export as a browser does."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_EDGE = "an-edge-that-stands-in-no-file"


def sent(
    client: FlaskClient, file: str | bytes | None, name: str = "ho-so.csv", **fields: str
) -> TestResponse:
    """Return the answer to a form with a file; None sends none."""
    parts = [
        f'--{_EDGE}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in fields.items()
    ]
    if file is not None:
        raw = file.encode() if isinstance(file, str) else file
        head = (
            f'--{_EDGE}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        )
        parts.append(head.encode() + raw + b"\r\n")
    body = b"".join([*parts, f"--{_EDGE}--\r\n".encode()])
    kind = f"multipart/form-data; boundary={_EDGE}"
    return client.post("/reports/dossiers", data=body, content_type=kind)


def upload(client: FlaskClient, file: str | bytes, **fields: str) -> str:
    """Send a file that is taken; return the address of what it says."""
    answer = sent(client, file, **fields)
    assert answer.status_code == 303, answer.text
    return answer.location
