"""The JSON report, for programs. Its keys and their order are an interface; additions go after them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from marker.document import Document, Location, Unread
from marker.marking import NOTICE, Evidence, Marking, MisconceptionFound, PartMarking, PointMarking
from marker.version import VERSION

# Characters that turn round, hide or break a line when shown, and halves of characters, which UTF-8 cannot hold.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def render_json(markings: Sequence[Marking]) -> str:
    """One object a rubric; a list when there are several."""
    reports = [marking_fields(marking) for marking in markings]
    return dump(reports[0] if len(reports) == 1 else reports)


def dump(value: object) -> str:
    """Indented JSON that any terminal, file and UTF-8 writer can take."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def marking_fields(marking: Marking) -> dict[str, Any]:
    """The report on one submission under one rubric."""
    rubric, submission = marking.rubric, marking.submission
    return {
        "notice": NOTICE,
        "marker": {"version": VERSION, "models": marking.models},
        "rubric": {"id": rubric.id, "version": rubric.version, "status": rubric.status, "sha256": rubric.sha256},
        "submission": {"id": submission.id, "files": [file_fields(document) for document in submission.documents]},
        "points": [_point(point) for point in marking.points],
        "misconceptions": [_misconception(found) for found in marking.misconceptions],
        "set_aside": [
            {"why": passage.why, "quote": passage.text, "location": location_fields(passage.location)}
            for passage in marking.set_aside
        ],
    }


def location_fields(location: Location) -> dict[str, Any]:
    """A location under the names of the interface."""
    return {
        "file": location.file,
        "page": location.page,
        "paragraph": location.paragraph,
        "cell": location.cell,
        "start": location.start,
        "end": location.end,
        "heading": location.heading,
        "number": location.number,
        "turn": location.turn,
        "speaker": location.speaker,
        "line": location.line,
    }


def file_fields(document: Document) -> dict[str, Any]:
    """A file as read, without its passages."""
    return {
        "name": document.name,
        "sha256": document.sha256,
        "format": document.format,
        "words": document.words,
        "unread": [_unread(unread) for unread in document.unread],
    }


def _unread(unread: Unread) -> dict[str, Any]:
    return {"what": unread.what, "location": location_fields(unread.location)}


def _point(marking: PointMarking) -> dict[str, Any]:
    return {
        "id": marking.point.id,
        "text": marking.point.text,
        "verb": marking.point.verb,
        "verdict": marking.verdict,
        "status": marking.status,
        "confidence": _probability(marking.confidence),
        "refer": marking.refer,
        "parts": [_part(part) for part in marking.parts],
        "gaps": [{"part": gap.part.id, "question": gap.part.question} for gap in marking.gaps],
        "terms": list(marking.terms),
        "advice": list(marking.advice),
    }


def _part(marking: PartMarking) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": marking.part.id,
        "text": marking.part.text,
        "shown": marking.shown,
        "confidence": _probability(marking.confidence),
        "evidence": [_evidence(evidence) for evidence in marking.evidence],
    }
    if not marking.shown:
        fields["nearest_miss"] = _quoted(marking.nearest_miss) if marking.nearest_miss else None
    if marking.part.count:
        fields["count"] = len(marking.items)
        fields["needed"] = marking.part.count.needed
        fields["items"] = [{"item": item, **_quoted(evidence)} for item, evidence in marking.items]
    return fields


def _evidence(evidence: Evidence) -> dict[str, Any]:
    location = location_fields(evidence.location)
    return {"quote": evidence.quote, "checks": list(evidence.checks), "location": location}


def _quoted(evidence: Evidence) -> dict[str, Any]:
    return {"quote": evidence.quote, "location": location_fields(evidence.location)}


def _misconception(found: MisconceptionFound) -> dict[str, Any]:
    extras = {"text": found.misconception.text, "question": found.misconception.question}
    return {"id": found.misconception.id, **_quoted(found.evidence), **extras}


def _probability(value: float) -> float:
    return round(value, 4)
