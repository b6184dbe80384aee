"""Pre-marks vocational portfolio evidence: cites the learner's own sentences for every marking point of a unit.

A pre-marking aid. It suggests, cites and abstains; an assessor decides.

    from marker import load_rubric, mark, read, render

    rubric = load_rubric("customer-relationships")
    marking = mark(read("essay.docx"), rubric)
    print(render([marking], format="text", audience="learner"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from marker.criteria import Rubric, load_rubric
    from marker.errors import MarkerError
    from marker.marking import NOTICE, Marking
    from marker.pipeline import mark, mark_all, mark_many, read
    from marker.report import render

# Where each public name lives. Names are loaded when first used, so that `marker --help` need not load the models.
_HOMES = {
    "Rubric": ("marker.criteria", "Rubric"),
    "load_rubric": ("marker.criteria", "load_rubric"),
    "MarkerError": ("marker.errors", "MarkerError"),
    "read": ("marker.pipeline", "read"),
    "NOTICE": ("marker.marking", "NOTICE"),
    "Marking": ("marker.marking", "Marking"),
    "mark": ("marker.pipeline", "mark"),
    "mark_all": ("marker.pipeline", "mark_all"),
    "mark_many": ("marker.pipeline", "mark_many"),
    "render": ("marker.report", "render"),
}

__all__ = [
    "NOTICE",
    "MarkerError",
    "Marking",
    "Rubric",
    "load_rubric",
    "mark",
    "mark_all",
    "mark_many",
    "read",
    "render",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'marker' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
