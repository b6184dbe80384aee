"""Whose words are these? Whatever the learner did not write or say is kept, labelled and set aside.

A document is encoded here, once: whose words a line is and what it shows are told from the same vectors.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from marker.document import Document, Passage
from marker.encoder import Encoded, load_encoder
from marker.language import Sentence, is_english, sentences, split
from marker.voices import furniture, policies, printed
from marker.voices.echo import Echo
from marker.voices.headings import headings
from marker.voices.judge import load_judge
from marker.voices.letters import letters
from marker.voices.lines import lines
from marker.voices.pieces import Piece, joined, runs
from marker.voices.scenarios import scenarios
from marker.voices.sections import sections
from marker.voices.tables import tables
from marker.voices.transcript import turns

READ = 1_000  # characters at the start of a passage or a sentence that tell whose it is


@dataclass(frozen=True)
class Attributed:
    """A document with every passage credited or set aside, and the learner's sentences in it, encoded."""

    document: Document
    sentences: tuple[Sentence, ...]
    encoded: Encoded


def attribute(document: Document, wordings: Sequence[str], brief: Sequence[str] = ()) -> Attributed:
    """The document with every passage set aside, and cut where it mixes, that is not the learner's own words.

    Args:
        document: a file as read; what its reader set aside stays so.
        wordings: what the rubric prints: marking points and objectives.
        brief: the sentences of the centre's own task sheet.
    """
    found = pieces(document, wordings, brief)
    read = lines(found)
    encoded = load_encoder().encode(read.lines)
    together = runs(load_judge().judge(found, read.of_pieces(encoded.vectors)))
    passages = tuple(map(joined, together))
    own = sentences(passages)
    passage_of = [number for number, run in enumerate(together) for _ in run]
    places = [
        (passage_of[number], found[number].passage.location.start + start)
        for number, start in zip(read.of, read.starts, strict=True)
    ]
    at = [bisect_right(places, (sentence.passage, sentence.location.start)) - 1 for sentence in own]
    return Attributed(replace(document, passages=passages), own, encoded.at(at))


def pieces(document: Document, wordings: Sequence[str], brief: Sequence[str] = ()) -> list[Piece]:
    """The document's sentences and passages with what is sure of each; for the arguments see `attribute`."""
    echo = Echo(wordings, brief)
    fixed = {passage.location for passage in document.passages if not passage.credited}
    spoken = turns(document, policies.policies(letters(sections(scenarios(tables(_furniture(document.passages)))))))
    plain = [passage for passage, _ in spoken]
    return headings(
        [
            replace(piece, fixed=piece.passage.location in fixed)
            for number, (passage, said) in enumerate(spoken)
            for piece in _labelled(passage, said, echo, _beside_steps(plain, number))
        ]
    )


def _furniture(passages: Sequence[Passage]) -> list[Passage]:
    """Cover sheets, declarations and word counts set aside."""
    found = []
    for number, passage in enumerate(passages):
        why = None
        if passage.credited:
            why = furniture.furniture(passage.text[:READ]) if passage.kind != "cell" else None
            if why is None and furniture.cover_sheet(passage.text, number < furniture.OPENING):
                why = "cover sheet"
        found.append(passage.aside(why) if why else passage)
    return found


def _beside_steps(passages: Sequence[Passage], number: int) -> bool:
    """Whether a list item stands among the learner's own steps."""
    if passages[number].kind != "list item":
        return False
    near = [*passages[max(number - 2, 0) : number], *passages[number + 1 : number + 3]]
    return any(one.credited and one.kind == passages[number].kind and printed.is_action(one.text) for one in near)


def _labelled(passage: Passage, said: bool, echo: Echo, steps: bool) -> Iterator[Piece]:
    """The passage, or its sentences, each with its own label."""
    everything = Piece(passage, 0, len(passage.text), passage.why, said)
    if not passage.credited or not is_english(passage.text):
        yield replace(everything, why=passage.why or "not in English")
        return
    if not said and printed.brief(passage.text[:READ]):
        yield replace(everything, why="task brief")
        return
    begins = 0 if said else _answer(passage)
    if begins:
        yield replace(everything, end=begins, why="printed question")
    for start, end, why in _sentences(passage.text[begins:], said, echo, steps):
        yield replace(everything, start=begins + start, end=begins + end, why=why)


def _answer(passage: Passage) -> int:
    """The character at which an answer begins behind a question whose letters look otherwise; 0 where none does."""
    begins = passage.restyled or 0
    return begins if printed.asks(passage.text[: min(begins, READ)]) else 0


def _sentences(text: str, said: bool, echo: Echo, steps: bool) -> Iterator[tuple[int, int, str | None]]:
    """Start, end and reason of every sentence; together they are the whole text."""
    policy = policies.policy_start(text[: 2 * READ])
    spans = _spans(text)
    rules = policies.pasted([text[start:end] for start, end in spans])
    actions = [printed.is_action(text[start : start + READ]) for start, _ in spans]
    steps_here = sum(actions)
    led = not said and _leads_to_a_task(text, spans)
    for (start, end), action, rule in zip(spans, actions, rules, strict=True):
        sentence = text[start : min(end, start + READ)].strip()
        beside = steps or steps_here > action
        why = echo.why(sentence) or (None if said else _printed(sentence, len(spans) == 1, start == 0, beside))
        if why is None and (rule or (policy is not None and start >= policy)):
            why = "pasted policy"
        yield start, end, why or ("printed question" if led else None)


def _leads_to_a_task(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether a paragraph states something and then sets a task on it, and nobody says "I" or "we"."""
    start, end = spans[-1]
    return (
        len(spans) > 1
        and printed.sets_a_task(text[start : min(end, start + READ)].strip())
        and not printed.FIRST_PERSON.search(text[: 2 * READ])
    )


def _printed(sentence: str, alone: bool, first: bool, steps: bool) -> str | None:
    if printed.question(sentence, alone=alone, first=first, steps=steps):
        return "printed question"
    if printed.instruction(sentence) and not steps:
        return "instruction"
    return furniture.furniture(sentence)


def _spans(text: str) -> list[tuple[int, int]]:
    """Sentences with the blanks behind them; a bare "Q1." goes with the sentence that it numbers."""
    starts = [start for start, _ in split(text)]
    kept = [0]
    for start in starts[1:]:
        if not printed.ONLY_LABEL.match(text[kept[-1] : min(start, kept[-1] + READ)].strip()):
            kept.append(start)
    return list(zip(kept, [*kept[1:], len(text)], strict=True))
