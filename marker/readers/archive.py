"""Zip containers, read within limits: the members of Office files, and learners' folders that were zipped."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

from marker.errors import UnreadableError

MAX_MEMBERS = 20_000
MAX_UNPACKED_BYTES = 1_000_000_000  # of all members, as they say themselves
MAX_XML_BYTES = 50_000_000  # of one part, and of all parts read
MAX_PICTURE_BYTES = 200_000_000  # of all pictures read
MAX_RATIO = 250  # unpacked to packed, of a part read; real ones stay below 100
RATIO_MATTERS_BYTES = 1_000_000

HOSTILE = "larger inside than any real document; copy its text into a new document and save that"
DAMAGED = "damaged or cut short; open it in the program that made it, save it again and hand in the new copy"
PROTECTED = "protected with a password; remove the password and save it again"
ENTITIES = "it declares XML entities, which no word processor does; save it again from Word"


class Archive:
    """The members of a zip by name; raises UnreadableError, without the file's name, if it is none or hostile."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise UnreadableError(DAMAGED) from error
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
            raise UnreadableError(HOSTILE)
        self._members = {member.filename.lower(): member for member in members}
        self._allowance = {"xml": MAX_XML_BYTES, "picture": MAX_PICTURE_BYTES}

    @property
    def names(self) -> list[str]:
        """The members' names in small letters, in the archive's order."""
        return list(self._members)

    @property
    def unpacked_bytes(self) -> int:
        """The size of all members unpacked, as they say themselves."""
        return sum(member.file_size for member in self._members.values())

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML member, or None where there is no such member."""
        return parsed(self.content(name)) if name.lower() in self._members else None

    def content(self, name: str) -> bytes:
        """What an XML member holds, unpacked."""
        return self._unpack(name, "xml")

    def picture(self, name: str) -> bytes:
        """The bytes of a picture; none where there is no such member or it is too large."""
        try:
            return self._unpack(name, "picture") if name.lower() in self._members else b""
        except UnreadableError:
            return b""

    def _unpack(self, name: str, purpose: str) -> bytes:
        member = self._members[name.lower()]
        if member.flag_bits & 1:
            raise UnreadableError(PROTECTED)
        if member.file_size > self._allowance[purpose] or is_bomb(member):
            raise UnreadableError(HOSTILE)
        self._allowance[purpose] -= member.file_size
        with self._zip.open(member) as file:
            return file.read(member.file_size)


def is_bomb(member: zipfile.ZipInfo) -> bool:
    """Whether a member unpacks to far more than any real content does."""
    size, packed = member.file_size, max(member.compress_size, 1)
    return size > RATIO_MATTERS_BYTES and size > MAX_RATIO * packed


def parsed(data: bytes) -> etree._Element:
    """The root of an XML document, whose entities are never expanded."""
    if b"<!DOCTYPE" in data.replace(b"\0", b""):  # the zero bytes of UTF-16
        raise UnreadableError(ENTITIES)
    try:
        root: etree._Element = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        if "huge" in str(error).lower():  # a text or a depth beyond the parser's own limits
            raise UnreadableError(HOSTILE) from None
        raise
    return root


def require_plain_xml(data: bytes) -> None:
    """Raise UnreadableError unless the XML members of an Office file that a library reads are small and harmless."""
    archive = Archive(data)
    for name in archive.names:
        if name.endswith((".xml", ".rels", ".vml")) and b"<!DOCTYPE" in archive.content(name).replace(b"\0", b""):
            raise UnreadableError(ENTITIES)
