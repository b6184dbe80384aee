"""How finding shared wording grows with a class: `python -m benchmarks.overlap`.

Each class is generated: 1,500 words a learner in the frequencies of the sample evidence, a task brief that all share, a
handout that every thirtieth learner pastes in, and a passage that every fiftieth learner shares with the one before.
"Other" pairs share the handout, which makes no pairs once very many have it. The seconds are those of one core (CPU
time, so that other work beside it weighs little) in `find_overlap` alone; reading the files comes before it and grows
with their number.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

from marker.document import Location, Passage
from marker.overlap import Work, find_overlap

SIZES = (100, 300, 1_000, 3_000, 10_000)
WORDS, PARAGRAPH = 1_500, 75
BRIEF, HANDOUT, PASSAGE = 80, 60, 40  # words
EVERY_HANDOUT, EVERY_PASSAGE = 30, 50  # learners

_SOURCES = Path(__file__).parent.parent / "sample_evidence" / "source"


class Writer:
    """Writes words in the frequencies of real-looking submissions, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        text = " ".join(path.read_text(encoding="utf-8") for path in sorted(_SOURCES.glob("*.yaml")))
        counts = Counter(re.findall(r"[a-z']+", text.lower()))
        self._words, self._weights = list(counts), list(counts.values())
        self._random = random.Random(seed)

    def text(self, words: int) -> str:
        """So many words in a row."""
        return " ".join(self._random.choices(self._words, self._weights, k=words))


def a_class(size: int) -> tuple[list[Work], set[tuple[str, str]]]:
    """The work of a class, and the pairs of learners who share a passage."""
    writer = Writer(size)
    brief, handout, passage = writer.text(BRIEF), writer.text(HANDOUT), ""
    works, pairs = [], set()
    for number in range(size):
        texts = [writer.text(PARAGRAPH) for _ in range(WORDS // PARAGRAPH)]
        texts[0] = brief
        if number % EVERY_HANDOUT == 0:
            texts[5] += " " + handout
        if number % EVERY_PASSAGE == 0:
            passage = writer.text(PASSAGE)
            texts[7] += " " + passage
        if number % EVERY_PASSAGE == 1:
            texts[9] = f"{passage} {texts[9]}"
            pairs.add((f"L{number - 1}", f"L{number}"))
        places = (Location(f"L{number}.docx", None, n, None, 0, len(text)) for n, text in enumerate(texts, 1))
        passages = (Passage(text, place, "paragraph") for text, place in zip(texts, places, strict=True))
        works.append(Work(f"L{number}", tuple(passages)))
    return works, pairs


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    print(f"{'learners':>8} {'seconds':>8} {'ms a learner':>12} {'planted':>8} {'found':>6} {'other':>6}")
    for size in sizes:
        works, planted = a_class(size)
        start = time.process_time()
        overlap = find_overlap(works)
        seconds = time.process_time() - start
        found = {pair.learners for pair in overlap.pairs}
        row = f"{size:8,} {seconds:8.2f} {1000 * seconds / size:12.2f} {len(planted):8} {len(found & planted):6}"
        print(f"{row} {len(found - planted):6}", flush=True)


if __name__ == "__main__":
    main()
