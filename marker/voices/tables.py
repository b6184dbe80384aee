"""What the first row and column of a table say of its cells: what only heads them, and whose words they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from marker.cells import Rows, cells_of
from marker.document import Passage

WIDE = 3  # columns of a table whose first row is told by its form
LONGEST_HEAD = 6  # words
PRINTED = "task brief"

_ROW_HEAD = re.compile(r"\s*(?:who|what|how|why|when|where) (?:they|it|he|she|we|i|the \w+) \w+(?: \w+)?\s*\Z", re.I)
_COLUMN_HEAD = re.compile(
    r"(?:customers?|types?(?: of \w+)?|who|needs?|what they (?:need|want)|methods?|how it works|how|why|"
    r"stages?|steps?|examples?|dates?|"
    r"names?|ref|what happens|internal or external|issues?|what is done|components?|outlines?|reasons?|"
    r"(?:my )?answers?|questions?|notes?|"
    r"criteri(?:on|a)|evidence|description|action(?: taken)?|expectations?|signature|time|speaker|no\.?|page)"
    r"(?:(?: and | / |/|, | \(|\)| )(?:why|type|who|needs?|expectations?|how|reason|customers?|works?|it|ref|"
    r"page|example|done|taken|given))*",
    re.I,
)
_LOG_HEAD = re.compile(
    r"(?:date|day|time|when|where|who|what|how|why|my|our|customers?|clients?|guests?|callers?|names?|complaints?|"
    r"problems?|issues?|details|actions?|outcomes?|results?|responses?|reply|passed|escalated|logged|reported|"
    r"resolved|follow|comments?|feedback|signed|initials|ref|type|method|status|manager|staff|taken)\b",
    re.I,
)
_REMARKS = r"(?:written |overall |final )?(?:feedback|comments?|notes?|remarks?|observations?|testimony|sign[- ]?off)"
_OTHERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (why, re.compile(rf"(?:the |my |our )?(?:{named})", re.I))
    for why, named in (
        (
            "assessor's comment",
            r"(?:assessor|tutor|teacher|trainer|lecturer|examiner|verifier|marker|iqa|iv|mentor)"
            rf"(?:['’]?s)? {_REMARKS}",
        ),
        (
            "witness statement",
            rf"(?:line manager|manager|supervisor|employer|team leader|witness|observer)(?:['’]?s)? {_REMARKS}",
        ),
        (
            "quoted customer",
            r"(?:what )?(?:the |our |my )?(?:customer|client|guest|caller|patient|tenant|parent|member|visitor)s? "
            r"(?:said|says?|told (?:me|us)|wrote|tells? (?:me|us))|(?:customer|client|guest)['’]s (?:own )?words|"
            r"what they (?:said|wrote|told (?:me|us))",
        ),
    )
)
_CHOICES = ({"true", "false"}, {"t", "f"}, {"agree", "disagree"})
_EITHER = re.compile(r"(?:true (?:or|and|/) ?false|true/false|t/f|right or wrong|agree or disagree)\b")
_ASSESSORS = re.compile(r"(?:assessor|tutor|lecturer|examiner|iqa)|(?:for )?assessor(?:['’]?s)? use(?: only)?", re.I)


def tables(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with heads of columns and rows set aside, and the cells that by their head are somebody else's."""
    found = list(passages)
    for rows in cells_of(enumerate(passages)).values():
        for number, why in _told(passages, rows):
            if found[number].credited:
                found[number] = passages[number].aside(why)
    return found


def first_rows(passages: Iterable[tuple[int, Passage]]) -> Iterator[list[int]]:
    """The numbers of the passages in the first row of every table, where that has several cells and others follow."""
    for rows in cells_of(passages).values():
        top = rows[min(rows)]
        if len(rows) > 1 and len(top) > 1:
            yield [number for cell in top.values() for number in cell]


def _told(passages: Sequence[Passage], rows: Rows) -> Iterator[tuple[int, str]]:
    """The passages that a table's heads tell of, each with the reason why it is set aside."""
    head = next((row for row in sorted(rows) if len(rows[row]) > 1), None)
    heads = {} if head is None else {column: passages[cell[0]].text for column, cell in rows[head].items()}
    if head is not None and (_to_be_ticked(heads) or _is_head(list(heads.values()), len(rows) > 1)):
        yield from ((number, "heading") for cell in rows[head].values() for number in cell)
        below = {row: cells for row, cells in rows.items() if row > head}
        printed = range(_to_be_ticked(heads))
        yield from ((number, PRINTED) for cells in below.values() for at in printed for number in cells.get(at, ()))
        for column, cell in rows[head].items():
            if why := _below(passages[cell[0]].text):
                yield from ((number, why) for cells in below.values() for number in cells.get(column, ()))
        rows = below
    for cells in rows.values():
        label = passages[cells[min(cells)][0]].text
        why = _others(label) if len(cells) > 1 else None
        if why:
            yield from ((number, why) for cell in cells.values() for number in cell)
        elif min(cells) == 1 and _ROW_HEAD.match(label):
            yield cells[1][0], "heading"


def _is_head(texts: Sequence[str], has_more: bool) -> bool:
    """Whether the cells of a first row only name the columns."""
    labels = [text.strip().rstrip(":?") for text in texts]
    if all(_COLUMN_HEAD.fullmatch(label) or _below(label) for label in labels):
        return any(map(_COLUMN_HEAD.fullmatch, labels))
    short = all(len(label.split()) <= LONGEST_HEAD and not label.endswith((".", "!", ",")) for label in labels)
    known = sum(bool(_LOG_HEAD.match(label)) for label in labels)
    return has_more and short and len(labels) >= WIDE and (known * 2 > len(labels) or any(map(_below, labels)))


def _to_be_ticked(heads: Mapping[int, str]) -> int:
    """The first column in which the learner ticks whether what is printed before it is true; 0 where none is."""
    labels = {column: text.strip().rstrip(":?").lower() for column, text in heads.items()}
    asked = [column for column, label in labels.items() if _EITHER.match(label) and len(label.split()) <= LONGEST_HEAD]
    for choice in _CHOICES:
        if choice <= set(labels.values()):
            asked += [column for column, label in labels.items() if label in choice]
    first = min(asked, default=0)
    return first if first > 1 else 0


def _below(head: str) -> str | None:
    """Whose words stand under a head; a bare role behind which words stand may be a speaker's."""
    return "assessor's comment" if _ASSESSORS.fullmatch(head.strip().rstrip(":?")) else _others(head)


def _others(head: str) -> str | None:
    """Whose words stand under or behind a head, if it names somebody else's, as the reason to set them aside."""
    label = head.strip().rstrip(":?")
    return next((why for why, named in _OTHERS if named.fullmatch(label)), None)
