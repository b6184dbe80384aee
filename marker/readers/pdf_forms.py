"""What stands in a PDF page's form fields and notes, which are no part of its running text."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from marker.document import Kind

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
    """A filled field, free text on the page, or a note, with the reason for which it is set aside."""

    text: str
    kind: Kind
    why: str | None


def entries(form: Any, page: Any) -> list[Entry]:
    """The page's filled fields and notes from top to bottom; `form` is None for a file without fields."""
    found: dict[tuple[str, str], tuple[float, Entry]] = {}
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        if not annotation:
            continue
        box = pdfium.FS_RECTF()
        pdfium.FPDFAnnot_GetRect(annotation, box)
        name, entry = _entry(form, annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if entry is not None and entry.text.strip():
            found.setdefault((name or str(i), entry.text), (-box.top, entry))
    return [entry for _, entry in sorted(found.values(), key=lambda placed: placed[0])]


def _entry(form: Any, annotation: Any) -> tuple[str, Entry | None]:
    """The field's name, if it is one, and what it says."""
    subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
    if subtype == pdfium.FPDF_ANNOT_FREETEXT:
        return "", Entry(_string(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"), "form field", None)
    if subtype in _NOTES:
        author = _string(pdfium.FPDFAnnot_GetStringValue, annotation, b"T") or "somebody"
        text = _string(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")
        return "", Entry(text, "comment", f"comment by {author}")
    if subtype != pdfium.FPDF_ANNOT_WIDGET or form is None:
        return "", None
    name = _string(pdfium.FPDFAnnot_GetFormFieldName, form, annotation)
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _WRITTEN:
        return name, Entry(_string(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation), "form field", None)
    if kind in _TICKS:
        label = _string(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, annotation)
        return name, Entry(
            f"{'☒' if pdfium.FPDFAnnot_IsChecked(form, annotation) else '☐'} {label}", "form field", None
        )
    return name, None


def _string(getter: Any, *arguments: Any) -> str:
    """What one of pdfium's functions writes into a buffer as UTF-16."""
    length = getter(*arguments, None, 0)
    if length < 4:  # bytes, two for the zero at the end
        return ""
    buffer = ctypes.create_string_buffer(length)
    getter(*arguments, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").replace("\r\n", "\n").replace("\r", "\n")
