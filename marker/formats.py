"""Which format a file is in, told by its content. Only Markdown and CSV, which are plain text, are told by name too."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from marker.document import Passage, Unread
from marker.errors import UnreadableError

Found = tuple[tuple[Passage, ...], tuple[Unread, ...]]

ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_SAVE_AS = "open it in the program that made it and save it as .docx or .pdf"
_MAIL_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MAILED = re.compile(rb"^(?:message-id|mime-version|received|return-path):", re.I | re.M)
_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|style|div|p|span|h[1-6]|[uo]l|table|article|section)\b",
    re.I | re.S,
)
# A file that only points to one on the web: Google Drive's, Windows' and Linux' shortcuts.
_LINK = re.compile(rb'\{\s*"[^{}]{0,2000}"doc_id"\s*:|\[(?:InternetShortcut|Desktop Entry)\]', re.I)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read: its name in reports, and its reader as module and function under marker.readers."""

    name: str
    reader: str

    def read(self, data: bytes, file: str) -> Found:
        """The passages and the unread parts of a file in this format; its reader is loaded now."""
        module, _, function = self.reader.partition(":")
        reader: Callable[[bytes, str], Found] = getattr(import_module(f"marker.readers.{module}"), function)
        return reader(data, file)


DOCX = Format("docx", "docx:read_docx")
ODT = Format("odt", "odt:read_odt")
XLSX = Format("xlsx", "xlsx:read_xlsx")
PPTX = Format("pptx", "pptx:read_pptx")
PDF = Format("pdf", "pdf:read_pdf")
RTF = Format("rtf", "rtf:read_rtf")
HTML = Format("html", "html:read_html")
EML = Format("eml", "eml:read_eml")
MSG = Format("msg", "msg:read_msg")
CSV = Format("csv", "csv:read_csv")
MARKDOWN = Format("md", "markdown:read_markdown")
TEXT = Format("txt", "text:read_text")
IMAGE = Format("image", "image:read_image")


def recognise(data: bytes, name: str) -> Format:
    """The format of a file; raises UnreadableError, with the cure, for one that is not read."""
    start = data[:1024]
    if start.startswith(b"PK"):
        return _in_zip(data)
    if start.startswith(_OLE):
        return _in_ole(data)
    if start.startswith(_PICTURES) or (start.startswith(b"BM") and start[6:10] == bytes(4)):
        return IMAGE
    if start[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1") or start[:4] in (b"GIF8", b"RIFF"):
        raise UnreadableError("an image; hand in the text itself as .docx, .pdf or .txt, or save the image as .png")
    if start.startswith(b"{\\rtf"):
        return RTF
    if _PAGE.match(opening := start.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n")):
        return HTML
    if opening.startswith(b"<?xml"):
        raise UnreadableError(f"an XML file; {_SAVE_AS}")
    if b"%PDF-" in start:
        return PDF
    if _LINK.match(opening):
        raise UnreadableError("only a link to the document; open it, download it as .docx and hand that in")
    return EML if _is_mail(data) else _in_text(data, name)


def is_folder(data: bytes) -> bool:
    """Whether the data are a zip of files, rather than one document that happens to be kept in a zip."""
    return data.startswith(ZIP) and _zip_kind(data) is None


def _in_zip(data: bytes) -> Format:
    found = _zip_kind(data)
    if found is None:
        raise UnreadableError("a zip archive; unpack it and hand in the files in it")
    return found


def _zip_kind(data: bytes) -> Format | None:
    """The Office format that a zip is, or None where it is an archive of files."""
    from marker.readers.archive import Archive

    archive = Archive(data)
    names = set(archive.names)
    if "xl/workbook.xml" in names:
        return XLSX
    if "ppt/presentation.xml" in names:
        return PPTX
    if "xl/workbook.bin" in names:
        raise UnreadableError("a binary spreadsheet (.xlsb); open it in Excel and save it as .xlsx")
    if "[content_types].xml" in names:
        return DOCX
    if "mimetype" in names:
        if archive.content("mimetype").startswith(b"application/vnd.oasis.opendocument.text"):
            return ODT
        raise UnreadableError("an OpenDocument spreadsheet, slide show or e-book; save it as .xlsx, .pptx or .pdf")
    if any(name.endswith(".iwa") for name in names):
        raise UnreadableError("an Apple iWork file; export it to Word (.docx) or PDF")
    return None


def _in_ole(data: bytes) -> Format:
    """What a file in Microsoft's old container is: the stream names in it are UTF-16."""
    holds = {name: name.encode("utf-16-le") in data for name in ("EncryptedPackage", "__properties_version1.0")}
    if holds["EncryptedPackage"]:
        raise UnreadableError("protected with a password; open it in Word, remove the password and save it again")
    if holds["__properties_version1.0"]:
        return MSG
    for stream, what in (
        ("WordDocument", "Word file; open it in Word and save it as .docx"),
        ("PowerPoint Document", "PowerPoint file; open it in PowerPoint and save it as .pptx"),
        ("Workbook", "Office spreadsheet; open it in Excel and save it as .xlsx"),
    ):
        if stream.encode("utf-16-le") in data:
            raise UnreadableError(f"an old {what}")
    raise UnreadableError(f"an old Office file; {_SAVE_AS}")


def _is_mail(data: bytes) -> bool:
    """Whether it begins with the header that a mail program writes; "From:" and "To:" typed by hand are text."""
    start = data[:20_000].replace(b"\r\n", b"\n")
    header = _MAIL_HEADER.match(start)
    return header is not None and bool(_MAILED.search(header.group()))


def _in_text(data: bytes, name: str) -> Format:
    from marker.readers.csv import is_table

    lower = name.lower()
    if is_table(data, named=lower.endswith((".csv", ".tsv"))):
        return CSV
    return MARKDOWN if lower.endswith((".md", ".markdown")) else TEXT
