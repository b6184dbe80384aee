"""Fine-tune the small sentence encoder on the labelled lines and write it as int8 ONNX. Needs the `train` extra."""

from __future__ import annotations

import random
import re
import shutil
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from joblib import Parallel, delayed  # type: ignore[import-untyped]
from numpy.typing import NDArray

from marker.encoder import Window, windows
from marker.spelling import Speller, is_english
from training.noise import noisy
from training.public import Pair
from training.transformer import (
    SCALE,
    Example,
    Parameters,
    SentenceEncoder,
    Training,
    base_folder,
    batches,
    deterministic,
    export,
    mean,
    tensors,
)

EPOCHS = 6
BATCH = 16  # windows
NOISY = 0.4  # share of texts that get spelling noise
BARE = 0.25  # share of texts whose headings and questions are left out
WORDINGS = 16  # labels whose wording is compared with a step's sentences
WORDINGS_EVERY = 2  # steps
PAIRS = 16  # pairs at a time
PAIRS_EVERY = 5  # steps
PAIR_WEIGHT = 0.5  # of the losses on wordings and pairs, beside the labels' own


@dataclass(frozen=True)
class Rows:
    """The learner's lines of one text in order, with what stands before each and which labels each shows."""

    texts: tuple[str, ...]
    contexts: tuple[str, ...]
    labels: NDArray[np.float32]  # (lines, labels), from 0 to 1


class _Tagger(SentenceEncoder):
    """One logistic output a label, and one for (wording, sentence)."""

    def __init__(self, labels: int, prior: NDArray[np.float32]) -> None:
        super().__init__()
        size = self.encoder.config.hidden_size
        self.head = torch.nn.Linear(size, labels)
        torch.nn.init.zeros_(self.head.weight)
        self.head.bias.data = torch.tensor(np.log(prior / (1 - prior)))
        self.pair = torch.nn.Linear(2 * size, 1)

    def labels(self, vectors: torch.Tensor) -> torch.Tensor:
        """Logits of shape (sentences, labels)."""
        return self.head(vectors * SCALE)  # type: ignore[no-any-return]

    def shows(self, sentences: torch.Tensor, wordings: torch.Tensor) -> torch.Tensor:
        """Logits that a sentence shows what a wording says; any shapes that broadcast, vectors last."""
        features = torch.cat([sentences * wordings * SCALE, (sentences - wordings).abs()], -1) * SCALE
        return self.pair(features).squeeze(-1)  # type: ignore[no-any-return]


def finetune(
    rows: Sequence[Rows],
    wordings: Sequence[Sequence[str]],
    pairs: Sequence[Pair],
    folder: Path,
    seeds: Sequence[int],
    epochs: int,
) -> None:
    """Train once for each seed and write the mean of the encoders to `folder`; the same seeds give the same files.

    The mean of models that were fine-tuned from one start generalises better than the one that happens to come out
    best ("model soups", Wortsman et al. 2022). Each is trained in a process of its own, on one thread.

    Args:
        rows: the labelled lines.
        wordings: for each label, what it means in words, in several ways.
        pairs: of other criteria and answers to them.
    """
    words = words_of([text for one in rows for text in one.texts])
    trained = Parallel(n_jobs=len(seeds))(
        delayed(_trained)(rows, wordings, pairs, words, seed, epochs) for seed in seeds
    )
    export(mean(trained), folder / "encoder.onnx")
    shutil.copy(base_folder() / "tokenizer.json", folder / "tokenizer.json")
    (folder / "words.txt").write_text("".join(f"{word} {count}\n" for word, count in words.items()), encoding="utf-8")


