"""How well the blind second labelling agrees with the first: `python -m training.agreement`.

`second/NAME.tags` labels `submissions/NAME.txt` again, a line `ID.LINE TAG ...` for each line that shows something.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from marker.criteria import Verdict, load_rubric
from marker.measures import Tally, measures
from training.dataset import RUBRICS
from training.decide import true_verdict
from training.labelled import Text, read

import numpy as np

HERE = Path(__file__).resolve().parent
VERDICTS: tuple[Verdict, ...] = ("not_met", "partial", "met")


def second_tags(path: Path) -> dict[str, frozenset[str]]:
    """The second labeller's tags by "ID.LINE"."""
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {line[0]: frozenset(line[1:]) for line in lines if line}


def pairs() -> Iterator[tuple[Text, dict[str, frozenset[str]]]]:
    """Every submission that was labelled twice, with the second labels of its file."""
    for path in sorted((HERE / "second").glob("*.tags")):
        tags = second_tags(path)
        for text in read(HERE / "submissions" / f"{path.stem}.txt"):
            yield text, tags


def main() -> None:
    both = first = second = 0
    confusion = np.zeros((3, 3))
    points = [point for name in RUBRICS for point in load_rubric(name).points]
    for text, tags in pairs():
        again = [tags.get(f"{text.id}.{number}", frozenset()) for number in range(1, len(text.lines) + 1)]
        for line, other in zip(text.lines, again, strict=True):
            both += len(line.tags & other)
            first += len(line.tags)
            second += len(other)
        for point in points:
            verdicts = [true_verdict(point, shown) for shown in (text.tags, frozenset[str]().union(*again))]
            confusion[VERDICTS.index(verdicts[0]), VERDICTS.index(verdicts[1])] += 1
    print(f"tags: {first} first, {second} second, {both} alike, F1 {2 * both / (first + second):.3f}")
    figures = measures(Tally(confusion=confusion))
    print(f"verdicts: {int(confusion.sum())}, alike {figures['accuracy']:.3f}, kappa {figures['kappa']:.3f}")
    print(confusion.astype(int))


if __name__ == "__main__":
    main()
