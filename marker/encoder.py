"""Sentence vectors in context. The only importer of onnxruntime.

Sentences that stand together are read by the encoder in one window, and a sentence's vector is the mean of its own
tokens' states ("late chunking", Guenther et al. 2024): every token is encoded once, and "they need it by noon" carries
who they are. The pieces of a sentence that lists things get vectors in the same way, at no further encoding. Each
window is run alone, so a vector depends on its window only and never on a batch.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marker.resources import models_folder
from marker.spelling import Speller, is_english, load_words

WINDOW = 128  # tokens of the sentences in a window
CONTEXT = 32  # tokens of the heading or question in front of them
LONGEST = 200  # tokens of one sentence; the rest of a longer one does not weigh in its vector

Vectors = NDArray[np.float32]

_EMPTY: Vectors = np.zeros((0, 384), np.float32)
_LISTED = re.compile(r"[,;/&+]|\b(?:and|or|plus|also)\b")  # what stands between the things that a sentence lists


@dataclass(frozen=True, slots=True)
class Encoded:
    """Vectors of sentences, shape (sentences, 384), and of the pieces of those that list things, shape (pieces, 384).

    `of` holds the sentence of each piece.
    """

    vectors: Vectors
    pieces: Vectors
    of: NDArray[np.intp]

    @staticmethod
    def joined(those: Sequence[Encoded]) -> Encoded:
        """Several texts' sentences as one row of sentences."""
        before = np.cumsum([0, *(len(one.vectors) for one in those)])
        return Encoded(
            np.concatenate([_EMPTY, *(one.vectors for one in those)]),
            np.concatenate([_EMPTY, *(one.pieces for one in those)]),
            np.concatenate([np.zeros(0, np.intp), *(one.of + at for one, at in zip(those, before, strict=False))]),
        )


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids of one run of the encoder, and where in it each sentence's tokens lie."""

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def windows(
    contexts: Sequence[str],
    context_ids: Sequence[Sequence[int]],
    sentence_ids: Sequence[Sequence[int]],
    start: int,
    separator: int,
    room: int = WINDOW,
) -> Iterator[Window]:
    """Pack consecutive sentences under the same heading or question into windows of at most `room` tokens.

    Args:
        contexts: the heading or question of each sentence.
        context_ids, sentence_ids: their tokens, without the special ones.
        start, separator: the ids of the encoder's [CLS] and [SEP].
    """
    first = 0
    while first < len(sentence_ids):
        last, size = first, 0
        while last < len(sentence_ids) and contexts[last] == contexts[first]:
            size += min(len(sentence_ids[last]), LONGEST)
            if size > room and last > first:
                break
            last += 1
        ids = [start]
        if context_ids[first]:
            ids += [*context_ids[first][-CONTEXT:], separator]
        spans = []
        for one in sentence_ids[first:last]:
            spans.append((len(ids), len(ids) + min(len(one), LONGEST)))
            ids += one[:LONGEST]
        yield Window((*ids, separator), tuple(spans))
        first = last


class Network:
    """A small transformer as int8 ONNX, and the tokenizer in front of it.

    Args:
        folder: holds `tokenizer.json` and the weights.
        weights: the name of their file.
    """

    def __init__(self, folder: Path, weights: str) -> None:
        self._weights = folder / weights
        self._tokenizer = _tokenizer(folder / "tokenizer.json")
        self.start, self.separator = (int(self._tokenizer.token_to_id(name) or 0) for name in ("[CLS]", "[SEP]"))

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

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """The tokens and their ids."""
        return self._tokenizer.get_vocab()  # type: ignore[no-any-return]

    def tokens(self, texts: Sequence[str]) -> Sequence[Any]:
        """Each text's tokens, without the special ones: their `ids`, and their `offsets` in the text."""
        return self._tokenizer.encode_batch(texts, add_special_tokens=False)  # type: ignore[no-any-return]

    def states(self, window: Window) -> Vectors:
        """The states of a window's tokens, shape (tokens, 384)."""
        ids = np.array([window.ids], np.int64)
        return self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]  # type: ignore[no-any-return]


class Encoder:
    """The shipped sentence encoder: a 6-layer MiniLM fine-tuned by `training/`.

    Args:
        folder: holds `encoder.onnx`, `tokenizer.json` and `words.txt`.
    """

    def __init__(self, folder: Path) -> None:
        self._network = Network(folder, "encoder.onnx")
        self._speller = Speller(load_words(folder / "words.txt"), self.knows)
        self._words = frozenset(word for word in self._network.vocabulary if not word.startswith("##"))

    @property
    def sha256(self) -> str:
        """Hash of the encoder's weights."""
        return self._network.sha256

    def knows(self, word: str) -> bool:
        """Whether a word in lower case is English, or whole in the encoder's vocabulary (many names are)."""
        return word in self._words or is_english(word)

    def read(self, text: str) -> str:
        """The text as the encoder reads it: misspelt words as what they are meant to be."""
        return self._speller.read(text)

    def encode(self, texts: Sequence[str], contexts: Sequence[str] | None = None) -> Encoded:
        """Texts that stand in this order, each under its heading or question; vectors are of unit length."""
        meant = [self.read(text) for text in (*texts, *(contexts or ()))]
        network = self._network
        encoded = network.tokens(meant)
        ids = [one.ids or [network.separator] for one in encoded[: len(texts)]]
        before = [one.ids for one in encoded[len(texts) :]] if contexts else [[]] * len(texts)
        listed = [_listed(meant[at], encoded[at].offsets) for at in range(len(texts))]
        found, first = [], 0
        for window in windows(contexts or [""] * len(texts), before, ids, network.start, network.separator):
            found.append(self._run(window, listed[first : first + len(window.spans)]))
            first += len(window.spans)
        return Encoded.joined(found)

    def _run(self, window: Window, listed: Sequence[Sequence[tuple[int, int]]]) -> Encoded:
        states = self._network.states(window)
        pieces = [
            (sentence, first + start, min(first + end, last))
            for sentence, (first, last) in enumerate(window.spans)
            for start, end in listed[sentence]
            if first + start < last
        ]
        return Encoded(
            means(states, window.spans),
            means(states, [(start, end) for _, start, end in pieces]),
            np.array([sentence for sentence, _, _ in pieces], np.intp),
        )


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
    """The tokenizer in a file, which several networks share."""
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(path))
    found.no_padding()
    found.no_truncation()
    return found


@cache
def load_encoder() -> Encoder:
    """The encoder that travels with the package."""
    return Encoder(models_folder())