def _trained(
    rows: Sequence[Rows],
    wordings: Sequence[Sequence[str]],
    pairs: Sequence[Pair],
    words: Mapping[str, int],
    seed: int,
    epochs: int,
) -> Parameters:
    """The parameters of an encoder trained on one thread; for the arguments see `finetune`."""
    random_ = deterministic(seed)
    tokenizer = _Tokens(words)
    prior = np.clip(np.concatenate([one.labels for one in rows]).mean(axis=0), 1e-3, None).astype(np.float32)
    model = _Tagger(len(prior), prior)
    steps = epochs * (len(_examples(rows, tokenizer, random.Random(seed))) // BATCH + 2)
    training = Training(model, [model.head, model.pair], steps)
    for epoch in range(epochs):
        began, total = time.monotonic(), 0.0
        found = batches(_examples(rows, tokenizer, random_), random_, BATCH)
        model.train()
        for step, batch in enumerate(found):
            loss = _loss(model, tokenizer, batch, step, wordings, pairs, random_)
            training.step(loss)
            total += loss.item()
        seconds = time.monotonic() - began
        print(f"seed {seed}, epoch {epoch + 1}: loss {total / len(found):.3f}, {seconds:.0f} s", flush=True)
    return model.parameters_of_encoder


def _loss(
    model: _Tagger,
    tokenizer: _Tokens,
    batch: Sequence[Example],
    step: int,
    wordings: Sequence[Sequence[str]],
    pairs: Sequence[Pair],
    random_: random.Random,
) -> torch.Tensor:
    """Of the labels of a batch, and now and then of wordings and of pairs."""
    sentences = model.vectors(*tensors([window for window, _ in batch]))
    truth = torch.tensor(np.concatenate([labels for _, labels in batch]))
    loss = _cross_entropy(model.labels(sentences), truth)
    if step % WORDINGS_EVERY == 0:
        loss = loss + PAIR_WEIGHT * _wording_loss(model, tokenizer, sentences, truth, wordings, random_)
    if step % PAIRS_EVERY == 0:
        loss = loss + PAIR_WEIGHT * _pair_loss(model, tokenizer, random_.sample(pairs, PAIRS), random_)
    return loss


def words_of(texts: Sequence[str]) -> dict[str, int]:
    """The English words that at least two of the texts use, with how many do."""
    counts = Counter(word for text in texts for word in set(re.findall(r"[a-z]+", text.lower())))
    return {word: count for word, count in sorted(counts.items()) if count > 1 and is_english(word)}


class _Tokens:
    """The base model's tokenizer, behind the speller that the shipped encoder reads through."""

    def __init__(self, words: Mapping[str, int]) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        vocabulary = self._tokenizer.get_vocab()
        self._speller = Speller(words, lambda word: word in vocabulary or is_english(word))
        self.start, self.separator = (int(self._tokenizer.token_to_id(name) or 0) for name in ("[CLS]", "[SEP]"))

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text, without the special ones; never none."""
        if not texts:
            return []
        encoded = self._tokenizer.encode_batch([self._speller.read(text) for text in texts], add_special_tokens=False)
        return [one.ids or ([self.separator] if text else []) for one, text in zip(encoded, texts, strict=True)]

    def alone(self, texts: Sequence[str]) -> list[Window]:
        """Each text in a window of its own."""
        return [window for ids in self.ids(texts) for window in windows([""], [[]], [ids], self.start, self.separator)]


def _cross_entropy(logits: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """Summed over labels, a mean over sentences."""
    return torch.nn.functional.binary_cross_entropy_with_logits(logits, truth, reduction="sum") / len(truth)


def _wording_loss(
    model: _Tagger,
    tokens: _Tokens,
    sentences: torch.Tensor,
    truth: torch.Tensor,
    wordings: Sequence[Sequence[str]],
    random_: random.Random,
) -> torch.Tensor:
    """Of whether each sentence shows the wordings of some labels: half of them present, half not."""
    present = truth.sum(0).nonzero().flatten().tolist()
    others = [label for label in range(truth.shape[1]) if label not in present and wordings[label]]
    present = [label for label in present if wordings[label]]
    chosen = random_.sample(present, min(len(present), WORDINGS // 2))
    chosen += random_.sample(others, min(len(others), WORDINGS - len(chosen)))
    worded = model.vectors(*tensors(tokens.alone([random_.choice(wordings[label]) for label in chosen])))
    return _cross_entropy(model.shows(sentences[:, None], worded[None]), truth[:, chosen])


def _pair_loss(model: _Tagger, tokens: _Tokens, pairs: Sequence[Pair], random_: random.Random) -> torch.Tensor:
    answers = [noisy(p.answer, random_, 0.1) if random_.random() < NOISY / 2 else p.answer for p in pairs]
    answered = model.vectors(*tensors(tokens.alone(answers)))
    asked = model.vectors(*tensors(tokens.alone([p.criterion for p in pairs])))
    truth = torch.tensor([float(p.shows) for p in pairs])
    return torch.nn.functional.binary_cross_entropy_with_logits(model.shows(answered, asked), truth)


def _examples(rows: Sequence[Rows], tokens: _Tokens, random_: random.Random) -> list[Example]:
    """Windows with their sentences' labels, anew each epoch: some noisy, some without context, cut at other places."""
    found = []
    for one in rows:
        texts, contexts = list(one.texts), list(one.contexts)
        if random_.random() < NOISY:
            strength = random_.uniform(0.05, 0.6)
            texts = [noisy(text, random_, strength) for text in texts]
        if random_.random() < BARE:
            contexts = [""] * len(texts)
        first = random_.randrange(len(texts)) if len(texts) > 8 else 0
        for begin, end in ((0, first), (first, len(texts))):
            ids, before = tokens.ids(texts[begin:end]), tokens.ids(contexts[begin:end])
            at = begin
            for window in windows(contexts[begin:end], before, ids, tokens.start, tokens.separator):
                found.append((window, one.labels[at : at + len(window.spans)]))
                at += len(window.spans)
    return found
