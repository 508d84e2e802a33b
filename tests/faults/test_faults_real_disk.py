"""The real service on a disk that is really full: it says so everywhere, and goes on by itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from motcua.journal.tiny import TinyJournal
from tests.faults.house import NO_ROOM, Browser, House, motcua
from tests.faults.wire import Told, answer_on, ask, line

TICKETS = "/api/v1/tickets"
OFFERS = "/kiosk/service/A/ask"
DISK_FULL = "Ổ đĩa đã đầy hoặc không ghi được"
Open = Callable[..., House]
_TMPFS = "size=1m"
_TAPS = 60


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Open]:
    """Start the service; all of it ends with the test, and none of it may have had a defect."""
    started: list[House] = []

    def start(home: Path = tmp_path / "centre", *, full: bool = False) -> House:
        started.append(House(home, full=full))
        return started[-1]

    yield start
    for house in started:
        log = house.stop()
        for defect in ("a request failed", "Exception while serving", "uncaptured python"):
            assert defect not in log, log


def take(house: House, token: str, request: str) -> Told:
    """Ask for a number."""
    return ask(house.served, "POST", TICKETS, {"service": "A", "request_id": request}, token)


def assert_sound(house: House, numbers: int) -> None:
    """Assert that a journal reads without damage or gap, and gave so many numbers."""
    journal = TinyJournal(house.home / "journal")
    records = [record for day in journal.days() for record in journal.read(day)]
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    assert journal.damage == []
    issued = [record for record in records if type(record.event).__name__ == "TicketIssued"]
    assert len(issued) == numbers


@pytest.mark.parametrize("left", [NO_ROOM, 10])
def test_a_number_is_refused_leaves_no_byte_and_is_given_when_there_is_room(
    start: Open, left: int
) -> None:
    house = start()
    token = house.token("staff")
    assert take(house, token, "first").json["number"] == "A001"
    [day] = (house.home / "journal").glob("*.jsonl")
    before = day.read_bytes()
    house.room(len(before) + left)
    for _ in range(3):
        refused = take(house, token, "second")
        assert refused.status == 503
        assert refused.json["error"]["code"] == "journal.unavailable"
        assert day.read_bytes() == before
    assert ask(house.served, "GET", "/api/v1/queue", token=token).status == 200
    house.room()
    assert [take(house, token, "second").status for _ in range(2)] == [201, 200]
    assert take(house, token, "third").json["number"] == "A003"
    assert_sound(house, 3)


def test_the_visitor_is_told_and_served_once_there_is_room(start: Open) -> None:
    house = start()
    kiosk = Browser(house.served)
    wish = {"service": "A", "purpose": "ask", "request_id": "tap"}
    house.room(NO_ROOM)
    told = kiosk.send(OFFERS, "/kiosk/take", **wish)
    assert told.status == 503
    assert "Máy chưa cấp số và chưa in phiếu." in told.text
    house.room()
    for _ in range(2):
        assert "A001" in kiosk.send(OFFERS, "/kiosk/take", **wish).text
    assert_sound(house, 1)


FORMS = (
    ("/admin/staff", "/admin/staff", {"name": "Hoa", "role": "staff"}),
    ("/admin/staff", "/admin/staff/pin", {"name": "Lan"}),
    ("/admin/staff", "/admin/staff/remove", {"name": "Lan"}),
    ("/admin/devices", "/admin/devices", {"role": "kiosk"}),
    ("/admin/devices", "/admin/tokens", {"role": "staff"}),
)


@pytest.fixture
def admin_at(start: Open) -> tuple[House, Browser]:
    """A centre with one number given and a clerk named Lan, and its administrator's browser."""
    house = start()
    take(house, house.token("staff"), "first")
    admin = Browser(house.served)
    assert admin.sign_in("admin", house.pin).status == 200
    assert admin.send("/admin/staff", "/admin/staff", name="Lan", role="staff").status == 200
    return house, admin


