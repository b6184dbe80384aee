"""How many verdicts flip when nothing that counts has changed: `python -m benchmarks.robustness [FILE...]`.

- Length: ten pages on other matters (`other_matters.txt`, or the files given: choices are made on
  `training/padding/*.txt`) put before, after and around a submission, and around a short answer.
- Language: evidence written again as text-speak, misspelt, as a second language and in dialect (`rephrased.yaml`).

Both files were written by a hand that had seen neither the rubrics nor the training text. The submissions are those of
the writers held out of training.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml

from benchmarks.submissions import laid_out
from marker.criteria import load_rubric
from marker.document import Document, Submission
from marker.marking import PointMarking
from marker.pipeline import mark_all
from marker.readers.text import read_text
from training.build import HELD, held_out, load
from training.labelled import read_folder

HERE = Path(__file__).parent
RUBRICS = [load_rubric("customer-relationships"), load_rubric("customer-relationships-ocnwm")]
EVERY = 8  # of the short answers held out of training, one in so many is put amid other matters
ORDER = {"not_met": 0, "partial": 1, "met": 2}


def document(text: str, name: str) -> Document:
    """A text file as read."""
    passages, unread = read_text(text.encode(), name)
    return Document(name, "", "txt", passages, unread)


def points(*documents: Document) -> dict[str, PointMarking]:
    """Every point's marking for a submission of these files."""
    markings = mark_all(Submission("one", documents), RUBRICS)
    return {point.point.id: point for marking in markings for point in marking.points}


def verdicts(*documents: Document) -> dict[str, str]:
    """Every point's verdict for a submission of these files."""
    return {name: point.verdict for name, point in points(*documents).items()}


def submissions() -> Iterator[tuple[str, str]]:
    """Names and texts of the submissions."""
    for text in read_folder(HERE.parent / "training" / "submissions"):
        if text.source in HELD:
            yield text.id, laid_out(text)


def flips(pairs: list[tuple[str, str]]) -> str:
    """Share of verdicts that flip, with a 95% interval, and new `met` among those that were `not_met`."""
    changed = np.array([before != after for before, after in pairs], float)
    rng = np.random.default_rng(1)
    samples = [changed[rng.integers(len(changed), size=len(changed))].mean() for _ in range(1000)]
    low, high = np.percentile(samples, [2.5, 97.5])
    moves = Counter((before, after) for before, after in pairs if before != after)
    new = moves["not_met", "met"]
    up = sum(count for (before, after), count in moves.items() if ORDER[after] > ORDER[before])
    return (
        f"{changed.mean():.3f} [{low:.3f}, {high:.3f}] of {len(pairs)} verdicts flip: {up} up, "
        f"{sum(moves.values()) - up} down; new false met {new}"
    )


def amid(padding: str, text: str) -> str:
    """The text in the middle of the padding, between two of its paragraphs."""
    half = padding.find("\n\n", len(padding) // 2)
    return f"{padding[:half]}\n\n{text}\n\n{padding[half:]}"


def length(path: Path) -> None:
    padding = path.read_text(encoding="utf-8")
    ways = {"before": [], "after": [], "around": []}  # type: dict[str, list[tuple[str, str]]]
    for name, text in submissions():
        plain = verdicts(document(text, name))
        padded = {
            "before": verdicts(document(padding + "\n\n" + text, name)),
            "after": verdicts(document(text + "\n\n" + padding, name)),
            "around": verdicts(document(amid(padding, text), name)),
        }
        for way, found in padded.items():
            ways[way] += [(plain[point], found[point]) for point in plain]
    said = Counter(verdicts(document(padding, "padding")).values())
    print(f"{path.name} by itself ({len(padding.split())} words): {dict(said)}")
    for way, pairs in ways.items():
        print(f"other matters {way}: {flips(pairs)}")


def alone(path: Path) -> None:
    """Short answers that stand by themselves between pages on other matters: what earned something and does not now."""
    padding = path.read_text(encoding="utf-8")
    earned = lost = referred = 0
    for text in [one for one in load() if held_out(one) and not one.is_submission and one.tags][::EVERY]:
        answer = laid_out(text)
        before = verdicts(document(answer, text.id))
        after = points(document(amid(padding, answer), text.id))
        for name in (name for name, verdict in before.items() if verdict != "not_met"):
            earned += 1
            if ORDER[after[name].verdict] < ORDER[before[name]]:
                lost += 1
                referred += after[name].refer is not None
    print(f"short answers amid other matters: {lost} of {earned} verdicts fall, {referred} of these are referred")


def language() -> None:
    entries = yaml.safe_load((HERE / "rephrased.yaml").read_text(encoding="utf-8"))
    for way in ("text_speak", "misspelt", "second_language", "dialect"):
        pairs = [
            (
                verdicts(document(entry["plain"], "a"))[entry["point"]],
                verdicts(document(entry[way], "a"))[entry["point"]],
            )
            for entry in entries
        ]
        print(f"{way}: {flips(pairs)}")


if __name__ == "__main__":
    for given in [Path(name) for name in sys.argv[1:]] or [HERE / "other_matters.txt"]:
        length(given)
        alone(given)
    language()
