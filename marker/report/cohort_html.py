"""The class on one page that needs nothing from outside: a heat map that opens each report, and what to teach again."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from marker.marking import NOTICE
from marker.report.cohort import UNREAD, Cohort
from marker.report.wording import ASSESSOR, STATUSES, printable
from marker.version import VERSION

MOST_MISSED = 12
_SHORT_HASH = 12


def render_cohort_html(cohort: Cohort) -> str:
    """The page; every text in it is escaped."""
    footer = [f"marker {VERSION}, models {cohort.models[:_SHORT_HASH]}"]
    footer += [f"Rubric {one.id} {one.version} ({one.sha256[:_SHORT_HASH]})" for one in cohort.rubrics]
    return _template().render(
        cohort=cohort,
        notice=NOTICE,
        sentence=ASSESSOR.sentence,
        legend=ASSESSOR.legend,
        statuses=STATUSES,
        unread=UNREAD,
        missed=cohort.missed[:MOST_MISSED],
        footer=footer,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["slug"] = lambda status: status.replace(" ", "-")
    environment.filters["line"] = printable
    environment.filters["url"] = lambda name: quote(name, safe="", errors="replace")
    environment.globals["people"] = lambda count: f"{count} learner{'' if count == 1 else 's'}"
    return environment.get_template("cohort.html.jinja")
