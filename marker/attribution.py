"""Whose words are these? Whatever the learner did not write or say is kept, labelled and set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from marker import others, printed
from marker.document import Document, Passage
from marker.echo import Echo
from marker.language import is_english, split
from marker.transcript import turns

LONG_PASSAGE = 40  # words that tell the language by themselves

# Small words of languages that learners in the UK write, none of them English.
_FOREIGN = frozenset(
    "nie jest się że oraz dla jak przez ale czy el la los las del que una es por para con le les des et est dans pour nous "
    "der die das und ist nicht ein eine mit wir și nu este pe cu sunt să din mae yn yr ac ar wedi ei não os em com uma il di "
    "che per sono ve bir için ile ang mga sa ng ay".split()
)

_ROW = re.compile(r"(?P<table>table \d+), row 1, column \d+")


def attribute(document: Document, wordings: Sequence[str], brief: Sequence[str] = ()) -> Document:
    """The document with every passage set aside, and cut where it mixes, that is not the learner's own words.

    Args:
        document: a file as read; what its reader set aside stays so.
        wordings: what the rubric prints: marking points and objectives.
        brief: the sentences of the centre's own task sheet.
    """
    echo = Echo(wordings, brief)
    passages = _furniture(document.passages)
    passages = others.sections(_headings(passages))
    spoken = turns(document, passages)
    plain = [passage for passage, _ in spoken]
    found = [
        stretch
        for number, (passage, said) in enumerate(spoken)
        for stretch in _labelled(passage, said, echo, _beside_steps(plain, number))
    ]
    return replace(document, passages=tuple(found))


def _furniture(passages: Sequence[Passage]) -> list[Passage]:
    """Cover sheets, declarations, word counts and column heads set aside."""
    heads = _column_heads(passages)
    found = []
    for number, passage in enumerate(passages):
        why = None
        if passage.credited:
            why = printed.furniture(passage.text) if passage.kind != "cell" else None
            if why is None and printed.cover_sheet(passage.text, number < printed.OPENING):
                why = "cover sheet"
            if why is None and number in heads:
                why = "heading"
        found.append(passage.aside(why) if why else passage)
    return found


def _column_heads(passages: Sequence[Passage]) -> set[int]:
    """The numbers of the cells in first rows that only name columns."""
    first = [(n, match["table"]) for n, p in enumerate(passages) if p.location.cell and (match := _ROW.search(p.location.cell))]
    found: set[int] = set()
    for _, group in groupby(first, key=lambda one: one[1]):
        numbers = [number for number, _ in group]
        if len(numbers) > 1 and printed.table_head([passages[number].text for number in numbers]):
            found.update(numbers)
    return found


def _headings(passages: Sequence[Passage]) -> list[Passage]:
    """Headings that were typed as plain lines, made headings."""
    body = [number for number, passage in enumerate(passages) if passage.kind not in ("header", "footer", "comment")]
    found = list(passages)
    for before, number, after in zip([None, *body[:-1]], body, [*body[1:], None], strict=True):
        previous = None if before is None else passages[before]
        following = None if after is None else passages[after]
        if passages[number].credited and printed.typed_heading(passages[number], previous, following):
            found[number] = replace(passages[number].aside("heading"), kind="heading")
    return found


def _beside_steps(passages: Sequence[Passage], number: int) -> bool:
    """Whether a list item stands among the learner's own steps."""
    if passages[number].kind != "list item":
        return False
    near = passages[max(number - 2, 0) : number] + passages[number + 1 : number + 3]
    return any(one.credited and one.kind == passages[number].kind and printed.is_action(one.text) for one in near)


def _foreign(text: str) -> bool:
    """Whether a passage is in another language; a list of terms, which lacks the small words too, is not."""
    if is_english(text):
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())
    foreign = sum(word in _FOREIGN or not word.isascii() for word in words)
    return foreign * 6 >= len(words) or (len(words) >= LONG_PASSAGE and text.count(",") * 8 < len(words))


def _labelled(passage: Passage, said: bool, echo: Echo, steps: bool) -> Iterator[Passage]:
    """The passage, or its stretches, each with its own label."""
    if not passage.credited:
        yield passage
        return
    why = others.whole(passage.text) if not said else None
    if why is None and _foreign(passage.text):
        why = "not in English"
    if why:
        yield passage.aside(why)
        return
    marked = list(_sentences(passage.text, said, echo, steps))
    for reason, group in groupby(marked, key=lambda one: one[2]):
        spans = list(group)
        stretch = passage.stretch(spans[0][0], spans[-1][1])
        yield stretch.aside(reason) if reason else stretch


def _sentences(text: str, said: bool, echo: Echo, steps: bool) -> Iterator[tuple[int, int, str | None]]:
    """Start, end and reason of every sentence; together they are the whole text."""
    policy = others.policy_start(text)
    spans = _spans(text)
    previous: str | None = None
    for start, end in spans:
        sentence = text[start:end].strip()
        beside = steps or any(printed.is_action(text[a:b]) for a, b in spans if (a, b) != (start, end))
        why = echo.why(sentence)
        if why is None and not said:
            why = _printed(sentence, alone=len(spans) == 1, steps=beside, follows=previous)
        if why is None and policy is not None and start >= policy:
            why = "pasted policy"
        previous = why
        yield start, end, why


def _printed(sentence: str, *, alone: bool, steps: bool, follows: str | None) -> str | None:
    if furniture := printed.furniture(sentence):
        return furniture
    if printed.question(sentence, alone=alone, steps=steps):
        return "printed question"
    if printed.instruction(sentence) and not (steps and follows is None):
        return "instruction"
    return None


def _spans(text: str) -> list[tuple[int, int]]:
    """Sentences with the blanks behind them; a bare "Q1." goes with the sentence that it numbers."""
    starts = [start for start, _ in split(text)]
    kept = [0]
    for start in starts[1:]:
        if not printed.ONLY_LABEL.match(text[kept[-1] : start].strip()):
            kept.append(start)
    return list(zip(kept, [*kept[1:], len(text)], strict=True))
