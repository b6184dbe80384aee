"""Terminology: the unit's terms that the learner uses rather than lists. It supports evidence and decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from marker.checks import Finding
from marker.checks.keywords import Readings
from marker.language import Sentence

_MOST_LISTED = 0.5  # share of a sentence's words that terms may make up before it is a list
_FEWEST_WORDS = 6


def check(sentences: Sequence[Sentence], readings: Readings) -> Iterator[Finding]:
    """Yield a finding for every term used, undenied, in a sentence that says something besides the terms."""
    for at, sentence in enumerate(sentences):
        terms = [(name, mention) for name, mention in readings.of("term", at) if not mention.negated]
        words = len(re.findall(r"\w+", sentence.text))
        in_terms = sum(len(re.findall(r"\w+", sentence.text[m.start : m.end])) for _, m in terms)
        if words >= _FEWEST_WORDS and in_terms <= _MOST_LISTED * words:
            for name, mention in terms:
                yield Finding("terminology", at, name, 1.0, note=sentence.text[mention.start : mention.end])
