"""Answers to an online form as Microsoft Forms and Google Forms save them: a row for each person who answered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from marker.document import Location, Passage, Unread

SEVERAL = "answers whose cannot be told"

_PLACE = re.compile(r"(?P<table>table \d+), row (?P<row>\d+), column (?P<column>\d+)\Z")
_STAMPS = ({"start time", "completion time"}, {"timestamp"})  # heads of columns that only such a table has
_MARKS = re.compile(r"(?:feedback|points) - .|(?:quiz feedback|total points|score)\Z", re.I)

Cells = dict[int, dict[int, int]]  # row: column: number of the passage


def responses(passages: Sequence[Passage], unread: Sequence[Unread]) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The passages and unread parts of a table; several answers are set aside and said not to be read.

    A marker's feedback and points are set aside, too.
    """
    found, missed = list(passages), list(unread)
    tables: dict[str, Cells] = defaultdict(lambda: defaultdict(dict))
    for number, passage in enumerate(passages):
        if place := _PLACE.search(passage.location.cell or ""):
            tables[place["table"]][int(place["row"])][int(place["column"])] = number
    for rows in tables.values():
        top, *below = sorted(rows)
        heads = {column: passages[number].text.strip().lower() for column, number in rows[top].items()}
        if not any(stamps <= set(heads.values()) for stamps in _STAMPS):
            continue
        for column, number in ((column, number) for row in below for column, number in rows[row].items()):
            marks = _MARKS.match(heads.get(column, ""))
            why = "assessor's comment" if marks else SEVERAL if len(below) > 1 else None
            if why and passages[number].credited:
                found[number] = passages[number].aside(why)
        if len(below) > 1:
            what = f"a form's table with {len(below)} answers, whose cannot be told"
            begins = _place(passages[rows[top][min(rows[top])]].location)
            missed.append(Unread(f"{what}; copy the learner's own into a document", begins))
    return tuple(found), tuple(missed)


def _place(head: Location) -> Location:
    """Where the table begins."""
    return Location(head.file, head.page, head.paragraph, head.cell, 0, 0, heading=head.heading)
