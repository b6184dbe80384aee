"""RTF files.

A reader of our own: those on the index give one plain text, in which hidden words, deletions, comments, headers and
table cells can no longer be told apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from marker.document import Kind, Passage, Unread
from marker.errors import UnreadableError
from marker.readers.collect import Collector
from marker.readers.rtf_fields import Field
from marker.readers.rtf_tables import Tables, codepage
from marker.readers.symbols import in_signs
from marker.readers.unseen import MIN_POINTS

MAX_TOKENS = 3_000_000
MAX_DEPTH = 1_000  # of groups

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}\r\n]+)|[\r\n]+|(?P<other>.)",
    re.DOTALL,
)
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "sect": "\n\n",
}  # fmt: skip
_SIGNS = {"~": "\xa0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\t": "\t"}
_EDGES: dict[str, Kind] = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
}
_SKIPPED = frozenset(
    "fonttbl colortbl stylesheet info nonshppict xmlnstbl listtable listoverridetable revtbl rsidtbl generator "
    "filetbl datafield bkmkstart bkmkend themedata colorschememapping datastore latentstyles atnid atndate atnref "
    "atntime atnparent nonesttables nesttableprops sp pgdsctbl mmathPr private xe tc objdata objclass pntxta "
    "pntxtb".split()
)
_STARRED = frozenset(  # read though marked optional
    "shpinst shppict annotation atnauthor footnote fldinst fldrslt formfield ffl".split()
)
_OBJECTS = frozenset(("object", "pict"))
_INSTRUCTION = ("field", "entry")


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group."""

    into: str = "body"  # or "skip", "footnote", "header", "footer", "annotation", "author", "picture", "field", "entry"
    why: str | None = None
    hidden: bool = False
    white: bool = False
    tiny: bool = False
    ground: bool = False
    skip: int = 1  # characters after a \\u that stand for it
    codepage: str = "cp1252"
    wingdings: bool = False
    answered: bool = False  # in a field whose instruction says what it shows, so that its result is only that again


@dataclass(slots=True)
class _Paragraph:
    """A paragraph being written: its text by the reason for which it is set aside, and what kind it is."""

    texts: dict[str | None, list[str]] = field(default_factory=dict)
    heading: bool = False
    listed: bool = False
    celled: bool = False


@dataclass(slots=True)
class _Table:
    number: int = 0
    row: int = 0
    column: int = 1
    open: bool = False

    @property
    def cell(self) -> str:
        return f"table {max(self.number, 1)}, row {max(self.row, 1)}, column {self.column}"


