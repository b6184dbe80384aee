"""What `marker sample` shows: a sampling plan as text, CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, Literal

from marker.marking import NOTICE
from marker.report.as_json import dump
from marker.report.page import Bullets, Entry, Facts, Page, Para, Section
from marker.report.text import render_text
from marker.report.wording import printable, sentence_case
from marker.sampling import Pick, Plan, Reason
from marker.version import VERSION

Format = Literal["text", "csv", "json"]

FORMATS: tuple[Format, ...] = ("text", "csv", "json")

SENTENCE = "The plan proposes where to look. An internal quality assurer chooses, and looks at the assessor’s decision."
HOW = (
    "Picks by risk come first, those with most kinds of risk before the others; then those drawn by chance, so that "
    "what seems safe is looked at too; then those that a rubric or a point needs to be seen at all."
)
WHOLE = "the whole report"

_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "＝",
    "＋",
    "－",
    "＠",
)  # what a spreadsheet takes for a formula's beginning


def render_plan(plan: Plan, format: Format) -> str | bytes:
    """The plan, as bytes in CSV; no cell of that is a formula, whatever a learner's name begins with."""
    if format == "json":
        return dump(_fields(plan))
    plan = printable(plan)
    return _csv(plan) if format == "csv" else render_text(_page(plan), 80, colour=False)


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


def _csv(plan: Plan) -> bytes:
    """The notice, then a row for each reason of each pick, in UTF-8 with the mark that Excel looks for."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow([f"{NOTICE} {SENTENCE}"])
    writer.writerow(["learner", "rubric", "points", "reason", "why"])
    for pick in plan.picks:
        for reason in pick.reasons:
            cells = (pick.learner, pick.rubric, ", ".join(reason.points) or WHOLE, reason.kind, reason.why)
            writer.writerow(map(_no_formula, cells))
    return sheet.getvalue().encode("utf-8-sig")


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


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
