"""Passages in reading order, numbered as they come: what every reader fills."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from marker.document import Kind, Location, Passage, PrintedLine, Unread
from marker.readers import ocr
from marker.readers.lines import ends_sentence, heads

MAX_PICTURES = 60  # of one file, whose words are read off: each takes a second or more
MAX_ENTRY_WORDS = 15  # of an entry in a table of contents
MAX_ENTRY_CHARACTERS = 250  # its dots counted
MAX_HEADING = 60  # characters of a heading by which a place is called

_CONTENTS = ("contents", "contents page", "table of contents")
_APART: tuple[Kind, ...] = ("header", "footer", "comment", "footnote")  # gathered at the end, under no heading
_NUMBERED = re.compile(r"(?:[^\W\d_]+ ){0,2}[^\W\d_]{0,2}\(?\d{1,2}\b|[a-z]{1,4}[.)] ", re.I)
_LABEL = re.compile(
    r"(?:task|question|activity|section|part|criterion|outcome|AC|LO|Q)\.? ?\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?\b", re.I
)
_LEADER = re.compile(r"\s*(?:\.\s?){3,}[\divxlc]*$")  # the dots up to a page number


class Collector:
    """Gathers the passages and the unread parts of one file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._passages: list[Passage] = []
        self._unread: list[Unread] = []
        self._pictures = 0

    def add(
        self,
        text: str,
        kind: Kind = "paragraph",
        *,
        page: int | None = None,
        cell: str | None = None,
        why: str | None = None,
        number: str | None = None,
        lines: tuple[PrintedLine, ...] = (),
        restyled: int | None = None,
        doubtful: str | None = None,
    ) -> None:
        """Append a passage unless `text` is blank; with `why` it is set aside for that reason.

        A heading that can only be an answer is taken for one. `restyled` is the character of `text` from which on its
        letters look otherwise; `doubtful` why it may not be the learner's.
        """
        if kind == "heading" and not heads(text):
            kind, why = "cell" if cell else "paragraph", None if why == "heading" else why
        before = _shown(text[:restyled]).lstrip()
        text = _shown(text).strip()
        if text:
            first = lines[0].number if lines else None
            place = Location(self._file, page, len(self._passages) + 1, cell, 0, len(text), number=number, line=first)
            change = len(before) if restyled is not None else None
            self._passages.append(Passage(text, place, kind, why is None, why, lines, change, doubtful))

    def miss(self, what: str, *, page: int | None = None, cell: str | None = None) -> None:
        """Note a part that could not be read, in or after the last passage of the page."""
        beside = bool(self._passages) and self._passages[-1].location.page == page
        location = Location(self._file, page, len(self._passages) if beside else None, cell, 0, 0)
        self._unread.append(Unread(what, location))

    def picture(
        self, what: str, load: Callable[[], bytes], *, page: int | None = None, cell: str | None = None
    ) -> None:
        """The words on a picture where text recognition is installed and finds some; else a part `what`, unread.

        `load` gives the bytes of an image file.
        """
        if not ocr.is_installed() or self._pictures >= MAX_PICTURES:
            self.miss(what, page=page, cell=cell)
            return
        self._pictures += 1
        paragraphs, unclear = ocr.recognise(load())
        for text in paragraphs:
            self.add(text, "recognised text", page=page, cell=cell)
        for _ in range(unclear):
            self.miss(f"unclear line in the {what}", page=page, cell=cell)
        if not paragraphs and not unclear:
            self.miss(what, page=page, cell=cell)

    def deletions(self, count: int) -> None:
        """Say how many tracked deletions were left out."""
        if count:
            self.add(f"{count} tracked deletion{'s' * (count > 1)}, left out", "comment", why="tracked deletions")

    def result(self) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
        """What was gathered: passages and unread parts."""
        return tuple(_under_headings(_without_contents(self._passages))), tuple(self._unread)


def _shown(text: str) -> str:
    """The text without soft hyphens, which show only where a line breaks."""
    return text.replace("\xad", "")


def _without_contents(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages, with the entries of a table of contents that was typed by hand set aside."""
    inside = False
    for passage in passages:
        text = _LEADER.sub("", passage.text[:MAX_ENTRY_CHARACTERS])
        short = len(passage.text) <= MAX_ENTRY_CHARACTERS and len(text.split()) <= MAX_ENTRY_WORDS
        entry = short and passage.kind in ("paragraph", "list item")
        inside = text.strip(" :").lower() in _CONTENTS or (inside and entry and not ends_sentence(text))
        yield replace(passage.aside("contents"), kind="contents") if inside and passage.credited else passage


def _under_headings(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages, each with the nearest heading above it: behind a numbered one, where it has no number itself."""
    numbered = heading = ""
    for passage in passages:
        if label := _heading(passage):
            bare = _NUMBERED.match(label) is None
            numbered = numbered if bare else label
            heading = f"{numbered} › {label}" if numbered and bare else label
        if heading and passage.kind not in ("heading", *_APART):
            passage = replace(passage, location=replace(passage.location, heading=heading))
        yield passage


def _heading(passage: Passage) -> str:
    """What a heading is called, or the label that begins a paragraph, such as "Question 2"; empty for others."""
    if passage.kind == "heading":
        text = " ".join((passage.location.number or "", *passage.text[:MAX_HEADING].split()))
        return text.strip() + ("…" if len(passage.text) > MAX_HEADING else "")
    label = _LABEL.match(passage.text) if passage.kind == "paragraph" else None
    return label[0] if label else ""
