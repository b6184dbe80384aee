"""What all e-mails have in common: who wrote to whom, the sender's words, earlier messages quoted, attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from marker.document import Passage, Unread
from marker.readers import html, text
from marker.readers.collect import Collector
from marker.readers.html import Piece
from marker.readers.quoting import reasons

# What a sender says who wrote answers into the message that is quoted below.
_ANSWERED_BELOW = re.compile(
    r"\b(?:answer|repl(?:y|ies)|respon|typed|written|put|filled|mine)[^.?!\n]{0,60}\b(?:below|in-?\s?line|underneath|"
    r"in (?:red|blue|green|purple|bold|capitals|caps|italics|colour))\b",
    re.I,
)
MAX_NAME = 80  # characters of an attachment's name
MAX_HEADER = 1_000  # characters
MAX_ATTACHMENTS = 200


class Attachment(NamedTuple):
    """A file that came with a message: its name, and its bytes if it is a picture."""

    name: str
    picture: bytes = b""


class Body(NamedTuple):
    """What a message says, or a part of it, as plain text and as a web page; either may be empty."""

    plain: str
    page: str


class Message(NamedTuple):
    """A message: its header's lines that people read, what it says, its attachments."""

    header: Sequence[tuple[str, str]]
    bodies: Sequence[Body]
    attachments: Sequence[Attachment]


def passages(message: Message, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The message's passages; header, quoted earlier messages and signature are set aside."""
    found = Collector(name)
    for label, value in message.header:
        found.add(f"{label}: {' '.join(value.split())[:MAX_HEADER]}", "header", why="email header")
    seen: list[list[str]] = []
    for body in message.bodies:
        shown = list(_body(body))
        words = [word for piece in shown for word in piece.text.split()]
        if words not in seen:  # some programs send the same twice without saying so
            for piece in shown:
                html.add(found, piece)
        seen.append(words)
        if any(map(_is_quoted, shown)) and any(_ANSWERED_BELOW.search(piece.text) for piece in shown if not piece.why):
            found.miss("answers within the message that is quoted; copy them into a document")
    for attachment in message.attachments[:MAX_ATTACHMENTS]:
        what = f"attachment {_printable(attachment.name)}"
        if attachment.picture:
            found.picture(what, lambda attachment=attachment: attachment.picture)  # type: ignore[misc]
        else:
            found.miss(f"{what}; save it beside the message and hand it in too")
    return found.result()


def _body(body: Body) -> Iterator[Piece]:
    """The plain text, whose quotations are marked best, unless the page says far more."""
    shown = html.pieces(body.page) if body.page.strip() else []
    words = sum(len(piece.text.split()) for piece in shown)
    if len(body.plain.split()) * 2 > words:
        yield from _plain(body.plain)
        return
    whys = reasons([piece.text for piece in shown], [piece.quoted for piece in shown])
    for piece, why in zip(shown, whys, strict=True):
        yield piece._replace(why=why or piece.why)


def _is_quoted(piece: Piece) -> bool:
    return (piece.why or "").startswith("quoted message")


def _plain(body: str) -> Iterator[Piece]:
    lines = body.splitlines()
    marked = [line.startswith(">") for line in lines]
    for why, group in groupby(zip(lines, reasons(lines, marked), strict=True), key=lambda entry: entry[1]):
        own = "\n".join(line.lstrip("> ") if why else line for line, _ in group)
        for piece in text.pieces(own):
            heading = "heading" if piece.kind == "heading" else None
            yield Piece(piece.text, piece.kind, piece.cell, why or heading)


def _printable(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name)[:MAX_NAME] or "without a name"
