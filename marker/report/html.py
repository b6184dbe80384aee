"""HTML files that need nothing from outside: to read on a screen or to print on A4."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from marker.report.page import Page, anchor_of
from marker.report.wording import printable


def render_html(page: Page) -> str:
    """The page as HTML."""
    return fill(
        "report.html.jinja",
        notice=page.notice,
        sentence=page.sentence,
        title=page.title,
        sections=page.sections,
        footer=page.footer,
    )


def fill(template: str, **values: object) -> str:
    """A template of `templates/` with the values in it; every text among them is escaped."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "kind": lambda block: type(block).__name__,
        "slug": lambda status: status.replace(" ", "-"),
        "line": printable,
        "point": lambda claim: anchor_of(claim.rubric, claim.point),
        "url": lambda name: quote(name, safe="", errors="replace"),
        "people": lambda count: f"{count} learner{'' if count == 1 else 's'}",
    }
    return environment
