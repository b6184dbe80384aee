"""What the encoder reads of a document."""

from __future__ import annotations

import numpy as np

from marker.attribution import attribute
from marker.document import Document, Kind, Location, Passage
from marker.encoder import Line, load_encoder
from marker.voices.lines import lines
from marker.voices.pieces import Piece


def passage(text: str, number: int, kind: Kind = "paragraph") -> Passage:
    return Passage(text, Location("smithy.txt", None, number, None, 0, len(text)), kind)


TEXTS = (
    "Q1. Who are your customers?",
    "Farmers bring us their gates. They need them back by market day.",
    "Riders too. Our policy is that staff must not quote prices. I always ring them first.",
    "I write each job in the red book, with the date.",
    "The gaffer signs it off. I am proud of that.",
    "Nobody has waited more than a week since.",
    "What would you change?",
    "I would ring on the Thursday and not the Friday.",
)


def document() -> Document:
    return Document("smithy.txt", "", "txt", tuple(passage(text, number) for number, text in enumerate(TEXTS, 1)))


def test_a_passage_that_a_rule_took_as_a_whole_is_read_by_sentences() -> None:
    text = "I have seen Kit shoe a mare. He asks first. He is patient."
    taken = Piece(passage(text, 1).aside("witness statement"), 0, len(text), "witness statement")
    found = lines([taken, Piece(passage("Nice.", 2), 0, 5)])
    assert [line.text.strip() for line in found.lines] == [
        "I have seen Kit shoe a mare.",
        "He asks first.",
        "He is patient.",
        "Nice.",
    ]
    assert (found.of, found.starts) == ((0, 0, 0, 1), (0, 29, 44, 0))
    assert [line.begins for line in found.lines] == [True, False, False, True]
    vectors = found.of_pieces(load_encoder().encode(found.lines).vectors)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1) and vectors.shape == (2, 384)


def test_what_is_surely_somebody_elses_is_read_whole() -> None:
    text = "I have seen Kit shoe a mare. He asks first."
    taken = Piece(passage(text, 1).aside("another speaker: Ada"), 0, len(text), "another speaker: Ada")
    assert len(lines([taken]).lines) == 1


def test_every_own_sentence_has_its_own_vector_from_the_document() -> None:
    found = attribute(document(), ())
    texts = [sentence.text for sentence in found.sentences]
    assert "They need them back by market day." in texts and "I always ring them first." in texts
    assert not any(text.startswith(("Q1", "What would")) for text in texts)
    # Read by itself a sentence has another vector, but one that is nearer to its own than to its neighbours'.
    alone = np.concatenate([load_encoder().encode([Line(text)]).vectors for text in texts])
    assert np.argmax(alone @ found.encoded.vectors.T, axis=1).tolist() == list(range(len(texts)))
