"""On macOS a file is brought to the medium by a call of its own, and by fsync on a disk that does not know it."""

from __future__ import annotations

import errno
from types import SimpleNamespace

import pytest

from sessions.disk import unix


@pytest.mark.parametrize(("refusal", "synced"), [(0, []), (errno.ENOTSUP, [7]), (errno.EIO, None)])
def test_a_full_sync_does_what_the_disk_can(monkeypatch: pytest.MonkeyPatch, refusal: int, synced: list[int] | None) -> None:
    found: list[int] = []

    def full(_fd: int, _call: int) -> None:
        if refusal:
            raise OSError(refusal, "refused")

    monkeypatch.setattr(unix, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(unix, "fcntl", SimpleNamespace(F_FULLFSYNC=51, fcntl=full))
    monkeypatch.setattr(unix, "os", SimpleNamespace(fsync=found.append))
    if synced is None:
        with pytest.raises(OSError, match="refused"):
            unix.full_sync(7)
    else:
        unix.full_sync(7)
        assert found == synced
