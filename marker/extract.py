"""From files to a Document or a Submission. A file's first bytes decide how it is read, never its name."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from marker.document import Document, Location, Passage, Submission, Unread
from marker.errors import UnreadableError

MAX_FILE_BYTES = 100_000_000
MAX_FILES = 500

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_IMAGE = "an image; hand in the text itself as .docx, .pdf or .txt"
_SAVE_AS = "open it in the program that made it and save it as .docx or .pdf"
_FOREIGN = (
    (b"{\\rtf", "an RTF file; open it in Word and save it as .docx"),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\0", _IMAGE),
    (b"MM\0*", _IMAGE),
    (b"<!doctype html", f"a web page; {_SAVE_AS}"),
    (b"<html", f"a web page; {_SAVE_AS}"),
    (b"<?xml", f"an XML file; {_SAVE_AS}"),
)
_SKIPPED_NAMES = ("__macosx", "thumbs.db", "desktop.ini")


def read(path: Path) -> Document:
    """The passages of one Word, PDF or text file.

    Raises UnreadableError, with one line that names the file and the cure, whatever is wrong with it.
    """
    return _read(Path(path), Path(path).name)


def read_submission(paths: Sequence[Path], name: str | None = None) -> Submission:
    """All files of one learner: files, or folders with everything in them.

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
    documents = [read_one(path, label) for path, label in files]
    _require_text(title, documents)
    return Submission(title, tuple(documents))


def _named(paths: list[Path]) -> list[tuple[Path, str]]:
    """Every file with the name it goes by: its path within the folder given, and no name twice."""
    found: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_dir():
            found += [(file, file.relative_to(path).as_posix()) for file in _files_in(path)]
        else:
            found.append((path, path.name))
    found = list(dict(found).items())
    times = Counter(label for _, label in found)
    return [(path, label if times[label] == 1 else path.as_posix()) for path, label in found]


def _files_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "~$")) or part.lower() in _SKIPPED_NAMES for part in parts)
        if not hidden and not path.name.endswith(".labels.json") and path.is_file():
            yield path


def _read_or_note(path: Path, name: str) -> Document:
    """The file as read, or a Document that says why it could not be."""
    try:
        return _read(path, name)
    except UnreadableError as error:
        reason = str(error).removeprefix(f"{_printable(name)}: ")
        try:
            digest = hashlib.sha256(_load(path, name)).hexdigest()
        except UnreadableError:
            digest = ""
        return Document(
            name, digest, "unreadable", (), (Unread(f"file: {reason}", Location(name, None, None, None, 0, 0)),)
        )


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


def _read(path: Path, name: str) -> Document:
    data = _load(path, name)
    shown = _printable(name)
    try:
        form, (passages, unread) = _parse(data, name)
    except UnreadableError as error:
        raise UnreadableError(f"{shown}: {error}") from None
    except Exception as error:  # the libraries below raise almost anything on damaged bytes
        raise UnreadableError(
            f"{shown}: damaged, or not what it seems; save it again and hand in the new copy"
        ) from error
    if not passages and not unread:
        raise UnreadableError(f"{shown}: no text in it; check that it is the right file and was saved")
    return Document(name, hashlib.sha256(data).hexdigest(), form, passages, unread)


def _load(path: Path, name: str) -> bytes:
    """The file's bytes; raises UnreadableError where there are none, or too many."""
    shown = _printable(name)
    try:
        if path.is_dir():
            raise UnreadableError(f"{shown}: a folder, not a file; name the files in it")
        if not path.exists():
            raise UnreadableError(f"{shown}: no such file; check the name and the folder")
        if not path.is_file():
            raise UnreadableError(
                f"{shown}: not a file that can be read; copy the text into a .docx, .pdf or .txt file"
            )
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableError(
                f"{shown}: larger than {MAX_FILE_BYTES // 1_000_000} MB; remove pictures or split it into several files"
            )
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UnreadableError(
            f"{shown}: cannot be opened; close it elsewhere and check that you may read it"
        ) from error
    if not data:
        raise UnreadableError(f"{shown}: an empty file; save it again and hand in the new copy")
    return data


def _parse(data: bytes, name: str) -> tuple[str, tuple[tuple[Passage, ...], tuple[Unread, ...]]]:
    """The format's name and what its reader finds. The readers are imported here: they are slow to load."""
    start = data[:1024]
    if start.startswith(b"PK"):
        from marker.readers.docx import read_docx

        return "docx", read_docx(data, name)
    if start.startswith(_OLE):
        raise UnreadableError(_ole_reason(data))
    if start[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1") or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        raise UnreadableError(_IMAGE)
    opening = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for magic, reason in _FOREIGN:
        if start.startswith(magic) or opening.startswith(magic):
            raise UnreadableError(reason)
    if b"%PDF-" in start:
        from marker.readers.pdf import read_pdf

        return "pdf", read_pdf(data, name)
    from marker.readers.text import read_text

    return "md" if name.lower().endswith((".md", ".markdown")) else "txt", read_text(data, name)


def _ole_reason(data: bytes) -> str:
    """What a file in Microsoft's old container is: the stream names in it are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "protected with a password; open it in Word, remove the password and save it again"
    if "WordDocument".encode("utf-16-le") in data:
        return "an old Word file; open it in Word and save it as .docx"
    return f"an old Office or Outlook file; {_SAVE_AS}"


def _printable(name: str) -> str:
    """The name on one line, whatever characters it is made of."""
    return "".join(character if character.isprintable() else "?" for character in name)
