"""What the plug leaves on a disk: every state that what was done to it until then allows.

What was synced stays, and so do names whose folder was synced. Of what was written since, anything
may be there: nothing, the beginning up to any byte, a file that has grown and holds zeros, a later
sector without an earlier one, a write without the cut before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, product
from pathlib import Path

from tests.journal.journal_days import FailingDisk

SECTOR = 512
_FEW_SECTORS = 3
Files = dict[Path, bytes]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done to the disk."""

    kind: str
    """`create`, `append`, `cut`, `sync`, `names` (of a folder are synced), `replace`, `remove`."""
    path: Path
    data: bytes = b""
    size: int = 0
    to: Path = Path()


class RecordingDisk(FailingDisk):
    """Tells what was done to it, and fails as planned."""

    def __init__(self, *plan: str, deeds: Iterable[Deed] = ()) -> None:
        """Go on after `deeds`."""
        super().__init__(*plan)
        self._durable = False
        self.deeds = list(deeds)
        self._open: dict[int, Path] = {}
        self._unseen: set[Path] = set()

    def open(self, path: Path) -> int:
        if not path.exists():
            self.deeds.append(Deed("create", path))
        file = super().open(path)
        self._open[file] = path
        return file

    def create(self, path: Path) -> int:
        self.deeds.append(Deed("create", path))
        self._unseen.add(path)
        file = super().create(path)
        self._open[file] = path
        return file

    def append(self, file: int, data: bytes) -> int:
        written = super().append(file, data)
        self.deeds.append(Deed("append", self._open[file], data[:written]))
        return written

    def sync(self, file: int) -> None:
        path = self._open[file]
        if path in self._unseen:
            self.deeds.append(Deed("append", path, path.read_bytes()))
        super().sync(file)
        self.deeds.append(Deed("sync", path))

    def cut(self, file: int, size: int) -> None:
        super().cut(file, size)
        self.deeds.append(Deed("cut", self._open[file], size=size))

    def replace(self, file: Path, path: Path) -> None:
        self.deeds.append(Deed("replace", file, to=path))
        super().replace(file, path)

    def remove(self, path: Path) -> None:
        if path.exists():
            self.deeds.append(Deed("remove", path))
        super().remove(path)

    def sync_folder(self, path: Path) -> None:
        self.deeds.append(Deed("names", path))
        super().sync_folder(path)


@dataclass(slots=True)
class _Content:
    """What one file holds."""

    kept: bytes = b""
    since: list[Deed] = field(default_factory=list)
    """What was done to it since it was synced."""


class Platter:
    """The disk as the deeds so far leave it."""

    def __init__(self, files: Files | None = None) -> None:
        """Begin with files that are there for good."""
        self._kept = {path: _Content(data) for path, data in (files or {}).items()}
        self._now = dict(self._kept)

    def do(self, deed: Deed) -> None:
        """Let one more thing be done."""
        match deed.kind:
            case "create":
                self._now[deed.path] = _Content()
            case "replace":
                self._now[deed.to] = self._now.pop(deed.path)
            case "remove":
                self._now = {path: one for path, one in self._now.items() if path != deed.path}
            case "names":
                # Names are added, replaced or removed, and move in no other folder.
                here = {path: one for path, one in self._now.items() if path.parent == deed.path}
                gone = {path for path in self._kept if path.parent == deed.path} - here.keys()
                self._kept = {**self._kept, **here}
                for path in gone:
                    del self._kept[path]
            case "sync":
                content = self._now[deed.path]
                content.kept = list(_grown(content, 1 << 30))[-1]
                content.since = []
            case _:
                self._now[deed.path].since.append(deed)

    def states(self, every: int) -> Iterator[Files]:
        """Yield what a power cut may leave now, torn after every so many bytes.

        What all was written to comes last: what a process leaves that is killed.
        """
        for names in (self._kept, self._now):
            for contents in product(*(_grown(one, every) for one in names.values())):
                yield dict(zip(names, contents, strict=True))


def _grown(content: _Content, every: int) -> Iterator[bytes]:
    """Yield what a file may hold; what it holds when all was written comes last."""
    data = content.kept
    yield data
    for deed in content.since:
        if deed.kind == "cut":
            data = data[: deed.size]
        else:
            yield from _torn(data, deed.data, every)
            uncut = content.kept[len(data) + len(deed.data) :]
            yield data + deed.data + uncut
            data += deed.data
        yield data


def _torn(before: bytes, data: bytes, every: int) -> Iterator[bytes]:
    sectors = _sectors(len(before), data)
    bounds = [len(b"".join(sectors[:count])) for count in range(len(sectors))]
    first = 1 + len(before) % every
    for size in {*range(first, len(data), every), *bounds, len(data) - 1}:
        yield before + data[:size]
    for size in bounds:
        yield before + data[:size] + bytes(len(data) - size)
    for there in _chosen(len(sectors)):
        written = zip(sectors, there, strict=True)
        yield before + b"".join(one if is_there else bytes(len(one)) for one, is_there in written)


def _sectors(offset: int, data: bytes) -> list[bytes]:
    """Return data as it lies in sectors, from `offset` of the file on."""
    first = SECTOR - offset % SECTOR
    cuts = [0, *range(first, len(data), SECTOR), len(data)]
    return [data[start:end] for start, end in pairwise(cuts)]


def _chosen(count: int) -> Iterator[tuple[bool, ...]]:
    """Yield which sectors are there: every choice of few; of many, all but one and only one."""
    if count <= _FEW_SECTORS:
        yield from product((False, True), repeat=count)
        return
    for chosen in range(count):
        yield tuple(n == chosen for n in range(count))
        yield tuple(n != chosen for n in range(count))
