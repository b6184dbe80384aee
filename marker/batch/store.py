"""What a batch keeps on disk. Every file is written whole, and a learner's state last: where it stands, all is done.

- `cohort.html`, `.xlsx`, `.csv`, `.json`: the class.
- `reports/ID.html` ...: a report for each learner and format.
- `pseudonyms.csv`: the key, where learners go by pseudonyms; the user may destroy it.
- `state/plan.json`: what the batch marks by.
- `state/cohort.json`: the hashes of the class's files as written.
- `state/learners/ID.json`: one learner in short, and a hash of what the reports were made from.
- `state/running/ID`: a learner whose work is being marked; a byte for each time that it was begun.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from marker.criteria import Rubric
from marker.errors import MarkerError
from marker.output import write_whole
from marker.report import Audience, Format
from marker.report.cohort import Learner
from marker.resources import models_folder
from marker.version import VERSION

SUFFIXES: dict[Format, str] = {"text": ".txt", "json": ".json", "md": ".md", "html": ".html", "docx": ".docx"}


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a batch's results depend on, but for the files.

    `pseudonyms` is empty, or stands for the key in use: another one after every change of it. It is drawn by lot, for
    a hash of the key would let a guess at the key be checked.
    """

    version: str
    models: str
    recognition: bool
    rubrics: tuple[Rubric, ...]
    brief: tuple[str, ...]
    formats: tuple[Format, ...]
    audience: Audience
    pseudonyms: str
    mask: bool


@dataclass(frozen=True, slots=True)
class State:
    """One learner as done: the key of what it was made from, the reports with their hashes, and it all in short."""

    key: str
    reports: dict[str, str]
    learner: Learner


@cache
def _plans() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


@cache
def _states() -> TypeAdapter[State]:
    return TypeAdapter(State)


def installed() -> tuple[str, str, bool]:
    """Of what does the marking here: the version, a hash of the models, and whether pictures are read."""
    from marker.readers.ocr import is_installed

    models = hashlib.sha256()
    for path in sorted(models_folder().iterdir()):
        models.update(f"{path.name} {digest(path.read_bytes())} ".encode())
    return VERSION, models.hexdigest(), is_installed()


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


class Store:
    """The output folder of one batch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reports = folder / "reports"
        self._learners = folder / "state" / "learners"
        self._running = folder / "state" / "running"
        self._plan = folder / "state" / "plan.json"
        self._cohort = folder / "state" / "cohort.json"

    @property
    def is_begun(self) -> bool:
        """Whether there is a batch in the folder, done or not."""
        return self._plan.exists()

    def prepare(self) -> None:
        """Make the folders, and clear away what a run that was killed left unfinished.

        Raises:
            MarkerError: the folder cannot be written to.
        """
        try:
            for folder in (self.reports, self._learners, self._running):
                folder.mkdir(parents=True, exist_ok=True)
            for leftover in (*self.reports.glob(".*"), *self._learners.glob(".*"), *self._running.iterdir()):
                leftover.unlink()
        except OSError as error:
            raise MarkerError(f"{self.folder}: cannot be written ({error.strerror}); choose another folder") from None

    @property
    def key(self) -> str:
        """What the plan calls the key to its pseudonyms; empty where there is none."""
        try:
            return _plans().validate_json(self._plan.read_bytes()).pseudonyms
        except (OSError, ValidationError):
            return ""

    def keep_plan(self, plan: Plan) -> str:
        """Write the plan and return its hash."""
        data = _plans().dump_json(plan, indent=1)
        write_whole(self._plan, data)
        return digest(data)

    def plan(self, expected: str) -> Plan:
        """The plan of that hash.

        Raises:
            MarkerError: it is not here, or another has taken its place.
        """
        try:
            data = self._plan.read_bytes()
        except OSError:
            data = b""
        if digest(data) != expected:
            raise MarkerError(f"{self._plan}: not the plan of this batch; a worker must see the same output folder")
        return _plans().validate_json(data)

    # One learner

    def state(self, id: str) -> State | None:
        """What is kept of a learner; None where there is nothing that can be used."""
        try:
            return _states().validate_json((self._learners / f"{id}.json").read_bytes())
        except (OSError, ValidationError):
            return None

    def done(self, id: str, key: str) -> State | None:
        """The state of a learner whose reports are all here and were made from what `key` stands for."""
        state = self.state(id)
        whole = state and state.key == key and all((self.reports / name).exists() for name in state.reports)
        return state if whole else None

    def start(self, id: str) -> int:
        """Note that a learner's work is being marked; returns how often it was begun in this run."""
        path = self._running / id
        with path.open("ab") as file:
            file.write(b".")
        return path.stat().st_size

    def keep(self, key: str, learner: Learner, reports: dict[Format, bytes]) -> None:
        """Write a learner's reports, and last the state."""
        before = self.state(learner.id)
        written = {}
        for form, data in reports.items():
            name = f"{learner.id}{SUFFIXES[form]}"
            put(self.reports / name, data, before.reports.get(name) if before else None)
            written[name] = digest(data)
        state = State(key, written, learner)
        write_whole(self._learners / f"{learner.id}.json", _states().dump_json(state, indent=1))
        (self._running / learner.id).unlink(missing_ok=True)

    def interrupted(self) -> frozenset[str]:
        """The learners whose work was being marked when the workers died."""
        return frozenset(path.name for path in self._running.iterdir())

    # All learners

    def forget_others(self, ids: Collection[str]) -> None:
        """Remove what is kept of learners who are not handed in any more, but for reports that somebody edited."""
        for path in list(self._learners.glob("*.json")):
            if path.stem in ids:
                continue
            state = self.state(path.stem)
            for name, written in state.reports.items() if state else ():
                report = self.reports / name
                if report.exists() and digest(report.read_bytes()) == written:
                    report.unlink()
            path.unlink()

    def keep_cohort(self, files: Mapping[str, bytes]) -> None:
        """Write the files about the class."""
        try:
            before = json.loads(self._cohort.read_bytes())
        except (OSError, ValueError):
            before = {}
        for name, data in files.items():
            put(self.folder / name, data, before.get(name))
        written = {name: digest(data) for name, data in files.items()}
        write_whole(self._cohort, json.dumps(written, indent=1).encode())

    def learners(self, ids: Sequence[str]) -> Learners:
        """The learners in short, read from disk each time that they are gone through."""
        return Learners(self, ids)


class Learners(Collection[Learner]):
    """Learners in short, in a given order, of whom one at a time is in memory."""

    def __init__(self, store: Store, ids: Sequence[str]) -> None:
        self._store = store
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Learner]:
        for name in self._ids:
            state = self._store.state(name)
            yield state.learner if state else Learner(name, failed="not marked yet")

    def __contains__(self, learner: object) -> bool:
        return isinstance(learner, Learner) and learner.id in self._ids


def put(path: Path, data: bytes, written: str | None) -> None:
    """Write a file whole; one that somebody edited since it was `written` is kept under another name."""
    if written and path.exists() and digest(path.read_bytes()) not in (written, digest(data)):
        spares = (path.with_stem(f"{path.stem} (edited {number})") for number in count(1))
        path.replace(next(spare for spare in spares if not spare.exists()))
    write_whole(path, data)
