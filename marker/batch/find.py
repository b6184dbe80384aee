"""Which files are whose: in a folder, in a zip from a learning platform, or as a CSV says."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from marker.errors import MarkerError
from marker.extract import _is_work

# "Jo Smith_12345_assignsubmission_file_/essay.docx", or without folders "..._assignsubmission_file_essay.docx"
_MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)(?:_.*)?")
# "smithjo_12345_67890_essay.docx", with "_LATE" behind the name of who was late
_CANVAS = re.compile(r"(?P<name>[^\W_]+)_(?:LATE_)?(?P<number>\d{3,})_\d{3,}_.+")
_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Found:
    """One learner's files: paths of files and folders, or else names of members of the zip `archive`."""

    learner: str
    files: tuple[str, ...]
    archive: str | None = None


def find(source: Path) -> tuple[Found, ...]:
    """Every learner's files, in the order of the learners' names.

    Args:
        source: a folder with a file or folder for each learner (of one name but for the ending: one learner's); a zip
            of such a folder, or as Moodle or Canvas give it, unpacked or not; or a CSV with a column `learner` and a
            column `file`, whose paths begin at the CSV's folder.

    Raises:
        MarkerError: there is none, or the zip or CSV cannot be read.
    """
    source = Path(source).resolve()
    if source.is_dir():
        found = _in_folder(source)
    elif source.suffix.lower() == ".csv":
        found = _in_csv(source)
    else:
        found = _in_zip(source)
    if not found:
        raise MarkerError(f"{source.name}: no submission in it; it needs a file or a folder for each learner")
    return tuple(sorted(found, key=lambda one: (natural(one.learner), one.learner)))


def natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts names as people do: L2 before L10, and capitals beside small letters."""
    return [(int(part), "") if part.isdecimal() else (0, part.casefold()) for part in _NUMBERS.split(name)]


def learner_of(name: str, *, folder: bool) -> str:
    """Who handed in a file or folder of that name."""
    for layout in (_MOODLE, _CANVAS):
        if (match := layout.fullmatch(name)) and (layout is _MOODLE or not folder):
            return f"{match['name']} {match['number']}"
    return name if folder else PurePosixPath(name).stem


def _grouped(files: Iterable[tuple[str, str]], archive: str | None = None) -> list[Found]:
    """Pairs of learner and file, together learner by learner."""
    by_learner: dict[str, dict[str, None]] = {}
    for learner, file in files:
        by_learner.setdefault(learner, {})[file] = None
    return [Found(learner, tuple(those), archive) for learner, those in by_learner.items()]


def _in_folder(folder: Path) -> list[Found]:
    entries = sorted(entry for entry in folder.iterdir() if _is_work(PurePosixPath(entry.name)))
    return _grouped((learner_of(entry.name, folder=entry.is_dir()), str(entry)) for entry in entries)


def _in_zip(path: Path) -> list[Found]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [member.filename for member in archive.infolist() if not member.is_dir()]
    except FileNotFoundError:
        raise MarkerError(f"{path.name}: no such folder; check the name") from None
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        raise MarkerError(f"{path.name}: neither a folder nor a zip or CSV that can be read; unpack it first") from None
    inside = {name: PurePosixPath(name.replace("\\", "/")) for name in sorted(names)}
    members = {name: member.parts for name, member in inside.items() if _is_work(member)}
    depth = _depth(list(members.values()))
    pairs = ((learner_of(parts[depth], folder=len(parts) > depth + 1), name) for name, parts in members.items())
    return _grouped(pairs, str(path))


def _depth(members: Sequence[tuple[str, ...]]) -> int:
    """How deep the learners stand: a zip often holds nothing but the folder that was zipped."""
    depth = 0
    while members and all(len(parts) > depth + 1 for parts in members):
        tops = {parts[depth] for parts in members}
        if len(tops) > 1 or _MOODLE.fullmatch(tops.pop()):
            break
        depth += 1
    return depth


def _in_csv(path: Path) -> list[Found]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError:
        raise MarkerError(f"{path.name}: no such file; check the name") from None
    except UnicodeDecodeError:
        raise MarkerError(f"{path.name}: not in UTF-8; save it as “CSV UTF-8”") from None
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in head and "," not in head else ",")
    names = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    if not {"learner", "file"} <= names.keys():
        raise MarkerError(f"{path.name}, line 1: the header must name the columns learner and file")
    return _grouped(_csv_pairs(path, rows, names["learner"], names["file"]))


def _csv_pairs(path: Path, rows: csv.DictReader[str], learner: str, file: str) -> Iterator[tuple[str, str]]:
    for row in rows:
        whose, what = ((row.get(column) or "").strip() for column in (learner, file))
        if bool(whose) != bool(what):
            raise MarkerError(f"{path.name}, line {rows.line_num}: a row needs both a learner and a file")
        if whose:
            yield whose, str(path.parent / what)
