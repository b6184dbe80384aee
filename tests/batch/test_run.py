"""The same results whoever works and whatever goes wrong."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from marker.batch import run, run_batch
from marker.batch.store import Store
from marker.batch.work import Done, Job, mark_one
from marker.criteria import Rubric
from marker.errors import MarkerError

REPO = Path(__file__).parents[2]
READ = {"Callum Drewry", "Danuta Fairbrother", "Halina Wrobel-Stainer", "Shannon Tweddle"}

Tree = Callable[[Path], dict[str, bytes]]


def started(folder: Path, output: Path, *options: str) -> subprocess.Popen[str]:
    """The command as a user starts it on a terminal: a group of processes of its own, which hears of Ctrl-C.

    Of tests that a shell runs in the background it would inherit that it does not.
    """
    command = [sys.executable, REPO / "cli.py", "batch", folder, "--rubric", "customer-relationships"]
    return subprocess.Popen(
        [*command, "--output", output, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def watching(said: list[Done]) -> Callable[[int], AbstractContextManager[Callable[[Done], None]]]:
    """A progress that notes what it is told."""
    return lambda _: nullcontext(said.append)


def wait_for_one(output: Path) -> set[str]:
    """The learners who are done, as soon as there is one; a machine with other work takes its time."""
    for _ in range(3600):
        if done := {path.stem for path in (output / "state" / "learners").glob("[!.]*.json")}:
            return done
        time.sleep(0.05)
    raise AssertionError("nobody was marked in three minutes")


def test_one_process_gives_the_same_bytes_as_two(
    folder: Path, finished: Path, tmp_path: Path, rubrics: list[Rubric], tree: Tree
) -> None:
    run_batch(folder, rubrics, tmp_path / "out", jobs=1)
    assert tree(tmp_path / "out") == tree(finished)


def test_a_zip_gives_the_same_reports_as_its_folder(
    folder: Path, finished: Path, tmp_path: Path, rubrics: list[Rubric], tree: Tree
) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"Unit 4/{file.name}")
    run_batch(tmp_path / "class.zip", rubrics, tmp_path / "out", jobs=2)
    assert tree(tmp_path / "out" / "reports") == tree(finished / "reports")


def test_a_bad_file_costs_only_itself_and_is_a_row_with_its_reason(finished: Path) -> None:
    assert {path.stem for path in (finished / "reports").iterdir()} == READ
    rows = (finished / "cohort.csv").read_text(encoding="utf-8-sig").splitlines()
    row = next(row for row in rows if row.startswith("Bob Broken"))
    assert "could not be read" in row
    assert "damaged" in row


def test_nothing_is_redone_where_nothing_changed(folder: Path, output: Path, rubrics: list[Rubric]) -> None:
    before = {path: path.stat().st_mtime_ns for path in (output / "reports").iterdir()}
    said: list[Done] = []
    run_batch(folder, rubrics, output, jobs=2, resume=True, progress=watching(said))
    assert all(done.kept for done in said)
    assert {path: path.stat().st_mtime_ns for path in (output / "reports").iterdir()} == before


def test_only_what_is_missing_or_changed_is_redone(
    folder: Path, output: Path, finished: Path, rubrics: list[Rubric], tree: Tree
) -> None:
    (output / "reports" / "Danuta Fairbrother.html").unlink()
    (output / "state" / "learners" / "Shannon Tweddle.json").unlink()
    shutil.copy(REPO / "sample_evidence" / "07-keyword-stuffed.txt", folder / "Callum Drewry.txt")
    said: list[Done] = []
    run_batch(folder, rubrics, output, jobs=2, resume=True, progress=watching(said))
    redone = {done.id for done in said if not done.kept}
    assert redone == {"Danuta Fairbrother", "Shannon Tweddle", "Callum Drewry"}
    now, before = tree(output / "reports"), tree(finished / "reports")
    assert {name for name in now if now[name] != before[name]} == {"Callum Drewry.html"}


def test_a_changed_rubric_or_option_redoes_everything(folder: Path, output: Path, rubrics: list[Rubric]) -> None:
    said: list[Done] = []
    changed = [rubrics[0].model_copy(update={"version": "9.9"})]
    run_batch(folder, changed, output, jobs=2, resume=True, progress=watching(said))
    assert not any(done.kept for done in said)


def test_a_mask_hides_details_in_every_output_and_what_was_shown_is_redone(
    tmp_path: Path, rubrics: list[Rubric], tree: Tree
) -> None:
    work = "Ann rang 07700 900123 and wrote from ann@example.org. I said sorry to her because she had waited."
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "Jo.txt").write_text(work)
    (tmp_path / "class" / "Kim").mkdir()
    (tmp_path / "class" / "Kim" / "to ann@example.org.txt").write_text(work)
    (tmp_path / "class" / "Kim" / "from ann@example.org.docx").write_bytes(b"PK\x03\x04 and then nothing")
    output, said = tmp_path / "out", list[Done]()
    shown = ["text", "json", "md", "html"]
    run_batch(tmp_path / "class", rubrics, output, jobs=1, formats=shown)
    run_batch(
        tmp_path / "class", rubrics, output, jobs=1, formats=shown, mask=True, resume=True, progress=watching(said)
    )
    assert not any(done.kept for done in said)
    held = b"".join(tree(output).values())
    assert "███".encode() in held
    assert b"07700" not in held and b"example.org" not in held


def test_a_learner_who_left_is_in_no_output(folder: Path, output: Path, rubrics: list[Rubric], tree: Tree) -> None:
    (folder / "Callum Drewry.txt").unlink()
    cohort = run_batch(folder, rubrics, output, jobs=2, resume=True)
    assert len(cohort.learners) == len(READ)
    assert not any(b"Callum" in data for data in tree(output).values())


def test_a_batch_is_not_begun_over_another(folder: Path, output: Path, rubrics: list[Rubric]) -> None:
    with pytest.raises(MarkerError, match="--resume"):
        run_batch(folder, rubrics, output)


def test_output_among_the_submissions_is_refused(folder: Path, rubrics: list[Rubric]) -> None:
    with pytest.raises(MarkerError, match="outside"):
        run_batch(folder, rubrics, folder / "out")


def test_learners_whose_names_no_file_can_have_get_names_of_their_own(tmp_path: Path, rubrics: list[Rubric]) -> None:
    (tmp_path / "a.txt").write_text("Nothing much.")
    table = tmp_path / "class.csv"
    table.write_text("learner,file\n../A:1,a.txt\n../a:1,a.txt\nCON,a.txt\n..,a.txt\n")
    run_batch(table, rubrics, tmp_path / "out", jobs=2, formats=["text"])
    names = {path.name for path in (tmp_path / "out" / "reports").iterdir()}
    assert len({name.casefold() for name in names}) == 4
    assert not any(name.startswith(("CON.", "..")) or ":" in name for name in names)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_after_kill_9_no_file_is_torn_and_a_resumed_batch_is_as_if_never_killed(
    folder: Path, finished: Path, tmp_path: Path, rubrics: list[Rubric], tree: Tree
) -> None:
    output = tmp_path / "out"
    process = started(folder, output, "--jobs", "1")
    wait_for_one(output)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    done = wait_for_one(output)  # what is written whole, and nothing else has a name that a user sees
    whole = tree(finished)
    assert all(data == whole[name] for name, data in tree(output).items() if "/." not in name and "running" not in name)
    said: list[Done] = []
    run_batch(folder, rubrics, output, jobs=2, resume=True, progress=watching(said))
    assert {one.id for one in said if one.kept} == done
    assert tree(output) == whole


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(folder: Path, tmp_path: Path) -> None:
    crowd, output = tmp_path / "crowd", tmp_path / "out"
    crowd.mkdir()
    for number in range(100):  # so many that nobody can be quick enough to mark them all before the signal comes
        shutil.copy(folder / "Danuta Fairbrother.docx", crowd / f"Learner {number}.docx")
    process = started(crowd, output, "--jobs", "2")
    done = wait_for_one(output)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "--resume" in said.splitlines()[-1]
    assert "Traceback" not in said
    assert not (output / "cohort.html").exists()
    reports = {path.stem: path.read_bytes() for path in (output / "reports").glob("[!.]*.html")}
    assert done <= set(reports)
    assert all(data.rstrip().endswith(b"</html>") for data in reports.values())


def test_work_that_kills_its_worker_costs_only_itself(
    folder: Path,
    finished: Path,
    tmp_path: Path,
    rubrics: list[Rubric],
    monkeypatch: pytest.MonkeyPatch,
    tree: Tree,
) -> None:
    def deadly(where: str, hashed: str, job: Job) -> Done:
        if job.id == "Danuta Fairbrother":
            Store(Path(where)).start(job.id)
            os._exit(1)
        return mark_one(where, hashed, job)

    monkeypatch.setattr(run, "mark_one", deadly)
    said: list[Done] = []
    run_batch(folder, rubrics, tmp_path / "out", jobs=2, progress=watching(said))
    assert {done.id for done in said if done.failed} == {"Danuta Fairbrother", "Bob Broken"}
    assert len(said) == len(READ) + 1
    monkeypatch.undo()
    run_batch(folder, rubrics, tmp_path / "out", jobs=2, resume=True)  # it may have been the memory: try again
    assert tree(tmp_path / "out") == tree(finished)
