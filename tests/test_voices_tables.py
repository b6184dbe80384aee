"""What the heads of a table say of its cells."""

from __future__ import annotations

import pytest

from marker.document import Location, Passage
from marker.voices.tables import tables


def table(*rows: tuple[str, ...]) -> tuple[Passage, ...]:
    """The filled cells of a table, row by row."""
    cells = [(text, r, c) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1) if text]
    return tuple(
        Passage(text, Location("log.xlsx", None, n, f"table 1, row {r}, column {c}", 0, len(text)), "cell")
        for n, (text, r, c) in enumerate(cells, 1)
    )


def reasons(*rows: tuple[str, ...]) -> list[str | None]:
    return [passage.why for passage in tables(table(*rows))]


LOG = ("3 May", "Boots split at the seam.", "I wrote it in the red book and rang him back.")


def test_the_heads_of_a_logs_columns_are_no_evidence() -> None:
    assert reasons(("Date", "Complaint", "What I did"), LOG) == ["heading"] * 3 + [None] * 3


def test_a_title_above_the_heads_is_passed_over() -> None:
    found = reasons(("Complaints log, Gale Footwear",), ("Date", "Complaint", "Action taken"), LOG)
    assert found[1:] == ["heading"] * 3 + [None] * 3


@pytest.mark.parametrize(
    "row",
    [
        ("Internal", "Ravi in the stockroom", "pick lists by nine"),
        ("Customers want boots that last.", "They want an honest price.", "They want to be told of delays."),
        ("Survey form", "Talking to people at the till", "Counting the returns"),
    ],
)
def test_a_first_row_of_answers_heads_nothing(row: tuple[str, ...]) -> None:
    assert reasons(row, LOG) == [None] * 6


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("Assessor feedback", "assessor's comment"),
        ("Tutor's comments:", "assessor's comment"),
        ("Assessor", "assessor's comment"),
        ("Assessor use only", "assessor's comment"),
        ("Manager's comment", "witness statement"),
        ("What the customer said", "quoted customer"),
        ("What they said", "quoted customer"),
    ],
)
def test_the_cells_below_a_head_that_names_somebody_else_are_set_aside_and_no_others(head: str, why: str) -> None:
    heads, row = ("Date", "What I did", head), ("3 May", "I rang him back.", "Nobody had told me a thing.")
    assert reasons(heads, row, row) == ["heading"] * 3 + [None, None, why] * 2


def test_a_role_at_the_head_of_one_of_several_columns_tells_whose_the_column_is() -> None:
    found = reasons(
        ("Criterion", "Evidence (learner)", "Tutor", "My response"),
        ("1.2", "In the tablet.", "Policy says within the hour.", "I did not know that."),
    )
    assert found == ["heading"] * 4 + [None, None, "assessor's comment", None]


def test_the_cells_behind_a_label_that_names_somebody_else_are_set_aside() -> None:
    found = reasons(
        ("I log it at once.", "Then I tell Gaz."), ("Tutor note", "Say when."), ("I ring them.", "Same day.")
    )
    assert found == [None, None, "assessor's comment", "assessor's comment", None, None]


def test_a_speakers_role_is_left_to_the_transcript() -> None:
    assert reasons(("Tutor", "How do you log it?"), ("Jas", "In the red book.")) == [None] * 4


@pytest.mark.parametrize(
    "heads", [("Statement", "True", "False"), ("", "True or false?", "Why?"), ("", "Agree", "Disagree")]
)
def test_what_is_to_be_ticked_is_printed_and_a_reason_is_the_learners(heads: tuple[str, ...]) -> None:
    found = reasons(heads, ("The boss is an external customer.", "x", "he is one of us"))
    assert found[-3:] == ["task brief", None, None]


def test_a_log_with_a_column_for_yes_is_not_ticked() -> None:
    assert reasons(("Problem", "Solved", "How"), ("Boots split.", "Yes", "New pair"))[-3:] == [None] * 3
