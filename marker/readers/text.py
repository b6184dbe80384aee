"""Plain text: paragraphs, list items, headings and pipe tables."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterator
from functools import partial
from itertools import groupby, pairwise
from typing import NamedTuple

from marker.document import Kind, Passage, Unread
from marker.errors import UnreadableError
from marker.readers.collect import Collector
from marker.readers.hyphens import broken, hyphenated, vocabulary
from marker.readers.lines import bullet_item, capitals_heading, ends_sentence, in_capitals, numbered_item

MAX_TEXT_BYTES = 10_000_000
MAX_ODD_SHARE = 0.005  # with more control and undecodable characters than this it is no text
WRAP_WIDTHS = range(45, 131)  # characters a line where lines were wrapped by hand
MIN_WRAPPED_PAIRS = 3
MIN_WRAPPED_SHARE = 0.6
WRAP_SLACK = 2

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # which begins like UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAC_SIGNS = re.compile(rb"[\xd0\xd2-\xd5]")  # dashes and quotes; in Windows-1252 capitals that English has not
_WINDOWS_SIGNS = re.compile(rb"[\x91-\x97]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_UNDERLINE = re.compile(r"(={3,}|-{3,})$")
_RULE = re.compile(r"([-*_=~])(\s*\1){2,}$|```")
_DELIMITERS = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?$")
_QUOTE = re.compile(r"\s{0,3}>\s?")  # in front of a line that Markdown quotes
_CAPTION = re.compile(r"\s*(?P<from>(?:\d+:)?\d\d:\d\d)[.,]\d{3}\s+-->.*")  # from when to when it is shown
_SPOKEN = re.compile(r"<v(?:\.[\w.]{1,40})?[ \t]+(?:(?P<last>[^<>,]{1,40}),[ \t]*)?(?P<first>[^<>,]{1,60})>")
_TAG = re.compile(r"</?[a-z][\w.]{0,20}>|<[\d:.]{5,12}>")
_PIPE = re.compile(r"(?<!\\)\|")


class Piece(NamedTuple):
    """A passage to be, in the table cell `cell` if in one; `quoted` as Markdown does."""

    text: str
    kind: Kind
    cell: str | None = None
    quoted: bool = False

    @property
    def why(self) -> str | None:
        """Why it is set aside, if it is."""
        return "heading" if self.kind == "heading" else "quoted text" if self.quoted else None


_NOTHING = Piece("", "paragraph")


def read_text(data: bytes, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The passages of a text file in UTF-8, UTF-16, UTF-32, Windows-1252 or Mac Roman.

    Raises UnreadableError, without the file's name, if the bytes are no text.
    """
    found = Collector(name)
    for piece in pieces(decode(data)):
        found.add(piece.text, piece.kind, cell=piece.cell, why=piece.why)
    return found.result()


def pieces(text: str, markdown: bool = False) -> list[Piece]:
    """The headings, paragraphs, list items and cells of a plain text, or what is said in captions, in order.

    What may be Markdown is read as such; only where it is known to be one, ">" begins a line that is quoted.
    """
    if text.startswith("WEBVTT"):
        return [Piece(said, "paragraph") for said in _captions(text)]
    lines = [line.rstrip() for line in text.splitlines()]
    marks = (_HEADING.fullmatch(line) or ("|" in line and _DELIMITERS.fullmatch(line)) for line in lines)
    width = 0 if any(marks) else _wrap_width(lines)
    words = vocabulary(lines)
    found: list[Piece] = []
    tables = 0
    for block in _blocks(lines):
        if markdown and all(map(_QUOTE.match, block)):
            inner = [_QUOTE.sub("", line, count=1) for line in block]
            found += [piece._replace(quoted=True) for piece in _paragraphs(inner, width, words)]
        elif len(block) > 1 and "|" in block[0] and _DELIMITERS.fullmatch(block[1]):
            tables += 1
            found += _cells(block, tables)
        else:
            found += _paragraphs(block, width, words)
    found = [piece for piece in found if piece.text]
    return [
        piece._replace(kind="heading") if _in_capitals_over_text(before, piece, after) else piece
        for before, piece, after in zip([_NOTHING, *found], found, [*found[1:], _NOTHING], strict=False)
    ]


def _captions(text: str) -> Iterator[str]:
    """What is said in captions (WebVTT), a caption a passage, with who says it and when in front; notes go."""
    for block in _blocks([line.rstrip() for line in text.splitlines()]):
        shown = next((number for number, line in enumerate(block) if _CAPTION.match(line)), None)
        if shown is not None and (said := " ".join(block[shown + 1 :])):
            yield _TAG.sub("", _SPOKEN.sub(partial(_speaker, _CAPTION.sub(r"\g<from>", block[shown])), said)).strip()


def _speaker(when: str, tag: re.Match[str]) -> str:
    """The label of what is said from then on: "Sam Lee [00:03]:"."""
    return f"{tag['first']} {tag['last'] or ''}".strip() + f" [{when.strip()}]: "


