"""The report as one HTML file that needs nothing from outside: to read on a screen or to print on A4."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from marker.report.page import Page


def render_html(page: Page) -> str:
    """The page as HTML; every text in it is escaped."""
    return _template().render(page=page)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["kind"] = lambda block: type(block).__name__
    environment.filters["slug"] = lambda status: status.replace(" ", "-")
    return environment.get_template("report.html.jinja")