def test_the_administrator_is_told_and_nothing_is_changed(
    admin_at: tuple[House, Browser],
) -> None:
    house, admin = admin_at
    before = house.files()
    house.room(NO_ROOM)
    for page, path, form in FORMS:
        refused = admin.send(page, path, **form)
        assert refused.status == 503, path
        assert DISK_FULL in refused.text, path
        assert f'href="{page}"' in refused.text, path
    assert admin.send("/admin", "/admin/day").status == 503
    listed = admin.get("/admin/staff").text
    assert "Lan" in listed
    assert "Hoa" not in listed
    assert house.files() == before
    house.room()
    for page, path, form in FORMS:
        assert admin.send(page, path, **form).status == 200, path
    assert "Hoa" in admin.get("/admin/staff").text


def test_a_catalogue_that_has_no_room_is_refused(admin_at: tuple[House, Browser]) -> None:
    house, admin = admin_at
    before = house.files()
    house.room(NO_ROOM)
    for size in (10, 900_000):  # the second is too large to be kept in memory
        content = "code,name_vi\n".ljust(size)
        upload = admin.upload("/admin/catalogue", "/admin/catalogue", "new.csv", content)
        assert upload.status == 503, size
        assert "disk.unavailable" in upload.text
    assert admin.get("/admin/catalogue").status == 200
    assert house.files() == before


def test_who_only_looks_or_signs_in_needs_no_room(start: Open) -> None:
    house = start()
    token = house.token("admin")
    ticket = take(house, token, "first").json
    for act in ("open", "call-next"):
        acted = ask(house.served, "POST", f"/api/v1/counters/1/{act}", {}, token)
        assert acted.status == 200
    called = ask(house.served, "GET", "/api/v1/board", token=token).json["calls"][0]
    house.room(NO_ROOM)
    admin = Browser(house.served)
    assert admin.sign_in("admin", house.pin).status == 200
    for path in (
        "/kiosk", "/kiosk?lang=en", "/kiosk?text=larger", "/board", "/counter", "/counter/1",
        "/reports", "/admin", "/admin/staff", "/admin/journal", "/admin/catalogue", "/metrics",
        f"/t/{ticket['id']}", "/api/v1/queue", "/board/chime.wav",
    ):  # fmt: skip
        assert ask(house.served, "GET", path, token=token).status == 200, path
    assert admin.get("/counter/1").status == 200
    spoken = ask(house.served, "GET", f"/board/call/{called['seq']}.wav", token=token)
    assert spoken.text.startswith("RIFF")
    assert not list((house.home / "cache").rglob("*.part")), "half a clip was left"


def test_a_body_beyond_the_limit_is_kept_nowhere(start: Open) -> None:
    house = start()
    head = (
        f"POST {TICKETS} HTTP/1.1\r\nHost: box\r\nAuthorization: Bearer {house.token('kiosk')}\r\n"
    )
    size = 3_000_000
    body = b"x" * size
    house.room(NO_ROOM)
    for sent in (
        b"Content-Length: %d\r\n\r\n%s" % (size, body),
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (size, body),
    ):
        with line(house.served) as client:
            client.sendall(head.encode() + b"Content-Type: application/json\r\n" + sent)
            refused = answer_on(client)
        assert refused.status == 413
        assert refused.json["error"]["code"] == "request.too_large"


def test_a_slip_that_cannot_be_kept_does_not_undo_the_number(start: Open) -> None:
    house = start()
    token = house.token("staff")
    house.room(4_000)  # enough for the journal, not for the picture of a slip
    ticket = take(house, token, "first")
    assert ticket.status == 201
    number = Browser(house.served).get(f"/kiosk/number/{ticket.json['id']}")
    assert number.status == 200
    assert "A001" in number.text


def test_reports_of_past_days_need_no_room(start: Open, tmp_path: Path) -> None:
    home = tmp_path / "centre"
    past = ["--days", "5", "--tickets-per-day", "200"]
    subprocess.run(motcua("simulate", "--home", str(home), *past), check=True, capture_output=True)
    days = TinyJournal(home / "journal").days()
    house = start(home)
    house.room(NO_ROOM)
    token = house.token("manager")
    span = f"from={days[0]}&to={days[-1]}"
    assert ask(house.served, "GET", f"/api/v1/reports/waits?{span}", token=token).json["visits"]
    for form in ("", "&format=csv", "&format=html"):
        answer = ask(house.served, "GET", f"/reports?{span}{form}", token=token)
        assert answer.status == 200, form
    assert not list((home / "visits").glob("*.json"))


