"""How well the blind second labelling agrees with the first: `python -m training.agreement [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from marker.criteria import load_rubric
from marker.evaluate import VERDICTS
from marker.measures import Tally, measures
from training.dataset import RUBRICS
from training.decide import true_verdict
from training.labelled import read_folder


def main(folder: Path) -> None:
    both = first = second = 0
    confusion = np.zeros((3, 3))
    points = [point for name in RUBRICS for point in load_rubric(name).points]
    for text in read_folder(folder):
        again = [line.again for line in text.lines if line.again is not None]
        if not again:
            continue
        both += sum(len(line.tags & (line.again or frozenset())) for line in text.lines)
        first += sum(len(line.tags) for line in text.lines)
        second += sum(map(len, again))
        for point in points:
            verdicts = [true_verdict(point, shown) for shown in (text.tags, frozenset[str]().union(*again))]
            confusion[VERDICTS.index(verdicts[0]), VERDICTS.index(verdicts[1])] += 1
    print(f"tags: {first} first, {second} second, {both} alike, F1 {2 * both / (first + second):.3f}")
    figures = measures(Tally(confusion=confusion))
    print(f"verdicts: {int(confusion.sum())}, alike {figures['accuracy']:.3f}, kappa {figures['kappa']:.3f}")
    print(confusion.astype(int))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "submissions")
