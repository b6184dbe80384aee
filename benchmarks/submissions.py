"""Lay out the independent test submissions as labelled files: `python -m benchmarks.submissions FOLDER`.

`submissions/first.txt` and `second.txt` hold 26 and 36 whole submissions in the format of `training/README.md`, by five
hands that had read no training text; the `.tags` beside them are second hands' labels (`python -m training.agreement
benchmarks/submissions`). Nothing is trained or chosen on them. `marker evaluate FOLDER` and `python -m
benchmarks.baselines FOLDER` measure.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from marker.criteria import MarkingPoint, load_rubric
from training.dataset import RUBRICS
from training.decide import true_verdict
from training.labelled import Line, Text, read_folder

HERE = Path(__file__).parent


def laid_out(text: Text) -> str:
    """The submission as a learner would type it: running sentences, and all else in paragraphs of its own."""
    paragraphs = [list(lines) for _, lines in groupby(text.lines, key=lambda line: line.paragraph)]
    return "\n\n".join("".join(_typed(lines)) for lines in paragraphs) + "\n"


def _typed(lines: list[Line]) -> Iterator[str]:
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        yield f"- {line.text}" if line.kind == "list item" else line.text
        if after:
            flows = line.kind == after.kind == "sentence" and line.text.endswith((".", "!", "?"))
            yield " " if flows else "\n" if line.kind == after.kind == "list item" else "\n\n"


def labels(text: Text) -> dict[str, Any]:
    """What the tags amount to, in the form that `marker evaluate` reads."""
    rubrics = [load_rubric(name) for name in RUBRICS]
    misconceptions = {one.id for rubric in rubrics for one in rubric.misconceptions}
    return {
        "id": text.id,
        "labels": {point.id: _label(text, point) for rubric in rubrics for point in rubric.points},
        "misconceptions": [{"id": tag} for tag in sorted(text.tags & misconceptions)],
    }


def _label(text: Text, point: MarkingPoint) -> dict[str, Any]:
    verdict, shown = true_verdict(point, text.tags), {point.label(part) for part in point.parts}
    evidence = [line.text for line in text.lines if shown & {tag.split(":")[0] for tag in line.tags}]
    return {"verdict": verdict, "evidence": [] if verdict == "not_met" else evidence}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for text in read_folder(HERE / "submissions"):
        (folder / f"{text.id}.txt").write_text(laid_out(text), encoding="utf-8")
        (folder / f"{text.id}.labels.json").write_text(json.dumps(labels(text), indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
