"""The zip container of a Word file: its XML parts, read within limits and without ever expanding an entity."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO

from docx.oxml import parse_xml
from lxml import etree

from marker.errors import UnreadableError

MAX_MEMBERS = 20_000
MAX_UNPACKED_BYTES = 1_000_000_000  # of all members; pictures are never unpacked
MAX_XML_BYTES = 50_000_000  # of one part, and of all parts read
MAX_RATIO = 250  # unpacked to packed, of a part read; real ones stay below 100
RATIO_MATTERS_BYTES = 1_000_000

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HOSTILE = "larger inside than any real document; copy its text into a new document and save that"
_DAMAGED = "damaged or cut short; open it in Word, save it again and hand in the new copy"
_STRICT = (  # "Strict Open XML" names the same things differently
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/diagram", b"http://schemas.openxmlformats.org/drawingml/2006/diagram"),
    (b"http://purl.oclc.org/ooxml/drawingml/chart", b"http://schemas.openxmlformats.org/drawingml/2006/chart"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


class Package:
    """A Word file's parts by name; raises UnreadableError, without the file's name, if it is none or hostile."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise UnreadableError(_DAMAGED) from error
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
            raise UnreadableError(_HOSTILE)
        self._members = {member.filename.lower(): member for member in members}
        self._allowance = MAX_XML_BYTES
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        self.main = self._find_main()

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, or None where the file has no such part."""
        member = self._members.get(name.lower())
        if member is None:
            return None
        if member.flag_bits & 1:
            raise UnreadableError("protected with a password; remove the password and save it again")
        data = self._unpack(member)
        if b"<!DOCTYPE" in data.replace(b"\0", b""):  # the zero bytes of UTF-16
            raise UnreadableError("it declares XML entities, which no word processor does; save it again from Word")
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        root: etree._Element = parse_xml(data)
        return root

    def related(self, part: str, kind: str) -> list[str]:
        """The names of the parts that `part` ("" for the whole file) relates to as `kind`, such as "footnotes"."""
        return [name for name, found in self.relations(part).values() if found == kind]

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that `part` relates to, by relation id: name and kind."""
        if part in self._relations:
            return self._relations[part]
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = self._relations[part] = {}
        for relation in root.iter(_RELATION) if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                found[relation.get("Id", "")] = (target, relation.get("Type", "").rpartition("/")[2])
        return found

    def _unpack(self, member: zipfile.ZipInfo) -> bytes:
        size, packed = member.file_size, max(member.compress_size, 1)
        self._allowance -= size
        if self._allowance < 0 or (size > RATIO_MATTERS_BYTES and size > MAX_RATIO * packed):
            raise UnreadableError(_HOSTILE)
        with self._zip.open(member) as file:
            return file.read(size)

    def _find_main(self) -> str:
        """The name of the main document; raises UnreadableError that says what the file is where it is no Word file."""
        main = next(iter(self.related("", "officeDocument")), "word/document.xml")
        if main.lower() in self._members and not main.startswith(("xl/", "ppt/")):
            return main
        raise UnreadableError(self._other_format(main))

    def _other_format(self, main: str) -> str:
        if main.startswith("xl/"):
            return "a spreadsheet; copy its text into a Word document, or save it as .pdf"
        if main.startswith("ppt/"):
            return "a slide show; save it as .pdf"
        if "mimetype" in self._members:
            return "an OpenDocument file (.odt); open it in Word or LibreOffice and save it as .docx"
        if any(name.endswith(".iwa") for name in self._members):
            return "an Apple iWork file; export it to Word (.docx) or PDF"
        if "[content_types].xml" in self._members:
            return _DAMAGED
        return "a zip archive; unpack it and hand in the files in it"
