"""Reports: one renderer a format. Those for people are layouts of the same `Page`; see `wording.py` for the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from marker.marking import Marking
from marker.report.page import Page
from marker.report.wording import printable

Format = Literal["text", "json", "md", "html", "docx"]
Audience = Literal["assessor", "learner"]

FORMATS: tuple[Format, ...] = ("text", "json", "md", "html", "docx")


def render(
    markings: Sequence[Marking],
    format: Format,
    audience: Audience,
    *,
    colour: bool = False,
    width: int = 80,
    date: str | None = None,
) -> str | bytes:
    """One report over the markings of one submission, one marking a rubric; bytes for docx, else text.

    The same markings and arguments give the same bytes.

    Args:
        colour: whether text for a terminal carries colour.
        width: columns to wrap text at.
        date: printed in the footer as it is given; no report reads the clock.
    """
    if format == "json":
        from marker.report.as_json import render_json

        return render_json(markings)
    from marker.report.compose import page_of

    return lay_out(page_of(markings, audience, date), format, colour=colour, width=width)


def lay_out(
    page: Page, format: Literal["text", "md", "html", "docx"], *, colour: bool = False, width: int = 80
) -> str | bytes:
    """A page in a format for people, free of what cannot be printed; bytes for docx, else text."""
    page = printable(page)
    if format == "html":
        from marker.report.html import render_html

        return render_html(page)
    if format == "md":
        from marker.report.markdown import render_markdown

        return render_markdown(page)
    if format == "docx":
        from marker.report.docx import render_docx

        return render_docx(page)
    from marker.report.text import render_text

    return render_text(page, width, colour=colour)
