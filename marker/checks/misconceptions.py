"""Misconceptions: asserted by the learner, not denied, reported, given as a bad example or corrected.

Never accusing wrongly comes first: a guard in or right beside the sentence silences it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from marker.checks import Finding
from marker.criteria import Rubric
from marker.language import Sentence, stems


def check(rubric: Rubric, sentences: Sequence[Sentence], read: Sequence[Finding]) -> Iterator[Finding]:
    """Yield a finding for each sentence that asserts a misconception.

    Args:
        read: the classifier's findings; a misconception without a trained label is found by its patterns.
    """
    texts = [" ".join(stems(sentence.text)) for sentence in sentences]
    for misconception in rubric.misconceptions:
        patterns = _phrases(misconception.patterns)
        guards = _phrases(misconception.guards)
        found = {one.sentence: one.score for one in read if one.target == misconception.id}
        if patterns:
            found |= {at: 1.0 for at, text in enumerate(texts) if patterns.search(text)}
        for at, score in sorted(found.items()):
            beside = " ".join(texts[max(0, at - 1) : at + 2])
            yield Finding("misconceptions", at, misconception.id, score, denied=bool(guards and guards.search(beside)))


def _phrases(wordings: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern that finds any of the wordings by their stems."""
    found = [r"\b" + r"\s".join(map(re.escape, stems(wording))) + r"\b" for wording in wordings]
    return re.compile("|".join(found)) if found else None
