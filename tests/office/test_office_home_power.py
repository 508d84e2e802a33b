"""The plug is pulled while a small file of the home is replaced: it is the old one or the new."""

from __future__ import annotations

from pathlib import Path

from motcua.access import Access, Role
from motcua.home import Home, write_atomic
from tests.journal.power_cuts import Files, Platter, RecordingDisk

_OLD = b"old " * 200
_NEW = b"new " * 500


def _left(path: Path, there: Files) -> list[list[Files]]:
    """Replace a file; return what the plug may leave after each thing done to the disk."""
    disk = RecordingDisk()
    write_atomic(path, _NEW, disk)
    platter = Platter(there)
    left = [list(platter.states(50))]
    for deed in disk.deeds:
        platter.do(deed)
        left.append(list(platter.states(50)))
    return left


def test_a_replaced_file_is_the_old_or_the_new_whole(tmp_path: Path) -> None:
    path = tmp_path / "access.json"
    path.write_bytes(_OLD)
    left = _left(path, {path: _OLD})
    assert {state[path] for states in left for state in states} == {_OLD, _NEW}
    assert {state[path] for state in left[-1]} == {_NEW}, "new for good, once it is said"


def test_a_first_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    left = _left(path, {})
    assert {state.get(path) for states in left for state in states} == {None, _NEW}
    assert [state[path] for state in left[-1]] == [_NEW] * len(left[-1])


def test_what_a_power_cut_left_half_written_is_in_nobodys_way(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    pin = Access(home.access).add_staff("Lan", Role.STAFF)
    for name in (".access.json.0123456789abcdef", ".centre.toml.0123456789abcdef"):
        (home.path / name).write_bytes(b"{half")
    assert not home.prepare()
    access = Access(home.access)
    assert access.sign_in("Lan", pin)
    assert access.add_staff("An", Role.ADMIN)
    assert Access(home.access).role_of("An") is Role.ADMIN
