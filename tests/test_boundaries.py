"""Sentences told apart where the writer puts no full stops."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from marker.boundaries import FEWEST, UNSTOPPED, cuts, tokens
from marker.language import split

RUN_ON = (
    "we serve the builders who come for their blocks and we serve the lads in the yard who need the pick list by seven "
    "i ring the builder if the lorry is late because he has men stood about waiting and then i put it in the book so "
    "the next one on the desk can see what we told him"
)
LONG = (
    "When a builder comes to the trade counter with a list that his foreman wrote on the back of a cigarette packet, "
    "I read every line of it back to him, since a wrong length of timber costs him half a day and costs us the "
    "carriage both ways."
)


def test_a_paragraph_without_full_stops_is_read_as_sentences() -> None:
    found = [RUN_ON[start:end] for start, end in split(RUN_ON)]
    assert len(found) >= 3
    assert any(sentence.startswith("i ring the builder") for sentence in found)
    assert " ".join(found) == RUN_ON


def test_a_sentence_that_ends_is_left_whole() -> None:
    assert len(LONG.split()) > UNSTOPPED
    assert [*split(LONG)] == [(0, len(LONG))]
    short = "I ring the builder if the lorry is late and then I put it in the book so that the next one can see it."
    assert [*split(short)] == [(0, len(short))]


@given(st.text(alphabet="ab ,.'é\u202e\n", max_size=600))
def test_whatever_is_written_cuts_stand_at_words_and_leave_no_crumbs(text: str) -> None:
    found = cuts(text)
    assert found == sorted(set(found))
    for start, end in zip([0, *found], [*found, len(text)], strict=True):
        assert not found or tokens(text[start:end]).before[-1] >= FEWEST


def test_an_endless_run_on_takes_time_by_its_length() -> None:
    began = time.process_time()
    assert len([*split("then i ring them and " * 4_000)]) > 100
    assert time.process_time() - began < 30
