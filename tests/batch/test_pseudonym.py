"""Names and ids of learners stand nowhere in the output, and the rest of the text stays."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from marker.batch import run_batch
from marker.batch.find import Found
from marker.batch.pseudonym import KEY, Roster, assign
from marker.criteria import Rubric
from marker.document import Document, Location, Passage, PrintedLine, Submission, Unread
from marker.errors import MarkerError

SAMPLES = Path(__file__).parents[2] / "sample_evidence"


def key(folder: Path, **pseudonyms: str) -> None:
    rows = [f"{learner},{pseudonym}" for learner, pseudonym in pseudonyms.items()]
    (folder / KEY).write_text("\n".join(["learner,pseudonym", *rows]), encoding="utf-8")


def submission(*texts: str, file: str = "essay.docx") -> Submission:
    passages = tuple(
        Passage(text, Location(file, None, number, None, 0, len(text)), "paragraph")
        for number, text in enumerate(texts, 1)
    )
    unread = (Unread(f"attachment of {file}", Location(file, None, None, None, 0, 0)),)
    return Submission("x", (Document(file, "0" * 64, "docx", passages, unread),))


def hidden(tmp_path: Path, rubrics: list[Rubric], learner: str, *texts: str, file: str = "essay.docx") -> list[str]:
    """What becomes of the texts of a learner, L001.

    In the class are Grace Kelly-Jones, L002, S98765, L003, and Will Mark, L004.
    """
    rows = f'learner,pseudonym\n"{learner}",L001\nGrace Kelly-Jones 4411,L002\nS98765,L003\nWill Mark,L004\n'
    (tmp_path / KEY).write_text(rows, encoding="utf-8")
    found = Roster(tmp_path, rubrics).hide(submission(*texts, file=file), learner)
    for passage in found.documents[0].passages:
        assert passage.location.end - passage.location.start == len(passage.text)
    return [passage.text for passage in found.documents[0].passages]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("Jo Smith works here.", "L001 works here."),
        ("SMITH, Jo", "L001"),
        ("my name is jo smith and I like it", "my name is L001 and I like it"),
        ("Jo's van and Smith’s shed", "L001's van and L001’s shed"),
        ("J. Smith and Jo S. signed", "L001 and L001. signed"),
        ("jo.smith@example.org, josmith1999, jsmith@example.org", "L001@example.org, josmith1999, L001@example.org"),
        ("A smith hammers; the job is done.", "A smith hammers; the job is done."),
        ("Jonas Smithson", "Jonas Smithson"),
        ("I asked Grace Kelly-Jones and S98765.", "I asked L002 and L003."),
        ("By the grace of God, Kelly jones", "By the grace of God, Kelly jones"),
        ("Will Mark asked if will mark it did", "L004 asked if will mark it did"),
    ],
)
def test_names_become_pseudonyms_and_nothing_else_does(
    tmp_path: Path, rubrics: list[Rubric], text: str, becomes: str
) -> None:
    assert hidden(tmp_path, rubrics, "Jo Smith", text) == [becomes]


@pytest.mark.parametrize(
    ("learner", "text", "becomes"),
    [
        ("Zoë Ó Brien", "Zoe and ZOË O'Neil", "L001 and L001 O'Neil"),
        ("Siân O'Brien", "Sian OʼBrien, O’Brien", "L001"),
        ("smithjo 12345", "Jo Smith wrote it", "L001 wrote it"),
        ("alrashidmo 12345", "Mo Al-Rashid wrote it", "L001 wrote it"),
        ("Thi Mai", "Ask thi.mai@example.org", "Ask L001@example.org"),
        ("Katie Price", "The price was fair, said Katie Price.", "The price was fair, said L001."),
        ("S123456", "ULN 5550001; S123456 and s123456", "ULN 5550001; L001 and L001"),
        ("Unit 4 final essay", "The final essay of Unit 4", "The final essay of Unit 4"),
        ("customer complaints", "Customer complaints matter.", "Customer complaints matter."),
    ],
)
def test_what_a_learner_is_called_by_the_folder_decides(
    tmp_path: Path, rubrics: list[Rubric], learner: str, text: str, becomes: str
) -> None:
    assert hidden(tmp_path, rubrics, learner, text) == [becomes]


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Name: Danuta Fairbrother", "Danuta Fairbrother"),
        ("Learner name: Danuta Fairbrother   Unit: 4", "Fairbrother"),
        ("Learner: Danuta Fairbrother", "Danuta"),
        ("Candidate’s name = Danuta Fairbrother\tDate: 3 May", "D. Fairbrother"),
        ("Learner name: Fairbrother, Danuta    ULN: 5550001234", "5550001234"),
        ("Learner name: Fairbrother, Danuta ULN: 5550001234", "Danuta"),
        ("By Danuta Fairbrother", "Danuta"),
        ("Danuta Fairbrother, office assistant", "Fairbrother"),
        ("My name is Danuta Fairbrother and I work here.", "Fairbrother"),
        ("Candidate: Danuta de Fairbrother Tutor: Imogen Strand", "Fairbrother"),
        ("ULN: 5550001234", "5550001234"),
        ("Signed: D Fairbrother", "Fairbrother"),
    ],
)
def test_labelled_header_lines_say_names_too(tmp_path: Path, rubrics: list[Rubric], header: str, text: str) -> None:
    first, second = hidden(tmp_path, rubrics, "S123456", header, f"It was {text} on the desk.")
    assert second == "It was L001 on the desk."
    assert "L001" in first
    assert "Fairbrother" not in first


def test_a_name_in_the_cell_beside_its_label_is_found(tmp_path: Path, rubrics: list[Rubric]) -> None:
    texts = hidden(tmp_path, rubrics, "S123456", "Name", "Danuta Fairbrother", "Unit", "Danuta did this.")
    assert texts == ["Name", "L001", "Unit", "L001 did this."]


@pytest.mark.parametrize("turn", ["Learner: Patients, of course.", "Learner: Yes", "Assessor: Graham Tuft"])
def test_what_a_speaker_says_is_no_name(tmp_path: Path, rubrics: list[Rubric], turn: str) -> None:
    said = "Patients and Graham Tuft said Yes."
    assert hidden(tmp_path, rubrics, "S123456", turn, said) == [turn, said]


def test_file_names_and_what_is_unread_hold_no_name(tmp_path: Path, rubrics: list[Rubric]) -> None:
    key(tmp_path, S123456="L001")
    found = Roster(tmp_path, rubrics).hide(submission("Text.", file="Danuta_Fairbrother v2.DOCX"), "S123456")
    assert "Fairbrother" not in repr(found)
    assert found.id == "L001"
    assert found.documents[0].name == "L001.docx"
    assert found.documents[0].passages[0].location.file == "L001.docx"


def test_headings_speakers_and_reasons_hold_no_name(tmp_path: Path, rubrics: list[Rubric]) -> None:
    key(tmp_path, **{"Jo Smith": "L001"})
    where = Location("a.docx", None, 1, None, 0, 3, "1. Jo Smith's log", None, 1, "Jo")
    passage = Passage("Yes", where, "comment", False, "comment by Jo Smith")
    (found,) = (
        Roster(tmp_path, rubrics)
        .hide(Submission("x", (Document("a.docx", "", "docx", (passage,)),)), "Jo Smith")
        .documents[0]
        .passages
    )
    assert (found.location.heading, found.location.speaker, found.why) == ("1. L001's log", "L001", "comment by L001")


def test_printed_lines_start_where_they_did(tmp_path: Path, rubrics: list[Rubric]) -> None:
    (tmp_path / KEY).write_text("learner,pseudonym\nJo Smithers,L001\n", encoding="utf-8")
    printed = ["Jo Smithers wrote this by hand.", "It was late and Jo", "Smithers was", "tired."]
    text, starts = " ".join(printed), [0, 32, 51, 64]
    lines = tuple(PrintedLine(start, 2, number) for number, start in enumerate(starts, 7))
    passage = Passage(text, Location("a.pdf", 2, 1, None, 0, len(text), line=7), "paragraph", lines=lines)
    given = Submission("x", (Document("a.pdf", "", "pdf", (passage,)),))
    (hidden,) = Roster(tmp_path, rubrics).hide(given, "Jo Smithers").documents[0].passages
    assert hidden.text == "L001 wrote this by hand. It was late and L001 was tired."
    found = [
        hidden.stretch(hidden.text.index(word), len(hidden.text)).location.line for word in ("It", "L001 was", "tired")
    ]
    assert found == [8, 9, 10]  # a name over the end of a line counts for the second of them


def test_known_learners_keep_their_pseudonyms(tmp_path: Path) -> None:
    first, _ = assign(tmp_path, [Found(name, ()) for name in ("Ann", "Ben", "Cy")])
    assert sorted(first.values()) == ["L001", "L002", "L003"]
    again, known = assign(tmp_path, [Found(name, ()) for name in ("Ann", "Cy")])
    assert known
    assert again == {"Ann": first["Ann"], "Cy": first["Cy"]}
    second, _ = assign(tmp_path, [Found(name, ()) for name in ("Aa", "Ben", "Cy")])
    assert second == {"Aa": "L004", "Ben": first["Ben"], "Cy": first["Cy"]}


def test_a_key_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / KEY).write_text("learner,pseudonym\nAnn,Queen\n")
    with pytest.raises(MarkerError, match="not the key"):
        assign(tmp_path, [Found("Ann", ())])


def test_no_name_is_in_any_output_file(tmp_path: Path, rubrics: list[Rubric], finished: Path) -> None:
    folder = tmp_path / "class"
    moodle = folder / "Kelvin Osei-Hartnoll_71234_assignsubmission_file_"
    moodle.mkdir(parents=True)
    shutil.copy(SAMPLES / "02-strong-unit-b.pdf", moodle / "Kelvin unit 4.pdf")
    shutil.copy(SAMPLES / "08-discussion-transcript.txt", folder / "Halina Wrobel-Stainer.txt")
    shutil.copy(SAMPLES / "01-strong-unit-a.docx", folder / "S7654321.docx")  # Danuta Fairbrother, by its second line
    (folder / "Bob Broken.docx").write_bytes(b"PK\x03\x04")
    run_batch(
        folder, rubrics, tmp_path / "out", jobs=2, pseudonymise=True, formats=["html", "json", "docx", "text", "md"]
    )
    names = "kelvin|osei|hartnoll|71234|halina|wrobel|stainer|7654321|danuta|fairbrother|bob"
    for file in sorted((tmp_path / "out").rglob("*")):
        if file.name == KEY or file.is_dir():
            continue
        for data in [file.name.encode(), *_contents(file)]:
            assert not re.search(rf"(?i)\b(?:{names})".encode(), data), file
    key = dict(list(csv.reader(io.StringIO((tmp_path / "out" / KEY).read_text())))[1:])
    assert {path.stem for path in (tmp_path / "out" / "reports").iterdir()} < set(key.values())
    plain, pseudonymous = _statuses(finished), _statuses(tmp_path / "out")
    assert pseudonymous[key["Halina Wrobel-Stainer"]] == plain["Halina Wrobel-Stainer"]  # who speaks is still told


def _statuses(output: Path) -> dict[str, list[str]]:
    claims = json.loads((output / "cohort.json").read_text(encoding="utf-8"))["claims"]
    return {learner["id"]: [point["status"] for point in learner["points"]] for learner in claims}


def _contents(file: Path) -> list[bytes]:
    if file.suffix not in (".docx", ".xlsx"):
        return [file.read_bytes()]
    with zipfile.ZipFile(file) as archive:
        return [archive.read(name) for name in archive.namelist()]
