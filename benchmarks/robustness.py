"""How many verdicts flip when nothing that counts has changed: `python -m benchmarks.robustness`.

- Length: ten pages on other matters (`other_matters.txt`) put before, and after, a submission.
- Language: evidence written again as text-speak, misspelt, as a second language and in dialect (`rephrased.yaml`).

Both files were written by a hand that had seen neither the rubrics nor the training text. The submissions are those of
the writers held out of training.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml

from benchmarks.submissions import laid_out
from marker.criteria import load_rubric
from marker.document import Document, Submission
from marker.pipeline import mark_all
from marker.readers.text import read_text
from training.build import HELD
from training.labelled import read_folder

HERE = Path(__file__).parent
RUBRICS = [load_rubric("customer-relationships"), load_rubric("customer-relationships-ocnwm")]
ORDER = {"not_met": 0, "partial": 1, "met": 2}


def document(text: str, name: str) -> Document:
    """A text file as read."""
    passages, unread = read_text(text.encode(), name)
    return Document(name, "", "txt", passages, unread)


def verdicts(*documents: Document) -> dict[str, str]:
    """Every point's verdict for a submission of these files."""
    markings = mark_all(Submission("one", documents), RUBRICS)
    return {point.point.id: point.verdict for marking in markings for point in marking.points}


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


def length() -> None:
    padding = (HERE / "other_matters.txt").read_text(encoding="utf-8")
    half = padding[: padding.find("\n\n", len(padding) // 2)]
    ways = {"before": [], "after": [], "around": []}  # type: dict[str, list[tuple[str, str]]]
    for name, text in submissions():
        plain = verdicts(document(text, name))
        padded = {
            "before": verdicts(document(padding + "\n\n" + text, name)),
            "after": verdicts(document(text + "\n\n" + padding, name)),
            "around": verdicts(document(half + "\n\n" + text + "\n\n" + padding[len(half) :], name)),
        }
        for way, found in padded.items():
            ways[way] += [(plain[point], found[point]) for point in plain]
    alone = Counter(verdicts(document(padding, "padding")).values())
    print(f"ten pages of other matters alone ({len(padding.split())} words): {dict(alone)}")
    for way, pairs in ways.items():
        print(f"other matters {way}: {flips(pairs)}")


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
    length()
    language()
