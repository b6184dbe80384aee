"""Sentence vectors in context. The only importer of onnxruntime.

A document is read once, in order, as it stands: questions, headings, other people's words and the learner's. A line's
vector is the mean of its own tokens' states ("late chunking", Guenther et al. 2024): every token is encoded once, "they
need it by noon" carries who they are, and the same vectors tell whose words a line is and what it shows. The pieces of
a line that lists things get vectors in the same way, at no further encoding. Each window is run alone, so a vector
depends on its window only and never on a batch.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marker.document import Kind
from marker.resources import models_folder
from marker.seams import runs
from marker.spelling import Speller, is_english, load_words

WINDOW = 192  # tokens that are read together
LONGEST = 180  # tokens of one line; the rest of a longer one does not weigh in its vector
READ = 2_000  # characters of a line that are read: those of more tokens than weigh

Vectors = NDArray[np.float32]

_EMPTY: Vectors = np.zeros((0, 384), np.float32)
_LISTED = re.compile(r"[,;/&+]|\b(?:and|or|plus|also)\b")  # what stands between the things that a sentence lists
_MARKS: Mapping[Kind, str] = {"list item": "-", "cell": "|"}  # in front of a line of the kind


@dataclass(frozen=True, slots=True)
class Line:
    """What gets one vector: a sentence, a list item, a cell, a heading.

    `begins`: it is the first of its passage; `heads`: it is a heading or a question, and what follows is about it.
    """

    text: str
    kind: Kind = "paragraph"
    begins: bool = True
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Encoded:
    """Vectors of lines, shape (lines, 384), and of the pieces of those that list things, shape (pieces, 384).

    `of` holds the line of each piece, in rising order.
    """

    vectors: Vectors
    pieces: Vectors
    of: NDArray[np.intp]

    @staticmethod
    def joined(those: Sequence[Encoded]) -> Encoded:
        """Several texts' lines as one row of lines."""
        before = np.cumsum([0, *(len(one.vectors) for one in those)])
        return Encoded(
            np.concatenate([_EMPTY, *(one.vectors for one in those)]),
            np.concatenate([_EMPTY, *(one.pieces for one in those)]),
            np.concatenate([np.zeros(0, np.intp), *(one.of + at for one, at in zip(those, before, strict=False))]),
        )

    def at(self, lines: Sequence[int] | NDArray[np.intp]) -> Encoded:
        """Some of the lines, each as often as it is named, with their pieces."""
        lines = np.asarray(lines, np.intp)
        first, last = (np.searchsorted(self.of, lines, side) for side in ("left", "right"))
        chosen = [np.zeros(0, np.intp), *(np.arange(*ends) for ends in zip(first, last, strict=True))]
        of = np.repeat(np.arange(len(lines)), last - first)
        return Encoded(self.vectors[lines], self.pieces[np.concatenate(chosen)], of)


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids of one run of the encoder, and where in it the tokens of each line, and of the pieces of lines, lie.

    A piece is the number of its line in the window, and its first token and last token + 1.
    """

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    pieces: tuple[tuple[int, int, int], ...]


class Tokens:
    """Lines as windows of token ids: misspelt words are read as what they are meant to be.

    Args:
        tokenizer: its file.
        words: known words and how many texts use each.
    """

    def __init__(self, tokenizer: Path, words: Mapping[str, int]) -> None:
        self._tokenizer = _tokenizer(tokenizer)
        self._whole = frozenset(word for word in self._tokenizer.get_vocab() if not word.startswith("##"))
        self._speller = Speller(words, self.knows)
        self.start, self.separator = (int(self._tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]"))
        self._marks = {kind: (int(self._tokenizer.token_to_id(mark)),) for kind, mark in _MARKS.items()}

    def knows(self, word: str) -> bool:
        """Whether a word in lower case is English, or whole in the encoder's vocabulary (many names are)."""
        return word in self._whole or is_english(word)

    def read(self, text: str) -> str:
        """The text as the encoder reads it."""
        return self._speller.read(text)

    def windows(self, lines: Sequence[Line]) -> Iterator[Window]:
        """Pack consecutive lines into windows of at most `WINDOW` tokens, cut at the seams of the text.

        A new one begins at each heading or question. A separator stands between passages, a mark before list items and
        cells; neither is part of a line's span.
        """
        meant = [self.read(line.text[:READ]) for line in lines]
        found = self._encoded(meant)
        own = [one.ids[:LONGEST] or [self.separator] for one in found]
        fresh = [line.heads and not before.heads for before, line in pairwise(lines)]
        sizes = [len(ids) + 2 for ids in own]
        for first, end in runs(meant, sizes, [line.begins for line in lines], [True, *fresh], WINDOW - 2):
            ids, spans, pieces = [self.start], list[tuple[int, int]](), list[tuple[int, int, int]]()
            for at in range(first, end):
                ids += [self.separator] * (lines[at].begins and at > first)
                ids += self._marks.get(lines[at].kind, ())
                begin = len(ids)
                pieces += [(at - first, begin + a, begin + b) for a, b in _listed(meant[at], found[at].offsets)]
                ids += own[at]
                spans.append((begin, len(ids)))
            yield Window((*ids, self.separator), tuple(spans), tuple(pieces))

    def _encoded(self, texts: Sequence[str]) -> Sequence[Any]:
        """Each text's tokens, without the special ones: their `ids`, and their `offsets` in the text."""
        return self._tokenizer.encode_batch(texts, add_special_tokens=False)  # type: ignore[no-any-return]


