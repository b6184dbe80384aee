"""Keywords: does a sentence use the vocabulary of a part, in any of its forms, undenied?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from marker.checks import Finding
from marker.criteria import MarkingPoint, Part, Rubric, split_keyword
from marker.language import Mention, Sentence, Vocabulary


class Lexicon:
    """A rubric's whole vocabulary, compiled once: concepts, the items that parts count, and terms."""

    def __init__(self, rubric: Rubric, known: Callable[[str], bool]) -> None:
        phrases: dict[str, tuple[str, ...]] = {f"concept {name}": words for name, words in rubric.concepts.items()}
        for point in rubric.points:
            phrases |= {f"term {term}": (term,) for term in point.terminology}
            for part in point.parts:
                if part.count and part.count.items:
                    phrases |= {f"item {point.id}.{part.id}:{item}": words for item, words in part.count.items.items()}
        self._vocabulary = Vocabulary(phrases, known)

    def read(self, sentences: Sequence[Sentence]) -> Readings:
        """The mentions in every sentence and in the context before it."""
        contexts = {text: self._vocabulary.find(text) for text in {one.context for one in sentences} if text}
        return Readings(
            [self._vocabulary.find(one.text) for one in sentences], [contexts.get(one.context, []) for one in sentences]
        )


class Readings:
    """The mentions in each sentence, and those in what stands before it."""

    def __init__(self, mentions: Sequence[Sequence[Mention]], contexts: Sequence[Sequence[Mention]]) -> None:
        self.mentions = mentions
        self._before = [
            {mention.name for mention in [*context, *(mentions[at - 1] if at else ())]}
            for at, context in enumerate(contexts)
        ]

    def of(self, kind: str, at: int) -> Iterator[tuple[str, Mention]]:
        """Names and mentions of a kind (concept, item, term) in sentence `at`."""
        for mention in self.mentions[at]:
            if mention.name.startswith(kind + " "):
                yield mention.name.removeprefix(kind + " "), mention

    def near(self, concept: str, at: int) -> bool:
        """Whether a concept is mentioned in sentence `at`, the one before it or its heading or question."""
        name = f"concept {concept}"
        return name in self._before[at] or any(mention.name == name for mention in self.mentions[at])


def check(rubric: Rubric, sentences: Sequence[Sentence], readings: Readings) -> Iterator[Finding]:
    """Yield a finding for every part, and every counted item, whose vocabulary a sentence uses."""
    for at, sentence in enumerate(sentences):
        found = dict(readings.of("concept", at))
        for point in rubric.points:
            for part in point.parts:
                if (hit := _hit(part, found, readings, at)) is not None:
                    yield _finding(sentence, at, f"{point.id}.{part.id}", hit)
        for name, mention in readings.of("item", at):
            yield _finding(sentence, at, name, mention)


def _hit(part: Part, found: Mapping[str, Mention], readings: Readings, at: int) -> Mention | None:
    """The mention of a keyword's last concept, when the concepts before it stand in the sentence or just before it."""
    hits = []
    for keyword in part.keywords:
        *before, last = split_keyword(keyword)
        if last in found and all(readings.near(concept, at) for concept in before):
            hits.append(found[last])
    return min(hits, key=lambda mention: mention.negated, default=None)


def _finding(sentence: Sentence, at: int, target: str, mention: Mention) -> Finding:
    return Finding("keywords", at, target, 1.0, mention.negated, sentence.text[mention.start : mention.end])


def counted(point: MarkingPoint, part: Part) -> str:
    """The target under which the items of `part` are found: its own, or that of the part whose items it shares."""
    return f"{point.id}.{part.count.same_as if part.count and part.count.same_as else part.id}"
