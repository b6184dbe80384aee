"""Other units' criteria, with sentences that show them and sentences that do not (`units/*.txt`).

They teach what it is to show a criterion, whatever the subject. No unit is about customers, so that what is measured on
points left out stays honest.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from marker.checks.likeness import ways
from training.public import Pair

UNITS = Path(__file__).resolve().parent / "units"
STRANGERS = 4  # sentences that show another point of the unit, and at most as many of other units, for each part
SEED = 2026


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a marking point, with sentences that show it and sentences, mostly near misses, that do not."""

    unit: str
    point: str
    text: str
    question: str
    shows: tuple[str, ...]
    misses: tuple[str, ...]


def read(path: Path) -> Iterator[Part]:
    """Yield the parts of one file.

    Raises:
        ValueError: a line breaks the format; the message names file and line.
    """
    unit = point = ""
    asked: tuple[str, str] | None = None
    found: dict[str, list[str]] = {"+": [], "-": []}
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), "==="], 1):
        kind, rest = line[:1], line[1:].strip()
        if kind in found:
            found[kind].append(rest)
        elif kind in ("*", ">", "="):
            if asked:
                yield Part(unit, point, *asked, tuple(found["+"]), tuple(found["-"]))
            asked, found = None, {"+": [], "-": []}
            if kind == "*":
                text, _, question = rest.partition("|")
                asked = text.strip(), question.strip()
            else:
                unit, point = (line.strip("= "), "") if kind == "=" else (unit, rest)
        elif line.strip():
            raise ValueError(f"{path}:{number}: a line begins with none of = > * + -")


def unit_pairs() -> list[Pair]:
    """Every part in turn in one of its wordings, with its own sentences and with those of other points and units."""
    parts = [part for path in sorted(UNITS.glob("*.txt")) for part in read(path)]
    random_ = random.Random(SEED)
    return [pair for part in parts for pair in _pairs(part, parts, random_)]


def _pairs(part: Part, parts: list[Part], random_: random.Random) -> Iterator[Pair]:
    near = [text for other in parts if other.unit == part.unit and other.point != part.point for text in other.shows]
    far = [random_.choice(other.shows) for other in random_.sample(parts, STRANGERS) if other.unit != part.unit]
    misses = [*part.misses, *random_.sample(near, min(STRANGERS, len(near))), *far]
    worded = ways(part.point, part.text, part.question)
    wordings = cycle(random_.sample(worded, len(worded)))
    yield from (Pair(next(wordings), text, True) for text in part.shows)
    yield from (Pair(next(wordings), text, False) for text in misses)
