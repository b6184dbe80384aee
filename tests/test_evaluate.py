from __future__ import annotations

import json
from pathlib import Path

import pytest

from marker.criteria import load_rubric
from marker.errors import MarkerError
from marker.evaluate import Case, Evaluation, Label, as_json, as_text, evaluate
from marker.marking import PointMarking

A = load_rubric("customer-relationships")
SAMPLES = Path(__file__).parent.parent / "sample_evidence"


def labelled(folder: Path, name: str, text: str, labels: dict[str, object], misconceptions: list[object]) -> None:
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    fields = {"id": name, "labels": labels, "misconceptions": misconceptions}
    (folder / f"{name}.labels.json").write_text(json.dumps(fields), encoding="utf-8")


def test_agreement_is_counted_per_point_rubric_and_overall(tmp_path: Path) -> None:
    quote = "If an owner complains I take down what is wrong and pass the note to Mr Lund."
    labels = {
        "A3": {"verdict": "partial", "evidence": [quote]},
        "A8": {"verdict": "met", "evidence": ["We never wrote this."]},
    }
    labelled(tmp_path, "X1", quote + "\n", labels, [{"id": "M1", "evidence": "-"}])
    summary = evaluate(tmp_path, [A]).summary()
    assert summary["overall"]["verdicts"] == 2
    assert summary["points"]["A3"]["measures"]["accuracy"]["value"] == 1
    assert summary["overall"]["measures"]["false_not_met"]["value"] == 1
    assert summary["overall"]["measures"]["citation_precision"]["value"] == 1
    assert summary["overall"]["measures"]["citation_recall"]["value"] == 0.5
    assert summary["overall"]["measures"]["misconception_recall"]["value"] == 0
    assert [one["point"] for one in summary["disagreements"]] == ["A8"]


def test_the_sample_evidence_can_be_evaluated_in_both_forms() -> None:
    result = evaluate(SAMPLES, [A])
    assert json.loads(as_json(result))["overall"]["submissions"] == 11
    assert "citation precision" in as_text(result)
    assert as_json(result) == as_json(evaluate(SAMPLES, [A]))


def test_a_folder_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MarkerError, match=r"ID\.labels\.json"):
        evaluate(tmp_path, [A])


def test_a_label_file_that_does_not_hold_names_the_field(tmp_path: Path) -> None:
    labelled(tmp_path, "X1", "text", {"A1": {"verdict": "good"}}, [])
    with pytest.raises(MarkerError, match=r"X1\.labels\.json: labels\.A1\.verdict"):
        evaluate(tmp_path, [A])


def test_labels_without_a_submission_are_refused(tmp_path: Path) -> None:
    (tmp_path / "X1.labels.json").write_text('{"id": "X1", "labels": {}}', encoding="utf-8")
    with pytest.raises(MarkerError, match="no submission X1"):
        evaluate(tmp_path, [A])


def test_quotes_hold_nothing_that_a_terminal_obeys() -> None:
    said = PointMarking(A.point("A1"), "not_met", "not found", 0.8, None, (), (), ())
    case = Case("X1", "A1", Label(verdict="met", evidence=("one\x1b[31m\nline \ud800",)), said)
    result = Evaluation((case,), (A,), {"X1": (frozenset(), frozenset())})
    assert "    labelled: one\ufffd[31m line \ufffd\n" in as_text(result)
    as_json(result).encode("utf-8")
