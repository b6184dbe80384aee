"""Measure on the texts that were held out of training, and take each check away in turn: `python -m training.validate`.

The decision weights are learned on the other held-out writers and measured on one, each in turn, so that no figure is
on what it was learned from.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from marker.checks import Finding
from marker.decision import Findings, Weights, load_decision
from marker.evaluate import VERDICTS
from marker.marking import PointMarking
from marker.measures import BINS, Tally, matched, measures
from marker.resources import models_folder
from marker.score import decide
from training.build import HELD, ORDINARY, load
from training.decide import Example, examples, learn, true_verdict

SHOWN_MEASURES = (
    "accuracy", "kappa", "false_met", "false_not_met", "overstated", "understated", "citation_precision",
    "citation_recall", "misconception_precision", "misconception_recall", "unreferred_share", "unreferred_accuracy",
    "calibration_error",
)  # fmt: skip

ABLATIONS: dict[str, Callable[[Finding], bool]] = {
    "all checks": lambda _: True,
    "without keywords": lambda finding: finding.check != "keywords",
    "keywords alone": lambda finding: finding.check != "classifier",
}


def tally(example: Example, weights: Weights) -> Tally:
    """One held-out submission's contribution to the measures, under one rubric."""
    decision = replace(load_decision(), trained=weights, untrained=weights)
    points, asserted = decide(example.rubric, example.sentences, example.findings.all(), decision, unread=False)
    said = {found.misconception.id for found in asserted}
    labelled = {one.id for one in example.rubric.misconceptions} & example.shown
    total = Tally(misconceptions=np.array([len(said & labelled), len(said), len(labelled)], float))
    return sum((_point(example, point) for point in points), total)


def _point(example: Example, marking: PointMarking) -> Tally:
    truth = true_verdict(marking.point, example.shown)
    confusion = np.zeros((3, 3))
    confusion[VERDICTS.index(truth), VERDICTS.index(marking.verdict)] = 1
    bins = np.zeros((BINS, 3))
    bins[min(int(marking.confidence * BINS), BINS - 1)] = 1, marking.confidence, float(truth == marking.verdict)
    labels = {marking.point.label(part) for part in marking.point.parts}
    shows = [
        sentence.text
        for sentence, tags in zip(example.sentences, example.tags, strict=True)
        if truth != "not_met" and labels & {tag.split(":")[0] for tag in tags}
    ]
    quotes = list({e.location: e.quote for part in marking.parts for e in part.evidence}.values())
    cited = np.array([matched(quotes, shows), len(quotes), len(shows)], float)
    return Tally(confusion, confusion * (marking.refer is None), cited, bins=bins)


def ablated(found: Sequence[Example], keep: Callable[[Finding], bool]) -> list[Example]:
    """The examples without the findings of a check."""
    return [
        Example(one.text, one.rubric, one.sentences, one.tags, Findings(filter(keep, one.findings.all())))
        for one in found
    ]


def crossed(groups: Sequence[Sequence[Example]]) -> list[Tally]:
    """Each group measured with the weights learned on the others."""
    found = []
    for held, group in enumerate(groups):
        weights = learn([one for number, those in enumerate(groups) if number != held for one in those])
        found.append(sum((tally(example, weights) for example in group), Tally()))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=models_folder(), help="the models to measure")
    folder: Path = parser.parse_args().folder
    texts = load()
    groups = [list(examples([text for text in texts if text.source == held], folder)) for held in HELD]
    found = {name: crossed([ablated(group, keep) for group in groups]) for name, keep in ABLATIONS.items()}
    by_writer = list(zip(HELD, found["all checks"], strict=True))
    found["ordinary writers"] = [one for writer, one in by_writer if writer in ORDINARY]
    found["hard writers"] = [one for writer, one in by_writer if writer not in ORDINARY]
    figures = {name: measures(sum(those, Tally())) for name, those in found.items()}
    print(f"{'':24}" + "".join(f"{name:>18}" for name in figures))
    for measure in SHOWN_MEASURES:
        print(f"{measure:24}" + "".join(f"{those[measure]:18.3f}" for those in figures.values()))


if __name__ == "__main__":
    main()
