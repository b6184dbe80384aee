"""Answers to an online form as Microsoft Forms and Google Forms save them: a row for each person who answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from marker.cells import cells_of
from marker.document import Passage, Unread

SEVERAL = "answers whose cannot be told"

_STAMPS = ({"start time", "completion time"}, {"timestamp"})  # heads of columns that only such a table has
_MARKS = re.compile(r"(?:feedback|points) - .|(?:quiz feedback|total points|score)\Z", re.I)


def responses(passages: Sequence[Passage], unread: Sequence[Unread]) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The passages and unread parts of a table; several answers are set aside and said not to be read.

    A marker's feedback and points are set aside, too.
    """
    found, missed = list(passages), list(unread)
    for rows in cells_of(enumerate(passages)).values():
        top, *below = sorted(rows)
        heads = {column: passages[cell[0]].text.strip().lower() for column, cell in rows[top].items()}
        if not any(stamps <= set(heads.values()) for stamps in _STAMPS):
            continue
        for column, cell in (entry for row in below for entry in rows[row].items()):
            marks = _MARKS.match(heads.get(column, ""))
            why = "assessor's comment" if marks else SEVERAL if len(below) > 1 else None
            for number in cell:
                if why and passages[number].credited:
                    found[number] = passages[number].aside(why)
        if len(below) > 1:
            what = f"a form's table with {len(below)} answers, whose cannot be told"
            begins = passages[rows[top][min(rows[top])][0]].location
            missed.append(Unread(f"{what}; copy the learner's own into a document", replace(begins, start=0, end=0)))
    return tuple(found), tuple(missed)
