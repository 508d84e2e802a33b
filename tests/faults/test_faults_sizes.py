"""What no request may be: too large, without end, or no request at all. Each is told so."""

from __future__ import annotations

import json
import logging
from urllib.parse import quote

import pytest

from motcua.access import Role
from motcua.app import Box
from tests.faults.wire import Told, answer_on, ask, is_over, line

POST = b"POST /api/v1/tickets HTTP/1.1\r\nHost: box\r\nContent-Type: application/json\r\n"
GET = b"GET /api/v1/services HTTP/1.1\r\nHost: box\r\n"
END = b"\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked" + END
REFUSED = {
    "a giant header": (GET + b"X: " + b"x" * 40_000 + END, 413),
    "many headers": (GET + b"X: y\r\n" * 9_000 + END, 413),
    "many different headers": (GET + b"".join(b"X%d: y\r\n" % n for n in range(3_000)) + END, 413),
    "a giant cookie": (GET + b"Cookie: motcua=" + b"x" * 30_000 + END, 413),
    "a giant address": (b"GET /" + b"x" * 40_000 + b" HTTP/1.1" + END, 413),
    "no request": (b"hello" + END, 400),
    "bytes": (bytes(range(128, 256)) + END, 400),
    "no address": (b"GET  HTTP/1.1" + END, 400),
    "an address of no host": (b"GET http://[::1 HTTP/1.1" + END, 400),
    "a length that is no number": (POST + b"Content-Length: ten" + END, 400),
    "a length below nothing": (POST + b"Content-Length: -1" + END, 400),
    "a length no number holds": (POST + b"Content-Length: " + b"9" * 5_000 + END, 400),
    "a coding nobody knows": (POST + b"Transfer-Encoding: gzip" + END, 400),
    "chunks of no length": (POST + CHUNKED + b"zz\r\n", 400),
    "a chunk line without end": (POST + CHUNKED + b"a" * 60_000, 400),
    "a last line without end": (POST + CHUNKED + b"0\r\n" + b"a" * 60_000, 400),
    "more than the server reads past": (POST + b"Content-Length: 99999999999" + END, 413),
}
SAYS = {400: "request.malformed", 413: "request.too_large"}
_ALLOWED = 256 * 1024


def assert_refusal(answer: Told, status: int) -> None:
    """Assert that an answer is a refusal in the shape of every refusal."""
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/json"
    error = answer.json["error"]
    assert answer.json.keys() == {"error"}
    assert error.keys() == {"code", "message", "details"}
    assert error["code"] == SAYS[status]


def test_what_cannot_be_read_is_refused_in_the_one_shape(
    served: str, caplog: pytest.LogCaptureFixture
) -> None:
    for what, (sent, status) in REFUSED.items():
        with line(served) as client:
            client.sendall(sent)
            answer = answer_on(client)
            assert_refusal(answer, status)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert is_over(client), what
        assert nothing_failed(caplog), what
    assert ask(served, "GET", "/kiosk").status == 200


def nothing_failed(caplog: pytest.LogCaptureFixture) -> bool:
    """Return whether no defect was logged."""
    return not any(one.exc_info or one.levelno >= logging.ERROR for one in caplog.records)


@pytest.mark.parametrize("size", [_ALLOWED + 1, 1_000_000, 20_000_000])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_beyond_the_limit_is_refused_and_the_line_stays(
    served: str, box: Box, *, size: int, chunked: bool
) -> None:
    token = box.access.add_token(Role.KIOSK)
    head = POST + f"Authorization: Bearer {token}\r\n".encode()
    body = b"x" * size
    with line(served) as client:
        if chunked:
            client.sendall(head + CHUNKED)
            client.sendall(b"%x\r\n" % size + body + b"\r\n0\r\n\r\n")
        else:
            client.sendall(head + b"Content-Length: %d" % size + END + body)
        assert_refusal(answer_on(client), 413)
        wish = b'{"service": "A"}'
        client.sendall(head + b"Content-Length: %d" % len(wish) + END + wish)
        assert answer_on(client).status == 201


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_up_to_the_limit_is_read(served: str, box: Box, *, chunked: bool) -> None:
    token = box.access.add_token(Role.KIOSK)
    wish = json.dumps({"service": "A"}).encode().ljust(_ALLOWED)
    head = POST + f"Authorization: Bearer {token}\r\n".encode()
    with line(served) as client:
        if chunked:
            halves = b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in (wish[:9], wish[9:]))
            client.sendall(head + CHUNKED + halves + b"0\r\n\r\n")
        else:
            client.sendall(head + b"Content-Length: %d" % len(wish) + END + wish)
        assert answer_on(client).status == 201


def test_a_form_beyond_the_limit_is_refused_on_a_page(served: str) -> None:
    form = b"name=" + b"x" * 1_000_000
    head = b"POST /signin HTTP/1.1\r\nHost: box\r\nContent-Length: %d\r\n" % len(form)
    with line(served) as client:
        client.sendall(head + b"Content-Type: application/x-www-form-urlencoded" + END + form)
        answer = answer_on(client)
    assert answer.status == 413
    assert "Dữ liệu gửi lên quá lớn" in answer.text


LONG = [
    f"/api/v1/procedures?q={'x' * 12_000}",
    f"/api/v1/procedures?q={quote('ứ' * 1_500)}",
    f"/t/{'x' * 12_000}",
    f"/kiosk/search?q={'x+' * 6_000}",
    f"/signin?next=/{'x' * 12_000}",
    f"/board?screen={'x' * 12_000}",
    f"/{'%00' * 2_000}",
    f"/kiosk?{'a=1&' * 3_000}",
]


def test_a_long_address_is_answered_like_any_other(
    served: str, box: Box, caplog: pytest.LogCaptureFixture
) -> None:
    token = box.access.add_token(Role.ADMIN)
    for path in LONG:
        assert ask(served, "GET", path, token=token).status < 500, path
        assert nothing_failed(caplog), path


def test_whatever_name_the_box_is_asked_by_it_answers(
    served: str, caplog: pytest.LogCaptureFixture
) -> None:
    for host in ("[::1", "]", "a b", "x" * 5_000, "", "::::", "\xff", "."):
        with line(served) as client:
            client.sendall(b"GET /kiosk HTTP/1.1\r\nHost: " + host.encode("latin-1") + END)
            assert answer_on(client).status < 500, host
        assert nothing_failed(caplog), host
