"""The parts of a Word file and how they relate to one another."""

from __future__ import annotations

import posixpath

from lxml import etree

from marker.errors import UnreadableError
from marker.readers.archive import DAMAGED, Archive, parsed

MAX_PAGES = 2_000  # that are told apart

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
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


class Package(Archive):
    """A Word file's parts by name; raises UnreadableError, without the file's name, if it is none or hostile."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        self.main = next(iter(self.related("", "officeDocument")), "word/document.xml")
        if self.main.lower() not in self._members:
            raise UnreadableError(DAMAGED)

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, or None where the file has no such part."""
        if name.lower() not in self._members:
            return None
        data = self.content(name)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return parsed(data)

    def pages(self) -> int:
        """How many pages Word counted when it last saved the file; 0 where it does not say."""
        names = self.related("", "extended-properties")
        root = self.xml(names[0]) if names else None
        count = root.findtext(f"{{{_PROPERTIES}}}Pages", "") if root is not None else ""
        return int(count) if count.isdecimal() and int(count) <= MAX_PAGES else 0

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
