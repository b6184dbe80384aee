"""What `marker overlap` shows: the same words of two learners side by side, as something to ask about."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any, Literal

from marker.document import Passage
from marker.marking import NOTICE
from marker.overlap import RUN, Common, Overlap, Pair
from marker.report.as_json import dump, location_fields
from marker.report.html import fill
from marker.report.wording import places, printable
from marker.version import VERSION

Format = Literal["text", "json", "html"]

TITLE = "Ask the learners about this"
SENTENCE = (
    "The same words can come from a handout, a shared workplace, working together or each other. "
    "This page cannot tell which; the learners can."
)
INTRO = (
    f"At least {RUN} words in a row that stand in the work of two learners. What they were given (printed questions, "
    "marking points, the task sheet) and what many learners have in common is left out."
)
NOTHING = "No wording was found that two learners share beyond what they were given."
COMMON = "Left out: wording that many share"
COMMON_INTRO = "It seems to come from the centre. If it does not, ask the learners about this too."
UNREAD = "Whose work could not be read"

_WIDTH = 80
_COLUMN = (_WIDTH - 3) // 2
_SHORT = 160


def render_overlap(overlap: Overlap, format: Format) -> str:
    """The overlap of a class; every text in it is escaped or put on one line."""
    if format == "json":
        return dump(_fields(overlap))
    overlap = printable(overlap)
    if format == "html":
        return _html(overlap)
    return "\n".join(_text(overlap)) + "\n"


def _where(passages: Sequence[Passage]) -> str:
    return places((passage.location for passage in passages), several_files=True)


def _quoted(passages: Sequence[Passage]) -> str:
    return " … ".join(passage.text for passage in passages)


def _common(common: Common) -> str:
    text = textwrap.shorten(_quoted(common.passages), _SHORT, placeholder=" …")
    return f"“{text}” ({common.learners} learners, among them {common.learner}: {_where(common.passages)})"


def _html(overlap: Overlap) -> str:
    return fill(
        "overlap.html.jinja",
        overlap=overlap,
        notice=NOTICE,
        sentence=SENTENCE,
        title=TITLE,
        intro=INTRO if overlap.pairs else NOTHING,
        common_heading=COMMON,
        common_intro=COMMON_INTRO,
        unread_heading=UNREAD,
        footer=[f"marker {VERSION}"],
        where=_where,
        common=_common,
    )


def _text(overlap: Overlap) -> Iterator[str]:
    yield from textwrap.wrap(f"{NOTICE} {SENTENCE}", _WIDTH)
    yield from _heading(TITLE)
    yield from textwrap.wrap(INTRO if overlap.pairs else NOTHING, _WIDTH)
    for pair in overlap.pairs:
        yield from _pair(pair)
    if overlap.common:
        yield from _heading(COMMON)
        yield from textwrap.wrap(COMMON_INTRO, _WIDTH)
        yield from _items(map(_common, overlap.common))
    if overlap.unread:
        yield from _heading(UNREAD)
        yield from _items(f"{learner}: {why}" for learner, why in overlap.unread)
    yield from ("", "-" * _WIDTH, f"marker {VERSION}")


def _heading(text: str) -> Iterator[str]:
    yield from ("", "", text, "-" * len(text), "")


def _items(items: Iterator[str]) -> Iterator[str]:
    for item in items:
        yield from textwrap.wrap(item, _WIDTH, initial_indent="- ", subsequent_indent="  ")


def _pair(pair: Pair) -> Iterator[str]:
    first, second = pair.learners
    yield ""
    yield from _beside(first, second)
    yield f"{'-' * _COLUMN} | {'-' * _COLUMN}"
    for number, shared in enumerate(pair.shared):
        if number:
            yield from _beside("", "")
        yield from _beside(f"“{_quoted(shared.first)}”", f"“{_quoted(shared.second)}”")
        yield from _beside(f"({_where(shared.first)})", f"({_where(shared.second)})")


def _beside(first: str, second: str) -> Iterator[str]:
    """Two texts in two columns."""
    columns = (textwrap.wrap(text, _COLUMN) or [""] for text in (first, second))
    return (f"{left.ljust(_COLUMN)} | {right}".rstrip() for left, right in zip_longest(*columns, fillvalue=""))


def _fields(overlap: Overlap) -> dict[str, Any]:
    return {
        "notice": NOTICE,
        "marker": {"version": VERSION},
        "title": TITLE,
        "learners": list(overlap.learners),
        "pairs": [
            {
                "learners": list(pair.learners),
                "shared": [
                    {"first": _passages(shared.first), "second": _passages(shared.second)} for shared in pair.shared
                ],
            }
            for pair in overlap.pairs
        ],
        "common": [
            {"learner": one.learner, "learners": one.learners, "passages": _passages(one.passages)}
            for one in overlap.common
        ],
        "unread": [{"learner": learner, "why": why} for learner, why in overlap.unread],
    }


def _passages(passages: Sequence[Passage]) -> list[dict[str, Any]]:
    return [{"quote": passage.text, "location": location_fields(passage.location)} for passage in passages]
