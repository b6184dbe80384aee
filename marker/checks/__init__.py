"""The checks. Each reads the learner's sentences and yields findings; none decides a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Check = Literal["keywords", "terminology", "classifier", "subject", "depth", "misconceptions"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check saw in one sentence.

    `target` is a part ("A1.c"), one of the things that a part counts ("A2.a:survey"), a term, or a misconception id.
    `score` is a probability from 0 to 1 for the classifier and for misconceptions, else 1. `denied` says that the
    mention is negated, so that it speaks against the part. `note` is the wording that matched, where there is one.
    The check "subject" finds what reads like evidence and stands among other matters.
    """

    check: Check
    sentence: int
    target: str
    score: float
    denied: bool = False
    note: str = ""
