"""Typed headings, and what is short and none."""

from __future__ import annotations

import pytest

from marker.document import Kind, Location, Passage
from marker.voices.headings import headings
from marker.voices.pieces import Piece

BEFORE = "The desk opens at eight and the phone starts then."
AFTER = "On Mondays we ring everybody whose order was late."


def piece(text: str, number: int = 1, kind: Kind = "paragraph", why: str | None = None, said: bool = False) -> Piece:
    passage = Passage(text, Location("a.docx", None, number, None, 0, len(text)), kind)
    return Piece(passage, 0, len(text), why, said)


def found(short: Piece, before: Piece | None = None, after: str = AFTER) -> str | None:
    behind = [piece(after, 3)] if after else []
    return headings([before or piece(BEFORE), short, *behind])[1].why


@pytest.mark.parametrize("text", ["Late orders", "Monday 6 May", "3 What we do about it", "Them, us and the van"])
def test_a_short_line_between_sentences_is_a_heading(text: str) -> None:
    assert found(piece(text, 2)) == "heading"


def test_a_document_may_begin_with_one() -> None:
    assert headings([piece("Late orders"), piece(AFTER, 2)])[0].why == "heading"


@pytest.mark.parametrize("text", ["We ring them.", "Reason: trust", "Dear Mrs Lowe", "Who rings them?", "and then,"])
def test_what_is_punctuated_or_opens_a_letter_is_none(text: str) -> None:
    assert found(piece(text, 2)) is None


@pytest.mark.parametrize("text", ["We ring everybody whose order was late", "the ones who wait in the hall"])
def test_what_has_more_than_a_few_words_is_none(text: str) -> None:
    assert found(piece(text, 2)) is None


@pytest.mark.parametrize(
    "before",
    [
        piece("Who are your customers?", why="printed question"),
        piece("Name one internal customer.", why="task brief"),
        piece("And who inside?"),
        piece("These are my internal ones:"),
        piece("the kitchen"),
    ],
)
def test_what_answers_or_goes_on_is_none(before: Piece) -> None:
    assert found(piece("Kitchen staff", 2), before) is None


@pytest.mark.parametrize("after", ["", "The van", "Yes it is.", "the drivers who take the bread out every morning"])
def test_it_stands_over_a_sentence(after: str) -> None:
    assert found(piece("Late orders", 2), after=after) is None


@pytest.mark.parametrize(
    "short", [piece("Late orders", 2, "list item"), piece("Late orders", 2, "cell"), piece("Late orders", 2, said=True)]
)
def test_an_item_a_cell_and_a_turn_are_none(short: Piece) -> None:
    assert found(short) is None


def test_what_is_set_aside_keeps_its_reason() -> None:
    assert found(piece("Late orders", 2, why="contents page")) == "contents page"
