"""The claim matrix as CSV: a row for each learner and point, with a column left empty for the assessor's decision."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from marker.marking import NOTICE
from marker.report.as_csv import dump_csv
from marker.report.cohort import UNREAD, Cohort
from marker.report.wording import printable

HEADER = ("Learner", "Rubric", "Point", "Found", "Where", "Look first", "Assessor’s decision")


def render_cohort_csv(cohort: Cohort) -> bytes:
    """The notice, the header and the claims."""
    return dump_csv(chain([(NOTICE,), HEADER], claim_rows(cohort)))


def claim_rows(cohort: Cohort) -> Iterator[tuple[str, ...]]:
    """The cells under `HEADER`, in the class's order; a learner whose work could not be read has one row."""
    for learner in cohort.learners:
        if learner.failed:
            yield printable((learner.id, "", "", UNREAD, "", learner.failed, ""))
        for claim in learner.claims:
            found = (learner.id, claim.rubric, claim.point, claim.status, claim.where, claim.refer or "", "")
            yield printable(found)
