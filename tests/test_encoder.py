"""Lines as windows of tokens, and their vectors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marker.encoder import LONGEST, WINDOW, Encoded, Line, Tokens, load_encoder
from marker.resources import models_folder

LINES = (
    Line("I rang Mrs Voss about the coal, the scuttle and the kindling."),
    Line("She needs it by noon.", begins=False),
    Line("coal", "list item"),
    Line("kindling and logs", "cell"),
)


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return Tokens(models_folder() / "tokenizer.json", {"customers": 9})


def ids(tokens: Tokens, text: str) -> tuple[int, ...]:
    [window] = tokens.windows([Line(text)])
    return window.ids[1:-1]


def test_a_separator_stands_between_passages_and_a_mark_before_items_and_cells(tokens: Tokens) -> None:
    [window] = tokens.windows(LINES)
    ends = [end for _, end in window.spans]
    between = [window.ids[end:first] for end, (first, _) in zip([0, *ends], window.spans, strict=False)]
    item, cell = ids(tokens, "-"), ids(tokens, "|")
    assert between == [(tokens.start,), (), (tokens.separator, *item), (tokens.separator, *cell)]
    assert window.ids[ends[-1] :] == (tokens.separator,)


def test_misspelt_words_are_read_as_what_they_are_meant_to_be(tokens: Tokens) -> None:
    assert ids(tokens, "the custermers") == ids(tokens, "the customers")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(Line, st.text(max_size=400), st.sampled_from(["paragraph", "cell", "list item"]), st.booleans()),
        max_size=12,
    )
)
def test_every_line_is_read_once_in_windows_of_bounded_length(tokens: Tokens, lines: list[Line]) -> None:
    found = list(tokens.windows(lines))
    assert sum(len(window.spans) for window in found) == len(lines)
    assert all(len(window.ids) <= WINDOW for window in found)
    for window in found:
        ends = [0, *(place for span in window.spans for place in span)]
        assert ends == sorted(ends)
        assert all(0 < end - start <= LONGEST for start, end in window.spans)
        for line, start, end in window.pieces:
            assert window.spans[line][0] <= start < end <= window.spans[line][1]


def test_a_window_begins_at_a_heading_and_headings_stay_together(tokens: Tokens) -> None:
    heading, text = Line("Task 1", "heading", heads=True), Line("I rang her.")
    found = tokens.windows([text, heading, heading, text, text, heading, text])
    assert [len(window.spans) for window in found] == [1, 4, 2]


def test_a_line_means_what_its_neighbours_make_of_it() -> None:
    after_one, after_other = (
        load_encoder().encode([Line(text), Line("They need it by noon.", begins=False)]).vectors[1]
        for text in ("The drivers wait for my sheet.", "The oven is on.")
    )
    assert np.linalg.norm(after_one - after_other) > 0.05


def test_some_lines_are_taken_with_their_pieces() -> None:
    whole = load_encoder().encode(LINES)
    some = whole.at([0, 3, 0])
    assert np.array_equal(some.vectors, whole.vectors[[0, 3, 0]])
    assert some.of.tolist() == [0] * 3 + [1] * 2 + [2] * 3
    assert np.array_equal(some.pieces, whole.pieces[[0, 1, 2, 3, 4, 0, 1, 2]])


def test_nothing_has_no_vectors() -> None:
    nothing = load_encoder().encode([])
    assert (nothing.vectors.shape, nothing.pieces.shape) == ((0, 384), (0, 384))
    assert Encoded.joined([nothing, nothing]).at([]).vectors.shape == (0, 384)
