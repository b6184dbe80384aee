"""What was read of a submission: what `marker extract` prints."""

from __future__ import annotations

from collections.abc import Iterator

from marker.document import Document, Location, Passage, Submission
from marker.marking import NOTICE
from marker.report.as_json import dump, file_fields, location_fields
from marker.report.wording import printable


def as_json(submission: Submission) -> str:
    """Files and passages as JSON, under the names of the interface."""
    passages = [
        {
            "text": passage.text,
            "location": location_fields(passage.location),
            "kind": passage.kind,
            "credited": passage.credited,
            "why": passage.why,
        }
        for document in submission.documents
        for passage in document.passages
    ]
    files = [file_fields(document) for document in submission.documents]
    return dump({"notice": NOTICE, "files": files, "passages": passages})


def as_text(submission: Submission) -> str:
    """Every passage on one line with its place; a `-` in front, and the reason behind, where it is set aside."""
    lines = [NOTICE, ""]
    for document in map(printable, submission.documents):
        lines += [f"{document.name}: {document.format}, {document.words} words", *_unread(document), ""]
        lines += [_passage(passage) for passage in document.passages]
        lines.append("")
    lines.append("Lines with a - in front are set aside and earn nothing.")
    return "\n".join(lines) + "\n"


def _unread(document: Document) -> Iterator[str]:
    for unread in document.unread:
        yield f"  could not be read: {unread.what}, {_place(unread.location)}"


def _passage(passage: Passage) -> str:
    line = f"[{_place(passage.location)}] {passage.text}"
    return f"  {line}" if passage.credited else f"- {line}  ({passage.why})"


def _place(location: Location) -> str:
    page = f"page {location.page}" if location.page else ""
    paragraph = f"paragraph {location.paragraph}" if location.paragraph else ""
    number = f"number {location.number}" if location.number else ""
    turn = f"turn {location.turn}, {location.speaker}" if location.turn else ""
    return ", ".join(filter(None, (page, paragraph, location.cell, number, turn))) or "whole file"
