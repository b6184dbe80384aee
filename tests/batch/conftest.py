"""A small class, and its batch as run once by two processes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from marker.batch import run_batch
from marker.criteria import Rubric, load_rubric

Tree = Callable[[Path], dict[str, bytes]]

SAMPLES = Path(__file__).parents[2] / "sample_evidence"
CLASS = {
    "Callum Drewry.txt": "05-weak-unit-b.txt",
    "Danuta Fairbrother.docx": "01-strong-unit-a.docx",
    "Halina Wrobel-Stainer.txt": "08-discussion-transcript.txt",
    "Shannon Tweddle.pdf": "03-mixed-unit-a.pdf",
}


def fill(folder: Path) -> Path:
    """Four learners whose work can be read, and one whose file is damaged."""
    folder.mkdir(parents=True)
    for name, sample in CLASS.items():
        shutil.copy(SAMPLES / sample, folder / name)
    (folder / "Bob Broken.docx").write_bytes(b"PK\x03\x04 and then nothing")
    return folder


@pytest.fixture(scope="session")
def tree() -> Tree:
    """Every file in a folder by its path there."""
    return lambda folder: {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


@pytest.fixture(scope="session")
def rubrics() -> list[Rubric]:
    return [load_rubric("customer-relationships")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path / "class")


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, rubrics: list[Rubric]) -> Path:
    """The output of the class, not to be changed."""
    place = tmp_path_factory.mktemp("finished")
    run_batch(fill(place / "class"), rubrics, place / "out", jobs=2)
    return place / "out"


@pytest.fixture
def output(finished: Path, tmp_path: Path) -> Path:
    """A copy of the output of the class, to be changed."""
    return Path(shutil.copytree(finished, tmp_path / "out"))
