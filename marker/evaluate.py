"""Agreement of the marker with labelled submissions. Every measure is defined in docs/evaluation.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ValidationError

from marker.criteria import Rubric, Verdict
from marker.document import Submission
from marker.errors import MarkerError
from marker.extract import read_submission
from marker.marking import Marking, PointMarking
from marker.measures import BINS, Tally, intervals, matched, measures
from marker.pipeline import mark_all
from marker.report.as_json import dump
from marker.report.wording import printable

VERDICTS: tuple[Verdict, ...] = ("not_met", "partial", "met")

Mark = Callable[[Submission, Sequence[Rubric]], Sequence[Marking]]


class Label(BaseModel):
    """What a labeller said of one point."""

    verdict: Verdict
    evidence: tuple[str, ...] = ()


class LabelledMisconception(BaseModel):
    """A misconception that a labeller found."""

    id: str
    evidence: str = ""


class Labels(BaseModel):
    """One `ID.labels.json`."""

    id: str
    labels: dict[str, Label]
    misconceptions: tuple[LabelledMisconception, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One point of one submission: what was labelled and what the marker said."""

    submission: str
    point: str
    labelled: Label
    said: PointMarking

    @property
    def quotes(self) -> tuple[str, ...]:
        """The distinct sentences cited for the point."""
        found = {e.location: e.quote for part in self.said.parts for e in part.evidence}
        return tuple(found.values())

    def tally(self) -> Tally:
        """This case's contribution to every measure."""
        confusion = np.zeros((3, 3))
        row, column = VERDICTS.index(self.labelled.verdict), VERDICTS.index(self.said.verdict)
        confusion[row, column] = 1
        bins = np.zeros((BINS, 3))
        right = float(row == column)
        bins[min(int(self.said.confidence * BINS), BINS - 1)] = 1, self.said.confidence, right
        hits = matched(self.quotes, self.labelled.evidence)
        return Tally(
            confusion=confusion,
            unreferred=confusion * (self.said.refer is None),
            citations=np.array([hits, len(self.quotes), len(self.labelled.evidence)], float),
            bins=bins,
        )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All cases of a folder, and the misconceptions labelled and said of each submission."""

    cases: tuple[Case, ...]
    rubrics: tuple[Rubric, ...]
    misconceptions: dict[str, tuple[frozenset[str], frozenset[str]]]  # submission: labelled, said

    def summary(self) -> dict[str, Any]:
        """The figures per rubric, per point and overall, each with its 95% interval."""
        points = {rubric.id: [point.id for point in rubric.points] for rubric in self.rubrics}
        known = {rubric.id: {one.id for one in rubric.misconceptions} for rubric in self.rubrics}
        everything = [point for those in points.values() for point in those]
        return {
            "overall": self._figures(everything, set().union(*known.values())),
            "rubrics": {name: self._figures(those, known[name]) for name, those in points.items()},
            "points": {point: self._figures([point], set()) for point in everything},
            "disagreements": [_disagreement(case) for case in self.cases if case.labelled.verdict != case.said.verdict],
        }

    def _figures(self, points: Sequence[str], misconceptions: set[str]) -> dict[str, Any]:
        tallies = []
        for submission, (labelled, said) in self.misconceptions.items():
            tally = sum((c.tally() for c in self.cases if c.submission == submission and c.point in points), Tally())
            labelled, said = labelled & misconceptions, said & misconceptions
            found = np.array([len(labelled & said), len(said), len(labelled)], float)
            tallies.append(tally + Tally(misconceptions=found))
        total = sum(tallies, Tally())
        return {
            "verdicts": int(total.confusion.sum()),
            "submissions": len(tallies),
            "confusion": {
                labelled: {said: int(total.confusion[row, column]) for column, said in enumerate(VERDICTS)}
                for row, labelled in enumerate(VERDICTS)
            },
            "measures": {
                name: {"value": _rounded(value), "interval": [_rounded(low), _rounded(high)]}
                for (name, value), (low, high) in zip(measures(total).items(), intervals(tallies), strict=True)
            },
            "reliability": [
                {
                    "from": at / BINS,
                    "verdicts": int(count),
                    "confidence": _rounded(confidence / count if count else None),
                    "accuracy": _rounded(right / count if count else None),
                }
                for at, (count, confidence, right) in enumerate(total.bins)
            ],
        }


def evaluate(folder: Path, rubrics: Sequence[Rubric], mark: Mark = mark_all) -> Evaluation:
    """Mark every labelled submission of a folder and compare.

    Args:
        mark: what does the marking; a baseline may stand in for the marker.

    Raises:
        MarkerError: the folder holds no labelled submission, or a label file does not hold.
    """
    cases: list[Case] = []
    misconceptions = {}
    paths = sorted(folder.glob("*.labels.json"))
    if not paths:
        raise MarkerError(f"{folder}: no labelled submission; each needs a file ID.labels.json beside it")
    for path in paths:
        labels = _labels(path)
        markings = mark(_submission(path), rubrics)
        for marking in markings:
            judged = (point for point in marking.points if point.point.id in labels.labels)
            cases += [Case(labels.id, one.point.id, labels.labels[one.point.id], one) for one in judged]
        said = {found.misconception.id for marking in markings for found in marking.misconceptions}
        misconceptions[labels.id] = (frozenset(one.id for one in labels.misconceptions), frozenset(said))
    return Evaluation(tuple(cases), tuple(rubrics), misconceptions)


def _labels(path: Path) -> Labels:
    try:
        return Labels.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise MarkerError(f"{path.name}: {where}: {first['msg']}; see docs/evaluation.md for the form") from None


def _submission(labels: Path) -> Submission:
    name = labels.name.removesuffix(".labels.json")
    found = [path for path in sorted(labels.parent.iterdir()) if name in (path.name, path.stem)]
    if not found:
        raise MarkerError(f"{labels.name}: there is no submission {name} beside it")
    return read_submission(found[:1])


def _disagreement(case: Case) -> dict[str, Any]:
    return {
        "submission": case.submission,
        "point": case.point,
        "labelled": case.labelled.verdict,
        "said": case.said.verdict,
        "confidence": _rounded(case.said.confidence),
        "refer": case.said.refer,
        "cited": list(case.quotes),
        "labelled_evidence": list(case.labelled.evidence),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else round(float(value), 4)


def as_json(evaluation: Evaluation) -> str:
    """The summary as JSON."""
    return dump(evaluation.summary())


def as_text(evaluation: Evaluation) -> str:
    """The summary as text: the figures, the confusion, the reliability table and the disagreements."""
    summary = evaluation.summary()
    lines = ["Agreement with the labels, with 95% intervals (bootstrap over submissions)", ""]
    lines += _figures_text("Overall", summary["overall"])
    for name, figures in summary["rubrics"].items():
        lines += _figures_text(name, figures)
    lines += ["Per point", f"  {'':4} {'n':>4} {'accuracy':>9} {'kappa':>7}  labelled: not met/partial/met said as"]
    for name, figures in summary["points"].items():
        rows = " | ".join("/".join(str(n) for n in row.values()) for row in figures["confusion"].values())
        accuracy, kappa = (figures["measures"][key]["value"] for key in ("accuracy", "kappa"))
        lines.append(f"  {name:4} {figures['verdicts']:4} {_text(accuracy):>9} {_text(kappa):>7}  {rows}")
    lines += ["", "Disagreements", *_disagreements_text(summary["disagreements"])]
    return "\n".join(lines) + "\n"


def _disagreements_text(disagreements: Sequence[dict[str, Any]]) -> Iterator[str]:
    for one in disagreements:
        referred = ", referred" if one["refer"] else ""
        yield (
            f"  {one['submission']} {one['point']}: labelled {one['labelled']}, said {one['said']}"
            f" (confidence {_text(one['confidence'])}{referred})"
        )
        yield from (f"    cited:    {printable(quote)}" for quote in one["cited"])
        yield from (f"    labelled: {printable(quote)}" for quote in one["labelled_evidence"])


def _figures_text(title: str, figures: dict[str, Any]) -> Iterator[str]:
    yield f"{title}: {figures['verdicts']} verdicts of {figures['submissions']} submissions"
    for name, measure in figures["measures"].items():
        low, high = measure["interval"]
        yield f"  {name.replace('_', ' '):28} {_text(measure['value']):>6}   [{_text(low)}, {_text(high)}]"
    yield "  labelled \\ said       not_met  partial      met"
    for labelled, row in figures["confusion"].items():
        yield f"  {labelled:18} " + " ".join(f"{count:8}" for count in row.values())
    yield "  confidence from  verdicts  mean confidence  accuracy"
    for row in figures["reliability"]:
        if row["verdicts"]:
            yield f"  {row['from']:15} {row['verdicts']:9} {_text(row['confidence']):>16} {_text(row['accuracy']):>9}"
    yield ""


def _text(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
