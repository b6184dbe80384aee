"""The class on one page that needs nothing from outside: a heat map that opens each report, and what to teach again."""

from __future__ import annotations

from marker.marking import NOTICE
from marker.report.cohort import UNREAD, Cohort
from marker.report.html import fill
from marker.report.provenance import rubric_line, short_hash
from marker.report.wording import ASSESSOR, STATUSES
from marker.version import VERSION

MOST_MISSED = 12


def render_cohort_html(cohort: Cohort) -> str:
    """The page; every text in it is escaped."""
    footer = [f"marker {VERSION}, models {short_hash(cohort.models)}"]
    footer += map(rubric_line, cohort.rubrics)
    return fill(
        "cohort.html.jinja",
        cohort=cohort,
        notice=NOTICE,
        sentence=ASSESSOR.sentence,
        title="Pre-marking report on a class",
        legend=ASSESSOR.legend,
        statuses=STATUSES,
        unread=UNREAD,
        missed=cohort.missed[:MOST_MISSED],
        footer=footer,
    )
