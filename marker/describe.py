"""A rubric in words: what `marker rubric show` and `marker explain` print."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from marker.criteria import MarkingPoint, Misconception, Part, Rubric

_WIDTH = 88
_ROLES = {
    "required": "",
    "supporting": " (needed, but earns nothing by itself)",
    "lesser": " (not needed; earns part of the point at most)",
}


def describe_rubric(rubric: Rubric) -> str:
    """The rubric's source, points, misconceptions and objectives."""
    lines = [f"{rubric.title}", f"{rubric.id}, version {rubric.version}, {rubric.status}", ""]
    lines += [*_wrapped(f"Source: {rubric.source.name}"), *_wrapped(rubric.source.note), ""]
    for point in rubric.points:
        lines += [*_heading(point), *(line for part in point.parts for line in _part(part)), ""]
    lines += ["Misconceptions reported", *(line for one in rubric.misconceptions for line in _misconception(one)), ""]
    lines.append("Learning objectives, and the points that cover them")
    for objective in rubric.objectives:
        lines += _wrapped(f"{objective.text}: {', '.join(objective.points) or 'no point covers it'}", "  - ")
    return "\n".join(lines) + "\n"


def describe_point(rubric: Rubric, point: MarkingPoint) -> str:
    """What one point asks for, its parts with their questions, its terms and examples."""
    lines = [*_heading(point), ""]
    for part in point.parts:
        lines += [*_part(part), *_wrapped(f"Asked when it is missing: {part.question}", "      ")]
        for item, words in point.items(part).items() if part.count and part.count.items else ():
            lines += _wrapped(f"{item}: {', '.join(words)}", "        - ")
    if point.quantity or point.contrast:
        lines += ["", *_wrapped("Demands: " + "; ".join(filter(None, (point.quantity, point.contrast))))]
    if point.needs:
        lines += ["", *_wrapped(f"Always referred to the assessor: it needs {point.needs}.")]
    if point.terminology:
        lines += ["", *_wrapped("Terms that support evidence: " + ", ".join(point.terminology))]
    bearing = [one for one in rubric.misconceptions if point.id in one.points]
    if bearing:
        lines += ["", "Misconceptions that bear on it", *(line for one in bearing for line in _misconception(one))]
    for verdict, text in point.examples.pairs():
        lines += ["", f"Example of {verdict.replace('_', ' ')}:", *_wrapped(text, "    ")]
    return "\n".join(lines) + "\n"


def _heading(point: MarkingPoint) -> list[str]:
    return [f"{point.id}  {point.verb}", *_wrapped(f'Source wording: "{point.text}"', "  ")]


def _part(part: Part) -> list[str]:
    needed = f" [{part.count.needed} distinct]" if part.count else ""
    return _wrapped(f"({part.id}) {part.text}{needed}{_ROLES[part.role]}", "  ")


def _misconception(misconception: Misconception) -> Iterator[str]:
    yield from _wrapped(f"{misconception.id}: {misconception.text}", "  - ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))
