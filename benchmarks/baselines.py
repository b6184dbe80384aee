"""The marker beside two baselines on labelled submissions: `python -m benchmarks.baselines FOLDER`.

Always not_met, and keywords alone: a part is shown when a sentence uses its vocabulary undenied, a counted part when
enough of its items are mentioned. Both are scored by `marker.evaluate`, as the marker is.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from marker.checks import keywords
from marker.checks.keywords import Lexicon
from marker.criteria import Rubric, load_rubric
from marker.decision import Decision, Weights
from marker.document import Submission
from marker.encoder import load_encoder
from marker.errors import MarkerError
from marker.evaluate import Mark, evaluate
from marker.marking import Marking
from marker.pipeline import mark_all, prepare
from marker.score import decide

# A keyword makes a part or an item sure, and nothing else counts.
_KEYWORD = Weights((-3, 0, 6), (-3, 0, 0, 6), (0, 1, 0, 0), (0, 1, 0), (0, 1))
_DECISION = Decision(_KEYWORD, _KEYWORD, shown=0.5, cite=0.5, misconception=1, refer=0)

SHOWN = (
    "accuracy",
    "macro_f1",
    "kappa",
    "false_met",
    "false_not_met",
    "overstated",
    "citation_precision",
    "citation_recall",
)


def keywords_alone(submission: Submission, rubrics: Sequence[Rubric]) -> list[Marking]:
    """Mark by vocabulary alone."""
    prepared = prepare(submission, rubrics)
    submission, found = prepared.submission, prepared.sentences
    markings = []
    for rubric in rubrics:
        findings = list(keywords.check(rubric, found, Lexicon(rubric, load_encoder().knows).read(found)))
        points, _ = decide(rubric, found, findings, _DECISION, unread=False)
        markings.append(Marking(rubric, submission, points, (), (), {}))
    return markings


def always_not_met(submission: Submission, rubrics: Sequence[Rubric]) -> list[Marking]:
    """Say not_met of everything."""
    return keywords_alone(replace(submission, documents=()), rubrics)


def main(folder: Path) -> None:
    rubrics = [load_rubric("customer-relationships"), load_rubric("customer-relationships-ocnwm")]
    ways: dict[str, Mark] = {"marker": mark_all, "keywords alone": keywords_alone, "always not_met": always_not_met}
    print(f"{'':16}" + "".join(f"{name:>20}" for name in SHOWN))
    for name, way in ways.items():
        figures = evaluate(folder, rubrics, way).summary()["overall"]["measures"]
        print(
            f"{name:16}"
            + "".join(f"{figures[one]['value'] if figures[one]['value'] is not None else '-':>20}" for one in SHOWN)
        )


if __name__ == "__main__":
    where = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/dev")
    try:
        main(where)
    except MarkerError as error:
        print(f"skipped: {error}")
