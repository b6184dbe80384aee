"""Public graded answers, as pairs of a criterion and an answer that shows it or not.

They teach the encoder what it is for any answer to show any criterion, so that it can read criteria that it was never
trained on. Only sets whose licence allows a shipped model: SciEntsBank (CC BY 4.0), Beetle (as SciEntsBank,
SemEval-2013 Task 7) and SAF2 English (MIT). The files are not part of the project: `MARKER_PUBLIC` names their folder.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

SETS = ("scientsbank", "beetle", "saf2_english")
_LONGEST = 400  # characters; longer ones are paragraphs, and here one sentence is judged


@dataclass(frozen=True, slots=True)
class Pair:
    """A criterion, an answer, and whether the answer shows it."""

    criterion: str
    answer: str
    shows: bool


def folder() -> Path:
    """Where the sets lie."""
    return Path(os.environ.get("MARKER_PUBLIC", "../shared/data/public"))


def public_pairs(name: str, held: bool = False) -> list[Pair]:
    """The pairs of one set's training file; none where it is absent.

    Args:
        held: give the questions that are held out to measure on (about a fifth, by question), not the others.
    """
    path = folder() / name / "train.jsonl.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Pair(row["criterion"], row["answer"], str(row["label_binary"]) == "1")
        for row in rows
        if (zlib.crc32(row["question"].encode()) % 5 == 0) == held
        and len(row["criterion"]) <= _LONGEST
        and 0 < len(row["answer"].strip()) <= _LONGEST
    ]
