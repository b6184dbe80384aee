"""Fine-tune the network that reads whose words a line is (`marker.voices.tagger`). Needs the `train` extra."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from marker.encoder import Network
from marker.voices.pieces import Piece
from marker.voices.tagger import LAYERS, WEIGHTS, line_windows
from training.transformer import (
    SCALE,
    Example,
    SentenceEncoder,
    Training,
    base_folder,
    batches,
    deterministic,
    export,
    tensors,
)

EPOCHS = 6
BATCH = 11  # windows
ROOM = 384  # tokens of a window
SEED = 2026
WHOLE = 4  # pieces: a shorter document is never cut in two
NOBODY = -1  # the label of a piece that is nobody's words


@dataclass(frozen=True, slots=True)
class Lines:
    """A document's pieces, the number of the label of each, and how likely, from 0 to 1, it is read in an epoch."""

    pieces: tuple[Piece, ...]
    labels: NDArray[np.float32]
    share: float


class _Tagger(SentenceEncoder):
    """One of several labels for each piece."""

    def __init__(self, labels: int) -> None:
        super().__init__(LAYERS, "sdpa")
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, labels)

    def logits(self, batch: Sequence[Example]) -> torch.Tensor:
        """Of each piece of a batch for each label, shape (pieces, labels)."""
        return self.head(self.vectors(*tensors([window for window, _ in batch])) * SCALE)  # type: ignore[no-any-return]


def finetune_tagger(texts: Sequence[Lines], labels: int, folder: Path) -> None:
    """Train on one thread and write the network and its tokenizer to `folder`; the same texts give the same files."""
    random_ = deterministic(SEED)
    network = Network(base_folder(), WEIGHTS)
    model = _Tagger(labels)
    steps = EPOCHS * (len(_examples(texts, network, random.Random(SEED))) // BATCH + 2)
    training = Training(model, [model.head], steps)
    for epoch in range(EPOCHS):
        began, total = time.monotonic(), 0.0
        found = batches(_examples(texts, network, random_), random_, BATCH)
        model.train()
        for batch in found:
            truth = torch.tensor(np.concatenate([told for _, told in batch])).long()
            loss = torch.nn.functional.cross_entropy(model.logits(batch), truth, ignore_index=NOBODY)
            training.step(loss)
            total += loss.item()
        seconds = time.monotonic() - began
        print(f"{len(texts)} texts, epoch {epoch + 1}: loss {total / len(found):.3f}, {seconds:.0f} s", flush=True)
    export(model.encoder, folder / WEIGHTS)
    shutil.copy(base_folder() / "tokenizer.json", folder / "tokenizer.json")


def _examples(texts: Sequence[Lines], network: Network, random_: random.Random) -> list[Example]:
    """Windows with the labels of their pieces, anew each epoch: cut at other places."""
    return [example for text in texts if random_.random() < text.share for example in _cut(text, network, random_)]


def _cut(text: Lines, network: Network, random_: random.Random) -> Iterator[Example]:
    first = random_.randrange(1, len(text.pieces)) if len(text.pieces) > WHOLE else 0
    for begin, end in ((0, first), (first, len(text.pieces))):
        at = begin
        for window in line_windows(text.pieces[begin:end], network, ROOM):
            yield window, text.labels[at : at + len(window.spans)]
            at += len(window.spans)
