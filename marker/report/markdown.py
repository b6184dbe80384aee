"""The report as Markdown. Whatever a learner wrote is escaped, so that it cannot become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
)

_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~&$#]|(?<=:)/(?=/)|(?<=www)\.|(?<=\w)@(?=\w)", re.IGNORECASE)
_LINE_START = re.compile(r"^(?:[-+=](?=\s|[-=]|$)|\d+[.)])")


def render_markdown(page: Page) -> str:
    """The page as CommonMark with tables."""
    return "\n\n".join(_page(page)) + "\n"


def _page(page: Page) -> Iterator[str]:
    yield f"> **{_escaped(page.notice)}** {_escaped(page.sentence)}"
    yield f"# {_escaped(page.title)}"
    for section in page.sections:
        yield f"## {_escaped(section.heading)}"
        yield from _blocks(section.blocks)
    yield "---"
    yield "  \n".join(map(_escaped, page.footer))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Para(text):
            yield _escaped(text)
        case Question(text):
            yield f"**{_escaped(text)}**"
        case Quote():
            yield from _quote(block)
        case Bullets(items, caption):
            if caption:
                yield f"**{_escaped(caption)}**"
            yield "\n".join(f"- {_escaped(item)}" for item in items)
        case Facts(rows):
            yield "\n".join(f"- **{_escaped(name)}:** {_escaped(value)}" for name, value in rows)
        case Coverage(caption, header, rows):
            yield f"**{_escaped(caption)}**"
            yield _table(header, [(row.id, row.asks, row.status, row.where, row.note) for row in rows])
        case Part(id, text, state, blocks):
            yield f"({_escaped(id)}) *{_escaped(text)}*" + (f" [{_escaped(state)}]" if state else "")
            yield from _blocks(blocks)
        case Decision(fields, reason):
            yield _table((*fields, reason), [("",) * (len(fields) + 1)])
        case Entry():
            if heading := ": ".join(filter(None, (block.heading, block.status))):
                yield f"### {_escaped(heading)}"
            yield from _blocks(block.blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _quote(quote: Quote) -> Iterator[str]:
    if quote.label:
        yield f"{_escaped(quote.label)}:"
    yield f"> “{_escaped(quote.text)}”  \n> {_escaped(quote.place)}"


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header)]
    cells = [*lines, *(tuple(map(_escaped, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def _escaped(text: str) -> str:
    text = _MARKUP.sub(lambda found: "\\" + found[0], text)
    return _LINE_START.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], text)