def read_rtf(data: bytes, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The passages of an RTF file; notes, headers, footers and comments follow the body.

    Raises UnreadableError, without the file's name, if it is far too long or nested.
    """
    return _Reader(data.decode("latin-1"), name).read()


class _Reader:
    def __init__(self, source: str, name: str) -> None:
        self._source = source
        self._tables = Tables(source)
        self._found = Collector(name)
        self._states = [_State(codepage=self._tables.codepage)]
        self._paragraphs: dict[str, _Paragraph] = {"body": _Paragraph()}
        self._later: list[tuple[str, Kind, str | None]] = []
        self._table = _Table()
        self._author = ""
        self._field = Field()
        self._bytes = bytearray()
        self._deletions = 0
        self._fallback = 0  # characters yet to be left out after a \u
        self._optional = False  # a \* came just before
        self._hex: list[str] = []

    def read(self) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
        place = 0
        for _ in range(MAX_TOKENS):
            token = _TOKEN.match(self._source, place)
            if token is None:
                break
            place = token.end()
            if token["word"] == "bin":
                place += max(int(token["number"] or 0), 0)
            self._take(token)
        else:
            raise UnreadableError("longer than any real document; copy its text into a new document and save that")
        self._flush_bytes()
        self._end("body")
        if len(self._states) > 1:
            self._found.miss("the end of the file, which is cut short; save it again and hand in the new copy")
        for text, kind, why in self._later:
            self._found.add(text, kind, why=why)
        self._found.deletions(self._deletions)
        return self._found.result()

    @property
    def _state(self) -> _State:
        return self._states[-1]

    def _set(self, **changes: object) -> None:
        self._states[-1] = replace(self._state, **changes)  # type: ignore[arg-type]

    def _take(self, token: re.Match[str]) -> None:
        if token["hex"]:
            self._byte(int(token["hex"], 16))
            return
        if token["text"] and not token["text"].isascii():
            for character in token["text"]:
                self._byte(ord(character))
            return
        self._flush_bytes()
        if token["open"]:
            if len(self._states) > MAX_DEPTH:
                raise UnreadableError("nested deeper than any real document; copy its text into a new one")
            self._states.append(self._state)
        elif token["close"]:
            self._close()
        elif token["word"]:
            self._word(token["word"], int(token["number"]) if token["number"] else None)
            self._optional = False
        elif token["sign"] == "*":
            self._optional = True
        elif token["sign"] in ("\n", "\r"):
            self._end_paragraph()
        elif token["sign"]:
            self._text(_SIGNS.get(token["sign"], ""))
        elif token["text"]:
            self._text(token["text"])

    def _byte(self, value: int) -> None:
        if self._fallback:
            self._fallback -= 1
        else:
            self._bytes.append(value)

    def _flush_bytes(self) -> None:
        if self._bytes:
            text, self._bytes = self._bytes.decode(self._state.codepage, errors="replace"), bytearray()
            self._text(text)

    def _text(self, text: str) -> None:
        left_out = min(self._fallback, len(text))
        self._fallback -= left_out
        text, state = text[left_out:], self._state
        if state.into == "picture":
            self._hex.append(text)
        elif state.into == "author":
            self._author = text
        elif state.into in _INSTRUCTION:
            (self._field.entries[-1] if state.into == "entry" else self._field.words).append(text)
        elif state.into != "skip" and text:
            hidden = state.hidden or state.tiny or (state.white and not state.ground)
            why = state.why or ("hidden text" if hidden else None)
            self._paragraph(state.into).texts.setdefault(why, []).append(in_signs(text) if state.wingdings else text)

    def _paragraph(self, into: str) -> _Paragraph:
        return self._paragraphs.setdefault(into, _Paragraph())

    def _close(self) -> None:
        if len(self._states) == 1:
            return
        closed = self._states.pop()
        if closed.into == "picture" and self._state.into != "picture":
            digits, self._hex = re.sub(r"[^0-9a-fA-F]", "", "".join(self._hex)), []
            self._found.picture("image", lambda: bytes.fromhex(digits[: len(digits) // 2 * 2]))
        elif closed.into == "field" and self._state.into != "field":
            self._end_instruction()
        elif closed.into != self._state.into and closed.into not in ("body", "skip", "author", "entry"):
            self._end(closed.into)

    def _end_instruction(self) -> None:
        shown, self._field = self._field.shown(), Field()
        if shown:
            self._text(shown)
            self._set(answered=True)

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if state.into == "skip":
            return
        if (self._optional and word not in _STARRED) or word in _SKIPPED:
            self._set(into="skip")
        elif word in _CHARACTERS:
            self._text(_CHARACTERS[word])
        elif word == "u" and number is not None:
            self._fallback = 0
            self._text(_character(number))
            self._fallback = self._state.skip
        elif word in ("par", "page", "column"):
            self._end_paragraph()
        elif state.into in _INSTRUCTION and word not in _IN_INSTRUCTION:
            self._field.numbers[word] = 0 if number is None else number
        elif word in _HANDLERS:
            _HANDLERS[word](self, 1 if number is None else number)
        elif word in _EDGES:
            self._set(into=_EDGES[word], why=_EDGES[word])
        elif word in _OBJECTS:
            self._picture_or_object(word)

    def _picture_or_object(self, word: str) -> None:
        self._fallback = 0
        if word == "pict":
            self._set(into="picture" if self._state.into == "body" else "skip")
        elif self._state.into == "body":
            self._found.miss("embedded object")
            self._set(into="skip")

    def _end_paragraph(self) -> None:
        self._fallback = 0
        if self._state.into not in ("skip", "picture", "author", *_INSTRUCTION):
            self._end(self._state.into)

    def _end(self, into: str) -> None:
        """Finish the paragraph that is being written into the body, a note, a header, a footer or a comment."""
        paragraph = self._paragraphs.get(into, _Paragraph())
        self._paragraphs[into] = replace(paragraph, texts={})
        for why, parts in sorted(paragraph.texts.items(), key=lambda entry: entry[0] is not None):
            text = _whole("".join(parts))
            if into == "body":
                self._add_to_body(text, paragraph, why)
            elif into == "annotation":
                self._later.append((text, "comment", f"comment by {self._author or 'somebody'}"))
            else:
                kind: Kind = "header" if into == "header" else "footer" if into == "footer" else "footnote"
                self._later.append((text, kind, why))

    def _add_to_body(self, text: str, paragraph: _Paragraph, why: str | None) -> None:
        if paragraph.heading:
            self._found.add(text, "heading", cell=self._table.cell if paragraph.celled else None, why=why or "heading")
        elif paragraph.celled:
            self._found.add(text, "cell", cell=self._table.cell, why=why)
        else:
            if text.strip():
                self._table.open = False
            self._found.add(text, "list item" if paragraph.listed else "paragraph", why=why)

    def begin_row(self, _: int) -> None:
        if not self._table.open:
            self._table = _Table(self._table.number + 1, 0, 1, True)

    def in_table(self, _: int) -> None:
        self.begin_row(1)
        self._paragraph("body").celled = True

    def end_cell(self, _: int) -> None:
        self._paragraph("body").celled = True
        self.begin_row(1)
        if self._table.column == 1:
            self._table.row += 1
        self._end("body")
        self._table.column += 1

    def end_row(self, _: int) -> None:
        self._table.column = 1

    def reset_paragraph(self, _: int) -> None:
        if self._state.into == "body":
            texts = self._paragraphs["body"].texts
            self._paragraphs["body"] = _Paragraph(texts)

    def style(self, number: int) -> None:
        if number in self._tables.headings and self._state.into == "body":
            self._paragraph("body").heading = True

    def outline(self, number: int) -> None:
        if number < 9 and self._state.into == "body":
            self._paragraph("body").heading = True

    def listed(self, _: int) -> None:
        if self._state.into == "body":
            self._paragraph("body").listed = True

    def list_text(self, _: int) -> None:
        self.listed(1)
        self._set(into="skip")

    def plain(self, _: int) -> None:
        self._set(hidden=False, white=False, tiny=False, ground=False, codepage=self._tables.codepage, wingdings=False)

    def hidden(self, number: int) -> None:
        self._set(hidden=bool(number))

    def deleted(self, number: int) -> None:
        if number:
            self._deletions += 1
            self._set(into="skip")

    def colour(self, number: int) -> None:
        self._set(white=number in self._tables.white)

    def size(self, half_points: int) -> None:
        self._set(tiny=half_points < 2 * MIN_POINTS)

    def ground(self, number: int) -> None:
        self._set(ground=number != 0 and number not in self._tables.white)

    def font(self, number: int) -> None:
        page = self._tables.fonts.get(number, self._tables.codepage)
        self._set(codepage=page, wingdings=number in self._tables.wingdings)

    def unicode_skip(self, number: int) -> None:
        self._set(skip=min(max(number, 0), 100))

    def ansi_codepage(self, number: int) -> None:
        self._set(codepage=codepage(number))

    def note(self, _: int) -> None:
        self._set(into="footnote")

    def annotation(self, _: int) -> None:
        self._set(into="annotation")

    def author(self, _: int) -> None:
        self._set(into="author")

    def instruction(self, _: int) -> None:
        self._set(into="field")

    def entry(self, _: int) -> None:
        self._field.entries.append([])
        self._set(into="entry")

    def result(self, _: int) -> None:
        if self._state.answered:
            self._set(into="skip")


_HANDLERS: dict[str, Callable[[_Reader, int], None]] = {
    "trowd": _Reader.begin_row, "intbl": _Reader.in_table, "cell": _Reader.end_cell, "row": _Reader.end_row,
    "nestcell": lambda reader, _: reader._end_paragraph(), "pard": _Reader.reset_paragraph, "s": _Reader.style,
    "outlinelevel": _Reader.outline, "ls": _Reader.listed, "listtext": _Reader.list_text, "pntext": _Reader.list_text,
    "plain": _Reader.plain, "v": _Reader.hidden, "deleted": _Reader.deleted, "cf": _Reader.colour, "fs": _Reader.size,
    "highlight": _Reader.ground, "cb": _Reader.ground, "chcbpat": _Reader.ground, "cbpat": _Reader.ground,
    "clcbpat": _Reader.ground, "f": _Reader.font, "uc": _Reader.unicode_skip, "ansicpg": _Reader.ansi_codepage,
    "footnote": _Reader.note, "annotation": _Reader.annotation, "atnauthor": _Reader.author,
    "fldinst": _Reader.instruction, "ffl": _Reader.entry, "fldrslt": _Reader.result,
}  # fmt: skip
_IN_INSTRUCTION = frozenset(("ffl", "deleted"))  # the rest belongs to the text


def _character(number: int) -> str:
    r"""The character of a \u, or the half of one: those beyond the first plane come as two."""
    return chr(max(number + 65536, 0) if number < 0 else min(number, 0xFFFF))


def _whole(text: str) -> str:
    """The text with halves of characters put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
