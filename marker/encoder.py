"""Sentence vectors in context. The only importer of onnxruntime.

Sentences that stand together are read by the encoder in one window, and a sentence's vector is the mean of its own
tokens' states ("late chunking", Guenther et al. 2024): every token is encoded once, and "they need it by noon" carries
who they are. Each window is run alone, so a vector depends on its window only and never on a batch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from marker.resources import models_folder
from marker.spelling import Speller, is_english, load_words

if TYPE_CHECKING:
    from marker.language import Sentence

WINDOW = 128  # tokens of the sentences in a window
CONTEXT = 32  # tokens of the heading or question in front of them
LONGEST = 200  # tokens of one sentence; the rest of a longer one does not weigh in its vector

Vectors = NDArray[np.float32]


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
) -> Iterator[Window]:
    """Pack consecutive sentences under the same heading or question into windows of at most `WINDOW` tokens.

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
            if size > WINDOW and last > first:
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


class Encoder:
    """The shipped sentence encoder: a 6-layer MiniLM fine-tuned by `training/`, as int8 ONNX.

    Args:
        folder: holds `encoder.onnx`, `tokenizer.json` and `words.txt`.
    """

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._folder = folder
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._start, self._separator = (int(self._tokenizer.token_to_id(name) or 0) for name in ("[CLS]", "[SEP]"))
        self._speller = Speller(load_words(folder / "words.txt"), self.knows)
        self._words = frozenset(word for word in self._tokenizer.get_vocab() if not word.startswith("##"))

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # one thread: the same bytes everywhere
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self._folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def sha256(self) -> str:
        """Hash of the encoder's weights."""
        return hashlib.sha256((self._folder / "encoder.onnx").read_bytes()).hexdigest()

    def knows(self, word: str) -> bool:
        """Whether a word in lower case is English, or whole in the encoder's vocabulary (many names are)."""
        return word in self._words or is_english(word)

    def windows(self, texts: Sequence[str], contexts: Sequence[str]) -> list[Window]:
        """The windows in which the sentences `texts`, each under its context, are read."""
        meant = [self._speller.read(text) for text in (*texts, *contexts)]
        encoded = self._tokenizer.encode_batch(meant, add_special_tokens=False)
        ids = [one.ids or [self._separator] for one in encoded[: len(texts)]]
        before = [one.ids for one in encoded[len(texts) :]]
        return list(windows(contexts, before, ids, self._start, self._separator))

    def encode(self, sentences: Sequence[Sentence]) -> Vectors:
        """Vectors of the sentences of one submission in order, shape (sentences, 384), of unit length."""
        return self.encode_texts([one.text for one in sentences], [one.context for one in sentences])

    def encode_texts(self, texts: Sequence[str], contexts: Sequence[str] | None = None) -> Vectors:
        """Vectors of texts that stand in this order, shape (texts, 384), of unit length."""
        if not texts:
            return np.zeros((0, 384), np.float32)
        found = [self._run(window) for window in self.windows(texts, contexts or [""] * len(texts))]
        return np.concatenate(found)

    def _run(self, window: Window) -> Vectors:
        ids = np.array([window.ids], np.int64)
        states = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        means = np.stack([states[start:end].mean(axis=0) for start, end in window.spans])
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), np.float32)


@cache
def load_encoder() -> Encoder:
    """The encoder that travels with the package."""
    return Encoder(models_folder())
