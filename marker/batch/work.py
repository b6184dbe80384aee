"""What a worker does with one learner: read, mark, write the reports, keep the state. Only a word comes back."""

from __future__ import annotations

import hashlib
import json
import re
import signal
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from posixpath import commonpath

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from marker.batch.find import Found
from marker.batch.pseudonym import Roster
from marker.batch.store import Plan, Store, installed
from marker.document import Document, Location, Passage, Submission
from marker.errors import MarkerError, UnreadableError
from marker.extract import MAX_FILE_BYTES, _is_work, read_submission
from marker.marking import Marking
from marker.pipeline import mark_all
from marker.privacy import mask, masked
from marker.report import Format, render
from marker.report.cohort import Learner, learner_of

TRIES = 2  # times that the worker may die over one submission

_ODD = re.compile(r'[<>:"|?*\x00-\x1f]')
_one_at_a_time = threading.Lock()  # within a process: the PDF library is not safe in threads


@dataclass(frozen=True, slots=True)
class Job:
    """One learner to be marked; `id` is what the reports call them."""

    id: str
    found: Found


@dataclass(frozen=True, slots=True)
class Done:
    """One learner as done; `failed` says why nothing could be read, `kept` that an earlier run had done it."""

    id: str
    failed: str | None = None
    kept: bool = False


@dataclass(frozen=True)
class Bench:
    """What a worker keeps from one learner to the next."""

    store: Store
    plan: Plan
    digest: str
    roster: Roster | None


def ignore_interrupts() -> None:
    """Leave Ctrl-C, which reaches every process of a terminal, to the one that gives out the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def mark_one(folder: str, digest: str, job: Job) -> Done:
    """Mark one learner by the plan of that hash in the output folder `folder`, unless that is done already.

    Raises:
        MarkerError: the worker cannot do this batch at all.
    """
    with _one_at_a_time, threadpool_limits(limits=1):
        bench = _bench(folder, digest)
        try:
            with _on_disk(job.found) as paths:
                key = _key(digest, job.id, paths)
                if state := bench.store.done(job.id, key):
                    return _done(state.learner, kept=True)
                if bench.store.start(job.id) > TRIES:
                    raise UnreadableError("the worker died each time that it was being marked")
                markings = _mark(bench, job, paths)
        except UnreadableError as error:
            learner = Learner(job.id, failed=_reason(bench, job, error))
            bench.store.keep(key, learner, {})
            return _done(learner)
        reports = {form: _report(bench.plan, markings, form) for form in bench.plan.formats}
        learner = learner_of(markings)
        bench.store.keep(key, learner, reports)
        return _done(learner)


def give_up(store: Store, job: Job) -> Done:
    """Keep that a learner's work made the worker die; a later run tries again."""
    learner = Learner(job.id, failed="the worker died while it was being marked (too little memory?)")
    store.keep("", learner, {})
    return _done(learner)


def _done(learner: Learner, *, kept: bool = False) -> Done:
    return Done(learner.id, learner.failed, kept)


@lru_cache(maxsize=1)
def _bench(folder: str, digest: str) -> Bench:
    store = Store(Path(folder))
    plan = store.plan(digest)
    if installed() != (plan.version, plan.models, plan.recognition):
        raise MarkerError("a worker has another version of marker, of its models or of text recognition; install one")
    _warm_up(plan)
    roster = Roster(store.folder, plan.rubrics) if plan.pseudonyms else None
    return Bench(store, plan, digest, roster)


def _warm_up(plan: Plan) -> None:
    """Load all that marking needs before the first file: what is amiss here is no learner's fault."""
    text = "They nede it by noon."
    passage = Passage(text, Location("", None, 1, None, 0, len(text)), "paragraph")
    try:
        mark_all(Submission("", (Document("", "", "txt", (passage,)),)), plan.rubrics)
    except (ImportError, OSError) as error:
        raise MarkerError(f"a worker cannot load what marking needs ({error}); install marker anew there") from error


def _mark(bench: Bench, job: Job, paths: Sequence[Path]) -> tuple[Marking, ...]:
    submission = read_submission(paths, job.id)
    if bench.roster:
        submission = bench.roster.hide(submission, job.found.learner)
    if bench.plan.mask:
        submission = masked(submission)
    try:
        return mark_all(submission, bench.plan.rubrics, bench.plan.brief)
    except Exception as error:  # a fault of ours must not cost the class
        raise UnreadableError(f"marker failed on it ({type(error).__name__}); please report this") from error


def _report(plan: Plan, markings: Sequence[Marking], form: Format) -> bytes:
    report = render(markings, form, plan.audience)
    return report.encode("utf-8") if isinstance(report, str) else report


def _reason(bench: Bench, job: Job, error: UnreadableError) -> str:
    reason = str(error).removeprefix(f"{job.id}: ")
    if bench.plan.mask:
        reason = mask(reason)
    return reason.rpartition(": ")[2] if bench.roster else reason  # file names stand in front


def _key(digest: str, id: str, paths: Sequence[Path]) -> str:
    """A hash of everything that a learner's reports are made from."""
    contents = []
    for path in paths:
        inside = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        for file in inside:
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            if _is_work(PurePosixPath(name)):
                contents.append([name, _hash(file)])
    return hashlib.sha256(json.dumps([digest, id, contents]).encode()).hexdigest()


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


@contextmanager
def _on_disk(found: Found) -> Iterator[list[Path]]:
    """The learner's files and folders; out of a zip they are unpacked for as long as they are read."""
    if found.archive is None:
        yield [Path(file) for file in found.files]
        return
    with tempfile.TemporaryDirectory(prefix="marker-") as folder:
        _unpack(found.archive, found.files, Path(folder))
        yield [Path(folder)]


def _unpack(archive: str, names: Sequence[str], folder: Path) -> None:
    inside = {name: name.replace("\\", "/") for name in names}
    above = commonpath([str(PurePosixPath(name).parent) for name in inside.values()])
    for name, plain in inside.items():
        parts = PurePosixPath(plain).relative_to(above).parts
        path = folder.joinpath(*[_ODD.sub("_", part) for part in parts if part != ".."])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_member(archive, name))


def _member(archive: str, name: str) -> bytes:
    opened = _archive(archive)
    member = opened.getinfo(name)
    if member.file_size > MAX_FILE_BYTES:
        raise UnreadableError(f"{name}: larger than {MAX_FILE_BYTES // 1_000_000} MB; remove pictures or split it")
    try:
        with opened.open(member) as file:
            return file.read(member.file_size)
    except Exception as error:  # bad checksums, passwords, methods that zipfile has not got, and what zlib raises
        raise UnreadableError(f"{name}: cannot be unpacked; unpack the zip and give the folder") from error


@lru_cache(maxsize=1)
def _archive(path: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(path)
