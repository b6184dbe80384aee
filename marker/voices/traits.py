"""What a line shows of whose words it is: wording, person and mood, punctuation, place, and its neighbours' form.

Names and numbers are read only as such, so that nothing is learnt of who wrote or where they work.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from marker.cells import Rows, cells_of
from marker.voices.pieces import Piece

READ = 400  # characters at the start of a line that are read, and as many at its end
STEM = 4  # letters that longer words are known by too
NEAR = (-2, -1, 1, 2)  # neighbours whose form is read
HEAD = 12  # words of what heads a cell's column or row that are read

Traits = dict[str, float]

_TOKEN = re.compile(r"\d+(?:[.:/,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|_{2,}|\.{2,}|…+|[^\w\s]")
_SPEAKER = re.compile(r"\s*([A-Z][\w.'’ ()-]{0,30}?)\s*:(?=\s|\Z)")
_FORMS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, flags)
    for name, pattern, flags in (
        ("i", r"\b(?:I|i|im|ive|id)\b(?!\.)", 0),
        ("my", r"\b(?:my|me|mine|myself)\b", re.I),
        ("we", r"\b(?:we|us|ours?)\b", re.I),
        ("you", r"\b(?:you|u)\b", re.I),
        ("your", r"\byours?\b", re.I),
        ("they", r"\b(?:they|them|their)\b", re.I),
        ("she", r"\b(?:she|he|her|him|his)\b", re.I),
        ("shall", r"\b(?:shall|must|may not|is required|are required|will be|must be|should be)\b", re.I),
        ("named", r"\A[\"'(]*(?!I\b)[A-Z][a-z]+ (?:has|is|was|did|took|gave|\w+ed|\w+ly)\b", 0),
        ("short form", r"\w(?:n['’]t|['’](?:ll|ve|re|d|m|s))\b", re.I),
        ("past", r"\b(?:\w{2,}ed|was|were|had|did|said|told|got|went|took|rang|came)\b", re.I),
        ("verb", r"\b(?:is|are|was|were|has|have|had|do|does|did|can|will|would|want|wants|need|needs)\b", re.I),
        ("initials at the end", r"\b[A-Z]{2,3}\W*(?:\d\d?[/.]\d\d?\S*)?\W*\Z", 0),
        ("date", r"\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b|\b(?:19|20)\d\d\b", 0),
        ("clause number", r"\A\W*\d{1,2}(?:\.\d{1,2})+", 0),
        ("number", r"\A\W*(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s", re.I),
        ("page number", r"\s\d{1,3}\s*\Z", 0),
        ("quoted", r"\A\W*[\"“‘]", 0),
        ("quote ends", r"[\"”’]\W*\Z", 0),
        ("bracket", r"\A\s*[\[(<]", 0),
        ("bracketed", r"\A\s*[\[(<].*[\])>]\s*\Z", re.S),
        ("lower", r"\A\W*[a-z]", 0),
        ("address", r"https?://|www\.|@\w", re.I),
        ("tick", r"[✓✔☐☑□]", 0),
        ("blanks", r"_{3,}|\.{4,}|…{2,}", 0),
        ("ends with stop", r"\.\W*\Z", 0),
        ("asks", r"\?\W*\Z", 0),
        ("exclaims", r"!\W*\Z", 0),
        ("ends with colon", r":\W*\Z", 0),
        ("ends bare", r"\w\s*\Z", 0),
        ("colon", r"\w:\s", 0),
        ("equals", r"\s=\s", 0),
        ("dash", r"\s[-–—]\s", 0),
    )
}
_LENGTHS = (1, 2, 3, 5, 8, 12, 18, 26, 40)


def traits(pieces: Sequence[Piece]) -> list[Traits]:
    """The traits of every piece of a document, each with its weight."""
    texts = [_read(piece.text) for piece in pieces]
    forms = [dict(_form(piece, text)) for piece, text in zip(pieces, texts, strict=True)]
    words = [_words(text) for text in texts]
    speakers = _speakers(texts)
    cells = _cells(pieces, words)
    return [
        {
            **_wording(words[at]),
            **{f"form {name}": weight for name, weight in forms[at].items()},
            **dict(_place(pieces, at)),
            **dict(_neighbours(pieces, forms, at)),
            **speakers[at],
            **cells.get(at, {}),
        }
        for at in range(len(pieces))
    ]


def _read(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 2 * READ else f"{text[:READ]} {text[-READ:]}"


def _words(text: str) -> list[str]:
    """Words and signs in lower case; a name within a sentence is "Name", a number "0"."""
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word[0].isdigit():
            found.append("0")
        elif word.isupper() and 1 < len(word) < 4:
            found.append("AB")
        elif found and found[-1] not in ".?!:" and word[0].isupper() and len(word) > 1 and not word.isupper():
            found.append("Name")
        else:
            found.append(word.lower().replace("’", "'"))
    return found


def _wording(words: Sequence[str]) -> Traits:
    """Words, their first and last letters, pairs of words, how the line opens and ends."""
    found = {f"word {word}": 1.0 for word in words}
    for word in words:
        if len(word) > STEM:
            found |= {f"begins {word[:STEM]}": 0.5, f"ending {word[-2:]}": 0.5, f"ending {word[-3:]}": 0.5}
    found |= {f"pair {one} {two}": 1.0 for one, two in pairwise(words)}
    found |= {f"opens {' '.join(words[:count])}": 1.0 for count in (1, 2, 3) if len(words) >= count}
    if words:
        found[f"ends {' '.join(words[-2:])}"] = 1.0
    return found


def _form(piece: Piece, text: str) -> Iterator[tuple[str, float]]:
    for name, pattern in _FORMS.items():
        if pattern.search(text):
            yield name, 1.0
    count = len(text.split())
    yield f"length {sum(count > length for length in _LENGTHS)}", 1.0
    letters = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in letters)
    if len(letters) > 1 and capitals > 0.6 * len(letters):
        yield "capitals", 1.0
    yield f"kind {piece.passage.kind}", 1.0
    yield f"rules {reason(piece)}", 1.0
    if piece.said:
        yield "said", 1.0
    if not piece.whole:
        yield "in a paragraph", 1.0


def reason(piece: Piece) -> str:
    """What the rules said of it, without names."""
    return (piece.why or "own").split(":")[0]


def _place(pieces: Sequence[Piece], at: int) -> Iterator[tuple[str, float]]:
    if at < 3:
        yield f"line {at}", 1.0
    if len(pieces) - at <= 3:
        yield f"last {len(pieces) - at}", 1.0
    if pieces[at].start == 0 and not pieces[at].whole:
        yield "first of its paragraph", 1.0


def _neighbours(pieces: Sequence[Piece], forms: Sequence[Traits], at: int) -> Iterator[tuple[str, float]]:
    for step in NEAR:
        if not 0 <= at + step < len(pieces):
            yield f"{step:+} nothing", 1.0
            continue
        near = 1.0 if abs(step) == 1 else 0.5
        for name, weight in forms[at + step].items():
            yield f"{step:+} {name}", near * weight
        if pieces[at].passage is pieces[at + step].passage:
            yield f"{step:+} same paragraph", 1.0


def _cells(pieces: Sequence[Piece], words: Sequence[Sequence[str]]) -> dict[int, Traits]:
    """For each piece in a table its place there and the words that head its column and its row."""
    tables = cells_of((at, piece.passage) for at, piece in enumerate(pieces)).values()
    return {at: dict(told) for rows in tables for at, told in _table(rows, words)}


def _table(rows: Rows, words: Sequence[Sequence[str]]) -> Iterator[tuple[int, Iterator[tuple[str, float]]]]:
    head = min(rows)
    top = rows[head]
    for row, cells in rows.items():
        first = min(cells)
        for column, inside in cells.items():
            over = words[top[column][0]][:HEAD] if row != head and column in top else ()
            beside = words[cells[first][0]][:HEAD] if column != first else ()
            for at in inside:
                yield at, _cell(row, column, len(cells), over, beside)


def _cell(row: int, column: int, width: int, over: Sequence[str], beside: Sequence[str]) -> Iterator[tuple[str, float]]:
    yield f"row {min(row, 3)}", 1.0
    yield f"column {min(column, 4)} of {min(width, 5)}", 1.0
    yield from ((f"under {word}", 1.0) for word in over)
    yield from ((f"beside {word}", 1.0) for word in beside)


def _speakers(texts: Sequence[str]) -> list[Traits]:
    """For each line whether a name with a colon opens it, and how often that name does in the document."""
    names = [match[1] if (match := _SPEAKER.match(text)) else "" for text in texts]
    counts = Counter(filter(None, names))
    turns = sum(count for count in counts.values() if count > 1)
    talk = {"a talk": 1.0} if turns * 3 > len(texts) and turns > 3 else {}
    return [{**talk, **({f"labelled {min(counts[name], 3)}": 1.0} if name else {})} for name in names]
