"""The command line as a user meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli

SAMPLES = Path(__file__).parent.parent / "sample_evidence"
A, B = "customer-relationships", "customer-relationships-ocnwm"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.main, [str(one) for one in arguments])


def error_of(result: Result) -> str:
    """The one line on stderr of a command that could not run."""
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.strip().splitlines()
    return line


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    path = tmp_path / "essay.txt"
    path.write_text("My internal customers are the cooks here. They need the list by nine.\n", encoding="utf-8")
    return path


def test_alone_it_says_what_to_do_next() -> None:
    result = run()
    assert result.exit_code == 0
    assert "marker mark essay.docx --rubric customer-relationships" in result.stdout


def test_help_loads_nothing_heavy_and_answers_at_once() -> None:
    code = (
        "import sys, cli\n"
        "from click.testing import CliRunner\n"
        "assert CliRunner().invoke(cli.main, ['mark', '--help']).exit_code == 0\n"
        "assert not {'spacy', 'sklearn', 'onnxruntime', 'docx', 'pydantic'} & set(sys.modules)\n"
    )
    root = Path(cli.__file__).parent
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)
    times = []
    for _ in range(3):
        before = os.times()
        subprocess.run([sys.executable, "cli.py", "--help"], check=True, cwd=root, stdout=subprocess.DEVNULL)
        after = os.times()  # the seconds of work, which other work on the machine does not lengthen much
        times.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(times) < 0.3


@pytest.mark.parametrize("form", ["text", "md", "html", "docx", "json"])
def test_every_format_is_written_whole_and_alike_each_time(form: str, essay: Path, tmp_path: Path) -> None:
    outputs = []
    for name in ("one", "two"):
        output = tmp_path / f"{name}.{form}"
        assert run("mark", essay, "--rubric", A, "--format", form, "--output", output).exit_code == 0
        outputs.append(output.read_bytes())
    assert outputs[0] == outputs[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["essay.txt", f"one.{form}", f"two.{form}"])


def test_the_format_follows_the_ending_of_the_output(essay: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.json"
    assert run("mark", essay, "--rubric", A, "--output", output).exit_code == 0
    assert json.loads(output.read_text(encoding="utf-8"))["notice"].startswith("Pre-marking aid.")


def test_an_ending_that_no_report_has_is_refused(essay: Path, tmp_path: Path) -> None:
    line = error_of(run("mark", essay, "--rubric", A, "--output", tmp_path / "report.pdf"))
    assert "report.pdf" in line and ".docx" in line
    assert not (tmp_path / "report.pdf").exists()


def test_several_rubrics_give_one_list() -> None:
    result = run("mark", SAMPLES / "05-weak-unit-b.txt", "--rubric", A, "--rubric", B, "--format", "json")
    assert [report["rubric"]["id"] for report in json.loads(result.stdout)] == [A, B]


def test_a_folder_is_one_learners_submission() -> None:
    result = run("mark", SAMPLES / "11-two-files", "--rubric", A, "--format", "json")
    assert [file["name"] for file in json.loads(result.stdout)["submission"]["files"]] == ["essay.docx", "log.md"]


def test_a_blank_template_is_no_evidence() -> None:
    result = run("mark", SAMPLES / "06-blank-template.docx", "--rubric", A, "--rubric", B, "--format", "json")
    verdicts = {point["verdict"] for report in json.loads(result.stdout) for point in report["points"]}
    assert verdicts == {"not_met"}


@pytest.mark.parametrize(
    ("name", "data", "cure"),
    [
        ("missing.docx", None, "no such file"),
        ("empty.docx", b"", "empty"),
        (
            "old.doc",
            bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "WordDocument".encode("utf-16-le"),
            "save it as .docx",
        ),
        ("cut.docx", b"PK\x03\x04" + b"\0" * 40, "cut.docx"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj", "cut.pdf"),
        ("photo.docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "image"),
    ],
)
def test_what_cannot_be_read_gives_one_line_and_exit_code_2(
    name: str, data: bytes | None, cure: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    line = error_of(run("mark", path, "--rubric", A))
    assert name in line
    assert cure in line


def test_an_empty_folder_gives_one_line(tmp_path: Path) -> None:
    assert "folder" in error_of(run("mark", tmp_path, "--rubric", A))


def test_an_unknown_rubric_gives_one_line(essay: Path) -> None:
    assert "bundled are" in error_of(run("mark", essay, "--rubric", "nothing"))


def test_a_broken_rubric_gives_one_line_with_its_place(essay: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: x\ntitle: 3\n", encoding="utf-8")
    assert "broken.yaml, line 2, field title" in error_of(run("mark", essay, "--rubric", broken))


def test_a_report_that_cannot_be_written_gives_one_line(essay: Path, tmp_path: Path) -> None:
    assert "cannot be written" in error_of(run("mark", essay, "--rubric", A, "--output", tmp_path / "no" / "r.txt"))


@pytest.mark.parametrize(("condition", "code"), [("gaps", 1), ("unread", 0)])
def test_fail_on_asks_for_exit_code_1(condition: str, code: int, essay: Path) -> None:
    assert run("mark", essay, "--rubric", A, "--fail-on", condition).exit_code == code


def test_rubrics_are_listed_and_shown_and_points_explained() -> None:
    assert A in run("rubric", "list").stdout
    shown = run("rubric", "show", B).stdout
    assert "no point covers it" in shown
    assert "at least three distinct customer needs" in run("explain", "b1", "--rubric", B).stdout


@pytest.mark.parametrize("name", [A, B])
def test_every_example_of_a_bundled_rubric_comes_out_right(name: str) -> None:
    result = run("rubric", "check", name)
    assert result.exit_code == 0, result.stdout


def test_a_failing_example_fails_the_check(tmp_path: Path) -> None:
    rubric = tmp_path / "own.yaml"
    rubric.write_text(
        "id: own\ntitle: Own\nversion: '1'\nstatus: draft\nsource: {name: Us, note: Ours}\npoints:\n"
        "  - id: C1\n    text: Describe how tea is made.\n    verb: describe\n"
        "    parts: [{id: a, text: how tea is made, question: How?}]\n    examples: {met: [I like football.]}\n",
        encoding="utf-8",
    )
    result = run("rubric", "check", rubric)
    assert result.exit_code == 1
    assert "C1 should be met" in result.stdout


def test_extract_shows_what_was_read_and_what_was_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "answers.txt"
    path.write_text("1. Explain how you log a complaint.\n\nI write it in the red book.\n", encoding="utf-8")
    passages = json.loads(run("extract", path, "--format", "json").stdout)["passages"]
    assert [(passage["credited"], passage["why"]) for passage in passages] == [
        (False, "printed question"),
        (True, None),
    ]
    assert "I write it in the red book." in run("extract", path).stdout


def test_the_brief_earns_nothing(tmp_path: Path) -> None:
    brief, essay = tmp_path / "brief.txt", tmp_path / "essay.txt"
    wording = "Customers rely upon the reception team for the key to the changing room and a clean towel."
    brief.write_text(wording, encoding="utf-8")
    essay.write_text(wording + "\n\nI like swimming.\n", encoding="utf-8")
    report = json.loads(run("mark", essay, "--rubric", A, "--brief", brief, "--format", "json").stdout)
    assert "task brief" in {passage["why"] for passage in report["set_aside"]}


def test_other_peoples_details_are_warned_of_and_hidden_on_demand(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_text("I rang Mr Shaw back on 07700 900123 and he was pleased with it.\n", encoding="utf-8")
    plain = run("extract", path)
    assert "log.txt holds personal details, hidden by --mask: phone number (paragraph 1)" in plain.stderr
    assert "900123" not in plain.stderr
    hidden = run("extract", path, "--mask")
    assert "900123" in plain.stdout
    assert "900123" not in hidden.stdout
    assert hidden.stderr == ""


def test_a_mask_hides_details_in_a_comparison_and_in_an_overlap(tmp_path: Path) -> None:
    shared = "Every parcel that comes back is written in the blue book and Mrs Shaw on 07700 900123 hears by noon."
    old, new = (tmp_path / name for name in ("old.txt", "new.txt"))
    old.write_text("I like swimming.\n", encoding="utf-8")
    new.write_text(f"I log a complaint in the book and ring Mr Shaw on 07700 900123.\n\n{shared}\n", encoding="utf-8")
    compared = run("compare", old, new, "--rubric", B, "--mask")
    assert "███" in compared.stdout
    (tmp_path / "class").mkdir()
    for learner in ("Ann", "Ben"):
        (tmp_path / "class" / f"{learner}.txt").write_text(shared, encoding="utf-8")
    overlapped = run("overlap", tmp_path / "class", "--mask", "--format", "json")
    assert json.loads(overlapped.stdout)["pairs"]
    assert "900123" not in compared.stdout + compared.stderr + overlapped.stdout + overlapped.stderr
