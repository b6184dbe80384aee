"""Slide shows: slides.pptx of fixtures/build_formats.py."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

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
