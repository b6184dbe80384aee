"""Whose files are whose."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from marker.batch.find import find, natural
from marker.errors import MarkerError


def laid_out(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    return folder


def zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "text")
    return path


def owners(source: Path) -> dict[str, list[str]]:
    return {one.learner: [Path(file).name for file in one.files] for one in find(source)}


def test_a_file_is_a_learner(tmp_path: Path) -> None:
    assert owners(laid_out(tmp_path, "Ann.docx", "Ben.pdf")) == {"Ann": ["Ann.docx"], "Ben": ["Ben.pdf"]}


def test_a_folder_is_a_learner(tmp_path: Path) -> None:
    assert owners(laid_out(tmp_path, "Ann/essay.docx", "Ann/log/week 1.md", "B.C. Dee/x.txt")) == {
        "Ann": ["Ann"],
        "B.C. Dee": ["B.C. Dee"],
    }


def test_files_of_one_name_are_one_learners(tmp_path: Path) -> None:
    assert owners(laid_out(tmp_path, "Ann.docx", "Ann.pdf")) == {"Ann": ["Ann.docx", "Ann.pdf"]}


def test_what_is_nobodys_work_is_left_out(tmp_path: Path) -> None:
    laid_out(tmp_path, "Ann.docx", ".DS_Store", "~$Ann.docx", "Thumbs.db", "Ann.labels.json", "__MACOSX/Ann.docx")
    assert owners(tmp_path) == {"Ann": ["Ann.docx"]}


def test_learners_stand_in_natural_order(tmp_path: Path) -> None:
    assert list(owners(laid_out(tmp_path, "l10.txt", "L2.txt", "L1.txt"))) == ["L1", "L2", "l10"]
    assert natural("L2") < natural("l10")


def test_moodle_folders_name_learner_and_number(tmp_path: Path) -> None:
    laid_out(
        tmp_path,
        "Jo Smith_12345_assignsubmission_file_/essay.docx",
        "Jo Smith_12345_assignsubmission_onlinetext_/onlinetext.html",
        "Jo Smith_67890_assignsubmission_file_/essay.docx",
    )
    assert owners(tmp_path) == {
        "Jo Smith 12345": [
            "Jo Smith_12345_assignsubmission_file_",
            "Jo Smith_12345_assignsubmission_onlinetext_",
        ],
        "Jo Smith 67890": ["Jo Smith_67890_assignsubmission_file_"],
    }


@pytest.mark.parametrize("inside", ["", "Unit 4 submissions/"])
def test_a_moodle_zip_is_read_as_its_folder_is(tmp_path: Path, inside: str) -> None:
    path = zipped(
        tmp_path / "moodle.zip",
        f"{inside}Jo Smith_12345_assignsubmission_file_/essay.docx",
        f"{inside}Jo Smith_12345_assignsubmission_file_/log/week 1.txt",
        f"{inside}Al Lee_333_assignsubmission_file_essay.pdf",
    )
    assert owners(path) == {
        "Al Lee 333": ["Al Lee_333_assignsubmission_file_essay.pdf"],
        "Jo Smith 12345": ["essay.docx", "week 1.txt"],
    }


def test_a_moodle_zip_of_one_learner_is_that_learners(tmp_path: Path) -> None:
    path = zipped(tmp_path / "moodle.zip", "Jo Smith_12345_assignsubmission_file_/essay.docx")
    assert list(owners(path)) == ["Jo Smith 12345"]


def test_canvas_file_names_name_learner_and_number(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "canvas.zip",
        "smithjo_12345_67890_essay_final.docx",
        "smithjo_12345_67891_log.docx",
        "leeal_LATE_222_333_essay.pdf",
    )
    assert owners(path) == {
        "leeal 222": ["leeal_LATE_222_333_essay.pdf"],
        "smithjo 12345": ["smithjo_12345_67890_essay_final.docx", "smithjo_12345_67891_log.docx"],
    }


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_csv_maps_files_to_learners(tmp_path: Path, delimiter: str) -> None:
    table = tmp_path / "class.csv"
    rows = [
        ["Learner", "File", "note"],
        ["S1", "a/one.docx", "x"],
        ["S1", "two.docx", ""],
        ["S2", "three.docx", ""],
        [],
    ]
    table.write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8-sig")
    assert [(one.learner, one.files) for one in find(table)] == [
        ("S1", (str(tmp_path / "a" / "one.docx"), str(tmp_path / "two.docx"))),
        ("S2", (str(tmp_path / "three.docx"),)),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,file\nS1,a.docx\n", "line 1: the header"),
        ("learner,file\nS1,\n", "line 2: a row needs both"),
        ("", "header"),
    ],
)
def test_a_csv_that_does_not_hold_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "class.csv").write_text(text)
    with pytest.raises(MarkerError, match=message):
        find(tmp_path / "class.csv")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MarkerError, match="no submission in it"):
        find(tmp_path)


@pytest.mark.parametrize("name", ["nothing", "nothing.csv", "torn.zip"])
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "torn.zip").write_bytes(b"PK\x03\x04 torn")
    with pytest.raises(MarkerError, match=name):
        find(tmp_path / name)
