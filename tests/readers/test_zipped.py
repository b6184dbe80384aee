"""A zip archive as a folder: work.zip of fixtures/build_formats.py, and hostile ones."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from marker.errors import UnreadableError
from marker.extract import read, read_submission
from marker.readers import zipped as module

FIXTURES = Path(__file__).parents[1] / "fixtures"
MARKER = "Dawn needs the float by nine"
Zipped = Callable[[dict[str, bytes | str]], bytes]


def test_a_zip_is_read_like_the_folder_that_it_was() -> None:
    submission = read_submission([FIXTURES / "work.zip"])
    names = {document.name: document for document in submission.documents}
    assert submission.id == "work"
    assert list(names) == ["outside.txt", "work/more.zip", "work/notes.txt", "work/task 1/table.docx"]
    assert names["work/task 1/table.docx"].format == "docx"
    assert names["work/notes.txt"].passages[0].location.file == "work/notes.txt"


def test_a_zip_in_a_zip_is_refused_and_the_rest_is_read() -> None:
    documents = {document.name: document for document in read_submission([FIXTURES / "work.zip"]).documents}
    assert documents["work/more.zip"].unread[0].what.startswith("file: ")
    assert documents["work/more.zip"].passages == ()


def test_a_name_that_points_outside_is_only_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read_submission([FIXTURES / "work.zip"])
    assert list(tmp_path.rglob("*")) == []


def test_a_zip_among_other_files_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("I look after two kinds of people.")
    (tmp_path / "work.zip").write_bytes((FIXTURES / "work.zip").read_bytes())
    names = [document.name for document in read_submission([tmp_path]).documents]
    assert names[:2] == ["a.txt", "work.zip/outside.txt"]


def refused(data: bytes, folder: Path) -> str:
    (folder / "work.zip").write_bytes(data)
    with pytest.raises(UnreadableError) as caught:
        read_submission([folder / "work.zip"])
    assert str(caught.value).startswith("work.zip: ") and "\n" not in str(caught.value)
    return str(caught.value)


def test_bombs_are_not_unpacked(zipped: Zipped, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "larger inside" in refused(zipped({"a.txt": b" " * 20_000_000}), tmp_path)
    monkeypatch.setattr(module, "MAX_FILES", 2)
    assert "larger inside" in refused(zipped({f"{i}.txt": "a" for i in range(3)}), tmp_path)
    monkeypatch.setattr(module, "MAX_FILES", 500)
    monkeypatch.setattr(module, "MAX_UNPACKED_BYTES", 5)
    assert "larger inside" in refused(zipped({"a.txt": b"123456"}), tmp_path)


def test_a_protected_zip_is_refused(zipped: Zipped, tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"hello"}))
    data[6] |= 1
    data[bytes(data).index(b"PK\1\2") + 8] |= 1
    assert "password" in refused(bytes(data), tmp_path)


def test_an_empty_zip_is_an_error(zipped: Zipped, tmp_path: Path) -> None:
    (tmp_path / "work.zip").write_bytes(zipped({"__MACOSX/a": b"", "b/": b""}))
    with pytest.raises(UnreadableError, match="without files"):
        read_submission([tmp_path / "work.zip"])


def test_a_file_without_a_name_is_read(zipped: Zipped) -> None:
    nameless = zipped({"~": "I rang Mrs Voss back the same day."}).replace(b"~", b"\0")
    [(path, unpack)] = module.members(nameless)
    assert (str(path), unpack()) == ("file", b"I rang Mrs Voss back the same day.")


def test_a_damaged_member_is_noted(zipped: Zipped, tmp_path: Path) -> None:
    data = zipped({"a.txt": "I look after people. " * 40, "b.txt": "I look after two kinds of people."})
    (tmp_path / "work.zip").write_bytes(data[:40] + b"\xff\xff\xff" + data[43:])
    damaged, good = read_submission([tmp_path / "work.zip"]).documents
    assert "damaged" in damaged.unread[0].what and good.passages


def test_a_link_in_a_zip_is_no_text_and_is_noted(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as file:
        file.writestr(link, "/etc/passwd")
        file.writestr("notes.txt", MARKER)
    linked, notes = read_submission([tmp_path / "work.zip"]).documents
    assert (linked.passages, notes.passages[0].text) == ((), MARKER)
    assert linked.unread[0].what.startswith("file: a link")


def test_one_document_is_asked_of_read() -> None:
    with pytest.raises(UnreadableError, match="zip archive; unpack it"):
        read(FIXTURES / "work.zip")
