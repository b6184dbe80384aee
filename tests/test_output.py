from pathlib import Path

import pytest

from marker.errors import MarkerError
from marker.output import write_whole


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    taken = tmp_path / "folder"
    taken.mkdir()
    (taken / "inside").write_text("x", encoding="utf-8")
    with pytest.raises(MarkerError, match="cannot be written"):
        write_whole(taken, b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
