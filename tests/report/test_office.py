from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook

from marker.report.office import without_clock


def saved(file: object) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


@pytest.mark.parametrize("new", [Document, Workbook])
def test_neither_zip_nor_properties_say_when_the_file_was_written(new: type) -> None:
    with zipfile.ZipFile(io.BytesIO(without_clock(saved(new())))) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = package.read("docProps/core.xml").decode()
    assert re.findall(r"<dcterms:\w+[^>]*>([^<]*)", properties) == ["2000-01-01T00:00:00Z"] * 2
