"""What was read of a submission: what `marker extract` prints."""

from __future__ import annotations

from collections.abc import Iterator

from marker.document import Document, Passage, Submission
from marker.marking import NOTICE
from marker.report.as_json import dump, file_fields, location_fields


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
    """Every passage with its place; a `-` in front, and the reason behind, where it is set aside."""
    lines = [NOTICE, ""]
    for document in submission.documents:
        lines += [f"{document.name}: {document.format}, {document.words} words", *_unread(document), ""]
        lines += [_passage(passage) for passage in document.passages]
        lines.append("")
    lines.append("Lines with a - in front are set aside and earn nothing.")
    return "\n".join(lines) + "\n"


def _unread(document: Document) -> Iterator[str]:
    for unread in document.unread:
        yield f"  could not be read: {unread.what}, {place(unread.location.page, unread.location.paragraph, None)}"


def _passage(passage: Passage) -> str:
    where = place(passage.location.page, passage.location.paragraph, passage.location.cell)
    text = " ".join(passage.text.split())
    return f"  [{where}] {text}" if passage.credited else f"- [{where}] {text}  ({passage.why})"


def place(page: int | None, paragraph: int | None, cell: str | None) -> str:
    """A place in a file, in words."""
    named = (f"page {page}" if page else "", f"paragraph {paragraph}" if paragraph else "", cell or "")
    return ", ".join(filter(None, named)) or "whole file"
