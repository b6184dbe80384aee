"""Giving out the work, one learner at a time, to processes here or on a cluster; what is done stays done."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from joblib import Parallel, cpu_count, delayed, parallel_config  # type: ignore[import-untyped]
from joblib.externals.loky import ProcessPoolExecutor  # type: ignore[import-untyped]
from joblib.externals.loky.process_executor import BrokenProcessPool  # type: ignore[import-untyped]

from marker.batch.find import Found, find
from marker.batch.pseudonym import assign
from marker.batch.store import SUFFIXES, Plan, Store, digest, installed
from marker.batch.work import Done, Job, give_up, ignore_interrupts, mark_one
from marker.criteria import Rubric
from marker.errors import MarkerError
from marker.report import Audience, Format
from marker.report.cohort import Cohort, cohort_of

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST_ID = 100

Watch = Callable[[Done], None]


def run_batch(
    source: Path,
    rubrics: Sequence[Rubric],
    output: Path,
    *,
    formats: Sequence[Format] = ("html",),
    audience: Audience = "assessor",
    brief: Sequence[str] = (),
    jobs: int | None = None,
    resume: bool = False,
    pseudonymise: bool = False,
    mask: bool = False,
    scheduler: str | None = None,
    progress: Callable[[int], AbstractContextManager[Watch]] = lambda _: nullcontext(lambda _: None),
) -> Cohort:
    """Mark every learner's work in `source` and write their reports and the class's into the folder `output`.

    The results do not depend on who does the work. A submission that cannot be read costs only itself.

    Args:
        source: see `marker.batch.find.find`.
        jobs: processes on this machine, by default one a core.
        resume: keep what an earlier run into `output` has done and nothing has changed for.
        pseudonymise: put a pseudonym for every learner's name and id; the key is `pseudonyms.csv` in `output`.
        mask: hide e-mail addresses, phone numbers and the like in every output.
        scheduler: the address of a Dask cluster to do the work, whose workers see both folders under the same paths.
        progress: from the number of learners, what is entered for the run and called with each that is done.

    Raises:
        MarkerError: the batch cannot be run, or not here.
    """
    source, output = Path(source).resolve(), Path(output).resolve()
    if source.is_dir() and output.is_relative_to(source):
        raise MarkerError(f"{output.name}: inside the folder of submissions; choose an output folder outside it")
    found = find(source)
    store = Store(output)
    if store.is_begun and not resume:
        raise MarkerError(f"{output.name}: holds a batch already; go on with it by --resume, or choose another folder")
    store.prepare()
    key = ""
    if pseudonymise:
        ids, known = assign(output, found)
        key = store.key if known and store.key else secrets.token_hex(8)
    else:
        ids = _ids(found)
    plan = Plan(*installed(), tuple(rubrics), tuple(brief), tuple(dict.fromkeys(formats)), audience, key, mask)
    hashed = store.keep_plan(plan)
    store.forget_others(set(ids.values()))
    pending = [Job(ids[one.learner], one) for one in found]
    workers = _cluster(store, hashed, scheduler) if scheduler else _here(store, hashed, jobs or cpu_count())
    with progress(len(pending)) as watch:
        for done in workers(pending):
            watch(done)
    return _report(store, plan, [job.id for job in pending])


def _ids(found: Sequence[Found]) -> dict[str, str]:
    """A name for each learner that every system takes for a file's, and no two alike on any."""
    names = {one.learner: _UNSAFE.sub("_", one.learner)[:_LONGEST_ID].strip(" .") or "_" for one in found}
    times = Counter(name.casefold() for name in names.values())
    return {
        learner: f"{name}-{digest(learner.encode(errors='surrogatepass'))[:8]}"
        if times[name.casefold()] > 1 or _RESERVED.fullmatch(name)
        else name
        for learner, name in names.items()
    }


def _report(store: Store, plan: Plan, ids: Sequence[str]) -> Cohort:
    from marker.report.cohort_csv import render_cohort_csv
    from marker.report.cohort_html import render_cohort_html
    from marker.report.cohort_json import render_cohort_json
    from marker.report.cohort_xlsx import render_cohort_xlsx

    form = "html" if "html" in plan.formats else plan.formats[0]
    cohort = cohort_of(store.learners(ids), plan.rubrics, plan.models, SUFFIXES[form])
    store.keep_cohort(
        {
            "cohort.html": render_cohort_html(cohort).encode("utf-8"),
            "cohort.xlsx": render_cohort_xlsx(cohort),
            "cohort.csv": render_cohort_csv(cohort),
            "cohort.json": render_cohort_json(cohort).encode("utf-8"),
        }
    )
    return cohort


# Who does the work


def _here(store: Store, hashed: str, processes: int) -> Callable[[Sequence[Job]], Iterator[Done]]:
    """Work by processes on this machine. One that dies takes down only the submission that it died of."""

    def work(jobs: Sequence[Job]) -> Iterator[Done]:
        if min(processes, len(jobs)) == 1:
            yield from _alone(store, hashed, jobs)
            return
        pending = {job.id: job for job in jobs}
        while pending:
            try:
                for done in _together(store, hashed, list(pending.values()), backend="loky", n_jobs=processes):
                    del pending[done.id]
                    yield done
            except BrokenProcessPool:
                interrupted = store.interrupted()
                suspects = [job for name, job in pending.items() if name in interrupted]
                if not suspects:
                    raise MarkerError("the workers died before they began; try fewer of them with --jobs") from None
                for done in _alone(store, hashed, suspects):
                    del pending[done.id]
                    yield done

    return work


def _cluster(store: Store, hashed: str, scheduler: str) -> Callable[[Sequence[Job]], Iterator[Done]]:
    """The same work by a Dask cluster, which gives the work of a worker that dies to another."""
    if find_spec("distributed") is None:
        raise MarkerError('a Dask cluster needs the extra "cluster": pip install "portfolio-marker[cluster]"')
    from distributed import Client

    def work(jobs: Sequence[Job]) -> Iterator[Done]:
        try:
            client = Client(scheduler)  # type: ignore[no-untyped-call]
        except (OSError, ValueError):
            raise MarkerError(f"{scheduler}: no Dask scheduler answers there; check the address") from None
        with client:
            yield from _together(store, hashed, jobs, backend="dask", client=client)

    return work


def _together(store: Store, hashed: str, jobs: Sequence[Job], **backend: Any) -> Iterator[Done]:
    """Work through one of joblib's backends, as it is done."""
    if backend["backend"] == "loky":
        backend["initializer"] = ignore_interrupts
    with parallel_config(**backend):
        parallel = Parallel(return_as="generator_unordered", batch_size=1, pre_dispatch="2*n_jobs")
        results = parallel(delayed(mark_one)(str(store.folder), hashed, job) for job in jobs)
        with closing(results):
            yield from results


def _alone(store: Store, hashed: str, jobs: Sequence[Job]) -> Iterator[Done]:
    """Work by one process, which is replaced when it dies."""
    remaining = iter(jobs)
    dead = True
    while dead:
        dead = False
        executor = ProcessPoolExecutor(max_workers=1, initializer=ignore_interrupts)
        try:
            for job in remaining:
                try:
                    done = executor.submit(mark_one, str(store.folder), hashed, job).result()
                except BrokenProcessPool:
                    dead = True
                    yield give_up(store, job)
                    break
                yield done
        finally:
            executor.shutdown(wait=True, kill_workers=True)
