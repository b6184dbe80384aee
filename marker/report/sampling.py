"""What `marker sample` shows: a sampling plan as text, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from marker.marking import NOTICE
from marker.report import lay_out
from marker.report.as_csv import dump_csv
from marker.report.as_json import dump
from marker.report.page import Bullets, Entry, Facts, Page, Para, Section
from marker.report.wording import printable, sentence_case
from marker.sampling import Pick, Plan, Reason
from marker.version import VERSION

Format = Literal["text", "csv", "json"]

SENTENCE = "The plan proposes where to look. An internal quality assurer chooses, and looks at the assessor’s decision."
HOW = (
    "Picks by risk come first, those with most kinds of risk before the others; then those drawn by chance, so that "
    "what seems safe is looked at too; then those that a rubric or a point needs to be seen at all."
)
WHOLE = "the whole report"


def render_plan(plan: Plan, format: Format) -> str | bytes:
    """The plan, as bytes in CSV; no cell of that is a formula, whatever a learner's name begins with."""
    if format == "json":
        return dump(_fields(plan))
    return dump_csv(_rows(printable(plan))) if format == "csv" else lay_out(_page(plan), format)


def _page(plan: Plan) -> Page:
    basis = (
        ("Reports", str(plan.reports)),
        ("Rate", f"{plan.rate:g}"),
        ("Seed", str(plan.seed)),
        ("To look at", str(len(plan.picks))),
    )
    return Page(
        notice=NOTICE,
        sentence=SENTENCE,
        title="Sampling plan",
        sections=(
            Section("How it was made", (Facts(basis), Para(HOW))),
            Section("What to look at", tuple(map(_entry, plan.picks))),
            Section("Where each point can be seen", tuple(_coverage(plan))),
        ),
        footer=(f"marker {VERSION}",),
    )


def _entry(pick: Pick) -> Entry:
    items = tuple(f"{_points(reason)}: {reason.why}" for reason in pick.reasons)
    return Entry(pick.learner, pick.rubric, None, (Bullets(items),))


def _points(reason: Reason) -> str:
    return ", ".join(reason.points) or sentence_case(WHOLE)


def _coverage(plan: Plan) -> Iterator[Bullets]:
    for rubric in dict.fromkeys(one.rubric for one in plan.coverage):
        those = (one for one in plan.coverage if one.rubric == rubric)
        items = (f"{one.point}: {one.learner or 'in no report; nothing was found for it'}" for one in those)
        yield Bullets(tuple(items), caption=rubric)


def _rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    """The notice, then a row for each reason of each pick."""
    yield (f"{NOTICE} {SENTENCE}",)
    yield ("learner", "rubric", "points", "reason", "why")
    for pick in plan.picks:
        for reason in pick.reasons:
            yield (pick.learner, pick.rubric, ", ".join(reason.points) or WHOLE, reason.kind, reason.why)


def _fields(plan: Plan) -> dict[str, Any]:
    return {
        "notice": NOTICE,
        "marker": {"version": VERSION},
        "reports": plan.reports,
        "rate": plan.rate,
        "seed": plan.seed,
        "picks": [
            {
                "learner": pick.learner,
                "rubric": pick.rubric,
                "reasons": [
                    {"reason": reason.kind, "points": list(reason.points), "why": reason.why} for reason in pick.reasons
                ],
            }
            for pick in plan.picks
        ],
        "coverage": [{"rubric": one.rubric, "point": one.point, "learner": one.learner} for one in plan.coverage],
    }
