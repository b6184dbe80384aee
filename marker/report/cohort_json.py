"""The class for programs: counts a point, what is missed, referred and unread, and each learner in short."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from marker.marking import NOTICE
from marker.report.as_json import dump
from marker.report.cohort import Cohort, Learner, Named, PointCount
from marker.version import VERSION


def render_cohort_json(cohort: Cohort) -> str:
    """One object, its keys in a fixed order."""
    rubrics = [
        {"id": one.id, "version": one.version, "status": one.status, "sha256": one.sha256} for one in cohort.rubrics
    ]
    return dump(
        {
            "notice": NOTICE,
            "marker": {"version": VERSION, "models": cohort.models},
            "rubrics": rubrics,
            "learners": {"given": len(cohort.learners), "read": cohort.marked},
            "points": [_point(point) for point in cohort.points],
            "missed": [asdict(part) for part in cohort.missed],
            "misconceptions": [
                {"id": one.id, "text": one.text, "question": one.question, **_named(one.learners, "where")}
                for one in cohort.misconceptions
            ],
            "referred": [{"reason": one.reason, **_named(one.learners, "points")} for one in cohort.referred],
            "read_in_part": _named(cohort.unread, "unread"),
            "personal_details": _named(cohort.details, "details"),
            "failed": _named(cohort.failed, "reason"),
            "claims": [_learner(learner) for learner in cohort.learners],
        }
    )


def _point(point: PointCount) -> dict[str, Any]:
    return {
        "rubric": point.rubric,
        "id": point.point,
        "text": point.text,
        "statuses": point.statuses,
        "look_first": point.look_first,
    }


def _named(named: Named, note: str) -> dict[str, Any]:
    return {"count": named.total, "learners": [{"id": learner, note: text} for learner, text in named.first]}


def _learner(learner: Learner) -> dict[str, Any]:
    points = [
        {
            "rubric": claim.rubric,
            "id": claim.point,
            "status": claim.status,
            "where": claim.where,
            "refer": claim.refer,
            "missing": list(claim.missing),
        }
        for claim in learner.claims
    ]
    return {
        "id": learner.id,
        "failed": learner.failed,
        "unread": list(learner.unread),
        "personal_details": list(learner.details),
        "points": points,
    }
