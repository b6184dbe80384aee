"""Each fixture holds one text in one container of a Word file; see fixtures/build.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from marker.document import Passage
from marker.extract import read

FIXTURES = Path(__file__).parents[1] / "fixtures"
MARKER = "Dawn needs the float by nine"
CELL = "table 1, row 1, column 1"

CREDITED = {
    "paragraph": ("paragraph", None),
    "table": ("cell", "table 1, row 2, column 2"),
    "nested_table": ("cell", "table 2, row 1, column 1"),
    "merged_cell": ("cell", CELL),
    "control_block": ("paragraph", None),
    "control_inline": ("paragraph", None),
    "control_cell": ("cell", "table 1, row 1, column 2"),
    "control_row": ("cell", "table 1, row 2, column 1"),
    "control_nested": ("paragraph", None),
    "checkbox": ("paragraph", None),
    "form_field": ("paragraph", None),
    "complex_field": ("paragraph", None),
    "simple_field": ("paragraph", None),
    "hyperlink": ("paragraph", None),
    "smart_tag": ("paragraph", None),
    "list_number": ("list item", None),
    "list_style": ("list item", None),
    "insertion": ("paragraph", None),
    "inserted_row": ("cell", "table 1, row 2, column 1"),
    "move": ("paragraph", None),
    "text_box": ("text box", None),
    "text_box_old": ("text box", None),
    "diagram": ("text box", None),
    "footnote": ("footnote", None),
    "endnote": ("footnote", None),
    "hidden_off": ("paragraph", None),
    "small": ("paragraph", None),
    "white_on_dark": ("cell", CELL),
    "math": ("paragraph", None),
    "ruby": ("paragraph", None),
    "breaks": ("paragraph", None),
    "strict": ("paragraph", None),
    "hostile_path": ("paragraph", None),
}
SET_ASIDE = {
    "header": ("header", "header"),
    "footer": ("footer", "footer"),
    "comment": ("comment", "comment by R. Jones"),
    "insertion_by_tutor": ("paragraph", "insertion by A. Dale (Tutor)"),
    "heading": ("heading", "heading"),
    "title": ("heading", "heading"),
    "outline": ("heading", "heading"),
    "contents": ("contents", "contents"),
    "contents_control": ("contents", "contents"),
    "placeholder": ("paragraph", "placeholder"),
    "hidden": ("paragraph", "hidden text"),
    "hidden_style": ("paragraph", "hidden text"),
    "white": ("paragraph", "hidden text"),
    "pale": ("paragraph", "hidden text"),
    "tiny": ("paragraph", "hidden text"),
}


def only_marked(name: str) -> Passage:
    """The one passage of the fixture with the marker text, which it holds once."""
    passages = read(FIXTURES / f"{name}.docx").passages
    assert sum(passage.text.count(MARKER) for passage in passages) == 1
    return next(passage for passage in passages if MARKER in passage.text)


@pytest.mark.parametrize("name", CREDITED)
def test_text_is_found_once_and_credited(name: str) -> None:
    passage = only_marked(name)
    assert (passage.kind, passage.location.cell) == CREDITED[name]
    assert passage.credited and passage.why is None


@pytest.mark.parametrize("name", SET_ASIDE)
def test_text_is_found_once_and_set_aside(name: str) -> None:
    passage = only_marked(name)
    assert (passage.kind, passage.why) == SET_ASIDE[name]
    assert not passage.credited


@pytest.mark.parametrize("name", ["deletion", "deleted_row"])
def test_deleted_text_is_dropped(name: str) -> None:
    assert not any(MARKER in passage.text for passage in read(FIXTURES / f"{name}.docx").passages)


@pytest.mark.parametrize("name", ["deletion", "deleted_row"])
def test_deletions_are_counted(name: str) -> None:
    passage = read(FIXTURES / f"{name}.docx").passages[-1]
    assert (passage.text, passage.why) == ("1 tracked deletion, left out", "tracked deletions")


@pytest.mark.parametrize(("name", "what"), [("picture", "image"), ("chart", "chart"), ("embedded", "embedded object")])
def test_what_cannot_be_read_is_noted_with_its_paragraph(name: str, what: str) -> None:
    (unread,) = read(FIXTURES / f"{name}.docx").unread
    assert (unread.what, unread.location.paragraph) == (what, 1)


def test_a_logo_in_the_header_is_no_evidence_unread() -> None:
    assert read(FIXTURES / "header.docx").unread == ()


def test_characters_stay_as_they_are() -> None:
    assert only_marked("breaks").text == f"one\n{MARKER}\t-→two"
    assert only_marked("checkbox").text == f"☒ {MARKER} ☐"
    assert only_marked("form_field").text == f"☒ {MARKER}"


def test_hidden_text_does_not_take_its_paragraph_along() -> None:
    seen, hidden, _ = read(FIXTURES / "hidden.docx").passages
    assert (seen.text, seen.credited, hidden.credited) == ("seen", True, False)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.docx")), ids=lambda path: path.stem)
def test_passages_are_numbered_in_order_and_span_their_text(path: Path) -> None:
    if path.stem == "hostile_entity":
        return
    passages = read(path).passages
    assert [passage.location.paragraph for passage in passages] == list(range(1, len(passages) + 1))
    assert all(passage.location.end == len(passage.text) and passage.location.file == path.name for passage in passages)
