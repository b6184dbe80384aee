"""A zip archive as a folder: its files, read in memory and never written anywhere."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath

from marker.errors import UnreadableError
from marker.readers.archive import DAMAGED, is_bomb

MAX_FILES = 500
MAX_UNPACKED_BYTES = 300_000_000  # of all files together
_HOSTILE = "larger inside than a learner's work is; unpack it and hand in the files in it"
_PROTECTED = "a zip protected with a password; unpack it and hand in the files in it"


def members(data: bytes) -> list[tuple[PurePosixPath, Callable[[], bytes]]]:
    """The files of a zip archive in order of their names, each with what unpacks it.

    A name that points outside the archive loses the part that does. Raises UnreadableError, without the archive's
    name, if it is damaged, protected, or holds more than a submission may.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableError(DAMAGED) from error
    files = {_inside(member.filename): member for member in archive.infolist() if not _is_folder(member)}
    if any(member.flag_bits & 1 for member in files.values()):
        raise UnreadableError(_PROTECTED)
    if len(files) > MAX_FILES or sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED_BYTES:
        raise UnreadableError(_HOSTILE)
    if any(is_bomb(member) for member in files.values()):
        raise UnreadableError(_HOSTILE)
    return [(path, partial(_unpacked, archive, files[path])) for path in sorted(files, key=str)]


def _is_folder(member: zipfile.ZipInfo) -> bool:
    """As `ZipInfo.is_dir`, which fails on an empty name before Python 3.12."""
    return member.filename.endswith("/")


def _inside(name: str) -> PurePosixPath:
    """The name without drive, root and steps upwards."""
    parts = name.replace("\\", "/").replace(":", "").split("/")
    return PurePosixPath(*[part for part in parts if part.strip(" .")] or ["file"])


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if stat.S_ISLNK(member.external_attr >> 16):  # what it holds is only a path
        raise UnreadableError("a link to a file, in the zip archive; hand in the file itself")
    try:
        with archive.open(member) as file:
            return file.read(member.file_size)
    except Exception as error:  # bad checksums, methods that zipfile has not got, and what zlib raises
        raise UnreadableError(f"in the zip archive: {DAMAGED}") from error
