"""What stands in a PDF page's form fields and notes, which are no part of its running text."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from marker.document import Kind
from marker.readers.pdf_chars import Box, Frame

MAX_ANNOTATIONS = 5_000  # on one page
_TICKS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_WRITTEN = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_NOTES = (
    pdfium.FPDF_ANNOT_TEXT,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_POPUP,
)


class Entry(NamedTuple):
    """A filled field, free text on the page, or a note, with the reason for which it is set aside, and its place."""

    text: str
    kind: Kind
    why: str | None
    box: Box


def entries(form: Any, page: Any, frame: Frame) -> list[Entry]:
    """The page's filled fields and notes from top to bottom; `form` is None for a file without fields."""
    found: dict[tuple[str, str], Entry] = {}
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        if not annotation:
            continue
        name, entry = _entry(form, annotation, _box(annotation, frame))
        pdfium.FPDFPage_CloseAnnot(annotation)
        if entry is not None and entry.text.strip():
            found.setdefault((name or str(i), entry.text), entry)
    return sorted(found.values(), key=lambda entry: -entry.box.y1)


def _box(annotation: Any, frame: Frame) -> Box:
    """Where on the page as shown it stands."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, rect)
    one, other = frame.show(rect.left, rect.bottom), frame.show(rect.right, rect.top)
    return Box(*map(min, one, other), *map(max, one, other))


def _entry(form: Any, annotation: Any, box: Box) -> tuple[str, Entry | None]:
    """The field's name, if it is one, and what it says."""
    subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
    if subtype == pdfium.FPDF_ANNOT_FREETEXT:
        return "", Entry(_string(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"), "form field", None, box)
    if subtype in _NOTES:
        author = _string(pdfium.FPDFAnnot_GetStringValue, annotation, b"T") or "somebody"
        text = _string(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")
        return "", Entry(text, "comment", f"comment by {author}", box)
    if subtype != pdfium.FPDF_ANNOT_WIDGET or form is None:
        return "", None
    name = _string(pdfium.FPDFAnnot_GetFormFieldName, form, annotation)
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _WRITTEN:
        return name, Entry(_string(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation), "form field", None, box)
    if kind in _TICKS:
        label = _string(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, annotation)
        tick = "☒" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "☐"
        return name, Entry(f"{tick} {label}", "form field", None, box)
    return name, None


def _string(getter: Any, *arguments: Any) -> str:
    """What one of pdfium's functions writes into a buffer as UTF-16."""
    length = getter(*arguments, None, 0)
    if length < 4:  # bytes, two for the zero at the end
        return ""
    buffer = ctypes.create_string_buffer(length)
    getter(*arguments, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").replace("\r\n", "\n").replace("\r", "\n")
