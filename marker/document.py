"""The values that extraction yields: what was written where, and what could not be read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal[
    "paragraph",
    "heading",
    "list item",
    "cell",
    "text box",
    "footnote",
    "form field",
    "header",
    "footer",
    "comment",
    "contents",
    "recognised text",
]


@dataclass(frozen=True, slots=True)
class Location:
    """Where a text stands.

    `page` counts from 1 (a PDF's page, a slide, a page of a scan; in Word the one on which the paragraph begins, where
    the file tells), `line` from 1 at the top of a PDF's page, `paragraph` from 1 in reading order over the whole file.
    `cell` reads "table 1, row 2, column 3" (a spreadsheet's sheets are its tables), and `start` to `end` are the
    characters within the paragraph. `heading` is the nearest one above, in a spreadsheet the sheet's name, and `number`
    the automatic number of a list item or heading. In a transcript `turn` counts the speakers' turns from 1, and
    `speaker` is the label that the turn begins with.
    """

    file: str
    page: int | None
    paragraph: int | None
    cell: str | None
    start: int
    end: int
    heading: str | None = None
    number: str | None = None
    turn: int | None = None
    speaker: str | None = None
    line: int | None = None

    def renamed(self, file: str, rename: Callable[[str], str]) -> Location:
        """The same place in a file that goes by another name; `rename` is done to its heading and speaker."""
        heading = rename(self.heading) if self.heading else None
        return replace(self, file=file, heading=heading, speaker=rename(self.speaker) if self.speaker else None)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed: the character of its paragraph that it starts at, its page, and its number on that page."""

    start: int
    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item, table cell ... or, where only a stretch of one is meant, that stretch.

    A passage that is not `credited` earns nothing, and `why` says for what reason it is set aside. Of kind
    "recognised text" are words that a computer read off a picture. `lines` are those of the whole paragraph, where the
    file has such. From the character `restyled` on, its letters look otherwise (bold, coloured) than those before,
    where they change but once. `doubtful` is what cannot be told of it, such as "who in the talk is the learner".
    """

    text: str
    location: Location
    kind: Kind
    credited: bool = True
    why: str | None = None
    lines: tuple[PrintedLine, ...] = ()
    restyled: int | None = None
    doubtful: str | None = None

    def aside(self, why: str) -> Passage:
        """The same passage, set aside for the reason given."""
        return replace(self, credited=False, why=why)

    def stretch(self, start: int, end: int) -> Passage:
        """The characters from `start` to `end` of this passage as a passage of their own."""
        first = self.location.start + start
        location = replace(self.location, start=first, end=self.location.start + end)
        if before := bisect_right(self.lines, first, key=lambda line: line.start):
            line = self.lines[before - 1]
            location = replace(location, page=line.page, line=line.number)
        restyled = self.restyled - start if self.restyled is not None and start < self.restyled < end else None
        return replace(self, text=self.text[start:end], location=location, restyled=restyled)


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a file that may hold evidence and could not be read, such as an image."""

    what: str
    location: Location


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its passages in reading order and what could not be read."""

    name: str
    sha256: str
    format: str
    passages: tuple[Passage, ...]
    unread: tuple[Unread, ...] = ()

    @property
    def words(self) -> int:
        """Number of blank-separated words in all passages."""
        return sum(len(passage.text.split()) for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Submission:
    """All files of one learner for one unit."""

    id: str
    documents: tuple[Document, ...]