def _in_capitals_over_text(before: Piece, piece: Piece, after: Piece) -> bool:
    return piece.kind == "paragraph" and capitals_heading(piece.text, before.text, after.text)


def decode(data: bytes) -> str:
    """The text, its encoding told by byte order mark, by zero bytes, or else by trying.

    Raises UnreadableError, without the file's name, if the bytes are no text.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise UnreadableError(f"text of more than {MAX_TEXT_BYTES // 1_000_000} MB; split it into several files")
    bom, encoding = next((pair for pair in _BOMS if data.startswith(pair[0])), (b"", ""))
    text = data[len(bom) :].decode(encoding or _guess(data.rstrip(b"\0")), errors="replace")
    text = text.rstrip("\0")  # with which a save that went wrong fills the end
    odd = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if odd > max(MAX_ODD_SHARE * len(text), 1):
        raise UnreadableError(
            "not a Word, PDF or text file; open it in the program that made it and save it as .docx or .pdf"
        )
    return _CONTROL.sub("", text)


def _guess(data: bytes) -> str:
    """UTF-16 where every second byte is mostly zero, UTF-8 where it decodes better than not, or an old code page."""
    if data[1::2].count(0) > len(data) / 4:
        return "utf-16-le"
    if data[::2].count(0) > len(data) / 4:
        return "utf-16-be"
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    if sum(not character.isascii() for character in text) >= 2 * bad:
        return "utf-8"
    return "mac_roman" if len(_MAC_SIGNS.findall(data)) > len(_WINDOWS_SIGNS.findall(data)) else "cp1252"


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Runs of lines without a blank one."""
    for filled, run in groupby(lines, key=bool):
        if filled:
            yield list(run)


def _wrap_width(lines: list[str]) -> int | None:
    """The characters a line that the writer's program wrapped at, or None where lines were not wrapped."""
    width = max((len(line) for line in lines if " " in line), default=0)
    pairs = [pair for pair in pairwise(lines) if all(pair) and not any(_start(line.strip(), "") for line in pair)]
    full = sum(_is_full(line, following, width) for line, following in pairs)
    if width not in WRAP_WIDTHS or len(pairs) < MIN_WRAPPED_PAIRS or full < MIN_WRAPPED_SHARE * len(pairs):
        return None
    return width


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the next word would not have fitted; a sentence that goes on may break a little sooner."""
    slack = WRAP_SLACK if ends_sentence(line) else width // 8
    return len(line) + 1 + len(following.split()[0]) > width - slack


def _paragraphs(block: list[str], width: int | None, words: Collection[str]) -> Iterator[Piece]:
    """The block's headings, list items and paragraphs, their wrapped lines joined."""
    kind: Kind = "paragraph"
    parts: list[str] = []
    previous = ""
    for line in block:
        inner = line.strip()
        start = _start(inner, previous)
        if _UNDERLINE.fullmatch(inner) and kind == "paragraph" and len(parts) == 1:
            kind, line = "heading", ""
        elif _RULE.match(inner):
            line = ""
        elif start or not _continues(kind, previous, line, width):
            yield Piece(_joined(parts, words), kind)
            kind, parts = (start.kind, [start.text]) if start else ("paragraph", [inner])
        else:
            parts.append(inner)
        previous = "" if kind == "heading" else line
    yield Piece(_joined(parts, words), kind)


def _joined(lines: list[str], words: Collection[str]) -> str:
    """The lines as one text, with words that a line's end breaks made whole as in a PDF."""
    ended = (hyphenated(line, following, words).removesuffix(following) for line, following in pairwise(lines))
    return "".join([*ended, *lines[-1:]])


def _start(line: str, previous: str) -> Piece | None:
    """The heading or list item that the line opens, if it does."""
    if heading := _HEADING.fullmatch(line):
        text = heading[1].rstrip("#")
        return Piece(text.rstrip() if text.endswith(" ") else heading[1], "heading")
    item = bullet_item(line)
    if item is None and (not previous or ends_sentence(previous) or numbered_item(previous)):
        item = numbered_item(line)
    return None if item is None else Piece(item, "list item")


def _continues(kind: Kind, previous: str, line: str, width: int | None) -> bool:
    """Whether the line break after `previous`, in a piece of this kind, was only for want of room.

    In Markdown (`width` 0) every line break is.
    """
    if not previous or (in_capitals(previous) and not in_capitals(line)):
        return False
    if kind == "list item" and line[0].isspace():
        return True
    goes_on = line.lstrip()[0].islower()
    if width is not None and (_is_full(previous, line, width) or (goes_on and broken(previous))):
        return True
    return len(previous) >= WRAP_WIDTHS[0] and goes_on and not ends_sentence(previous)


def _cells(block: list[str], table: int) -> Iterator[Piece]:
    """The cells of a pipe table, its line of dashes left out."""
    for row, line in enumerate([block[0], *block[2:]], start=1):
        inner = re.sub(r"^\||(?<!\\)\|$", "", line.strip())
        for column, text in enumerate(_PIPE.split(inner), start=1):
            yield Piece(text.replace("\\|", "|"), "cell", f"table {table}, row {row}, column {column}")
