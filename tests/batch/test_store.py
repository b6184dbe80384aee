"""What stands on disk, and what is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from marker.batch.store import Plan, Store, installed
from marker.criteria import Rubric
from marker.errors import MarkerError
from marker.report.cohort import Claim, Learner

ANN = Learner("Ann", (Claim("unit", "A1", "part found", "page 1", None, ("b",)),), unread=("a.docx: image",))


@pytest.fixture
def store(tmp_path: Path, rubrics: list[Rubric]) -> Store:
    store = Store(tmp_path / "out")
    store.prepare()
    store.keep_plan(plan(rubrics))
    return store


def plan(rubrics: list[Rubric]) -> Plan:
    return Plan(*installed(), tuple(rubrics), ("Explain the task.",), ("html", "json"), "assessor", "", False)


def test_a_plan_comes_back_as_it_was(store: Store, rubrics: list[Rubric]) -> None:
    assert store.plan(store.keep_plan(plan(rubrics))) == plan(rubrics)


def test_a_worker_that_sees_another_plan_is_refused(store: Store) -> None:
    with pytest.raises(MarkerError, match="same output folder"):
        store.plan("0" * 64)


def test_a_learner_comes_back_as_kept(store: Store) -> None:
    store.keep("key", ANN, {"html": b"<p>", "json": b"{}"})
    state = store.done("Ann", "key")
    assert state is not None
    assert state.learner == ANN
    assert list(store.learners(["Ann", "Ben"])) == [ANN, Learner("Ben", failed="not marked yet")]


def test_a_learner_is_not_done_under_another_key_or_without_a_report(store: Store) -> None:
    store.keep("key", ANN, {"html": b"<p>"})
    assert store.done("Ann", "other") is None
    (store.reports / "Ann.html").unlink()
    assert store.done("Ann", "key") is None


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"key": 1}'])
def test_a_damaged_state_is_no_state(store: Store, damage: bytes) -> None:
    store.keep("key", ANN, {})
    (store.folder / "state" / "learners" / "Ann.json").write_bytes(damage)
    assert store.state("Ann") is None


def test_a_report_that_somebody_edited_is_kept_beside_the_new_one(store: Store) -> None:
    for text in (b"first", b"second"):
        store.keep("key", ANN, {"html": text})
        (store.reports / "Ann.html").write_bytes(b"decided on " + text)
    store.keep("key", ANN, {"html": b"third"})
    assert {path.name: path.read_bytes() for path in store.reports.iterdir()} == {
        "Ann.html": b"third",
        "Ann (edited 1).html": b"decided on first",
        "Ann (edited 2).html": b"decided on second",
    }


def test_decisions_written_into_the_class_sheet_are_never_overwritten(store: Store) -> None:
    store.keep_cohort({"cohort.xlsx": b"empty"})
    (store.folder / "cohort.xlsx").write_bytes(b"decided")
    store.keep_cohort({"cohort.xlsx": b"empty again"})
    assert (store.folder / "cohort (edited 1).xlsx").read_bytes() == b"decided"
    assert (store.folder / "cohort.xlsx").read_bytes() == b"empty again"


def test_a_learner_who_left_is_forgotten_but_not_what_somebody_edited(store: Store) -> None:
    store.keep("key", ANN, {"html": b"<p>", "json": b"{}"})
    (store.reports / "Ann.html").write_bytes(b"decided")
    store.forget_others({"Ben"})
    assert [path.name for path in store.reports.iterdir()] == ["Ann.html"]
    assert store.state("Ann") is None


def test_leftovers_of_a_run_that_was_killed_are_removed(store: Store) -> None:
    (store.reports / ".Ann.html.x1y2").write_bytes(b"<htm")
    store.start("Ann")
    store.prepare()
    assert not list(store.reports.iterdir())
    assert store.start("Ann") == 1


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MarkerError, match="cannot be written"):
        Store(tmp_path / "file" / "out").prepare()
