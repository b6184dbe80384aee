"""The report for a terminal. It reads the same without colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import click

from marker.report.page import (
    Block,
    Bullets,
    Coverage,
    Decision,
    Entry,
    Facts,
    Page,
    Para,
    Part,
    Question,
    Quote,
    Row,
    Section,
)

_MIN_WIDTH = 40
_STATUS_COLOURS = {"evidence found": "green", "part found": "yellow", "not found": "white", "cannot judge": "magenta"}
_STATUS_WIDTH = max(map(len, _STATUS_COLOURS)) + 2


def render_text(page: Page, width: int = 80, *, colour: bool = False) -> str:
    """The page as plain text, wrapped to `width` columns."""
    return "\n".join(_Layout(max(width, _MIN_WIDTH), colour).page(page)) + "\n"


@dataclass(frozen=True)
class _Layout:
    width: int
    colour: bool

    def page(self, page: Page) -> Iterator[str]:
        yield from self._wrapped(page.notice, bold=True)
        yield from self._wrapped(page.sentence)
        yield ""
        yield from self._wrapped(page.title, bold=True)
        for section in page.sections:
            yield from self._section(section)
        yield ""
        yield "-" * self.width
        for line in page.footer:
            yield from self._wrapped(line, dim=True)

    def _section(self, section: Section) -> Iterator[str]:
        yield ""
        yield ""
        yield from self._wrapped(section.heading, bold=True)
        yield "-" * min(self.width, len(section.heading))
        for block in section.blocks:
            yield ""
            yield from self._block(block, 0)

    def _block(self, block: Block, indent: int) -> Iterator[str]:
        match block:
            case Para(text):
                yield from self._wrapped(text, indent)
            case Question(text):
                yield from self._wrapped(text, indent, first="? ", bold=True)
            case Quote():
                yield from self._quote(block, indent)
            case Bullets(items, caption):
                yield from self._wrapped(caption, indent)
                for item in items:
                    yield from self._wrapped(item, indent, first="- ")
            case Facts(rows):
                for name, value in rows:
                    yield from self._wrapped(value, indent, first=f"{name}: ", hang=2)
            case Coverage():
                yield from self._coverage(block)
            case Part():
                yield from self._part(block, indent)
            case Decision(fields, reason):
                yield ""
                yield from self._wrapped("  ".join(f"{name}: {'_' * 8}" for name in fields), indent)
                yield from self._wrapped(f"{reason}: ".ljust(self.width - indent, "_"), indent)
            case Entry():
                yield from self._entry(block)

    def _coverage(self, coverage: Coverage) -> Iterator[str]:
        yield from self._wrapped(coverage.caption, bold=True)
        widest = max(len(row.id) for row in coverage.rows) + 2
        for row in coverage.rows:
            yield from self._row(row, coverage.header[-1], widest)

    def _row(self, row: Row, look_first: str, indent: int) -> Iterator[str]:
        """One point: what it asks for is cut to a line, so that the whole unit is seen at once."""
        room = self.width - indent
        status = self._style(row.status.ljust(_STATUS_WIDTH), fg=_STATUS_COLOURS[row.status], bold=True)
        where = textwrap.shorten(row.where, room - _STATUS_WIDTH, placeholder=" …")
        yield f"{self._style(row.id.ljust(indent), bold=True)}{status}{where}".rstrip()
        if row.note:
            yield from self._wrapped(row.note, indent, first=f"{look_first}: ", hang=2, bold=True)
        yield self._style(" " * indent + textwrap.shorten(row.asks, room, placeholder=" …"), dim=True)

    def _entry(self, entry: Entry) -> Iterator[str]:
        if entry.status:
            status = self._style(entry.status, fg=_STATUS_COLOURS[entry.status])
            yield f"{self._style(entry.heading, bold=True)}: {status}"
        else:
            yield from self._wrapped(entry.heading, bold=True)
        for block in entry.blocks:
            yield from self._block(block, 2)

    def _part(self, part: Part, indent: int) -> Iterator[str]:
        state = f" [{part.state}]" if part.state else ""
        yield from self._wrapped(f"{part.text}{state}", indent, first=f"({part.id}) ", hang=4)
        for block in part.blocks:
            yield from self._block(block, indent + 4)

    def _quote(self, quote: Quote, indent: int) -> Iterator[str]:
        label = f"{quote.label}: " if quote.label else ""
        yield from self._wrapped(f"“{quote.text}” ({quote.place})", indent, first=label, hang=2)

    def _wrapped(
        self,
        text: str,
        indent: int = 0,
        *,
        first: str = "",
        hang: int | None = None,
        bold: bool = False,
        dim: bool = False,
    ) -> Iterator[str]:
        """The lines of `first` and `text`; those after the first hang by `hang`, by default under the text."""
        margin = " " * indent
        hanging = margin + " " * (len(first) if hang is None else hang)
        lines = textwrap.wrap(
            first + text, self.width, initial_indent=margin, subsequent_indent=hanging, break_on_hyphens=False
        )
        for line in lines:
            yield self._style(line, bold=bold, dim=dim)

    def _style(self, text: str, *, fg: str | None = None, bold: bool = False, dim: bool = False) -> str:
        if not self.colour:
            return text
        return click.style(text, fg=fg, bold=bold or None, dim=dim or None)
