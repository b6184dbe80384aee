"""Pictures and scans; those with words need the extra `ocr`."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from marker.errors import UnreadableError
from marker.extract import read
from marker.readers import collect, image, ocr

FIXTURES = Path(__file__).parents[1] / "fixtures"
MARKER = "Dawn needs the float by nine"
needs_ocr = pytest.mark.skipif(not ocr.is_installed(), reason="the extra ocr is not installed")


@needs_ocr
@pytest.mark.parametrize("name", ["typed.png", "typed.jpg", "typed.bmp"])
def test_words_on_a_picture_are_read_once_and_marked_as_recognised(name: str) -> None:
    document = read(FIXTURES / name)
    assert [(passage.kind, passage.text) for passage in document.passages] == [
        ("recognised text", "When somebody rings to complain I let them finish before I say anything."),
        ("recognised text", MARKER),
    ]
    assert document.format == "image" and document.unread == ()


@needs_ocr
def test_every_page_of_a_scan_is_read() -> None:
    found = [passage.location.page for passage in read(FIXTURES / "typed.tiff").passages if passage.text == MARKER]
    assert found == [1, 2]


@needs_ocr
def test_unclear_lines_are_reported() -> None:
    assert "unclear line in the image" in [part.what for part in read(FIXTURES / "blurred.png").unread]


@needs_ocr
def test_the_same_picture_gives_the_same_words() -> None:
    data = (FIXTURES / "blurred.png").read_bytes()
    assert ocr.recognise(data) == ocr.recognise(data)


@needs_ocr
def test_a_scanned_page_of_a_pdf_is_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "scan.pdf"), pagesize=(595, 842), invariant=1)
    canvas.drawImage(str(FIXTURES / "typed.png"), 15, 500, 565, 170)
    canvas.save()
    document = read(tmp_path / "scan.pdf")
    assert [(p.kind, p.location.page) for p in document.passages if p.text == MARKER] == [("recognised text", 1)]


def test_a_picture_without_words_is_unread() -> None:
    assert [part.what for part in read(FIXTURES / "picture.docx").unread] == ["image"]


def test_without_text_recognition_a_picture_is_refused_with_the_cure(no_ocr: None) -> None:
    with pytest.raises(UnreadableError, match=r"typed\.png: an image; .*portfolio-marker\[ocr\]"):
        read(FIXTURES / "typed.png")


def test_no_more_than_so_many_pictures_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "recognise", lambda data: ([MARKER], 0))
    monkeypatch.setattr(collect, "MAX_PICTURES", 2)
    found = collect.Collector("a.docx")
    for _ in range(3):
        found.picture("image", bytes)
    passages, unread = found.result()
    assert (len(passages), len(unread)) == (2, 1)


def test_an_enormous_or_damaged_picture_is_not_unpacked() -> None:
    buffer = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(buffer, "PNG")
    for data in (buffer.getvalue(), b"\x89PNG\r\n\x1a\n rest", b""):
        assert ocr.recognise(data) == ([], 0)


@needs_ocr
def test_a_scan_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "MAX_PAGES", 1)
    with pytest.raises(UnreadableError, match="pages"):
        read(FIXTURES / "typed.tiff")
