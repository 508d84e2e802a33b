"""What else writes: commands, clips and large answers without room; a small disk that is filled."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.house import House, assert_sound, motcua, take
from tests.faults.wire import ask

Open = Callable[..., House]
_TMPFS = "size=1m"
_TAPS = 60


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
