"""The claim matrix as CSV: a row for each learner and point, with a column left empty for the assessor's decision."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from marker.marking import NOTICE
from marker.report.cohort import UNREAD, Cohort
from marker.report.wording import printable

HEADER = ("Learner", "Rubric", "Point", "Found", "Where", "Look first", "Assessor’s decision")

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")  # what a spreadsheet takes for the start of one


def render_cohort_csv(cohort: Cohort) -> bytes:
    """The notice, the header and the claims, in UTF-8 with the mark that Excel needs to see that it is."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([NOTICE])
    writer.writerow(HEADER)
    writer.writerows([_safe(cell) for cell in row] for row in claim_rows(cohort))
    return buffer.getvalue().encode("utf-8-sig", errors="replace")


def claim_rows(cohort: Cohort) -> Iterator[tuple[str, ...]]:
    """The cells under `HEADER`, in the class's order; a learner whose work could not be read has one row."""
    for learner in cohort.learners:
        if learner.failed:
            yield printable((learner.id, "", "", UNREAD, "", learner.failed, ""))
        for claim in learner.claims:
            found = (learner.id, claim.rubric, claim.point, claim.status, claim.where, claim.refer or "", "")
            yield printable(found)


def _safe(cell: str) -> str:
    """The cell with a quote in front of what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.lstrip(" '\"").startswith(_FORMULA) else cell