class Encoder:
    """The shipped encoder: a 6-layer MiniLM as int8 ONNX, fine-tuned by `training/`.

    Args:
        folder: holds `encoder.onnx`, `tokenizer.json` and `words.txt`.
    """

    def __init__(self, folder: Path) -> None:
        self._weights = folder / "encoder.onnx"
        self._tokens = Tokens(folder / "tokenizer.json", load_words(folder / "words.txt"))

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # one thread: the same bytes everywhere
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(self._weights), options, providers=["CPUExecutionProvider"])

    @cached_property
    def sha256(self) -> str:
        """Hash of the weights."""
        return hashlib.sha256(self._weights.read_bytes()).hexdigest()

    def knows(self, word: str) -> bool:
        """Whether a word in lower case is English, or whole in the encoder's vocabulary (many names are)."""
        return self._tokens.knows(word)

    def read(self, text: str) -> str:
        """The text as the encoder reads it: misspelt words as what they are meant to be."""
        return self._tokens.read(text)

    def encode(self, lines: Sequence[Line]) -> Encoded:
        """The lines of a text in their order; vectors are of unit length."""
        return Encoded.joined([self._run(window) for window in self._tokens.windows(lines)])

    def _run(self, window: Window) -> Encoded:
        ids = np.array([window.ids], np.int64)
        states = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        pieces = means(states, [(start, end) for _, start, end in window.pieces])
        return Encoded(means(states, window.spans), pieces, np.array([line for line, _, _ in window.pieces], np.intp))


def means(states: Vectors, spans: Sequence[tuple[int, int]]) -> Vectors:
    """The mean of the states in each span of tokens, of unit length, shape (spans, 384)."""
    found = np.array([states[start:end].mean(axis=0) for start, end in spans], np.float32).reshape(-1, 384)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def _listed(text: str, offsets: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """First and last token + 1 of each thing that a sentence lists; none where it lists nothing.

    Read as far as the sentence weighs, so that an endless list takes no longer.
    """
    offsets = offsets[:LONGEST]
    text = text[: offsets[-1][1]] if offsets else ""
    bounds = [0, *(at for match in _LISTED.finditer(text) for at in match.span()), len(text)]
    pieces = []
    for begin, end in zip(bounds[::2], bounds[1::2], strict=True):
        inside = [at for at, (start, stop) in enumerate(offsets) if start >= begin and stop <= end]
        if inside:
            pieces.append((inside[0], inside[-1] + 1))
    return pieces if len(pieces) > 1 else []


@cache
def _tokenizer(path: Path) -> Any:
    """The tokenizer in a file."""
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(path))
    found.no_padding()
    found.no_truncation()
    return found


@cache
def load_encoder() -> Encoder:
    """The encoder that travels with the package."""
    return Encoder(models_folder())
