"""The measures of agreement, all worked out from counts that add up over submissions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

BINS = 10  # of confidence, of equal width
_SAMPLES = 1000
_ALIKE = 0.5  # overlap of words from which a quote and a labelled sentence are taken for the same
_SEED = 20261121

Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts from which the measures follow.

    `confusion` and `unreferred` are labelled by said (not_met, partial, met); `citations` and `misconceptions` hold
    matched, said, labelled; `bins` holds verdicts, summed confidence and verdicts that are right for each bin.
    """

    confusion: Counts = field(default_factory=lambda: np.zeros((3, 3)))
    unreferred: Counts = field(default_factory=lambda: np.zeros((3, 3)))
    citations: Counts = field(default_factory=lambda: np.zeros(3))
    misconceptions: Counts = field(default_factory=lambda: np.zeros(3))
    bins: Counts = field(default_factory=lambda: np.zeros((BINS, 3)))

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def measures(tally: Tally) -> dict[str, float]:
    """Every measure by name; NaN where there is nothing to divide by."""
    return {
        **_agreement(tally.confusion),
        "citation_precision": _ratio(tally.citations[0], tally.citations[1]),
        "citation_recall": _ratio(tally.citations[0], tally.citations[2]),
        "misconception_precision": _ratio(tally.misconceptions[0], tally.misconceptions[1]),
        "misconception_recall": _ratio(tally.misconceptions[0], tally.misconceptions[2]),
        "unreferred_share": _ratio(tally.unreferred.sum(), tally.confusion.sum()),
        **{f"unreferred_{name}": value for name, value in _agreement(tally.unreferred).items()},
        "calibration_error": _ratio(np.abs(tally.bins[:, 1] - tally.bins[:, 2]).sum(), tally.bins[:, 0].sum()),
    }


def _agreement(confusion: Counts) -> dict[str, float]:
    """The measures of verdicts, labelled by said."""
    return {
        "accuracy": _ratio(np.trace(confusion), confusion.sum()),
        "macro_f1": _macro_f1(confusion),
        "kappa": _kappa(confusion),
        "false_met": _ratio(confusion[0, 2], confusion[0].sum()),
        "false_not_met": _ratio(confusion[2, 0], confusion[2].sum()),
        "overstated": _ratio(np.triu(confusion, 1).sum(), confusion.sum()),
        "understated": _ratio(np.tril(confusion, -1).sum(), confusion.sum()),
    }


def intervals(tallies: Sequence[Tally]) -> list[tuple[float, float]]:
    """The 95% interval of each measure, in the same order: percentiles of 1,000 bootstrap samples of submissions."""
    rng = np.random.default_rng(_SEED)
    stacked = [np.stack([getattr(one, counts.name) for one in tallies]) for counts in fields(Tally)]
    samples = []
    for _ in range(_SAMPLES):
        drawn = rng.integers(len(tallies), size=len(tallies))
        sample = Tally(*(counts[drawn].sum(axis=0) for counts in stacked))
        samples.append(list(measures(sample).values()))
    columns = np.array(samples).T
    return [_percentiles(column[~np.isnan(column)]) for column in columns]


def _percentiles(values: Counts) -> tuple[float, float]:
    if not len(values):
        return float("nan"), float("nan")
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def matched(quotes: Sequence[str], labelled: Sequence[str]) -> int:
    """How many quotes and labelled sentences match one to one, best overlaps first (Jaccard of words, at least 0.5)."""
    pairs = sorted(
        ((_jaccard(quote, sentence), a, b) for a, quote in enumerate(quotes) for b, sentence in enumerate(labelled)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    taken_quotes, taken_sentences = set[int](), set[int]()
    for likeness, a, b in pairs:
        if likeness >= _ALIKE and a not in taken_quotes and b not in taken_sentences:
            taken_quotes.add(a)
            taken_sentences.add(b)
    return len(taken_quotes)


def _jaccard(one: str, other: str) -> float:
    a, b = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return len(a & b) / len(a | b) if a | b else 0.0


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _macro_f1(confusion: Counts) -> float:
    """Mean F1 of the verdicts that were labelled or said at least once."""
    said_or_labelled = confusion.sum(axis=0) + confusion.sum(axis=1)
    present = said_or_labelled > 0
    if not present.any():
        return float("nan")
    return float(np.mean(2 * np.diag(confusion)[present] / said_or_labelled[present]))


def _kappa(confusion: Counts) -> float:
    """Cohen's kappa with quadratic weights."""
    total = confusion.sum()
    if not total:
        return float("nan")
    weights = np.subtract.outer(np.arange(3), np.arange(3)) ** 2
    expected = np.outer(confusion.sum(axis=1), confusion.sum(axis=0)) / total
    chance = (weights * expected).sum()
    return float(1 - (weights * confusion).sum() / chance) if chance else float("nan")
