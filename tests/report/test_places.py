"""Places in words, as reports for people give them."""

from __future__ import annotations

from dataclasses import replace

from marker.document import Location
from marker.report.wording import places


def at(
    paragraph: int,
    page: int | None = None,
    cell: str | None = None,
    *,
    file: str = "a.docx",
    heading: str | None = None,
) -> Location:
    return Location(file, page, paragraph, cell, 0, 9, heading=heading)


def test_alike_places_stand_together_under_their_heading() -> None:
    under = [at(4, heading="Task 1"), at(9, heading="Task 1"), at(12, heading="Task 2"), at(13)]
    assert places(under, False) == "“Task 1”, paragraphs 4, 9; “Task 2”, paragraph 12; paragraph 13"


def test_a_cell_and_a_page_say_more_than_a_paragraph() -> None:
    cell = "table 1, row 2, column 3"
    assert places([at(4, 2, heading="Task 1"), at(5, 3, heading="Task 1")], False) == "“Task 1”, pages 2, 3"
    assert places([at(4, None, cell), at(5, 2, cell)], False) == f"{cell}; page 2, {cell}"


def test_cells_of_one_row_stand_together() -> None:
    cells = [at(4, None, f"table 1, row {row}, column {column}") for row, column in ((2, 2), (2, 3), (3, 2))]
    assert places(cells, False) == "table 1, row 2, columns 2, 3; table 1, row 3, column 2"


def test_in_a_pdf_the_lines_of_each_page_are_named() -> None:
    found = [replace(at(7, page), line=line) for page, line in ((2, 4), (2, 9), (3, 1))]
    assert places(found, False) == "page 2, lines 4, 9; page 3, line 1"


def test_in_a_transcript_the_turn_and_who_speaks_are_named() -> None:
    turn = Location("talk.txt", None, 7, None, 0, 9, turn=4, speaker="Learner")
    assert places([turn], False) == "turn 4, Learner"


def test_a_folders_files_are_named() -> None:
    found = [at(4, file="log.docx", heading="Task 1"), at(1, file="mail.eml")]
    assert places(found, True) == "log.docx, “Task 1”, paragraph 4; mail.eml, paragraph 1"
