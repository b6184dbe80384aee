"""Score the stress set by kind: `python -m benchmarks.stress`.

`stress.yaml` holds short passages on all points, written by a hand that had seen neither the rubrics nor the training
text. A passage is marked as a submission of its own and judged on its point.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from marker.criteria import load_rubric
from marker.document import Document, Submission
from marker.evaluate import VERDICTS
from marker.marking import Marking
from marker.measures import Tally, intervals, measures
from marker.pipeline import mark_all
from marker.readers.text import read_text

SHOWN = ("accuracy", "kappa", "false_met", "false_not_met", "overstated", "understated")


def tally(entry: dict[str, Any], markings: tuple[Marking, ...]) -> Tally:
    """One passage's contribution to the measures."""
    point = next(p for marking in markings for p in marking.points if p.point.id == entry["point"])
    confusion = np.zeros((3, 3))
    confusion[VERDICTS.index(entry["verdict"]), VERDICTS.index(point.verdict)] = 1
    said = {found.misconception.id for marking in markings for found in marking.misconceptions}
    labelled = set(entry["misconceptions"])
    found = np.array([len(said & labelled), len(said), len(labelled)], float)
    return Tally(confusion=confusion, unreferred=confusion * (point.refer is None), misconceptions=found)


def main() -> None:
    entries = yaml.safe_load((Path(__file__).parent / "stress.yaml").read_text(encoding="utf-8"))
    rubrics = [load_rubric("customer-relationships"), load_rubric("customer-relationships-ocnwm")]
    by_kind: dict[str, list[Tally]] = defaultdict(list)
    for entry in entries:
        passages, unread = read_text(entry["text"].encode(), entry["id"])
        document = Document(entry["id"], "", "txt", passages, unread)
        markings = mark_all(Submission(entry["id"], (document,)), rubrics)
        one = tally(entry, markings)
        by_kind[entry["kind"]].append(one)
        if "-v" in sys.argv and not np.trace(one.confusion):
            said = VERDICTS[int(one.confusion.sum(axis=0).argmax())]
            print(
                f"{entry['id']} {entry['kind']} {entry['point']}: {entry['verdict']}, said {said}\n    {entry['text']}"
            )
    by_kind["all"] = [one for those in by_kind.values() for one in those]
    print(f"{'':18} {'n':>4} " + " ".join(f"{name:>13}" for name in SHOWN) + "  misconceptions found/said/labelled")
    for kind, tallies in by_kind.items():
        total = sum(tallies, Tally())
        figures = measures(total)
        cells = " ".join(f"{figures[name]:13.3f}" for name in SHOWN)
        print(f"{kind:18} {len(tallies):4} {cells}  {'/'.join(str(int(n)) for n in total.misconceptions)}")
    bounds = dict(zip(measures(Tally()), intervals(by_kind["all"]), strict=True))
    print("95% intervals: " + ", ".join(f"{name} {bounds[name][0]:.3f} to {bounds[name][1]:.3f}" for name in SHOWN))


if __name__ == "__main__":
    main()
