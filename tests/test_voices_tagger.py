"""The network that reads a document's lines in their order."""

from __future__ import annotations

from dataclasses import replace

from marker.document import Kind, Location, Passage
from marker.encoder import Network
from marker.resources import models_folder
from marker.voices.pieces import Piece
from marker.voices.tagger import WEIGHTS, line_windows


def piece(text: str, number: int = 1, kind: Kind = "paragraph") -> Piece:
    return Piece(Passage(text, Location("kennels.txt", None, number, None, 0, len(text)), kind), 0, len(text))


def test_the_tagger_reads_misspelt_words_as_they_stand_and_sees_where_a_passage_begins() -> None:
    network = Network(models_folder(), WEIGHTS)
    text = "I rang custermers. Then I rote it down."
    whole = piece(text)
    [window] = line_windows(
        [
            replace(whole, end=19),
            replace(whole, start=19),
            piece("the float", 2, kind="list item"),
            piece("Dawn", 3, kind="cell"),
        ],
        network,
    )
    marks = [window.ids[first : first + 2] for first, _ in window.spans]
    item, cell = (tuple(found.ids) for found in network.tokens(["-", "|"]))
    assert [mark[0] == network.separator for mark in marks] == [True, False, True, True]
    assert (marks[2][1:], marks[3][1:]) == (item, cell)
    assert len(window.spans) == 4 and window.ids[0] == network.start
    misspelt, meant = network.tokens(["custermers", "customers"])
    assert set(misspelt.ids) <= set(window.ids) and not set(meant.ids) <= set(window.ids)
