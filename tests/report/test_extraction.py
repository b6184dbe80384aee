from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from marker.document import Document, Submission
from marker.marking import NOTICE, Marking
from marker.report.extraction import as_json, as_text


def saying_twice(marking: Marking, text: str) -> Submission:
    """A submission that says the text and says it again where it is set aside."""
    (document,) = marking.submission.documents
    said = replace(document.passages[0], text=text)
    return Submission("L01", (replace(document, passages=(said, said.aside("printed question"))),))


def test_text_gives_every_passage_its_place_and_why_it_is_set_aside(marking: Marking) -> None:
    lines = as_text(saying_twice(marking, "We log it.\nThen we ring.")).splitlines()
    assert lines[0] == NOTICE
    assert "essay.docx: docx, 12 words" in lines
    assert "  could not be read: image, paragraph 9" in lines
    assert "  [paragraph 1] We log it. Then we ring." in lines
    assert "- [paragraph 1] We log it. Then we ring.  (printed question)" in lines


def test_text_says_in_which_cell_a_passage_or_an_image_stands(marking: Marking) -> None:
    (document,) = marking.submission.documents
    where = replace(document.passages[0].location, page=2, cell="table 1, row 2, column 3")
    found = Document(
        document.name,
        document.sha256,
        document.format,
        (replace(document.passages[0], location=where),),
        (replace(document.unread[0], location=where),),
    )
    assert as_text(Submission("L01", (found,))).count("page 2, paragraph 1, table 1, row 2, column 3") == 2


def test_text_holds_nothing_that_a_terminal_obeys_or_cannot_take(saying: Callable[[str], Marking]) -> None:
    text = "a\x00b\x1b[31mc\x7f\x85\ud800\u202ed"
    report = as_text(saying_twice(saying(text), text))
    assert not set("\x00\x1b\x7f\x85\ud800\u202e") & set(report)
    report.encode("utf-8")


def test_json_keeps_what_was_written(marking: Marking) -> None:
    report = json.loads(as_json(saying_twice(marking, "a\tb")))
    assert next(iter(report)) == "notice"
    assert [one["text"] for one in report["passages"]] == ["a\tb", "a\tb"]
    assert [one["why"] for one in report["passages"]] == [None, "printed question"]
