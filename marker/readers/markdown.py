"""Markdown: the blocks of a plain text, and the marks inside each, read by markdown-it-py."""

from __future__ import annotations

from typing import Any, NamedTuple

from marker.document import Passage, Unread
from marker.readers.collect import Collector
from marker.readers.text import decode, pieces

MAX_MARKED = 100_000  # characters: the marks inside the paragraphs of a longer text stay as they are


class Inline(NamedTuple):
    """The words of a paragraph without marks: those that stand, those that are crossed out; and its pictures."""

    text: str
    crossed_out: str
    pictures: int


def read_markdown(data: bytes, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The passages of a Markdown file; raises UnreadableError, without the file's name, if the bytes are no text."""
    found = Collector(name)
    text = decode(data)
    parser = _parser()
    for piece in pieces(text, markdown=True):
        shown = _inline(parser, piece.text) if len(text) <= MAX_MARKED else Inline(piece.text, "", 0)
        found.add(shown.text, piece.kind, cell=piece.cell, why=piece.why)
        found.add(shown.crossed_out, piece.kind, cell=piece.cell, why="crossed out")
        for _ in range(shown.pictures):
            found.miss("image kept elsewhere", cell=piece.cell)
    return found.result()


def _parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("strikethrough")


def _inline(parser: Any, text: str) -> Inline:
    """What emphasis, links, code and pictures in a paragraph show."""
    stands: list[str] = []
    crossed: list[str] = []
    pictures = depth = 0
    for token in parser.parseInline(text)[0].children:
        depth += (token.type == "s_open") - (token.type == "s_close")
        if token.type == "image":
            pictures += 1
        else:
            (crossed if depth else stands).append("\n" if token.type.endswith("break") else token.content)
    return Inline("".join(stands), "".join(crossed), pictures)
