"""From files to a Document or a Submission. A file's content decides how it is read, never its name."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import NamedTuple

from marker import formats
from marker.document import Document, Location, Submission, Unread
from marker.errors import UnreadableError

MAX_FILE_BYTES = 100_000_000
MAX_FILES = 500

_SKIPPED_NAMES = ("__macosx", "thumbs.db", "desktop.ini")


class _File(NamedTuple):
    """A file to be read: the name that it goes by, and what loads its bytes or says why it cannot."""

    name: str
    load: Callable[[], bytes]


def read(path: Path) -> Document:
    """The passages of one file, of any format but a zip of several files.

    Raises UnreadableError, with one line that names the file and the cure, whatever is wrong with it.
    """
    return _read(_on_disk(Path(path), Path(path).name))


def read_submission(paths: Sequence[Path], name: str | None = None) -> Submission:
    """All files of one learner: files, or folders and zip archives with everything in them.

    The submission's id is `name`, or else the first file's or folder's name without its suffix. Of several
    files, one that cannot be read becomes a Document without passages. Raises UnreadableError if there is no
    file with text in it.
    """
    if not paths:
        raise UnreadableError("no file given; name the files or the folder of one learner")
    first = Path(paths[0])
    title = name or (first.resolve().name if first.is_dir() else first.stem)
    files = _named([Path(path) for path in paths])
    if not files:
        raise UnreadableError(f"{_printable(title)}: a folder without files; put the learner's files in it")
    if len(files) > MAX_FILES:
        raise UnreadableError(f"{_printable(title)}: more than {MAX_FILES} files; give one learner's folder at a time")
    read_one = _read if len(files) == 1 else _read_or_note
    documents = [read_one(file) for file in files]
    _require_text(title, documents)
    return Submission(title, tuple(documents))


def _named(paths: list[Path]) -> list[_File]:
    """Every file with the name it goes by: its path within the folder given, and no name twice."""
    found: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_dir():
            found += [(file, file.relative_to(path).as_posix()) for file in _files_in(path)]
        else:
            found.append((path, path.name))
    found = list(dict(found).items())
    times = Counter(label for _, label in found)
    named = [(path, label if times[label] == 1 else path.as_posix()) for path, label in found]
    alone = len(named) == 1
    return [file for path, label in named for file in _unzipped(path, label, alone=alone)]


def _files_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if _is_work(path.relative_to(folder)) and path.is_file():
            yield path


def _is_work(path: PurePath) -> bool:
    """Whether a file in a folder may be the learner's: not hidden, not an operating system's, not our labels."""
    hidden = any(part.startswith((".", "~$")) or part.lower() in _SKIPPED_NAMES for part in path.parts)
    return not hidden and not path.name.endswith(".labels.json")


def _unzipped(path: Path, label: str, *, alone: bool) -> list[_File]:
    """The files in a zip archive, named as in a folder where it is `alone`; any other file by itself."""
    file = _on_disk(path, label)
    try:
        data = file.load() if _begins_as_zip(path) else b""
        if not formats.is_folder(data):
            return [file]
        from marker.readers.zipped import members

        inside = [member for member in members(data) if _is_work(member[0])]
    except UnreadableError as error:
        return [_File(label, partial(_refuse, str(error)))]
    prefix = "" if alone else f"{label}/"
    return [_File(f"{prefix}{name}", load) for name, load in inside]


def _begins_as_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(formats.ZIP)) == formats.ZIP
    except (OSError, ValueError):
        return False


def _refuse(reason: str) -> bytes:
    raise UnreadableError(reason)


def _on_disk(path: Path, name: str) -> _File:
    return _File(name, partial(_load, path))


def _read_or_note(file: _File) -> Document:
    """The file as read, or a Document that says why it could not be."""
    try:
        return _read(file)
    except UnreadableError as error:
        try:
            digest = hashlib.sha256(file.load()).hexdigest()
        except UnreadableError:
            digest = ""
        reason = str(error).removeprefix(f"{_printable(file.name)}: ")
        where = Location(file.name, None, None, None, 0, 0)
        return Document(file.name, digest, "unreadable", (), (Unread(f"file: {reason}", where),))


def _require_text(title: str, documents: list[Document]) -> None:
    if any(document.passages for document in documents):
        return
    unread = documents[0].unread[0].what
    if len(documents) == 1:
        raise UnreadableError(
            f"{_printable(documents[0].name)}: no text in it, only what cannot be read ({unread}); "
            "hand in the typed text, or run text recognition (OCR) on it first"
        )
    raise UnreadableError(
        f"{_printable(title)}: none of its {len(documents)} files can be read; "
        f"the first, {_printable(documents[0].name)}: {unread.removeprefix('file: ')}"
    )


def _read(file: _File) -> Document:
    shown = _printable(file.name)
    try:
        data = file.load()
        if not data:
            raise UnreadableError("an empty file; save it again and hand in the new copy")
        form = formats.recognise(data, file.name)
        passages, unread = form.read(data, file.name)
    except UnreadableError as error:
        raise UnreadableError(f"{shown}: {error}") from None
    except Exception as error:  # the libraries below raise almost anything on damaged bytes
        raise UnreadableError(
            f"{shown}: damaged, or not what it seems; save it again and hand in the new copy"
        ) from error
    if not passages and not unread:
        raise UnreadableError(f"{shown}: no text in it; check that it is the right file and was saved")
    return Document(file.name, hashlib.sha256(data).hexdigest(), form.name, passages, unread)


def _load(path: Path) -> bytes:
    """The file's bytes; raises UnreadableError, without the file's name, where they cannot be had or are too many."""
    try:
        if path.is_dir():
            raise UnreadableError("a folder, not a file; name the files in it")
        if not path.exists():
            raise UnreadableError("no such file; check the name and the folder")
        if not path.is_file():
            raise UnreadableError("not a file that can be read; copy the text into a .docx, .pdf or .txt file")
        if path.stat().st_size > MAX_FILE_BYTES:
            megabytes = MAX_FILE_BYTES // 1_000_000
            raise UnreadableError(f"larger than {megabytes} MB; remove pictures or split it into several files")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise UnreadableError("cannot be opened; close it elsewhere and check that you may read it") from error


def _printable(name: str) -> str:
    """The name on one line, whatever characters it is made of."""
    return "".join(character if character.isprintable() else "?" for character in name)
