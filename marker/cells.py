"""The cells of tables among passages, told by their places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from marker.document import Passage

_PLACE = re.compile(r"(?P<table>table \d+), row (?P<row>\d+), column (?P<column>\d+)\Z")

Rows = dict[int, dict[int, list[int]]]  # row: column: numbers of the passages in that cell


def cells_of(passages: Iterable[tuple[int, Passage]]) -> dict[str, Rows]:
    """The cells among numbered passages, by table."""
    found: dict[str, Rows] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for number, passage in passages:
        if passage.location.cell and (place := _PLACE.search(passage.location.cell)):
            found[place["table"]][int(place["row"])][int(place["column"])].append(number)
    return found
