"""Slide shows: slides.pptx of fixtures/build_formats.py."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from marker.errors import UnreadableError
from marker.extract import read
from marker.readers import pptx
from marker.readers.pptx import read_pptx

FIXTURES = Path(__file__).parents[1] / "fixtures"
SHOW = (FIXTURES / "slides.pptx").read_bytes()


def test_slides_are_read_in_order_with_their_numbers(no_ocr: None) -> None:
    document = read(FIXTURES / "slides.pptx")
    assert [(p.location.page, p.kind, p.text, p.why) for p in document.passages] == [
        (1, "heading", "Two kinds of customers", "heading"),
        (1, "paragraph", "Dawn needs the float by nine", None),
        (1, "paragraph", "I ring the office first", None),
        (1, "paragraph", "Here I tell them about Gaz.", None),
        (2, "cell", "in the table", None),
        (2, "text box", "in a group", None),
        (3, "text box", "on a hidden slide", "hidden slide"),
    ]
    assert document.passages[4].location.cell == "table 1, row 2, column 2"
    assert [(part.what, part.location.page) for part in document.unread] == [("image", 2)]


def seen(show: Any) -> list[tuple[str, str | None]]:
    buffer = io.BytesIO()
    show.save(buffer)
    return [(passage.text, passage.why) for passage in read_pptx(buffer.getvalue(), "a.pptx")[0]]


def one_slide() -> tuple[Any, Any]:
    show = Presentation()  # 10 by 7.5 inches
    return show, show.slides.add_slide(show.slide_layouts[6])


def box(shapes: Any, text: str, *, left: float, top: float) -> Any:
    added = shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(1))
    added.text_frame.text = text
    return added


def test_words_wholly_off_the_slide_are_set_aside() -> None:
    show, slide = one_slide()
    box(slide.shapes, "I wave them in", left=9.5, top=1)
    box(slide.shapes, "beyond the right edge", left=10, top=1)
    box(slide.shapes, "above the top", left=1, top=-1.5)
    box(slide.shapes, "turned onto the slide", left=1, top=-1.25).rotation = 90
    box(slide.shapes, "turned off the slide", left=-2.5, top=3).rotation = 90
    assert seen(show) == [
        ("I wave them in", None),
        ("beyond the right edge", "hidden text"),
        ("above the top", "hidden text"),
        ("turned onto the slide", None),
        ("turned off the slide", "hidden text"),
    ]


def test_words_in_a_group_are_where_the_group_puts_them() -> None:
    show, slide = one_slide()
    for left in (1, 11):
        group = slide.shapes.add_group_shape()
        box(group.shapes, f"grouped at {left}", left=12 - left, top=1)
        group.left, group.width = Inches(left), Inches(1)
    assert seen(show) == [("grouped at 1", None), ("grouped at 11", "hidden text")]


def test_words_that_an_animation_may_bring_onto_the_slide_are_read() -> None:
    show, slide = one_slide()
    box(slide.shapes, "I thank them at the door", left=11, top=1)
    slide.element.append(slide.element.makeelement(qn("p:animMotion")))
    assert seen(show) == [("I thank them at the door", None)]


def test_too_many_slides_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pptx, "MAX_SLIDES", 2)
    with pytest.raises(UnreadableError, match="slides"):
        read_pptx(SHOW, "a.pptx")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "entities"), (b" " * 20_000_000, "larger inside")],
)
def test_hostile_parts_are_refused_before_they_are_read(content: bytes, reason: str) -> None:
    buffer = io.BytesIO(SHOW)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("ppt/extra.xml", content)
    with pytest.raises(UnreadableError, match=reason):
        read_pptx(buffer.getvalue(), "a.pptx")
