"""Pictures: scans and photos of pages, and screenshots. Their words are read where text recognition is installed."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from marker.document import Passage, Unread
from marker.errors import UnreadableError
from marker.readers import ocr
from marker.readers.collect import Collector

MAX_PAGES = 50  # of a TIFF file
_TYPED = "hand in the text itself as .docx, .pdf or .txt"


def read_image(data: bytes, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The words on a .png, .jpg, .tiff or .bmp picture, page by page.

    Raises UnreadableError, without the file's name, where text recognition is not installed.
    """
    if not ocr.is_installed():
        raise UnreadableError(f'an image; {_TYPED}, or install text recognition: pip install "portfolio-marker[ocr]"')
    found = Collector(name)
    with Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP")) as image:
        frames = getattr(image, "n_frames", 1)
        if frames > MAX_PAGES:
            raise UnreadableError(f"an image of more than {MAX_PAGES} pages; split it and give the learner's part")
        if frames == 1 or image.format != "TIFF":
            found.picture("image", lambda: data)
            return found.result()
        for number in range(frames):
            image.seek(number)
            found.picture("image", lambda: _as_png(image), page=number + 1)
    return found.result()


def _as_png(image: Image.Image) -> bytes:
    if image.width * image.height > ocr.MAX_PIXELS:
        return b""
    buffer = BytesIO()
    image.convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()
