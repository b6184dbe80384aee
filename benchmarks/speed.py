"""Time of scoring an already read submission, as a multiple of encoding its sentences: `python -m benchmarks.speed`.

The yardstick is what a plain 6-layer MiniLM in int8 ONNX takes to encode each sentence of the submission once, one by
one, on one thread, in the same run (the shipped encoder's graph is one). Scoring is everything after reading: whose
words, sentences, vectors, both rubrics' checks and verdicts.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from marker.criteria import load_rubric
from marker.document import Document, Submission
from marker.encoder import Line, load_encoder
from marker.pipeline import mark_all, prepare
from marker.readers.text import read_text
from training.labelled import read_folder

WORDS = 1500
RUNS = 7


def submission() -> Submission:
    """About 1,500 words of training submissions, a paragraph as they stand there."""
    lines: list[str] = []
    for text in read_folder(Path(__file__).parent.parent / "training" / "submissions"):
        if sum(len(line.split()) for line in lines) >= WORDS:
            break
        lines += [line.text for line in text.own]
    paragraphs = [" ".join(lines[at : at + 5]) for at in range(0, len(lines), 5)]
    passages, unread = read_text("\n\n".join(paragraphs).encode(), "speed.txt")
    return Submission("speed", (Document("speed.txt", "", "txt", passages, unread),))


def timed(what: Callable[[], object]) -> float:
    """Seconds of one call."""
    begin = time.perf_counter()
    what()
    return time.perf_counter() - begin


def main() -> None:
    one = submission()
    rubrics = [load_rubric("customer-relationships"), load_rubric("customer-relationships-ocnwm")]
    texts = [sentence.text for sentence in prepare(one, rubrics).sentences]
    encoder = load_encoder()
    mark_all(one, rubrics)  # loads the models
    yard, score = [], []
    for _ in range(RUNS):
        yard.append(timed(lambda: [encoder.encode([Line(text)]) for text in texts]))
        score.append(timed(lambda: mark_all(one, rubrics)))
    ratios = sorted(b / a for a, b in zip(yard, score, strict=True))
    print(f"{one.documents[0].words} words, {len(texts)} sentences, {RUNS} runs")
    print(f"yardstick {statistics.median(yard):.3f} s, scoring {statistics.median(score):.3f} s")
    print(f"scoring takes {statistics.median(ratios):.2f} times the yardstick ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()
