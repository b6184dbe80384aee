"""The same work on a real Dask cluster of two processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from marker.batch import run, run_batch
from marker.batch.store import Store
from marker.batch.work import Done, Job, mark_one
from marker.criteria import Rubric
from marker.errors import MarkerError

distributed = pytest.importorskip("distributed", reason='needs the extra "cluster"')


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster


@pytest.fixture
def scheduler(cluster: Any) -> str:
    """The address of the cluster when both of its workers are there, also after one died."""
    with distributed.Client(cluster) as client:
        client.wait_for_workers(2)
    return str(cluster.scheduler_address)


def test_a_cluster_gives_the_same_bytes_though_a_worker_dies_midway(
    scheduler: str,
    folder: Path,
    finished: Path,
    tmp_path: Path,
    rubrics: list[Rubric],
    monkeypatch: pytest.MonkeyPatch,
    tree: Callable[[Path], dict[str, bytes]],
) -> None:
    def dying_once(where: str, hashed: str, job: Job) -> Done:
        if job.id == "Danuta Fairbrother" and not (Path(where) / "state" / "running" / job.id).exists():
            Store(Path(where)).start(job.id)
            os._exit(1)
        return mark_one(where, hashed, job)

    monkeypatch.setattr(run, "mark_one", dying_once)
    run_batch(folder, rubrics, tmp_path / "out", scheduler=scheduler)
    assert tree(tmp_path / "out") == tree(finished)


def test_work_that_kills_every_worker_costs_only_itself(
    scheduler: str, folder: Path, tmp_path: Path, rubrics: list[Rubric], monkeypatch: pytest.MonkeyPatch
) -> None:
    def deadly(where: str, hashed: str, job: Job) -> Done:
        running = Path(where) / "state" / "running" / job.id
        if job.id == "Danuta Fairbrother" and (not running.exists() or running.stat().st_size < 2):
            Store(Path(where)).start(job.id)
            os._exit(1)
        return mark_one(where, hashed, job)

    monkeypatch.setattr(run, "mark_one", deadly)
    cohort = run_batch(folder, rubrics, tmp_path / "out", scheduler=scheduler)
    assert [learner for learner, _ in cohort.failed.first] == ["Bob Broken", "Danuta Fairbrother"]


def test_an_address_where_no_scheduler_is_gets_one_line(folder: Path, tmp_path: Path, rubrics: list[Rubric]) -> None:
    import dask

    quick = dask.config.set({"distributed.comm.timeouts.connect": "1s"})
    with quick, pytest.raises(MarkerError, match="no Dask scheduler answers"):
        run_batch(folder, rubrics, tmp_path / "out", scheduler="tcp://127.0.0.1:1")
