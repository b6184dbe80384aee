"""Who says what in a discussion or a role-play: the learner's turns are told from everybody else's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from marker.cells import Rows, cells_of
from marker.document import Document, Passage
from marker.voices.labels import plain_name, role_of
from marker.voices.printed import STRONG_LABEL
from marker.voices.speakers import ASKS, FEW_PASSAGES, Cue, find_cues, find_roles

Turn = tuple[Passage, bool]  # a passage and whether it is spoken by the learner
READ = 1_000  # characters at the start of a passage that are read
LABEL = "speaker's name"
UNTOLD = "who in the talk is the learner"
_NARRATED = re.compile(
    r"\s*[(\[]|\s*(?:so |then |here )?i (?:kept|let|said|stayed|waited|nodded|listened|told|gave|offered|"
    r"apologi[sz]ed|repeated|asked|wrote|checked|made|"
    r"took|put|showed|explained|smiled|felt|did|didn['’]?t|was|tried|used|got|looked|went|could see)\b|"
    r".*\b(?:he|she|the (?:customer|client|caller|guest|patient|lady|man))\b",
    re.I | re.S,
)


def turns(document: Document, passages: Sequence[Passage]) -> list[Turn]:
    """The passages cut into turns: other speakers' set aside, speakers' names cut off the learner's."""
    table = dict(_table_turns(document, passages))
    cues = find_cues(document, [replace(p, credited=False) if n in table else p for n, p in enumerate(passages)])
    starts = [cue.passage for cue in cues]
    found: list[Turn] = []
    speaker: Cue | None = None
    for number, passage in enumerate(passages):
        if number in table:
            found.append((table[number], table[number].credited))
        elif not passage.credited:
            speaker = None if passage.kind == "heading" else speaker
            found.append((passage, False))
        else:
            if STRONG_LABEL.match(passage.text[:READ]):  # a printed question
                speaker = None
            here = cues[bisect_left(starts, number) : bisect_left(starts, number + 1)]
            following = cues[bisect_left(starts, number) :][:1]
            runs_on = speaker is not None and _runs_on(speaker, number, following, passages)
            found += _cut(passage, here, speaker if runs_on else None)
            speaker = here[-1] if here else speaker
    return found


def _runs_on(speaker: Cue, number: int, following: Sequence[Cue], passages: Sequence[Passage]) -> bool:
    """Whether an unlabelled start of a passage is still the speaker's, and not the learner's answer or account."""
    passage, role = passages[number], speaker.role
    if number - speaker.passage == 1 and not passages[speaker.passage].text[speaker.end :].strip():
        return True
    if not following or role in ("learner", "unknown"):
        return bool(following)
    if following[0].role not in ("learner", "unknown") or number - speaker.passage > FEW_PASSAGES:
        return False
    return passage.kind == "paragraph" and not (role == "customer" and _NARRATED.match(passage.text[:READ]))


def _cut(passage: Passage, cues: Sequence[Cue], speaker: Cue | None) -> Iterator[Turn]:
    """The turns of one passage; `speaker` is whose turn runs on into it."""
    first = cues[0].start if cues else len(passage.text)
    if passage.text[:first].strip():
        opening = passage.stretch(0, first)
        if speaker is None or speaker.role == "question":
            yield opening, False
        else:
            yield _said(opening, speaker)
    elif cues:
        cues = [replace(cues[0], start=0), *cues[1:]]
    ends = [*(cue.start for cue in cues[1:]), len(passage.text)]
    for cue, end in zip(cues, ends, strict=False):
        said, own = _said(passage.stretch(cue.end, end), cue)
        if cue.role == "question":
            yield passage.stretch(cue.start, end), False
        elif own:
            yield replace(passage.stretch(cue.start, cue.end).aside(LABEL), kind="header"), False
            if cue.end < end:
                yield said, True
        else:
            yield _said(passage.stretch(cue.start, end), cue)


def _said(passage: Passage, cue: Cue) -> Turn:
    """A stretch of a turn; where it cannot be told who is the learner, what asks is set aside, the rest doubtful."""
    passage, role = _in_turn(passage, cue), cue.role
    if role == "learner":
        return passage, True
    if role == "unknown" and not (passage.text.rstrip().endswith("?") and ASKS.search(passage.text)):
        return replace(passage, doubtful=UNTOLD), True
    return passage.aside(f"another speaker: {cue.name}"), False


def _in_turn(passage: Passage, cue: Cue) -> Passage:
    return replace(passage, location=replace(passage.location, turn=cue.turn, speaker=cue.name))


def _table_turns(document: Document, passages: Sequence[Passage]) -> Iterator[tuple[int, Passage]]:
    """The cells of tables with a column of speakers, labelled."""
    credited = ((number, passage) for number, passage in enumerate(passages) if passage.credited)
    for rows in cells_of(credited).values():
        for column in (1, 2):
            cues = [
                Cue(cells[column][0], 0, 0, plain_name(passages[cells[column][0]].text.rstrip(": ")))
                for _, cells in sorted(rows.items())
                if column in cells and len(passages[cells[column][0]].text) <= 40
            ]
            if _is_speaker_column(cues, len(rows)):
                yield from _table_labels(document, passages, rows, column, cues)
                break


def _is_speaker_column(cues: Sequence[Cue], rows: int) -> bool:
    counts = Counter(cue.name for cue in cues)
    turns = sum(count for name, count in counts.items() if count > 1 or role_of(name) != "unknown")
    roles = {role_of(name) for name in counts}
    return (
        len(counts) > 1
        and max(counts.values()) > 1
        and turns * 4 >= rows * 3
        and bool(roles & {"learner", "assessor", "customer"})
    )


def _table_labels(
    document: Document,
    passages: Sequence[Passage],
    rows: Rows,
    column: int,
    cues: Sequence[Cue],
) -> Iterator[tuple[int, Passage]]:
    said = {cue.passage: Cue(rest[0], 0, 0, cue.name) for cue in cues if (rest := _rest(rows, column, cue.passage))}
    roles = find_roles(document, passages, list(said.values()))
    said = {number: replace(cue, role=roles[cue.name]) for number, cue in said.items()}
    for cells in rows.values():
        label = cells.get(column, [-1])[0]
        for number in [number for numbers in cells.values() for number in numbers]:
            if number == label or label not in said:
                yield number, replace(passages[number].aside(LABEL), kind="header")
            else:
                yield number, _said(passages[number], said[label])[0]


def _rest(rows: Rows, column: int, label: int) -> list[int]:
    """The cells behind a speaker's name in its row."""
    for cells in rows.values():
        if label in cells.get(column, []):
            return [number for at, numbers in cells.items() if at > column for number in numbers]
    return []