def test_it_starts_on_a_full_disk_and_gives_numbers_once_there_is_room(start: Open) -> None:
    first = start()
    token = first.token("staff")
    take(first, token, "first")
    first.process.kill()
    first.process.wait()
    house = start(full=True)
    assert ask(house.served, "GET", "/board", token=token).status == 200
    assert take(house, token, "second").status == 503
    house.room()
    assert take(house, token, "second").json["number"] == "A002"
    assert_sound(house, 2)


@pytest.mark.parametrize(
    "words", [("backup", "kept.zip"), ("staff", "add", "Lan", "--role", "staff")]
)
def test_the_command_line_says_it_in_a_sentence_and_leaves_nothing(
    start: Open, words: tuple[str, ...]
) -> None:
    house = start()
    before = house.files()
    ran = subprocess.run(
        motcua(*words, "--home", str(house.home), full=True),
        capture_output=True, text=True, check=False, timeout=60, cwd=house.home.parent,
    )  # fmt: skip
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert "File too large" in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1
    assert house.files() == before
    assert list(house.home.parent.iterdir()) == [house.home]


_LARGE_ANSWER = """
import resource, sys
from pathlib import Path
from threading import Thread
from motcua.app import create_app, open_box
from motcua.home import Home
from motcua.server import make_server
from tests.faults.wire import line

home = Home(Path(sys.argv[1]))
home.prepare()
box = open_box(home)
app = create_app(box)
app.add_url_rule("/large", view_func=lambda: b"x" * 9_000_000)
server = make_server(app, box.centre.server, "127.0.0.1", 0)
Thread(target=server.run, daemon=True).start()
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
with line(f"http://127.0.0.1:{server.effective_port}", small=True) as client:
    client.sendall(b"GET /large HTTP/1.0\\r\\nHost: box\\r\\n\\r\\n")
    size = 0
    while part := client.recv(1_000_000):
        size += len(part)
print(size)
"""


_SPOKEN_CLIP = """
import resource, sys
from pathlib import Path
from motcua.display.clips import Clips
from motcua.display.sound import Sound

resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
clips = Clips(Path(sys.argv[1]))
print(clips.get("a call", lambda: Sound.silence(1.0)).seconds, list(Path(sys.argv[1]).iterdir()))
"""


def test_a_spoken_clip_that_has_no_room_is_heard_and_leaves_no_part(tmp_path: Path) -> None:
    assert run_script(_SPOKEN_CLIP, tmp_path) == "1.0 []"


def run_script(script: str, place: Path) -> str:
    """Run a script that limits itself; return what it prints."""
    ran = subprocess.run(
        [sys.executable, "-c", script, str(place)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return ran.stdout.strip()


def test_a_large_answer_waits_for_its_client_without_the_disk(tmp_path: Path) -> None:
    assert int(run_script(_LARGE_ANSWER, tmp_path / "home")) > 9_000_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for a megabyte."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", _TMPFS, "motcua-test", str(place)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_on_a_small_disk_that_somebody_fills_numbers_go_on_once_it_is_emptied(
    small_disk: Path, start: Open
) -> None:
    house = start(small_disk / "centre")
    token = house.token("staff")
    take(house, token, "first")
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 512):
            pass
    given = [take(house, token, f"tap-{n}").status for n in range(_TAPS)]
    assert given == sorted(given)  # the last page of the file takes some more, then none
    assert given[-1] == 503
    assert ask(house.served, "GET", "/api/v1/queue", token=token).status == 200
    ballast.unlink()
    again = [take(house, token, f"tap-{n}").status for n in range(_TAPS)]
    assert set(again) == {200, 201}
    assert again.count(200) == given.count(201)
    assert_sound(house, _TAPS + 1)
