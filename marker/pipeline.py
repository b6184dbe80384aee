"""From a submission to its markings: whose words, sentences, vectors, checks, verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from marker import boundaries
from marker.attribution import attribute
from marker.checks.classifier import Probabilities, Scores, load_classifier
from marker.checks.keywords import Lexicon
from marker.checks.likeness import Texts, with_stems, wordings
from marker.checks.subject import under_other_units
from marker.criteria import Rubric
from marker.decision import load_decision
from marker.document import Document, Passage, Submission, Unread
from marker.encoder import Encoded, load_encoder
from marker.extract import read_submission
from marker.language import Sentence
from marker.marking import Marking
from marker.score import decide, find
from marker.voices.judge import load_judge

NOT_ENGLISH = "not in English"


@dataclass(frozen=True)
class Prepared:
    """A submission with every passage attributed, and its own sentences, encoded."""

    submission: Submission
    sentences: tuple[Sentence, ...]
    encoded: Encoded
    other_unit: NDArray[np.bool_]  # of each sentence: it stands under a heading that names another unit

    @cached_property
    def texts(self) -> Texts:
        """The sentences as they are compared with wordings, whatever the number of rubrics."""
        return with_stems([sentence.text for sentence in self.sentences], self.encoded.vectors, load_encoder())

    @property
    def set_aside(self) -> tuple[Passage, ...]:
        """The passages that earn nothing, in reading order."""
        return tuple(p for document in self.submission.documents for p in document.passages if not p.credited)


def read(*paths: str | Path) -> Submission:
    """One learner's submission from files or a folder.

    Raises:
        UnreadableError: nothing in it can be read; the message names the file and the cure.
    """
    return read_submission([Path(path) for path in paths])


def prepare(submission: Submission, rubrics: Sequence[Rubric], brief: Sequence[str] = ()) -> Prepared:
    """Encode the submission once for all rubrics, and tell whose words each passage is.

    Args:
        rubrics: their wording is nobody's evidence.
        brief: sentences of the centre's own task sheet, which are not the learner's words wherever they stand.
    """
    wordings = [wording for rubric in rubrics for wording in rubric.wordings]
    found = [attribute(document, wordings, brief) for document in submission.documents]
    title = " ".join(rubric.title for rubric in rubrics)
    other = [[*under_other_units(one.document.passages, title, " ".join(wordings))] for one in found]
    return Prepared(
        replace(submission, documents=tuple(_with_unread(one.document) for one in found)),
        tuple(sentence for one in found for sentence in one.sentences),
        Encoded.joined([one.encoded for one in found]),
        np.array([at[s.passage] for one, at in zip(found, other, strict=True) for s in one.sentences], bool),
    )


def _with_unread(document: Document) -> Document:
    """The document with what is not in English among what could not be read."""
    foreign = tuple(Unread("text not in English", p.location) for p in document.passages if p.why == NOT_ENGLISH)
    return replace(document, unread=document.unread + foreign)


def mark_all(submission: Submission, rubrics: Sequence[Rubric], brief: Sequence[str] = ()) -> tuple[Marking, ...]:
    """The marking of one submission under each rubric; every sentence is encoded once. See `prepare` for `brief`."""
    prepared = prepare(submission, rubrics, brief)
    classifier = load_classifier()
    probabilities = classifier.predict(prepared.encoded)
    elsewhere = np.where(prepared.other_unit, 1.0, classifier.elsewhere(prepared.encoded))
    markings = []
    for rubric in rubrics:
        scores = Scores(probabilities, elsewhere, classifier.labels, _likeness(prepared, rubric))
        findings = find(rubric, prepared.sentences, scores, _lexicon(rubric))
        unread = any(document.unread for document in prepared.submission.documents)
        points, asserted = decide(rubric, prepared.sentences, findings, load_decision(), unread)
        markings.append(Marking(rubric, prepared.submission, points, asserted, prepared.set_aside, _models()))
    return tuple(markings)


def mark(submission: Submission, rubric: Rubric, brief: Sequence[str] = ()) -> Marking:
    """The marking of one submission under one rubric."""
    return mark_all(submission, [rubric], brief)[0]


def mark_many(submissions: Iterable[Submission], rubrics: Sequence[Rubric]) -> Iterator[tuple[Marking, ...]]:
    """The markings of each submission in turn."""
    return (mark_all(submission, rubrics) for submission in submissions)


@cache
def _lexicon(rubric: Rubric) -> Lexicon:
    return Lexicon(rubric, load_encoder().knows)


def _models() -> dict[str, str]:
    """Which models marked."""
    hashes = {
        "encoder": load_encoder().sha256,
        "classifier": load_classifier().sha256,
        "voices": load_judge().sha256,
        "boundaries": boundaries.sha256(),
    }
    return {name: f"sha256:{digest}" for name, digest in hashes.items()}


def _likeness(prepared: Prepared, rubric: Rubric) -> dict[str, Probabilities]:
    """Of the sentences to each part that nobody trained the marker on."""
    untrained = _wordings(rubric)
    return load_classifier().likeness(prepared.texts, untrained) if untrained else {}


@cache
def _wordings(rubric: Rubric) -> dict[str, Texts]:
    return wordings(rubric, load_classifier().labels, load_encoder())
