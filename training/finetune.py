"""Fine-tune the encoder on the labelled lines and write it as int8 ONNX. Needs the `train` extra.

It learns three things at once from the same vectors: what a line shows, whose words it is, and whether it shows what a
wording says.
"""

from __future__ import annotations

import random
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from joblib import Parallel, delayed  # type: ignore[import-untyped]
from numpy.typing import NDArray

from marker.encoder import Line, Tokens
from marker.spelling import is_english
from training.noise import noisy
from training.public import Pair
from training.transformer import (
    NOBODY,
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

EPOCHS = 5
NOISY = 0.5  # share of texts that get spelling noise
BARE = 0.25  # share of texts of which the learner's lines alone are read
BOUND = 0.8  # share of texts on other matters that are read before or behind a submission
SHORT = 8  # lines: a longer text is cut in two, each time at another place
WORDINGS = 16  # labels whose wording is compared with a step's lines
WORDINGS_EVERY = 3  # steps
PAIRS = 16  # pairs at a time
PAIRS_EVERY = 6  # steps
PAIR_WEIGHT = 0.5  # of the losses on wordings and pairs, beside the labels' own


@dataclass(frozen=True)
class Rows:
    """The lines of one text in order, with what each shows and whose it is.

    `labels` has a row for each line that is `labelled`, from 0 to 1; `whose` the number of each line's, or `NOBODY`;
    `share` is how likely the text is read in an epoch; `matter` whether it is a submission, or about other matters.
    """

    lines: tuple[Line, ...]
    labelled: NDArray[np.bool_]
    labels: NDArray[np.float32]
    whose: NDArray[np.int64]
    share: float
    matter: Literal["submission", "other", ""] = ""

    def __add__(self, behind: Rows) -> Rows:
        return replace(
            self,
            lines=self.lines + behind.lines,
            labelled=np.concatenate([self.labelled, behind.labelled]),
            labels=np.concatenate([self.labels, behind.labels]),
            whose=np.concatenate([self.whose, behind.whose]),
        )


class _Learner(SentenceEncoder):
    """A logistic output a label, one of several for whose words a line is, and one for (wording, line)."""

    def __init__(self, prior: NDArray[np.float32], voices: int) -> None:
        super().__init__()
        size = self.encoder.config.hidden_size
        self.head = torch.nn.Linear(size, len(prior))
        torch.nn.init.zeros_(self.head.weight)
        self.head.bias.data = torch.tensor(np.log(prior / (1 - prior)))
        self.voices = torch.nn.Linear(size, voices)
        self.pair = torch.nn.Linear(2 * size, 1)

    def labels(self, vectors: torch.Tensor) -> torch.Tensor:
        """Logits of shape (lines, labels)."""
        return self.head(vectors * SCALE)  # type: ignore[no-any-return]

    def whose(self, vectors: torch.Tensor) -> torch.Tensor:
        """Logits of shape (lines, voices)."""
        return self.voices(vectors * SCALE)  # type: ignore[no-any-return]

    def shows(self, lines: torch.Tensor, wordings: torch.Tensor) -> torch.Tensor:
        """Logits that a line shows what a wording says; any shapes that broadcast, vectors last."""
        features = torch.cat([lines * wordings * SCALE, (lines - wordings).abs()], -1) * SCALE
        return self.pair(features).squeeze(-1)  # type: ignore[no-any-return]


def finetune(
    rows: Sequence[Rows],
    voices: int,
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
        voices: how many there are.
        wordings: for each label, what it means in words, in several ways.
        pairs: of other criteria and answers to them.
    """
    words = words_of([line.text for one in rows for line, known in zip(one.lines, one.labelled, strict=True) if known])
    trained = Parallel(n_jobs=len(seeds))(
        delayed(_trained)(rows, voices, wordings, pairs, words, seed, epochs) for seed in seeds
    )
    export(mean(trained), folder / "encoder.onnx")
    shutil.copy(base_folder() / "tokenizer.json", folder / "tokenizer.json")
    (folder / "words.txt").write_text("".join(f"{word} {count}\n" for word, count in words.items()), encoding="utf-8")


def _trained(
    rows: Sequence[Rows],
    voices: int,
    wordings: Sequence[Sequence[str]],
    pairs: Sequence[Pair],
    words: Mapping[str, int],
    seed: int,
    epochs: int,
) -> Parameters:
    """The parameters of an encoder trained on one thread; for the arguments see `finetune`."""
    random_ = deterministic(seed)
    tokens = Tokens(base_folder() / "tokenizer.json", words)
    prior = np.clip(np.concatenate([one.labels for one in rows]).mean(axis=0), 1e-3, None).astype(np.float32)
    model = _Learner(prior, voices)
    one_epoch = len(batches(_examples(rows, tokens, random.Random(seed)), random.Random(seed)))
    training = Training(model, [model.head, model.voices, model.pair], round(epochs * one_epoch * 1.01))
    for epoch in range(epochs):
        began, total = time.monotonic(), 0.0
        found = batches(_examples(rows, tokens, random_), random_)
        model.train()
        for step, batch in enumerate(found):
            loss = _loss(model, tokens, batch, step, wordings, pairs, random_)
            training.step(loss)
            total += loss.item()
        seconds = time.monotonic() - began
        print(f"seed {seed}, epoch {epoch + 1}: loss {total / len(found):.3f}, {seconds:.0f} s", flush=True)
    return model.parameters_of_encoder


def _loss(
    model: _Learner,
    tokens: Tokens,
    batch: Sequence[Example],
    step: int,
    wordings: Sequence[Sequence[str]],
    pairs: Sequence[Pair],
    random_: random.Random,
) -> torch.Tensor:
    """Of the labels and voices of a batch, a mean over its lines, and now and then of wordings and of pairs."""
    vectors = model.vectors(*tensors([example.window for example in batch]))
    labelled, labels, whose = (
        torch.tensor(np.concatenate([getattr(example, name) for example in batch]))
        for name in ("labelled", "labels", "whose")
    )
    shown = vectors[labelled]
    loss = _cross_entropy(model.labels(shown), labels) / len(vectors) + torch.nn.functional.cross_entropy(
        model.whose(vectors), whose, ignore_index=NOBODY, reduction="sum"
    ) / len(vectors)
    if step % WORDINGS_EVERY == 0 and len(shown):
        loss = loss + PAIR_WEIGHT * _wording_loss(model, tokens, shown, labels, wordings, random_)
    if step % PAIRS_EVERY == 0:
        loss = loss + PAIR_WEIGHT * _pair_loss(model, tokens, random_.sample(pairs, PAIRS), random_)
    return loss


def words_of(texts: Sequence[str]) -> dict[str, int]:
    """The English words that at least two of the texts use, with how many do."""
    counts = Counter(word for text in texts for word in set(re.findall(r"[a-z]+", text.lower())))
    return {word: count for word, count in sorted(counts.items()) if count > 1 and is_english(word)}


def _cross_entropy(logits: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """Summed over lines and labels."""
    return torch.nn.functional.binary_cross_entropy_with_logits(logits, truth, reduction="sum")


def _alone(model: _Learner, tokens: Tokens, texts: Sequence[str]) -> torch.Tensor:
    """The vectors of texts that stand in a window of their own."""
    return model.vectors(*tensors([window for text in texts for window in tokens.windows([Line(text)])]))


def _wording_loss(
    model: _Learner,
    tokens: Tokens,
    vectors: torch.Tensor,
    truth: torch.Tensor,
    wordings: Sequence[Sequence[str]],
    random_: random.Random,
) -> torch.Tensor:
    """Of whether each line shows the wordings of some labels: half of them present, half not."""
    present = truth.sum(0).nonzero().flatten().tolist()
    others = [label for label in range(truth.shape[1]) if label not in present and wordings[label]]
    present = [label for label in present if wordings[label]]
    chosen = random_.sample(present, min(len(present), WORDINGS // 2))
    chosen += random_.sample(others, min(len(others), WORDINGS - len(chosen)))
    worded = _alone(model, tokens, [random_.choice(wordings[label]) for label in chosen])
    return _cross_entropy(model.shows(vectors[:, None], worded[None]), truth[:, chosen]) / len(truth)


def _pair_loss(model: _Learner, tokens: Tokens, pairs: Sequence[Pair], random_: random.Random) -> torch.Tensor:
    answers = [noisy(p.answer, random_, 0.1) if random_.random() < NOISY / 2 else p.answer for p in pairs]
    answered, asked = _alone(model, tokens, answers), _alone(model, tokens, [p.criterion for p in pairs])
    truth = torch.tensor([float(p.shows) for p in pairs])
    return torch.nn.functional.binary_cross_entropy_with_logits(model.shows(answered, asked), truth)


def _examples(rows: Sequence[Rows], tokens: Tokens, random_: random.Random) -> list[Example]:
    """Windows and what is to be learned of their lines, anew each epoch: some noisy, some bare, cut at other places."""
    read = [_varied(one, random_) for one in rows if random_.random() < one.share]
    return [example for one in _bound(read, random_) for example in _cut(one, tokens, random_)]


def _bound(rows: Sequence[Rows], random_: random.Random) -> list[Rows]:
    """The rows, most of those on other matters before or behind a submission, as in a portfolio of several units."""
    found: list[Rows] = []
    others: list[Rows] = []
    for one in rows:
        (others if one.matter == "other" and random_.random() < BOUND else found).append(one)
    submissions = [at for at, one in enumerate(found) if one.matter == "submission"]
    for one in others:
        at = random_.choice(submissions)
        found[at] = one + found[at] if random_.random() < 0.5 else found[at] + one
    return found


def _varied(rows: Rows, random_: random.Random) -> Rows:
    """The rows as they are, or with spelling noise, or without what is not the learner's."""
    if not rows.labelled.any():
        return rows
    lines = rows.lines
    if random_.random() < NOISY:
        strength = random_.uniform(0.05, 0.6)
        lines = tuple(replace(line, text=noisy(line.text, random_, strength)) for line in lines)
    if random_.random() < BARE:
        kept = np.flatnonzero(rows.labelled)
        lines = tuple(lines[at] for at in kept)
        return replace(rows, lines=lines, labelled=rows.labelled[kept], whose=rows.whose[kept])
    return replace(rows, lines=lines)


def _cut(rows: Rows, tokens: Tokens, random_: random.Random) -> Iterator[Example]:
    first = random_.randrange(len(rows.lines)) if len(rows.lines) > SHORT else 0
    row = np.cumsum([0, *rows.labelled])  # of `labels`, of each line
    for begin, end in ((0, first), (first, len(rows.lines))):
        at = begin
        for window in tokens.windows(rows.lines[begin:end]):
            last = at + len(window.spans)
            yield Example(window, rows.labelled[at:last], rows.labels[row[at] : row[last]], rows.whose[at:last])
            at = last
