"""Depth: what the command verb demands. Does a sentence give a reason, or set two things against each other?

It decides only where a part of the rubric carries a `demand`; elsewhere it advises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from marker.checks import Finding
from marker.language import Sentence

DEMANDS = {"explain": "reason", "argue": "reason", "distinguish": "contrast", "compare": "contrast"}
# A part with these words asks for a reason or contrast itself, so that whoever shows it gives one.
ASKS = {"reason": re.compile(r"\b(?:why|reasons?)\b"), "contrast": re.compile(r"\bdiffer")}

_SIGNALS = {
    "reason": re.compile(
        r"\b(because|cause|cos|coz|cuz|bcos|since|so|therefore|otherwise|or else|means?|meant|that way|that's why|"
        r"thats why|which is why|as a result|leads? to|in order to|in case|if (?:we|i|you|they|it|someone|somebody)|"
        r"due to|helps?|lets us|tells? us|told us|shows?|showed|else)\b",
        re.IGNORECASE,
    ),
    "contrast": re.compile(
        r"\b(whereas|while|whilst|but|unlike|on the other hand|compared (?:with|to)|difference|different|instead|"
        r"however|rather than|the other|not the same)\b",
        re.IGNORECASE,
    ),
}


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield a finding for every sentence that carries a reason or a contrast."""
    for at, sentence in enumerate(sentences):
        for demand, signal in _SIGNALS.items():
            if match := signal.search(sentence.text):
                yield Finding("depth", at, demand, 1.0, note=match.group())
